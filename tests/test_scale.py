"""The generator of large libraries."""

from __future__ import annotations

from benchmarks.scale import Passage, asked_of, curve, renaming, variation
from knowledge.store.articles import hydrated, rows_of
from tests.crashing import prepared

TEXT = "Zorvath baked cakes. Quillop sold bread."
ITEM = {"id": 1, "question": "Who did Zorvath bake for?", "must": [["Quillop"]], "evidence": [TEXT]}


def test_a_variation_changes_names_and_no_offset() -> None:
    passage = Passage("p", prepared(TEXT, "p"), (ITEM,))
    before = hydrated(rows_of("p", passage.prepared))
    after = hydrated(rows_of("p", variation(passage, 3)))
    assert len(after.article.text) == len(TEXT)
    assert "Zorvath" not in after.article.text
    assert [fact.predicate for fact in after.facts] == [fact.predicate for fact in before.facts]
    (item,) = asked_of(passage, 3)
    name = after.facts[0].arguments[0].span.of(after.article.text)
    assert name in item["question"]
    assert item["must"][0][0] in after.article.text
    assert item["key"] == "p-3"


def test_the_first_variation_is_the_passage_and_the_others_stay_the_same() -> None:
    assert renaming(["Zorvath"], 0) == {}
    assert renaming(["Zorvath"], 5) == renaming(["Zorvath"], 5)
    assert renaming(["Zorvath"], 5) != renaming(["Zorvath"], 6)


def test_a_curve_shows_every_point() -> None:
    drawn = curve("Memory, MB", [(1, 10.0), (1_000, 250.0)])
    for part in ("<svg", "Memory, MB", ">10<", ">250<", ">1,000<"):
        assert part in drawn
