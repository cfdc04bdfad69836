"""What happened, and bare keywords: the clause of the article that tells most of what was named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.asking import render, words
from knowledge.asking.frame import Asked, Clause, QuestionFrame, Slot
from knowledge.asking.grammar.sets import QUESTION_WORDS
from knowledge.asking.happenings.aspect import THIN, part
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.ranking.match import Matcher
from knowledge.asking.ranking.moments import moments
from knowledge.asking.ranking.phrases import noun_sorts
from knowledge.asking.terms import Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.model import FactKind, Relation, Role, Span

HAPPENING = {"happen", "occur", "go", "transpire", "unfold"}
MOST_WORDS = 30
"""Longest clause given as an answer, in words (issue 3 of 5)."""
COVERED = 0.72
"""Least share of the named words' weight that the clause's sentence must hold."""
LOOSELY = 0.25
"""What it costs in confidence that nothing tells outright what somebody went through."""
LOOSELY_COVERED = 0.6
"""The same where the article has the other words elsewhere."""
SPARED = 4
"""Keywords from which on one may be unknown to the article."""
VAGUE = frozenset(
    ["thing", "stuff", "situation", "story", "matter", "deal", "case", "news", "info", "information",
     "detail", "event", "incident", "drama", "business", "topic", "subject", "update", "summary", "affair"]
)  # fmt: skip
"""Nouns that name anything, and so nothing that the article has to hold: "the X thing"."""
UNDERGOING = wordset("undergoing_verb")
"""Verbs whose subject is the one that something happens to: "the team lost its captain"."""
KEYWORDS = {
    noun: wh
    for wh in ("when", "where", "why", "how_much", "how_many", "how_long", "who")
    for noun in wordset(f"asks_{wh}")
}
"""The wh-word that a keyword asks with: "vote date" is "when is the vote"."""
SURELY_ASKED = frozenset(["date", "venue", "location", "place", "reason", "cause", "deadline", "duration"])
"""Keywords that ask wherever they stand."""
MEANWHILE = frozenset({"when", "as", "while", "once"})
JOINED = frozenset({"after", "before", "following", "since", "until", "if", "because"})
CORE = {
    Role.AGENT,
    Role.PATIENT,
    Role.RECIPIENT,
    Role.CONTENT,
    Role.ATTRIBUTE,
    Role.COUNTERPART,
    Role.RESULT,
    Role.TOPIC,
}


@dataclass(frozen=True, slots=True)
class Event:
    """The clause that tells what was asked about: its words, sentence, fact and a confidence."""

    span: Span
    sentence: int
    fact: FactView
    confidence: float
    note: str
    text: str = ""


TELLING = frozenset({FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL})


def asks_event(frame: QuestionFrame) -> bool:
    """Tell whether a question asks what happened, or only names things."""
    asked = frame.asked
    if asked.wh == "topic":
        listing = frame.words[0].lower() in {"name", "list", "identify"} and "of" not in frame.words[1:2]
        return not listing and not any(w.lower() in QUESTION_WORDS for w in frame.words)
    if asked.gap == "topic" and asked.wh in {"what", "how"}:
        return not frame.clauses and frame.tags[0] == "WH"
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if clause is None or asked.wh != "what" or asked.gap != "subject" or clause.negated or frame.negated:
        return False
    going_on = "go" not in clause.lemmas or clause.particle in {"on", "down"} or not clause.slots
    return bool(set(clause.lemmas) & HAPPENING) and going_on


def tell(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Event | None:
    """Return the clause that tells what happened, or None where the article does not."""
    asked = frame.asked
    happening = frame.clauses[asked.clause] if frame.clauses and asked.wh == "what" else None
    moment = _moment(frame)
    terms = _naming(frame, linked, happening.verb if happening is not None else -1)
    if not terms:
        return None
    if moment is not None:
        found = _neighbour(frame, moment, linked, index)
        if found is not None:
            return found
    if happening is not None:
        meant = {c.verb for c in frame.clauses if c is not happening and c.link not in MEANWHILE | JOINED}
        return _befallen(happening, terms, meant, linked, index)
    if len(terms) < SPARED and not all(t.any for t in terms):
        return None
    found = _fullest(terms, index, index.facts, happened=False)
    wanted = _wanted(frame)
    role = next((t for i, t in linked.terms.items() if wanted is not None and i in wanted[1]), None)
    if found is not None and role is not None and not role.exact & found.fact.mask:
        return None
    return found


GIST = re.compile(
    r"^(?:what (?:is|was|'s) (?:this|the|it)(?: (?:article|story|text|news|piece|report|whole thing))?"
    r"(?: all)? about"
    r"|what(?: 's| is| has)? happen(?:ed|ing)?"
    r"(?: here| in (?:this|the|that) (?:article|story|text|news|piece|report))?"
    r"|(?:summar(?:y|ise|ize)|sum up|tl ?;? ?dr|gist|main (?:topic|point|idea))"
    r"(?: (?:of )?(?:this|the|that)? ?(?:article|story|text|news|piece|report))?)$",
    re.IGNORECASE,
)


def gist(frame: QuestionFrame, index: ArticleIndex) -> Event | None:
    """Return the headline, or else the opening, where a question asks what the whole article is about."""
    if not GIST.match(" ".join(w for w in frame.words if any(c.isalpha() or c in ";'" for c in w))):
        return None
    first = next((v for v in index.facts[: index.told] if v.fact.kind in TELLING), None)
    if first is None:
        return None
    headline = index.article.headline
    if headline is not None and len(headline.of(index.article.text).split()) <= MOST_WORDS:
        sentence = next(n for n, s in enumerate(index.article.sentences) if s.span.end > headline.start)
        return Event(headline, sentence, first, 0.85, "headline")
    root = next(
        (i for i in index.numbers(index.sentence_masks[first.sentence]) if index.words[i].head < 0), -1
    )
    main = next((v for v in index.facts[: index.told] if root >= 0 and v.predicate_mask >> root & 1), first)
    return Event(clause_span(index, main), main.sentence, main, 0.8, "opening")


def named_part(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Event | None:
    """Return the part of an event that keywords ask for: "vote date", "mourning declared by"."""
    wanted = _wanted(frame)
    if wanted is None:
        return None
    asked, at = wanted
    terms = [t for i, t in linked.terms.items() if i not in at]
    role = next((t for i, t in linked.terms.items() if i in at), None)
    ranked = sorted(
        ((value, -n) for n, view in enumerate(index.facts[: index.told])
         if (value := _holds(terms, role, view, index))), reverse=True,
    )  # fmt: skip
    for value, number in ranked:
        view = index.facts[-number]
        found = part(asked, view, index, _exactly(terms))
        if found is not None and found.worth > THIN:
            confidence = min(0.9, 0.25 + 0.4 * min(value, 1.3)) * (0.7 + 0.3 * found.worth)
            return Event(found.span, found.sentence, found.fact, confidence, "part named", found.text)
    return None


def _wanted(frame: QuestionFrame) -> tuple[Asked, set[int]] | None:
    """Return what the last or first keyword asks for, and the places of the words that say so."""
    low = [w.lower() for w in frame.words]
    n = len(low)
    while n and frame.tags[n - 1] == "PUNCT":
        n -= 1
    if n < 2 or (frame.clauses and frame.asked.wh != "topic"):
        return None
    inner = [(i, i + 1) for i in range(1, n - 1) if low[i] in SURELY_ASKED]
    for start, end in ((n - 2, n), (n - 1, n), (0, 2), (0, 1), *inner):
        if end - start >= n or start < 0:
            continue
        wh = KEYWORDS.get("_".join(low[start:end])) or KEYWORDS.get(" ".join(low[start:end]))
        if end - start == 2 and low[start] == "how" and low[start + 1] in {"much", "many", "long"}:
            wh = f"how_{low[start + 1]}"
        if wh is not None and (start or low[0] not in {"by", "day", "time", "place"}):
            case = "by" if low[end - 1] == "by" else ""
            return Asked(wh, gap="adverb", case=case), set(range(start, end))
    return None


def _exactly(terms: list[Term]) -> int:
    mask = 0
    for term in terms:
        mask |= term.exact
    return mask


def _holds(terms: list[Term], role: Term | None, view: FactView, index: ArticleIndex) -> float:
    """Return how well keywords name a fact: all of them nearby, the last of them in it; 0 if they do not."""
    if not terms or view.fact.kind not in TELLING | {FactKind.NOMINAL} or view.fact.negated:
        return 0.0
    here = index.sentence_masks[view.sentence]
    before = index.sentence_masks[view.sentence - 1] if _carries_on(view.sentence, index) else 0
    core = view.predicate_mask
    for argument in view.arguments:
        core |= 1 << argument.head if argument.role in CORE and argument.head >= 0 else 0
    head = ([t for t in terms if not t.name and "time" not in noun_sorts(t.lemma)] or terms)[-1]
    if not head.strength(core) or any(t.name and not t.any & (here | before) for t in terms):
        return 0.0
    if any(t.opposite & here and not t.any & here for t in terms):
        return 0.0
    total = sum(t.weight for t in terms)
    around = sum(t.weight * max(t.strength(here), 0.8 * t.strength(before)) for t in terms) / total
    if around < (LOOSELY_COVERED if len(terms) > 2 and all(t.any for t in terms) else COVERED):
        return 0.0
    inside = sum(t.weight * t.strength(view.mask) for t in terms) / total
    exact = 0.2 * (head.strength(view.predicate_mask) > 0)
    asked = 0.2 * (role is not None and role.strength(view.mask) > 0)
    return around + 0.3 * inside + exact + asked - 0.0002 * view.mask.bit_count()


def _carries_on(sentence: int, index: ArticleIndex) -> bool:
    """Tell whether a sentence follows another in the same paragraph."""
    told = index.article.sentences
    return sentence > 0 and told[sentence].paragraph == told[sentence - 1].paragraph


def _naming(frame: QuestionFrame, linked: Linked, verb: int) -> list[Term]:
    """Return the terms that name the event, without vague nouns and an opening "explain" or "tell"."""
    opening = 0 if frame.words and frame.tags[0].startswith("VB") and frame.asked.wh == "topic" else -1
    return [
        t for i, t in linked.terms.items()
        if i not in {verb, opening} and not (t.lemma in VAGUE and not t.exact)
    ]  # fmt: skip


def _befallen(
    happening: Clause, terms: list[Term], meant: set[int], linked: Linked, index: ArticleIndex
) -> Event | None:
    """Return what happened; to somebody, first what was done to them or what they went through.

    `meant` are the places of verbs that only say which one is meant ("the shrimps that were stolen").
    """
    chosen: list[FactView] | None = None
    for slot in happening.slots:
        head = linked.terms.get(slot.head)
        if slot.case in {"to", "with"}:
            if head is not None and not head.any:
                return None
            named = {x.entity for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end}
            return _undergone(terms, meant, named, head, index)
        if head is not None and slot.case in {"on", "in", ""} and any(moments(head.text)):
            chosen = [v for v in index.facts if any(_then(a, head, slot.case) for a in v.arguments)]
    found = _fullest(terms, index, index.facts, happened=True)
    if chosen is None or found is None:
        return found
    better = _fullest(terms, index, chosen, happened=True)
    return better if better is not None else replace(found, confidence=found.confidence - 0.3)


def _undergone(
    terms: list[Term], meant: set[int], named: set[int], head: Term | None, index: ArticleIndex
) -> Event | None:
    """Return what the one named went through; what only says which one is meant is passed over."""
    chosen = []
    for view in index.facts:
        about = next((a for a in view.arguments if _undergoes(a, view, named, head, index)), None)
        if about is not None:
            phrase = index.subtree(about.head)
            for child in index.children[about.head]:
                phrase &= ~(1 << child) if index.words[child].deprel in {"case", "mark", "cc"} else phrase
            chosen.append(replace(view, mask=_with_asides(view.mask | phrase)))
    found = _fullest(terms, index, chosen, happened=True)
    if found is None:
        loose = _fullest(terms, index, index.facts, happened=True)
        return replace(loose, confidence=loose.confidence - LOOSELY) if loose is not None else None
    rest = [t for t in terms if t is not head and (not meant or t.at in meant)]
    if not rest or not all(t.strength(found.fact.predicate_mask) for t in rest):
        return found
    later = _afterwards(found.fact, named, index)
    return later if later is not None else replace(found, confidence=found.confidence - 0.4)


def _with_asides(mask: int) -> int:
    """Return a clause's words with what stands between them, where the whole is short enough to be said."""
    whole = (1 << mask.bit_length()) - (mask & -mask)
    return whole if whole.bit_count() <= MOST_WORDS else mask


