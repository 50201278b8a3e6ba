/* A segment's dictionary: where its terms and families stand, and in how many passages. */

#pragma once
#include "query.h"

#define ONES 0x0101010101010101u /* a 1 in each byte */

/* Four bits at once. */
static uint32_t crc32_of(word term) {
    static const uint32_t steps[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
                                       0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                       0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    uint32_t crc = ~0u;
    for (int64_t i = 0; i < term.size; i++) {
        crc ^= (uint8_t)term.text[i];
        crc = crc >> 4 ^ steps[crc & 15];
        crc = crc >> 4 ^ steps[crc & 15];
    }
    return ~crc;
}

/* Where a line ends from some place on: most lines are short, and eight bytes are looked at at once (H. Warren, 2012, Hacker's
   Delight: to find a byte in a word). */
static const char *end_of(const char *text, int64_t size) {
    uint64_t some;
    if (size >= (int64_t)sizeof some) {
        memcpy(&some, text, sizeof some);
        some ^= ONES * '\n';
        if ((some = (some - ONES) & ~some & ONES << 7)) return text + __builtin_ctzll(some) / 8;
    }
    return memchr(text, '\n', size);
}

/* The line of the dictionary's text that starts at a place; of size -1 where there is none. */
static word line_at(const segment *g, int64_t start) {
    if (start < 0 || start >= g->text.size) return (word){0, -1};
    const char *text = (const char *)g->text.at + start, *end = end_of(text, g->text.size - start);
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
        *family = (span){.low = low, .high = high};
        return 0;
    }
    return 0;
}

static void find_keys(const segment *g, span *family) {
    int64_t first = singles_below(g, family->low), last = singles_below(g, family->high);
    if (family->low == family->high) return;
    family->key[0] = first + 1;
    family->last[0] = last + 1;
    family->key[1] = LEAD + family->low - first;
    family->last[1] = LEAD + family->high - last;
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
    for (int i = 0; i < q->families; i++) {
        if (find_family(g, q->family[i], s->family, &p->family[i])) return DAMAGED;
        find_keys(g, &p->family[i]);
    }
    for (int i = 0; i < q->terms; i++) {
        int64_t place = p->term[i] = find_term(g, q->term[i], &p->family[q->family_of[i]]);
        int64_t before = singles_below(g, place);
        p->key[i] = before < g->singles.size && U32(g->singles)[before] == place ? before + 1 : LEAD + place - before;
    }
    return 0;
}
