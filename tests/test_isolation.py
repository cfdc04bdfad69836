"""Nothing of one server is ever seen in another."""

from __future__ import annotations

import asyncio
import io
import itertools
import re
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.corrections import TaughtAnswer
from knowledge.errors import InputError
from knowledge.model import Question
from tests.conftest import PROFILE
from tests.crashing import opened

SCOPES = [None, 1, 2, 3]
PEOPLE = ["Ann", "Bob", "Cyd", "Dan", "Eve"]

scopes = st.sampled_from(SCOPES)
people = st.sampled_from(PEOPLE)
actions = st.lists(
    st.one_of(
        st.tuples(st.just("add"), scopes, people),
        st.tuples(st.just("remove"), scopes, people),
        st.tuples(st.just("teach"), scopes, people),
        st.tuples(st.just("ask"), scopes, people),
        st.tuples(st.just("freeze"), scopes, people),
        st.tuples(st.just("thaw"), scopes, people),
        st.tuples(st.just("forget"), scopes, people),
    ),
    min_size=3,
    max_size=14,
)


def mark(scope: int | None) -> str:
    """Return a word that stands in everything that a scope adds, and nowhere else."""
    return f"zq{scope or 0}zq"


def foreign(words: object, scope: int | None) -> list[str]:
    """Return the marks in some words that the scope must not see."""
    allowed = {mark(scope), mark(None)}
    return [found for found in re.findall(r"zq\d+zq", str(words)) if found not in allowed]


class World:
    """A knowledge base with several servers, and a check that none sees another's."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.left: set[int | None] = set()
        self._counter = itertools.count()

    async def act(self, what: str, scope: int | None, person: str) -> None:
        """Do one thing; what is refused changes nothing."""
        base, own = self.base, mark(scope)
        key = f"{person.lower()}-{own}"
        try:
            match what:
                case "add":
                    text = f"{person} baked {own}. {person} sold cakes."
                    await base.add(text.encode(), name=f"{key}.txt", scope=scope)
                case "remove":
                    await base.remove(key, scope)
                case "teach":
                    taught = TaughtAnswer(
                        questions=(f"what did {person} make {own}",),
                        answer=own,
                        quote=f"{person} baked {own}",
                    )
                    await base.correct(key, scope, taught, person=person)
                case "ask":
                    await self.ask(f"who sang {own} to {person} {next(self._counter)}?", scope, log=True)
                case "freeze" if scope:
                    held = any(info.scope == scope for info in base.articles(scope))
                    await base.freeze(scope)
                    if held:  # a server of which nothing is kept has nothing to rest
                        self.left.add(scope)
                case "thaw" if scope:
                    await base.thaw(scope)
                    self.left.discard(scope)
                case "forget" if scope:
                    await base.forget_scope(scope)
                    self.left.discard(scope)
        except InputError:
            pass

    async def ask(self, text: str, scope: int | None, *, log: bool = False) -> None:
        """Ask, and look at every word of the answer."""
        question = Question(text=text, scope=scope)
        answer = self.base.ask(question)
        asked = set(re.findall(r"zq\d+zq", text))
        assert [word for word in foreign(answer.model_dump_json(), scope) if word not in asked] == []
        if log:
            await self.base.record(question, answer, person="ann")

    async def look(self) -> None:
        """Look at everything that each scope can see."""
        for scope in SCOPES:
            base = self.base
            for other, person in itertools.product(SCOPES, PEOPLE[:2]):
                await self.ask(f"what did {person} make {mark(other)}", scope)
                await self.ask(f"who baked {mark(other)}?", scope)
                assert foreign(base.complete(f"who baked {mark(other)}", scope=scope), scope) == []
            assert foreign(base.complete("", scope=scope), scope) == []
            assert foreign(base.articles(scope), scope) == []
            assert foreign(await base.gaps(scope), scope) == []
            assert foreign(await base.popular(scope), scope) == []
            for line in await base.asked_by("ann", scope) if scope is not None else ():
                assert foreign(line, scope) == []
            with zipfile.ZipFile(io.BytesIO(await base.export(scope))) as archive:
                for name in archive.namelist():
                    assert foreign(name, scope) == []
                    assert foreign(archive.read(name), scope) == []
            if scope in self.left:
                assert {info.scope for info in base.articles(scope)} <= {None}


@settings(max_examples=100 if PROFILE == "soak" else 6)
@given(actions)
def test_no_answer_suggestion_log_line_or_export_crosses_servers(
    done: list[tuple[str, int | None, str]],
) -> None:
    async def live(place: Path) -> None:
        base = await opened(place)
        try:
            world = World(base)
            for what, scope, person in done:
                await world.act(what, scope, person)
            await world.look()
        finally:
            await base.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder)))
