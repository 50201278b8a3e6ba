"""Slack's numbers: what a text, a block, a view, a call may measure."""

from dataclasses import dataclass, field

MESSAGE_TEXT = 40_000
UPDATE_TEXT = 4_000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
VIEW_STACK = 3
PRIVATE_METADATA = 3_000
# Undocumented in Slack: staff speak of 12,000 less a buffer, and 11,341 was seen to be refused.
MESSAGE_BLOCK_TEXT = 10_000
MARKDOWN_TEXT = 12_000
TRIGGER_SECONDS = 3.0
RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 30 * 60.0
STATUS_SECONDS = 120.0
PROMPTS = 4
SCHEDULE_SECONDS = 120 * 24 * 3600
# One message a second and channel is Slack's rule, with short bursts let through; how short it does not say.
CHANNEL_BURST = 5
CHANNEL_RATE = 1.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass
class Bucket:
    """A token bucket: `burst` at once, then `rate` a second."""

    burst: float
    rate: float
    level: float = field(default=-1.0)
    at: float = 0.0

    def take(self, now: float) -> float:
        """Take one; 0, or the seconds to wait for it."""
        filled = self.burst if self.level < 0 else min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        if filled >= 1:
            self.level = filled - 1
            return 0.0
        self.level = filled
        return (1 - filled) / self.rate


class Limits:
    """How often each method was called, and each channel posted to."""

    def __init__(self) -> None:
        self._calls: dict[str, list[float]] = {}
        self._channels: dict[str, Bucket] = {}

    def call(self, method: str, tier: int, now: float) -> float:
        """Count a call of a method in its tier; 0, or the seconds to wait."""
        recent = [at for at in self._calls.get(method, ()) if now - at < 60]
        if len(recent) >= TIERS[tier]:
            self._calls[method] = recent
            return 60 - (now - recent[0])
        self._calls[method] = [*recent, now]
        return 0.0

    def post(self, channel: str, now: float) -> float:
        """Count a message to a channel; 0, or the seconds to wait."""
        bucket = self._channels.setdefault(channel, Bucket(CHANNEL_BURST, CHANNEL_RATE))
        return bucket.take(now)
