"""Subtitles of a recording (WebVTT, SubRip): what was said, by whom and when."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from index.errors import CorpusError
from index.reading.draft import Draft, Pen, one_line
from index.reading.facts import Facts
from index.reading.speakers import find_speakers, split_name
from index.reading.text import read_text

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_CUE = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}.*$")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]{1,80})>")
_VOICES = re.compile(r"(?:^|\n)\s*>>+\s*|\s>>+\s*(?=[^\W\d_a-z])")
_DASH = re.compile(r"(?m)^\s*[-–]\s*(?=[^\W\d])")
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
    is_turn: bool = False
    """Whether a sign says that another speaks: >>, or dashes before two lines."""


def draft_subtitles(path: Path) -> Draft:
    """A draft of a recording: a paragraph for every turn of a speaker, a time mark for every line and for its end."""
    source = read_text(path)
    cues = _named(list(_fold(_cues(source))))
    if not cues:
        raise CorpusError(
            f"{path.name} holds no lines with a time.", "Export the subtitles again as WebVTT or SubRip."
        )
    pen = Pen()
    is_told = len({cue.speaker for cue in cues if cue.speaker}) > 1 or not _is_on_each(cues, 0.9)
    for turn in _turns(cues):
        if turn[0].speaker:
            pen.mark("speaker", turn[0].speaker)
        for number, cue in enumerate(turn):
            pen.mark("time", label_time(cue.start))
            said = f"{cue.speaker}: {cue.text}" if number == 0 and cue.speaker and is_told else cue.text
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
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [(place, match) for place, line in enumerate(lines) if (match := _CUE.match(line))]
    for number, (place, match) in enumerate(found):
        last = found[number + 1][0] if number + 1 < len(found) else len(lines)
        block = list(takewhile(str.strip, lines[place + 1 : last]))
        if (
            len(block) == last - place - 1
            and number + 1 < len(found)
            and block
            and block[-1].strip().isdigit()
        ):
            block.pop()  # the number of the next cue
        times = [float(part or 0) for part in match.groups()]
        yield from _said("\n".join(block), _seconds(times[:4], match[4]), _seconds(times[4:], match[8]))


def _said(raw: str, start: float, end: float) -> Iterator[Cue]:
    """The voices of one cue."""
    parts = _VOICE.split(raw)
    for speaker, text in zip(["", *parts[1::2]], parts[::2], strict=False):
        plain = html.unescape(re.sub(r"<[^>]*>|\{\\[^}]*\}", "", text))
        several = _VOICES.split(plain)
        for number, voice in enumerate(several):
            lines = _DASH.split(voice) if len(_DASH.findall(voice)) > 1 else [voice]
            for place, line in enumerate(lines):
                words = one_line(re.sub(r"^\s*[-–]\s*", "", line))
                if words:
                    yield Cue(start, end, one_line(speaker), words, number > 0 or place > 0)


def _named(cues: list[Cue]) -> list[Cue]:
    """The cues with the speakers that stand in their words; what is no name stays there."""
    speakers = find_speakers(
        (cue.text for cue in cues if not cue.speaker), {cue.speaker for cue in cues} - {""}
    )
    found: list[Cue] = []
    for cue in cues:
        name, rest = ("", "") if cue.speaker else split_name(cue.text)
        found.append(replace(cue, speaker=name, text=rest) if name in speakers else cue)
    if _is_on_each(found):
        return found
    return [
        replace(one, is_turn=True) if one is not cue else one for one, cue in zip(found, cues, strict=True)
    ]


def _is_on_each(cues: list[Cue], share: float = 0.5) -> bool:
    """Whether most lines say who speaks: there a name is said once for all lines of a turn."""
    return sum(bool(cue.speaker) for cue in cues) >= share * len(cues)


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
            yield replace(cue, text=text)


def _turns(cues: list[Cue]) -> Iterator[list[Cue]]:
    turn: list[Cue] = []
    length, speaker = 0, ""
    for cue in cues:
        other = cue.is_turn or (cue.speaker and cue.speaker != speaker)
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
