"""The words by which questions find a series; the same for the series and for the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from index.figures import Series
from index.language.catalogue import Metric
from index.language.dimensions import find_dimensions
from index.search.analysis import analyze

NAME, ALIAS, HEADING, TITLE, LABEL = 1.0, 0.8, 0.7, 0.4, 0.2
"""How much a word counts: of a metric's name or a dimension's value, an alias, a title, a dimension's name."""
LEFT_OUT = ("region", "mode")
"""Dimensions that a text may leave to its title or to the metric's definition: not having one is a term, too."""
ELECTRIC = re.compile(
    r"\be[- ](?=(?:bus(?:es)?|vans?|trucks?|lorr(?:y|ies)|cars?|ferr(?:y|ies)|axles?)\b)"
    r"|\be[- ]?(?=(?:scooters?|bikes?)\b)",
    re.I,
)
"""The e of "e-bus" and "escooter"."""
_ALIKE = (
    (ELECTRIC, "electric "),
    (re.compile(r"\b(?:head[- ]?count|staff|workforce|personnel)\b", re.I), "employees"),
    (re.compile(r"\bshipments?\b", re.I), "ship"),
    (re.compile(r"(?<![\w.])(\d+)[ -]?(?:hours?|hrs?|h)\b", re.I), r"\1 h"),
    (re.compile(r"\badj\b\.?", re.I), "adjusted"),
)
"""What is written in several ways, and the one that it is found by."""
_DESCRIBES = re.compile(
    r"(?:\s+(?:motors?|cells?|energy|group|holdings?|automobile|automotive|auto|technolog(?:y|ies)|batter(?:y|ies)|power|charging"
    r"|materials|metals|research|lithium|resources|mining|industries|chemical|company|corporation"
    r"|n\.v\.|s\.a\.|ag|se|plc|inc\.?|ltd\.?|corp\.?|gmbh|co\.?))+$",
    re.I,
)
"""What people leave out of a firm's name."""
_HAN = re.compile("[㐀-鿿]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=(?:19|20)\d\d(?!\d))|(?<=\d)(?=[A-Za-z])"
)


def find_terms(text: str) -> tuple[str, ...]:
    """The terms of a text, each once, in order; single Chinese characters are left to their pairs."""
    for form, plain in _ALIKE:
        text = form.sub(plain, text)
    return tuple(dict.fromkeys(term for term in analyze(text) if not (len(term) == 1 and _HAN.match(term))))


@lru_cache(maxsize=65_536)
def terms_of_name(name: str) -> tuple[str, ...]:
    """The terms of a name as files write it: "net_generation", "netGeneration", "Net generation"."""
    return find_terms(_CAMEL.sub(" ", name.replace("_", " ")))


def source_terms(name: str) -> tuple[str, ...]:
    """The terms of a document's name or address; of "EVDataExplorer2025" also "explorer" and "2025"."""
    return tuple(dict.fromkeys((*terms_of_name(name), *find_terms(_PARTS.sub(" ", name.replace("_", " "))))))


def metric_term(key: str) -> str:
    """The term that every series of a metric has."""
    return f"metric={key.casefold()}"


def dimension_term(name: str, value: str) -> str:
    """The term that every series of a dimension's value has."""
    return f"{name.casefold()}={value.casefold()}"


def also_asked(name: str, value: str) -> tuple[tuple[str, str], ...]:
    """How else people ask for a value: where goods come from or go to as a region, "Veltora Cells" as "Veltora".

    A firm or a place is one in whatever column it stands: of projects, of importers.
    """
    if name in ("origin", "destination"):
        return (("region", value),)
    if name not in ("region", "company") and (known := _named(value)):
        return (known,)
    short = _DESCRIBES.sub("", value) if name == "company" else value
    return (("company", short),) if short and short != value else ()


@lru_cache(maxsize=65_536)
def _named(value: str) -> tuple[str, str] | None:
    """The firm or the place that a value is, and nothing more."""
    found = find_dimensions(value) if len(value) <= _NAME else ()
    whole = [one for one in found if one.name in ("region", "company") and one.text.strip() == value.strip()]
    return (whole[0].name, whole[0].value) if len(found) == len(whole) == 1 else None


_NAME = 40


def series_terms(series: Series, metric: Metric | None, title: str, heading: str = "") -> Mapping[str, float]:
    """Every term by which a question finds the series, with its weight; a table's heading says what it is of."""
    terms: dict[str, float] = {metric_term(series.metric): NAME}
    named = {name for name, _ in series.dimensions}
    terms.update({dimension_term(name, ""): NAME for name in LEFT_OUT if name not in named})
    _add(terms, terms_of_name(title), TITLE)
    _add(terms, terms_of_name(heading), HEADING)
    _add(terms, find_terms(series.unit), ALIAS)
    for name, _ in series.dimensions:
        _add(terms, terms_of_name(name), LABEL)
    if metric is not None:
        for alias in metric.aliases:
            _add(terms, terms_of_name(alias), ALIAS)
        _add(terms, terms_of_name(metric.measure), ALIAS)
        _add(terms, terms_of_name(metric.name), NAME)
    else:
        _add(terms, terms_of_name(series.metric), NAME)
    for name, value in series.dimensions:
        terms[dimension_term(name, value)] = NAME
        terms.update({dimension_term(*other): NAME for other in also_asked(name, value)})
        _add(terms, terms_of_name(value), NAME)
    return terms


def _add(terms: dict[str, float], found: tuple[str, ...], weight: float) -> None:
    for term in found:
        terms[term] = max(weight, terms.get(term, 0.0))
