"""Text to words and sentences, cut as UD English cuts them, with exact offsets.

Rules over characters; the words they need to know are in data/tokenizer.tsv. Cuts clitics (do|n't, he|'s),
hyphens but not prefixes (long|-|term, anti-war), currency, units and per cent from numbers; keeps
abbreviations, decimals, dates, addresses, mentions, emoticons and runs of the same punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.language.tables import rows

Offsets = tuple[int, int]


def _listed() -> dict[str, set[str]]:
    lists: dict[str, set[str]] = {}
    for kind, text, *_ in rows("tokenizer.tsv"):
        lists.setdefault(kind, set()).add(text)
    return lists


_LISTS = _listed()
_PREFIXES = _LISTS["prefix"]
_CONTRACTIONS = {
    text: len(parts.split()[0])
    for kind, text, *rest in rows("tokenizer.tsv")
    for parts in rest
    if kind == "contraction"
}
_NEVER_FINAL = {text.lower() for kind in ("title", "inner") for text in _LISTS[kind]}
_NUMBERED = {text.lower() for text in _LISTS["numbered"]}

_QUOTE = "['’‘´`ʼ′]"
_EMOJI = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]"
    "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*(?:\u200d[\U0001f000-\U0001faff\u2600-\u27bf]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*)*)"
)
# Letters, digits and underscore, with the combining marks and joiners that may stand within a word.
_LETTER = r"[\w\u0300-\u036f\u00ad]"


def _either(*kinds: str) -> str:
    """Return a pattern for the listed words of some kinds, an abbreviation's last full stop left off."""
    words = {re.escape(text.removesuffix(".")) for kind in kinds for text in _LISTS[kind]}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_ABBREVIATIONS = _either("title", "inner", "final")
_NUMBERED_ONES = _either("numbered")
_DOMAINS = _either("domain")
_UNITS = _either("unit")

_TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’»]          # addresses
    | (?<![\w.+-])[\w.+-]{{0,63}}[\w.]@\w[\w-]*(?:\.\w[\w-]*)*      # mail
    | (?<![\w@])[@\#][^\W\d]\w*                                     # mentions, hashtags
    | (?<![\w.-])[\w-]{{0,62}}\w(?:\.[\w-]{{0,62}}\w){{0,8}}\.(?:{_DOMAINS})\b(?!\.?\w)(?:/[^\s<>"“”]*[\w/])?
    | (?<![\w.])[a-z]{{1,62}}(?:\.[a-z]{{2,62}}){{2,8}}(?!\.?\w)            # newsgroups and the like
    | (?<!\w)(?:[:;=][-^']?[)(\]\[DPpOo/\\|*](?!\w)|<3|\^_+\^|[xX:]'\()
    | {_EMOJI}
    | (?<!\w)\d{{1,2}}:\d\d(?::\d\d)?(?!\d)                         # times
    | (?<![\w-])\d{{1,8}}(?:-\d{{1,8}}){{2,5}}(?![\w-])                          # dates, telephone numbers
    | (?<![\w-])\d{{3}}-\d{{4}}(?![\w-])
    | (?<!\w)\d{{1,8}}(?:/\d{{1,8}}){{1,3}}(?!\w)                       # dates, fractions
    | (?<!\w)[+]?\d+(?:[.,]\d+)*(?=(?:{_UNITS})(?!\w))              # a number, its unit apart
    | (?<!\w){_QUOTE}\d\ds?(?!\w)                                   # '90s
    | (?<!\w)[+]?\d+(?:[.,]\d+)*(?:{_QUOTE}s(?!\w)|{_LETTER}*)
    | (?<![\w.])\.\d+(?!\w)
    | (?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?                       # U.S., a.m.
    | (?<!\w)(?i:{_ABBREVIATIONS})\.(?!\w)
    | (?<!\w)(?i:{_NUMBERED_ONES})\.(?=\s?\d)
    | (?<!\w)[^\W\d_]\.(?=\s?[^\W\d_a-z])                           # initials
    | (?<!\w)[A-Z]{{1,3}}\$                                         # US$
    | (?<!\w)\w/\w(?![\w/])
    | (?<!\w)w/(?:o|out)?(?!\w)
    | (?<!\w){_QUOTE}(?:{_either("apostrophe")})(?!\w)
    | [A-Z]+(?:&[A-Z]+)+(?!\w)
    | {_LETTER}+\(e?s\)                                             # friend(s)
    | {_LETTER}+(?:{_QUOTE}{_LETTER}+)*
    | \.{{2,}} | [!?]{{2,}} | -{{2,}} | `` | '' | ’’ | ‘‘ | ´´ | ([*=_~\#^<>+|$])\1+
    | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(rf"(?:n{_QUOTE}t|{_QUOTE}(?:s|m|d|re|ll|ve))$", re.IGNORECASE)


def tokenize(text: str) -> list[Offsets]:
    """Return the words of a text as half-open character offsets.

    In order, none empty, none overlapping; every character but white space is in a word.
    """
    words: list[Offsets] = []
    for match in _TOKEN.finditer(text):
        words.extend(_split(text, *match.span()))
    return _joined_prefixes(text, words)


def _split(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Yield a written word's parts: itself, or the word and its clitic."""
    word = text[start:end]
    cut = _CONTRACTIONS.get(word.lower())
    if cut is None and len(word) > 2 and (clitic := _CLITIC.search(word)):
        cut = clitic.start()
    if cut and not word[0].isdigit():
        yield from _split(text, start, start + cut)
        yield start + cut, end
    else:
        yield start, end


def _joined_prefixes(text: str, words: list[Offsets]) -> list[Offsets]:
    """Return the words with each prefix, hyphen and the word after it as one."""
    result: list[Offsets] = []
    position = 0
    while position < len(words):
        start, end = words[position]
        while (
            position + 2 < len(words)
            and text[words[position][0] : words[position][1]].lower() in _PREFIXES
            and words[position + 1] == (end, end + 1)
            and text[end] in "-‐‑"
            and words[position + 2][0] == end + 1
            and text[end + 1].isalnum()
            and (start == 0 or text[start - 1] not in "-‐‑")
        ):
            position += 2
            end = words[position][1]
        result.append((start, end))
        position += 1
    return result


_TERMINAL = re.compile(r"[.!?]+$|…+\.?$|[。！？؟]$")
_CLOSING = {'"', "”", "’", "'", "''", "’’", ")", "]", "»", "´´", "}"}
_OPENING = {'"', "“", "‘", "'", "``", "‘‘", "(", "[", "«", "´´", "-", "–", "—", "*", "•", "{"}
_ONLY_CLOSING, _STRAIGHT = {"”", "''", "»"}, {'"', "'", "´´"}
_CONTINUING = {",", ";", ":"}
_SMILEYS = {":)", ":(", ";)", ":-)", ":-(", ";-)", ":D", ":P", ":p", "=)", "<3"}
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+")
_CLOCKS = {"a.m.", "p.m."}
_LOOK_AHEAD = 4


def split_sentences(text: str, words: list[Offsets]) -> list[Offsets]:
    """Return the sentences of one paragraph as half-open ranges of word numbers.

    `words` are those of `tokenize`. Every word is in one sentence. Closing quotation marks and brackets
    belong to the sentence that they close.
    """
    forms = [text[start:end] for start, end in words]
    cased = bool(forms) and not next((form for form in forms if form[0].isalpha()), "A")[0].islower()
    sentences: list[Offsets] = []
    start = 0
    for number, form in enumerate(forms):
        if number < start or not _may_end(form):
            continue
        after = _after_closing(text, forms, words, number + 1)
        if after >= len(forms) or _ends(forms, number, after, cased):
            sentences.append((start, after))
            start = after
    if start < len(forms):
        sentences.append((start, len(forms)))
    return sentences


def _may_end(form: str) -> bool:
    return _TERMINAL.search(form) is not None and form.lower() not in _NEVER_FINAL | _NUMBERED


def _after_closing(text: str, forms: list[str], words: list[Offsets], position: int) -> int:
    """Return the number of the first word after a sentence's last marks and its note number in brackets."""
    while position < len(forms):
        form = forms[position]
        start, end = words[position]
        touching = words[position - 1][1] == start
        if form == "[" and forms[position + 1 : position + 3][-1:] == ["]"] and forms[position + 1].isdigit():
            position += 2
        elif form in _CLOSING and (touching or form in _ONLY_CLOSING):
            # A straight mark between two words that it touches is left to the next sentence.
            if form in _STRAIGHT and text[end : end + 1].isalnum():
                return position
        elif not (_TERMINAL.fullmatch(form) and touching) and form not in _SMILEYS:
            return position
        position += 1
    return position


def _ends(forms: list[str], number: int, after: int, cased: bool) -> bool:
    """Return whether a sentence ends with the mark at `number`, the next word being at `after`."""
    form, following = forms[number], after
    while following < len(forms) - 1 and forms[following] in _OPENING:
        following += 1
    word = forms[following]
    if word in _CONTINUING:
        return False
    if len(form) > 1 and form[0].isalpha():
        return _abbreviation_ends(form, word)
    marks = set(forms[number + 1 : after])
    quoted = bool(marks & (_CLOSING - {")", "]", "}"}))
    if quoted and form != "." and _LISTS["speech"] & set(forms[after : after + _LOOK_AHEAD]):
        return False
    if word[0].islower():
        if form == ".":
            return following > after or not cased
        return not quoted and (form == "?" or not cased)
    if form.startswith(("..", "…")):
        return word[0].isupper()
    return True


def _abbreviation_ends(form: str, word: str) -> bool:
    if form.lower() in _CLOCKS:
        return word[0].isupper() and word not in _LISTS["clock"]
    return word in _LISTS["starter"] and (_DOTTED.fullmatch(form) is None or len(form) > 2 or word != "I")
