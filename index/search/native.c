/* The search of `retriever.py` again, compiled: the same passages with the same scores, bit for bit.

   A query becomes weights (`scoring.weigh`), each segment gives a pool of passages by its rounded weights (`pool.py`),
   and these are scored exactly from their terms in order (`scoring.count_features`, `scoring.score`). Postings are added
   up block by block of 65,536 passages, so that the sums stay in the processor's cache; once the frequent terms that are
   left can lift no new passage into the pool, they are only looked up for the passages that still can enter it (H. Turtle
   and J. Flood, 1995, Query Evaluation: Strategies and Optimizations: MaxScore).

   What stands in a file is not trusted: a place outside its array ends the search as DAMAGED. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536
#define BUCKET 256
#define BUCKETS (BLOCK / BUCKET)
#define ESCAPE 65535
#define MOST 64    /* distinct terms of a query: one bit each */
#define LONGEST 256 /* terms of a query */
#define MARKS 4096
#define NEAR 16 /* places that share a mark */
#define STEPS 16
#define SPARSE 8     /* so many times as many postings as rows, and looking these up costs less */
#define WORTHWHILE 6 /* so many times as many postings to come as rows, and their bound is sought */
#define SLACK 1.0001 /* for sums of floats in another order than that of their bounds */

enum { TOO_LONG = -1, DAMAGED = -2, NO_MEMORY = -3 };

typedef struct {
    const void *at;
    int64_t size;
} array;

typedef struct {
    int64_t count, blocks, terms, first, width;
    array text, names, slots, families, bounds, weights, tops, rows, lows, buckets, dense, dense_bounds;
    array stream, starts, order, rare, rare_places, ids, alive, lost_terms, lost_total;
    int64_t id_size;
} segment;

typedef struct {
    int64_t count; /* passages of all segments */
    double mean, b, k1, pair_b, family_weight, pair_weight, power;
    int64_t family, pool;
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
    int terms, families, pairs;
    word term[MOST], family[MOST];
    int times[MOST], members[MOST]; /* of a term, of a family's terms */
    int left[LONGEST], right[LONGEST];
    double weight[MOST + MOST + LONGEST]; /* of terms, then families, then pairs */
} query;

typedef struct {
    int64_t term[MOST];
    int64_t low[MOST], high[MOST]; /* of families */
} places;

typedef struct {
    float score;
    int64_t row;
} candidate;

#define U8(a) ((const uint8_t *)(a).at)
#define U16(a) ((const uint16_t *)(a).at)
#define U32(a) ((const uint32_t *)(a).at)

/* Asks memory for what will be read soon; any address will do. */
#define AHEAD(address) __builtin_prefetch(address)
#define LINES 3 /* of 64 bytes: a passage of some 90 terms */

/* The first of ascending numbers from `low` on that is not below `wanted`; without a branch to be guessed wrong. */
#define FIRST_FROM(numbers, low, high, wanted)                                                                         \
    for (int64_t half, size = (high) - (low); size > 0; size -= half) {                                                \
        half = (size + 1) / 2;                                                                                         \
        (low) += (numbers)[(low) + half - 1] < (wanted) ? half : 0;                                                    \
    }

/* ------------------------------------------------------------------ words to a query */

static int same(word a, word b) { return a.size == b.size && !memcmp(a.text, b.text, a.size); }

static int place_of(word wanted, const word *words, int count) {
    int place = 0;
    while (place < count && !same(wanted, words[place])) place++;
    return place;
}

/* The first `length` characters of a term in UTF-8. */
static word head_of(word term, int64_t length) {
    int64_t size = 0;
    for (; size < term.size; size++)
        if ((term.text[size] & 0xC0) != 0x80 && !length--) break;
    return (word){term.text, size};
}

/* Terms come one a line. */
static int read_query(const char *text, int64_t size, const settings *s, query *q, int *sequence, int *count) {
    memset(q->times, 0, sizeof q->times);
    memset(q->members, 0, sizeof q->members);
    q->terms = q->families = q->pairs = *count = 0;
    for (int64_t start = 0, end; start < size; start = end + 1) {
        for (end = start; end < size && text[end] != '\n';) end++;
        word term = {text + start, end - start}, head = head_of(term, s->family);
        int place = place_of(term, q->term, q->terms), family = place_of(head, q->family, q->families);
        if (*count == LONGEST || place == MOST) return TOO_LONG;
        if (place == q->terms) q->term[q->terms++] = term;
        if (family == q->families) q->family[q->families++] = head;
        q->times[place]++;
        q->members[family]++;
        sequence[(*count)++] = place;
    }
    return 0;
}

