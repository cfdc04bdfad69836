"""An answer about who or what somebody or something is."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asking.index import ArticleIndex
from knowledge.model import Span


@dataclass(frozen=True, slots=True)
class Identity:
    """An answer about who or what somebody is: the words, their span, the sentence and a confidence.

    The note "not told" (with confidence 0) says that the article knows nobody of that description.
    """

    text: str
    span: Span
    sentence: int
    confidence: float
    note: str


def nobody(index: ArticleIndex) -> Identity:
    """Return the outcome that says the article knows no such one."""
    return Identity("", index.article.sentences[0].span, 0, 0.0, "not told")


def quoting(index: ArticleIndex, span: Span, confidence: float, note: str, text: str = "") -> Identity:
    """Return words of the article as an answer; `text` may say it more fully."""
    sentences = enumerate(index.article.sentences)
    sentence = next((n for n, s in sentences if s.span.overlaps(span)), 0)
    return Identity(text or span.of(index.article.text), span, sentence, confidence, note)
