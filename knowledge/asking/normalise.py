"""A question as typed → plain English words.

Discord's mention and emoji syntax, Markdown and zero-width characters go; chat spellings and dropped
apostrophes are expanded from `data/slang.tsv`; greetings, politeness and preambles from `data/phrases.tsv`
are cut; words that no lexicon, gazetteer or article knows are corrected against the article's vocabulary. A
known word or name is never "corrected".
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.asking.tagger import Tagger
from knowledge.language import gazetteer, lexicon
from knowledge.language.tokenizer import tokenize

MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:|/[\w -]+:|t:)\d*(?::\w)?>|@(?:here|everyone)\b", re.IGNORECASE)
URL = re.compile(r"<?https?://\S+>?", re.IGNORECASE)
MARKDOWN = re.compile(
    r"(?<![\w*])[*_~`|]{1,3}(?=\S)|(?<=\S)[*_~`|]{1,3}(?![\w*])|\|\||^\s*(?:>+|#+|-)\s+", re.MULTILINE
)
QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "`": "'"}
)
REPEATED = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
LENGTHENED = re.compile(r"\b\w*([a-z])\1{2,}\w*", re.IGNORECASE)
LONGEST = 4000
"""Characters of a question that are looked at: Discord's longest message."""
CLITIC_HOSTS = {"who", "what", "where", "when", "how", "why", "that", "there", "he", "she", "it", "here"}
MOST_WORDS = 110
"""Words of a message that are looked at, so that no question takes long."""
SURE = 0.72
"""Least OSA similarity of a correction; `language.md` 2b: similarity alone cannot tell iran from iraq, so
this only applies to words that nothing knows.
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """A question made plain: its words, and which of them were corrected from what."""

    words: tuple[str, ...]
    preamble: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()


def plain(text: str) -> str:
    """Return the question without mentions, Markdown, emoji, zero-width characters and repeated letters."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    text = URL.sub(" ", MENTION.sub(" ", text))
    text = MARKDOWN.sub("", text).translate(QUOTES)
    if not (text.isascii() and text.isprintable()) or "^" in text:  # of ASCII, only this is a symbol to cut
        text = "".join(
            " " if unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"} else c for c in text if _kept(c)
        )
    text = LENGTHENED.sub(_shortened, text)
    return re.sub(r"\s+", " ", text).strip()


def _shortened(match: re.Match[str]) -> str:
    """Return a lengthened word ("heyyy", "soooon") with letters doubled where that is a word, else single."""
    double = REPEATED.sub(r"\1\1", match.group())
    return double if lexicon.is_word(double) else REPEATED.sub(r"\1", match.group())


def _kept(char: str) -> bool:
    category = unicodedata.category(char)
    return category not in {"Cf", "Cs", "Co", "Cn", "So", "Sk"} and not (
        category == "Mn" and ord(char) >= 0xFE00
    )


@functools.cache
def _slang() -> dict[str, tuple[str, ...]]:
    path = importlib.resources.files("knowledge.asking") / "data" / "slang.tsv"
    table = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            form, _, words = line.partition("\t")
            table[form] = tuple(words.split())
    return table


