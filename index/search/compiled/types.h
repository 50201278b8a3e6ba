/* What an index holds and what is asked of it. */

#pragma once

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536
#define BUCKET 256
#define BUCKETS (BLOCK / BUCKET)
#define GROUP 4
#define RUN 64
#define LEAD 3968 /* symbols: see stream.py */
#define TRIPLE 4080
#define LAST 4096
#define RADIX (LEAD - 1)
#define MOST 64    /* distinct terms of a query: one bit each */
#define LONGEST 256 /* terms of a query */
#define STEPS 16
#define STEP 32
#define SPARSE 8     /* so many times as many postings as rows, and looking these up costs less */
#define WORTHWHILE 16 /* so many times as many postings to come as rows, and their bound is sought */
#define SLACK 1.0001 /* for sums of floats in another order than that of their bounds */

enum { TOO_LONG = -1, DAMAGED = -2, NO_MEMORY = -3, MISTYPED = -4 };

typedef struct {
    const void *at;
    int64_t size, item; /* how many, of how many bytes each */
} array;

typedef struct {
    int64_t count, blocks, terms, first, width;
    array text, names, slots, families, bounds, weights, tops, rows, lows, buckets, dense, dense_bounds;
    array stream, bases, starts, singles, ids, alive, lost_terms, lost_total;
} segment;

typedef struct {
    int64_t count; /* passages of all segments */
    double mean, b, k1, pair_b, family_weight, pair_weight, power;
    int64_t family;
} settings;

typedef struct {
    int64_t id;
    double score;
    uint64_t held; /* bit n: the passage holds the n-th distinct term */
} hit;

typedef struct {
    const char *text;
    int64_t size;
} word;

typedef struct {
    int terms, families, pairs, count;
    int sequence[LONGEST]; /* of `count` terms as they are asked for, the place of each */
    word term[MOST], family[MOST];
    int family_of[MOST], next_of[MOST], first_of[MOST]; /* of a term: the next of its family; of that: its last */
    int times[MOST], members[MOST]; /* of a term, of a family's terms */
    int left[LONGEST], right[LONGEST];
    double weight[MOST + MOST + LONGEST]; /* of terms, then families, then pairs */
} query;

/* Terms from one place to another. In streams a term is a key: its symbol if it has one of its own, else LEAD and its
   rank among the others; both kinds of a span's keys stand side by side. */
typedef struct {
    int64_t low, high, key[2], last[2];
} span;

typedef struct {
    int64_t term[MOST], key[MOST];
    span family[MOST];
} places;

/* The k best passages of all segments into `hits`, for terms that come one a line; returns how many, or why not. Bit n of
   `slips` says whether the n-th term is of a word that may be mistyped, if no passage has it. */
int64_t search(const segment *const *segments, int64_t many, word lines, uint64_t slips, const settings *s, int64_t pool,
               int64_t k, array allowed, query *q, hit *hits);

#define U8(a) ((const uint8_t *)(a).at)
#define U16(a) ((const uint16_t *)(a).at)
#define U32(a) ((const uint32_t *)(a).at)

static inline int64_t number(array a, int64_t place) {
    switch (a.item) {
    case 1: return U8(a)[place];
    case 2: return U16(a)[place];
    case 4: return U32(a)[place];
    default: return ((const int64_t *)a.at)[place];
    }
}

/* Asks memory for what will be read soon; any address will do. */
#define AHEAD(address) __builtin_prefetch(address)
#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define LINES 2 /* of 64 bytes: a passage of some 80 terms */

/* The first of ascending numbers from `low` on that is not below `wanted`; without a branch to be guessed wrong. */
#define FIRST_FROM(numbers, low, high, wanted)                                                                         \
    for (int64_t half, size = (high) - (low); size > 0; size -= half) {                                                \
        half = (size + 1) / 2;                                                                                         \
        (low) += (numbers)[(low) + half - 1] < (wanted) ? half : 0;                                                    \
    }
