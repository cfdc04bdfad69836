"""What was read in an article, as cards: five Ws, facts, people, quotations, times."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord

from bot.ui.answers import places_of, quote
from bot.ui.limits import Limit, card, counted, fit, pages, plain
from knowledge.model import (
    Argument,
    Article,
    Entity,
    EntityKind,
    Fact,
    FactKind,
    Modality,
    Passage,
    Quotation,
    Reading,
    Role,
    Span,
)
from knowledge.records import Popular

BEFORE = (Role.AGENT, Role.POSSESSOR)
DEEDS = (FactKind.VERB, FactKind.NOMINAL)
HEDGES = {
    Modality.REPORTED: "reported",
    Modality.INTENDED: "intended",
    Modality.PREDICTED: "predicted",
    Modality.POSSIBLE: "possible",
    Modality.CONDITIONAL: "conditional",
    Modality.REQUESTED: "requested",
    Modality.ASKED: "asked",
}
LISTED = 300
NO_FACT = "No fact fits. One is shown where its sentence holds all the words: try fewer or others."


def paragraph_of(article: Article, span: Span) -> int:
    """Return the paragraph that a span begins in, counted from 1; 0 for the headline."""
    if article.headline is not None and article.headline.covers(span):
        return 0
    return next(
        (n for n, p in enumerate(article.paragraphs, 1) if p.span.start <= span.start < p.span.end), 0
    )


def passage(article: Article, whole: Span, bold: Span | None = None) -> Passage:
    """Make a passage that can be quoted."""
    return Passage(
        article=article.key,
        span=whole,
        text=whole.of(article.text),
        paragraph=paragraph_of(article, whole),
        bold=bold,
    )


def words(article: Article, span: Span) -> str:
    """Return a span's words on one line, as Discord shows them."""
    return plain(" ".join(span.of(article.text).split()))


def fact_line(reading: Reading, fact: Fact) -> str:
    """Describe a fact: who, what, to whom, circumstances by role, hedges, who says so, where it stands."""
    article = reading.article
    core = [a for a in fact.arguments if a.role in BEFORE]
    rest = [a for a in fact.arguments if a.role not in BEFORE]
    first = ", ".join(f"**{_argument(article, a)}**" for a in core)
    said = f"*{'not ' if fact.negated else ''}{words(article, fact.predicate.span)}*"
    after = " · ".join(f"{a.role.value}: {_argument(article, a)}" for a in rest)
    notes = [HEDGES[fact.modality]] if fact.modality in HEDGES else []
    if fact.attribution is not None and fact.attribution.speaker is not None:
        notes.append(f"says {words(article, fact.attribution.speaker)}")
    where = places_of((passage(article, fact.evidence[0]),))
    parts = [" ".join(p for p in (first, said) if p), after, ", ".join(notes), where]
    return "- " + fit(" · ".join(p for p in parts if p), 600)


def _argument(article: Article, argument: Argument) -> str:
    shown = words(article, argument.short)
    return f"{plain(argument.case)} {shown}" if argument.case and argument.role not in BEFORE else shown


def overview(reading: Reading, popular: Sequence[Popular]) -> discord.Embed:
    """Show an article in five Ws, each with its proof, and what people ask about it most."""
    article = reading.article
    fields = [
        (name, text)
        for name, text in (
            ("Who", _who(reading)),
            ("What", _what(reading)),
            ("When", _first(reading, Role.TIME)),
            ("Where", _first(reading, Role.PLACE)),
            ("Why", _first(reading, Role.CAUSE, Role.PURPOSE)),
        )
        if text
    ]
    if popular:
        fields.append(("People ask", "\n".join(f"- {plain(p.text)}" for p in popular)))
    published = f"{article.published:%d %B %Y}" if article.published else ""
    source = " · ".join(p for p in (plain(article.source), published) if p)
    return card(
        title=plain(article.title) or article.key,
        text=source,
        fields=fields,
        url=article.url or None,
        footer=f"{counted(len(article.paragraphs), 'paragraph')}, {counted(len(reading.facts), 'fact')}",
    )


