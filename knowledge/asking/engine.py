"""Ask a question of the articles of a scope: normalise, frame, link, match, decide, say."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.asking import followup, render, words
from knowledge.asking.converse import is_mutual
from knowledge.asking.frame import QuestionFrame, Slot
from knowledge.asking.happenings import aspect
from knowledge.asking.happenings.events import Event, asks_event, gist, named_part, tell
from knowledge.asking.identities.ages import told_age
from knowledge.asking.identities.identified import Identity
from knowledge.asking.identities.identity import PRONOUNS, identify
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.polarity.polar import asks_polar, framed
from knowledge.asking.polarity.verdict import Verdict, alternative, decide
from knowledge.asking.ranking import weights
from knowledge.asking.ranking.candidate import Candidate
from knowledge.asking.ranking.conflicts import SAME_DEED, refuted
from knowledge.asking.ranking.features import GROUPS
from knowledge.asking.ranking.match import Matcher
from knowledge.asking.retelling import is_doing
from knowledge.asking.rewordings import plainer
from knowledge.asking.statements import speakers
from knowledge.asking.statements.speech import Quote, quoted
from knowledge.asking.terms import Linked, link
from knowledge.asking.typed.normalise import Typed, plain, read_question
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import Modality, Role, Span


@dataclass(frozen=True, slots=True)
class Considered:
    """A question looked at in one article: its frame and links, and its candidates, best first.

    `resolved` is the question as it was understood, where it leaned on another. A `settled` one has its
    finding in `given`. `chosen` are candidates to take instead of all.
    """

    typed: Typed
    frame: QuestionFrame
    linked: Linked
    index: ArticleIndex
    matcher: Matcher | None = None
    chosen: tuple[Candidate, ...] | None = None
    resolved: str = ""
    given: Finding | None = None
    settled: bool = False

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates, best first; found when first asked for, since many questions need none."""
        if self.chosen is not None:
            return self.chosen
        return self.matcher.ranked() if self.matcher is not None else ()


def consider(text: str, index: ArticleIndex, context: Sequence[str] = ()) -> Considered:
    """Return a question's candidates in one article, scored and sorted; `context` are earlier questions."""
    typed = read_question(text, index.vocabulary, index.names)
    frame = frame_of(typed, index)
    linked = link(frame, index)
    phrase = followup.about(plain(text)) if context else ""
    if not context or (not phrase and followup.stands_alone(frame, linked)):
        found = _weighed(typed, frame, linked, index)
        return _with_each_other(found) or _one_side(found) or found
    earlier = _earlier(context, index)
    if earlier is not None:
        alone = Considered(typed, frame, linked, index)
        leaning = _of_other(phrase, alone, earlier) if phrase else _leaning(text, alone, earlier)
        if leaning is not None:
            return _unlike(leaning, typed, earlier)
    found = _weighed(typed, frame, linked, index)
    said = find(found)
    if phrase or said is None:
        return found
    return replace(found, given=replace(said, confidence=said.confidence - UNFILLED), settled=True)


def _unlike(leaning: Considered, typed: Typed, earlier: followup.Earlier) -> Considered:
    """Return a follow-up without its answer where that is only the earlier one again: "who else?"."""
    low = {w.lower() for w in typed.words}
    if not earlier.answer or not (low & FURTHER or followup.elliptic(typed.words) is not None):
        return leaning
    said = find(leaning)
    told, known = said.text.lower() if said is not None else "", earlier.answer.lower()
    again = told == known or (bool(low & FURTHER) and bool(told) and (told in known or known in told))
    return replace(leaning, given=None, settled=True) if again else leaning


FURTHER = frozenset({"else", "besides"})
UNFILLED = 0.1
"""What an answer loses in confidence where nobody knows whom the question's pronoun means."""


