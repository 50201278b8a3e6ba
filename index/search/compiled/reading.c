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

/* How many rows each term of a stream is in, and the length of each row; `seen` is empty. */
void count_rows(const int32_t *stream, const int64_t *sizes, int64_t rows, int32_t *seen, int64_t *frequency,
                int64_t *length) {
    for (int64_t row = 0; row < rows; row++)
        for (int64_t i = 0; i < sizes[row]; i++) {
            int32_t term = *stream++;
            if (term < 0) continue;
            length[row]++;
            frequency[term] += seen[term] != row + 1;
            seen[term] = (int32_t)row + 1;
        }
}

/* The postings of a stream term by term, from where `next` says: the row, and how often it has the term. */
void place_rows(const int32_t *stream, const int64_t *sizes, int64_t rows, int32_t *seen, int64_t *next, uint16_t *found,
                uint16_t *often) {
    for (int64_t row = 0; row < rows; row++)
        for (int64_t i = 0; i < sizes[row]; i++) {
            int32_t term = *stream++;
            if (term < 0) continue;
            int64_t place = next[term] += seen[term] != row + 1;
            seen[term] = (int32_t)row + 1;
            found[place - 1] = (uint16_t)row;
            often[place - 1] += often[place - 1] < UINT16_MAX;
        }
}
