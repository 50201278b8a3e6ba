/* The tokens of `reading.py` again, compiled: found in one pass, known by a hash of their bytes. */

#include <stdint.h>
#include <string.h>

#define MIX 0x9E3779B97F4A7C15u
#define CHUNK 8 /* bytes hashed at once; so many must be readable behind the text */

static inline int is_word(uint8_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 128; }

static inline int is_inside(uint8_t c) { return c == '.' || c == ',' || c == '\''; }

static inline uint64_t hash_of(const uint8_t *text, int64_t size) {
    uint64_t hash = size * MIX;
    for (int64_t at = 0; at < size; at += CHUNK) {
        uint64_t chunk;
        memcpy(&chunk, text + at, CHUNK);
        if (size - at < CHUNK) chunk &= ~0ull >> 8 * (CHUNK - (size - at));
        hash = (hash ^ chunk) * MIX;
        hash ^= hash >> 32;
    }
    hash *= MIX;
    return hash ^ hash >> 29;
}

/* Where each token of a text starts and ends, its hash and its number in an open table, -1 where that has none; `fields`
   gets how many tokens stand before each byte that is 0. Returns how many tokens there are. */
int64_t read_tokens(const uint8_t *text, int64_t size, const uint64_t *keys, const int32_t *values, int64_t bits,
                    int32_t *start, int32_t *end, uint64_t *hash, int32_t *number, int64_t *fields) {
    int64_t count = 0, mask = ((int64_t)1 << bits) - 1;
    for (int64_t at = 0; at < size; at++) {
        if (!text[at]) *fields++ = count;
        if (!is_word(text[at])) continue;
        int64_t first = at++;
        while (is_word(text[at]) || (is_inside(text[at]) && is_word(text[at + 1]))) at++;
        start[count] = (int32_t)first;
        end[count] = (int32_t)at--;
        hash[count] = hash_of(text + first, end[count] - first);
        int64_t slot = hash[count] >> (64 - bits);
        while (values[slot] >= 0 && keys[slot] != hash[count]) slot = (slot + 1) & mask;
        number[count++] = values[slot];
    }
    return count;
}
