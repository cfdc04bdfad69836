"""Yes, no or not told: what a fact says to a yes/no question, and which of two alternatives it names.

The question's words are made plain (`polar`), read as an event (`readings`) and held against every fact
that tells of it or of its opposite (`opposites`, `judge`). Every phrase found in its place (`places`):
yes, or no where the article says that it is not so (`stance`) or says the opposite. One phrase with
another number, time, modifier, or name where only one can stand: no. Everything else is not told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex
from knowledge.asking.polarity import polar
from knowledge.asking.polarity.judge import judged
from knowledge.asking.polarity.polar import Claim, Option
from knowledge.asking.polarity.ruling import CONFIDENCE, Verdict
from knowledge.asking.polarity.stance import WANTING
from knowledge.asking.polarity.titles import titled
from knowledge.asking.ranking.match import Matcher
from knowledge.asking.statements import speech
from knowledge.asking.terms import Linked, Term
from knowledge.model import Span

__all__ = ["Verdict", "alternative", "decide"]

LONGEST_QUOTED = 24
"""Words of a quotation that are said after yes."""
MENTIONING = frozenset({"mention", "bring up", "raise", "address", "touch"})
INDEFINITE = frozenset({"anything", "something", "nothing", "everything"})


def decide(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Verdict | None:
    """Return the verdict on a yes/no question, or None where the article does not tell."""
    choices = polar.options(frame.words, index)
    if choices is not None:
        return _choose(choices, index)
    asked = polar.claim(frame.words, index)
    said = _confirm(asked, index)
    return said if said is None or said.said != "Yes" or _whole(asked, said, index) else None


def _whole(asked: Claim, said: Verdict, index: ArticleIndex) -> bool:
    """Tell whether a yes is to all that was asked: to every name, and to a deed, not to the wish for it."""
    mask = index.sentence_masks[said.sentence]
    lemmas: frozenset[str] = frozenset()
    if said.fact is not None:
        mask |= said.fact.mask | said.fact.speaker_mask
        predicate = said.fact.fact.predicate.span
        if said.fact.speaker >= 0:
            mask |= index.entities[said.fact.speaker].mask
        if any(q.inner.covers(predicate) for q in index.article.quotations):
            mask |= index.sentence_masks[max(0, said.sentence - 1)]  # a quotation goes on over sentences
        lemmas = frozenset(said.fact.lemmas)
    if any(t.name and not t.any & mask for t in asked.linked.terms.values()):
        return False
    return not lemmas & WANTING or bool(WANTING & set(asked.frame.lemmas))


def alternative(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    """Return which of two alternatives fills the gap of a wh-question: "who fell, X or Y?"."""
    if len(frame.choices) != 2 or not frame.clauses or frame.asked.gap not in {"subject", "object"}:
        return None
    clause = frame.clauses[frame.asked.clause]
    asked = [
        Claim(
            replace(frame, choices=(), clauses=_with(frame, clause, replace(c, kind=frame.asked.gap))), linked
        )
        for c in frame.choices
    ]
    verdicts = [judged(a, frame.asked.clause, index) for a in asked]
    return _pick([frame.text(c) for c in frame.choices], verdicts)


def _with(frame: QuestionFrame, clause: Clause, slot: Slot) -> tuple[Clause, ...]:
    filled = replace(clause, slots=[*clause.slots, slot])
    return tuple(filled if c is clause else c for c in frame.clauses)


def _choose(choices: tuple[Option, Option], index: ArticleIndex) -> Verdict | None:
    """Return the alternative that alone holds, or the one whose rival does not."""
    claims = [polar.claim(c.asked, index) for c in choices]
    verdicts = [_confirm(c, index) for c in claims]
    texts = [c.text for c in choices]
    return _pick(texts, verdicts) or _beside(texts, claims, index)


def _pick(texts: list[str], verdicts: list[Verdict | None]) -> Verdict | None:
    """Return the alternative with a yes; both may have one, then the surer; or the one beside a no."""
    one, two = verdicts
    said = [v.said if v is not None else "" for v in verdicts]
    chosen = -1
    if one is not None and two is not None and said[0] == said[1]:
        apart = one.confidence - two.confidence
        chosen = -1 if abs(apart) < 0.02 or said[0] == "No" else int(apart < 0)
    elif "Yes" in said:
        chosen = said.index("Yes")
    else:
        opposite = [v is not None and v.note == "opposite" for v in verdicts]
        chosen = 1 - opposite.index(True) if opposite.count(True) == 1 else -1
    if chosen < 0:
        return None
    proof = verdicts[chosen] or verdicts[1 - chosen]
    if proof is None:
        return None
    sure = min(CONFIDENCE["choice"], proof.confidence)
    return Verdict(texts[chosen], proof.span, proof.sentence, sure, proof.fact, "choice")


def _beside(texts: list[str], claims: list[Claim], index: ArticleIndex) -> Verdict | None:
    """Return the one alternative that stands in a sentence with everything else that the question names."""
    terms = [list(c.linked.terms.values()) for c in claims]
    own = {w.lower() for t in texts for w in t.split()}
    common = {t.text for t in terms[0]} - own
    rest = [t for t in terms[0] if t.text in common and t.tag != "ADV" and t.lemma not in words.GENERIC_VERBS]
    total = sum(t.weight for t in rest)
    near = [sum(t.weight for t in rest if t.any & mask) for mask in index.sentence_masks]
    for number in sorted(range(len(near)), key=lambda n: -near[n]):
        mask = index.sentence_masks[number]
        if not rest or near[number] < 0.5 * total or any(t.name and not t.any & mask for t in rest):
            continue
        text = index.article.sentences[number].span.of(index.article.text)
        held = [
            _share(ts, common, mask) * 0.5 + 0.5 * _written(t, text)
            for ts, t in zip(terms, texts, strict=True)
        ]
        if abs(held[0] - held[1]) >= 0.3 and max(held) >= 0.4:
            return _written_there(texts[int(held[1] > held[0])], number, index)
    return _only_one(texts, terms, index) if not rest else None


def _only_one(texts: list[str], terms: list[list[Term]], index: ArticleIndex) -> Verdict | None:
    """Return the one of two bare alternatives that a sentence has all words of: "3 days or a week"."""
    shares = [[_share(ts, set(), mask) for mask in index.sentence_masks] for ts in terms]
    best = [max(s, default=0.0) for s in shares]
    for chosen in (0, 1):
        if len(terms[chosen]) > 1 and best[chosen] > 0.99 and best[1 - chosen] <= 0.6:
            return _written_there(texts[chosen], shares[chosen].index(best[chosen]), index)
    return None


def _written_there(text: str, sentence: int, index: ArticleIndex) -> Verdict:
    span = index.article.sentences[sentence].span
    return Verdict(text, span, sentence, CONFIDENCE["choice beside"], None, "choice")


def _share(terms: list[Term], common: set[str], mask: int) -> float:
    """Return the share of an alternative's own words, by weight, that stand in a sentence."""
    own = [t for t in terms if t.text not in common]
    return sum(t.weight for t in own if t.exact & mask) / (sum(t.weight for t in own) or 1.0)


