/* What the compiled search takes of Python: some of its stable interface (PEP 384), declared here, as its headers are not on
   every machine that has a compiler. */

#pragma once
#include <stddef.h>

typedef struct object object;
typedef struct {
    const char *name;
    object *(*call)(object *self, object *const *given, ptrdiff_t many);
    int flags;
    const char *doc;
} method;

#define FASTCALL 0x80

extern object _Py_NoneStruct;
void Py_IncRef(object *);
void Py_DecRef(object *);
object *PyCFunction_NewEx(method *, object *self, object *module);
object *PyObject_CallFunctionObjArgs(object *called, ...);
object *PyType_GenericAlloc(object *type, ptrdiff_t items);
object *PyTuple_New(ptrdiff_t items);
int PyTuple_SetItem(object *tuple, ptrdiff_t place, object *taken);
object *PyFloat_FromDouble(double);
object *PyLong_FromLongLong(long long);
object *PyLong_FromUnsignedLongLong(unsigned long long);
long long PyLong_AsLongLong(object *);
void *PyLong_AsVoidPtr(object *);
int PyBytes_AsStringAndSize(object *bytes, char **text, ptrdiff_t *size);
const char *PyUnicode_AsUTF8AndSize(object *text, ptrdiff_t *size);
object *PyUnicode_DecodeUTF8(const char *text, ptrdiff_t size, const char *errors);
void PyErr_Clear(void);
void *PyEval_SaveThread(void);
void PyEval_RestoreThread(void *);