def _afterwards(view: FactView, named: set[int], index: ArticleIndex) -> Event | None:
    """Return what is told next of the one whom a fact is about: "two were stolen; they were found"."""
    for other in index.facts[: index.told]:
        follows = other.sentence in {view.sentence, view.sentence + 1} and other.predicate_mask > view.mask
        if not follows or other.fact.kind is not FactKind.VERB or other.fact.part_of is not None:
            continue
        about = next(
            (a for a in other.arguments if a.role in {Role.PATIENT, Role.AGENT} and a.head >= 0), None
        )
        if about is None:
            continue
        pronoun = index.words[about.head].upos == "PRON" and about.entity < 0
        if pronoun or (about.entity in named and about.role is Role.PATIENT):
            return Event(clause_span(index, other), other.sentence, other, 0.7, "told next")
    return None


def _then(argument: ArgumentView, head: Term, case: str) -> bool:
    """Tell whether an argument is the time named, not "until" or "since" then."""
    return argument.role is Role.TIME and head.strength(argument.mask) > 0 and argument.case in {"", case}


def _undergoes(
    argument: ArgumentView, view: FactView, named: set[int], head: Term | None, index: ArticleIndex
) -> bool:
    """Tell whether an argument is the one named and undergoes the event: "X fell", "X broke his leg"."""
    it = argument.entity in named or (
        head is not None and argument.head >= 0 and head.strength(_counted(argument, index)) > 0.5
    )
    if it and view.fact.kind is FactKind.COPULA:
        return argument.role is not Role.ATTRIBUTE
    if not it or view.fact.kind is not FactKind.VERB:
        return False
    acted_on = argument.role in {Role.PATIENT, Role.RECIPIENT} and not argument.case
    objects = [
        a for a in view.arguments if a.role in {Role.PATIENT, Role.CONTENT, Role.RECIPIENT} and not a.case
    ]
    given = any(a.role is Role.RECIPIENT and a is not argument for a in view.arguments)
    own = (
        argument.entity >= 0
        and not given
        and any(a.mask & index.entities[argument.entity].mask for a in objects)
    )
    goes_through = not objects or own or not UNDERGOING.isdisjoint(view.lemmas)
    return acted_on or (argument.role is Role.AGENT and goes_through)


