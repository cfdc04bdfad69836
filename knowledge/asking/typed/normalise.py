"""A question as typed → plain English words.

Discord's mention and emoji syntax, Markdown and zero-width characters go; chat spellings and dropped
apostrophes are expanded from `data/slang.tsv`; greetings, politeness and preambles from `data/phrases.tsv`
are cut; words that no lexicon, gazetteer or article knows are corrected against the article's vocabulary. A
known word or name is never "corrected".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.asking import tables
from knowledge.asking.grammar.fronted import filled
from knowledge.asking.typed.idioms import plainly
from knowledge.language import gazetteer, lexicon
from knowledge.language.tokenizer import tokenize

MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:|/[\w -]+:|t:)\d*(?::\w)?>|@(?:here|everyone)\b", re.IGNORECASE)
URL = re.compile(r"<?https?://\S+>?", re.IGNORECASE)
MARKDOWN = re.compile(
    r"(?<![\w*])[*_~`|]{1,3}(?=\S)|(?<=\S)[*_~`|]{1,3}(?![\w*])|\|\||^[ \t]*(?:>+|#+|-)[ \t]+", re.MULTILINE
)
EMOTICON = re.compile(r"(?:(?<=\s)|^)(?:[:;=8xX]-?[()\[\]DPpOo3|]+|<3+|[xX]D+|\^\^)(?=\s|$)")
QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "`": "'"}
)
REPEATED = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
LENGTHENED = re.compile(r"\b\w*([a-z])\1{2,}\w*", re.IGNORECASE)
OFTEN = 3.2
"""Least Zipf frequency of a word that a typo is corrected to, beside the words of the articles."""
USUAL = 5.8
"""Zipf frequency from which on a common word goes before an equally near one of the articles."""
LONGEST = 4000
"""Characters of a question that are looked at: Discord's longest message."""
CLITIC_HOSTS = {"who", "what", "where", "when", "how", "why", "that", "there", "he", "she", "it", "here"}
MOST_WORDS = 110
"""Words of a message that are looked at, so that no question takes long."""
MOST_TYPOS = 10
"""Unknown words of a message that are looked up; one that has more is no misspelt question."""
TWO_EDITS = 8
"""Least length of the longer of two words that are alike (`SURE`) although two edits lie between them."""
LONGEST_WORD = 30
"""Letters above which an unknown word is no misspelling of another."""
SURE = 0.72
"""Least OSA similarity of a correction; `language.md` 2b: similarity alone cannot tell austria from
australia, so this only applies to words that nothing knows.
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
    text = EMOTICON.sub(" . ", MARKDOWN.sub("", text)).translate(QUOTES)
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
    return {form: tuple(words.split()) for form, words in tables.rows("slang.tsv")}


@functools.cache
def _phrases(kind: str) -> tuple[re.Pattern[str], ...]:
    rows = (row for row in tables.rows("phrases.tsv") if row[0] == kind)
    return tuple(re.compile("\t".join(row[1:]), re.IGNORECASE) for row in rows)


def read_question(text: str, vocabulary: Collection[str] = (), names: Collection[str] = ()) -> Typed:
    """Return a question's plain words.

    `vocabulary` are the lower-cased words of the articles that may answer, `names` the lower-cased words of
    their names; both are known words and targets of correction.
    """
    words = _rewritten(" ".join(_expand(_written(text), names))).split()
    words, corrected = _spell(words, vocabulary, names)
    preamble, sentence = _last_question(" ".join(words))
    sentence = _rewritten(_rephrased(_unwrap(sentence)))
    words = filled(plainly(sentence.split(), vocabulary), names)
    return Typed(tuple(words), tuple(preamble.split()), tuple(corrected))


@functools.cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (row for row in tables.rows("phrases.tsv") if row[0] == "rewrite")
    return tuple((re.compile(pattern, re.IGNORECASE), words) for _, pattern, words in rows)


def _rewritten(sentence: str) -> str:
    """Return a sentence with spellings of several words put right: "gon na", "talk 2 her"."""
    for pattern, words in _rewrites():
        sentence = pattern.sub(words, sentence)
    return sentence


@functools.lru_cache(maxsize=16)
def _written(text: str) -> Sequence[str]:
    """Return a message's words, as far as they are looked at; the articles that may answer all read them."""
    cleaned = plain(text)
    return _asked_part([cleaned[a:b] for a, b in tokenize(cleaned)])


def _asked_part(words: list[str]) -> list[str]:
    """Return the words looked at: of a very long message those up to its last question mark or its end."""
    if len(words) <= MOST_WORDS:
        return words
    marks = [i for i, w in enumerate(words) if w == "?"]
    end = marks[-1] + 1 if marks else len(words)
    return words[max(0, end - MOST_WORDS) : end]


