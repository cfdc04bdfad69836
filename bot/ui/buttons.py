"""The buttons under an answer. They carry all they need, so that they outlive a restart of the bot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord

from bot.deciding import Trigger, without_mention
from bot.errors import Refusal, answered, first_time, say
from bot.patience import Patience, respond
from bot.preferences import channels_of
from bot.ui.answers import NEAREST, answer_card, quote, shown_question, shown_questions
from bot.ui.limits import Limit, card, fit, plain
from knowledge.errors import UnknownArticle
from knowledge.model import Answer, Article, Passage, Question, Span, Status

if TYPE_CHECKING:
    from bot.client import Dateline
    from bot.desk import Asked

PERSISTENT = "dateline:"
TOLD = (Status.ANSWERED, Status.CORRECTED)
LABELS = {
    "context": ("In context", None),
    "why": ("Why?", None),
    "next": ("Next best", None),
    "up": (None, "👍"),
    "down": (None, "👎"),
}


class AnswerButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"dateline:(?P<action>context|why|next|up|down|pick):(?P<asked>[0-9]+)(?::(?P<n>[0-9]))?",
):
    """A button under an answer.

    `asked` is the question's number in the log, `n` the suggestion that it picks.
    """

    def __init__(self, action: str, asked: int, n: int = 0) -> None:
        label, emoji = LABELS.get(action, (str(n), None))
        style = discord.ButtonStyle.primary if action == "pick" else discord.ButtonStyle.secondary
        custom_id = f"dateline:{action}:{asked}" + (f":{n}" if action == "pick" else "")
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=label, emoji=emoji, style=style, custom_id=custom_id
        )
        super().__init__(button, row=0 if action == "pick" else 1)
        self.action, self.asked, self.n = action, asked, n

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> AnswerButton:
        """Make the button again from what Discord sends with a click."""
        return cls(match["action"], int(match["asked"]), int(match["n"] or 0))

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let an interaction through once."""
        return first_time(interaction)

    @answered
    async def callback(self, interaction: discord.Interaction[Dateline]) -> None:
        """Do what the button says."""
        action = {"up": _vote, "down": _vote, "pick": _pick, "context": _context, "why": _why, "next": _next}
        await action[self.action](self, interaction)


async def answer_bare_click(interaction: discord.Interaction[Dateline]) -> None:
    """Answer a click whose message came without its components, which discord.py passes over in silence."""
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    match = AnswerButton.__discord_ui_compiled_template__.fullmatch(custom_id)
    if interaction.type is not discord.InteractionType.component or match is None:
        return
    # The attribute itself is missing where the field was.
    rows = getattr(interaction.message, "components", ())
    shown = {getattr(part, "custom_id", None) for row in rows for part in getattr(row, "children", ())}
    if custom_id not in shown and first_time(interaction):
        button = AnswerButton(match["action"], int(match["asked"]), int(match["n"] or 0))
        await button.callback(interaction)


def answer_view(asked: Asked) -> discord.ui.View | None:
    """Return the buttons that fit an answer, None where there are none."""
    view = discord.ui.View(timeout=None)
    answer = asked.answer
    if answer.status in (Status.DID_YOU_MEAN, Status.NOT_TOLD):
        for n in range(1, len(answer.suggestions[:NEAREST]) + 1):
            view.add_item(AnswerButton("pick", asked.id, n))
    if answer.evidence and answer.status in TOLD:
        view.add_item(AnswerButton("context", asked.id))
        view.add_item(AnswerButton("why", asked.id))
        if answer.also or answer.suggestions:
            view.add_item(AnswerButton("next", asked.id))
    elif answer.why is not None:
        view.add_item(AnswerButton("why", asked.id))
    if asked.feedback and asked.id and answer.status is not Status.DID_YOU_MEAN:
        view.add_item(AnswerButton("up", asked.id))
        view.add_item(AnswerButton("down", asked.id))
    return view if view.children else None


async def _vote(button: AnswerButton, interaction: discord.Interaction[Dateline]) -> None:
    bot = interaction.client
    await bot.check_pace(interaction)
    number = await bot.desk.number(button.asked)
    if not number:
        raise Refusal("That answer is too old to be voted on; please ask anew.")
    likes, dislikes = await bot.base.vote(
        number, str(interaction.user.id), 1 if button.action == "up" else -1
    )
    await say(interaction, f"Thank you, noted. (👍 {likes} · 👎 {dislikes})")


async def _pick(button: AnswerButton, interaction: discord.Interaction[Dateline]) -> None:
    bot, message = interaction.client, interaction.message
    await bot.check_pace(interaction)
    shown = shown_questions(message) if message else {}
    text = shown.get(button.n)
    if text is None:
        raise Refusal("That question is no longer there; please ask it anew.")
    before = bot.desk.recall(button.asked)
    scope = bot.scope_of(interaction)
    chosen = await bot.preferences.channel(scope, channels_of(interaction.channel))
    near = before.answer.suggestions if before else ()
    article = next((s.article for s in near if " ".join(s.text.split()) == text), None)
    asked = await bot.desk.ask(
        Question(text=text, scope=scope, article=article or (before.question.article if before else None)),
        person=interaction.user.id,
        trigger=Trigger.BUTTON,
        among=chosen.articles,
    )
    assert asked is not None
    await show_answer(interaction, asked, replace=before is not None and before.person == interaction.user.id)


