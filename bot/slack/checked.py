"""*Check the numbers* in Slack: what was found, for one pair of eyes or for the thread."""

from __future__ import annotations

from bot.checking import Finding
from bot.slack.blocks import Block, Message, button, context, fit, section
from bot.slack.mrkdwn import bold, cut, link, plain

SHARE_CHECK = "share_check"
MOST = 12
QUOTE = 400
VERDICTS = ("agrees", "differs", "nothing held")


def build_check(findings: tuple[Finding, ...], *, share: str = "", by: str = "") -> Message:
    """Every number with its verdict and source sentence; `share` is what the button to share gets."""
    if not findings:
        words = "That message has no numbers that I could check."
        return Message(words, [section(words)])
    essential = [section(bold(_count(findings))), *([context(f"Checked by <@{by}>")] if by else [])]
    closing: list[Block] = []
    if share:
        shared = button("Share in the thread", SHARE_CHECK, share, style="primary")
        closing.append({"type": "actions", "elements": [shared]})
    told = [_finding(one) for one in findings[:MOST]]
    optional = [block for pair in told for block in pair]
    most = fit(essential, optional, [*_more(len(findings)), *closing])
    left = len(findings) - sum(any(pair[0] is block for block in most) for pair in told)
    blocks = fit(essential, optional, [*_more(left), *closing])
    lines = [
        _count(findings),
        *(f"{one.words}: {one.verdict} {one.note}".rstrip() for one in findings[:MOST]),
    ]
    return Message(plain(cut("\n".join(lines), 3_000)), blocks)


def _more(count: int) -> list[Block]:
    return [context(f"and {count} more numbers")] if count else []


def _count(findings: tuple[Finding, ...]) -> str:
    counts = [(sum(one.verdict == verdict for one in findings), verdict) for verdict in VERDICTS]
    said = ", ".join(f"{count} {_counted(count, verdict)}" for count, verdict in counts if count)
    return f"{len(findings)} {'number' if len(findings) == 1 else 'numbers'}: {said}"


def _counted(count: int, verdict: str) -> str:
    if verdict == "nothing held":
        return "not held"
    return verdict if count == 1 else verdict[:-1]


def _finding(one: Finding) -> list[Block]:
    note = f" ({plain(cut(one.note, 300))})" if one.note else ""
    blocks = [section(f"{bold(cut(one.words, 200))}: {one.verdict}{note}")]
    if one.held and one.source:
        quote = " ".join(cut(one.held.quote, QUOTE).split())
        blocks.append(context(f"“{plain(quote)}” {link(one.source.address, one.source.title)}"))
    return blocks
