/* Words to a query with its weights. */

#pragma once
#include "types.h"

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
static int read_query(word lines, const settings *s, query *q) {
    memset(q->times, 0, sizeof q->times);
    memset(q->members, 0, sizeof q->members);
    q->terms = q->families = q->pairs = q->count = 0;
    for (int64_t start = 0, end; start < lines.size; start = end + 1) {
        for (end = start; end < lines.size && lines.text[end] != '\n';) end++;
        word term = {lines.text + start, end - start}, head = head_of(term, s->family);
        int place = place_of(term, q->term, q->terms), family = place_of(head, q->family, q->families);
        if (q->count == LONGEST || place == MOST) return TOO_LONG;
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
        q->sequence[q->count++] = place;
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

static void weigh(query *q, const int64_t *frequency, const int64_t *spread, const settings *s) {
    double rarity[MOST], *weight = q->weight;
    for (int i = 0; i < q->terms; i++) {
        rarity[i] = query_weight(idf(s->count, frequency[i]), s);
        *weight++ = q->times[i] * rarity[i];
    }
    for (int i = 0; i < q->families; i++)
        *weight++ = s->family_weight * q->members[i] * query_weight(idf(s->count, spread[i]), s);
    for (int i = 0; i + 1 < q->count; i++) {
        int a = q->sequence[i], b = q->sequence[i + 1], known = 0;
        for (int j = 0; j < q->pairs; j++) known |= q->left[j] == a && q->right[j] == b;
        if (known || !frequency[a] || !frequency[b]) continue;
        q->left[q->pairs] = a;
        q->right[q->pairs++] = b;
        *weight++ = s->pair_weight * (rarity[a] + rarity[b]) / 2;
    }
}