def _expand(words: Sequence[str], names: Collection[str]) -> list[str]:
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
    """Return the words with the last unknown ones corrected, and what was corrected."""
    corrected: list[tuple[str, str]] = []
    targets: list[str] = []
    titled = all(w[:1].isupper() for w in words if w.isalpha())
    out: list[str] = []
    for word in reversed(words):
        low = word.lower()
        plain_word = low.isalpha() and 3 <= len(low) <= LONGEST_WORD
        if not plain_word or low in vocabulary or low in names or _known(low):
            out.append(word)
        elif low.endswith("s") and (low[:-1] in names or _often_noun(low[:-1])):
            out.extend(["'s", low[:-1]])
        elif parts := _run_together(low, names):
            out.extend(reversed(parts))
        elif len(corrected) < MOST_TYPOS:
            # sorted: of two words equally near, the same one must win in every run
            targets = targets or list(dict.fromkeys([*sorted(names), *sorted(vocabulary)]))
            better = _closest(low, targets, name_like=word[0].isupper() and not titled)
            corrected.append((word, better or low))
            out.append(better if better and better != low else word)
        else:
            out.append(word)
    changed = [(before, after) for before, after in reversed(corrected) if before.lower() != after]
    return out[::-1], changed


def _run_together(word: str, names: Collection[str]) -> tuple[str, str] | None:
    """Return the two words that are written as one: a whole name, or a question word and what follows it."""
    for i in range(2, len(word) - 1):
        left, right = word[:i], word[i:]
        whole = left in names and right in names and i > 2 and len(right) > 2
        if whole or (left in QUESTION_WORDS and (right in BEHIND or right in names)):
            return left, right
    return None


def _often_noun(word: str) -> bool:
    """Tell whether a word is a frequent noun, so that an unknown "s" behind it is its possessive."""
    return "NOUN" in lexicon.tags(word) and lexicon.frequency(word) >= OFTEN


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
    shortest, longest = max(3, len(word) - 2), len(word) + 2
    near = [t for t in targets if shortest <= len(t) <= longest and t.isalpha()]
    swapped = _swapped(word, near) or _swapped(word)
    if swapped:
        return swapped
    nearest = _one_edit_off(word)
    if not nearest or nearest[0][0] != word[0]:
        swapped = _swapped(word, near, first=True) or _swapped(word, first=True)
        if swapped:
            return swapped
    question = process.extractOne(word, QUESTION_WORDS, scorer=OSA.distance, score_cutoff=1)
    if question is not None:
        return str(question[0])
    best = process.extractOne(word, near, scorer=OSA.normalized_similarity, score_cutoff=SURE)
    if name_like:
        return str(best[0]) if best is not None and best[1] >= 0.8 else ""
    common = _alike(word, nearest)
    if best is None and common is None:
        return _sounding(word, near) or _sounding(word, _common_from(len(word)).get(word[0], ()))
    if best is None:
        return str(common[0]) if common is not None and common[1] >= 0.8 else ""
    if common is not None:
        usual = lexicon.frequency(str(common[0])) >= USUAL and common[1] >= best[1]
        if usual or common[1] > best[1] + 0.08:
            return str(common[0])
    return str(best[0])


def _swapped(word: str, known: Sequence[str] | None = None, first: bool = False) -> str:
    """Return the known word of which two neighbouring letters are swapped, the first two or others, or "".

    Without known words, it is the most frequent such word.
    """
    places = range(1) if first else range(1, len(word) - 1)
    swaps = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places} - {word}
    if known is None:
        ranks = _ranks()
        return min((s for s in swaps if s in ranks), key=ranks.__getitem__, default="")
    return next((k for k in known if k in swaps), "")


def _one_edit_off(word: str) -> list[str]:
    """Return the frequent words that one edit (OSA) makes of an unknown one, the most frequent first.

    Some hundred spellings are looked up, which takes a tenth of the time of comparing all frequent words.
    """
    ranks, letters = _ranks(), _letters()
    found: set[str] = set()
    for i in range(len(word) + 1):
        left, right = word[:i], word[i:]
        found.update([left + letter + right for letter in letters])
        if right:
            found.update([left + letter + right[1:] for letter in letters])
            found.update((left + right[1:], left + right[1::-1] + right[2:]))
    return sorted((w for w in found if w in ranks and len(w) >= 3), key=ranks.__getitem__)


