"""The catalogue: what is measured, with its names; read from metrics.toml files."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from index.errors import CorpusError
from index.language.lexicon import Lexicon

MetricKind = Literal["flow", "stock", "ratio", "price"]
SHIPPED = Path(__file__).parents[2] / "corpus" / "metrics.toml"

_PLAIN = re.compile(r"[A-Za-z]{4,}")
WIDER = {"nev": "ev"}
"""Things that are counted under the name of another where their own has no such metric: NEVs registered."""
TEXTS = ("name", "definition", "publisher", "unit", "measure", "kind")
LISTS = ("aliases", "aliases_zh", "dimensions", "near")
METRIC_KEYS = {"key", "additive", "object", *TEXTS, *LISTS}
WORD_KEYS = {
    "measures": {"words", "verbs", "zh", "parts", "default", "default_words"},
    "objects": {"words", "zh", "narrower"},
    "narrower": {"words", "zh", "dimensions"},
}


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured: "NEV sales", with scope, unit and the words that people use for it."""

    key: str
    name: str
    definition: str
    publisher: str
    unit: str
    aliases: tuple[str, ...]
    """English first, then Chinese."""
    dimensions: tuple[str, ...]
    additive: bool
    """Whether months add up to a year."""
    kind: MetricKind
    near: tuple[str, ...] = ()
    """Metrics that people may mean by the same words."""
    measure: str = ""
    """What of its objects it counts: "sales", "production" …"""
    objects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """What a phrase of the catalogue stands for."""

    sort: Literal["metric", "measure", "object"]
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()
    noun: bool = True
    verb: bool = False
    default: str = ""
    """The metric that the bare word means, without an object."""


@dataclass(frozen=True)
class Catalogue:
    """All metrics, and the words by which `find_metrics` knows them."""

    metrics: tuple[Metric, ...]
    measures: tuple[tuple[str, tuple[str, ...]], ...]
    """Each measure with its parts: ("sales", ("sales",)), ("production_sales", ("production", "sales"))."""
    words: tuple[tuple[str, Word], ...] = field(repr=False)
    raw: str = field(repr=False)
    """The merged files as JSON: `read_catalogue(raw)` gives the same catalogue."""

    def __hash__(self) -> int:
        return hash(self.raw)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """The English words of four letters and more by which metrics are known."""
        return frozenset(word.casefold() for phrase, _ in self.words for word in _PLAIN.findall(phrase))

    @cached_property
    def _by_key(self) -> dict[str, Metric]:
        return {metric.key: metric for metric in self.metrics}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._by_key)

    def get(self, key: str) -> Metric | None:
        return self._by_key.get(key)

    def said(self, key: str) -> str:
        """A metric's name inside a sentence; a text's own words as they are."""
        metric = self.get(key)
        if metric is None:
            return key
        word, _, rest = metric.name.partition(" ")
        return f"{word if word[1:] != word[1:].lower() else word.lower()} {rest}".strip()

    @cached_property
    def _composed(self) -> dict[tuple[str, str], str]:
        return {(m.measure, thing): m.key for m in reversed(self.metrics) for thing in m.objects}

    def composed(self, measure: str, thing: str) -> str | None:
        """The metric of a measure and an object: ("sales", "nev") → "nev_sales"."""
        return self._composed.get((measure, thing)) or (
            self._composed.get((measure, WIDER[thing])) if thing in WIDER else None
        )

    def with_measure(self, key: str, measure: str) -> str | None:
        """Another measure of the same object: ("nev_sales", "production") → "nev_production"."""
        metric = self.get(key)
        objects = metric.objects if metric else ()
        return next((found for thing in objects if (found := self.composed(measure, thing))), None)

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        return dict(self.measures)

    @cached_property
    def lexicon(self) -> Lexicon[Word]:
        lexicon: Lexicon[Word] = Lexicon()
        for phrase, word in self.words:
            lexicon.add(phrase, word)
        return lexicon


def load(paths: Sequence[Path]) -> Catalogue:
    """The catalogue of some metrics.toml files; a later file adds to the earlier ones."""
    merged: dict[str, Any] = {"metric": {}, "measures": {}, "objects": {}}
    for path in paths:
        _merge(merged, _read(path), path)
    return _build(merged, paths)


