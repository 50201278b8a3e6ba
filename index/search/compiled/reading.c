/* The tokens of `reading.py` again, compiled: found in one pass over texts as they are, known by a hash of their bytes in
   which a capital counts as its small letter. What else makes words alike is left to `analysis.py`, which is asked what a
   token gives when it is first met: so one of these may be several there, or none. */

#include <stdint.h>
#include <string.h>

#define MIX 0x9E3779B97F4A7C15u
#define EIGHT(byte) ((byte) * 0x0101010101010101u)
#define CHUNK 8 /* bytes hashed at once; so many must be readable behind the text */

/* A token that no table knows: the how many-th it is, where it stands, and its hash. */
typedef struct {
    int64_t place, start, end;
    uint64_t hash;
} unknown;

/* Hashes to numbers, in open addressing; -1 where there is none. */
typedef struct {
    const uint64_t *keys;
    const int32_t *values;
    int64_t bits;
} table;

static inline int is_inside(uint8_t c) { return c == '.' || c == ',' || c == '\''; }

static inline int is_plain(uint8_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* How many bytes a character of UTF-8 has. */
static inline int64_t size_of(uint8_t first) { return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

/* How many bytes of a word stand here: none where a character stands for a space. */
static inline int64_t part_at(const uint8_t *at, const uint8_t *spaces) {
    if (*at < 0x80) return is_plain(*at);
    int64_t size = size_of(*at);
    if (size == 4) return size;
    return spaces[size == 2 ? (at[0] & 31) << 6 | (at[1] & 63) : (at[0] & 15) << 12 | (at[1] & 63) << 6 | (at[2] & 63)] ? 0 : size;
}

static inline uint64_t hash_of(const uint8_t *text, int64_t size) {
    uint64_t hash = size * MIX;
    for (int64_t at = 0; at < size; at += CHUNK) {
        uint64_t chunk;
        memcpy(&chunk, text + at, CHUNK);
        chunk |= (~chunk & EIGHT(0x80)) >> 2; /* capitals as small letters; nothing else of ASCII in a word changes */
        if (size - at < CHUNK) chunk &= ~0ull >> 8 * (CHUNK - (size - at));
        hash = (hash ^ chunk) * MIX;
        hash ^= hash >> 32;
    }
    hash *= MIX;
    return hash ^ hash >> 29;
}

/* Others may add to the table meanwhile: a number is read once, and a slot whose hash isn't there yet is another's. */
static inline int32_t number_of(const table *t, uint64_t hash) {
    int64_t slot = hash >> (64 - t->bits), mask = ((int64_t)1 << t->bits) - 1;
    int32_t number = t->values[slot];
    while (number >= 0 && t->keys[slot] != hash) {
        slot = (slot + 1) & mask;
        number = t->values[slot];
    }
    return number;
}

/* The number of each token of a text, -1 where the table has none; of those what is to be known is noted. `fields` gets how
   many tokens stand before each byte that is 0, `found` how many there are and how many of them are unknown. */
void read_tokens(const uint8_t *text, int64_t size, const uint64_t *keys, const int32_t *values, int64_t bits,
                 const uint8_t *spaces, int32_t *numbers, int64_t *fields, unknown *unknowns, int64_t *found) {
    const table t = {keys, values, bits};
    int64_t count = 0, many = 0;
    for (int64_t at = 0; at < size;) {
        int64_t first = at, part;
        while ((part = part_at(text + at, spaces)) ||
               (at > first && is_inside(text[at]) && (part = is_plain(text[at + 1]) || text[at + 1] >= 0x80)))
            at += part;
        if (at == first) {
            if (!text[at]) *fields++ = count;
            at += size_of(text[at]);
            continue;
        }
        uint64_t hash = hash_of(text + first, at - first);
        numbers[count] = number_of(&t, hash);
        if (numbers[count] < 0) unknowns[many++] = (unknown){count, first, at, hash};
        count++;
    }
    found[0] = count;
    found[1] = many;
}

/* The terms of tokens end to end, and how many each field has: `spans` tell of a number where its terms start in `flat`, and
   how many they are; `before` tells how many tokens stand before the end of each field. */
void expand(const int32_t *numbers, const int64_t *before, int64_t fields, const int32_t *spans, const int32_t *flat,
            int32_t *stream, int64_t *sizes) {
    int64_t token = 0;
    for (int64_t field = 0; field < fields; field++) {
        const int32_t *begun = stream;
        for (; token < before[field]; token++) {
            const int32_t *span = spans + 2 * (int64_t)numbers[token], *terms = flat + span[0];
            for (int32_t i = 0; i < span[1]; i++) *stream++ = terms[i];
        }
        sizes[field] = stream - begun;
    }
}