def _counted(argument: ArgumentView, index: ArticleIndex) -> int:
    """Return the head of an argument, with the noun behind a mere number: "two of the shrimps"."""
    mask = 1 << argument.head
    if index.words[argument.head].upos in {"NUM", "PRON", "DET"}:
        mask |= sum(1 << c for c in index.children[argument.head] if index.words[c].deprel == "nmod")
    return mask


def _moment(frame: QuestionFrame) -> tuple[str, Slot] | None:
    for clause in frame.clauses:
        for slot in clause.slots:
            if slot.kind == "oblique" and slot.case in {"before", "after", "following"}:
                return slot.case, slot
        if clause.link in {"before", "after", "following"} | MEANWHILE:
            return clause.link, Slot(
                "clause", clause.link, clause.start, max(clause.end, clause.verb + 1), clause.verb
            )
    return None


def _neighbour(
    frame: QuestionFrame, moment: tuple[str, Slot], linked: Linked, index: ArticleIndex
) -> Event | None:
    """Return the fact that the article links before or after the one named."""
    relation = Relation.AFTER if moment[0] == "before" else Relation.BEFORE
    terms = [t for i, t in linked.terms.items() if moment[1].start <= i < moment[1].end]
    named = _best(terms, index)
    if (
        named is None
        or named[0] < COVERED
        or any(t.opposite & named[1].mask and not t.any & named[1].mask for t in terms)
    ):
        return None
    for view in index.facts:
        for found in view.fact.links:
            if not 0 <= found.fact < len(index.facts):
                continue
            other = index.facts[found.fact]
            if moment[0] in MEANWHILE:
                if found.relation in {Relation.WHILE, Relation.AFTER} and _overlap(other, named[1]):
                    return Event(_with_first(index, view, terms), view.sentence, view, 0.7, "told when")
                continue
            if found.relation is relation and _overlap(view, named[1]):
                return Event(clause_span(index, other), other.sentence, other, 0.7, f"told {moment[0]}")
            if (
                found.relation in {Relation.BEFORE, Relation.AFTER}
                and found.relation is not relation
                and _overlap(other, named[1])
            ):
                return Event(clause_span(index, view), view.sentence, view, 0.7, f"told {moment[0]}")
    return None


