"""Every door leads to the same answer."""

from __future__ import annotations

from bot.client import Dateline
from tests.bot.memory import MemoryBase
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import BOT, DIRECT, STRANGER, USER, text_of

ASK = "who opened the terminal?"
SENTENCE = "**Mayor Lena Brandt** opened the new ferry terminal on Monday."


async def test_a_mention_is_answered_with_its_proof(fake: FakeDiscord, bot: Dateline) -> None:
    asked = await fake.say(f"<@{BOT}> {ASK}")
    answer = await fake.answer_to(asked)
    embed = answer["embeds"][0]
    assert embed["title"] == "Mayor Lena Brandt"
    assert SENTENCE in embed["description"]
    assert "Terminal opens" in embed["footer"]["text"] and "paragraph 1" in embed["footer"]["text"]
    assert embed["url"] == "https://example.org/ferry"
    assert "Critics stayed away" in text_of(answer)


async def test_a_direct_message_is_answered(fake: FakeDiscord, bot: Dateline) -> None:
    answer = await fake.answer_to(await fake.say(ASK, channel=DIRECT))
    assert SENTENCE in text_of(answer)


async def test_slash_ask(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.slash("/ask", question=ASK)
    assert SENTENCE in done.text and not done.ephemeral


async def test_autocomplete(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.slash("/ask", question="leads", focus="question")
    assert done.choices and done.choices[0]["name"] == "Who leads the office?"


async def test_menu(fake: FakeDiscord, bot: Dateline) -> None:
    message = await fake.say(ASK, user=STRANGER)
    done = await fake.menu("Ask the article", message, user=USER)
    assert SENTENCE in done.text


async def test_follow_up(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    answer = await fake.answer_to(await fake.say(f"<@{BOT}> {ASK}"))
    more = await fake.answer_to(await fake.say("and when?", reply_to=answer))
    assert "**Monday**" in text_of(more) and "Understood as" in text_of(more)
    assert base.questions[-1].context == (ASK,)


async def test_votes(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    answer = await fake.answer_to(await fake.say(f"<@{BOT}> {ASK}"))
    done = await fake.click(answer, "👍")
    assert done.ephemeral and "noted" in done.text and base.votes == {(1, USER): 1}
