/* A query to hits in one call from Python: to do this in Python takes as long as to search ten thousand passages. */

#include "tokens.h"

/* What is asked: as `native.py` lays it out. */
typedef struct {
    const segment *const *segments;
    int64_t many;
    settings s;
    object *tell; /* says of a token of what kind it is and what terms it gives */
    object *hit;  /* the type of hits */
    int64_t few;  /* tokens that a query with a slip has at most */
    const uint16_t *marks;
} index_asked;

enum { QUERY, COUNT, POOL, ALLOWED, ALLOWED_SIZE, GIVEN };

static int put(object *tuple, ptrdiff_t place, object *taken) { return taken ? PyTuple_SetItem(tuple, place, taken) : -1; }

static object *none(void) {
    Py_IncRef(&_Py_NoneStruct);
    return &_Py_NoneStruct;
}

/* The distinct terms of a query. */
static object *terms_of(const query *q) {
    object *terms = PyTuple_New(q->terms);
    int wrong = !terms;
    for (int i = 0; i < q->terms && !wrong; i++)
        wrong = put(terms, i, PyUnicode_DecodeUTF8(q->term[i].text, q->term[i].size, "surrogatepass"));
    if (wrong && terms) Py_DecRef(terms);
    return wrong ? 0 : terms;
}

static object *hits_of(const hit *hits, int64_t found, object *type, object *asked) {
    object *all = PyTuple_New(found);
    int wrong = !all;
    for (int64_t i = 0; i < found && !wrong; i++) {
        object *one = PyType_GenericAlloc(type, 4);
        if ((wrong = put(all, i, one))) break;
        Py_IncRef(asked);
        wrong = put(one, 3, asked) || put(one, 0, PyLong_FromLongLong(hits[i].id)) ||
                put(one, 1, PyFloat_FromDouble(hits[i].score)) || put(one, 2, PyLong_FromUnsignedLongLong(hits[i].held));
    }
    if (wrong && all) Py_DecRef(all);
    return wrong ? 0 : all;
}

/* The hits of terms that come one a line; None where they can't be found so, a number where the index is damaged. */
static object *find(const index_asked *a, word lines, uint64_t slips, object *const *given) {
    query q;
    object *asked, *all = 0;
    int64_t k = PyLong_AsLongLong(given[COUNT]), pool = PyLong_AsLongLong(given[POOL]), found = NO_MEMORY;
    array allowed = {PyLong_AsVoidPtr(given[ALLOWED]), PyLong_AsLongLong(given[ALLOWED_SIZE]), 1};
    hit *hits = malloc(k * sizeof *hits);
    if (hits) {
        void *thread = PyEval_SaveThread();
        found = search(a->segments, a->many, lines, slips, &a->s, pool, k, allowed, &q, hits);
        PyEval_RestoreThread(thread);
    }
    if (found >= 0 && (asked = terms_of(&q))) {
        all = hits_of(hits, found, a->hit, asked);
        Py_DecRef(asked);
    }
    free(hits);
    return found == DAMAGED ? PyLong_FromLongLong(found) : found < 0 ? none() : all;
}

static object *ask(object *self, object *const *given, ptrdiff_t many) {
    const index_asked *a = PyLong_AsVoidPtr(self);
    char plain[LONGEST_TEXT];
    ptrdiff_t size;
    lines l;
    const char *text = many == GIVEN ? PyUnicode_AsUTF8AndSize(given[QUERY], &size) : 0;
    if (!text) PyErr_Clear(); /* half a character has no UTF-8 */
    if (!text || (size = read_plain(text, size, a->marks, plain)) < 0) return none();
    if (!read_terms(plain, size, a->tell, &l)) return none();
    return find(a, (word){l.text, l.size}, l.tokens > a->few ? 0 : l.slips, given);
}

static object *ask_terms(object *self, object *const *given, ptrdiff_t many) {
    char *text;
    ptrdiff_t size;
    if (many != GIVEN || PyBytes_AsStringAndSize(given[QUERY], &text, &size)) return 0;
    return find(PyLong_AsVoidPtr(self), (word){text, size}, 0, given);
}

static method methods[] = {
    {"ask", ask, FASTCALL, "The hits of a query; None where Python must find its terms."},
    {"ask_terms", ask_terms, FASTCALL, "The hits of terms."},
};

/* A Python function that asks: `which` of the methods, at the address of what is asked. */
object *new_function(int which, object *address) { return PyCFunction_NewEx(&methods[which], address, 0); }
