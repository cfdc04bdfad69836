"""What moderators are told: reloads, additions, lists, figures."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.ui.limits import card, counted, fit, pages, plain
from bot.ui.readings import fact_line
from knowledge.records import AddReport, ArticleInfo, ArticleReport, Outcome, ReloadReport, Stats

PREVIEWED = 8


def reload_card(report: ReloadReport, done: str = "Reloaded") -> discord.Embed:
    """Show what a reload did, article by article."""
    fields = []
    for outcome in (Outcome.FAILED, Outcome.ADDED, Outcome.CHANGED, Outcome.REMOVED):
        if found := report.of(outcome):
            lines = pages(map(report_line, found), 1000)
            fields.append((f"{outcome.value.capitalize()} ({len(found)})", lines[0]))
    aside = [str(fault) for article in report.articles for fault in article.set_aside]
    if aside:
        fields.append(("Corrections set aside", pages((f"- {plain(line)}" for line in aside), 1000)[0]))
    text = f"{len(report.of(Outcome.UNCHANGED))} unchanged, {report.seconds:.1f} s."
    if report.gaps_closed:
        text += f" {counted(report.gaps_closed, 'open question')} can be answered now."
    title = f"{done}, with faults" if report.of(Outcome.FAILED) else done
    return card(title=title, text=text, fields=fields)


def report_line(article: ArticleReport) -> str:
    """Describe in one line what happened to an article."""
    name = plain(fit(article.title or article.key, 120))
    if article.fault is not None:
        return f"- {name}: {plain(fit(str(article.fault), 300))}"
    if article.outcome is Outcome.REMOVED:
        return f"- {name}"
    changes = f"+{article.facts_added} ~{article.facts_changed} -{article.facts_removed}"
    return f"- {name}: {article.facts} facts ({changes}), {article.seconds:.1f} s"


def add_card(found: AddReport) -> discord.Embed:
    """Show what was read in an article that is not live yet."""
    reading = found.reading
    lines = pages((fact_line(reading, f) for f in reading.facts[:PREVIEWED]), 2800)
    text = f"{found.info.words} words, {found.info.facts} facts, {found.report.seconds:.1f} s. Among them:\n"
    return card(
        title=plain(found.info.title or found.info.key),
        text=text + (lines[0] if lines else "nothing that I can answer from."),
        footer="Not live yet. Put it live?",
    )


def list_cards(articles: Sequence[ArticleInfo]) -> list[discord.Embed]:
    """List articles: this server's own first."""
    lines = []
    for info in articles:
        where = "this server" if info.scope is not None else "everywhere"
        source = f" · {plain(info.source)}" if info.source else ""
        title = plain(fit(info.title or info.key, 150))
        lines.append(f"- **{title}**{source} · {counted(info.facts, 'fact')} · {where}")
    laid = pages(lines, 2800) or ["None yet: /knowledge add."]
    return [card(title=counted(len(articles), "article"), text=text) for text in laid]


def stats_card(stats: Stats, days: int, image: str | None = None) -> discord.Embed:
    """Show how questions went; `image` is the name of the attached chart."""
    fields = [
        ("Asked", str(stats.asked)),
        ("Answered", _share(stats.answered, stats.asked)),
        ("Corrected", _share(stats.corrected, stats.asked)),
        ("Did you mean", _share(stats.did_you_mean, stats.asked)),
        ("Not told", _share(stats.not_told, stats.asked)),
        ("Votes", f"👍 {stats.liked} · 👎 {stats.disliked}"),
    ]
    if not stats.asked:
        fields = [("Asked", "Nobody asked anything in this time. /help shows how to.")]
    return card(
        title=f"The last {counted(days, 'day')}",
        text=f"{counted(stats.articles, 'article')} with {counted(stats.facts, 'fact')}.",
        fields=fields,
        image=f"attachment://{image}" if image else None,
        side_by_side=True,
    )


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else str(part)
