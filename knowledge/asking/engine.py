"""Ask a question of the articles of a scope: normalise, frame, link, match, decide, say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.asking import followup, render, speakers, weights
from knowledge.asking.candidate import Candidate
from knowledge.asking.events import asks_event, tell
from knowledge.asking.frame import QuestionFrame, frame_question
from knowledge.asking.identified import Identity
from knowledge.asking.identity import identify
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.match import Matcher
from knowledge.asking.normalise import Typed, read_question
from knowledge.asking.speech import Quote, quoted
from knowledge.asking.tagger import Tagger
from knowledge.asking.terms import Linked, link
from knowledge.asking.verdict import Verdict, alternative, decide
from knowledge.model import Role, Span


@dataclass(frozen=True, slots=True)
class Considered:
    """A question looked at in one article: its frame and links, and its candidates, best first."""

    typed: Typed
    frame: QuestionFrame
    linked: Linked
    matcher: Matcher
    candidates: tuple[Candidate, ...]
    index: ArticleIndex
    resolved: str = ""


def consider(text: str, index: ArticleIndex, context: Sequence[str] = ()) -> Considered:
    """Return a question's candidates in one article, scored and sorted; `context` are earlier questions."""
    typed = read_question(text, index.vocabulary, index.names)
    frame = frame_of(typed, index)
    linked = link(frame, index)
    if not context or followup.stands_alone(frame, linked):
        return _weighed(typed, frame, linked, index)
    earlier = _earlier(context, index)
    if earlier is None:
        return _weighed(typed, frame, linked, index)
    phrase = followup.about(" ".join(typed.words))
    other = ""
    if phrase:
        kind = next((index.entities[x.entity].entity.kind for x in linked.links), None)
        other = followup.with_other(phrase, kind, earlier, index)
    elif linked.terms or frame.asked.wh not in BARE:
        other = followup.rewritten(typed.words, earlier, index)
    if other:
        typed = read_question(other, index.vocabulary, index.names)
        frame = frame_of(typed, index)
        return replace(_weighed(typed, frame, link(frame, index), index), resolved=other)
    if not linked.terms and frame.asked.wh in BARE:
        event = followup.same_event(frame.asked, earlier)
        return replace(
            _weighed(typed, event, earlier.linked, index), resolved=f"{text} ({' '.join(earlier.words)})"
        )
    return _weighed(typed, frame, linked, index)


BARE = {"why", "when", "where", "how", "who", "how_long", "what", "how_many", "how_much"}


