"""How well persons, organizations and places are found in six news articles marked by hand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge.model import EntityKind, Span
from knowledge.reading import read
from knowledge.reading.parser import Parser

HERE = Path(__file__).parent / "names"
KINDS = {
    "person": {EntityKind.PERSON, EntityKind.GROUP},
    "organization": {EntityKind.ORGANIZATION},
    "place": {EntityKind.PLACE},
    "body": {EntityKind.ORGANIZATION, EntityKind.PLACE},
    "any": set(EntityKind),
}
#: What the reader must reach on all six together.
FLOOR = 0.90


def marked(article: str, text: str) -> dict[Span, str]:
    """Return the marked mentions of an article with their kind, longer names first."""
    rows = [
        line.split("\t") for line in (HERE / "gold.tsv").read_text("utf-8").splitlines() if line[0] != "#"
    ]
    names = sorted(
        ((name, kind) for its, kind, name in rows if its == article), key=lambda pair: -len(pair[0])
    )
    found: dict[Span, str] = {}
    for name, kind in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = Span(*match.span())
            if not any(known.overlaps(span) for known in found):
                found[span] = kind
    return found


def compare(parser: Parser, article: str) -> tuple[Counter[str], list[str]]:
    """Return right, false and missed mentions, and what is false or missed in words."""
    text = (HERE / f"{article}.txt").read_text("utf-8")
    gold = marked(article, text)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    seen: set[Span] = set()
    for entity in read(text, article, parser).entities:
        for mention in entity.mentions:
            if mention.kind != "name" or entity.kind not in KINDS["person"] | KINDS["body"]:
                continue
            words = mention.span.of(text)
            start = mention.span.start + (4 if words.startswith("The ") and mention.span not in gold else 0)
            span = Span(start, mention.span.end)
            kind = gold.get(span)
            if kind is None and any(k == "any" and s.overlaps(span) for s, k in gold.items()):
                continue
            if kind is not None and entity.kind in KINDS[kind]:
                seen.add(span)
                counts["right"] += kind != "any"
            else:
                counts["false"] += 1
                wrong.append(f"false {entity.kind}: {words}")
    for span, kind in gold.items():
        if kind != "any" and span not in seen:
            counts["missed"] += 1
            wrong.append(f"missed {kind}: {span.of(text)}")
    return counts, wrong


def test_names_are_found_in_news(parser: Parser) -> None:
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for path in sorted(HERE.glob("*.txt")):
        counts, words = compare(parser, path.stem)
        total += counts
        wrong += [f"{path.stem}: {word}" for word in words]
    f1 = 2 * total["right"] / (2 * total["right"] + total["false"] + total["missed"])
    assert f1 >= FLOOR, f"F1 {f1:.3f}\n" + "\n".join(wrong)


@pytest.mark.parametrize("article", [path.stem for path in sorted(HERE.glob("*.txt"))])
def test_no_article_is_read_badly(parser: Parser, article: str) -> None:
    counts, wrong = compare(parser, article)
    assert 2 * counts["right"] / (2 * counts["right"] + counts["false"] + counts["missed"]) >= 0.8, wrong
