"""What somebody said: on what, in which words, and how a sentence that the question begins goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking import render, words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.happenings.events import clause_span
from knowledge.asking.identities.offices import holders, post_of
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.ranking.match import Matcher
from knowledge.asking.terms import Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Quotation, Role, Span

SAYING = frozenset(
    [
        "say",
        "tell",
        "state",
        "write",
        "post",
        "tweet",
        "comment",
        "remark",
        "mention",
        "talk",
        "speak",
        "quote",
        "add",
        "reply",
        "respond",
        "claim",
        "declare",
    ]
)
"""Verbs that ask for anything that somebody said."""
WITH_OBJECTS = wordset("quoting_object")
"""Verbs whose object is not what was said: "called the vote", "wrote the software"."""
MANNER_OF_SAYING = frozenset(
    [
        "warn",
        "announce",
        "explain",
        "emphasise",
        "emphasize",
        "stress",
        "reiterate",
        "insist",
        "argue",
        "predict",
        "promise",
        "vow",
        "suggest",
        "admit",
        "deny",
        "acknowledge",
        "note",
        "report",
        "confirm",
        "disclose",
        "reveal",
        "allege",
        "complain",
        "demand",
        "urge",
        "recommend",
        "propose",
        "call",
        "pledge",
        "swear",
        "believe",
        "think",
        "hope",
        "fear",
    ]
)
"""Verbs that ask for what was said in just that way."""
WORDS_SAID = frozenset(
    [
        "word",
        "phrase",
        "expression",
        "term",
        "quote",
        "quotation",
        "statement",
        "comment",
        "remark",
        "sentence",
        "reaction",
        "response",
        "message",
    ]
)
NEUTRAL = SAYING | {"report", "note", "think", "believe", "reveal", "disclose"}
"""Verbs that say nothing of the manner: what somebody is quoted with "according to" may be asked by them."""
THINGS_SAID = frozenset({"this", "that", "it", "they", "them", "these", "those"})
REASONS = frozenset({"reason", "explanation", "excuse", "justification", "ground", "motive"})
CALLING = wordset("calling_verb")
GIVING = frozenset({"give", "cite", "offer", "provide", "state", "name", "have"})
CITING = frozenset({"cite", "blame", "invoke", "plead"})
GOING_ON = frozenset({"end", "finish", "continue", "complete", "conclude", "go"})
LONGEST = 34
"""Words of a quotation given as an answer."""
SHORTEST_RUN = 3
"""Words that a quotation to be completed must share with the article."""
COVERED = 0.5
"""Least share of the topic's weight that the words said, or their sentence, must hold."""
ABOUT = frozenset({"about", "on", "regarding", "concerning", "over", "of", "as"})
DEICTIC = frozenset({"it", "this", "that", "they", "them", "these", "those", "he", "she"})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said: text, span, sentence and a confidence.

    The note "not told" (with confidence 0) says that the article gives none.
    """

    text: str
    span: Span
    sentence: int
    confidence: float
    note: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said: who says it (entity or words), its words, the verb's fact, and if between marks."""

    speaker: int
    speaker_mask: int
    span: Span
    mask: int
    sentence: int
    fact: FactView | None
    direct: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Request:
    """Whose words are asked for, on which terms, by which clause's verb (-1: any), and if the very words are.

    `around` are terms that tell when, where or to whom it was said.
    """

    speaker: Slot
    topic: tuple[Term, ...]
    clause: int
    exact: bool
    around: tuple[Term, ...] = ()


