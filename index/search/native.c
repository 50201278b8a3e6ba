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
#define GROUP 4
#define RUN 64
#define LEAD 3968 /* symbols: see stream.py */
#define TRIPLE 4080
#define LAST 4096
#define RADIX (LEAD - 1)
#define MOST 64    /* distinct terms of a query: one bit each */
#define LONGEST 256 /* terms of a query */
#define STEPS 16
#define STEP 16
#define SPARSE 8     /* so many times as many postings as rows, and looking these up costs less */
#define WORTHWHILE 6 /* so many times as many postings to come as rows, and their bound is sought */
#define SLACK 1.0001 /* for sums of floats in another order than that of their bounds */

enum { TOO_LONG = -1, DAMAGED = -2, NO_MEMORY = -3 };

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
#define LINES 2 /* of 64 bytes: a passage of some 80 terms */

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
        if (family == q->families) {
            q->family[q->families++] = head;
            q->first_of[family] = -1;
        }
        if (place == q->terms) {
            q->term[q->terms++] = term;
            q->family_of[place] = family;
            q->next_of[place] = q->first_of[family];
            q->first_of[family] = place;
        }
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

/* The line of the dictionary's text that starts at a place; of size -1 where there is none. */
static word line_at(const segment *g, int64_t start) {
    if (start < 0 || start >= g->text.size) return (word){0, -1};
    const char *text = (const char *)g->text.at + start, *end = memchr(text, '\n', g->text.size - start);
    return (word){text, end ? end - text : -1};
}

static word line_after(const segment *g, word line) {
    return line_at(g, line.text + line.size + 1 - (const char *)g->text.at);
}

static word name_of(const segment *g, int64_t place) {
    word name = line_at(g, U32(g->names)[place / GROUP]);
    for (int64_t left = place % GROUP; left-- > 0 && name.size >= 0;) name = line_after(g, name);
    return name;
}

