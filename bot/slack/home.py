"""App Home: what the bot knows, how fresh it is, what you asked, how to ask."""

from __future__ import annotations

from datetime import date

from bot.seen import is_seen, is_shown
from bot.shares import Share
from bot.slack.blocks import Block, button, context, section
from bot.slack.digest import build_coming
from bot.slack.mrkdwn import cut, plain
from bot.slack.names import PROMPTS
from bot.state import Receipt
from bot.subscriptions import Subscription
from index.reader import Entry, View

DOCUMENTS = 12
AGAIN = "again"
UNSUBSCRIBE = "unsubscribe"


def build_home(
    view: View,
    recent: tuple[Receipt, ...],
    shares: tuple[Share, ...] = (),
    wishes: tuple[Subscription, ...] = (),
    owner: tuple[Block, ...] = (),
) -> Block:
    """The home view; its numbers are of what this viewer may see. `owner` is what only admins get."""
    entries = view.entries()
    seen = tuple(one for one in recent if is_shown(one.labels, view) and is_seen(one.answer, view))
    blocks = [*_held(entries), *_ways_in(), *owner, *_recent(seen), *_coming(shares, view), *_wishes(wishes)]
    return {"type": "home", "blocks": [*blocks, *_documents(entries)][:100]}


def _held(entries: tuple[Entry, ...]) -> list[Block]:
    passages = sum(entry.passages for entry in entries)
    figures = sum(entry.figures for entry in entries)
    newest = max((entry.published for entry in entries if entry.published), default=None)
    lines = [f"*{len(entries):,}* documents and tables, *{passages:,}* passages, *{figures:,}* figures."]
    lines += [f"The newest is of {newest.isoformat()}."] if newest else []
    return [_header("What I hold"), section(" ".join(lines))]


def _ways_in() -> list[Block]:
    buttons = [button(title, f"{AGAIN}.{number}", message) for number, (title, message) in enumerate(PROMPTS)]
    words = (
        "Mention me in a channel, write to me under *Messages*, or use `/ask` for an answer that only you see. "
        "Follow-ups such as “and year on year?” keep the thread. Every answer quotes its source; where I hold "
        "nothing, I say so."
    )
    return [_header("How to ask"), section(words), {"type": "actions", "elements": buttons}]


def _recent(receipts: tuple[Receipt, ...]) -> list[Block]:
    if not receipts:
        return []
    lines = [
        f"• {plain(cut(r.question, 120))} — {plain(cut(str(r.answer.get('headline', '')), 200))}"
        for r in receipts
    ]
    return [_header("Your recent questions"), section("\n".join(lines))]


def _coming(shares: tuple[Share, ...], view: View) -> list[Block]:
    return [_header("Shares to come"), *build_coming(shares, view)] if shares else []


def _wishes(wishes: tuple[Subscription, ...]) -> list[Block]:
    """What a person is waiting for, each with a button to cancel it."""
    if not wishes:
        return []
    blocks = [
        {
            **section(f"{plain(cut(wish.question, 200))}{'' if wish.once else ' (each time)'}"),
            "accessory": button("Cancel", UNSUBSCRIBE, str(wish.number)),
        }
        for wish in wishes[:10]
    ]
    return [_header("You will be told"), *blocks]


def _documents(entries: tuple[Entry, ...]) -> list[Block]:
    newest = sorted(entries, key=lambda entry: (entry.published or date.min, entry.id), reverse=True)
    lines = [
        f"• {plain(cut(entry.title, 120))}, {entry.published.isoformat() if entry.published else 'no date'}, "
        f"{entry.figures:,} figures"
        for entry in newest[:DOCUMENTS]
    ]
    if not lines:
        return [_header("Documents"), section("Nothing yet: put a file into the corpus and build the index.")]
    more = [context(f"and {len(entries) - DOCUMENTS:,} more")] if len(entries) > DOCUMENTS else []
    return [_header("Documents, newest first"), section("\n".join(lines)), *more]


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}
