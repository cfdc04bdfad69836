"""The learned weights of the matcher: data, with the figures they were learned with."""

from __future__ import annotations

import functools
import importlib.resources
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear weights by feature: of the ranking, and of the probability that the best candidate is right."""

    rank: Mapping[str, float]
    sure: Mapping[str, float]
    threshold: float

    def score(self, features: Mapping[str, float], total: float = 0.0) -> float:
        """Return a candidate's rank score; `total` is that of its other features."""
        rank = self.rank
        for name, value in features.items():
            if name in rank:
                total += rank[name] * value
        return total

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that the best candidate is right."""
        sure = self.sure
        total = sure.get("bias", 0.0) + sum(sure.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@functools.cache
def load() -> Weights:
    """Return the shipped weights."""
    path = importlib.resources.files("knowledge.asking") / "data" / "weights.json"
    table = json.loads(path.read_text("utf-8"))
    return Weights(table["rank"], table["sure"], table["threshold"])
