"""The words that the series in view are told apart by: for typing errors, values and what no series covers."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index.language.lexicon import Lexicon
from index.lookup.terms import find_terms, source_terms, terms_of_name

if TYPE_CHECKING:
    from index.reader import Index, View

STRONG = 0.79
"""A word that is less than an alias in every series names a source."""
_LONG = re.compile(r"[A-Za-z]{4,}")
_SHORT = 4
"""Words of a value that one of them may stand for; a longer one is a sentence."""


@dataclass(frozen=True)
class Vocabulary:
    """What a viewer's series are called."""

    count: int
    """How many series there are."""
    frequencies: Mapping[str, int]
    """How many series each term finds."""
    strengths: Mapping[str, float]
    """The highest weight that a term has in any series."""
    values: tuple[tuple[str, str], ...]
    """Every value of every dimension."""
    metrics: tuple[str, ...]
    """Every metric that a series measures."""
    sources: Mapping[str, tuple[str, ...]]
    """The documents with figures that a word names by publisher, file or address."""
    tables: frozenset[str]
    """Those of them that are tables of statistics."""

    def is_strong(self, term: str) -> bool:
        """Whether a term is of a metric's name or a value; one that is less in every series is a title's."""
        return self.strengths.get(term, 0.0) >= STRONG

    @cached_property
    def measured(self) -> frozenset[str]:
        """Every metric that a series measures, as a set."""
        return frozenset(self.metrics)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of metrics' names and values, four letters and more, in small letters."""
        names = (*self.metrics, *(value for _, value in self.values))
        return frozenset(word.casefold() for name in names for word in _LONG.findall(name))

    @cached_property
    def lexicon(self) -> Lexicon[tuple[str, str]]:
        """Values by their words as files write them."""
        lexicon: Lexicon[tuple[str, str]] = Lexicon()
        for name, value in self.values:
            lexicon.add(value.replace("_", " "), (name, value))
        return lexicon

    @cached_property
    def own_metrics(self) -> Lexicon[str]:
        """The metrics that only tables name, by those names."""
        lexicon: Lexicon[str] = Lexicon()
        for metric in self.metrics:
            lexicon.add(metric.replace("_", " "), metric)
        return lexicon

    @cached_property
    def _by_term(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for pair in self.values:
            terms = find_terms(pair[1].replace("_", " "))
            for term in terms if len(terms) <= _SHORT else ():
                found.setdefault(term, []).append(pair)
        return found

    @cached_property
    def _of_metrics(self) -> dict[str, list[frozenset[str]]]:
        found: dict[str, list[frozenset[str]]] = {}
        for metric in self.metrics:
            terms = frozenset(terms_of_name(metric))
            for term in terms:
                found.setdefault(term, []).append(terms)
        return found

    def values_with(self, words: str) -> tuple[tuple[str, str], ...]:
        """The values that words are part of: "nuclear" of "Nuclear energy"; of words of metrics' names firms alone."""
        terms = terms_of_name(words)
        if not terms:
            return ()
        found = [pair for pair in self._by_term.get(terms[0], ()) if set(terms) <= set(find_terms(pair[1]))]
        firms = tuple(pair for pair in found if pair[0] == "company")
        measured = any(set(terms) <= named for named in self._of_metrics.get(terms[0], ()))
        return firms if measured else tuple(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of dimensions."""
        return frozenset(name for name, _ in self.values)


_KNOWN: WeakKeyDictionary[Index, dict[frozenset[str], Vocabulary]] = WeakKeyDictionary()


def vocabulary_of(view: View) -> Vocabulary:
    """The vocabulary of what the viewer sees; read once for each set of labels of an open index."""
    known = _KNOWN.setdefault(view.index, {})
    found = known.get(view.labels)
    if found is None:
        found = known[view.labels] = _read(view)
        _settle(found)
    return found


def _settle(vocabulary: Vocabulary) -> None:
    """Puts its words in order now, and out of the sight of the garbage collector.

    They stay as long as the index does, and among a million figures each walk over them would hold up an answer for a
    third of a second. What an index that was replaced left behind is collected first.
    """
    _ = vocabulary.words, vocabulary.lexicon, vocabulary.own_metrics, vocabulary._by_term
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _read(view: View) -> Vocabulary:
    visible = "FROM series WHERE access IN (SELECT label FROM viewer_labels)"
    (count,) = view.db.execute(f"SELECT count(*) {visible}").fetchone()
    where = "" if view.labels == view.index.labels else f"WHERE series_id IN (SELECT id {visible})"
    rows = view.db.execute(
        f"SELECT term, count(*), max(weight) FROM series_terms {where} GROUP BY term"  # noqa: S608
    ).fetchall()
    values = view.db.execute(f"SELECT DISTINCT name, value FROM series_dimensions {where} ORDER BY 1, 2")  # noqa: S608
    documents = view.db.execute(
        "SELECT id, title, publisher, source, kind FROM documents WHERE id IN (SELECT id FROM visible_documents) "
        "AND EXISTS (SELECT 1 FROM figures f WHERE f.document_id = documents.id)"
    ).fetchall()
    return Vocabulary(
        count=count,
        frequencies={term: count for term, count, _ in rows},
        strengths={term: weight for term, _, weight in rows},
        values=tuple((name, value) for name, value in values.fetchall()),
        metrics=tuple(metric for (metric,) in view.db.execute(f"SELECT DISTINCT metric {visible}")),
        sources=_sources(documents),
        tables=frozenset(identity for identity, *_, kind in documents if kind == "statistics"),
    )


def _sources(documents: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for identity, title, publisher, address, _ in documents:
        host = address.partition("//")[2].partition("/")[0].replace(".", " ") if "//" in address else address
        words = {
            *source_terms(publisher),
            *source_terms(title),
            *source_terms(identity),
            *terms_of_name(host),
        }
        for word in words:
            found.setdefault(word, []).append(identity)
    return {word: tuple(sorted(identities)) for word, identities in found.items()}


@lru_cache(maxsize=65_536)
def read_dimensions(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a series as the store keeps them."""
    return tuple((str(name), str(value)) for name, value in json.loads(text))
