/* The terms of a query that is all ASCII but for quotes, dashes and such, as `analysis.query_tokens` and `known_terms` find
   them. What a token gives is asked of Python once, and remembered until too many are. */

#pragma once
#include "python.h"
#include "types.h"

#define SLOTS (1 << 15)
#define ROOM (1 << 20)       /* for the text of remembered tokens and of their terms */
#define LONGEST_TOKEN 64
#define LONGEST_TEXT 2048 /* of a query, and of its terms */

enum { ASKS = 1, MAY_BE_A_SLIP = 2 }; /* of a token, in its kind: a digit */

/* In the text stand the token, then its kind and its terms one a line. */
typedef struct {
    uint32_t hash, at;
    uint16_t size, told; /* 0 where nothing is remembered */
} token;

static struct {
    token slots[SLOTS];
    char text[ROOM];
    int64_t count, size;
} memory;

/* Terms one a line, and a bit for each that is of a word which may be mistyped. */
typedef struct {
    char text[LONGEST_TEXT];
    int64_t size, terms, tokens;
    uint64_t slips;
} lines;

static inline int is_small(char c) { return c >= 'a' && c <= 'z'; }
static inline int is_capital(char c) { return c >= 'A' && c <= 'Z'; }
static inline int is_part(char c) { return is_small(c) || is_capital(c) || (c >= '0' && c <= '9'); }
static inline int is_joint(char c) { return c == '.' || c == ',' || c == '\''; }

/* FNV-1a (G. Fowler, L. Noll, K.-P. Vo). */
static uint32_t hash_of(word one) {
    uint32_t hash = 2166136261u;
    for (int64_t i = 0; i < one.size; i++) hash = (hash ^ (uint8_t)one.text[i]) * 16777619u;
    return hash;
}

/* Where a token is remembered, or would be. */
static token *slot_of(word one, uint32_t hash) {
    for (uint32_t slot = hash % SLOTS;; slot = (slot + 1) % SLOTS) {
        token *t = &memory.slots[slot];
        if (!t->told) return t;
        if (t->hash == hash && t->size == one.size && !memcmp(memory.text + t->at, one.text, one.size)) return t;
    }
}

/* Asks Python what a token gives: null where it fails, or says too much to be remembered. */
static token *learn(word one, uint32_t hash, object *tell) {
    ptrdiff_t size = 0;
    object *text = PyUnicode_DecodeUTF8(one.text, one.size, 0);
    object *found = text ? PyObject_CallFunctionObjArgs(tell, text, (object *)0) : 0;
    const char *told = found ? PyUnicode_AsUTF8AndSize(found, &size) : 0;
    token *t = 0;
    if (told && size > 0 && size < LONGEST_TEXT) {
        if (memory.count > SLOTS / 2 || memory.size + one.size + size > ROOM) memset(&memory, 0, sizeof memory);
        t = slot_of(one, hash); /* only now: Python may have let another thread learn */
        memory.count += !t->told;
        *t = (token){hash, (uint32_t)memory.size, (uint16_t)one.size, (uint16_t)size};
        memcpy(memory.text + memory.size, one.text, one.size);
        memcpy(memory.text + memory.size + one.size, told, size);
        memory.size += one.size + size;
    }
    if (text) Py_DecRef(text);
    if (found) Py_DecRef(found);
    if (!t) PyErr_Clear();
    return t;
}

/* Whether a text has a word in capitals, and not everything. */
static int is_name(const char *text, int64_t size, word one) {
    int found = 0, is_mixed = 0;
    for (int64_t at = 0; at < size; at++) {
        int64_t i = 0, end = at + one.size;
        is_mixed |= is_small(text[at]);
        if (found || one.size < 2 || end > size || (at && (is_part(text[at - 1]) || text[at - 1] == '_'))) continue;
        while (i < one.size && is_capital(text[at + i]) && text[at + i] + 32 == one.text[i]) i++;
        found = i == one.size && (end == size || !(is_part(text[end]) || text[end] == '_'));
    }
    return found && is_mixed;
}

/* Appends what a token gives; returns whether that could be done. */
static int give(const char *query, int64_t size, word one, object *tell, lines *l) {
    uint32_t hash = hash_of(one);
    token *t = slot_of(one, hash);
    if (!t->told && !(t = learn(one, hash, tell))) return 0;
    const char *told = memory.text + t->at + t->size;
    int64_t told_size = t->told - 1;
    if (*told & ASKS && !is_name(query, size, one)) return 1;
    l->tokens++;
    if (!told_size) return 1;
    if (l->size + told_size + 1 > LONGEST_TEXT) return 0;
    if (*told & MAY_BE_A_SLIP && l->terms < MOST) l->slips |= 1ull << l->terms;
    if (l->size) l->text[l->size++] = '\n';
    memcpy(l->text + l->size, told + 1, told_size);
    for (int64_t i = 0; i < told_size; i++) l->terms += l->text[l->size + i] == '\n';
    l->terms++;
    l->size += told_size;
    return 1;
}

/* Of a query in UTF-8 each mark as what it stands for (`analysis.MARKS`: pairs of its number and that, and 0 at the end);
   returns the size, or -1 where other than ASCII is left. */
static int64_t read_plain(const char *query, int64_t size, const uint16_t *marks, char *plain) {
    int64_t count = 0;
    for (int64_t at = 0; at < size; at++, count++) {
        const uint8_t *c = (const uint8_t *)query + at;
        const uint16_t *mark = marks;
        if (count == LONGEST_TEXT || *c >= 0xF0) return -1;
        plain[count] = *c;
        if (*c < 0x80) continue;
        int wide = *c >= 0xE0, number = *c << 6 | (c[1] & 63);
        number = wide ? (number << 6 | (c[2] & 63)) & 0xFFFF : number & 0x7FF;
        while (*mark && *mark != number) mark += 2;
        if (!*mark) return -1;
        plain[count] = (char)mark[1];
        at += 1 + wide;
    }
    return count;
}

/* The terms of a plain query; returns whether there are any, and all could be found so. */
static int read_terms(const char *query, int64_t size, object *tell, lines *l) {
    char folded[LONGEST_TOKEN];
    l->size = l->terms = l->tokens = l->slips = 0;
    for (int64_t at = 0; at < size; at++) {
        int64_t first = at;
        for (; at < size; at++) {
            int is_inside = at > first && is_joint(query[at]) && at + 1 < size && is_part(query[at + 1]);
            if (!is_part(query[at]) && !is_inside) break;
            if (at - first == LONGEST_TOKEN) return 0;
            folded[at - first] = is_capital(query[at]) ? query[at] + 32 : query[at];
        }
        if (at > first && !give(query, size, (word){folded, at - first}, tell, l)) return 0;
    }
    return l->terms > 0;
}
