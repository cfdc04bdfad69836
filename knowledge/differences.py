"""How the facts of two versions of an article differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

#: What a fact says, in words: kind, predicate, polarity, modality, and each argument's role and phrase.
Saying = tuple[Any, ...]


class Differences(NamedTuple):
    """Facts that only the new version has, those that say it differently, those that only the old one had."""

    added: int
    changed: int
    removed: int


def differences(old_text: str, old: Iterable[str], new_text: str, new: Iterable[str]) -> Differences:
    """Compare facts, given as JSON with offsets into their text, by what they say and not by where it stands.

    Facts of the same kind and predicate that say different things count as changed, one against one.
    """
    before = Counter(_saying(old_text, body) for body in old)
    after = Counter(_saying(new_text, body) for body in new)
    gone, come = before - after, after - before
    gone_heads, come_heads = (Counter(saying[:2] for saying in part.elements()) for part in (gone, come))
    changed = (gone_heads & come_heads).total()
    return Differences(come.total() - changed, changed, gone.total() - changed)


def _saying(text: str, body: str) -> Saying:
    fact = json.loads(body)
    arguments = tuple((a["role"], text[slice(*a["span"])]) for a in fact["arguments"])
    polarity = (fact.get("negated", False), fact.get("modality", ""))
    return (fact["kind"], fact["predicate"]["lemma"], polarity, *arguments)
