"""A question for one side of an event in plainer words: "the target of the siege" is what was besieged."""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterator, Sequence

from knowledge.language import inflection, lexicon

_BE = r"(?:is|are|was|were|'s|'re)"
_SIDE = r"(?:the|an?) (?P<side>\w+) (?:of|for|behind) (?P<event>.+)"
_ASKED = re.compile(rf"^(?P<wh>what|who) {_BE} {_SIDE}$", re.IGNORECASE)
_BARE = re.compile(r"^(?:the )?(?P<side>\w+) (?:of|for|behind) (?P<event>.+)$", re.IGNORECASE)
_IN_PLACE = re.compile(rf"^{_SIDE} {_BE} (?P<wh>what|who|whom)$", re.IGNORECASE)
_OWN = re.compile(
    rf"^what {_BE} (?P<owner>.+?) (?:'s|') (?P<noun>\w+)"
    r"(?: (?:to|for) (?P<other>.+?))?(?: (?P<rest>(?:about|on|for) .+))?$",
    re.IGNORECASE,
)
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "his", "her", "their", "its"})


def plainer(words: Sequence[str]) -> Iterator[str]:
    """Yield plainer wordings of a question for one side of an event, the likeliest first.

    `words` are the question's words with clitics apart.
    """
    text = " ".join(words).rstrip(" ?.!")
    own = _OWN.match(text)
    if own is not None:
        yield from _said(own)
        return
    found = _ASKED.match(text) or _IN_PLACE.match(text) or _BARE.match(text)
    if found is None:
        return
    side = found["side"].lower()
    wh = (found.groupdict().get("wh") or "what").lower().removesuffix("m")
    for wording in _sides().get(side, ()):
        filled = _filled(wording, "who" if wh == "who" else "what", found["event"])
        if filled:
            yield filled


def _said(own: re.Match[str]) -> Iterator[str]:
    """Yield "what did X advise Y" for "what was X's advice to Y"."""
    for verb in lexicon.nominal_verbs(own["noun"].lower()):
        if lexicon.clause_taking(verb):
            parts = ["what did", own["owner"], verb, own["other"], own["rest"]]
            yield " ".join(p for p in parts if p)


def _filled(wording: str, wh: str, event: str) -> str:
    """Return a wording with the event in it; empty where the event's noun has no verb to be put there."""
    words = event.split()
    bare = words[1:] if words[0].lower() in _DETERMINERS else words
    head = next(
        (i for i, w in enumerate(bare) if w.lower() in {"of", "on", "by", "in", "at", "with", "to"}),
        len(bare),
    )
    said = {"wh": wh, "x": event, "bare": " ".join(bare)}
    if "{did}" in wording or "{done}" in wording:
        verbs = lexicon.nominal_verbs(bare[head - 1].lower()) if head else ()
        if not verbs:
            return ""
        rest = bare[head:]
        thing = " ".join(rest[1:] if rest[:1] == ["of"] else rest)
        said["did"] = f"{inflection.inflect(verbs[0], 'past')} {thing}".strip()
        done = inflection.inflect(verbs[0], "participle")
        owned = "{wh}" not in wording and rest[:1] == ["of"]
        said["done"] = f"{thing} {done}" if owned else f"{done} {' '.join(rest)}".strip()
        if "{done}" in wording and "{wh}" not in wording and not owned:
            return ""
    return wording.format(**said)


@functools.cache
def _sides() -> dict[str, tuple[str, ...]]:
    """Return the wordings of each noun."""
    path = importlib.resources.files("knowledge.asking") / "data" / "sides.tsv"
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            nouns, wording = line.split("\t")
            for noun in nouns.split():
                found.setdefault(noun, []).append(wording)
    return {noun: tuple(wordings) for noun, wordings in found.items()}