async def show_answer(interaction: discord.Interaction[Any], asked: Asked, *, replace: bool) -> None:
    """Show an answer to a click.

    In place of the message where it is the asker's, else to the person alone.
    """
    embed, view = answer_card(asked.answer, asked.info), answer_view(asked)
    if replace:
        await interaction.response.edit_message(embed=embed, view=view)
    elif view is None:
        await interaction.response.send_message(embed=embed, ephemeral=True)
    else:
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


async def _answer_again(button: AnswerButton, interaction: discord.Interaction[Dateline]) -> Answer:
    """Return the answer above the button; ask its question again where it is no longer in mind."""
    bot = interaction.client
    known = bot.desk.recall(button.asked)
    if known is not None:
        return known.answer
    question = await question_under(interaction)
    if question is None:
        raise Refusal("I no longer have the question of that answer; please ask it anew.")
    scope = bot.scope_of(interaction)
    await bot.base.prepare(scope)
    return bot.base.ask(Question(text=question, scope=scope))


async def question_under(interaction: discord.Interaction[Dateline]) -> str | None:
    """Find the question of the answer that was clicked: in the message it replies to, or quoted above it."""
    message = interaction.message
    if message is None:
        return None
    if shown := shown_question(message):
        return shown
    found = await interaction.client.referenced(message)
    bot_user = interaction.client.user
    if found is None or bot_user is None:
        return None
    return without_mention(found.content, bot_user.id) or None


async def _context(button: AnswerButton, interaction: discord.Interaction[Dateline]) -> None:
    bot = interaction.client
    async with Patience(interaction, private=True):
        answer = await _answer_again(button, interaction)
    if not answer.evidence:
        raise Refusal("The article no longer proves that answer; please ask anew.")
    passage = answer.evidence[0]
    try:
        async with Patience(interaction, private=True):
            reading = await bot.base.reading(passage.article, bot.scope_of(interaction))
    except UnknownArticle:
        raise Refusal("That article is no longer here.") from None
    embed = card(
        title=reading.article.title or passage.article,
        text=_around(reading.article, passage),
        url=reading.article.url or None,
        footer="The paragraphs around the answer",
    )
    await respond(interaction, private=True, embed=embed)


def _around(article: Article, passage: Passage) -> str:
    """Return the paragraph of a passage with those before and after it, the passage as a quote."""
    spans = [p.span for p in article.paragraphs]
    at = next((i for i, span in enumerate(spans) if span.overlaps(passage.span)), None)
    if at is None:
        return quote(passage)
    before = plain(spans[at - 1].of(article.text)) if at else ""
    after = plain(spans[at + 1].of(article.text)) if at + 1 < len(spans) else ""
    whole = Passage(
        article=passage.article,
        span=_within(spans[at], passage.span),
        text=_within(spans[at], passage.span).of(article.text),
        paragraph=passage.paragraph,
        bold=passage.span,
    )
    parts = [fit(before, 1000) if before else "", quote(whole, 1800), fit(after, 1000) if after else ""]
    return "\n\n".join(p for p in parts if p)


def _within(paragraph: Span, passage: Span) -> Span:
    return Span(min(paragraph.start, passage.start), max(paragraph.end, passage.end))


async def _why(button: AnswerButton, interaction: discord.Interaction[Dateline]) -> None:
    async with Patience(interaction, private=True):
        answer = await _answer_again(button, interaction)
    lines = []
    if answer.matched:
        lines.append(f"**I understood:** {plain(answer.matched)}")
    if answer.resolved:
        lines.append(f"**Completed from before:** {plain(answer.resolved)}")
    lines.append(f"**How sure:** {answer.confidence:.0%}")
    if answer.why is not None:
        lines.append(f"**Question:** {plain(answer.why.frame)}")
        lines += [f"- {plain(note)}" for note in answer.why.notes[:12]]
        if answer.why.rivals:
            lines.append("**Not chosen:**")
            lines += [f"- {plain(rival)}" for rival in answer.why.rivals[:5]]
    if answer.status in TOLD:
        lines += ["**Proof:**", *(quote(p, 500) for p in answer.evidence)]
    await respond(interaction, private=True, embed=card(title="Why this answer", text="\n".join(lines)))


async def _next(button: AnswerButton, interaction: discord.Interaction[Dateline]) -> None:
    async with Patience(interaction, private=True):
        answer = await _answer_again(button, interaction)
    fields = [
        (
            fit(plain(aside.text), Limit.FIELD_NAME),
            "\n".join(quote(p, 400) for p in aside.evidence[:2]) or "…",
        )
        for aside in answer.also
    ]
    near = "\n".join(f"- {plain(s.text)}" for s in answer.suggestions[:8])
    if not fields and not near:
        raise Refusal("Nothing else in the article comes near.")
    text = f"I can also tell:\n{near}" if near else ""
    await respond(interaction, private=True, embed=card(title="Next best", text=text, fields=fields))