def _with_each_other(found: Considered) -> Considered | None:
    """Return "what did A and B talk about" as "what did A talk about with B", where only that is answered."""
    frame = found.frame
    number, clause = frame.asked.clause, frame.clauses[frame.asked.clause] if frame.clauses else None
    subject = clause.slot("subject") if clause is not None else None
    if clause is None or subject is None or not any(is_mutual(v, c) for v in clause.lemmas for c in TO_EACH):
        return None
    low = [w.lower() for w in frame.words]
    at = next((i for i in range(subject.start + 1, subject.end - 1) if low[i] == "and"), -1)
    if at < 0 or any(s.case in TO_EACH for s in clause.slots):
        return None
    said = find(found)
    least = weights.load().threshold
    heads = (at - 1, subject.end - 1)
    if said is not None and said.confidence >= least and _all_told(heads, found, said):
        return replace(found, given=said, settled=True)
    one = replace(subject, end=at, head=at - 1)
    other = Slot("oblique", "with", at + 1, subject.end, subject.end - 1)
    slots = [one, *(s for s in clause.slots if s is not subject), other]
    clauses = (*frame.clauses[:number], replace(clause, slots=slots), *frame.clauses[number + 1 :])
    turned = replace(frame, clauses=clauses)
    again = _weighed(found.typed, turned, link(turned, found.index), found.index)
    said = find(again)
    sure = said is not None and said.confidence >= least and _all_told(heads, again, said)
    return replace(again, given=said if sure else None, settled=True)


def _one_side(found: Considered) -> Considered | None:
    """Return "what was the target of the siege" as "what was besieged", where only that is answered."""
    for text in plainer(found.frame):
        if found.frame.asked.gap != "topic" and _is_sure(find(found)):
            return None
        again = _asked_again([text], found.index)
        if again is not None and _is_sure(again.given):
            return replace(again, resolved="")
    return None


def _is_sure(said: Finding | None) -> bool:
    return said is not None and said.confidence >= weights.load().threshold


def _all_told(heads: Sequence[int], found: Considered, said: Finding) -> bool:
    """Tell whether the proof of a finding names everybody at these places of the question."""
    proof = 0
    for sentence in said.sentences:
        proof |= found.index.sentence_masks[sentence]
    return all(found.linked.terms[i].any & proof for i in heads if i in found.linked.terms)


TO_EACH = ("to", "with")


def _of_other(phrase: str, alone: Considered, earlier: followup.Earlier) -> Considered | None:
    """Return what "what about X" comes to: the earlier question, asked of X."""
    index = alone.index
    kind = next((index.entities[x.entity].entity.kind for x in alone.linked.links), None)
    other = followup.with_other(phrase, kind, earlier, index)
    return _asked_again([other], index) if other else None


def _leaning(text: str, alone: Considered, earlier: followup.Earlier) -> Considered | None:
    """Return what a question comes to that leans on an earlier one; None where nothing can be filled in."""
    resolved = f"{text} ({followup.joined(earlier.words)})"
    told = followup.asks_teller(alone.typed.words)
    if told is not None:
        known = _told_by(told, earlier, alone)
        return replace(alone, resolved=resolved, given=_known(known, earlier), settled=True)
    asked = followup.elliptic(alone.typed.words)
    if asked is None:
        return _asked_again(followup.rewritings(alone.frame, earlier, alone.index), alone.index)
    known = aspect.part(asked, earlier.fact, alone.index) if earlier.fact is not None else None
    if known is not None or asked.wh.startswith("how_"):
        return replace(alone, resolved=resolved, given=_known(known, earlier), settled=True)
    event = followup.same_event(asked, earlier)
    found = _weighed(alone.typed, event, earlier.linked, alone.index)
    fitting = tuple(
        c for c in found.candidates if min(c.features.get(n, 0.0) for n in ("role", "pred")) >= LEAST_FIT
    )
    return replace(found, chosen=fitting, resolved=resolved)


MEANT = 0.75
"""Confidence that a question which nothing answers is about the fact that its verb and phrases agree with."""
SURE_OF_VERB = 0.9
CLEAR = 0.8
"""Confidence from which on no other reading of a question's pronouns is tried."""
LIKELIER = 0.1
"""How much surer the answer to a less likely reading has to be."""
LEAST_FIT = 0.5
"""Least fit of role and predicate for a question that only asks for another part of an event."""