def _who(reading: Reading) -> str:
    kinds = (EntityKind.PERSON, EntityKind.ORGANIZATION)
    known = sorted(
        (e for e in reading.entities if e.kind in kinds and e.mentions), key=lambda e: -len(e.mentions)
    )
    lines = []
    for entity in known[:3]:
        title = f" ({plain(entity.titles[0])})" if entity.titles else ""
        lines.append(f"**{plain(entity.name)}**{title}, {counted(len(entity.mentions), 'time')}")
    if known:
        first = min(known[0].mentions, key=lambda m: (m.kind != "name", m.span)).span
        if proof := _sentence_of(reading.article, first):
            lines.append(quote(passage(reading.article, proof, first), 400))
    return "\n".join(lines)


def _what(reading: Reading) -> str:
    article = reading.article
    told = [s for s in article.sentences if s.paragraph >= 0]
    return quote(passage(article, told[0].span), 600) if told else ""


def _first(reading: Reading, *roles: Role) -> str:
    """Quote the first asserted fact that tells such a circumstance."""
    facts = sorted(reading.facts, key=lambda f: f.evidence[0].start)
    for fact in sorted(facts, key=lambda f: f.modality is not Modality.ASSERTED):
        for argument in fact.of_role(*roles):
            shown = words(reading.article, argument.span)
            return f"{shown}\n{quote(passage(reading.article, fact.evidence[0], argument.span), 400)}"
    return ""


def _sentence_of(article: Article, span: Span) -> Span | None:
    return next((s.span for s in article.sentences if s.span.covers(span)), None)


def fact_pages(reading: Reading, facts: Sequence[Fact], title: str) -> list[discord.Embed]:
    """Lay facts out on pages, the first few hundred of them."""
    lines = [fact_line(reading, f) for f in facts[:LISTED]]
    if len(facts) > LISTED:
        lines.append(f"… and {len(facts) - LISTED} more: search for something.")
    laid = pages(lines, 2800) or [NO_FACT]
    return [card(title=title, text=text, footer=plain(reading.article.title)) for text in laid]


def filtered(reading: Reading, text: str, entity: Entity | None) -> list[Fact]:
    """Return the facts whose proof holds all typed words and that speak of the entity, in order."""
    article, typed = reading.article, text.casefold().split()

    def fits(fact: Fact) -> bool:
        proof = " ".join(s.of(article.text) for s in fact.evidence).casefold()
        return all(w in proof for w in typed) and (entity is None or _speaks_of(fact, entity))

    return sorted((f for f in reading.facts if fits(f)), key=lambda f: (f.evidence[0].start, f.id))


def _speaks_of(fact: Fact, entity: Entity) -> bool:
    said = fact.attribution is not None and fact.attribution.entity == entity.id
    return said or any(a.entity == entity.id for a in fact.arguments)


def named(reading: Reading) -> list[Entity]:
    """Return persons, organizations, places and groups that are named, most mentioned first."""
    kinds = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.GROUP)
    return sorted((e for e in reading.entities if e.kind in kinds), key=lambda e: -len(e.mentions))


def find_entity(reading: Reading, name: str) -> Entity | None:
    """Return the entity that goes by a name, title or alias; the most mentioned one where several do."""
    typed = " ".join(name.casefold().split())
    ranked = sorted(reading.entities, key=lambda e: -len(e.mentions))
    for calls in (_names, _all_names):
        for entity in ranked:
            if typed in calls(entity):
                return entity
    return next((e for e in ranked if typed and any(typed in n for n in _all_names(e))), None)


def _names(entity: Entity) -> set[str]:
    return {entity.name.casefold()}


def _all_names(entity: Entity) -> set[str]:
    return {n.casefold() for n in (entity.name, *entity.titles, *(a.text for a in entity.aliases))}


