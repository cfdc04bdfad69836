"""What the bot says of itself and of its articles: to newcomers, and to who asks what it is all about."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import discord

from bot.errors import Refusal
from bot.ui.limits import card, fit, plain
from bot.ui.readings import overview
from knowledge.base import KnowledgeBase
from knowledge.records import ArticleInfo

EXAMPLES = 3
OFFERED, ENOUGH, LOOKS = 60, 20, 8
SHORTEST, LONGEST = 4, 14
"""Words of a question that makes a good example."""
LISTED = 10
NO_ARTICLE = "There is no article here yet. A moderator can add one with /knowledge add."
NOT_OPENED = (
    "I do not open links or files that are posted here. A moderator can add an article with /knowledge add."
)


async def examples(
    base: KnowledgeBase, scope: int | None, among: Collection[str], count: int = EXAMPLES
) -> list[str]:
    """Return questions that can be answered: those asked most, then some that begin differently."""
    await base.prepare(scope)
    seen = {info.key for info in base.articles(scope)}
    asked = await base.popular(scope, next(iter(among)) if len(among) == 1 else None, count)
    found = dict.fromkeys(p.text for p in asked if seen)
    offered: list[str] = []
    for _ in range(LOOKS):
        # Each look tries a few more questions, for as long as the event loop may wait.
        offered = [s.text for s in base.complete("", scope=scope, among=among, limit=OFFERED)]
        if len(offered) >= ENOUGH:
            break
        await asyncio.sleep(0)
    fitting = [t for t in offered if SHORTEST <= len(t.split()) <= LONGEST] or offered
    openings: set[str] = set()
    for text in fitting:
        opening = text.split()[0].casefold()
        if opening not in openings:
            openings.add(opening)
            found[text] = None
    found |= dict.fromkeys(fitting)
    return list(found)[:count]


async def hello_card(
    base: KnowledgeBase, scope: int | None, among: Collection[str], *, not_opened: bool = False
) -> discord.Embed:
    """Say what the bot is for; `not_opened` where somebody posted a link or a file."""
    there = articles_here(base, scope, among)
    told = f"“{plain(fit(there[0].title or there[0].key, 150))}”" if len(there) == 1 else "the articles here"
    lines = [f"I answer questions about {told} and show the sentence that proves each answer."]
    if not_opened:
        lines.append(NOT_OPENED)
    if not there:
        lines = [NOT_OPENED if not_opened else NO_ARTICLE]
    elif shown := await examples(base, scope, among):
        lines += [
            "",
            "Mention me with a question, or use /ask. For example:",
            *(f"- {plain(t)}" for t in shown),
        ]
    return card(title="Hello!", text="\n".join(lines), footer="/help shows what else I can do")


async def overview_card(base: KnowledgeBase, scope: int | None, among: Collection[str]) -> discord.Embed:
    """Show what it is about: the only article in five Ws, or which articles there are."""
    there = articles_here(base, scope, among)
    if not there:
        raise Refusal(NO_ARTICLE)
    if len(there) == 1:
        popular = await base.popular(scope, there[0].key)
        return overview(await base.reading(there[0].key, scope), popular)
    lines = [f"- {plain(fit(info.title or info.key, 200))}" for info in there[:LISTED]]
    if len(there) > LISTED:
        lines.append(f"- … and {len(there) - LISTED} more")
    return card(
        title=f"{len(there)} articles can be asked here",
        text="\n".join(lines),
        footer="/article shows one of them at a glance",
    )


def articles_here(base: KnowledgeBase, scope: int | None, among: Collection[str]) -> list[ArticleInfo]:
    """Return the articles that a channel's questions are answered from."""
    return [info for info in base.articles(scope) if not among or info.key in among]
