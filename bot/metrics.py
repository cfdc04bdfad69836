"""Counters of the running bot, in the Prometheus text format (version 0.0.4)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds of the latency histogram, in seconds."""
LAG_BEAT = 0.01
QUIET_SECONDS = 10.0


class Metrics:
    """What is counted; gauges are functions that are called when somebody looks."""

    def __init__(self) -> None:
        self.questions: Counter[tuple[str, str]] = Counter()  # (trigger, outcome)
        self.events: Counter[str] = Counter()
        self.gauges: dict[str, Callable[[], float]] = {}
        self._lag = 0.0
        self._latency = [0] * (len(BUCKETS) + 1)
        self._latency_sum = 0.0
        self._last = time.monotonic()

    def asked(self, trigger: str, outcome: str, seconds: float) -> None:
        """Count a question; `seconds` run from the event's arrival to the answer's hand-over to HTTP."""
        self._last = time.monotonic()
        self.questions[trigger, outcome] += 1
        slot = next((i for i, bound in enumerate(BUCKETS) if seconds <= bound), len(BUCKETS))
        self._latency[slot] += 1
        self._latency_sum += seconds

    def event(self, name: str) -> None:
        """Count an event: an error, a refusal, a reconnection."""
        self._last = time.monotonic()
        self.events[name] += 1

    def quiet(self) -> bool:
        """Tell whether nothing has been asked and nothing has happened for some seconds."""
        return time.monotonic() - self._last > QUIET_SECONDS

    async def watch_loop(self) -> None:
        """Measure how late the event loop wakes a sleeper, for as long as the task lives."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(LAG_BEAT)
            self._lag = max(self._lag, time.perf_counter() - before - LAG_BEAT)

    def text(self) -> str:
        """Return everything in the Prometheus text format."""
        lines = [
            "# HELP dateline_questions_total Questions by door and outcome.",
            "# TYPE dateline_questions_total counter",
        ]
        for (trigger, outcome), count in sorted(self.questions.items()):
            lines.append(f'dateline_questions_total{{trigger="{trigger}",outcome="{outcome}"}} {count}')
        lines += [
            "# HELP dateline_events_total Other events by name.",
            "# TYPE dateline_events_total counter",
        ]
        lines += [
            f'dateline_events_total{{event="{name}"}} {count}' for name, count in sorted(self.events.items())
        ]
        lines += [
            "# HELP dateline_answer_seconds Time from event to answer.",
            "# TYPE dateline_answer_seconds histogram",
        ]
        total = 0
        for bound, count in zip((*BUCKETS, "+Inf"), self._latency, strict=True):
            total += count
            lines.append(f'dateline_answer_seconds_bucket{{le="{bound}"}} {total}')
        lines += [
            f"dateline_answer_seconds_sum {self._latency_sum:.6f}",
            f"dateline_answer_seconds_count {total}",
        ]
        lines += ["# HELP dateline_loop_lag_seconds Worst lag of the event loop since the last look."]
        lines += ["# TYPE dateline_loop_lag_seconds gauge", f"dateline_loop_lag_seconds {self._lag:.6f}"]
        self._lag = 0.0
        for name, value in self.gauges.items():
            lines += [f"# TYPE dateline_{name} gauge", f"dateline_{name} {value():g}"]
        return "\n".join(lines) + "\n"