def _weighed(typed: Typed, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Considered:
    matcher = Matcher(frame, linked, index)
    table = weights.load()
    candidates = matcher.candidates() if linked.terms else []
    for candidate in candidates:
        candidate.score = table.score(candidate.features)
    candidates.sort(key=lambda c: -c.score)
    return Considered(typed, frame, linked, matcher, tuple(candidates), index)


def _earlier(context: Sequence[str], index: ArticleIndex) -> followup.Earlier | None:
    """Return what the last of the earlier questions came to."""
    found = consider(context[-1], index, context[:-1])
    if not found.linked.terms:
        return None
    said = find(found)
    entity = -1
    if said is not None:
        mask = index.mask_of(said.span)
        owners = [index.words[i].entity for i in index.numbers(mask) if index.words[i].entity >= 0]
        entity = owners[-1] if owners else -1
    return followup.Earlier(
        found.frame.words, found.frame, found.linked, said.text if said is not None else "", entity
    )


def frame_of(typed: Typed, index: ArticleIndex) -> QuestionFrame:
    """Return the frame of a question, tagged with what the article knows about its words."""
    tags = Tagger.load().tag([w.lower() for w in typed.words], index.tags)
    tags = [
        "PROPN" if t == "NOUN" and w.lower() in index.names and w.lower() not in index.vocabulary else t
        for t, w in zip(tags, typed.words, strict=True)
    ]
    return frame_question(typed.words, tuple(tags))


def sure_features(found: Considered) -> dict[str, float]:
    """Return what the probability that the best candidate is right depends on."""
    best = found.candidates[0]
    rival = next((c for c in found.candidates[1:] if not _same(found.index, best, c)), None)
    features = {name: best.features.get(name, 0.0) for name in SURE}
    mass = same = 0.0
    for candidate in found.candidates[:40]:
        share = math.exp(candidate.score - best.score)
        mass += share
        if candidate is best or _same(found.index, best, candidate):
            same += share
    features["score"] = best.score / 10
    features["margin"] = min(3.0, best.score - rival.score) if rival is not None else 3.0
    features["share"] = same / mass
    features["terms"] = min(1.0, len(found.linked.terms) / 6)
    features["article_size"] = min(1.0, len(found.index.sentence_masks) / 15)
    features["foreign"] = min(1.0, len(found.linked.foreign) / 2)
    if found.frame.asked.wh in {"why", "how", "what"}:
        features[f"wh_{found.frame.asked.wh}"] = 1.0
    return features


SURE = (
    "pred",
    "pred_absent",
    "pred_other",
    "good",
    "swap",
    "elsewhere",
    "missing",
    "name_conflict",
    "head_conflict",
    "modifier_conflict",
    "number_conflict",
    "lost",
    "lost_name",
    "antonym",
    "negation",
    "unasserted",
    "conditional",
    "speaker",
    "cover",
    "cover_best",
    "cover_fact",
    "role",
    "type_good",
    "type_bad",
    "noun",
    "noun_wrong",
    "noun_absent",
    "noun_sort",
    "tier2",
    "repeats",
    "repeats_head",
    "repeats_entity",
    "taken",
    "tree_near",
    "event",
    "event_role",
    "name_outside",
    "name_missing",
    "number_missing",
    "verb_missing",
    "noun_missing",
    "other_missing",
    "event_all",
    "generic",
    "aligned",
    "aligned_loosely",
    "speaker_conflict",
    "core_lost",
    "count_wrong",
    "thin_reason",
    "exact",
    "time_conflict",
    "grain",
    "grain_wrong",
    "no_number",
    "pronoun",
    "clause",
)


def _same(index: ArticleIndex, a: Candidate, b: Candidate) -> bool:
    """Tell whether two candidates say the same thing: shared words or one entity."""
    if a.mask & b.mask:
        return True
    one = a.argument.entity if a.argument is not None else index.words[a.head].entity
    two = b.argument.entity if b.argument is not None else index.words[b.head].entity
    return one >= 0 and one == two


@dataclass(frozen=True, slots=True)
class Finding:
    """What would be said: short answer, its words in the article, the sentences that prove it, certainty."""

    text: str
    span: Span
    sentences: tuple[int, ...]
    confidence: float
    note: str
    fact: FactView | None = None
    tier: int = 1
    ranked: bool = False


def find(found: Considered) -> Finding | None:
    """Return the best finding for a question, by the kind of question it is."""
    frame, linked, matcher, index = found.frame, found.linked, found.matcher, found.index
    if not linked.terms:
        return None
    if frame.asked.wh == "yesno":
        return _given(decide(frame, linked, matcher, index))
    if frame.choices and frame.asked.wh in {"who", "which", "what"}:
        chosen = alternative(frame, linked, index)
        if chosen is not None:
            return _given(chosen)
    identity = identify(frame, linked, index)
    if identity is not None:
        return _given(identity)
    speaker = speakers.who_said_so(frame, linked, index)
    if speaker is not None:
        return _given(speaker)
    quote = quoted(frame, linked, matcher, index)
    if quote is not None:
        return _given(quote)
    if asks_event(frame):
        event = tell(frame, linked, matcher, index)
        if event is None:
            return None
        text = event.span.of(index.article.text)
        return Finding(text, event.span, (event.sentence,), event.confidence, event.note, event.fact)
    if not found.candidates:
        return None
    best = found.candidates[0]
    told = best.argument.entity if best.argument is not None else -1
    if vetoed(best, frame) or speakers.put_in_mouth(frame, linked, index, told):
        return None
    confidence = weights.load().probability(sure_features(found))
    if confidence < speakers.SURE and not best.features.get("swap"):
        same = speakers.confirmed(frame, linked, index, told)
        confidence = speakers.SURE if same else confidence
    text, span = render.answer_words(index, best, frame)
    peers = _peers(found) if best.tier == 1 else []
    sentences = list(dict.fromkeys([best.sentence, *(c.sentence for c in peers)]))
    if peers:
        text = _listed([text, *(render.answer_words(index, c, frame)[0] for c in peers)])
    introduced = render.introduction(index, best, text)
    if introduced is not None and introduced not in sentences:
        sentences.append(introduced)
    return Finding(
        text, span, tuple(sentences[:3]), confidence, _intent(best), best.fact, best.tier, ranked=True
    )


def _given(said: Verdict | Identity | Quote | None) -> Finding | None:
    """Return the finding that another module's outcome is; a "not told" of its own is none."""
    if said is None or said.note == "not told":
        return None
    fact = said.fact if isinstance(said, Verdict) else None
    return Finding(said.text, said.span, (said.sentence,), said.confidence, said.note, fact)


def _intent(best: Candidate) -> str:
    """Return which question of the article was taken to be meant: the role and the predicate."""
    if best.fact is None or best.argument is None:
        return "phrase of a sentence" if best.fact is None else f"deed: {best.fact.fact.predicate.text}"
    return f"{best.argument.role.value} of: {best.fact.fact.predicate.text}"


def vetoed(best: Candidate, frame: QuestionFrame) -> bool:
    """Tell whether the best candidate cannot be the answer, however well it fits otherwise.

    It is left out or owned by whom is asked for, could not own the thing, is no person where "who" asks
    for one, only says the question's own words again, measures somebody else, was only wanted or planned,
    or gives no reason where "why" asks for one.
    """
    told, wh = best.features, frame.asked.wh
    if told.get("excluded") or told.get("thing_owned") or told.get("not_real"):
        return True
    if wh == "who" and told.get("type_bad"):
        return True
    if wh == "whose" and not _could_own(best):
        return True
    if wh == "who" and told.get("pred_absent") and told.get("repeats_head") and not frame.choices:
        return True
    if wh.startswith("how_") and told.get("core_lost") and not told.get("pred"):
        return True
    return wh == "why" and best.tier == 1 and told.get("role", 0.0) < REASON and not told.get("clause")


def _could_own(candidate: Candidate) -> bool:
    """Tell whether a candidate may be the owner of something: no place, time or other circumstance."""
    argument = candidate.argument
    return argument is None or (
        argument.role in PARTICIPANTS and bool(argument.sorts & {"person", "organization", "group", "place"})
    )


PARTICIPANTS = {Role.AGENT, Role.PATIENT, Role.POSSESSOR, Role.RECIPIENT, Role.ATTRIBUTE, Role.BENEFICIARY}
REASON = 0.9
"""Least fit of a role with "why"."""
MOST_PEERS = 2
PEER_GAP = 1.5
"""Score within which another participant of a like fact is part of the answer."""


def _peers(found: Considered) -> list[Candidate]:
    """Return candidates that answer just as the best one does: another fact with the same predicate and role.

    "Who did she meet?" is answered by everybody she met; only whole agreement makes a peer.
    """
    best, asked = found.candidates[0], found.frame.asked
    if (
        asked.wh not in {"who", "which"}
        or best.fact is None
        or best.argument is None
        or not best.features.get("exact")
    ):
        return []
    if (asked.wh == "which" and not asked.noun_end) or found.frame.choices:
        return []
    taken = [best]
    for c in found.candidates[1:30]:
        if (
            c.fact is None
            or c.argument is None
            or best.score - c.score > PEER_GAP
            or not c.features.get("exact")
        ):
            continue
        lemma = set(c.fact.lemmas) & set(best.fact.lemmas)
        named = c.argument.entity >= 0 and found.index.entities[c.argument.entity].proper
        if (
            lemma
            and named
            and not any(_same(found.index, c, t) for t in taken)
            and c.fact.asserted == best.fact.asserted
        ):
            taken.append(c)
    return sorted(taken[1 : MOST_PEERS + 1], key=lambda c: c.sentence)


def _listed(parts: list[str]) -> str:
    """Return parts as a list in words."""
    unique = list(dict.fromkeys(parts))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"