static double idf(int64_t count, int64_t frequency) {
    frequency = frequency < 0 ? 0 : frequency > count ? count : frequency;
    return log1p((count - frequency + 0.5) / (frequency + 0.5));
}

static double query_weight(double rarity, const settings *s) {
    return s->count ? rarity * pow(rarity / log1p((double)s->count), s->power) : 0.0;
}

static void weigh(query *q, const int *sequence, int count, const int64_t *frequency, const int64_t *spread,
                  const settings *s) {
    double rarity[MOST], *weight = q->weight;
    for (int i = 0; i < q->terms; i++) {
        rarity[i] = query_weight(idf(s->count, frequency[i]), s);
        *weight++ = q->times[i] * rarity[i];
    }
    for (int i = 0; i < q->families; i++)
        *weight++ = s->family_weight * q->members[i] * query_weight(idf(s->count, spread[i]), s);
    for (int i = 0; i + 1 < count; i++) {
        int a = sequence[i], b = sequence[i + 1], known = 0;
        for (int j = 0; j < q->pairs; j++) known |= q->left[j] == a && q->right[j] == b;
        if (known || !frequency[a] || !frequency[b]) continue;
        q->left[q->pairs] = a;
        q->right[q->pairs++] = b;
        *weight++ = s->pair_weight * (rarity[a] + rarity[b]) / 2;
    }
}

/* ------------------------------------------------------------------ a segment's dictionary */

static uint32_t crc32_of(word term) {
    uint32_t crc = ~0u;
    for (int64_t i = 0; i < term.size; i++) {
        crc ^= (uint8_t)term.text[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xEDB88320u & -(crc & 1));
    }
    return ~crc;
}

/* The name of a term; of size -1 where the file has none. */
static word name_of(const segment *g, int64_t place) {
    if (place < 0 || place >= g->terms) return (word){0, -1};
    int64_t start = U32(g->names)[place], end = U32(g->names)[place + 1];
    if (start >= end || end > g->text.size) return (word){0, -1};
    return (word){(const char *)g->text.at + start, end - 1 - start};
}

static int64_t find_term(const segment *g, word term) {
    int64_t mask = g->slots.size - 1, slot = crc32_of(term) & mask;
    for (int64_t tried = 0; tried <= mask; tried++, slot = (slot + 1) & mask) {
        uint32_t found = U32(g->slots)[slot];
        if (!found) return -1;
        if (same(term, name_of(g, (int64_t)found - 1))) return (int64_t)found - 1;
    }
    return -1;
}

/* As strings compare: byte by byte, then by size. */
static int compare(word a, word b) {
    int order = memcmp(a.text, b.text, a.size < b.size ? a.size : b.size);
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static int find_family(const segment *g, word head, int64_t place, int64_t *from, int64_t *to) {
    const uint32_t *heads = U32(g->families);
    int64_t low = 0, high = g->families.size - 1;
    *from = *to = 0;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        word name = name_of(g, heads[middle]);
        if (name.size < 0) return DAMAGED;
        if (place >= 0 ? heads[middle] <= place : compare(name, head) < 0) low = middle + 1;
        else high = middle;
    }
    if (place >= 0) low--;
    if (low < 0 || low >= g->families.size - 1) return 0;
    word name = name_of(g, heads[low]);
    if (name.size < 0) return DAMAGED;
    if (name.size < head.size || memcmp(name.text, head.text, head.size)) return 0;
    *from = heads[low];
    *to = heads[low + 1];
    return *from <= *to && *to <= g->terms ? 0 : DAMAGED;
}

static int64_t lost_below(const segment *g, int64_t place) {
    int64_t low = 0;
    FIRST_FROM(U32(g->lost_terms), low, g->lost_terms.size, place)
    return low ? ((const int64_t *)g->lost_total.at)[low - 1] : 0;
}

/* How many postings the terms from one place to another have together. */
static int64_t spread_of(const segment *g, int64_t low, int64_t high) {
    int64_t found = (int64_t)U32(g->bounds)[high * g->blocks] - U32(g->bounds)[low * g->blocks];
    return g->lost_terms.size ? found - lost_below(g, high) + lost_below(g, low) : found;
}

static int find_places(const segment *g, const query *q, const settings *s, places *p) {
    for (int i = 0; i < q->terms; i++) p->term[i] = find_term(g, q->term[i]);
    for (int i = 0; i < q->families; i++) {
        int64_t place = -1;
        for (int j = 0; j < q->terms && place < 0; j++)
            if (p->term[j] >= 0 && same(head_of(q->term[j], s->family), q->family[i])) place = p->term[j];
        if (find_family(g, q->family[i], place, &p->low[i], &p->high[i])) return DAMAGED;
    }
    return 0;
}