@functools.cache
def _phrases(kind: str) -> tuple[re.Pattern[str], ...]:
    path = importlib.resources.files("knowledge.asking") / "data" / "phrases.tsv"
    rows = (line.partition("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return tuple(re.compile(pattern, re.IGNORECASE) for name, _, pattern in rows if name == kind)


def read_question(text: str, vocabulary: Collection[str] = (), names: Collection[str] = ()) -> Typed:
    """Return a question's plain words.

    `vocabulary` are the lower-cased words of the articles that may answer, `names` the lower-cased words of
    their names; both are known words and targets of correction.
    """
    cleaned = plain(text)
    words = _asked_part([cleaned[a:b] for a, b in tokenize(cleaned)])
    words, corrected = _spell(_expand(words, names), vocabulary, names)
    sentence = " ".join(words)
    preamble, sentence = _last_question(sentence)
    sentence = _rephrased(_unwrap(sentence))
    return Typed(tuple(sentence.split()), tuple(preamble.split()), tuple(corrected))


def _asked_part(words: list[str]) -> list[str]:
    """Return the words looked at: of a very long message those up to its last question mark or its end."""
    if len(words) <= MOST_WORDS:
        return words
    marks = [i for i, w in enumerate(words) if w == "?"]
    end = marks[-1] + 1 if marks else len(words)
    return words[max(0, end - MOST_WORDS) : end]


def _expand(words: list[str], names: Collection[str]) -> list[str]:
    table = _slang()
    out: list[str] = []
    for i, word in enumerate(words):
        low = word.lower()
        before = words[i - 1].lower() if i else ""
        if (low == "s" and before in CLITIC_HOSTS) or (low == "nt" and lexicon.verb_lemmas(before)):
            out.append("'s" if low == "s" else "n't")
            continue
        if low in table and not (low in names and low not in {"n", "r", "u", "w"}):
            if (
                word.isupper()
                and len(word) > 1
                and len(words) > 1
                and not all(w.isupper() for w in words if w.isalpha())
            ):
                out.append(word)
                continue
            if len(word) == 1 and word.isupper() and before == "the":
                out.append(word)
                continue
            if low in {"w", "wit"} and i + 1 < len(words) and words[i + 1] == "/":
                continue
            out.extend(table[low])
        else:
            out.append(word)
    return out


def _spell(
    words: list[str], vocabulary: Collection[str], names: Collection[str]
) -> tuple[list[str], list[tuple[str, str]]]:
    corrected: list[tuple[str, str]] = []
    out = []
    targets: list[str] = []
    for word in words:
        low = word.lower()
        if not low.isalpha() or len(low) < 3 or low in vocabulary or low in names or _known(low):
            out.append(word)
            continue
        possessive = low[:-1] if low.endswith("s") and low[:-1] in names else ""
        if possessive:
            out.extend([possessive, "'s"])
            continue
        # sorted: of two words equally near, the same one must win in every run
        targets = targets or list(dict.fromkeys([*sorted(names), *sorted(vocabulary)]))
        better = _closest(
            low,
            targets,
            name_like=word[0].isupper() and not all(w[:1].isupper() for w in words if w.isalpha()),
        )
        if better and better != low:
            corrected.append((word, better))
            out.append(better)
        else:
            out.append(word)
    return out, corrected


def _known(word: str) -> bool:
    return (
        lexicon.is_word(word)
        or gazetteer.place(word) is not None
        or gazetteer.country(word) is not None
        or (gazetteer.given_name_gender(word) is not None)
    )


def _closest(word: str, targets: list[str], name_like: bool) -> str:
    """Return the known word that the unknown one most likely was meant to be, or "".

    A capitalised unknown word is taken for a name: it is only ever corrected to a word of the articles.
    """
    question = process.extractOne(word, QUESTION_WORDS, scorer=OSA.distance, score_cutoff=1)
    if question is not None:
        return str(question[0])
    near = [t for t in targets if abs(len(t) - len(word)) <= 2 and len(t) >= 3 and t.isalpha()]
    best = process.extractOne(word, near, scorer=OSA.normalized_similarity, score_cutoff=SURE)
    if name_like:
        return str(best[0]) if best is not None and best[1] >= 0.8 else ""
    common = process.extractOne(word, _common(len(word)), scorer=OSA.normalized_similarity, score_cutoff=SURE)
    if best is None:
        return str(common[0]) if common is not None and common[1] >= 0.8 else ""
    if common is not None and common[1] > best[1] + 0.08:
        return str(common[0])
    return str(best[0])


QUESTION_WORDS = ("what", "when", "where", "which", "whose", "whom", "who", "why", "how", "does", "did")


@functools.cache
def _common(length: int) -> tuple[str, ...]:
    return tuple(w for w in Tagger.load().common(8000) if abs(len(w) - length) <= 1 and len(w) >= 3)


@functools.cache
def _rephrasings() -> tuple[tuple[re.Pattern[str], str], ...]:
    path = importlib.resources.files("knowledge.asking") / "data" / "rephrasings.tsv"
    rows = (line.partition("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return tuple((re.compile(pattern, re.IGNORECASE), plain_words) for pattern, _, plain_words in rows)


def _rephrased(sentence: str) -> str:
    """Return the question with idioms said in the plain word: "took his job" is "replaced him"."""
    body = sentence.rstrip(" ?")
    for pattern, plain_words in _rephrasings():
        body = pattern.sub(plain_words, body)
    return body + sentence[len(sentence.rstrip(" ?")) :]


def _unwrap(sentence: str) -> str:
    """Cut greetings, politeness and indirect openers around a question."""
    for _ in range(6):
        before = sentence
        for pattern in _phrases("greeting"):
            match = pattern.match(sentence)
            if match and match.end():
                sentence = sentence[match.end() :]
        for pattern in _phrases("closing"):
            sentence = pattern.sub("", sentence)
        for pattern in _phrases("opener"):
            match = pattern.match(sentence)
            if match and match.end():
                sentence = sentence[match.end() :]
        sentence = sentence.strip(" ,.!;:-")
        if sentence == before:
            break
    return sentence


QUESTION_START = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|can|could|will|would)\b",
    re.IGNORECASE,
)
LONG = 28
"""Words from which on a message is taken to hold a preamble before its question."""


def _last_question(sentence: str) -> tuple[str, str]:
    """Split a long message into preamble and the question that it ends in."""
    parts = re.split(
        r"(?<!\b\w\.)(?<!\b(?:Dr|Mr|Ms|St|vs|No)\.)(?<!\bMrs\.)(?<!\bGen\.)(?<!\bSen\.)(?<=[.!?;])\s+(?=\w)",
        sentence,
    )
    asked = [p for p in parts if QUESTION_START.search(p)]
    if len(parts) > 1 and len(sentence.split()) <= LONG:
        marked = [p for p in parts if p.rstrip().endswith("?")]
        if marked:
            chosen = marked[0]
            return " ".join(p for p in parts if p is not chosen), chosen
    if len(sentence.split()) <= LONG:
        return "", sentence
    chosen = asked[-1] if asked else parts[-1]
    rest = " ".join(p for p in parts if p is not chosen)
    pieces = re.split(r"\s*,\s*|\s+and\s+(?=i\b)|\s+so\s+(?=if|can|could|please|i)\b", chosen)
    for k in range(len(pieces) - 1, -1, -1):
        opener = re.search(
            r"\b(?:tell me|wondering|know|explain|fill me in|settle|ask|asking|idea|clue|remember|"
            r"remind me)\b(.*)$",
            pieces[k],
            re.IGNORECASE,
        )
        start = QUESTION_START.search(opener.group(1)) if opener else None
        if opener and start:
            question = opener.group(1)[start.start() :]
            return " ".join([rest, *pieces[:k]]).strip(), question
    for k in range(len(pieces) - 1, -1, -1):
        if re.match(
            r"(?:and |so |but )?(?:for |to |from |in |by )?"
            r"(?:who|whom|whose|what|which|when|where|why|how)\b",
            pieces[k],
            re.IGNORECASE,
        ):
            return " ".join([rest, *pieces[:k]]).strip(), " ".join(pieces[k:])
    return "", sentence
