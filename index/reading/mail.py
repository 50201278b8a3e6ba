"""A letter (.eml): its subject, sender, date and words; quoted and forwarded letters stay, attachments are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from index.documents import Mark
from index.errors import CorpusError
from index.passages import BETWEEN
from index.reading.draft import Draft, Pen, clean, one_line
from index.reading.facts import Facts
from index.reading.html import draft_page
from index.reading.text import decode, draft_plain

_DEEPEST = 4
"""How deep letters that are forwarded in one another are read."""


def draft_mail(path: Path) -> Draft:
    """A draft of a letter."""
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        return _draft(message, path.name)
    except (
        HeaderParseError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        OverflowError,
    ) as error:
        raise CorpusError(f"{path.name} is no letter that can be read ({error}).",
                          "Save it again from the mail program as .eml.") from error  # fmt: skip


def _draft(message: EmailMessage, name: str) -> Draft:
    subject = one_line(str(message.get("Subject", "")))
    pen = Pen()
    words = _write(message, name, pen, 1)
    if not subject and not words:
        raise CorpusError(f"{name} holds no words.", "Add its attachments as files of their own.")
    return pen.draft(_facts(message, subject))


def _write(message: EmailMessage, name: str, pen: Pen, level: int) -> bool:
    """A letter, and those that are forwarded in it; whether it has words."""
    subject = one_line(str(message.get("Subject", "")))
    if subject:
        pen.heading(subject, level)
    facts = _facts(message, subject)
    if level > 1 and (facts.author or facts.published):
        pen.paragraph(" · ".join(filter(None, (facts.author, str(facts.published or "")))))
    inner = _without_foot(_body(message, name))
    marks = sorted([*inner.marks, *_quoted(inner.text, subject)], key=lambda mark: mark.start)
    pen.add(replace(inner, marks=tuple(marks)))
    words = bool(inner.text.strip())
    for part in message.iter_attachments() if message.is_multipart() else ():
        letter = part.get_content() if part.get_content_type() == "message/rfc822" else None
        if isinstance(letter, EmailMessage) and level < _DEEPEST:
            words = _write(letter, name, pen, level + 1) or words
        else:
            pen.warnings.append(f"attachment not read: {one_line(part.get_filename() or 'without a name')}")
    return words


_WROTE = re.compile(
    r"^(?:On\b.{6,150}\bwrote:|Am\b.{6,150}\bschrieb.{0,80}:|Le\b.{6,150}\ba écrit\s?:|El\b.{6,150}\bescribió:|"
    r".{4,100}写道[:：]|-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d'origine|原始邮件)\s*-{2,}|"
    r"\*?(?:From|Von|De|Da|Van|Od|发件人)\s?[:：]\*?.{3,120}"
    r"(?=\n+(?:\*?(?:To|An|À|A|Para|Cc|Aan|Do|收件人)\s?[:：].*\n+){0,2}"
    r"\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Inviato|Verzonden|Wysłano|发送时间|日期)\s?[:：]))[ ]*$",
    re.M,
)
"""The line over an earlier letter that is quoted whole."""


def _quoted(text: str, subject: str) -> Iterator[Mark]:
    """Where earlier letters begin that a letter quotes: what they say is under a heading of their own."""
    for found in _WROTE.finditer(text):
        yield Mark(found.start(), "heading", BETWEEN.join(filter(None, (subject, one_line(found[0])))))


_FOOT = re.compile(
    r"(?:^|[|·.»>]\s*)(?:(?:(?:please )?click (?:here )?)?to )?(?:unsubscribe\b|abbestellen\b|abmelden\b"
    r"|(?:manage|update) (?:your )?(?:e-?mail |subscription )?preferences\b|opt[ -]out\b|newsletter abbestellen\b"
    r"|you(?: are|'re|’re)? receiv\w+ this (?:e-?mail|newsletter|message)\b|se (?:désabonner|désinscrire)\b"
    r"|view (?:this e-?mail )?in (?:your )?browser\b|darse de baja\b|退订|取消订阅)[^.|·\n]{0,60}(?:[.|·]|$)",
    re.I | re.M,
)
_FOOT_LONGEST, _LAST = 400, 600
"""Letters of a paragraph of a newsletter's foot, and of all that stands behind its first."""


def _without_foot(draft: Draft) -> Draft:
    """A letter without what a newsletter ends with: how to unsubscribe, and from whom it is."""
    at = 0
    for block in draft.text.split("\n\n"):
        is_last = len(draft.text) - at - len(block) <= _LAST and all(
            table.end <= at for table in draft.tables
        )
        if at and is_last and len(block) <= _FOOT_LONGEST and _FOOT.search(block):
            text = draft.text[:at].rstrip()
            return replace(
                draft, text=text, marks=tuple(mark for mark in draft.marks if mark.start < len(text))
            )
        at += len(block) + 2
    return draft


def _body(message: EmailMessage, name: str) -> Draft:
    """The words of a letter: as plain text, but as HTML where that has a table."""
    drafts = []
    for kind in ("plain", "html"):
        body = message.get_body(preferencelist=(kind,))
        if isinstance(body, EmailMessage):
            drafts.append(_words(body, name))
    return next((draft for draft in reversed(drafts) if draft.tables), drafts[0] if drafts else Draft(""))


def _words(body: EmailMessage, name: str) -> Draft:
    raw = body.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = body.get_content_charset("")
    try:
        text = data.decode(charset) if charset else decode(data, name)
    except (LookupError, UnicodeDecodeError):
        text = decode(data, name)
    if body.get_content_subtype() == "html":
        return draft_page(text, name)
    return draft_plain(_unflow(clean(text)))


def _unflow(text: str) -> str:
    """A letter without its signature and the bars of quoted lines."""
    text = re.split(r"\n--[ ]?\n", text, maxsplit=1)[0]
    text = re.sub(
        r"(?m)^((?:On|Am|Le|El)\b.{6,150})\n(wrote:|schrieb.{0,80}:|a écrit\s?:|escribió:)[ ]*$",
        r"\1 \2",
        text,
    )
    text = re.sub(r"(?m)^([^>\n].*)\n(?=>)|^(>.*)\n(?=[^>\n])", r"\1\2\n\n", text)
    return re.sub(r"(?m)^(?:>[ ]?)+", "", text)


def _facts(message: EmailMessage, subject: str) -> Facts:
    name, address = parseaddr(str(message.get("From", "")))
    try:
        day = parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None
    except (ValueError, TypeError):
        day = None
    return Facts(title=subject, author=one_line(name or address), published=day,
                 published_known="given" if day else "unknown")  # fmt: skip