/* ------------------------------------------------------------------ postings */

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

/* The rows of a block that have a sum, in the order in which they got it. */
typedef struct {
    float sums[BLOCK];
    uint16_t rows[BLOCK + 1]; /* room for one that turns out to have a sum */
    int64_t count;
} tally;

static inline void add(tally *sum, uint16_t row, float gain, int is_open) {
    float before = sum->sums[row];
    sum->sums[row] = is_open || before != 0 ? before + gain : 0;
    if (!is_open) return;
    sum->rows[sum->count] = row;
    sum->count += before == 0;
}

/* Adds a term posting by posting; where the tally isn't open, to rows that are in it already. */
static inline int add_up(const segment *g, const asked *t, int64_t block, tally *sum, int is_open) {
    list l;
    if (find_list(g, t, block, &l)) return DAMAGED;
    if (!t->is_dense) {
        for (int64_t i = l.start; i < l.end; i++) add(sum, *l.rows++, gain_of(g, t, i), is_open);
        return 0;
    }
    int64_t i = l.start;
    for (int bucket = 0, buckets = buckets_of(g, block); bucket < buckets; bucket++) {
        int64_t end = i + l.buckets[bucket];
        if (end > l.end) return DAMAGED;
        for (; i < end; i++) add(sum, bucket * BUCKET + *l.lows++, gain_of(g, t, i), is_open);
    }
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

/* ------------------------------------------------------------------ the pool */

static int is_worse(candidate a, candidate b) { return a.score < b.score || (a.score == b.score && a.row > b.row); }

/* The best rows so far, the worst of them on top; `spare` has room for as many. */
typedef struct {
    candidate *heap, *spare;
    int64_t count, size;
} pool;


static void sink(candidate *heap, int64_t count, int64_t place) {
    candidate one = heap[place];
    for (int64_t child; (child = 2 * place + 1) < count; place = child) {
        if (child + 1 < count && is_worse(heap[child + 1], heap[child])) child++;
        if (!is_worse(heap[child], one)) break;
        heap[place] = heap[child];
    }
    heap[place] = one;
}

static void offer(candidate *heap, int64_t *count, int64_t size, candidate one) {
    if (*count < size) {
        heap[(*count)++] = one;
        if (*count == size)
            for (int64_t place = size / 2; place-- > 0;) sink(heap, size, place);
    } else if (is_worse(heap[0], one)) {
        heap[0] = one;
        sink(heap, size, 0);
    }
}

static int64_t id_of(const segment *g, int64_t row) {
    switch (g->id_size) {
    case 1: return U8(g->ids)[row];
    case 2: return U16(g->ids)[row];
    case 4: return U32(g->ids)[row];
    case 8: return ((const int64_t *)g->ids.at)[row];
    default: return g->first + row;
    }
}

static int may_be_found(const segment *g, int64_t row, array allowed) {
    if (row >= g->count || (g->alive.at && !U8(g->alive)[row])) return 0;
    if (!allowed.at) return 1;
    int64_t id = id_of(g, row);
    return id >= 0 && id < allowed.size && U8(allowed)[id];
}

/* The sum of the `size`-th best row so far: no pool ends below it. */
static float bound_of(const segment *g, const tally *sum, int64_t block, array allowed, candidate *heap, int64_t size) {
    int64_t found = 0;
    for (int64_t i = 0; i < sum->count; i++) {
        candidate one = {sum->sums[sum->rows[i]], block * BLOCK + sum->rows[i]};
        if ((found < size || one.score > heap[0].score) && may_be_found(g, one.row, allowed))
            offer(heap, &found, size, one);
    }
    return found < size ? 0 : heap[0].score;
}

/* Keeps the rows whose sum is above `least`; the others get none. */
static void drop(tally *sum, float least) {
    int64_t kept = 0;
    for (int64_t i = 0; i < sum->count; i++) {
        uint16_t row = sum->rows[i];
        int keep = sum->sums[row] > least;
        sum->rows[kept] = row;
        kept += keep;
        if (!keep) sum->sums[row] = 0;
    }
    sum->count = kept;
}

static int64_t postings_of(const segment *g, const asked *t, int64_t block) {
    const uint32_t *bounds = U32(g->bounds) + t->place * g->blocks + block;
    return (int64_t)bounds[1] - bounds[0];
}

static int add_block(const segment *g, const asked *terms, int count, int64_t block, array allowed, tally *sum,
                     pool *p) {
    double last = p->count == p->size ? p->heap[0].score : 0;
    int64_t rest = 0;
    int number = 0;
    for (int i = 0; i < count; i++) rest += postings_of(g, &terms[i], block);
    for (; number < count && terms[number].left * SLACK >= last; number++) {
        if (p->count < p->size && sum->count >= p->size && rest > WORTHWHILE * sum->count) {
            double bound = bound_of(g, sum, block, allowed, p->spare, p->size);
            if (bound > last) last = bound;
            if (terms[number].left * SLACK < last) break;
        }
        if (add_up(g, &terms[number], block, sum, 1)) return DAMAGED;
        rest -= postings_of(g, &terms[number], block);
    }
    for (; number < count; number++) {
        drop(sum, (float)((last - terms[number].left * SLACK) / SLACK));
        int is_long = postings_of(g, &terms[number], block) > SPARSE * sum->count;
        if (is_long ? look_up(g, &terms[number], block, sum) : add_up(g, &terms[number], block, sum, 0)) return DAMAGED;
    }
    for (int64_t i = 0; i < sum->count; i++) {
        candidate one = {sum->sums[sum->rows[i]], block * BLOCK + sum->rows[i]};
        if ((p->count < p->size || is_worse(p->heap[0], one)) && may_be_found(g, one.row, allowed))
            offer(p->heap, &p->count, p->size, one);
    }
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
    p->count = 0;
    for (int64_t block = 0; count && block < g->blocks && !wrong; block++) {
        wrong = add_block(g, terms, count, block, allowed, sum, p);
        drop(sum, INFINITY);
    }
    return wrong;
}

/* ------------------------------------------------------------------ exact scores */

/* Whether a family may stand at a place, by some bits of it. A term always stands in a family of the query. */
typedef struct {
    uint8_t family[MARKS];
} marks;

static void mark(const query *q, const places *p, marks *m) {
    memset(m, 0, sizeof *m);
    for (int i = 0; i < q->families; i++)
        for (int64_t place = p->low[i] / NEAR; place * NEAR < p->high[i]; place++) m->family[place % MARKS] = 1;
}

/* Counts of terms, families and pairs in a row; returns its length, or DAMAGED. */
static int64_t count_row(const segment *g, const query *q, const places *p, const marks *m, int64_t row, int *counts) {
    int64_t start = U32(g->starts)[row], end = U32(g->starts)[row + 1], length = 0, next = -1;
    if (start > end || end > g->stream.size) return DAMAGED;
    int before = -1; /* the term that stands right before */
    for (int64_t i = start; i < end; i++) {
        int64_t code = U16(g->stream)[i], place = code;
        if (g->order.at && code == ESCAPE) {
            if (next < 0) {
                next = 0;
                FIRST_FROM(U32(g->rare_places), next, g->rare.size, i)
            }
            if (next >= g->rare.size) return DAMAGED;
            place = (int64_t)U32(g->rare)[next++] + 1;
        } else if (g->order.at)
            place = U32(g->order)[code];
        length += place > 0;
        place--;
        int last = before;
        before = -1;
        if (place < 0 || !m->family[place / NEAR % MARKS]) continue;
        for (int j = 0; j < q->families; j++) counts[q->terms + j] += p->low[j] <= place && place < p->high[j];
        for (before = q->terms - 1; before >= 0 && p->term[before] != place;) before--;
        if (before < 0) continue;
        counts[before]++;
        for (int j = 0; j < q->pairs && last >= 0; j++)
            counts[q->terms + q->families + j] += q->left[j] == last && q->right[j] == before;
    }
    return length;
}

static double score_of(const query *q, const int *counts, int64_t length, const settings *s) {
    int single = q->terms + q->families, all = single + q->pairs;
    double size = (double)length, sum = 0;
    double least = s->k1 * (1 - s->b + s->b * size / s->mean);
    double least_of_pairs = s->k1 * (1 - s->pair_b + s->pair_b * size / s->mean);
    for (int i = 0; i < all; i++)
        if (counts[i]) sum += counts[i] / (counts[i] + (i < single ? least : least_of_pairs)) * q->weight[i];
    return sum;
}

static int is_better(hit a, hit b) { return a.score > b.score || (a.score == b.score && a.id < b.id); }

static int64_t insert(hit *hits, int64_t count, int64_t k, hit one) {
    if (count == k && !is_better(one, hits[k - 1])) return count;
    int64_t place = count < k ? count++ : k - 1;
    for (; place && is_better(one, hits[place - 1]); place--) hits[place] = hits[place - 1];
    hits[place] = one;
    return count;
}

static int64_t search_segment(const segment *g, const query *q, const places *p, const settings *s, int64_t k,
                              array allowed, pool *rows, hit *hits, int64_t found) {
    marks m;
    int counts[MOST + MOST + LONGEST];
    if (find_pool(g, q, p, allowed, rows)) return DAMAGED;
    for (int64_t i = 0; i < rows->count; i++) AHEAD(&U32(g->starts)[rows->heap[i].row]);
    mark(q, p, &m);
    for (int64_t i = 0; i < rows->count; i++) {
        const uint16_t *stream = U16(g->stream) + U32(g->starts)[rows->heap[i].row];
        for (int line = 0; line < LINES; line++) AHEAD(stream + line * 32);
    }
    for (int64_t i = 0; i < rows->count; i++) {
        memset(counts, 0, sizeof *counts * (q->terms + q->families + q->pairs));
        int64_t length = count_row(g, q, p, &m, rows->heap[i].row, counts);
        if (length < 0) return DAMAGED;
        hit one = {id_of(g, rows->heap[i].row), score_of(q, counts, length, s), 0};
        for (int j = 0; j < q->terms; j++) one.held |= (uint64_t)(counts[j] > 0) << j;
        found = insert(hits, found, k, one);
    }
    return found;
}

/* Whether the arrays of a segment have the sizes that belong together. */
int is_sound(const segment *g) {
    int64_t slots = g->slots.size;
    return g->count > 0 && g->blocks == (g->count + BLOCK - 1) / BLOCK && g->width == (g->count + BUCKET - 1) / BUCKET &&
           g->terms > 0 && g->names.size == g->terms + 1 && g->bounds.size == g->terms * g->blocks + 1 &&
           g->tops.size == g->terms && slots > 0 && !(slots & (slots - 1)) && g->families.size > 1 &&
           g->dense_bounds.size == g->dense.size + 1 && g->buckets.size == g->dense.size * g->width &&
           g->starts.size == g->count + 1 && (!g->order.at || g->order.size == ESCAPE + 1) &&
           g->rare.size == g->rare_places.size && (!g->alive.at || g->alive.size == g->count) &&
           (!g->id_size || g->ids.size == g->count) && g->lost_terms.size == g->lost_total.size;
}

/* The k best passages of all segments into `hits`; returns how many, or why not. */
int64_t search(const segment *const *segments, int64_t many, const char *text, int64_t size, const settings *s,
               int64_t k, const uint8_t *allowed, int64_t allowed_size, hit *hits) {
    query q;
    int sequence[LONGEST], count;
    int64_t frequency[MOST] = {0}, spread[MOST] = {0}, found = 0;
    if (read_query(text, size, s, &q, sequence, &count)) return TOO_LONG;
    places *p = malloc((many + 1) * sizeof *p);
    candidate *heap = malloc(2 * s->pool * sizeof *heap);
    pool rows = {heap, heap + s->pool, 0, s->pool};
    if (!p || !heap) found = NO_MEMORY;
    for (int64_t i = 0; i < many && found >= 0; i++) {
        found = find_places(segments[i], &q, s, &p[i]);
        for (int j = 0; j < q.terms && !found; j++)
            if (p[i].term[j] >= 0) frequency[j] += spread_of(segments[i], p[i].term[j], p[i].term[j] + 1);
        for (int j = 0; j < q.families && !found; j++) spread[j] += spread_of(segments[i], p[i].low[j], p[i].high[j]);
    }
    weigh(&q, sequence, count, frequency, spread, s);
    for (int64_t i = 0; i < many && found >= 0; i++)
        found = search_segment(segments[i], &q, &p[i], s, k, (array){allowed, allowed_size}, &rows, hits, found);
    free(p);
    free(heap);
    return found;
}

/* How many passages of all segments hold each term; terms come one a line. */
void count_passages(const segment *const *segments, int64_t many, const char *text, int64_t size, int64_t *counts) {
    for (int64_t start = 0, end; start < size; start = end + 1, counts++) {
        for (end = start; end < size && text[end] != '\n';) end++;
        word term = {text + start, end - start};
        *counts = 0;
        for (int64_t i = 0; i < many; i++) {
            int64_t place = find_term(segments[i], term);
            if (place >= 0) *counts += spread_of(segments[i], place, place + 1);
        }
    }
}
