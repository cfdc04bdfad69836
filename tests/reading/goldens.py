"""Golden files: the facts of an article as a person reads them, and how a reading compares with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.model import Argument, Attribution, Fact, FactKind, Modality, Quotation, Reading, Role, Span

FOLDER = Path(__file__).with_name("golden")
OPEN, WRONG = "?", "!"
# Shares of two spans' words from which they are one argument, whose role may then not differ.
SAME_PHRASE = 0.5
QUIET = re.compile(r"[\"“”'‘’]")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a line claims: a role and its words, who says it, what proves it, how it stands.

    `mark` is "?" for what should be found and is not yet, "!" for what is found and should not be.
    """

    name: str
    words: str
    mark: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A golden fact, or a quotation (`kind` is None)."""

    number: int
    sentence: int
    kind: FactKind | None
    lemma: str
    items: tuple[Item, ...]
    mark: str = ""


@dataclass(slots=True)
class Golden:
    """A golden file: the article's sentences and the facts of each."""

    name: str
    sentences: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the article's text."""
        return (FOLDER / f"{self.name}.txt").read_text(encoding="utf-8")


def load(name: str) -> Golden:
    """Read tests/reading/golden/NAME.facts."""
    golden = Golden(name)
    rows = (FOLDER / f"{name}.facts").read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(rows, start=1):
        if not row.strip() or row.startswith("#"):
            continue
        if row.startswith("> "):
            golden.sentences.append(row[2:])
            continue
        golden.lines.append(_line(number, len(golden.sentences) - 1, row))
    return golden


def _line(number: int, sentence: int, row: str) -> Line:
    head, *parts = (part.strip() for part in row.split(" | "))
    mark, head = _marked(head)
    items = [_item(part) for part in parts]
    if match := re.fullmatch(r"(.*) (\??)\(([a-z, ]*)\)", head):
        head = match[1]
        items.append(Item("standing", match[3], match[2]))
    else:
        items.append(Item("standing", "asserted"))
    kind, _, lemma = head.rpartition(":")
    if head == "quote":
        return Line(number, sentence, None, head, tuple(i for i in items if i.name != "standing"), mark)
    if not any(item.name == "says" for item in items):
        items.append(Item("says", ""))
    return Line(number, sentence, FactKind(kind or "verb"), lemma, tuple(items), mark)


def _marked(part: str) -> tuple[str, str]:
    return (part[0], part[1:].strip()) if part[0] in OPEN + WRONG else ("", part)


def _item(part: str) -> Item:
    mark, part = _marked(part)
    name, _, words = part.partition(": ")
    words, _, listed = words.partition(" = ")
    members = tuple(member.strip() for member in listed.split(";")) if listed else ()
    if name not in {"says", "evidence", "text", "speaker", "cue", "medium"}:
        Role(name)
    return Item(name, words.strip(), mark, members)


# --- comparing ----------------------------------------------------------------------------------------------


def plain(words: str) -> str:
    """Return words with single blanks and without quotation marks and edge punctuation."""
    return " ".join(QUIET.sub("", words).split()).strip(" ,.")


def agree(golden: str, *found: str) -> bool:
    """Tell whether one of the found phrases is the golden one; "…" stands for any words."""
    pattern = ".*".join(re.escape(plain(part)) for part in golden.split("…"))
    return any(re.fullmatch(pattern, plain(words)) for words in found)


@dataclass(slots=True)
class Comparison:
    """What became of every golden item: `lost` and `healed` are failures, `open` is known, `kept` is well."""

    kept: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    healed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    facts_found: int = 0
    facts_open: int = 0

    def judge(self, label: str, mark: str, found: bool) -> None:
        """Note an item: unmarked it has to be found, "?" not to be, "!" still to be."""
        if mark == OPEN:
            (self.healed if found else self.open).append(label)
        elif mark == WRONG:
            (self.open if found else self.healed).append(label)
        else:
            (self.kept if found else self.lost).append(label)


def compare(golden: Golden, reading: Reading, *, whole: bool) -> Comparison:
    """Compare a reading with the golden facts; `whole` tells that the file lists facts of every kind."""
    result = Comparison()
    for sentence in range(len(golden.sentences)):
        lines = [line for line in golden.lines if line.sentence == sentence and line.kind is not None]
        facts = [f for f in reading.facts if f.sentence == sentence and f.part_of is None]
        pairs = _pair(lines, facts, reading)
        for line in lines:
            _compare_fact(golden, line, pairs.get(line.number), reading, result)
        told = {fact.id for fact in pairs.values()}
        for fact in facts:
            if fact.id not in told and (whole or not _is_minor(fact)):
                result.unlisted.append(f"{golden.name} sentence {sentence}: {_shown(fact, reading)}")
    for line in golden.lines:
        if line.kind is None:
            _compare_quotation(golden, line, reading, result)
    return result


def _is_minor(fact: Fact) -> bool:
    """Tell whether a noun phrase says no number, measure or time of its head."""
    return fact.kind is FactKind.NOUN and not fact.of_role(Role.QUANTITY, Role.TIME)


def _shown(fact: Fact, reading: Reading) -> str:
    text = reading.article.text
    words = [f"{a.role}: {plain(a.span.of(text))}" for a in fact.arguments]
    return " | ".join([f"{fact.kind}:{fact.predicate.lemma}", *words])


