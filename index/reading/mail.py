"""A letter (.eml): its subject, sender, date and words; quoted letters below stay, attachments are named."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from index.errors import CorpusError
from index.reading.draft import Draft, Pen, clean, one_line
from index.reading.facts import Facts
from index.reading.html import draft_page
from index.reading.text import decode, draft_plain


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
    ) as error:
        raise CorpusError(f"{path.name} is no letter that can be read ({error}).",
                          "Save it again from the mail program as .eml.") from error  # fmt: skip


def _draft(message: EmailMessage, name: str) -> Draft:
    subject = one_line(str(message.get("Subject", "")))
    body = message.get_body(preferencelist=("plain", "html"))
    inner = _words(body, name) if isinstance(body, EmailMessage) else Draft("")
    pen = Pen()
    if subject:
        pen.heading(subject, 1)
    pen.add(inner)
    attached = [part.get_filename() or "without a name" for part in message.iter_attachments()]
    for file in attached:
        pen.warnings.append(f"attachment not read: {one_line(str(file))}")
    if not subject and not inner.text.strip():
        raise CorpusError(f"{name} holds no words.", "Add its attachments as files of their own.")
    return pen.draft(_facts(message, subject))


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
    return re.sub(r"(?m)^(?:>[ ]?)+", "", text)


def _facts(message: EmailMessage, subject: str) -> Facts:
    name, address = parseaddr(str(message.get("From", "")))
    try:
        day = parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None
    except (ValueError, TypeError):
        day = None
    return Facts(title=subject, author=one_line(name or address), published=day,
                 published_known="given" if day else "unknown")  # fmt: skip
