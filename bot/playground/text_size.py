"""The size of a message's text, as `msg_blocks_too_long` counts it."""

from typing import Any


def text_length(blocks: Any) -> int:
    """The characters of every text anywhere in these blocks."""
    if isinstance(blocks, list):
        return sum(map(text_length, blocks))
    if isinstance(blocks, dict):
        own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
        return own + sum(text_length(value) for value in blocks.values() if isinstance(value, dict | list))
    return 0
