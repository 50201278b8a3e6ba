"""The server's time: the real one, which a test may move forward."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(order=True)
class Timer:
    due: float
    order: int
    act: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """Tells the time and holds what is to happen later. `advance` moves it; it never goes back."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._source = now
        self._offset = 0.0
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._lock = threading.Lock()
        self.on_change: Callable[[], None] = lambda: None

    def now(self) -> float:
        return self._source() + self._offset

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("the clock only moves forward")
        self._offset += seconds
        self.on_change()

    def call_later(self, seconds: float, act: Callable[[], None]) -> Timer:
        with self._lock:
            timer = Timer(self.now() + seconds, next(self._order), act)
            heapq.heappush(self._timers, timer)
        self.on_change()
        return timer

    def run_due(self) -> float | None:
        """Run every timer that is due; the seconds to the next one, or None if there is none."""
        while True:
            with self._lock:
                while self._timers and self._timers[0].cancelled:
                    heapq.heappop(self._timers)
                if not self._timers:
                    return None
                wait = self._timers[0].due - self.now()
                if wait > 0:
                    return wait
                timer = heapq.heappop(self._timers)
            timer.act()
