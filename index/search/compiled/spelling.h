/* The words that a mistyped one may be meant for (`spelling.py`). */

#pragma once
#include "dictionary.h"

#define LONGEST_WORD 32
#define ENDINGS 10 /* letters that an ending has less than */

typedef struct {
    word typed, endings;        /* these one a line, the shortest first */
    int64_t first[ENDINGS + 1]; /* of each length */
    char *found;                /* lines of a term, a blank and a word */
    int64_t size, room;
} slip;

/* How many letters two words have in common at the front. */
static int64_t shared(word a, word b) {
    int64_t size = 0;
    while (size < a.size && size < b.size && a.text[size] == b.text[size]) size++;
    return size;
}

/* Whether one stroke makes one of the other: a letter left out, too many, another, or two exchanged. */
static int is_stroke(word a, word b) {
    int64_t front = shared(a, b), left = a.size - front, right = b.size - front;
    const char *x = a.text + front, *y = b.text + front;
    while (left && right && x[left - 1] == y[right - 1]) left--, right--;
    if (left == 2 && right == 2) return x[0] == y[1] && x[1] == y[0];
    return left + right && left <= 1 && right <= 1;
}

/* Whether a word begins so but for one stroke. */
static int may_begin(word whole, word stem) {
    int64_t front = shared(whole, stem), left = stem.size - front, right = whole.size - front;
    const char *x = stem.text + front, *y = whole.text + front;
    if (left <= 1) return 1;
    return (right >= left - 1 && !memcmp(x + 1, y, left - 1)) || (right >= left && !memcmp(x + 1, y + 1, left - 1)) ||
           (right > left && !memcmp(x, y + 1, left)) ||
           (right >= left && x[0] == y[1] && x[1] == y[0] && !memcmp(x + 2, y + 2, left - 2));
}

static void note(slip *s, word term, word whole) {
    if (s->size + term.size + whole.size + 2 > s->room) return;
    char *at = s->found + s->size;
    memcpy(at, term.text, term.size);
    at[term.size] = ' ';
    memcpy(at + term.size + 1, whole.text, whole.size);
    at[term.size + 1 + whole.size] = '\n';
    s->size += term.size + whole.size + 2;
}

/* Notes each word of `size` letters of a text and an ending that is one stroke from what was typed. Where the stroke is among
   those letters, the last letter of an ending of two or more is as it was typed. */
static void note_words(slip *s, word term, char *text, int64_t size) {
    char last = s->typed.text[s->typed.size - 1];
    int is_among = shared((word){text, size}, s->typed) < size;
    for (int64_t room = s->typed.size - size, length = room > 1 ? room - 1 : 0; length <= room + 1; length++) {
        if (length >= ENDINGS) return;
        for (int64_t at = s->first[length]; at < s->first[length + 1]; at += length + 1) {
            word whole = {text, size + length};
            if (is_among && length > 1 && s->endings.text[at + length - 1] != last) continue;
            memcpy(text + size, s->endings.text + at, length);
            if (is_stroke(whole, s->typed)) note(s, term, whole);
        }
    }
}

/* Where the endings of each length start. */
static void part_endings(slip *s) {
    int64_t at = 0;
    for (int64_t length = 0; length <= ENDINGS; length++) {
        s->first[length] = at;
        while (at + length < s->endings.size && !memchr(s->endings.text + at, '\n', length) &&
               s->endings.text[at + length] == '\n')
            at += length + 1;
    }
}

static int is_plain(word term) {
    int64_t size = 0;
    while (size < term.size && term.text[size] >= 'a' && term.text[size] <= 'z') size++;
    return size == term.size;
}

/* Notes the words of a family: each term with endings, also without its last letter, and with that doubled. */
static int note_family(const segment *g, word head, int64_t length, slip *s) {
    char text[LONGEST_WORD + 4];
    span family;
    if (find_family(g, head, length, &family)) return DAMAGED;
    if (family.low == family.high) return 0;
    word term = name_of(g, family.low);
    for (int64_t place = family.low; place < family.high && term.size > 0; place++, term = line_after(g, term)) {
        if (!may_begin(s->typed, (word){term.text, term.size - 1}) || !is_plain(term)) continue;
        memcpy(text, term.text, term.size);
        note_words(s, term, text, term.size);
        note_words(s, term, text, term.size - 1);
        text[term.size - 1] = text[term.size] = term.text[term.size - 1];
        note_words(s, term, text, term.size + 1);
    }
    return 0;
}

/* Notes the words of all families that begin as the typed word does but for one stroke behind its first letter. */
static int note_families(const segment *g, int64_t size, int64_t length, slip *s) {
    const char *typed = s->typed.text;
    char head[LONGEST_WORD];
    word one = {head, size};
    int wrong = 0;
    for (int64_t place = 1; place < size; place++) {
        int64_t rest = size - place;
        memcpy(head, typed, size);
        memcpy(head + place, typed + place + 1, rest);
        wrong |= note_family(g, one, length, s);
        memcpy(head, typed, size);
        head[place] = typed[place + 1];
        if (rest > 1) head[place + 1] = typed[place];
        wrong |= note_family(g, one, length, s);
        for (char letter = 'a'; letter <= 'z'; letter++) {
            memcpy(head, typed, size);
            head[place] = letter;
            if (letter != typed[place] || place == 1) wrong |= note_family(g, one, length, s);
            memcpy(head + place + 1, typed + place, rest - 1);
            wrong |= note_family(g, one, length, s);
        }
    }
    return wrong;
}

/* Writes what a word may be meant for; returns of what size that is, or why not. */
int64_t find_meant(const segment *const *segments, int64_t many, const char *typed, int64_t size, const char *endings,
                   int64_t endings_size, int64_t family, char *found, int64_t room) {
    slip s = {{typed, size}, {endings, endings_size}, {0}, found, 0, room};
    if (size <= family || size > LONGEST_WORD - 1) return 0;
    part_endings(&s);
    for (int64_t i = 0; i < many; i++)
        for (int64_t length = family - 1; length <= family; length++)
            if (note_families(segments[i], length, family, &s)) return DAMAGED;
    return s.size;
}
