"""How a value is told: its sentence with its change, what others say of it, and what else may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.absent import marked_missing
from bot.answers.figures.built import NEAR, SURE, build, language_of, said
from bot.answers.figures.held import Held, things
from bot.answers.figures.parts import ask_back, fits_many, is_in_parts, tell_parts
from bot.answers.figures.telling import Language, age, amount, as_printed, convert, dated, grew, subject
from bot.answers.figures.wanted import Ask, Fit
from index.figures import Figure
from index.language.periods import months_in
from index.lookup.figures import Source, read_beside


def tell(ask: Ask, fit: Fit, best: Sequence[Held], held: Sequence[Held]) -> Answer | None:
    """The first of what fits, with its change, what others say, and what else may have been meant."""
    groups = things(best)
    first = best[0]
    rivals = [
        group[0]
        for thing, group in groups.items()
        if thing != first.thing and group[0].figure.value is not None
    ]
    close = [one for one in rivals if abs(one.cost - first.cost) < 1e-6 and not _same_value(one, first)]
    if len(close) > 2 and fits_many(first, close):
        return None if fit.near else ask_back(ask, [first, *close])
    if close and is_in_parts(first, close):
        return tell_parts(ask, [first, *close], details=_age(ask, first), follow_ups=_follow_ups(ask))
    figure, language = first.figure, language_of(ask)
    if figure.status == "missing" or figure.value is None:
        return marked_missing(ask, first, held)
    name = subject(figure, ask.view.catalogue, language)
    same = [one for one in groups[first.thing][1:] if one.source.id != first.source.id]
    parts = [amount(figure, language, ask.question.unit)]
    teller, change = _stated_change(ask, [first, *(one for one in same if _agree(one, first))])
    if change is not None and change.value is not None:
        words = grew(change.value, change.unit, change.step, change.basis, language)
        parts.append(words + as_printed(change, language))
    link = "：" if language == "zh" else ": "
    period = dated(figure, language) + _published(first, language)
    headline = (
        f"{period}{name}{link}{'，'.join(parts)}。"
        if language == "zh"
        else f"{name} {period}{link}{', '.join(parts)}."
    )
    if fit.near:
        headline = f"相近的数据：{headline}" if language == "zh" else f"Nearest held: {headline}"
    value, unit = convert(figure.value, figure.unit, ask.question.unit)
    told = [one for one in (teller,) if one is not None and one is not first]
    shown = [first, *told, *(one for one in _apart(same, first) if one not in told)]
    return build(
        ask, "value", headline, shown,
        value=value, unit=unit, details=[*_telling(told, language), *_age(ask, first), *_details(ask, first, same)],
        other=[*_other_years(ask, held, first), *(said(ask, one) for one in rivals[:3])],
        follow_ups=_follow_ups(ask),
        confidence=NEAR if fit.near else SURE,
    )  # fmt: skip


def _stated_change(ask: Ask, tellers: Sequence[Held]) -> tuple[Held | None, Figure | None]:
    """The change that a document states beside the value: the leading one, else another that has the same value.

    Another document's change counts only where it says against what ("year on year").
    """
    for place, one in enumerate(tellers):
        for change in read_beside(ask.view, one.figure):
            beside = change.status == one.figure.status
            if change.value is not None and beside and (change.basis or not place):
                return one, change
    return None, None


def _telling(told: Sequence[Held], language: Language) -> list[str]:
    """Who states the change, where it is not the source of the value."""
    if language == "zh":
        return [f"变化幅度出自：{_who(one.source)}" for one in told]
    return [f"The change is as stated by: {_who(one.source)}" for one in told]


def _age(ask: Ask, held: Held) -> list[str]:
    """How old the latest is, where no period was asked for."""
    told = "" if ask.question.periods else age(held.figure.period, ask.today, language_of(ask))
    return [told] if told else []


def _published(held: Held, language: Language) -> str:
    """Of a figure that nobody dates: when its document came out."""
    period, day = held.figure.period, held.source.published
    if period.start is not None or period.months is not None or day is None:
        return ""
    if language == "zh":
        return f"（{day.year}年{day.month}月发布）"
    return f" (published {day:%B %Y})"


def _same_value(one: Held, other: Held) -> bool:
    return one.figure.value == other.figure.value


def _apart(same: Sequence[Held], first: Held) -> list[Held]:
    return [one for one in same if not _agree(one, first)][:3] or list(same[:1])


def _agree(one: Held, other: Held) -> bool:
    a, b = one.figure, other.figure
    if a.value is None or b.value is None:
        return True
    return a.unit == b.unit and abs(a.value - b.value) <= max(a.step, b.step) / 2 + Decimal(0)


def _details(ask: Ask, first: Held, same: Sequence[Held]) -> list[str]:
    """What other documents say of the same, and why the first is first."""
    language = language_of(ask)
    differing = [one for one in same if not _agree(one, first)]
    lines = []
    for one in differing[:3]:
        text = amount(one.figure, language)
        who = _who(one.source)
        if who == _who(first.source):
            day = f" ({one.source.published:%B %Y})" if one.source.published and language == "en" else ""
            who = (one.source.title or one.source.file) + day
        lines.append(f"其他来源：{who}：{text}" if language == "zh" else f"Elsewhere: {who}: {text}")
    if differing:
        lines.append(
            "先列最新、其次发布者本身的数据。" if language == "zh"
            else "Sources differ; the newest comes first, then the metric's own publisher."
        )  # fmt: skip
    metric = ask.view.catalogue.get(first.figure.series.metric)
    if metric is not None and metric.definition and not _is_elsewhere(first):
        lines.append(metric.definition)
    return lines


def _is_elsewhere(held: Held) -> bool:
    """Whether a figure is of a firm or a region that the metric, by its definition, is not of."""
    named = {pair for pair in held.figure.series.dimensions if pair[0] in ("region", "company")}
    return bool(held.usual and named - held.usual)


def _who(source: Source) -> str:
    return source.publisher or source.title or source.file


def _other_years(ask: Ask, held: Sequence[Held], first: Held) -> list[str]:
    """Of a month asked without its year: the same month of other years."""
    asked = ask.question.periods
    if not asked or asked[0].start is not None or asked[0].months is None:
        return []
    others = [
        one
        for one in held
        if one.thing == first.thing
        and months_in(one.figure.period) == asked[0].months
        and one.figure.period.start != first.figure.period.start
    ]
    others.sort(key=lambda one: one.figure.period.label)
    others.sort(
        key=lambda one: one.figure.period.start.toordinal() if one.figure.period.start else 0, reverse=True
    )
    return [said(ask, one) for one in others[:2]]


def _follow_ups(ask: Ask) -> list[str]:
    if language_of(ask) == "zh":
        return ["同比？", "前一年？"]
    return ["yoy?", "the year before?", "as a table"]
