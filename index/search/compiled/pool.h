/* The pool: the rows of a segment that come first by their rounded weights. */

#pragma once
#include "dictionary.h"
#include "postings.h"

/* A row with its sum, as one number: the better, the greater; of equal sums the first row is better. */
typedef uint64_t candidate;

static candidate candidate_of(float sum, int64_t row) {
    uint32_t bits; /* of floats above zero they stand in the order of these */
    memcpy(&bits, &sum, sizeof bits);
    return (uint64_t)bits << 32 | (UINT32_MAX - (uint32_t)row);
}

static int64_t row_of(candidate one) { return UINT32_MAX - (uint32_t)one; }

static float sum_of(candidate one) {
    uint32_t bits = one >> 32;
    float sum;
    memcpy(&sum, &bits, sizeof sum);
    return sum;
}

/* The best rows so far, and up to as many again until `settle`; from `last` on none of the rest can be among them. */
typedef struct {
    candidate *rows, last;
    int64_t count, size;
} pool;

/* Puts the best to the front (C. Hoare, 1961, Algorithm 65: Find). */
static void settle(pool *p) {
    if (p->count < p->size) return;
    int64_t low = 0, high = p->count, wanted = p->size - 1;
    while (high - low > 1) {
        candidate middle = p->rows[(low + high) / 2];
        p->rows[(low + high) / 2] = p->rows[high - 1];
        int64_t above = low;
        for (int64_t i = low; i < high - 1; i++) {
            candidate one = p->rows[i];
            p->rows[i] = p->rows[above];
            p->rows[above] = one;
            above += one > middle;
        }
        p->rows[high - 1] = p->rows[above];
        p->rows[above] = middle;
        if (above == wanted) break;
        if (above < wanted) low = above + 1;
        else high = above;
    }
    p->last = p->rows[wanted];
    p->count = p->size;
}

static inline void offer(pool *p, candidate one) {
    p->rows[p->count++] = one;
    if (p->count == 2 * p->size) settle(p);
}

static int64_t id_of(const segment *g, int64_t row) { return g->ids.at ? number(g->ids, row) : g->first + row; }

static int may_be_found(const segment *g, int64_t row, array allowed) {
    if (row >= g->count || (g->alive.at && !U8(g->alive)[row])) return 0;
    if (!allowed.at) return 1;
    int64_t id = id_of(g, row);
    return id >= 0 && id < allowed.size && U8(allowed)[id];
}

/* Offers what a tally holds. */
static void offer_all(const segment *g, const tally *sum, int64_t block, array allowed, pool *p) {
    for (int64_t i = 0; i < sum->count; i++) {
        candidate one = candidate_of(sum->sums[sum->rows[i]], block * BLOCK + sum->rows[i]);
        if (one > p->last && may_be_found(g, row_of(one), allowed)) offer(p, one);
    }
    settle(p);
}

/* What the worst row of the pool has at least. */
static double bound_of(const segment *g, const tally *sum, int64_t block, array allowed, const pool *p, double last) {
    pool some = {p->rows + 2 * p->size, 0, 0, p->size};
    offer_all(g, sum, block, allowed, &some);
    return sum_of(some.last) > last ? sum_of(some.last) : last;
}

/* Keeps the rows whose sum is above `least`; the others get none. */
static void drop(tally *sum, float least) {
    int64_t kept = 0;
    for (int64_t i = 0; i < sum->count; i++) {
        uint16_t row = sum->rows[i];
        float found = sum->sums[row];
        sum->rows[kept] = row;
        sum->sums[row] = found > least ? found : 0;
        kept += found > least;
    }
    sum->count = kept;
}

static void clear(tally *sum) {
    for (int64_t i = 0; i < sum->count; i++) sum->sums[sum->rows[i]] = 0;
    sum->count = 0;
}

static int64_t postings_of(const segment *g, const asked *t, int64_t block) {
    const uint32_t *bounds = U32(g->bounds) + t->place * g->blocks + block;
    return (int64_t)bounds[1] - bounds[0];
}

static int add_block(const segment *g, const asked *terms, int count, int64_t block, array allowed, tally *sum,
                     pool *p) {
    double last = sum_of(p->last);
    int64_t rest = 0;
    int number = 0;
    for (int i = 0; i < count; i++) rest += postings_of(g, &terms[i], block);
    for (; number < count && terms[number].left * SLACK >= last; number++) {
        if (!p->last && sum->count >= p->size && rest > WORTHWHILE * sum->count) {
            last = bound_of(g, sum, block, allowed, p, last);
            if (terms[number].left * SLACK < last) break;
        }
        if (add_up(g, &terms[number], block, sum, 1)) return DAMAGED;
        rest -= postings_of(g, &terms[number], block);
    }
    for (; number < count; number++) {
        int64_t postings = postings_of(g, &terms[number], block);
        if (sum->count >= p->size && rest > WORTHWHILE * sum->count) last = bound_of(g, sum, block, allowed, p, last);
        rest -= postings;
        if (postings > sum->count) drop(sum, (float)((last - terms[number].left * SLACK) / SLACK));
        int is_long = postings > SPARSE * sum->count;
        if (is_long ? look_up(g, &terms[number], block, sum) : add_up(g, &terms[number], block, sum, 0)) return DAMAGED;
    }
    offer_all(g, sum, block, allowed, p);
    return 0;
}

/* The terms that a segment holds, rarest first. */
static int ask(const segment *g, const query *q, const places *p, asked *terms) {
    int count = 0;
    for (int i = 0; i < q->terms; i++) {
        if (p->term[i] < 0) continue;
        asked t = {.place = p->term[i], .frequency = spread_of(g, p->term[i], p->term[i] + 1)};
        FIRST_FROM(U32(g->dense), t.number, g->dense.size, t.place)
        t.is_dense = t.number < g->dense.size && U32(g->dense)[t.number] == t.place;
        for (int step = 0; step < STEPS; step++) t.gain[step] = (float)(step ? step : 1) * (float)q->weight[i];
        t.left = q->weight[i] * U8(g->tops)[t.place];
        int place = count++;
        for (; place && terms[place - 1].frequency > t.frequency; place--) terms[place] = terms[place - 1];
        terms[place] = t;
    }
    for (int i = count - 1; i-- > 0;) terms[i].left += terms[i + 1].left;
    return count;
}

/* One a thread; empty between blocks. Not inlined: where it lies is asked for once a query. */
__attribute__((noinline)) static tally *own_tally(void) {
    static _Thread_local tally sum;
    return &sum;
}

static int find_pool(const segment *g, const query *q, const places *where, array allowed, pool *p) {
    tally *sum = own_tally();
    asked terms[MOST];
    int count = ask(g, q, where, terms), wrong = 0;
    p->count = p->last = 0;
    for (int64_t block = 0; count && block < g->blocks && !wrong; block++) {
        wrong = add_block(g, terms, count, block, allowed, sum, p);
        clear(sum);
    }
    return wrong;
}
