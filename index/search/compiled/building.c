/* The arrays of a segment from streams of term numbers: `blocks.py` and `stream.py` again, compiled. */

#include <stdint.h>

#define LEVELS 15
#define ROUNDED 0x1.8p52 /* added and taken away: rounds as numpy does, halves to even */
#define LEAD 3968        /* symbols: see stream.py */
#define TRIPLE 4080
#define RADIX (LEAD - 1)

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

/* The postings of a block to where those of each of its terms start in the segment: rows, and weights in 15 steps
   (`formulas.saturation`, `formulas.quantised`); `least` is what a row adds below the line. */
void place_postings(const int64_t *starts, const int64_t *count, int64_t terms, const uint16_t *row, const uint16_t *often,
                    const double *least, uint16_t *rows, uint8_t *weights) {
    for (int64_t term = 0; term < terms; term++)
        for (int64_t at = starts[term], end = at + count[term]; at < end; at++, row++, often++) {
            double weight = *often / (*often + least[*row]) * LEVELS + ROUNDED - ROUNDED;
            rows[at] = *row;
            weights[at] = (uint8_t)(weight < 1 ? 1 : weight > LEVELS ? LEVELS : weight);
        }
}

/* A stream as symbols of 12 bits from the `end`-th on, which lies in the first three bytes of `packed`; `keys` are those of
   term numbers, and `starts` gets where each row starts. Returns where the last ends. */
int64_t pack_rows(const int32_t *stream, const int64_t *sizes, int64_t rows, const int32_t *keys, int64_t width, int64_t end,
                  uint8_t *packed, int64_t *starts) {
    const int64_t pairs = LEAD + (TRIPLE - LEAD) * width;
    packed += end & 1;
    for (int64_t row = 0; row < rows; row++) {
        starts[row] = end;
        for (int64_t i = 0; i < sizes[row]; i++) {
            int64_t term = *stream++, key = term < 0 ? 0 : keys[term], rank = key - (key < pairs ? LEAD : pairs), many = 1;
            int symbols[3] = {(int)key};
            if (key >= pairs) {
                symbols[0] = (int)(TRIPLE + rank / (RADIX * RADIX));
                symbols[1] = (int)(1 + rank / RADIX % RADIX);
                symbols[2] = (int)(1 + rank % RADIX);
                many = 3;
            } else if (key >= LEAD) {
                symbols[0] = (int)(LEAD + rank / width);
                symbols[1] = (int)(1 + rank % width);
                many = 2;
            }
            for (int64_t j = 0; j < many; j++, end++) {
                if (end & 1) {
                    packed[0] |= (uint8_t)(symbols[j] << 4);
                    packed[1] = (uint8_t)(symbols[j] >> 4);
                    packed += 2;
                } else {
                    packed[0] = (uint8_t)symbols[j];
                    packed[1] = (uint8_t)(symbols[j] >> 8);
                    packed += 1;
                }
            }
        }
    }
    return end;
}