def _alike(word: str, nearest: Sequence[str]) -> tuple[str, float] | None:
    """Return the frequent word most like an unknown one with its OSA similarity, or None.

    `nearest` are those one edit off: where there are any, the others are less like it.
    """
    if nearest:
        best = max(nearest, key=lambda w: max(len(w), len(word)))
        likeness = OSA.normalized_similarity(word, best)
        return (best, likeness) if likeness >= SURE else None
    if len(word) + 1 < TWO_EDITS:
        return None
    known = _common(len(word)) if len(word) >= TWO_EDITS else _common_of(len(word) + 1)
    found = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=SURE)
    return (str(found[0]), float(found[1])) if found is not None else None


def _sounding(word: str, known: Sequence[str]) -> str:
    """Return the nearest known word that has the same consonants, or ""."""
    bones = _consonants(word)
    alike = [k for k in known if k[0] == word[0] and _consonants(k) == bones]
    found = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=2) if len(bones) >= 3 else None
    return str(found[0]) if found is not None else ""


@functools.lru_cache(maxsize=1 << 15)
def _consonants(word: str) -> str:
    """Return a word's consonants, doubled ones once."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", word.replace("ck", "k").replace("c", "k")))


BEHIND = {"did", "does", "is", "was", "are", "were", "many", "much", "long", "old", "said", "kind", "time"}
"""What stands behind a question word often enough to be written as one with it."""
QUESTION_WORDS = ("what", "when", "where", "which", "whose", "whom", "who", "why", "how", "does", "did")


@functools.cache
def _ranks() -> dict[str, int]:
    """Return the places of frequent words, the most frequent first."""
    return {word: rank for rank, word in enumerate(lexicon.frequent(OFTEN))}


@functools.cache
def _letters() -> str:
    return "".join(sorted({letter for word in _ranks() for letter in word}))


@functools.cache
def _common_from(length: int) -> dict[str, tuple[str, ...]]:
    """Return frequent words of about this length by their first letter, the most frequent first."""
    found: dict[str, list[str]] = {}
    for word in _common(length):
        found.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in found.items()}


@functools.cache
def _common_of(length: int) -> tuple[str, ...]:
    """Return frequent words of this length, the most frequent first."""
    return tuple(w for w in lexicon.frequent(OFTEN) if len(w) == length)


@functools.cache
def _common(length: int) -> tuple[str, ...]:
    """Return frequent words of about this length, the most frequent first."""
    return tuple(w for w in lexicon.frequent(OFTEN) if abs(len(w) - length) <= 1 and len(w) >= 3)


@functools.cache
def _rephrasings() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tables.rows("rephrasings.tsv")
    return tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in rows)


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
PREPOSITION = r"(?:(?:for|from|to|in|on|at|by|with|under|against|since|until|during) )?"
WH_START = re.compile(
    rf"(?:and |so |but )?{PREPOSITION}(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE
)
ASKED = re.compile(rf"\b{PREPOSITION}{QUESTION_START.pattern}", re.IGNORECASE)
EMPTY = re.compile(
    r"(?:so |and |but )?(?:which|who|what|where|when)(?: one| ones)? (?:was|is|were|are|'s) "
    r"(?:it|that|this|they|he|she|those)(?: again| please)?[ ?.!]*",
    re.IGNORECASE,
)
"""A question of a long message that only takes up what was said before it."""
HANGING = re.compile(
    r"\b(?:tell me|wondering|know|explain|fill me in|settle|ask|asking|idea|clue|remember|remind me)\b(.*)$",
    re.IGNORECASE,
)
"""What a question hangs on in a long message."""
ABOUT_ONESELF = re.compile(r"(?:i|we|my|our|im|sorry|been|hope)\b", re.IGNORECASE)
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
        before, comma, last = sentence.rpartition(" , ")
        if comma and WH_START.match(last) and not EMPTY.fullmatch(last) and ABOUT_ONESELF.match(before):
            return before, last
        return "", sentence
    chosen = asked[-1] if asked else parts[-1]
    rest = " ".join(p for p in parts if p is not chosen)
    pieces = re.split(r"\s*[,:]\s*|\s+and\s+(?=i\b)|\s+so\s+(?=if|can|could|please|i)\b", chosen)
    for k in range(len(pieces) - 1, -1, -1):
        if EMPTY.fullmatch(pieces[k]):
            continue
        if WH_START.match(pieces[k]):
            return " ".join([rest, *pieces[:k]]).strip(), ", ".join(pieces[k:])
        opener = HANGING.search(pieces[k])
        start = ASKED.search(opener.group(1)) if opener else None
        if opener and start:
            return " ".join([rest, *pieces[:k]]).strip(), opener.group(1)[start.start() :]
    return "", sentence