def quoted(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Quote | None:
    """Return the words that a question asks somebody's speech for, or None where it asks for no words.

    A Quote with the note "not told" and confidence 0 says that the article gives none of them.
    """
    completed = _completed(frame, index)
    if completed is not None:
        return completed
    cited = _cited(frame, linked, index)
    if cited is not None:
        return cited
    called = _called(frame, linked, index)
    if called is not None:
        return called
    request = _request(frame, linked)
    if request is None:
        return None
    return _said(request, linked, matcher, index)


# -- completion ------------------------------------------------------------------------------------------


def _completed(frame: QuestionFrame, index: ArticleIndex) -> Quote | None:
    """Return how a sentence goes on that the question begins between quotation marks or dots."""
    low = [w.lower() for w in frame.words]
    marks = [i for i, w in enumerate(low) if w in {'"', "“", "”", "'"}]
    asks_rest = bool(GOING_ON & set(low) or {"ends", "rest", "fill"} & set(low))
    if not asks_rest or (len(marks) < 2 and not {"sentence", "quote", "quotation", "line"} & set(low)):
        return None
    start, end = (marks[0] + 1, marks[-1]) if len(marks) > 1 else (0, len(low))
    given = [words.fold(w) for w in low[start:end] if any(c.isalnum() for c in w)]
    places = [i for i, w in enumerate(index.words) if w.upos != "PUNCT"]
    told = [words.fold(index.words[i].text) for i in places]
    run, last = _longest_run(given, told, to_end=len(marks) > 1)
    if run < SHORTEST_RUN or (len(marks) < 2 and run < SHORTEST_RUN + 1):
        return None
    word = index.words[places[last]]
    rest = Span(word.end, _end_of_speech(index, word.end, word.sentence))
    rest = render.tidy(index.article.text, rest) if rest.start < rest.end else rest
    if not any(c.isalnum() for c in rest.of(index.article.text)):
        return None
    return Quote(rest.of(index.article.text), rest, word.sentence, 0.9, "completion")


def _longest_run(given: list[str], told: list[str], to_end: bool) -> tuple[int, int]:
    """Return the length of the longest shared run of words and where it ends in the article."""
    best, where = 0, -1
    before = [0] * (len(told) + 1)
    for number, word in enumerate(given):
        row = [0] * (len(told) + 1)
        for i, other in enumerate(told):
            if word == other:
                row[i + 1] = before[i] + 1
                if row[i + 1] > best and (not to_end or number == len(given) - 1):
                    best, where = row[i + 1], i
        before = row
    return best, where


def _end_of_speech(index: ArticleIndex, start: int, sentence: int) -> int:
    """Return where the quotation around an offset ends, or else its sentence."""
    end = index.article.sentences[sentence].span.end
    for quotation in index.article.quotations:
        if quotation.inner.start <= start < quotation.inner.end:
            return min(end, quotation.inner.end)
    return end


def _cited(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Quote | None:
    """Return what somebody cites as a reason or blames for something."""
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    speaker = clause.slot("subject") if clause is not None else None
    if clause is None or speaker is None or clause.passive:
        return None
    reason = asked.wh == "which" and asked.noun in REASONS and bool(set(clause.lemmas) & GIVING)
    blames = "blame" in clause.lemmas and asked.gap == "object" and asked.wh in {"what", "who"}
    if not reason and not blames:
        return None
    away = {clause.verb, *range(asked.noun_start, asked.noun_end)}
    topic = _topic(linked, speaker, away)
    theirs = [u.mask for u in by_speaker(frame, speaker, linked, index)]
    known = _entities(frame, speaker, linked, index)
    for view in index.facts[: index.told]:
        verbs = set(view.lemmas) & ({"blame"} if blames else CITING)
        doers = {a.entity for a in view.arguments if a.role is Role.AGENT and a.entity >= 0}
        around = index.sentence_masks[view.sentence]
        if not verbs or view.fact.negated or any(t.strength(around) < 0.5 for t in topic):
            continue
        if not doers & known and not any(view.predicate_mask & ~m == 0 for m in theirs):
            continue
        named = [a for a in view.arguments if a.case == "on"] if "blame" in verbs else []
        named = named or [a for a in view.arguments if a.role in {Role.PATIENT, Role.CONTENT}]
        if named:
            span = render.tidy(index.article.text, named[0].argument.span)
            return Quote(span.of(index.article.text), span, view.sentence, 0.8, "cited")
    return None


def _called(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Quote | None:
    """Return what somebody calls something, or how they describe it."""
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if clause is None or clause.passive or asked.wh not in {"what", "how"} or len(frame.clauses) > 1:
        return None
    speaker, thing = clause.slot("subject"), clause.slot("object")
    if speaker is None or thing is None or not set(clause.lemmas) & CALLING:
        return None
    known = _entities(frame, speaker, linked, index)
    terms = [t for i, t in linked.terms.items() if thing.start <= i < thing.end]
    for view in index.facts[: index.told]:
        what = next((a for a in view.arguments if a.role is Role.PATIENT), None)
        words_used = next((a for a in view.arguments if a.role is Role.ATTRIBUTE), None)
        doers = {a.entity for a in view.arguments if a.role is Role.AGENT and a.entity >= 0}
        if not set(view.lemmas) & CALLING or view.fact.negated or not doers & known:
            continue
        if what is not None and words_used is not None and all(t.strength(what.mask) >= 0.6 for t in terms):
            span = _whole_quotation(words_used.argument.span, index)
            return Quote(span.of(index.article.text), span, view.sentence, 0.88, "called")
    return _silence(index) if known and asked.gap == "second" else None


def _whole_quotation(span: Span, index: ArticleIndex) -> Span:
    """Return a span, or the quotation that it begins."""
    quotations = (q.inner for q in index.article.quotations if q.inner.start == span.start)
    inner = next(quotations, span)
    return render.tidy(index.article.text, inner if inner.end > span.end else span)


# -- what is asked ---------------------------------------------------------------------------------------


def _request(frame: QuestionFrame, linked: Linked) -> Request | None:
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if asked.wh == "topic" or clause is None:
        return _named_words(frame, linked) if asked.wh in {"topic", "what"} else None
    speaker = clause.slot("subject")
    wants_words = asked.wh == "which" and asked.noun in WORDS_SAID
    if (
        wants_words
        and speaker is not None
        and asked.gap in {"object", "second", "oblique"}
        and not clause.passive
    ):
        away = {clause.verb, *range(asked.noun_start, asked.noun_end)}
        away |= {
            c.verb
            for c in frame.clauses
            if {"describe", "call", "refer", "characterise", "characterize"} & set(c.lemmas)
        }
        return Request(speaker, _topic(linked, speaker, away), -1, True)
    if asked.wh != "what":
        return None
    if asked.gap in {"object", "second"} and speaker is not None and not clause.passive and _says(clause):
        aside = _aside(frame, clause)
        said_with = tuple(t for t in _topic(linked, speaker, {clause.verb}) if t.at in aside)
        return Request(
            speaker, _topic(linked, speaker, {clause.verb} | aside), asked.clause, False, said_with
        )
    if clause.link == "that" and clause.parent is not None and "do" in clause.lemmas:
        host = frame.clauses[clause.parent]
        if _says(host) and (speaker := host.slot("subject")) is not None:
            return Request(speaker, _topic(linked, speaker, {clause.verb, host.verb}), clause.parent, False)
    cited = next((c for c in frame.clauses if c.passive and set(c.lemmas) & {"quote", "cite"}), None)
    if cited is not None and (speaker := cited.slot("subject")) is not None:
        away = {c.verb for c in frame.clauses if _says(c)} | {cited.verb}
        return Request(speaker, _topic(linked, speaker, away), -1, False)
    return _possessed_words(frame, linked, clause)


def _says(clause: Clause) -> bool:
    return bool(set(clause.lemmas) & (SAYING | MANNER_OF_SAYING))


def _topic(linked: Linked, speaker: Slot, away: set[int]) -> tuple[Term, ...]:
    return tuple(t for i, t in linked.terms.items() if not speaker.start <= i < speaker.end and i not in away)


def _aside(frame: QuestionFrame, clause: Clause) -> set[int]:
    """Return the words that tell when, where or to whom something was said, not what about."""
    aside: set[int] = set()
    topical = False
    for slot in sorted([*clause.slots, *frame.loose], key=lambda s: s.start):
        medium = slot.case == "on" and lexicon.noun_classes(frame.lemmas[slot.head]) & {
            "artifact",
            "time",
            "communication",
        }
        topical = topical or (slot.case in ABOUT and not medium) or (slot.kind == "loose" and not slot.case)
        if not topical and slot.kind in {"oblique", "object", "second", "adverb"}:
            aside.update(range(slot.start, slot.end))
    for other in frame.clauses:
        if other.link in {"after", "before", "when", "while", "during", "since"}:
            aside.update(range(other.start, max(other.end, other.verb + 1)))
    return aside


def _possessed_words(frame: QuestionFrame, linked: Linked, clause: Clause) -> Request | None:
    """Read "what was X's reaction to Y"."""
    slot = clause.slot("subject", "complement")
    if not clause.copular or slot is None:
        return None
    return _owned(frame, linked, slot)


def _owned(frame: QuestionFrame, linked: Linked, slot: Slot) -> Request | None:
    """Read "X's words (about Y)" and "the words of X"."""
    for i in range(slot.start, slot.end):
        if frame.lemmas[i] not in WORDS_SAID or frame.tags[i] not in {"NOUN", "PROPN", "X"}:
            continue
        low = [w.lower() for w in frame.words]
        if i - slot.start >= 2 and low[i - 1] == "'s":
            owner = Slot("subject", "", slot.start, i - 1, i - 2)
        elif i + 1 < slot.end and low[i + 1] in {"of", "from", "by"}:
            owner = Slot("subject", "", i + 2, slot.end, slot.end - 1)
        else:
            continue
        return Request(owner, _topic(linked, owner, {i}), -1, False)
    return None


def _named_words(frame: QuestionFrame, linked: Linked) -> Request | None:
    """Read "X's words about Y" and bare "X statement" without a verb."""
    for slot in frame.loose:
        found = _owned(frame, linked, slot)
        if found is not None:
            away = {s.start for s in frame.loose if frame.tags[s.start].startswith("VB")}
            return Request(found.speaker, tuple(t for t in found.topic if t.at not in away), -1, False)
    at = next(
        (
            i
            for i, x in enumerate(frame.lemmas)
            if x in {"statement", "quote", "quotation", "remark", "comment"}
        ),
        None,
    )
    if at is None or frame.clauses:
        return None
    for x in linked.links:
        if x.named and x.end <= at:
            owner = Slot("subject", "", x.start, x.end, x.end - 1)
            return Request(owner, _topic(linked, owner, {at}), -1, False)
    return None


# -- what was said ---------------------------------------------------------------------------------------


def utterances(index: ArticleIndex) -> tuple[Utterance, ...]:
    """Return everything that the article says somebody said, in its order by kind, found once."""
    if index.utterances is None:
        index.utterances = tuple(_utterances(index))
    return index.utterances


def _utterances(index: ArticleIndex) -> Iterator[Utterance]:
    for quotation in index.article.quotations:
        yield from _from_quotation(quotation, index)
    for view in index.facts[: index.told]:
        if (
            view.fact.kind is FactKind.VERB
            and not view.fact.negated
            and set(view.lemmas) & (SAYING | MANNER_OF_SAYING)
        ):
            yield from _from_fact(view, index)
        elif (
            view.fact.attribution is not None
            and view.fact.attribution.cue_lemma == "according to"
            and (
                view.fact.part_of is None
                and view.fact.kind in {FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL}
            )
        ):
            span = clause_span(index, view)
            yield Utterance(
                view.speaker, view.speaker_mask, span, index.mask_of(span), view.sentence, view, False, True
            )


def _from_quotation(quotation: Quotation, index: ArticleIndex) -> Iterator[Utterance]:
    mask = index.mask_of(quotation.inner)
    speaker = quotation.speaker if quotation.speaker is not None else _attributed(mask, index)
    said_by = index.mask_of(quotation.speaker_span) if quotation.speaker_span is not None else 0
    for number, around in enumerate(index.sentence_masks):
        part = mask & around
        if part:
            yield Utterance(
                speaker, said_by, render.span_of(index, part), part, number, None, True, quotation.whole
            )


def _attributed(mask: int, index: ArticleIndex) -> int:
    """Return who is told to say a fact that lies within the words, or -1."""
    around = [v for v in index.facts[: index.told] if v.speaker >= 0 and v.mask & mask]
    best = min(around, key=lambda v: (v.mask & ~mask).bit_count(), default=None)
    return best.speaker if best is not None else -1


def _from_fact(view: FactView, index: ArticleIndex) -> Iterator[Utterance]:
    doer = next((a for a in view.arguments if a.role in {Role.AGENT, Role.MEDIUM}), None)
    said = [a for a in view.arguments if a.role is Role.CONTENT] or [
        a
        for a in view.arguments
        if a.role in {Role.PATIENT, Role.TOPIC}
        and not view.fact.predicate.passive
        and not (a.role is Role.PATIENT and set(view.lemmas) & WITH_OBJECTS)
    ]
    if doer is None or not said:
        return
    told = max(said, key=lambda a: a.mask.bit_count())
    if told.mask:
        mask = told.mask | _cut_subject(view, told, index)
        span = render.span_of(index, mask)
        whole = told.role is Role.CONTENT
        yield Utterance(doer.entity, doer.mask, span, mask, view.sentence, view, False, whole)


def _cut_subject(view: FactView, told: ArgumentView, index: ArticleIndex) -> int:
    """Return the beginning of a clause that its "she said" cuts off: "The roads, she said, were dry"."""
    verb = view.predicate_mask.bit_length() - 1
    host = index.words[verb].head
    if index.words[verb].deprel != "parataxis" or host < 0 or not told.mask >> host & 1:
        return 0
    subjects = (c for c in index.children[host] if index.words[c].deprel.split(":")[0] in {"nsubj", "expl"})
    return sum(index.subtree(c) for c in subjects if c < verb and not told.mask >> c & 1)


def by_speaker(frame: QuestionFrame, slot: Slot, linked: Linked, index: ArticleIndex) -> list[Utterance]:
    """Return what the one whom a phrase of the question names says in the article."""
    covering = [x for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end]
    known = _entities(frame, slot, linked, index)
    terms = [t for i, t in linked.terms.items() if slot.start <= i < slot.end]
    found = []
    for said in utterances(index):
        owner = said.speaker_mask | (index.entities[said.speaker].mask if said.speaker >= 0 else 0)
        told = said.speaker in known if said.speaker >= 0 else False
        if told or (not any(x.named for x in covering) and _all_in(terms, owner)):
            found.append(said)
    return found


def _entities(frame: QuestionFrame, slot: Slot, linked: Linked, index: ArticleIndex) -> set[int]:
    """Return whom a phrase of the question names or describes."""
    covering = [x for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end]
    return {x.entity for x in covering} or _in_post(frame, slot, linked, index)


def _in_post(frame: QuestionFrame, slot: Slot, linked: Linked, index: ArticleIndex) -> set[int]:
    """Return the one who holds the post that a phrase names, or none."""
    post = post_of(frame, linked, slot, index)
    found = holders(post, linked, index) if post is not None else {}
    best = [e for e, s in found.items() if s >= max(found.values())]
    return set(best) if len(best) == 1 else set()


def _all_in(terms: list[Term], mask: int) -> bool:
    """Tell whether all words that the article knows, and one at least, are among the masked."""
    held = [t.strength(mask) >= 0.8 for t in terms if t.any]
    return bool(held) and all(held)


def about(said: Utterance, topic: tuple[Term, ...], index: ArticleIndex) -> tuple[float, float]:
    """Return the topic's share in the words said, and in their sentence or what they point back to."""
    topic = tuple(t for t in topic if not t.any & said.speaker_mask)
    if not topic:
        return 1.0, 1.0
    total = sum(t.weight for t in topic) or 1.0
    inside = sum(t.weight * t.strength(said.mask) for t in topic) / total
    around = index.sentence_masks[said.sentence]
    points_back = any(index.words[i].text.lower() in DEICTIC for i in index.numbers(said.mask))
    if said.sentence > 0 and (points_back or _carries_on(said, index)):
        around |= index.sentence_masks[said.sentence - 1]
    return inside, sum(t.weight * t.strength(around) for t in topic) / total


def _carries_on(said: Utterance, index: ArticleIndex) -> bool:
    """Tell whether words between marks follow a sentence of the same paragraph on their speaker."""
    if not said.direct or said.speaker < 0:
        return False
    here, before = index.article.sentences[said.sentence], index.article.sentences[said.sentence - 1]
    told = bool(index.sentence_masks[said.sentence - 1] & index.entities[said.speaker].mask)
    return here.paragraph == before.paragraph and told


def _said(request: Request, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Quote | None:
    found = by_speaker(matcher.frame, request.speaker, linked, index)
    named = any(x.named for x in linked.entities(request.speaker.start, request.speaker.end))
    if not found:
        return _silence(index) if named and request.clause >= 0 else None
    best: tuple[float, float, Utterance] | None = None
    for order, said in enumerate(found):
        value, held = _worth(said, request, matcher, index)
        if held > 0 and (best is None or value - 0.001 * order > best[0]):
            best = (value - 0.001 * order, held, said)
    if best is None:
        manner = request.clause >= 0 and set(matcher.frame.clauses[request.clause].lemmas) & MANNER_OF_SAYING
        return _silence(index) if manner and named and not request.topic else None
    span = _whole_speech(best[2], index) if not request.topic else _readable(best[2], index)
    confidence = 0.55 + 0.35 * best[1] if request.topic else 0.88
    return Quote(
        span.of(index.article.text),
        span,
        best[2].sentence,
        confidence,
        "said about" if request.topic else "said",
    )


def _whole_speech(said: Utterance, index: ArticleIndex) -> Span:
    """Return the words said with the rest of the quotation around them, if they are short enough."""
    around = next((q.inner for q in index.article.quotations if q.inner.covers(said.span)), None)
    if around is None:
        return _readable(said, index)
    whole = render.tidy(index.article.text, around)
    return whole if len(whole.of(index.article.text).split()) <= LONGEST else _readable(said, index)


def _silence(index: ArticleIndex) -> Quote:
    return Quote("", index.article.sentences[0].span, 0, 0.0, "not told")


def _worth(said: Utterance, request: Request, matcher: Matcher, index: ArticleIndex) -> tuple[float, float]:
    """Return how well something said fits the request, and its share of the topic (0: it does not fit)."""
    length = said.mask.bit_count()
    if length == 1 and index.words[said.mask.bit_length() - 1].upos in {"PRON", "DET"}:
        return 0.0, 0.0  # "what they had demanded", "said it": the words are not there
    value = 0.0 if request.exact else 0.3 * min(1.0, length / 12) + 0.2 * said.direct + 0.1 * said.whole
    if request.clause >= 0:
        lemmas = set(matcher.frame.clauses[request.clause].lemmas)
        strength = matcher.predicate_strength(request.clause, said.fact)[0] if said.fact is not None else 0.0
        by_report = said.fact is not None and said.fact.fact.kind is not FactKind.VERB
        plain = bool(lemmas & (NEUTRAL if by_report or _credited(said) else SAYING))
        if not plain and strength < 0.5:
            return 0.0, 0.0
        value += 0.3 * strength
    if request.exact and not said.direct:
        return 0.0, 0.0
    if request.around:
        nearby = index.sentence_masks[said.sentence] | index.sentence_masks[max(0, said.sentence - 1)]
        if any(t.name and not t.any & nearby for t in request.around):
            return 0.0, 0.0
        total = sum(t.weight for t in request.around)
        value += (
            0.8
            * sum(t.weight * t.strength(index.sentence_masks[said.sentence]) for t in request.around)
            / total
        )
    if not request.topic:
        return value, 1.0
    inside, around = about(said, request.topic, index)
    points_back = any(index.words[i].text.lower() in THINGS_SAID for i in index.numbers(said.mask))
    if inside < COVERED and (around < 0.75 or (inside <= 0 and not said.direct and not points_back)):
        return 0.0, 0.0
    everywhere = index.sentence_masks[said.sentence]
    if any(t.name and not t.any & (everywhere | said.speaker_mask) and inside < 0.8 for t in request.topic):
        return 0.0, 0.0
    return value + 1.5 * inside + 0.5 * around, max(inside, (0.8 if inside else 0.5) * around)


def _credited(said: Utterance) -> bool:
    """Tell whether something is told "according to" somebody."""
    source = said.fact.fact.attribution if said.fact is not None else None
    return source is not None and source.cue_lemma == "according to"


def _readable(said: Utterance, index: ArticleIndex) -> Span:
    """Return the words said without marks at the edges, cut at a clause where they are too many."""
    text = index.article.text
    span = render.tidy(text, said.span)
    if len(span.of(text).split()) <= LONGEST:
        return span
    cut = " ".join(span.of(text).split()[:LONGEST])
    short = Span(span.start, min(span.end, span.start + len(cut)))
    comma = max(short.of(text).rfind(mark) for mark in (", ", "; ", " – "))
    return render.tidy(text, Span(span.start, span.start + comma) if comma > len(cut) // 2 else short)
