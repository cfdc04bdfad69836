"""Rate limits: a bucket of tokens a person and a channel."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED = 20_000


class Bucket:
    """Lets each key through so many times a minute, in bursts up to that many (a token bucket)."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.a_minute = a_minute
        self._clock = clock
        # key: (tokens left, when that was, whether the person was told since)
        self._tokens: OrderedDict[int, tuple[float, float, bool]] = OrderedDict()

    def take(self, key: int) -> float:
        """Take one token; return 0, or the seconds until there is one."""
        if not self.a_minute:
            return 0.0
        now = self._clock()
        tokens, since, told = self._tokens.pop(key, (float(self.a_minute), now, False))
        tokens = min(float(self.a_minute), tokens + (now - since) * self.a_minute / 60)
        allowed = tokens >= 1
        self._tokens[key] = (tokens - 1, now, False) if allowed else (tokens, now, told)
        if len(self._tokens) > REMEMBERED:
            self._tokens.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) * 60 / self.a_minute

    def tell_once(self, key: int) -> bool:
        """Return True the first time since the key was last let through."""
        tokens, since, told = self._tokens.get(key, (0.0, self._clock(), False))
        self._tokens[key] = (tokens, since, True)
        return not told