def _asked_again(texts: Sequence[str], index: ArticleIndex) -> Considered | None:
    """Return the reading of a question that is answered most surely; the likelier ones come first."""
    best: tuple[float, Considered] | None = None
    for rank, other in enumerate(texts):
        typed = read_question(other, index.vocabulary, index.names)
        frame = frame_of(typed, index)
        found = replace(_weighed(typed, frame, link(frame, index), index), resolved=other)
        said = find(found)
        found = replace(found, given=said, settled=True)
        sure = said is not None and said.confidence >= weights.load().threshold
        value = (said.confidence - LIKELIER * rank if said is not None else 0.0) + (1.0 if sure else 0.0)
        if best is None or value > best[0]:
            best = (value, found)
        if said is not None and said.confidence >= CLEAR:
            break
    return best[1] if best is not None else None


def _told_by(told: tuple[str, str], earlier: followup.Earlier, alone: Considered) -> aspect.Part | None:
    """Return who tells the earlier answer, or through what; None where that is the answer itself."""
    (asked, verb), fact = told, earlier.fact
    teller = aspect.teller(fact, alone.index, verb) if fact is not None else None
    if fact is None or teller is None:
        return None
    tellers = {a.entity for a in teller.fact.arguments if a.role is Role.AGENT} | {fact.speaker}
    if asked == "who":
        said, known = earlier.answer.lower(), teller.text.lower()
        itself = earlier.frame.asked.wh == "who" and said and (said in known or known in said)
        same = earlier.entity >= 0 and tellers == {earlier.entity, fact.speaker}
        return None if itself or same else teller
    named = {x.entity for x in alone.linked.links if x.named}
    return aspect.medium(fact, alone.index) if not named or named & tellers else None


def _known(known: aspect.Part | None, earlier: followup.Earlier) -> Finding | None:
    """Return the finding that a part of the event is which the earlier question was about."""
    if known is None:
        return None
    confidence = earlier.confidence * (0.6 + 0.4 * known.worth)
    return Finding(known.text, known.span, (known.sentence,), confidence, "part of the event", known.fact)


