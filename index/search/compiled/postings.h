/* Postings added up row by row. */

#pragma once
#include "types.h"

typedef struct {
    int64_t place, number, frequency; /* `number`: of the first dense term from this one on */
    int is_dense;
    float gain[STEPS]; /* what a posting of each weight gives: always something */
    double left;       /* what this term and all after it can give */
} asked;

typedef struct {
    int64_t start, end; /* postings */
    const uint16_t *rows;
    const uint8_t *lows, *buckets;
} list;

static int find_list(const segment *g, const asked *t, int64_t block, list *l) {
    const uint32_t *bounds = U32(g->bounds) + t->place * g->blocks;
    int64_t before = U32(g->dense_bounds)[t->number];
    l->start = bounds[block];
    l->end = bounds[block + 1];
    if (l->start > l->end || (l->end + 1) / 2 > g->weights.size) return DAMAGED;
    int64_t first = t->is_dense ? before + l->start - bounds[0] : l->start - before;
    if (first < 0 || first + l->end - l->start > (t->is_dense ? g->lows : g->rows).size) return DAMAGED;
    if (!t->is_dense) {
        l->rows = U16(g->rows) + first;
        return 0;
    }
    l->lows = U8(g->lows) + first;
    l->buckets = U8(g->buckets) + t->number * g->width + block * BUCKETS;
    return 0;
}

static int buckets_of(const segment *g, int64_t block) {
    int64_t left = g->width - block * BUCKETS;
    return (int)(left < BUCKETS ? left : BUCKETS);
}

static inline float gain_of(const segment *g, const asked *t, int64_t posting) {
    return t->gain[U8(g->weights)[posting >> 1] >> (posting & 1) * 4 & 15];
}

/* The rows of a dense list one after the other, STEP at once; their number, or DAMAGED. */
static int64_t spread_rows(const segment *g, const list *l, int64_t block, uint16_t *rows) {
    const uint8_t *lows = l->lows, *last = U8(g->lows) + g->lows.size - STEP;
    int64_t count = 0, all = l->end - l->start;
    for (int bucket = 0, buckets = buckets_of(g, block); bucket < buckets; bucket++) {
        int64_t end = count + l->buckets[bucket];
        if (end > all) return DAMAGED;
        for (; count < end && lows + count <= last; count += STEP)
            for (int i = 0; i < STEP; i++) rows[count + i] = bucket * BUCKET | lows[count + i];
        for (; count < end; count++) rows[count] = bucket * BUCKET | lows[count];
        count = end;
    }
    return count;
}

/* The rows of a block that have a sum, in the order in which they got it. */
typedef struct {
    float sums[BLOCK];
    uint16_t rows[BLOCK + 1];      /* room for one that turns out to have a sum */
    uint16_t spread[BLOCK + STEP]; /* of a dense list */
    int64_t count;
} tally;

/* Returns how many rows are held then: not kept in memory, so that one posting needn't wait for another. Whether a row has
   a sum is told by its bits, without a branch to be guessed wrong. */
static inline int64_t add(tally *sum, int64_t held, uint16_t row, float gain, int is_open) {
    float after = sum->sums[row];
    uint32_t before, bits;
    memcpy(&before, &after, sizeof before);
    after += gain;
    memcpy(&bits, &after, sizeof bits);
    if (!is_open) bits &= -(uint32_t)(before != 0);
    memcpy(&sum->sums[row], &bits, sizeof bits);
    if (!is_open) return held;
    sum->rows[held] = row;
    return held + !before;
}

/* Adds a term posting by posting, two to a byte; where the tally isn't open, to rows that are in it already. */
ALWAYS_INLINE int add_up(const segment *g, const asked *t, int64_t block, tally *sum, int is_open) {
    list l;
    if (find_list(g, t, block, &l)) return DAMAGED;
    int64_t count = t->is_dense ? spread_rows(g, &l, block, sum->spread) : l.end - l.start, i = 0;
    const uint16_t *rows = t->is_dense ? sum->spread : l.rows;
    const uint8_t *weights = U8(g->weights) + (l.start + 1) / 2;
    if (count < 0) return DAMAGED;
    int64_t held = sum->count;
    if (l.start & 1 && count) held = add(sum, held, rows[i++], gain_of(g, t, l.start), is_open);
    for (; i + 1 < count; i += 2, weights++) {
        held = add(sum, held, rows[i], t->gain[*weights & 15], is_open);
        held = add(sum, held, rows[i + 1], t->gain[*weights >> 4], is_open);
    }
    if (i < count) held = add(sum, held, rows[i], t->gain[*weights & 15], is_open);
    sum->count = held;
    return 0;
}

/* Adds a term row by row. */
static int look_up(const segment *g, const asked *t, int64_t block, tally *sum) {
    list l;
    int64_t before[BUCKETS + 1] = {0};
    if (find_list(g, t, block, &l)) return DAMAGED;
    if (t->is_dense)
        for (int i = 0, buckets = buckets_of(g, block); i < buckets; i++) before[i + 1] = before[i] + l.buckets[i];
    for (int64_t i = 0; i < sum->count; i++) {
        uint16_t row = sum->rows[i], low = row % BUCKET;
        int64_t place = t->is_dense ? before[row / BUCKET] : 0;
        int64_t end = t->is_dense ? before[row / BUCKET + 1] : l.end - l.start;
        if (end > l.end - l.start) return DAMAGED;
        if (t->is_dense) FIRST_FROM(l.lows, place, end, low)
        else FIRST_FROM(l.rows, place, end, row)
        if (place < end && (t->is_dense ? l.lows[place] == low : l.rows[place] == row))
            sum->sums[row] += gain_of(g, t, l.start + place);
    }
    return 0;
}
