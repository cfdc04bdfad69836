"""Asking: mention, reply, direct message, chosen channels, threads, forums, /ask and the message menu."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import slow_down
from bot.conversations import CONTEXT, Exchange, Turn
from bot.deciding import (
    Action,
    Decision,
    Situation,
    Trigger,
    has_words,
    looks_like_question,
    should_answer,
    without_mention,
)
from bot.desk import Asked
from bot.errors import Refusal, completing, words_for
from bot.lookback import answers_to, is_followed
from bot.patience import Patience, respond
from bot.preferences import ChannelPreferences, Mode, channels_of
from bot.smalltalk import Talk, talk_of
from bot.ui.answers import answer_card, answer_text, shown_question
from bot.ui.buttons import answer_view
from bot.ui.limits import Limit, fit, plain
from bot.ui.welcome import hello_card, overview_card
from knowledge.model import Question

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)

ORDINARY = (discord.MessageType.default, discord.MessageType.reply)
LATE_EDIT_SECONDS = 600
"""How old a message may be that is first asked of the bot by an edit."""


class Ask(commands.Cog):
    """Every door through which a question comes in."""

    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name="Ask the article", callback=self.ask_about)
        self.menu.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
        self.menu.allowed_contexts = app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        )
        bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the message menu back."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    # Messages

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that asks the bot, or that the bot may answer."""
        await self.bot.desk.queue()
        since = time.monotonic()
        if self.bot.stopping or not self.bot.conversations.first_sight(message.id):
            return
        with self.bot.working(), self.bot.conversations.turn(message.channel.id) as turn:
            async with self.bot.conversations.lock(message.id):
                await self._consider(message, since, turn)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer the edited question in the same message; a question that an edit first makes, anew."""
        message = payload.message
        if self.bot.stopping or not payload.data.get("edited_timestamp") or "content" not in payload.data:
            return
        await self.bot.desk.queue()
        with self.bot.working(), self.bot.conversations.turn(message.channel.id) as turn:
            async with self.bot.conversations.lock(message.id):
                exchange = self.bot.conversations.of_question(message.id)
                exchange = exchange or await self._older_exchange(message)
                if exchange is not None:
                    try:
                        await self._answer_edited(message, exchange)
                    except Exception as error:
                        await self._apologize(message, words_for(error, "an edited message"))
                elif self._is_fresh(message):
                    await self._consider(message, time.monotonic(), turn, edited=True)

    def _is_fresh(self, message: discord.Message) -> bool:
        """Tell whether an edit may ask anew: older messages may have been answered before the start."""
        age = (discord.utils.utcnow() - message.created_at).total_seconds()
        return age < min(LATE_EDIT_SECONDS, time.monotonic() - self.bot.started)

    async def _older_exchange(self, message: discord.Message) -> Exchange | None:
        """Find the answer to a question from before the start; None where it was none."""
        user, edited = self.bot.user, message.edited_at
        if user is None or edited is None or self._is_fresh(message) or not is_followed(message.id):
            return None
        if (discord.utils.utcnow() - edited).total_seconds() > LATE_EDIT_SECONDS:
            return None  # an old edit that is told again, because the message was pinned or the like
        scope = self.bot.scope_of(message)
        chosen = await self.bot.preferences.channel(scope, channels_of(message.channel))
        earlier = await self._replied_to_bot(message, user.id)
        situation = situation_of(message, user.id, chosen, replies_to_bot=earlier is not None)
        if should_answer(situation).action is Action.IGNORE or self.bot.lookbacks.take(message.channel.id):
            return None
        for found in await answers_to(self.bot, [message.id], message.channel.id):
            return Exchange(
                question=message.id,
                answer=found.message.id,
                channel=found.message.channel.id,
                asked=found.asked,
                person=message.author.id,
                texts=(*(earlier or ()), ""),
                scope=scope,
            )
        return None

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer of a deleted question."""
        await self._deleted([payload.message_id], payload.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers of deleted questions."""
        await self._deleted(sorted(payload.message_ids), payload.channel_id)

    async def _deleted(self, message_ids: Sequence[int], channel: int) -> None:
        unknown = []
        for message_id in message_ids:
            async with self.bot.conversations.lock(message_id):
                exchange = self.bot.conversations.of_question(message_id)
                answered = self.bot.conversations.of_answer(message_id)
                if exchange is not None:
                    self.bot.conversations.drop(exchange)
                    await self._take_back(exchange.channel, exchange.answer, exchange.asked)
                elif answered is not None:
                    self.bot.conversations.drop(answered)
                elif self.bot.conversations.first_sight(message_id) and is_followed(message_id):
                    unknown.append(message_id)
        # What was seen since the start and not answered needs no look.
        if unknown and not self.bot.lookbacks.take(channel):
            for found in await answers_to(self.bot, unknown, channel):
                await self._take_back(found.message.channel.id, found.message.id, found.asked)

    async def _take_back(self, channel: int, answer: int, asked: int) -> None:
        """Delete an answer, and its question's text in the log."""
        await self.bot.desk.erase(asked)
        try:
            await self.bot.get_partial_messageable(channel).get_partial_message(answer).delete()
        except discord.HTTPException as error:
            log.info("the answer of a deleted question could not be deleted: %s", error)

    async def _consider(
        self, message: discord.Message, since: float, turn: Turn, *, edited: bool = False
    ) -> None:
        """Decide about a message and act on the decision; the person who asked also hears of an error."""
        user = self.bot.user
        if user is None or message.author.id == user.id:
            return
        addressed = message.guild is None or any(mentioned.id == user.id for mentioned in message.mentions)
        asked_outright = addressed and not message.author.bot and message.webhook_id is None
        try:
            scope = self.bot.scope_of(message)
            chosen = await self.bot.preferences.channel(scope, channels_of(message.channel))
            if message.reference is not None or continues(message.channel):
                await turn.wait_for_earlier()
            replied = await self._replied_to_bot(message, user.id)
            situation = situation_of(message, user.id, chosen, replies_to_bot=replied is not None)
            decision = should_answer(situation)
            if decision.action is Action.IGNORE or (edited and decision.silent_when_unsure):
                return
            asked_outright = not decision.silent_when_unsure
            if wait := self.bot.too_fast(message.author.id, message.channel.id):
                if asked_outright and self.bot.people.tell_once(message.author.id):
                    await self._send(message, text=slow_down(wait))
                return
            if decision.action is not Action.ANSWER:
                await self._talk(message, decision.action, scope, chosen)
                return
            await self._answer(message, situation.text, decision, chosen, replied or (), since, turn)
        except Exception as error:
            self.bot.metrics.event("error")
            words = words_for(error, "a message")
            if asked_outright:
                await self._apologize(message, words)

    async def _replied_to_bot(self, message: discord.Message, me: int) -> tuple[str, ...] | None:
        """Return the earlier questions of the conversation where the message replies to an answer of the bot.

        Known from memory, else from the message that Discord sends along, else from Discord; None for no
        reply.
        """
        reference = message.reference
        if reference is None or reference.message_id is None or message.type not in ORDINARY:
            return None
        if reference.type is discord.MessageReferenceType.forward:
            return None
        exchange = self.bot.conversations.of_answer(reference.message_id)
        if exchange is not None:
            return exchange.texts
        target = reference.resolved
        if isinstance(target, discord.Message):
            if target.author.id != me:
                return None
        elif target is not None or not any(m.id == me for m in message.mentions):
            return None
        else:
            target = await self.bot.referenced(message)
            if target is None or target.author.id != me:
                return None
        return await self._question_of(target, me)

    async def _question_of(self, answer: discord.Message, me: int) -> tuple[str, ...]:
        """Return an older answer's question: shown in it, or in the message that it replies to."""
        if shown := shown_question(answer):
            return (shown,)
        question = await self.bot.referenced(answer)
        text = without_mention(question.content, me) if question is not None else ""
        return (text,) if has_words(text) else ()

    async def _answer(
        self,
        message: discord.Message,
        text: str,
        decision: Decision,
        chosen: ChannelPreferences,
        earlier: tuple[str, ...],
        since: float,
        turn: Turn,
    ) -> None:
        assert decision.trigger is not None
        running = continues(message.channel)
        context = earlier[-CONTEXT:]
        if not context and running:
            context = self.bot.conversations.running(message.channel.id, message.author.id)
        asked = await self.bot.desk.ask(
            Question(text=text, scope=self.bot.scope_of(message), context=context),
            person=message.author.id,
            trigger=decision.trigger,
            among=chosen.articles,
            silent_when_unsure=decision.silent_when_unsure,
            since=since,
        )
        if asked is None:
            return
        sent = await self._send(message, asked=asked, turn=turn if chosen.threads else None)
        if sent is not None:
            self._keep(message, sent, asked, (*context, text), running or chosen.threads)

    def _keep(
        self,
        message: discord.Message,
        sent: discord.Message,
        asked: Asked,
        texts: tuple[str, ...],
        running: bool,
    ) -> None:
        exchange = Exchange(
            question=message.id,
            answer=sent.id,
            channel=sent.channel.id,
            asked=asked.id,
            person=message.author.id,
            texts=texts[-CONTEXT:],
            scope=asked.question.scope,
        )
        self.bot.conversations.keep(exchange, running=running)

    async def _answer_edited(self, message: discord.Message, exchange: Exchange) -> None:
        user = self.bot.user
        text = without_mention(message.content, user.id if user else 0)
        if not has_words(text) or text == exchange.texts[-1]:
            return
        if self.bot.too_fast(message.author.id, message.channel.id):
            return
        answer = self.bot.get_partial_messageable(exchange.channel).get_partial_message(exchange.answer)
        scope = self.bot.scope_of(message)
        try:
            chosen = await self.bot.preferences.channel(scope, channels_of(message.channel))
            asked = await self.bot.desk.ask(
                Question(text=text, scope=scope, context=exchange.texts[:-1]),
                person=message.author.id,
                trigger=Trigger.MENTION if message.guild else Trigger.DIRECT,
                among=chosen.articles,
            )
            assert asked is not None
            await answer.edit(
                content=None, embed=answer_card(asked.answer, asked.info), view=answer_view(asked)
            )
        except discord.HTTPException as error:
            log.info("the answer of an edited question could not be edited: %s", error)
            return
        await self.bot.desk.erase(exchange.asked)
        edited = exchange._replace(asked=asked.id, texts=(*exchange.texts[:-1], text))
        self.bot.conversations.keep(edited, running=continues(message.channel))

    async def _talk(
        self, message: discord.Message, action: Action, scope: int | None, chosen: ChannelPreferences
    ) -> None:
        """Answer what is no question to an article."""
        among = self.bot.desk.seen(chosen.articles, scope)
        if action is Action.THANK:
            await self._send(message, text="You are welcome. Ask on whenever you like.")
        elif action is Action.OVERVIEW:
            await self._send(message, embed=await overview_card(self.bot.base, scope, among))
        else:
            posted = bool(message.attachments) or "http" in message.content
            card = await hello_card(self.bot.base, scope, among, not_opened=posted)
            await self._send(message, embed=card)

    async def _send(
        self,
        message: discord.Message,
        *,
        asked: Asked | None = None,
        embed: discord.Embed | None = None,
        text: str = "",
        turn: Turn | None = None,
    ) -> discord.Message | None:
        """Reply to a message; return None where the bot cannot write there.

        Where the reply, the embed or the thread is not allowed, a simpler form is tried; where nothing is,
        the person is told in private.
        """
        parts: dict[str, Any] = {}
        if asked is not None:
            parts["embed"] = answer_card(asked.answer, asked.info)
            if (view := answer_view(asked)) is not None:
                parts["view"] = view
        elif embed is not None:
            parts["embed"] = embed
        else:
            parts["content"] = fit(text, Limit.CONTENT)
        if turn and asked is not None and (place := await self._thread(message, asked)) is not None:
            turn.also_in(place.id)
            return await place.send(**parts)
        reference = message.to_reference(fail_if_not_exists=False)
        try:
            return await message.channel.send(**parts, reference=reference, mention_author=False)
        except discord.Forbidden as error:
            log.info("no right to answer as an embed in channel %d: %s", message.channel.id, error)
        except discord.NotFound:
            log.info("channel %d is gone", message.channel.id)
            return None
        return await self._send_simply(message, answer_text(asked.answer) if asked else plain_of(embed, text))

    async def _apologize(self, message: discord.Message, words: str) -> None:
        try:
            await self._send(message, text=words)
        except discord.HTTPException as error:
            log.warning("nobody could be told of the error: %s", error)

    async def _send_simply(self, message: discord.Message, text: str) -> discord.Message | None:
        try:
            return await message.channel.send(fit(text, Limit.CONTENT))
        except discord.HTTPException:
            pass
        try:
            await message.author.send(
                "I may not write in the channel where you asked me. A moderator can allow it."
            )
        except discord.HTTPException:
            log.info("channel %d and its asker cannot be written to", message.channel.id)
        return None

    async def _thread(self, message: discord.Message, asked: Asked) -> discord.Thread | None:
        """Start a thread for an answer in a server's text channel; return None where that cannot be."""
        if not isinstance(message.channel, discord.TextChannel):
            return None
        try:
            return await message.create_thread(name=fit(asked.question.text, Limit.THREAD_NAME))
        except discord.HTTPException as error:
            log.info("no thread in channel %d: %s", message.channel.id, error)
            return None

    # Commands

    @app_commands.command(name="ask", description="Ask what the article says; every answer shows its proof")
    @app_commands.describe(
        question="Your question; pick one that the article answers or type your own",
        article="Only from this article",
        only_for_me="Nobody else sees the answer",
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction[Dateline],
        question: str,
        article: str | None = None,
        only_for_me: bool = False,
    ) -> None:
        """Answer /ask."""
        await self._ask_slash(interaction, question, Trigger.SLASH, article=article, private=only_for_me)

    @ask.autocomplete("question")
    @completing
    async def _questions(
        self, interaction: discord.Interaction[Dateline], current: str
    ) -> list[tuple[str, str]]:
        scope = self.bot.scope_of(interaction)
        chosen = await self.bot.preferences.channel(scope, channels_of(interaction.channel))
        await self.bot.base.prepare(scope)
        named = getattr(interaction.namespace, "article", None)
        article = named if named in {info.key for info in self.bot.base.articles(scope)} else None
        among = () if article else self.bot.desk.seen(chosen.articles, scope)
        found = self.bot.base.complete(current, scope=scope, article=article, among=among, limit=25)
        return [(s.text, s.text) for s in found]

    @ask.autocomplete("article")
    @completing
    async def _articles(
        self, interaction: discord.Interaction[Dateline], current: str
    ) -> list[tuple[str, str]]:
        return article_rows(self.bot, interaction, current)

    async def ask_about(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer the message menu: the message is the question."""
        user = self.bot.user
        text = without_mention(message.content, user.id if user else 0)
        if not has_words(text):
            raise Refusal("That message holds no words that I could look up.")
        await self._ask_slash(interaction, text, Trigger.MENU)

    async def _ask_slash(
        self,
        interaction: discord.Interaction[Dateline],
        text: str,
        trigger: Trigger,
        *,
        article: str | None = None,
        private: bool = False,
    ) -> None:
        since = time.monotonic()
        with self.bot.working():
            if talk_of(text) in (Talk.HELLO, Talk.OVERVIEW) and not article:
                await self._talk_slash(interaction, text, private=private)
                return
            async with Patience(interaction, private=private):
                asked = await self._asked_by_command(interaction, text, trigger, article, since)
            parts: dict[str, Any] = {"content": fit(f"> {plain(one_line(text))}", 400)}
            if (view := answer_view(asked)) is not None:
                parts["view"] = view
            embed = answer_card(asked.answer, asked.info)
            await respond(interaction, private=private, embed=embed, **parts)

    async def _talk_slash(
        self, interaction: discord.Interaction[Dateline], text: str, *, private: bool
    ) -> None:
        async with Patience(interaction, private=private):
            await self.bot.check_pace(interaction)
            scope = self.bot.scope_of(interaction)
            chosen = await self.bot.preferences.channel(scope, channels_of(interaction.channel))
            among = self.bot.desk.seen(chosen.articles, scope)
            make = overview_card if talk_of(text) is Talk.OVERVIEW else hello_card
            embed = await make(self.bot.base, scope, among)
        content = fit(f"> {plain(one_line(text))}", 400)
        await respond(interaction, private=private, content=content, embed=embed)

    async def _asked_by_command(
        self,
        interaction: discord.Interaction[Dateline],
        text: str,
        trigger: Trigger,
        typed: str | None,
        since: float,
    ) -> Asked:
        await self.bot.desk.queue(urgent=True)
        await self.bot.check_pace(interaction)
        scope = self.bot.scope_of(interaction)
        article = article_named(self.bot, scope, typed) if typed else None
        chosen = await self.bot.preferences.channel(scope, channels_of(interaction.channel))
        asked = await self.bot.desk.ask(
            Question(text=text, scope=scope, article=article),
            person=interaction.user.id,
            trigger=trigger,
            among=() if article else chosen.articles,
            since=since,
        )
        assert asked is not None
        return asked


def situation_of(
    message: discord.Message, me: int, chosen: ChannelPreferences, *, replies_to_bot: bool
) -> Situation:
    """Describe a message to the decision."""
    channel = message.channel
    text = without_mention(message.content, me)
    thread = channel if isinstance(channel, discord.Thread) else None
    forum_post = (
        thread is not None and isinstance(thread.parent, discord.ForumChannel) and message.id == thread.id
    )
    if forum_post and thread is not None:
        text = thread.name if looks_like_question(thread.name) or not text else f"{thread.name}\n{text}"
    return Situation(
        text=text,
        from_bot=message.author.bot or message.webhook_id is not None,
        ordinary=message.type in ORDINARY,
        direct=isinstance(channel, discord.DMChannel),
        mentioned=any(user.id == me for user in message.mentions) or text != message.content.strip(),
        replies_to_bot=replies_to_bot,
        replies_to_other=message.reference is not None and not replies_to_bot,
        mentions_others=any(user.id != me for user in message.mentions),
        watched=chosen.mode is Mode.UNASKED,
        silenced=chosen.mode is Mode.OFF,
        own_thread=thread is not None and thread.owner_id == me,
        threads=chosen.threads,
        forum_post=forum_post,
    )


def continues(channel: Any) -> bool:
    """Tell whether a next question in this place counts as a follow-up: in private and in threads."""
    return isinstance(channel, discord.DMChannel | discord.Thread)


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return " ".join(text.split())


def plain_of(embed: discord.Embed | None, text: str) -> str:
    """Return what an embed says as text."""
    return f"**{embed.title}**\n{embed.description or ''}" if embed is not None else text


def article_rows(bot: Dateline, interaction: discord.Interaction[Any], typed: str) -> list[tuple[str, str]]:
    """Return the articles seen here as (title, key), those whose title holds the typed words first."""
    words = typed.casefold().split()
    found = bot.base.articles(bot.scope_of(interaction))
    ranked = sorted(found, key=lambda i: -sum(w in f"{i.title} {i.source}".casefold() for w in words))
    return [(f"{i.title or i.key}{' · ' + i.source if i.source else ''}", i.key) for i in ranked]


def article_named(bot: Dateline, scope: int | None, typed: str) -> str:
    """Return the key of the article that somebody means, who may have typed its title or a part of it.

    Raises Refusal, in words, where none or several fit.
    """
    there = bot.base.articles(scope)
    sought = " ".join(typed.casefold().split())
    for fits in (
        lambda info: info.key == typed,
        lambda info: " ".join(info.title.casefold().split()) == sought,
        lambda info: sought in info.title.casefold(),
    ):
        found = [info for info in there if fits(info)]
        if len(found) == 1:
            return found[0].key
        if found:
            break
    titles = "\n".join(f"- {plain(fit(info.title or info.key, 120))}" for info in (found or there)[:8])
    said = (
        f"Several articles are called “{plain(typed)}”" if found else f"No article is called “{plain(typed)}”"
    )
    raise Refusal(fit(f"{fit(said, 300)}. Pick one from the list that opens as you type:\n{titles}", 1900))


async def setup(bot: Dateline) -> None:
    """Add the cog."""
    await bot.add_cog(Ask(bot))
