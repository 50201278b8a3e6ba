/* The search of `retriever.py` again, compiled: the same passages with the same scores, bit for bit.

   A query becomes weights (`scoring.weigh`), each segment gives a pool of passages by its rounded weights (`pool.py`),
   and these are scored exactly from their terms in order (`scoring.count_features`, `scoring.score`). Postings are added
   up block by block of 65,536 passages, so that the sums stay in the processor's cache; once the frequent terms that are
   left can lift no new passage into the pool, they are only looked up for the passages that still can enter it (H. Turtle
   and J. Flood, 1995, Query Evaluation: Strategies and Optimizations: MaxScore).

   What stands in a file is not trusted: a place outside its array ends the search as DAMAGED. */

#include "pool.h"
#include "scores.h"
#include "spelling.h"

static int is_better(hit a, hit b) { return a.score > b.score || (a.score == b.score && a.id < b.id); }

static int64_t insert(hit *hits, int64_t count, int64_t k, hit one) {
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
        if (found == k && !is_better(one, hits[k - 1])) continue;
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

/* Where each segment has what is asked for, and how many passages have it: `frequency` of terms, `spread` of families. */
static int find_all(const segment *const *segments, int64_t many, const query *q, const settings *s, places *p,
                    int64_t *frequency, int64_t *spread) {
    for (int64_t i = 0; i < many; i++) {
        if (find_places(segments[i], q, s, &p[i])) return DAMAGED;
        for (int j = 0; j < q->terms; j++)
            if (p[i].term[j] >= 0) frequency[j] += spread_of(segments[i], p[i].term[j], p[i].term[j] + 1);
        for (int j = 0; j < q->families; j++)
            spread[j] += spread_of(segments[i], p[i].family[j].low, p[i].family[j].high);
    }
    return 0;
}

int64_t search(const segment *const *segments, int64_t many, word lines, uint64_t slips, const settings *s,
               int64_t pool_size, int64_t k, array allowed, query *q, hit *hits) {
    int64_t frequency[MOST] = {0}, spread[MOST] = {0}, found = 0;
    if (read_query(lines, s, q)) return TOO_LONG;
    places *p = malloc((many + 1) * sizeof *p);
    candidate *room = malloc(4 * pool_size * sizeof *room);
    pool rows = {room, 0, 0, pool_size};
    found = !p || !room ? NO_MEMORY : find_all(segments, many, q, s, p, frequency, spread);
    for (int i = 0; i < q->count && i < MOST && !found; i++)
        if (slips >> i & 1 && !frequency[q->sequence[i]]) found = MISTYPED;
    if (!found) weigh(q, frequency, spread, s);
    for (int64_t i = 0; i < many && found >= 0; i++)
        found = search_segment(segments[i], q, &p[i], s, k, allowed, &rows, hits, found);
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
