"""The question grammar on labelled questions of the banks (`frames.tsv`)."""

from __future__ import annotations

from pathlib import Path

from knowledge.asking.frame import QuestionFrame, frame_question
from knowledge.asking.typed.normalise import read_question
from knowledge.asking.typed.tagger import Tagger

LABELLED = Path(__file__).parent / "frames.tsv"
LEAST = 0.9
"""Least share of the questions whose frame has the right wh-class, gap, verb and noun."""


def asked(question: str) -> tuple[str, str, str, str]:
    """Return what the grammar makes of a question, in the columns of the table."""
    words = read_question(question).words
    found = frame_question(words, tuple(Tagger.load().tag([w.lower() for w in words])))
    return found.asked.wh, _gap(found), _verb(found), found.asked.noun or "-"


def _gap(found: QuestionFrame) -> str:
    asked = found.asked
    if asked.gap in {"", "topic"}:
        return "-"
    if asked.gap == "oblique":
        return f"oblique {asked.case}"
    copular = bool(found.clauses) and found.clauses[asked.clause].copular
    return "complement" if copular and asked.gap == "subject" else asked.gap


def _verb(found: QuestionFrame) -> str:
    if not found.clauses or found.asked.gap == "topic":
        return "-"
    clause = found.clauses[found.asked.clause]
    return f"{clause.lemmas[0]}{' passive' if clause.passive else ''}"


def _agrees(label: str, made: str, verb: str) -> bool:
    if label == "subject" and verb in {"be", "be|blame"}:
        label = "complement"
    return made in label.split("|")


def test_what_is_asked_is_read_as_a_person_reads_it() -> None:
    rows = [r.split("\t") for r in LABELLED.read_text("utf-8").splitlines() if not r.startswith("#")]
    misses = []
    for question, *labels in rows:
        made = asked(question)
        if not all(_agrees(label, m, labels[2]) for label, m in zip(labels, made, strict=True)):
            misses.append(f"{question}\n    is {' / '.join(labels)}, read as {' / '.join(made)}")
    assert len(rows) - len(misses) >= LEAST * len(rows), "\n".join(misses)
    print(f"{len(rows) - len(misses)} of {len(rows)}", *misses, sep="\n")