def _pair(lines: list[Line], facts: list[Fact], reading: Reading) -> dict[int, Fact]:
    """Give each golden line the fact of its kind and lemma that agrees best with it, one to one."""
    scored = []
    for line in lines:
        for fact in facts:
            if fact.kind is line.kind and fact.predicate.lemma == line.lemma:
                hits = sum(bool(_holders(item, fact, reading)) for item in _arguments(line))
                scored.append((-hits, line.number, fact.id, fact))
    found: dict[int, Fact] = {}
    for _, number, _, fact in sorted(scored, key=lambda row: row[:3]):
        if number not in found and fact.id not in {f.id for f in found.values()}:
            found[number] = fact
    return found


def _arguments(line: Line) -> Iterator[Item]:
    return (item for item in line.items if item.name not in {"says", "evidence", "standing"})


def _holders(item: Item, fact: Fact, reading: Reading) -> list[Argument]:
    """Return the arguments of the item's role that have its words."""
    return [a for a in fact.arguments if a.role == item.name and _worded(item, a, reading)]


def _worded(item: Item, argument: Argument, reading: Reading) -> bool:
    text = reading.article.text
    phrases = (argument.span.of(text), argument.short.of(text), argument.head.of(text))
    if not agree(item.words, *phrases):
        return False
    members = [span.of(text) for span in argument.members]
    return not item.members or [plain(m) for m in members] == [plain(m) for m in item.members]


def _compare_fact(
    golden: Golden, line: Line, fact: Fact | None, reading: Reading, result: Comparison
) -> None:
    """Compare one golden fact with the one found for it."""
    label = f"{golden.name}.facts:{line.number} {line.lemma}"
    if line.mark or fact is None:
        result.judge(label, line.mark, fact is not None)
        result.facts_open += bool(line.mark)
        return
    before = len(result.open) + len(result.lost)
    for item in line.items:
        result.judge(f"{label} {item.name} {item.words}", item.mark, _holds(item, fact, reading))
    whole = len(result.open) + len(result.lost) == before
    result.facts_found += whole
    result.facts_open += not whole
    for argument in fact.arguments:
        if any(argument in _holders(item, fact, reading) for item in _arguments(line)):
            continue
        words = f"{label} {argument.role}: {plain(argument.span.of(reading.article.text))}"
        rival = any(
            item.mark != WRONG and item.name != argument.role and _overlap(item, argument, reading)
            for item in _arguments(line)
        )
        (result.conflicts if rival else result.unlisted).append(words)


def _overlap(item: Item, argument: Argument, reading: Reading) -> bool:
    """Tell whether the argument's words are for the better part those of the golden item."""
    words = set(plain(argument.span.of(reading.article.text)).split())
    golden = set(plain(item.words.replace("…", " ")).split())
    return agree(item.words, argument.span.of(reading.article.text)) or (
        len(words & golden) >= SAME_PHRASE * max(len(words), len(golden))
    )


def _holds(item: Item, fact: Fact, reading: Reading) -> bool:
    """Tell whether the fact has what the item claims."""
    if item.name == "standing":
        return item.words == _standing(fact)
    if item.name == "says":
        return item.words == _speaker(fact.attribution, reading)
    if item.name == "evidence":
        return item.words.split() == [str(number) for number in _proving(fact, reading)]
    return bool(_holders(item, fact, reading))


def _standing(fact: Fact) -> str:
    parts = ["not"] * fact.negated + [fact.modality.value] * (fact.modality is not Modality.ASSERTED)
    return ", ".join(parts) or "asserted"


def _speaker(said: Attribution | None, reading: Reading) -> str:
    """Return the speaker's name, the words that name him where he is no entity, "" for none."""
    if said is None:
        return ""
    return _named(said.entity, said.speaker, reading)


def _named(entity: int | None, span: Span | None, reading: Reading) -> str:
    if entity is not None:
        return reading.entities[entity].name
    return plain(span.of(reading.article.text)) if span else "nobody"


def _proving(fact: Fact, reading: Reading) -> list[int]:
    """Return the numbers of the sentences that the evidence covers."""
    sentences = enumerate(reading.article.sentences)
    return [number for number, s in sentences if any(e.covers(s.span) for e in fact.evidence)]


def _compare_quotation(golden: Golden, line: Line, reading: Reading, result: Comparison) -> None:
    """Compare one quotation's speaker, cue and medium."""
    text = reading.article.text
    wanted = {item.name: item for item in line.items}
    label = f"{golden.name}.facts:{line.number} quote"
    found = [q for q in reading.article.quotations if agree(wanted["text"].words, q.inner.of(text))]
    result.judge(f"{label} {wanted['text'].words}", "", bool(found))
    for item in line.items if found else ():
        if item.name != "text":
            result.judge(
                f"{label} {item.name} {item.words}",
                item.mark,
                plain(item.words) == _told(item, found[0], reading),
            )


def _told(item: Item, quotation: Quotation, reading: Reading) -> str:
    """Return what the reading says of a quotation under the item's name."""
    if item.name == "speaker":
        return _named(quotation.speaker, quotation.speaker_span, reading)
    span = quotation.cue if item.name == "cue" else quotation.medium
    return plain(span.of(reading.article.text)) if span else "none"
