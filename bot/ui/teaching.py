"""Panels in which moderators teach answers, and correct or remove facts that were read wrongly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

import discord
from pydantic import ValidationError
from rapidfuzz import fuzz

from bot.errors import Refusal, SafeModal, SafeView
from bot.ui.limits import MAX_OPTIONS, Limit, card, counted, fit, option, plain
from bot.ui.readings import NO_FACT, fact_line, filtered
from knowledge.corrections import Drop, TaughtAnswer, TaughtFact
from knowledge.model import Fact, Reading, Role
from knowledge.records import ArticleInfo, KeptCorrection

if TYPE_CHECKING:
    from bot.client import Dateline

Check = Callable[[discord.Interaction[Any]], Awaitable[int]]
ON_A_PAGE = 7


class ManagedView(SafeView):
    """A panel that only its owner may use, and only as long as they may manage the server."""

    def __init__(self, bot: Dateline, scope: int, check: Check, *, owner: int) -> None:
        super().__init__(owner=owner)
        self.bot = bot
        self.scope = scope
        self.check = check

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse others in words."""
        if not await super().interaction_check(interaction):
            return False
        await self.check(interaction)
        return True


class TeachPanel(ManagedView):
    """Teaches the answer to a question: article, proving sentence, then the answer's words in it."""

    def __init__(
        self, bot: Dateline, scope: int, check: Check, *, owner: int, question: str, article: str
    ) -> None:
        super().__init__(bot, scope, check, owner=owner)
        self._question = question
        self._article = article
        self._quotes: list[str] = []

    async def fill(self) -> None:
        """Offer the articles, and the chosen one's sentences, those most like the question first."""
        there = sorted(self.bot.base.articles(self.scope), key=self._likeness, reverse=True)
        if not there:
            raise Refusal("There is no article that could prove an answer.")
        if self._article not in {a.key for a in there}:
            self._article = there[0].key
        reading = await self.bot.base.reading(self._article, self.scope)
        self.article.options = [
            option(a.title or a.key, a.key, a.source, chosen=a.key == self._article)
            for a in there
            if len(a.key) <= Limit.CHOICE
        ][:MAX_OPTIONS]
        texts = [" ".join(s.span.of(reading.article.text).split()) for s in reading.article.sentences]
        ranked = sorted(texts, key=lambda t: -fuzz.token_set_ratio(self._question.casefold(), t.casefold()))
        self._quotes = [t for t in dict.fromkeys(ranked) if 3 <= len(t) <= 2000][:MAX_OPTIONS]
        self.sentence.options = [option(t, str(n), t[90:]) for n, t in enumerate(self._quotes)] or [
            option("none", "none")
        ]

    def _likeness(self, info: ArticleInfo) -> tuple[bool, float]:
        """Rank the chosen article first, then those whose title is most like the question."""
        like = fuzz.token_set_ratio(self._question.casefold(), info.title.casefold())
        return info.key == self._article, like

    def embed(self) -> discord.Embed:
        """Say what to do."""
        text = f"**{plain(self._question)}**\n\nChoose the sentence that proves the answer."
        return card(title="Teach an answer", text=text)

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="Which article", row=0)
    async def article(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Choose another article."""
        self._article = select.values[0]
        await self.fill()
        await interaction.response.edit_message(embed=self.embed(), view=self)

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="Which sentence proves it", row=1)
    async def sentence(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Choose the sentence, and open the form with a drafted answer."""
        if not select.values[0].isdigit():
            raise Refusal("This article has no sentence that could prove it.")
        quote = self._quotes[int(select.values[0])]
        draft = self.bot.base.draft([self._question], self._article, self.scope, quote)
        await interaction.response.send_modal(TeachForm(self, self._article, draft))


class TeachForm(SafeModal, title="Teach an answer"):
    """Confirms a taught answer."""

    def __init__(self, panel: TeachPanel, article: str, draft: TaughtAnswer) -> None:
        super().__init__()
        self._panel = panel
        self._article = article
        self.question = _field("Question", draft.questions[0], 300)
        self.answer = _field("Answer, in the sentence's own words", draft.answer, 500)
        self.quote = _field("Sentence that proves it", draft.quote, 2000, long=True)
        for item in (self.question, self.answer, self.quote):
            self.add_item(item)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Add the answer, in force at once."""
        scope = await self._panel.check(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            taught = TaughtAnswer(
                questions=(self.question.value,), answer=self.answer.value, quote=self.quote.value
            )
        except ValidationError as error:
            raise Refusal(f"This cannot be taught: {error.errors()[0]['msg']}") from None
        person = str(interaction.user.id)
        await self._panel.bot.base.correct(self._article, scope, taught, person=person)
        text = f"Taught, in force now: **{plain(taught.questions[0])}** {plain(taught.answer)}"
        await interaction.followup.send(fit(text, Limit.CONTENT), ephemeral=True)


class FactPanel(ManagedView):
    """Shows an article's facts in pages; one can be chosen, corrected or removed."""

    def __init__(
        self, bot: Dateline, scope: int, check: Check, *, owner: int, article: str, search: str = ""
    ) -> None:
        super().__init__(bot, scope, check, owner=owner)
        self.article = article
        self._search = search
        self._reading: Reading | None = None
        self._facts: list[Fact] = []
        self._at = 0
        self._chosen: Fact | None = None

    async def fill(self) -> None:
        """Read the facts, and offer those of the page."""
        reading = await self.bot.base.reading(self.article, self.scope)
        self._reading = reading
        self._facts = filtered(reading, self._search, None)
        self._at = min(self._at, self._last)
        page = self._page()
        if self._chosen not in page:
            self._chosen = None
        text = reading.article.text
        self.choose.options = [
            option(
                " ".join([*(a.short.of(text) for a in f.arguments[:1]), f.predicate.span.of(text)]),
                str(f.id),
                f.evidence[0].of(text),
                chosen=f == self._chosen,
            )
            for f in page
        ] or [option("none", "none")]
        self.correct.disabled = self.remove.disabled = self._chosen is None
        self.back.disabled, self.forth.disabled = self._at == 0, self._at == self._last

    @property
    def _last(self) -> int:
        return max(0, (len(self._facts) - 1) // ON_A_PAGE)

    def _page(self) -> list[Fact]:
        return self._facts[self._at * ON_A_PAGE : (self._at + 1) * ON_A_PAGE]

    def embed(self) -> discord.Embed:
        """Show the page."""
        assert self._reading is not None
        lines = [fact_line(self._reading, f) for f in self._page()] or [NO_FACT]
        footer = f"{self._reading.article.title} · {self._at + 1} / {self._last + 1}"
        return card(title=counted(len(self._facts), "fact"), text="\n".join(lines), footer=footer)

    async def redraw(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page anew in place of the old one."""
        await self.fill()
        await interaction.response.edit_message(embed=self.embed(), view=self)

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="Choose a fact", row=0)
    async def choose(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Choose a fact."""
        self._chosen = next((f for f in self._page() if str(f.id) == select.values[0]), None)
        await self.redraw(interaction)

    @discord.ui.button(label="◀", row=1)
    async def back(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Turn back."""
        self._at = max(0, self._at - 1)
        await self.redraw(interaction)

    @discord.ui.button(label="▶", row=1)
    async def forth(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Turn on."""
        self._at = min(self._last, self._at + 1)
        await self.redraw(interaction)

    @discord.ui.button(label="Correct", row=1, disabled=True)
    async def correct(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Open a form with the fact's parts."""
        if self._chosen is not None and self._reading is not None:
            await interaction.response.send_modal(FactForm(self, self._reading, self._chosen))

    @discord.ui.button(label="Remove", row=1, style=discord.ButtonStyle.danger, disabled=True)
    async def remove(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Remove the fact; this can be taken back under Corrections."""
        if self._chosen is None or self._reading is None:
            return
        await self.bot.base.correct(
            self.article, self.scope, drop_of(self._reading, self._chosen), person=str(interaction.user.id)
        )
        self._chosen = None
        await self.redraw(interaction)

    @discord.ui.button(label="Corrections", row=1)
    async def corrections(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Show what people corrected and taught."""
        panel = CorrectionPanel(
            self.bot, self.scope, self.check, owner=interaction.user.id, article=self.article
        )
        await panel.fill()
        await interaction.response.send_message(embed=panel.embed(), view=panel, ephemeral=True)


def drop_of(reading: Reading, fact: Fact) -> Drop:
    """Return the correction that removes a fact."""
    text = reading.article.text
    return Drop(quote=reading.article.sentences[fact.sentence].span.of(text), predicate=fact.predicate.text)


class FactForm(SafeModal, title="Correct a fact"):
    """Corrects a fact: the old one goes, the corrected one comes."""

    def __init__(self, panel: FactPanel, reading: Reading, fact: Fact) -> None:
        super().__init__()
        self._panel = panel
        self._drop = drop_of(reading, fact)
        text = reading.article.text
        parts = "\n".join(f"{a.role.value}: {' '.join(a.span.of(text).split())}" for a in fact.arguments)
        self.predicate = _field("What is said to happen", fact.predicate.span.of(text), 200)
        self.parts = _field("Who and what, a line each: role: words", parts, 2000, long=True)
        self.add_item(self.predicate)
        self.add_item(self.parts)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Replace the fact."""
        scope = await self._panel.check(interaction)
        taught = taught_fact(self._drop.quote, self.predicate.value, self.parts.value.splitlines())
        await interaction.response.defer(ephemeral=True, thinking=True)
        base, person = self._panel.bot.base, str(interaction.user.id)
        added = await base.correct(self._panel.article, scope, taught, person=person)
        if self._drop.predicate.casefold() != taught.predicate.casefold():
            await base.correct(self._panel.article, scope, self._drop, person=person)
        text = f"In force now: {plain(taught.predicate)} ({len(taught.arguments)} parts, number {added.id})."
        await interaction.followup.send(fit(text, Limit.CONTENT), ephemeral=True)


def taught_fact(quote: str, predicate: str, lines: Sequence[str]) -> TaughtFact:
    """Return a fact from lines "role: words"; raise Refusal in words for a line that is none."""
    arguments: dict[Role, str] = {}
    for line in filter(str.strip, lines):
        name, _, words = line.partition(":")
        try:
            arguments[Role(name.strip().lower())] = words.strip()
        except ValueError:
            roles = ", ".join(role.value for role in Role)
            raise Refusal(f"“{plain(name.strip())}” is no role. The roles are: {roles}") from None
    try:
        return TaughtFact.model_validate({"quote": quote, "predicate": predicate, "arguments": arguments})
    except ValidationError as error:
        raise Refusal(f"This is no fact: {error.errors()[0]['msg']}") from None


class CorrectionPanel(ManagedView):
    """Lists an article's corrections; one that a person added can be taken back."""

    def __init__(self, bot: Dateline, scope: int, check: Check, *, owner: int, article: str) -> None:
        super().__init__(bot, scope, check, owner=owner)
        self._article = article
        self._kept: tuple[KeptCorrection, ...] = ()

    async def fill(self) -> None:
        """Read the corrections."""
        self._kept = await self.bot.base.corrections(self._article, self.scope)
        own = [k for k in self._kept if k.id][:MAX_OPTIONS]
        self.take_back.options = [option(_said(k), str(k.id), k.fault) for k in own] or [option("none", "0")]
        self.take_back.disabled = not own

    def embed(self) -> discord.Embed:
        """List the corrections."""
        lines = [
            f"- {plain(_said(k))}{' ⚠️ set aside: ' + plain(k.fault) if k.fault else ''}" for k in self._kept
        ]
        return card(title="Corrections", text="\n".join(lines) or "None yet.")

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="Take one back")
    async def take_back(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Take a correction back."""
        await self.bot.base.retract(int(select.values[0]), self.scope)
        await self.fill()
        await interaction.response.edit_message(embed=self.embed(), view=self)


def _said(kept: KeptCorrection) -> str:
    """Describe a correction in a line."""
    match kept.correction:
        case TaughtAnswer(questions=questions, answer=answer):
            return f"answer: {questions[0]} {answer}"
        case TaughtFact(predicate=predicate, arguments=arguments):
            return f"fact: {predicate}, {', '.join(arguments.values())}"
        case Drop(predicate=predicate, quote=quote):
            return f"removed: {predicate} in “{fit(quote, 80)}”"
        case other:
            return f"name: {other.alias} for {other.entity}"


def _field(label: str, value: str, most: int, *, long: bool = False) -> discord.ui.TextInput[Any]:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    return discord.ui.TextInput(label=label, default=fit(value, most), max_length=most, style=style)
