"""From a finding to the answer that people see: status, proof, who says so, what else, a correction, why."""

from __future__ import annotations

import re

from knowledge.asking import render
from knowledge.asking.engine import Considered, Finding
from knowledge.asking.happenings.events import clause_span
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.ranking import weights
from knowledge.asking.ranking.candidate import Candidate
from knowledge.language import lexicon
from knowledge.model import Answer, Aside, Attribution, FactKind, Modality, Status, Trace

RIVALS = 4
MOST_ASIDES = 2
SHORTEST_ASIDE = 5
"""Words below which a clause says too little to stand alone."""
SURE_OF_EVENT = 0.7
"""Least strength of the predicate for a fact to be the very event that a question is wrong about."""
COMMUNICATION = "verb.communication"


def answer(found: Considered, said: Finding | None) -> Answer:
    """Return the answer to a question from its finding."""
    index = found.index
    told = Answer(
        status=Status.NOT_TOLD,
        article=index.article.key,
        article_title=index.article.title,
        resolved=found.resolved,
        why=trace(found, said),
    )
    if said is None:
        return told
    evidence = render.passages(index, said.sentences, said.span)
    update: dict[str, object] = {
        "text": re.sub(r"\s+", " ", said.text).strip(),
        "span": render.passage(index.article, said.span),
        "evidence": evidence,
        "confidence": min(1.0, max(0.0, said.confidence)),
        "fact": said.fact.fact.id if said.fact is not None else None,
        "matched": said.note,
    }
    if said.confidence >= weights.load().threshold:
        update["status"] = Status.ANSWERED
        update["attribution"] = attribution(found, said)
        update["also"] = asides(found, said)
        return told.model_copy(update=update)
    wrong = contradicted(found, said)
    if wrong is not None:
        update["status"] = Status.CORRECTED
        update["correction"] = " ".join(clause_span(index, wrong).of(index.article.text).split())
    return told.model_copy(update=update)


def attribution(found: Considered, said: Finding) -> str:
    """Return "according to ..." where the article only reports the fact; "" where it asserts it."""
    index = found.index
    source: Attribution | None = said.fact.fact.attribution if said.fact is not None else None
    if source is None:
        return ""
    name = ""
    if source.entity is not None:
        name = index.entities[source.entity].entity.name
        if not index.entities[source.entity].proper and source.speaker is not None:
            name = source.speaker.of(index.article.text)
    elif source.speaker is not None:
        name = source.speaker.of(index.article.text)
    if not name or name.lower() in said.text.lower():
        return ""
    if re.search(rf"\b[Tt]he {re.escape(name)}(?!\w)", index.article.text):
        name = f"the {name}"
    name = re.sub(r"^(?:A|An|The|His|Her|Its|Their)\b", lambda first: first.group().lower(), name)
    return f"according to {' '.join(name.split())}"


def asides(found: Considered, said: Finding) -> tuple[Aside, ...]:
    """Return further clauses of the sort: another partner of the doer, a looser reading of the verb."""
    index, frame = found.index, found.frame
    clause = frame.clauses[frame.asked.clause] if frame.clauses else None
    if clause is None or not said.ranked or frame.asked.wh not in {"who", "what", "which"} or clause.copular:
        return ()
    talks = any(lexicon.supersense(lemma, "VERB") == COMMUNICATION for lemma in clause.lemmas)
    best = found.candidates[0]
    seen = list(said.sentences)
    out: list[Aside] = []
    for c in found.candidates[1:60]:
        if len(out) == MOST_ASIDES:
            break
        if c.fact is None or c.argument is None or c.sentence in seen or not _further(c, best, index, talks):
            continue
        seen.append(c.sentence)
        span = clause_span(index, c.fact)
        words_said = span.of(index.article.text)
        if len(words_said.split()) < SHORTEST_ASIDE or words_said.count('"') % 2:
            continue
        out.append(
            Aside(
                text=" ".join(span.of(index.article.text).split()),
                evidence=(render.sentence_passage(index, c.sentence, span),),
            )
        )
    return tuple(out)


def _further(c: Candidate, best: Candidate, index: ArticleIndex, talks: bool) -> bool:
    """Tell whether a candidate is a further answer: another participant in a like event by the same doer."""
    if (
        c.fact is None
        or c.argument is None
        or c.fact.fact.kind is not FactKind.VERB
        or c.fact.fact.part_of is not None
    ):
        return False
    entity = c.argument.entity
    told = best.argument.entity if best.argument is not None else -1
    if entity < 0 or entity == told or not index.entities[entity].proper:
        return False
    features = c.features
    if features.get("role", 0.0) < 0.7:
        return False
    if any(
        features.get(n)
        for n in ("name_conflict", "swap", "taken", "type_bad", "negation", "conditional", "repeats_entity")
    ):
        return False
    alike = features.get("pred", 0.0) >= 0.5 or (
        talks and any(lexicon.supersense(lemma, "VERB") == COMMUNICATION for lemma in c.fact.lemmas)
    )
    return alike and bool(features.get("aligned"))


def contradicted(found: Considered, said: Finding) -> FactView | None:
    """Return the fact that shows the question's premise to be wrong, or None.

    Only a functional part may be wrong: a time, a number, or the one name in the place where the article has
    another.
    """
    if (
        said.fact is None
        or not said.ranked
        or not said.fact.asserted
        or said.fact.fact.modality is Modality.CONDITIONAL
    ):
        return None
    features = found.candidates[0].features
    conflicts = sum(bool(features.get(n)) for n in ("time_conflict", "number_conflict", "name_conflict"))
    others = any(
        features.get(n)
        for n in ("swap", "negation", "noun_missing", "speaker_conflict", "other_missing", "type_bad")
    )
    missing = features.get("name_missing") and not features.get("name_conflict")
    if (
        conflicts != 1
        or others
        or missing
        or features.get("pred", 0.0) < SURE_OF_EVENT
        or features.get("role", 0.0) < 0.7
    ):
        return None
    return said.fact if features.get("good", 0.0) >= 0.5 else None


def trace(found: Considered, said: Finding | None) -> Trace:
    """Return why the best candidates stand where they do; a question of a kind of its own has none."""
    frame, index = found.frame, found.index
    asked = frame.asked
    shape = " ".join(f"{asked.wh} {asked.noun or asked.adjective} gap={asked.gap} {asked.case}".split())
    clauses = "; ".join(
        f"{'/'.join(c.lemmas)}{' ' + c.particle if c.particle else ''}{' (passive)' if c.passive else ''}"
        f"[{', '.join(' '.join(f'{s.kind} {s.case}: {frame.text(s)}'.split()) for s in c.slots)}]"
        for c in frame.clauses
    )
    rivals = []
    candidates = found.candidates if said is None or said.ranked else ()
    for c in candidates[:RIVALS]:
        text, _ = render.answer_words(index, c, frame)
        parts = ", ".join(f"{k} {v:.2f}" for k, v in c.features.items() if v)
        role = c.argument.role.value if c.argument is not None else "-"
        fact = c.fact.fact.predicate.text if c.fact is not None else "-"
        rivals.append(f"{c.score:.2f} {text!r} [{role} of {fact!r}] {parts}")
    links = tuple(
        f"{' '.join(frame.words[x.start : x.end])} = {index.entities[x.entity].entity.name}"
        for x in found.linked.links
    )
    loose = f" | loose: {[frame.text(s) for s in frame.loose]}" if frame.loose else ""
    return Trace(
        frame=f"{shape} | {clauses}{loose}",
        tier=candidates[0].tier if candidates else 0,
        notes=links,
        rivals=tuple(rivals),
    )
