"""Lists and reports as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.records import ArticleInfo, ArticleReport, Gap, Outcome, ReloadReport, Stats


def reload_lines(report: ReloadReport) -> Iterator[str]:
    """Yield what a reload did: the articles that changed or failed, then the sums."""
    for article in report.articles:
        if article.outcome is not Outcome.UNCHANGED:
            yield article_line(article)
        for fault in article.set_aside:
            yield f"  set aside: {fault}"
    counts = {outcome: len(report.of(outcome)) for outcome in Outcome}
    sums = ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count)
    yield f"{sums or 'no articles'} in {report.seconds:.1f} s"
    if report.gaps_closed:
        yield f"{report.gaps_closed} open questions can be answered now"


def article_line(article: ArticleReport) -> str:
    """Return what happened to one article."""
    if article.outcome is Outcome.FAILED:
        kept = "; what it held before stays" if article.facts else ""
        return f"failed    {article.key}: {article.fault}{kept}"
    parts = [
        f"{count} facts {word}"
        for count, word in (
            (article.facts_added, "added"),
            (article.facts_changed, "changed"),
            (article.facts_removed, "removed"),
        )
        if count
    ]
    detail = ", ".join(parts) or "same facts"
    took = f" ({article.seconds:.1f} s)" if article.seconds else ""
    return f"{article.outcome.value:<9} {article.key}: {detail}{took}"


def list_lines(articles: Sequence[ArticleInfo]) -> Iterator[str]:
    """Yield one line an article: key, facts, words, title, source."""
    if not articles:
        yield "No articles yet. Put .txt, .md or .html files into the articles folder; then: dateline reload"
        return
    width = max(len(info.key) for info in articles)
    for info in articles:
        source = ", ".join(part for part in (info.source, str(info.published or "")) if part)
        yield f"{info.key:<{width}}  {info.facts:>5} facts  {info.words:>6} words  {info.title}" + (
            f" ({source})" if source else ""
        )


def gap_lines(gaps: Sequence[Gap]) -> Iterator[str]:
    """Yield the open questions, most frequent first."""
    if not gaps:
        yield "No open questions."
    for gap in gaps:
        yield f"{gap.count:>5}x  {gap.text}  (last {gap.last:%Y-%m-%d})"


def stats_lines(stats: Stats) -> Iterator[str]:
    """Yield how questions went."""
    yield f"{stats.articles} articles, {stats.facts} facts"
    yield (
        f"{stats.asked} questions: {stats.answered} answered, {stats.corrected} corrected, "
        f"{stats.did_you_mean} did you mean, {stats.not_told} not told"
    )
    yield f"{stats.liked} liked, {stats.disliked} disliked"