def _overlap(one: FactView, two: FactView) -> bool:
    return one.sentence == two.sentence and bool(
        one.predicate_mask & two.mask or two.predicate_mask & one.mask
    )


def _best(terms: list[Term], index: ArticleIndex) -> tuple[float, FactView] | None:
    total = sum(t.weight for t in terms)
    ranked = [
        (sum(t.weight * t.strength(v.mask) for t in terms) / total, -v.mask.bit_count(), n)
        for n, v in enumerate(index.facts) if total
    ]  # fmt: skip
    if not ranked:
        return None
    value, _, number = max(ranked)
    return value, index.facts[number]


def _fullest(
    terms: list[Term], index: ArticleIndex, facts: Sequence[FactView], happened: bool
) -> Event | None:
    """Return the clause that holds most of the terms and says something beside them."""
    total = sum(t.weight for t in terms)
    least = LOOSELY_COVERED if len(terms) > 2 and all(t.any for t in terms) else COVERED
    best: tuple[float, float, FactView] | None = None
    for view in facts:
        if view.fact.kind not in TELLING | {FactKind.QUOTATION}:
            continue
        if happened and view.fact.negated:
            continue
        sentence = index.sentence_masks[view.sentence]
        around = sum(t.weight * t.strength(sentence) for t in terms) / total
        if around < least or any(t.name and not t.strength(sentence) for t in terms):
            continue
        if any(t.opposite & sentence and not t.any & sentence for t in terms):
            continue
        inside = sum(t.weight * t.strength(view.mask) for t in terms) / total
        value = inside + 0.25 * around + _tells(view, terms, happened, index)
        if best is None or value > best[0] + 1e-9:
            best = (value, inside, view)
    if best is None or best[1] < 0.5:
        return None
    view = best[2]
    confidence = 0.35 + 0.45 * best[1] + (0.05 if len(terms) > 1 else -0.1)
    span = _with_first(index, view, terms)
    return Event(span, view.sentence, view, min(0.95, confidence), "fullest clause")