def entity_card(reading: Reading, entity: Entity) -> discord.Embed:
    """Show who somebody is: titles, other names, what they did, what happened to them, what they said."""
    fields = []
    if entity.titles:
        fields.append(("Is called", ", ".join(plain(t) for t in entity.titles[:8])))
    aliases = [a.text for a in entity.aliases if a.text != entity.name]
    if aliases:
        fields.append(("Also", ", ".join(plain(a) for a in dict.fromkeys(aliases[:10]))))
    for name, chosen in (
        ("Did", lambda f: f.kind in DEEDS and any(a.entity == entity.id for a in f.of_role(*BEFORE))),
        (
            "In other facts",
            lambda f: (
                f.kind in DEEDS and any(a.entity == entity.id for a in f.arguments if a.role not in BEFORE)
            ),
        ),
    ):
        if lines := _lines(reading, entity, chosen):
            fields.append((name, lines))
    said = [q for q in reading.article.quotations if q.speaker == entity.id]
    if said:
        shown = [quote(passage(reading.article, q.span), 300) for q in said[:3]]
        fields.append((f"Said ({len(said)})", "\n".join(shown)))
    return card(
        title=plain(entity.name),
        text=f"{entity.kind.value}, mentioned {counted(len(entity.mentions), 'time')}",
        fields=fields,
        footer=plain(reading.article.title),
        url=reading.article.url or None,
    )


def _lines(reading: Reading, entity: Entity, chosen: Callable[[Fact], bool]) -> str:
    """List facts, each predicate once, without the name of whom the card is about."""
    found = {f.predicate.span: f for f in reversed(reading.facts) if chosen(f)}
    lines = []
    for fact in sorted(found.values(), key=lambda f: f.predicate.span):
        others = tuple(a for a in fact.arguments if a.role not in BEFORE or a.entity != entity.id)
        lines.append(fact_line(reading, fact.model_copy(update={"arguments": others})))
    laid = pages(lines, Limit.FIELD_VALUE - 20)
    return laid[0] if laid else ""


def quote_pages(reading: Reading, speaker: Entity | None, topic: str) -> list[discord.Embed]:
    """Lay quotations out on pages, each whole, with its speaker and paragraph."""
    article, typed = reading.article, topic.casefold().split()
    lines = []
    for spoken in article.quotations:
        text = spoken.span.of(article.text).casefold()
        if (speaker is None or spoken.speaker == speaker.id) and all(w in text for w in typed):
            lines.append(_quotation(reading, spoken))
    laid = pages(lines, 3000) or ["Nothing is quoted that fits."]
    return [card(title="In their own words", text=text, footer=plain(article.title)) for text in laid]


def _quotation(reading: Reading, spoken: Quotation) -> str:
    shown = passage(reading.article, spoken.span)
    who = reading.entities[spoken.speaker].name if spoken.speaker is not None else ""
    return f"{quote(shown, 1500)}\n— {plain(who) or 'not said who'} · {places_of((shown,))}"


def timeline_pages(reading: Reading) -> list[discord.Embed]:
    """Lay out what happened when, in the order of the article."""
    lines = []
    told: set[tuple[int, Span]] = set()
    for fact in sorted(reading.facts, key=lambda f: f.evidence[0].start):
        for when in fact.of_role(Role.TIME)[:1]:
            if fact.kind is not FactKind.VERB or (fact.sentence, when.head) in told:
                continue
            told.add((fact.sentence, when.head))
            rest = fact.model_copy(update={"arguments": tuple(a for a in fact.arguments if a is not when)})
            words_of = " ".join(filter(None, (when.case, words(reading.article, when.span))))
            lines.append(f"**{words_of}**\n{fact_line(reading, rest)}")
    laid = pages(lines, 2800) or ["The article gives no times."]
    return [card(title="What happened when", text=text, footer=plain(reading.article.title)) for text in laid]
