"""Which articles a question may be about, and what is kept ready for it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import UnknownArticle
from knowledge.model import Question
from knowledge.records import ArticleInfo
from knowledge.snapshot import CANDIDATES, Indexes, Postings, Snapshot
from knowledge.store.articles import INSTALLATION, ReadingRows, StoredArticle, rows_of
from knowledge.store.rows import stems
from tests.crashing import prepared

NAMES = ["Zorvath", "Quillop", "Brandeth", "Mirolex", "Tarnwick", "Oduvell", "Hespera", "Velgrim", "Cazimir"]


def stored(number: int, key: str, scope: int = INSTALLATION) -> StoredArticle:
    info = ArticleInfo(key=key, title=key, scope=scope or None, added=dt.datetime.now(dt.UTC))
    return StoredArticle(number, scope, key, b"", b"", 0, info)


def rows(number: int) -> ReadingRows:
    return rows_of(
        f"a{number}", prepared(f"{NAMES[number]} baked cakes. {NAMES[number]} sold bread.", f"a{number}")
    )


def postings(count: int) -> Postings:
    found = Postings()
    for number in range(count):
        found.add(number, " ".join(stems(f"{NAMES[number]} baked cakes")))
    return found


@pytest.mark.parametrize("asked", ["What did Hespera bake?", "what did hespra bake", "HESPERA'S cakes"])
def test_the_article_that_shares_a_rare_word_is_found_also_misspelt(asked: str) -> None:
    assert postings(len(NAMES)).best(asked, range(len(NAMES)), 1) == [NAMES.index("Hespera")]


def test_only_articles_in_sight_are_found() -> None:
    hidden = NAMES.index("Hespera")
    seen = [number for number in range(len(NAMES)) if number != hidden]
    assert hidden not in postings(len(NAMES)).best("What did Hespera bake?", seen, 9)


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=40))
def test_what_went_is_found_no_more(changes: list[tuple[int, bool]]) -> None:
    found, there = Postings(), set()
    for number, comes in changes:
        if comes and number not in there:
            found.add(number, " ".join(stems(NAMES[number])))
            there.add(number)
        elif not comes:
            found.drop(number)
            there.discard(number)
    for number, name in enumerate(NAMES):
        best = found.best(name, range(len(NAMES)), 9)
        assert (number in best) == (number in there)
        assert set(best) <= there


def test_indexes_stay_within_their_memory_and_come_back_when_asked() -> None:
    loaded: list[int] = []

    def load(number: int) -> ReadingRows | None:
        loaded.append(number)
        return rows(number) if number < len(NAMES) else None

    indexes = Indexes(load, bound=1)
    for number in range(len(NAMES)):
        assert indexes.get(number) is not None
    assert len([number for number in range(len(NAMES)) if number in indexes]) == CANDIDATES
    assert indexes.get(0) is not None
    assert loaded.count(0) == 2
    assert indexes.get(99) is None


def test_a_server_sees_its_own_article_before_everybodys() -> None:
    articles = [
        stored(1, "both"),
        stored(2, "shared"),
        stored(3, "both", scope=5),
        stored(4, "hidden", scope=6),
    ]
    snapshot = Snapshot(articles, Indexes(lambda number: None, 1), Postings())
    assert {key: article.id for key, article in snapshot.seen(5).items()} == {"both": 3, "shared": 2}
    assert {key: article.id for key, article in snapshot.seen(None).items()} == {"both": 1, "shared": 2}
    assert snapshot.seen(77) == snapshot.seen(None)
    with pytest.raises(UnknownArticle):
        snapshot.find("hidden", 5)


def test_a_large_scope_loads_only_what_a_question_may_be_about() -> None:
    loaded: list[int] = []

    def load(number: int) -> ReadingRows:
        loaded.append(number)
        return rows(number)

    articles = [stored(number, f"a{number}") for number in range(len(NAMES))]
    snapshot = Snapshot(articles, Indexes(load, 10**9), postings(len(NAMES)))
    answer = snapshot.ask(Question(text="What did Velgrim bake?"))
    assert loaded == [NAMES.index("Velgrim")]
    assert answer.article == f"a{NAMES.index('Velgrim')}"