def _tells(view: FactView, terms: list[Term], happened: bool, index: ArticleIndex) -> float:
    """Return how much a fact tells by its kind: assertions and whole clauses more, quotations less."""
    named = 0
    for term in terms:
        named |= term.any
    new = [i for i in index.numbers(view.mask & ~named) if index.words[i].lemma not in words.STOP]
    value = 0.15 * min(1.0, len(new) / 3) + (0.1 if view.asserted else 0.0)
    value -= 0.1 if view.fact.part_of is not None else 0.0
    value -= 0.3 if view.fact.kind is FactKind.QUOTATION else 0.0
    value -= 0.2 if happened and view.fact.kind is not FactKind.VERB else 0.0
    value -= 0.0 if _finite(view, index) else 0.15
    if happened:
        quoted = view.fact.attribution is not None and view.fact.attribution.direct
        pronoun = any(a.head >= 0 and named >> a.head & 1 and index.words[a.head].upos == "PRON"
                      for a in view.arguments)  # fmt: skip
        value -= 0.3 * quoted + 0.3 * pronoun
    return value - 0.004 * view.mask.bit_count()


def _finite(view: FactView, index: ArticleIndex) -> bool:
    """Tell whether a verb has a tense of its own: "was hit" and "fell", not "hit by a truck"."""
    verbs = [index.words[i] for i in index.numbers(view.predicate_mask)]
    return len(verbs) > 1 or not verbs or verbs[0].xpos not in {"VBN", "VBG"}


