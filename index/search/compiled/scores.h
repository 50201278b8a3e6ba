/* Exact scores, from the terms of a row in order. */

#pragma once
#include "query.h"

/* Where the stream of a row starts. */
static int64_t start_of(const segment *g, int64_t row) { return U32(g->bases)[row / RUN] + number(g->starts, row); }

/* How many ranks share a first symbol of two. */
static int64_t width_of(const segment *g) {
    int64_t width = (g->terms - g->singles.size + TRIPLE - LEAD - 1) / (TRIPLE - LEAD);
    return width < 1 ? 1 : width < RADIX ? width : RADIX;
}

/* Of each symbol: how many others belong to its term, 1 for a break, which is no term; and MARK more where a term may start
   so that is of the query's family of that number, noted beside. */
#define MARK 256
typedef struct {
    uint16_t of[LAST];
    uint8_t family[LAST];
    int64_t width;
} marks;

static int64_t lead_of(const marks *m, int64_t key) {
    int64_t rank = key - LEAD, pairs = (TRIPLE - LEAD) * m->width;
    int64_t lead = TRIPLE + (rank - pairs) / ((int64_t)RADIX * RADIX);
    return rank < pairs ? LEAD + rank / m->width : lead < LAST ? lead : LAST - 1;
}

static void mark(const segment *g, const query *q, const places *p, marks *m) {
    memset(m->of, 0, LEAD * sizeof *m->of);
    for (int i = LEAD; i < LAST; i++) m->of[i] = i < TRIPLE ? 1 : 2;
    m->of[0] = 1;
    m->width = width_of(g);
    for (int i = 0; i < q->families; i++) {
        const span *f = &p->family[i];
        for (int64_t key = f->key[0]; key < f->last[0]; key++) {
            m->of[key] = MARK;
            m->family[key] = (uint8_t)i;
        }
        if (f->key[1] >= f->last[1] || f->key[1] < LEAD) continue;
        for (int64_t lead = lead_of(m, f->key[1]); lead <= lead_of(m, f->last[1] - 1); lead++) m->of[lead] |= MARK;
    }
}

static inline int symbol_at(const segment *g, int64_t place) {
    const uint8_t *at = U8(g->stream) + (place * 3 >> 1);
    return (at[0] | at[1] << 8) >> (place & 1) * 4 & (LAST - 1);
}

typedef struct {
    int64_t start, end; /* symbols */
    int64_t after;      /* where the last term of the query ends, and which it is */
    int last;
    int *counts;
} reading;

/* Counts what stands at a symbol of a family: perhaps nothing, where it is another's second. */
static void count_at(const segment *g, const query *q, const places *p, const marks *m, int64_t at, reading *r) {
    int symbol = symbol_at(g, at), family = m->family[symbol], taken = 1 + m->of[symbol] % MARK;
    if (at > r->start && symbol_at(g, at - 1) >= LEAD) return;
    if (at > r->start + 1 && symbol_at(g, at - 2) >= TRIPLE) return;
    if (at + taken > r->end) return;
    int64_t key = symbol;
    if (taken > 1) {
        key = LEAD + (symbol - LEAD) * m->width + symbol_at(g, at + 1) - 1;
        if (taken > 2) {
            key = (int64_t)(symbol - TRIPLE) * RADIX + symbol_at(g, at + 1) - 1;
            key = LEAD + (TRIPLE - LEAD) * m->width + key * RADIX + symbol_at(g, at + 2) - 1;
        }
        for (family = 0; family < q->families; family++)
            if (p->family[family].key[1] <= key && key < p->family[family].last[1]) break;
        if (family == q->families) return;
    }
    r->counts[q->terms + family]++;
    int before = at == r->after ? r->last : -1, term = q->first_of[family];
    while (term >= 0 && p->key[term] != key) term = q->next_of[term];
    if (term < 0) return;
    r->counts[term]++;
    for (int i = 0; i < q->pairs && before >= 0; i++)
        r->counts[q->terms + q->families + i] += q->left[i] == before && q->right[i] == term;
    r->last = term;
    r->after = at + taken;
}

/* Counts terms, families and pairs in a row; returns its length, or DAMAGED. What is to be counted is noted first, four
   symbols at once and up to 64, so that no branch depends on each symbol; behind the last, breaks stand for symbols. */
static int64_t count_row(const segment *g, const query *q, const places *p, const marks *m, int64_t row, int *counts) {
    reading r = {start_of(g, row), start_of(g, row + 1), -1, -1, counts};
    int64_t length = r.end - r.start, i = r.start;
    if (length < 0 || r.end * 3 / 2 + (int64_t)sizeof(uint64_t) > g->stream.size) return DAMAGED;
    while (i < r.end) {
        uint64_t found = 0, some;
        int64_t first = i;
        unsigned all = 0;
        if (i & 1) {
            all = m->of[symbol_at(g, i++)];
            found = all / MARK;
        }
        for (; i < r.end && i < first + 61; i += 4) {
            memcpy(&some, U8(g->stream) + i / 2 * 3, sizeof some);
            if (r.end - i < 4) {
                some &= (1ull << 12 * (r.end - i)) - 1;
                length += 4 - (r.end - i);
            }
            unsigned a = m->of[some & (LAST - 1)], b = m->of[some >> 12 & (LAST - 1)];
            unsigned c = m->of[some >> 24 & (LAST - 1)], d = m->of[some >> 36 & (LAST - 1)];
            all += a + b + c + d;
            found |= (uint64_t)((a + 2 * b + 4 * c + 8 * d) / MARK) << (i - first);
        }
        length -= all % MARK;
        for (; found; found &= found - 1) count_at(g, q, p, m, first + __builtin_ctzll(found), &r);
    }
    return length < 0 ? DAMAGED : length;
}

/* Divided many at once, then added up one after the other. */
static double score_of(const query *q, const int *counts, int64_t length, const settings *s) {
    int single = q->terms + q->families, all = single + q->pairs;
    double part[MOST + MOST + LONGEST], size = (double)length, sum = 0;
    double least = s->k1 * (1 - s->b + s->b * size / s->mean);
    double least_of_pairs = s->k1 * (1 - s->pair_b + s->pair_b * size / s->mean);
    for (int i = 0; i < single; i++) part[i] = counts[i] / (counts[i] + least) * q->weight[i];
    for (int i = single; i < all; i++) part[i] = counts[i] / (counts[i] + least_of_pairs) * q->weight[i];
    for (int i = 0; i < all; i++) sum += part[i];
    return sum;
}
