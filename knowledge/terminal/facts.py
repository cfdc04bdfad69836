"""The facts of an article as a table for people and as objects for programs."""

from __future__ import annotations

from typing import Any

from knowledge.model import Argument, Article, Entity, Fact, FactKind, Modality, Reading, Role, Span

#: A colour for each family of roles, readable on dark and light ground.
ROLE_COLOURS = {
    **dict.fromkeys((Role.AGENT, Role.CAUSE, Role.POSSESSOR), "green"),
    **dict.fromkeys((Role.PATIENT, Role.RECIPIENT, Role.BENEFICIARY, Role.COUNTERPART), "red"),
    **dict.fromkeys((Role.TOPIC, Role.CONTENT, Role.ATTRIBUTE), "cyan"),
    **dict.fromkeys((Role.TIME, Role.QUANTITY, Role.EXTENT), "yellow"),
    **dict.fromkeys((Role.PLACE, Role.SOURCE, Role.DESTINATION), "blue"),
    **dict.fromkeys((Role.PURPOSE, Role.RESULT, Role.CONDITION), "magenta"),
    **dict.fromkeys((Role.MANNER, Role.INSTRUMENT, Role.MEDIUM), "bright_black"),
}


def document(reading: Reading) -> dict[str, Any]:
    """Return the object of `read --json`; offsets are into `text`."""
    article = reading.article
    return {
        "key": article.key,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "text": article.text,
        "headline": _part(article.text, article.headline),
        "dateline": _part(article.text, article.dateline),
        "sentences": [
            {"id": number, "paragraph": sentence.paragraph + 1, **_words(article.text, sentence.span)}
            for number, sentence in enumerate(article.sentences)
        ],
        "entities": [_entity(article, entity) for entity in reading.entities],
        "facts": [fact_object(article, fact) for fact in reading.facts],
    }


def _entity(article: Article, entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": [{"text": alias.text, "kind": alias.kind} for alias in entity.aliases],
        "titles": list(entity.titles),
        "mentions": [
            {**_words(article.text, mention.span), "kind": mention.kind, "confidence": mention.confidence}
            for mention in entity.mentions
        ],
    }


def fact_object(article: Article, fact: Fact) -> dict[str, Any]:
    """Return a fact for programs; every argument has one span, the full one."""
    text = article.text
    return {
        "id": fact.id,
        "kind": fact.kind,
        "sentence": fact.sentence,
        "predicate": {"lemma": fact.predicate.lemma, **_words(text, fact.predicate.span)},
        "arguments": [
            {"role": argument.role, **_words(text, argument.span), "entity": argument.entity}
            for argument in fact.arguments
        ],
        "polarity": "negative" if fact.negated else "positive",
        "modality": fact.modality,
        "attribution": _attribution(text, fact),
        "evidence": [_words(text, span) for span in fact.evidence],
        "links": [{"relation": link.relation, "fact": link.fact} for link in fact.links],
        "part_of": fact.part_of,
        "derived": fact.derived,
        "confidence": round(fact.confidence, 4),
    }


def _attribution(text: str, fact: Fact) -> dict[str, Any] | None:
    said = fact.attribution
    if said is None:
        return None
    return {
        "speaker": _part(text, said.speaker),
        "entity": said.entity,
        "cue": _part(text, said.cue),
        "medium": _part(text, said.medium),
        "direct": said.direct,
    }


def _words(text: str, span: Span) -> dict[str, Any]:
    return {"text": span.of(text), "start": span.start, "end": span.end}


def _part(text: str, span: Span | None) -> dict[str, Any] | None:
    return _words(text, span) if span else None


def show(reading: Reading, *, colour: bool) -> None:
    """Print an article's facts grouped by sentence, each argument in its role's colour."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(no_color=not colour, highlight=False, soft_wrap=False)
    article = reading.article
    title = article.title or article.key
    console.print(
        Text(f"{title}: {len(reading.facts)} facts, {len(reading.entities)} entities", style="bold")
    )
    for number, sentence in enumerate(article.sentences):
        facts = [fact for fact in reading.facts if fact.sentence == number]
        place = "headline" if sentence.paragraph < 0 else f"paragraph {sentence.paragraph + 1}"
        console.print()
        console.print(
            Text.assemble((f"{number + 1}. ", "bold"), " ".join(sentence.span.of(article.text).split()))
        )
        if not facts:
            continue
        table = Table(show_header=False, box=None, padding=(0, 1, 0, 3), title=None)
        table.add_column(justify="right", style="dim")
        table.add_column(style="bold", max_width=24)
        table.add_column(overflow="fold")
        for fact in facts:
            table.add_row(str(fact.id), Text(_predicate(fact)), _arguments(article, fact, colour))
        console.print(Text(f"   {place}", style="dim"))
        console.print(table)


def _predicate(fact: Fact) -> str:
    marks = ["not"] if fact.negated else []
    if fact.modality is not Modality.ASSERTED:
        marks.append(fact.modality.value)
    if fact.kind is not FactKind.VERB:
        marks.append(fact.kind.value)
    return f"{fact.predicate.lemma} ({', '.join(marks)})" if marks else fact.predicate.lemma


def _arguments(article: Article, fact: Fact, colour: bool) -> Any:
    from rich.text import Text

    shown = Text()
    for argument in fact.arguments:
        if shown:
            shown.append("  ")
        shown.append(f"{argument.role.value} ", style="dim")
        shown.append(_phrase(article.text, argument), style=ROLE_COLOURS[argument.role] if colour else "")
    if fact.attribution and fact.attribution.speaker:
        shown.append("  says ", style="dim")
        shown.append(fact.attribution.speaker.of(article.text), style="italic")
    return shown


def _phrase(text: str, argument: Argument) -> str:
    words = " ".join(argument.span.of(text).split())
    return f"{argument.case} {words}" if argument.case else words