def _with_first(index: ArticleIndex, view: FactView, terms: list[Term]) -> Span:
    """Return a clause's words, from the first of joined verbs on: "two fell and one drowned when ..."."""
    span = clause_span(index, view, terms)
    verb = next((i for i in index.numbers(view.predicate_mask) if index.words[i].deprel == "conj"), -1)
    if verb < 0:
        return span
    first = next(
        (v for v in index.facts[: index.told] if v.predicate_mask >> index.words[verb].head & 1), None
    )
    if first is None or first.fact.kind is not FactKind.VERB:
        return span
    whole = render.span_of(index, first.mask | view.mask)
    return (
        render.tidy(index.article.text, whole)
        if len(whole.of(index.article.text).split()) <= MOST_WORDS
        else span
    )


def clause_span(index: ArticleIndex, view: FactView, terms: list[Term] | None = None) -> Span:
    """Return the words of a fact's clause, at most MOST_WORDS of them, cut only between phrases.

    Phrases at the edges are left out first that are no core of the clause and hold none of the terms.
    """
    kept = sorted((a for a in view.arguments if a.mask), key=lambda a: a.mask & -a.mask)
    mask = view.mask
    while _length(index, mask) > MOST_WORDS and kept:
        edges = [
            a for a in {id(kept[0]): kept[0], id(kept[-1]): kept[-1]}.values() if _at_edge(a, view, kept)
        ]
        spare = [a for a in edges if a.role not in CORE and not _held(a, terms)] or [
            a for a in edges if a.role not in CORE
        ]
        if not spare:
            break
        kept = [a for a in kept if a is not spare[-1]]
        mask = view.predicate_mask
        for argument in kept:
            mask |= argument.mask
    return render.tidy(
        index.article.text, _with_case(index, render.shortened(index, mask or view.mask, MOST_WORDS), kept)
    )


def _with_case(index: ArticleIndex, span: Span, arguments: list[ArgumentView]) -> Span:
    """Return a clause that opens with an adverbial together with its preposition: "in 2017 it withdrew"."""
    text = index.article.text
    for argument in arguments:
        opens = argument.argument.span.start == span.start and argument.case and argument.role not in CORE
        before = text[: span.start].rstrip()
        if opens and re.search(rf"(?:^|\s){re.escape(argument.case)}$", before, re.IGNORECASE):
            return Span(len(before) - len(argument.case), span.end)
    return span


def _held(argument: ArgumentView, terms: list[Term] | None) -> bool:
    return bool(terms) and any(t.any & argument.mask for t in terms or ())


def _at_edge(argument: ArgumentView, view: FactView, kept: list[ArgumentView]) -> bool:
    """Tell whether nothing else of the clause lies on one side of an argument."""
    rest = view.predicate_mask
    for other in kept:
        if other is not argument:
            rest |= other.mask
    return (
        not rest
        or argument.mask.bit_length() > rest.bit_length()
        or argument.mask & -argument.mask < rest & -rest
    )


def _length(index: ArticleIndex, mask: int) -> int:
    return len(render.span_of(index, mask).of(index.article.text).split()) if mask else 0