def read_catalogue(raw: str) -> Catalogue:
    """The catalogue as an index keeps it (`Catalogue.raw`)."""
    return _build(json.loads(raw), ())


def _mistake(path: Path | str, what: str, cure: str) -> CorpusError:
    return CorpusError(f"{path}: {what}.", f"{cure}, then run `seminar build` again.")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise _mistake(
            path, f"can't be read ({error.strerror})", "Put the file there or name another"
        ) from None
    except UnicodeDecodeError:
        raise _mistake(path, "is not UTF-8 text", "Save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        reason = " ".join(str(error).split())
        raise _mistake(path, f"is not valid TOML ({reason})", "Mend that line") from None


def _merge(merged: dict[str, Any], data: Mapping[str, Any], path: Path) -> None:
    """Check one file's tables and add them to what the earlier files said."""
    for key in data:
        if key not in ("metric", "measures", "objects"):
            raise _mistake(path, f'unknown key "{key}"', "Write metrics as [[metric]] tables")
    metrics = data.get("metric", [])
    if not isinstance(metrics, list):
        raise _mistake(path, 'key "metric" is one table, not a list', "Write [[metric]] with two brackets")
    for entry in metrics:
        _merge_metric(merged["metric"], entry, path)
    for sort in ("measures", "objects"):
        tables = data.get(sort, {})
        if not isinstance(tables, dict):
            raise _mistake(path, f'key "{sort}" is no table', f"Write [{sort}.NAME]")
        for name, entry in tables.items():
            _check_words(entry, sort, f"{sort}.{name}", path)
            _add_to(merged[sort].setdefault(name, {}), entry)


def _merge_metric(metrics: dict[str, Any], entry: object, path: Path) -> None:
    if not isinstance(entry, dict):
        raise _mistake(path, f'key "metric" holds {entry!r}', "Write [[metric]] with two brackets")
    key = entry.get("key")
    if not isinstance(key, str) or not key.strip():
        raise _mistake(path, f'a [[metric]] has no text as its "key" ({key!r})', 'Write key = "a_short_name"')
    for name, value in entry.items():
        _check_field(key, name, value, path)
    if key not in metrics:
        for name in ("name", "unit"):
            if not entry.get(name):
                raise _mistake(path, f'metric "{key}": "{name}" is missing', f'Write {name} = "…" under it')
    _add_to(metrics.setdefault(key, {}), entry)


def _check_field(key: str, name: str, value: object, path: Path) -> None:
    where = f'metric "{key}": "{name}"'
    if name not in METRIC_KEYS:
        raise _mistake(path, f"{where} is not a known key", f"Use one of {', '.join(sorted(METRIC_KEYS))}")
    if name in TEXTS and not isinstance(value, str):
        raise _mistake(path, f"{where} is {value!r}, not text", f'Write {name} = "…"')
    if (name in LISTS or (name == "object" and not isinstance(value, str))) and not _is_texts(value):
        raise _mistake(path, f"{where} is {value!r}, not a list of texts", f'Write {name} = ["…", "…"]')
    if name == "additive" and not isinstance(value, bool):
        raise _mistake(path, f"{where} is {value!r}", "Write additive = true or additive = false")
    if name == "kind" and value not in ("flow", "stock", "ratio", "price"):
        raise _mistake(path, f"{where} is {value!r}", 'Write "flow", "stock", "ratio" or "price"')


def _check_words(entry: object, sort: str, where: str, path: Path) -> None:
    if not isinstance(entry, dict):
        raise _mistake(path, f'key "{where}" is {entry!r}', f'Write [{where}] and under it words = ["…"]')
    for name, value in entry.items():
        if name not in WORD_KEYS[sort]:
            raise _mistake(
                path,
                f'"{where}.{name}" is not a known key',
                f"Use one of {', '.join(sorted(WORD_KEYS[sort]))}",
            )
        if name == "narrower" and isinstance(value, list):
            for narrower in value:
                _check_words(narrower, "narrower", f"{where}.narrower", path)
        elif name == "dimensions":
            if not isinstance(value, dict) or not _is_texts(list(value.values())):
                raise _mistake(
                    path, f'"{where}.{name}" is {value!r}', 'Write dimensions = { powertrain = "BEV" }'
                )
        elif name == "default":
            if not isinstance(value, str):
                raise _mistake(path, f'"{where}.{name}" is {value!r}, not text', f'Write {name} = "…"')
        elif not _is_texts(value):
            raise _mistake(
                path, f'"{where}.{name}" is {value!r}, not a list of texts', f'Write {name} = ["…", "…"]'
            )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _add_to(known: dict[str, Any], entry: Mapping[str, Any]) -> None:
    """Lists grow, single values are replaced."""
    for name, value in entry.items():
        if isinstance(value, list) and isinstance(known.get(name), list):
            known[name] = known[name] + [item for item in value if item not in known[name]]
        else:
            known[name] = value


def _build(merged: Mapping[str, Any], paths: Sequence[Path]) -> Catalogue:
    metrics = tuple(_metric(key, entry) for key, entry in merged["metric"].items())
    known = {metric.key for metric in metrics}
    where = paths[-1] if paths else "metrics.toml"
    for metric in metrics:
        for name in metric.near:
            if name not in known:
                raise _mistake(
                    where,
                    f'metric "{metric.key}": "near" names "{name}", which is no metric',
                    "Name a metric's key",
                )
        if metric.measure and metric.measure not in merged["measures"]:
            raise _mistake(
                where,
                f'metric "{metric.key}": "measure" names "{metric.measure}"',
                f"Write [measures.{metric.measure}]",
            )
        for name in metric.objects:
            if name not in merged["objects"]:
                raise _mistake(
                    where, f'metric "{metric.key}": "object" names "{name}"', f"Write [objects.{name}]"
                )
    measures = tuple((name, tuple(entry.get("parts", (name,)))) for name, entry in merged["measures"].items())
    words = (*_metric_words(metrics), *_measure_words(merged["measures"]), *_object_words(merged["objects"]))
    return Catalogue(metrics, measures, words, json.dumps(merged, ensure_ascii=False, sort_keys=False))


def _metric(key: str, entry: Mapping[str, Any]) -> Metric:
    objects = entry.get("object", ())
    return Metric(
        key=key,
        name=entry["name"],
        definition=entry.get("definition", ""),
        publisher=entry.get("publisher", ""),
        unit=entry["unit"],
        aliases=(*entry.get("aliases", ()), *entry.get("aliases_zh", ())),
        dimensions=tuple(entry.get("dimensions", ())),
        additive=entry.get("additive", False),
        kind=entry.get("kind", "flow"),
        near=tuple(entry.get("near", ())),
        measure=entry.get("measure", ""),
        objects=(objects,) if isinstance(objects, str) else tuple(objects),
    )


def _metric_words(metrics: Iterable[Metric]) -> Iterable[tuple[str, Word]]:
    for metric in metrics:
        for phrase in (metric.name, metric.key.replace("_", " "), *metric.aliases):
            yield phrase, Word("metric", metric.key)


def _measure_words(measures: Mapping[str, Any]) -> Iterable[tuple[str, Word]]:
    for name, entry in measures.items():
        verbs, default = set(entry.get("verbs", ())), entry.get("default", "")
        nouns = dict.fromkeys((*entry.get("words", ()), *entry.get("zh", ())))
        for phrase in (*nouns, *(verb for verb in entry.get("verbs", ()) if verb not in nouns)):
            bare = default if phrase in entry.get("default_words", ()) else ""
            yield phrase, Word("measure", name, noun=phrase in nouns, verb=phrase in verbs, default=bare)


def _object_words(objects: Mapping[str, Any]) -> Iterable[tuple[str, Word]]:
    for name, entry in objects.items():
        for part in (entry, *entry.get("narrower", ())):
            dimensions = tuple(sorted(part.get("dimensions", {}).items()))
            for phrase in (*part.get("words", ()), *part.get("zh", ())):
                yield phrase, Word("object", name, dimensions)
