"""Subtitles of a recording (WebVTT, SubRip): what was said, by whom and when."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorpusError
from index.reading.draft import Draft, Pen, one_line
from index.reading.facts import Facts
from index.reading.text import read_text

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_CUE = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}.*$")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]{1,80})>")
_NAMED = re.compile(r"^(?:>>\s*)?([A-Z\u4e00-\u9fff][^:：.!?<>\d]{0,39})[:：]\s+(?=\S)")
_PAUSE = 4.0
"""Seconds of silence that end a paragraph."""
_LONG = 600
"""Characters after which a paragraph ends with its sentence."""


_LONGEST = 4 * _LONG


@dataclass(frozen=True, slots=True)
class Cue:
    """A line of the recording; `speaker` is "" where it isn't said."""

    start: float
    end: float
    speaker: str
    text: str


def draft_subtitles(path: Path) -> Draft:
    """A draft of a recording: a paragraph for every turn of a speaker, a time mark for every line and for its end."""
    source = read_text(path)
    cues = list(_fold(_cues(source)))
    if not cues:
        raise CorpusError(
            f"{path.name} holds no lines with a time.", "Export the subtitles again as WebVTT or SubRip."
        )
    pen = Pen()
    names = {cue.speaker for cue in cues if cue.speaker}
    for turn in _turns(cues):
        if turn[0].speaker:
            pen.mark("speaker", turn[0].speaker)
        for number, cue in enumerate(turn):
            pen.mark("time", label_time(cue.start))
            said = (
                f"{cue.speaker}: {cue.text}" if number == 0 and cue.speaker and len(names) > 1 else cue.text
            )
            pen.go_on(said) if number else pen.paragraph(said)
    pen.end("time", label_time(max(cue.end for cue in cues)))
    title = re.match(r"\ufeff?WEBVTT[ \t]+-?[ \t]*(\S.*)", source)
    return pen.draft(Facts(title=one_line(title[1]) if title else ""))


def label_time(seconds: float) -> str:
    """A time of a recording as players show it: 1:02:03, 2:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _cues(source: str) -> Iterator[Cue]:
    for block in re.split(r"\n\s*\n", source.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:2]) if _CUE.match(line)), None)
        found = None if at is None else _CUE.match(lines[at])
        if found is None or at is None:
            continue
        times = [float(part or 0) for part in found.groups()]
        yield from _said(
            "\n".join(lines[at + 1 :]), _seconds(times[:4], found[4]), _seconds(times[4:], found[8])
        )


def _said(raw: str, start: float, end: float) -> Iterator[Cue]:
    """The voices of one cue."""
    parts = _VOICE.split(raw)
    for speaker, text in zip(["", *parts[1::2]], parts[::2], strict=False):
        plain = html.unescape(re.sub(r"<[^>]*>|\{\\[^}]*\}", "", text))
        several = (
            re.split(r"\n(?=\s*(?:>>|[-–]\s*[^\W\d]))", plain)
            if re.match(r"\s*(?:>>|[-–])", plain)
            else [plain]
        )
        for one in several:
            words = re.sub(r"^(?:>>|[-–])\s*", "", one_line(one))
            named = None if speaker else _NAMED.match(words)
            if named:
                words = words[named.end() :]
            if words:
                yield Cue(start, end, one_line(named[1] if named else speaker), words)


def _seconds(parts: list[float], fraction: str) -> float:
    return parts[0] * 3600 + parts[1] * 60 + parts[2] + parts[3] / 10.0 ** len(fraction)


def _fold(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Captions that roll repeat the line before: each is kept once."""
    last = ""
    for cue in cues:
        text = cue.text
        if last and text.startswith(last):
            text = text[len(last) :].strip()
        elif last.endswith(text):
            text = ""
        last = cue.text
        if text:
            yield Cue(cue.start, cue.end, cue.speaker, text)


def _turns(cues: list[Cue]) -> Iterator[list[Cue]]:
    turn: list[Cue] = []
    length, speaker = 0, ""
    for cue in cues:
        other = cue.speaker and cue.speaker != speaker
        if turn and (other or cue.start - turn[-1].end > _PAUSE or _is_long(length, turn[-1])):
            yield turn
            turn, length, speaker = [], 0, ""
        turn.append(cue)
        length += len(cue.text)
        speaker = cue.speaker or speaker
    yield turn


def _is_long(length: int, last: Cue) -> bool:
    """Whether a paragraph ends: with its sentence, or where there is none for long."""
    return length > _LONGEST or (length > _LONG and last.text.endswith((".", "?", "!", "。", "？", "！")))