def _written(phrase: str, text: str) -> bool:
    """Tell whether a text has a phrase in any case, its words joined by spaces or hyphens."""
    pattern = r"\b" + r"[\s-]+".join(re.escape(w) for w in phrase.split()) + r"\b"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _confirm(claim: Claim, index: ArticleIndex) -> Verdict | None:
    """Return yes or no to a claim, or None where the article tells neither."""
    frame, linked = claim.frame, claim.linked
    if not frame.clauses or not linked.terms:
        return None
    spoken = _spoken(frame, linked, index)
    if spoken is not None:
        return spoken
    clause = frame.clauses[0]
    if clause.copular and len(frame.clauses) == 1:
        found = titled(clause, linked, index, frame)
        if found is not None:
            return found
    return judged(claim, None, index) or _counted(frame, linked, index)


def _counted(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    """Deny a number by the sentence that has everything else, where its fact was not read as one."""
    terms = list(linked.terms.values())
    for number, counted in pairwise(terms):
        if not number.number or counted.number or frame.negated or len(terms) < 4:
            continue
        for sentence, here in enumerate(index.sentence_masks):
            if number.any & here or any(t.strength(here) < 0.8 for t in terms if t is not number):
                continue
            for at in index.numbers(counted.exact & here):
                told = [c for c in range(max(0, at - 2), at) if index.words[c].upos == "NUM"]
                if told:
                    span = Span(index.words[told[0]].start, index.words[at].end)
                    count = span.of(index.article.text)
                    return Verdict("No", span, sentence, CONFIDENCE["counted"], None, "counted", count)
    return None


def _spoken(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    """Judge "did X say anything about Y"."""
    clause = frame.clauses[0]
    speaker, what = clause.slot("subject"), clause.slot("object")
    mentions = f"{clause.lemmas[0]} {clause.particle}".strip() in MENTIONING
    indefinite = what is not None and frame.words[what.head].lower() in INDEFINITE
    if speaker is None or what is None or not (indefinite or mentions):
        return None
    topic = tuple(
        t
        for s in clause.slots
        if s.kind == ("object" if mentions else "oblique")
        for i, t in linked.terms.items()
        if s.start <= i < s.end
    )
    if not (mentions or set(clause.lemmas) & speech.SAYING) or not topic:
        return None
    best: tuple[float, speech.Utterance] | None = None
    for said in speech.by_speaker(frame, speaker, linked, index):
        inside, _ = speech.about(said, topic, index)
        if inside >= 0.6 and (best is None or inside > best[0]):
            best = (inside, said)
    if best is None:
        return None
    told = " ".join(best[1].span.of(index.article.text).split()[:LONGEST_QUOTED])
    return Verdict(
        "Yes", best[1].span, best[1].sentence, CONFIDENCE["said about"], best[1].fact, "said about", told
    )