def _weighed(typed: Typed, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Considered:
    return Considered(typed, frame, linked, index, Matcher(frame, linked, index))


def _earlier(context: Sequence[str], index: ArticleIndex) -> followup.Earlier | None:
    """Return what the last of the earlier questions came to."""
    found = consider(context[-1], index, context[:-1])
    before = _earlier(context[-3:-1], index) if len(context) > 1 else None
    if not found.linked.terms:
        return before
    said = find(found)
    nearest = next((c for c in found.candidates if c.fact is not None and c.features.get("pred")), None)
    meant = nearest if nearest is not None and _surely_meant(nearest) else None
    earlier = followup.Earlier(
        found.frame.words,
        found.frame,
        found.linked,
        fact=meant.fact if meant is not None else None,
        near=nearest.fact if nearest is not None else None,
        confidence=MEANT,
        before=before,
    )
    sure = said is not None and said.confidence >= weights.load().threshold
    if said is None or (meant is not None and not sure):
        return earlier
    mask = index.mask_of(said.span)
    owners = [index.words[i].entity for i in index.numbers(mask) if index.words[i].entity >= 0]
    return replace(
        earlier,
        answer=said.text if sure else "",
        entity=owners[-1] if owners and said.confidence >= LEAST_FIT / 2 else -1,
        fact=_fact_of(said, found, mask) if sure else None,
        confidence=said.confidence,
    )


def _surely_meant(best: Candidate) -> bool:
    """Tell whether a question that is not answered is still about a fact: its verb and all of its phrases."""
    told = best.features
    wrong = (
        "name_conflict",
        "swap",
        "negation",
        "conditional",
        "number_conflict",
        "time_conflict",
        "antonym",
    )
    agrees = told.get("pred", 0.0) >= SURE_OF_VERB and told.get("aligned") and not told.get("generic")
    return bool(agrees) and not any(told.get(n) for n in wrong)


def _fact_of(said: Finding, found: Considered, mask: int) -> FactView | None:
    """Return the fact that a finding was told by: its own, or the one that holds most of the question."""
    if said.fact is not None:
        return said.fact
    terms = found.linked.terms.values()
    best: tuple[float, FactView] | None = None
    for number in found.index.facts_of_sentence.get(said.sentences[0], ()):
        view = found.index.facts[number]
        if number < found.index.told and view.mask & mask:
            held = sum(t.weight * t.strength(view.mask) for t in terms) - 0.01 * view.mask.bit_count()
            if best is None or held > best[0]:
                best = (held, view)
    return best[1] if best is not None else None


def frame_of(typed: Typed, index: ArticleIndex) -> QuestionFrame:
    """Return the frame of a question, tagged with what the article knows about its words."""
    return framed(typed.words, index)


def sure_features(found: Considered) -> dict[str, float]:
    """Return what the probability that the best candidate is right depends on."""
    best = found.candidates[0]
    rival = next((c for c in found.candidates[1:] if not _same(found.index, best, c)), None)
    told = best.features
    features = {name: told[name] for name in SURE if name in told}
    features |= {name: value for name, value in told.items() if ":" in name}
    group = GROUPS.get(found.frame.asked.wh, "number")
    features |= {f"{group}:{name}": told[name] for name in CONFLICTS if told.get(name)}
    features["news"] = found.index.news
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


CONFLICTS = (
    "pred_absent",
    "pred_lost",
    "event_elsewhere",
    "rival",
    "noun_missing",
    "verb_missing",
    "missing",
)
"""What speaks against a candidate more for some questions than for others."""
SURE = (
    "event_elsewhere",
    "event_known",
    "rival",
    "pred_lost",
    "modifier_lost",
    "modifier_outside",
    "modifier_name_lost",
    "thing_is",
    "thing_self",
    "thing_self_told",
    "thing_nmod",
    "thing_above",
    "deed",
    "noun_empty",
    "noun_bare",
    "kind_told",
    "list_part",
    "too_long",
    "speaker",
    "sentence_place",
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
    handled, finding = by_kind(found)
    if handled:
        return finding
    best = _best(found)
    if found.frame.asked.wh == "who" and (best is None or best.confidence < weights.load().threshold):
        teller = speakers.teller(found.frame, found.linked, found.index)
        return _given(teller, found.index) if teller is not None else best
    return best


def by_kind(found: Considered) -> tuple[bool, Finding | None]:
    """Return whether a question is of a kind that has its own way to the answer, and what that found."""
    frame, linked, matcher, index = found.frame, found.linked, found.matcher, found.index
    if found.settled:
        return True, found.given
    about = gist(frame, index)
    if about is not None:
        return True, _event(about, index)
    if not linked.terms or matcher is None:
        return True, None
    if asks_polar(frame):
        return True, _given(decide(frame, linked, matcher, index), index)
    said: Verdict | Identity | Quote | None = None
    if frame.choices and frame.asked.wh in {"who", "which", "what"}:
        said = alternative(frame, linked, index)
    said = (
        said
        or told_age(frame, linked, index)
        or identify(frame, linked, index)
        or speakers.who_said_so(frame, linked, index)
        or quoted(frame, linked, matcher, index)
    )
    if said is not None:
        return True, _given(said, index)
    away = aspect.absence(frame, linked, index)
    if away is not None:
        note = "why somebody stayed away"
        return True, Finding(away.text, away.span, (away.sentence,), away.worth, note, away.fact)
    part = named_part(frame, linked, index)
    if part is not None:
        return True, _event(part, index)
    if asks_event(frame):
        event = tell(frame, linked, matcher, index)
        return True, _event(event, index) if event is not None else None
    return False, None


def _best(found: Considered) -> Finding | None:
    """Return what the best candidate says, or None where it cannot be the answer."""
    frame, linked, index = found.frame, found.linked, found.index
    if not found.candidates:
        return None
    best = found.candidates[0]
    if ruled_out(best, found):
        return None
    told = best.argument.entity if best.argument is not None else -1
    confidence = weights.load().probability(sure_features(found))
    if confidence < speakers.SURE and not best.features.get("swap"):
        same = speakers.confirmed(frame, linked, index, told)
        confidence = speakers.SURE if same else confidence
    text, span = render.answer_words(index, best, frame)
    if _asks_name(frame) and not any(w[:1].isupper() or w[:1].isdigit() for w in text.split()):
        return None
    if frame.asked.wh in TELLING_NEWS and not frame.choices and says_nothing(text, frame):
        return None
    peers = _peers(found) if best.tier == 1 else []
    sentences = list(dict.fromkeys([best.sentence, *(c.sentence for c in peers)]))
    if peers:
        text = _listed([text, *(render.answer_words(index, c, frame)[0] for c in peers)])
    sentences += [n for n in _quoted_with(best.sentence, span, index) if n not in sentences]
    introduced = render.introduction(index, best, text)
    if introduced is not None and introduced not in sentences:
        sentences.append(introduced)
    return Finding(
        text, span, tuple(sentences[:3]), confidence, _intent(best), best.fact, best.tier, ranked=True
    )


def ruled_out(best: Candidate, found: Considered) -> bool:
    """Tell whether a question's best candidate is never said, however well it fits otherwise."""
    frame, linked = found.frame, found.linked
    told = best.argument.entity if best.argument is not None else -1
    return (
        vetoed(best, frame)
        or (found.matcher is not None and refuted(best, frame, linked, found.matcher))
        or speakers.put_in_mouth(frame, linked, found.index, told)
        or (frame.asked.wh == "who" and not frame.choices and _is_named(linked, told))
    )


def _is_named(linked: Linked, entity: int) -> bool:
    """Tell whether the question itself names an entity: who saved X is not X."""
    return any(x.named and x.entity == entity and x.strength >= SURELY_NAMED for x in linked.links)


SURELY_NAMED = 0.95


def _event(event: Event, index: ArticleIndex) -> Finding:
    text = event.text or event.span.of(index.article.text)
    return Finding(text, event.span, (event.sentence,), event.confidence, event.note, event.fact)


def _given(said: Verdict | Identity | Quote | None, index: ArticleIndex) -> Finding | None:
    """Return the finding that another module's outcome is; a "not told" of its own is none."""
    if said is None or said.note == "not told":
        return None
    fact = said.fact if isinstance(said, Verdict) else None
    quotes = isinstance(said, Quote)
    sentences = _quoted_with(said.sentence, said.span, index) if quotes else (said.sentence,)
    return Finding(said.text, said.span, sentences, said.confidence, said.note, fact)


MOST_QUOTED = 3
"""Sentences of one quotation that are shown as proof."""


def _quoted_with(sentence: int, span: Span, index: ArticleIndex) -> tuple[int, ...]:
    """Return a sentence with those that the quotation around its answer runs over."""
    around = next((q.inner for q in index.article.quotations if q.inner.covers(span)), None)
    here = index.article.sentences[sentence].span
    if around is None or (here.start <= around.start and around.end <= here.end):
        return (sentence,)
    sentences = (n for n, s in enumerate(index.article.sentences) if s.span.overlaps(around))
    near = [n for n in sentences if n == sentence or abs(n - sentence) < MOST_QUOTED - 1]
    return tuple(near[:MOST_QUOTED]) if sentence in near[:MOST_QUOTED] else (sentence,)


def _intent(best: Candidate) -> str:
    """Return which question of the article was taken to be meant: the role and the predicate."""
    if best.fact is None or best.argument is None:
        return "phrase of a sentence" if best.fact is None else f"deed: {best.fact.fact.predicate.text}"
    return f"{best.argument.role.value} of: {best.fact.fact.predicate.text}"


def vetoed(best: Candidate, frame: QuestionFrame) -> bool:
    """Tell whether the best candidate cannot be the answer, however well it fits otherwise.

    It is left out or owned by whom is asked for, could not own the thing, is no person where "who" asks for
    one, stands in a fact that has the question's phrases in each other's places, measures something else, or
    gives no reason where "why" asks for one, or the reason for what another did.
    """
    told, wh = best.features, frame.asked.wh
    if told.get("excluded") or told.get("thing_owned"):
        return True
    if wh == "who" and told.get("type_bad"):
        return True
    if told.get("not_real") and told.get("pred", 0.0) >= SAME_DEED and (wh == "who" or _only_asked_for(best)):
        return wh not in {"why", "how"}
    swapped = told.get("swap", 0.0) >= SWAPPED and told.get("pred", 0.0) >= SAME_DEED
    if swapped and wh in {"who", "what", "which", "whose"}:
        return True
    if told.get("pronoun") or (told.get("negation") and told.get("pred", 0.0) >= 0.5):
        return True
    if wh.startswith("how_") and _other_measure(best, frame):
        return True
    if wh in {"which", "how_long", "how_old"} and told.get("grain_wrong"):
        return True
    same_deed = told.get("pred", 0.0) >= SAME_DEED and not told.get("generic")
    if wh == "who" and same_deed and told.get("role", 0.0) <= OTHER_ROLE:
        return True
    if wh == "whose" and (told.get("repeats_head") or not _could_own(best)):
        return True
    if best.fact is not None and is_doing(best.fact) and _of_other_thing(best, best.fact):
        return True
    if wh == "who" and told.get("pred_absent") and told.get("repeats_head") and not frame.choices:
        return True
    if wh == "why" and told.get("other_noun") and told.get("pred", 0.0) >= SAME_DEED:
        return True
    return wh == "why" and best.tier == 1 and told.get("role", 0.0) < REASON and not told.get("clause")


def _only_asked_for(best: Candidate) -> bool:
    """Tell whether a fact tells only what somebody was asked to do."""
    return best.fact is not None and best.fact.fact.modality in {Modality.REQUESTED, Modality.ASKED}


def _of_other_thing(best: Candidate, doing: FactView) -> bool:
    """Tell whether an agent noun is said of something else: the owner of the ship does not own the quay.

    Whose a pronoun is may be read wrongly, so that there it is enough that the sentence has the thing.
    """
    things = [a for a in doing.arguments if a.role is Role.PATIENT]
    told = best.features
    good = told.get("good", 0.0)
    if any(a.lemma not in PRONOUNS for a in things):
        return bool(told.get("rival")) or good < SAID_OF
    return bool(things) and good + told.get("elsewhere", 0.0) < SAID_OF


SAID_OF = 0.3
"""Least share of the question's phrases that an agent noun has to be said of."""


def _other_measure(best: Candidate, frame: QuestionFrame) -> bool:
    """Tell whether the best candidate counts or measures something else than what "how many ..." asks."""
    told, asked = best.features, frame.asked
    if asked.wh == "how_many":
        other = told.get("how_many:moment") or told.get("how_many:money")
        return bool(told.get("no_number") or (other and not told.get("noun")))
    if asked.wh == "how_adjective" or (asked.wh == "how_much" and asked.noun):
        return bool(told.get("no_number"))
    if asked.wh == "how_much" and frame.clauses:
        priced = set(frame.clauses[asked.clause].lemmas) & PRICING or PRICING & set(frame.lemmas)
        return bool(priced) and not (told.get("how_much:money") or told.get("how_much:percent"))
    return asked.wh == "how_old" and not told.get("how_old:age")


PRICING = wordset("pricing")


def _could_own(candidate: Candidate) -> bool:
    """Tell whether a candidate may be the owner of something: no place, time or other circumstance."""
    argument = candidate.argument
    return argument is None or (
        argument.role in PARTICIPANTS and bool(argument.sorts & {"person", "organization", "group", "place"})
    )


PARTICIPANTS = {Role.AGENT, Role.PATIENT, Role.POSSESSOR, Role.RECIPIENT, Role.ATTRIBUTE, Role.BENEFICIARY}
TELLING_NEWS = {"who", "what", "which", "where", "when", "how_many"}
"""Questions whose answer has to say something that they do not say themselves."""


def _asks_name(frame: QuestionFrame) -> bool:
    """Tell whether a question asks for a name: "what is the name of the X that ..."."""
    low = [w.lower() for w in frame.words]
    return frame.asked.wh in {"what", "topic"} and "name" in low[:6] and "of" in low


def says_nothing(text: str, frame: QuestionFrame) -> bool:
    """Tell whether an answer only repeats the question's words, or stands for something unsaid."""
    said = [w for w in re.findall(r"[\w'’-]+", text) if w not in words.STOP or w.isupper()]
    known = {w.lower() for w in frame.words} | {lemma.lower() for lemma in frame.lemmas}
    return all(w.lower() in known or lexicon.lemma(w.lower(), "NOUN") in known for w in said)


SWAPPED = 0.6
"""Share of the question's phrases that stand in each other's places from which on nothing is told."""
OTHER_ROLE = -0.4
"""Fit of a role from which on down its bearer is somebody else in the very deed: a buyer is no seller."""
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
            or not c.parts[-1].get("exact")
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