/* As strings compare: byte by byte, then by size. */
static int compare(word a, word b) {
    int order = memcmp(a.text, b.text, a.size < b.size ? a.size : b.size);
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* How many terms before a place have a symbol of their own. */
static int64_t singles_below(const segment *g, int64_t place) {
    int64_t found = 0;
    FIRST_FROM(U32(g->singles), found, g->singles.size, place)
    return found;
}

/* From which place to which the terms stand that begin with some letters. */
static int find_family(const segment *g, word head, int64_t length, span *family) {
    int64_t mask = g->slots.size - 1, slot = crc32_of(head) & mask;
    *family = (span){0};
    for (int64_t tried = 0, found; tried <= mask && (found = number(g->slots, slot)); tried++, slot = (slot + 1) & mask) {
        if (found >= g->families.size) return DAMAGED;
        int64_t low = U32(g->families)[found - 1], high = U32(g->families)[found];
        if (low >= high || high > g->terms) return DAMAGED;
        word name = name_of(g, low);
        if (name.size < 0) return DAMAGED;
        if (!same(head_of(name, length), head)) continue;
        int64_t first = singles_below(g, low), last = singles_below(g, high);
        *family = (span){low, high, {first + 1, LEAD + low - first}, {last + 1, LEAD + high - last}};
        return 0;
    }
    return 0;
}

/* The place of a term of a family; -1 where there is none. */
static int64_t find_term(const segment *g, word term, const span *family) {
    int64_t low = family->low / GROUP, high = (family->high - 1) / GROUP;
    if (family->low == family->high) return -1;
    while (low < high) { /* the last group that does not begin after the term */
        int64_t middle = (low + high + 1) / 2;
        word name = name_of(g, middle * GROUP);
        if (name.size < 0) return -1;
        if (compare(name, term) > 0) high = middle - 1;
        else low = middle;
    }
    int64_t place = low * GROUP > family->low ? low * GROUP : family->low;
    word name = name_of(g, place);
    for (; name.size >= 0 && place < family->high && place < (low + 1) * GROUP; place++, name = line_after(g, name))
        if (same(name, term)) return place;
    return -1;
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
    for (int i = 0; i < q->families; i++)
        if (find_family(g, q->family[i], s->family, &p->family[i])) return DAMAGED;
    for (int i = 0; i < q->terms; i++) {
        int64_t place = p->term[i] = find_term(g, q->term[i], &p->family[q->family_of[i]]);
        int64_t before = singles_below(g, place);
        p->key[i] = before < g->singles.size && U32(g->singles)[before] == place ? before + 1 : LEAD + place - before;
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

/* Returns how many rows are held then: not kept in memory, so that one posting needn't wait for another. */
static inline int64_t add(tally *sum, int64_t held, uint16_t row, float gain, int is_open) {
    float before = sum->sums[row];
    sum->sums[row] = is_open || before != 0 ? before + gain : 0;
    if (!is_open) return held;
    sum->rows[held] = row;
    return held + (before == 0);
}

/* Adds a term posting by posting, two to a byte; where the tally isn't open, to rows that are in it already. */
static inline int add_up(const segment *g, const asked *t, int64_t block, tally *sum, int is_open) {
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

/* ------------------------------------------------------------------ the pool */

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

/* ------------------------------------------------------------------ exact scores */

/* Where the stream of a row starts. */
static int64_t start_of(const segment *g, int64_t row) { return U32(g->bases)[row / RUN] + number(g->starts, row); }

/* How many ranks share a first symbol of two. */
static int64_t width_of(const segment *g) {
    int64_t width = (g->terms - g->singles.size + TRIPLE - LEAD - 1) / (TRIPLE - LEAD);
    return width < 1 ? 1 : width < RADIX ? width : RADIX;
}

/* Of each symbol: how many others belong to its term, 1 for a break, which is no term; and FAMILY times the number of the
   query's family, from 1, in which a term may be that starts so. */
#define FAMILY 16
typedef struct {
    uint16_t of[LAST];
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
        for (int64_t key = f->key[0]; key < f->last[0]; key++) m->of[key] = FAMILY * (i + 1);
        if (f->key[1] >= f->last[1] || f->key[1] < LEAD) continue;
        for (int64_t lead = lead_of(m, f->key[1]); lead <= lead_of(m, f->last[1] - 1); lead++)
            m->of[lead] = m->of[lead] % FAMILY + FAMILY * (i + 1);
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
    int symbol = symbol_at(g, at), family = m->of[symbol] / FAMILY - 1, taken = 1 + m->of[symbol] % FAMILY;
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

/* Counts terms, families and pairs in a row, four symbols at once; returns its length, or DAMAGED. */
static int64_t count_row(const segment *g, const query *q, const places *p, const marks *m, int64_t row, int *counts) {
    reading r = {start_of(g, row), start_of(g, row + 1), -1, -1, counts};
    int64_t length = r.end - r.start, i = r.start;
    if (length < 0 || r.end * 3 / 2 + (int64_t)sizeof(uint64_t) > g->stream.size) return DAMAGED;
    while (i < r.end) {
        int step = i & 1 || i + 4 > r.end ? 1 : 4, all;
        if (step == 1) all = m->of[symbol_at(g, i)];
        else {
            uint64_t some;
            memcpy(&some, U8(g->stream) + i / 2 * 3, sizeof some);
            all = m->of[some & (LAST - 1)] + m->of[some >> 12 & (LAST - 1)] + m->of[some >> 24 & (LAST - 1)] +
                  m->of[some >> 36 & (LAST - 1)];
        }
        length -= all % FAMILY;
        for (int64_t end = i + step; i < end; i++)
            if (all >= FAMILY && m->of[symbol_at(g, i)] >= FAMILY) count_at(g, q, p, m, i, &r);
    }
    return length < 0 ? DAMAGED : length;
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
    for (int64_t i = 0; i < rows->count; i++) AHEAD((const char *)g->starts.at + row_of(rows->rows[i]) * g->starts.item);
    mark(g, q, p, &m);
    for (int64_t i = 0; i < rows->count; i++) {
        const uint8_t *stream = U8(g->stream) + start_of(g, row_of(rows->rows[i])) * 3 / 2;
        for (int line = 0; line < LINES; line++) AHEAD(stream + line * 64);
    }
    for (int64_t i = 0; i < rows->count; i++) {
        memset(counts, 0, sizeof *counts * (q->terms + q->families + q->pairs));
        int64_t length = count_row(g, q, p, &m, row_of(rows->rows[i]), counts);
        if (length < 0) return DAMAGED;
        hit one = {id_of(g, row_of(rows->rows[i])), score_of(q, counts, length, s), 0};
        for (int j = 0; j < q->terms; j++) one.held |= (uint64_t)(counts[j] > 0) << j;
        found = insert(hits, found, k, one);
    }
    return found;
}

/* Whether the arrays of a segment have the sizes that belong together. */
int is_sound(const segment *g) {
    int64_t slots = g->slots.size;
    return g->count > 0 && g->blocks == (g->count + BLOCK - 1) / BLOCK && g->width == (g->count + BUCKET - 1) / BUCKET &&
           g->terms > 0 && g->names.size == (g->terms + GROUP - 1) / GROUP + 1 &&
           g->bounds.size == g->terms * g->blocks + 1 && g->tops.size == g->terms && slots > 0 && !(slots & (slots - 1)) &&
           g->families.size > 1 && g->dense_bounds.size == g->dense.size + 1 &&
           g->buckets.size == g->dense.size * g->width && g->stream.size > 0 && g->singles.size < LEAD && g->starts.size == g->count + 1 &&
           g->bases.size == g->count / RUN + 1 && (!g->alive.at || g->alive.size == g->count) &&
           (!g->ids.at || g->ids.size == g->count) && g->lost_terms.size == g->lost_total.size;
}

/* The k best passages of all segments into `hits`; returns how many, or why not. */
int64_t search(const segment *const *segments, int64_t many, const char *text, int64_t size, const settings *s,
               int64_t k, const uint8_t *allowed, int64_t allowed_size, hit *hits) {
    query q;
    int sequence[LONGEST], count;
    int64_t frequency[MOST] = {0}, spread[MOST] = {0}, found = 0;
    if (read_query(text, size, s, &q, sequence, &count)) return TOO_LONG;
    places *p = malloc((many + 1) * sizeof *p);
    candidate *room = malloc(4 * s->pool * sizeof *room);
    pool rows = {room, 0, 0, s->pool};
    if (!p || !room) found = NO_MEMORY;
    for (int64_t i = 0; i < many && found >= 0; i++) {
        found = find_places(segments[i], &q, s, &p[i]);
        for (int j = 0; j < q.terms && !found; j++)
            if (p[i].term[j] >= 0) frequency[j] += spread_of(segments[i], p[i].term[j], p[i].term[j] + 1);
        for (int j = 0; j < q.families && !found; j++) spread[j] += spread_of(segments[i], p[i].family[j].low, p[i].family[j].high);
    }
    weigh(&q, sequence, count, frequency, spread, s);
    for (int64_t i = 0; i < many && found >= 0; i++)
        found = search_segment(segments[i], &q, &p[i], s, k, (array){allowed, allowed_size, 1}, &rows, hits, found);
    free(p);
    free(room);
    return found;
}

/* How many passages of all segments hold each term; terms come one a line. */
void count_passages(const segment *const *segments, int64_t many, const char *text, int64_t size, int64_t family,
                    int64_t *counts) {
    for (int64_t start = 0, end; start < size; start = end + 1, counts++) {
        for (end = start; end < size && text[end] != '\n';) end++;
        word term = {text + start, end - start};
        *counts = 0;
        for (int64_t i = 0; i < many; i++) {
            span found;
            if (find_family(segments[i], head_of(term, family), family, &found)) continue;
            int64_t place = find_term(segments[i], term, &found);
            if (place >= 0) *counts += spread_of(segments[i], place, place + 1);
        }
    }
}
