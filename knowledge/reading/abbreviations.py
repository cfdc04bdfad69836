"""Join abbreviations with the names and titles that they stand for."""

from __future__ import annotations

import re
from typing import Final

from knowledge.model import EntityKind
from knowledge.reading.names import initials
from knowledge.reading.referents import Found, Referent, Trees, noun_kind, plain


def absorb(referent: Referent, other: Referent) -> None:
    """Move everything known of another referent to this one."""
    referent.mentions += other.mentions
    for text, kind in other.aliases.items():
        referent.aliases.setdefault(text, kind)
    other.mentions = []


_ABBREVIATION: Final = re.compile(r"[A-Z][A-Za-z&.-]{0,9}[A-Z][a-z.]?")


def join_abbreviations(trees: Trees, referents: list[Referent]) -> None:
    """Join each abbreviation in brackets with the name or title before it."""
    for sentence, tree in enumerate(trees.trees):
        for word in range(1, len(tree) - 2):
            if trees.form(sentence, word) == "(" and trees.form(sentence, word + 2) == ")":
                short = trees.form(sentence, word + 1)
                if _ABBREVIATION.fullmatch(short):
                    _introduce(trees, referents, sentence, word, short)


def _introduce(trees: Trees, referents: list[Referent], sentence: int, bracket: int, short: str) -> None:
    """Note that the abbreviation in a bracket stands for what is before the bracket."""
    owner = _long_form(trees, referents, sentence, bracket, short)
    if owner is None:
        owner = next(
            (r for r in referents for m in r.mentions if m.sentence == sentence and m.last == bracket - 1),
            None,
        )
    if owner is None or plain(owner.name) == plain(short):
        return
    for other in referents:
        if other is not owner and plain(other.name) == plain(short):
            absorb(owner, other)
    owner.aliases[short] = "abbreviation"
    if not any(m.sentence == sentence and m.first == bracket + 1 for m in owner.mentions):
        owner.mentions.append(trees.found(sentence, bracket + 1, bracket + 1, "name", 1.0))


def _long_form(
    trees: Trees, referents: list[Referent], sentence: int, bracket: int, short: str
) -> Referent | None:
    """Return the referent of the words before a bracket whose initials the abbreviation is; None for no such
    words.
    """
    tree = trees.trees[sentence]
    letters = "".join(c.lower() for c in short if c.isalpha())
    for size in range(max(2, len(letters) - 1), len(letters) + 5):
        first = bracket - size
        if first < 0:
            return None
        words = trees.words(sentence, first, bracket - 1)
        if initials(words) != letters or tree.upos(first) in {"DET", "ADP", "PUNCT", "CCONJ"}:
            continue
        found = trees.found(sentence, first, bracket - 1, "name", 1.0)
        return _owner_of(trees, referents, found, words)
    return None


def _owner_of(trees: Trees, referents: list[Referent], found: Found, words: str) -> Referent:
    """Return the referent that is mentioned where a long form stands, its name made whole; else a new one."""
    for referent in referents:
        for mention in referent.mentions:
            if mention.sentence == found.sentence and mention.first == found.first:
                if mention.kind == "name" and mention.last < found.last:
                    referent.aliases.setdefault(referent.name, "name")
                    referent.name = words
                    mention.span, mention.last = found.span, found.last
                return referent
    referent = Referent(name=words)
    referent.votes[noun_kind(trees.trees[found.sentence].lemma(found.head))] += 1
    referent.mentions.append(found)
    referents.append(referent)
    return referent


def add_abbreviated(trees: Trees, referents: list[Referent]) -> None:
    """Add the places where a known abbreviation stands that the parser did not take for a name ("WHO")."""
    owners = {
        short: r
        for r in referents
        for short, kind in r.aliases.items()
        if kind == "abbreviation" and short.isupper()
    }
    covered = {
        (m.sentence, word) for r in referents for m in r.mentions for word in range(m.first, m.last + 1)
    }
    for sentence, tree in enumerate(trees.trees):
        for word in range(len(tree)):
            owner = owners.get(trees.form(sentence, word))
            if owner is not None and (sentence, word) not in covered:
                owner.mentions.append(trees.found(sentence, word, word, "name", 0.9))


def join_title_abbreviations(referents: list[Referent]) -> None:
    """Give the mentions of a title's abbreviation to the person who bears the title."""
    for referent in referents:
        if referent.kind is not EntityKind.PERSON:
            continue
        shorts = {initials(title) for title in referent.titles if len(title.split()) > 2}
        for other in referents:
            if (
                other is not referent
                and other.mentions
                and plain(other.name) in shorts
                and other.name.isupper()
            ):
                referent.mentions += other.mentions
                other.mentions = []
                referent.aliases[other.name] = "abbreviation"


def drop_names_in_titles(referents: list[Referent]) -> None:
    """Take back a name that stands only inside a person's title and is no place ("Army Staff")."""
    titles = [m.span for referent in referents for m in referent.mentions if m.kind == "title"]
    for referent in referents:
        if referent.kind is EntityKind.PLACE or len(referent.mentions) != 1 or referent.aliases:
            continue
        span = referent.mentions[0].span
        if any(title.covers(span) and title != span for title in titles):
            referent.mentions = []
