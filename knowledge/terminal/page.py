"""A self-contained page of articles and their facts: no script, nothing fetched, dark and light."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from knowledge.model import Article, Fact, Reading


def page(readings: Sequence[Reading]) -> str:
    """Return the HTML page."""
    style = (resources.files("knowledge.terminal") / "page.css").read_text("utf-8")
    titles = " · ".join(escape(reading.article.title or reading.article.key) for reading in readings)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{titles}</title>\n<style>\n{style}</style>\n"
        + "\n".join(_article(reading) for reading in readings)
        + "\n</html>\n"
    )


def _article(reading: Reading) -> str:
    article = reading.article
    head = f"<h1>{escape(article.title or article.key)}</h1>"
    counts = f"<p class=counts>{len(reading.facts)} facts, {len(reading.entities)} entities</p>"
    parts = []
    for number, sentence in enumerate(article.sentences):
        facts = [fact for fact in reading.facts if fact.sentence == number]
        quoted = escape(" ".join(sentence.span.of(article.text).split()))
        parts.append(f"<section><blockquote>{quoted}</blockquote>{_facts(article, facts)}</section>")
    return f"<article>{head}{counts}{''.join(parts)}</article>"


def _facts(article: Article, facts: Sequence[Fact]) -> str:
    if not facts:
        return ""
    return f"<ul>{''.join(_fact(article, fact) for fact in facts)}</ul>"


def _fact(article: Article, fact: Fact) -> str:
    marks = [mark for mark in ("not" if fact.negated else "", fact.modality.value, fact.kind.value) if mark]
    arguments = "".join(
        f'<span class="argument {argument.role.value}"><small>{argument.role.value}</small> '
        f"{escape(' '.join(filter(None, (argument.case, *argument.span.of(article.text).split()))))}</span>"
        for argument in fact.arguments
    )
    return f"<li><b>{escape(fact.predicate.lemma)}</b> <i>{escape(', '.join(marks))}</i> {arguments}</li>"
