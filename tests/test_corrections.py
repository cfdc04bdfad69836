"""What people add to articles and set right in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.corrections import Alias, Correction, Drop, TaughtAnswer, TaughtFact
from knowledge.errors import InputError, UnknownArticle
from knowledge.model import Question, Reading, Role, Status
from knowledge.records import Outcome

TEXT = (
    "Mayor Rosa Lind opened a new bridge in Tarn on Monday. The county paid two million dollars for it.\n\n"
    "She thanked the builders for their work."
)
SERVER, OTHER = 111, 222
SHIPPED = "middle-east-escalation"

ANSWER = TaughtAnswer(
    questions=("What gave the zorp?", "zorped by which whence"),
    answer="The county",
    quote="The county paid two million dollars for it.",
)


async def added(base: KnowledgeBase, scope: int | None = SERVER, notes: str = "") -> str:
    report = await base.add(TEXT.encode(), name="bridge.txt", notes=notes.encode(), scope=scope)
    return report.info.key


def told(base: KnowledgeBase, text: str, scope: int | None = SERVER) -> str | None:
    answer = base.ask(Question(text=text, scope=scope))
    return answer.text if answer.status is Status.ANSWERED else None


async def test_a_taught_answer_is_given_with_its_proof(base: KnowledgeBase) -> None:
    key = await added(base)
    kept = await base.correct(key, SERVER, ANSWER, person="ann")
    assert kept.id > 0
    for text in ("what gave the zorp", "Zorped by which WHENCE?!", "hey, what gave a zorp"):
        answer = base.ask(Question(text=text, scope=SERVER))
        assert (answer.status, answer.text) == (Status.ANSWERED, "The county")
        (passage,) = answer.evidence
        assert passage.text == "The county paid two million dollars for it."
        assert passage.bold is not None
        assert passage.bold.of(TEXT) == "The county"
    assert told(base, "what gave the zorp", OTHER) is None


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (ANSWER.model_copy(update={"quote": "The county paid nothing."}), "does not stand in the article"),
        (ANSWER.model_copy(update={"answer": "the state"}), "does not stand in the quote"),
        (Alias(entity="Olaf Brandt", alias="the captain"), "calls nobody"),
        (Drop(quote="The county paid two million dollars", predicate="sang"), "o fact with"),
        (
            TaughtFact(quote="The county paid", predicate="sold", arguments={Role.AGENT: "The county"}),
            "quote",
        ),
        (TaughtFact(quote="The county paid", predicate="paid", arguments={Role.AGENT: "ounty"}), "quote"),
    ],
)
async def test_what_does_not_quote_the_article_is_refused(
    base: KnowledgeBase, correction: Correction, reason: str
) -> None:
    key = await added(base)
    with pytest.raises(InputError, match=reason):
        await base.correct(key, SERVER, correction)
    assert await base.corrections(key, SERVER) == ()


async def test_yes_and_no_may_be_taught_with_a_quote(base: KnowledgeBase) -> None:
    key = await added(base)
    taught = TaughtAnswer(questions=("Was it expensive?",), answer="Yes", quote="paid two million dollars")
    await base.correct(key, SERVER, taught)
    assert told(base, "was it expensive?") == "Yes"


async def test_a_taught_name_is_understood(base: KnowledgeBase) -> None:
    key = await added(base)
    await base.correct(key, SERVER, Alias(entity="Rosa Lind", alias="Lindy"))
    reading = await base.reading(key, SERVER)
    (meant,) = [entity for entity in reading.entities if "Lindy" in {alias.text for alias in entity.aliases}]
    assert meant.name == "Rosa Lind"


def fact_numbers(reading: Reading) -> list[int]:
    return [fact.id for fact in reading.facts]


async def test_a_taught_fact_joins_the_facts_and_a_dropped_one_leaves_them(base: KnowledgeBase) -> None:
    key = await added(base)
    before = await base.reading(key, SERVER)
    taught = TaughtFact(
        quote="The county paid two million dollars for it.",
        predicate="paid",
        arguments={Role.AGENT: "The county", Role.PATIENT: "two million dollars"},
    )
    await base.correct(key, SERVER, taught)
    after = await base.reading(key, SERVER)
    fact = after.facts[-1]
    assert (fact.derived, fact.predicate.lemma) == ("taught", "pay")
    assert [a.span.of(TEXT) for a in fact.arguments] == ["The county", "two million dollars"]
    assert len(after.facts) == len(before.facts) + 1

    await base.correct(
        key, SERVER, Drop(quote="Mayor Rosa Lind opened a new bridge in Tarn", predicate="open")
    )
    last = await base.reading(key, SERVER)
    assert not [f for f in last.facts if f.predicate.lemma == "open"]
    assert [f for f in before.facts if f.predicate.lemma == "open"]
    assert fact_numbers(last) == list(range(len(last.facts)))
    Reading.model_validate(last.model_dump())


async def test_corrections_survive_reloads_and_are_set_aside_when_the_quote_goes(base: KnowledgeBase) -> None:
    file = base.data_dir / "articles" / "bridge.txt"
    file.write_text(TEXT)
    await base.reload()
    await base.correct("bridge", None, ANSWER)

    file.write_text(TEXT + " The band played.")
    (report,) = (await base.reload()).of(Outcome.CHANGED)
    assert report.set_aside == ()
    assert told(base, "what gave the zorp", None) == "The county"

    file.write_text(TEXT.replace("The county paid", "The state gave"))
    (report,) = (await base.reload()).of(Outcome.CHANGED)
    assert "does not stand in the article" in report.set_aside[0].reason
    assert told(base, "what gave the zorp", None) is None
    (kept,) = await base.corrections("bridge")
    assert kept.fault

    file.unlink()
    await base.reload()
    file.write_text(TEXT)
    await base.reload()
    assert told(base, "what gave the zorp", None) == "The county"


async def test_corrections_stand_in_a_companion_file_too(base: KnowledgeBase) -> None:
    file = base.data_dir / "articles" / "bridge.txt"
    file.write_text(TEXT)
    file.with_suffix(".toml").write_text(
        'title = "The bridge"\n\n'
        "[[answer]]\n"
        'questions = ["What gave the zorp?"]\n'
        'answer = "The county"\n'
        'quote = "The county paid"\n\n'
        "[[alias]]\n"
        'entity = "Olaf Brandt"\n'
        'alias = "Olaf"\n'
    )
    report = await base.reload()
    (fault,) = report.of(Outcome.ADDED)[0].set_aside
    assert (fault.file, fault.line, fault.key) == ("bridge.toml", 8, "alias")
    assert told(base, "what gave the zorp", None) == "The county"
    assert [c.correction.kind for c in await base.corrections("bridge")] == ["alias", "answer"]


async def test_a_server_corrects_its_own_copy_of_an_article_of_everybodys(base: KnowledgeBase) -> None:
    reading = await base.reading(SHIPPED)
    quote = reading.article.sentences[0].span.of(reading.article.text)
    taught = TaughtAnswer(questions=("What is all this about?",), answer=quote.split()[0], quote=quote)
    await base.correct(SHIPPED, SERVER, taught)
    assert told(base, "what is all this about") is not None
    assert told(base, "what is all this about", OTHER) is None
    assert told(base, "what is all this about", None) is None
    assert base.article(SHIPPED, SERVER).scope == SERVER
    assert base.article(SHIPPED, OTHER).scope is None
    await base.reload()
    assert told(base, "what is all this about") is not None


async def test_a_correction_can_be_taken_back_by_its_own_server_only(base: KnowledgeBase) -> None:
    key = await added(base)
    kept = await base.correct(key, SERVER, ANSWER)
    with pytest.raises(InputError, match="gone"):
        await base.retract(kept.id, OTHER)
    await base.retract(kept.id, SERVER)
    assert told(base, "what gave the zorp") is None
    with pytest.raises(InputError, match="gone"):
        await base.retract(kept.id, SERVER)


async def test_teaching_closes_the_gap(base: KnowledgeBase) -> None:
    key = await added(base)
    question = Question(text="What gave the zorp?", scope=SERVER)
    await base.record(question, base.ask(question), person="ann")
    (gap,) = await base.gaps(SERVER)
    draft = base.draft([gap.text], key, SERVER, "The county paid two million dollars for it.")
    assert draft.quote in TEXT
    assert draft.answer in draft.quote
    await base.correct(key, SERVER, draft.model_copy(update={"answer": "The county"}))
    assert await base.gaps(SERVER) == ()


async def test_an_export_carries_the_corrections(base: KnowledgeBase) -> None:
    key = await added(base, notes='title = "The \\"new\\" bridge"\n')
    await base.correct(key, SERVER, ANSWER)
    await base.correct(key, SERVER, Drop(quote="She thanked the builders", predicate="thank"))
    fact = TaughtFact(
        quote="The county paid", predicate="paid", arguments={Role.AGENT: "The county"}, negated=True
    )
    await base.correct(key, SERVER, fact)
    data = await base.export(SERVER)
    await base.add_archive(data, scope=OTHER)
    assert told(base, "what gave the zorp", OTHER) == "The county"
    assert await base.reading(key, OTHER) == await base.reading(key, SERVER)
    assert {c.correction for c in await base.corrections(key, OTHER) if c.correction.kind != "fact"} == {
        c.correction for c in await base.corrections(key, SERVER) if c.correction.kind != "fact"
    }
    assert await base.export(OTHER) == data


async def test_removing_an_article_removes_what_was_taught(base: KnowledgeBase) -> None:
    key = await added(base)
    await base.correct(key, SERVER, ANSWER)
    await base.remove(key, SERVER)
    await added(base)
    assert await base.corrections(key, SERVER) == ()
    with pytest.raises(UnknownArticle):
        await base.corrections("nothing", SERVER)


async def test_who_taught_is_forgotten_and_what_was_taught_stays(base: KnowledgeBase, tmp_path: Path) -> None:
    key = await added(base)
    await base.correct(key, SERVER, ANSWER, person="ann")
    await base.forget_person("ann")
    assert await base._database.rows("SELECT person FROM corrections") == [(None,)]
    assert told(base, "what gave the zorp") == "The county"
