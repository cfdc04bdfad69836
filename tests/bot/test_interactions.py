"""Interactions as the wire may bring them: late, twice, with parts missing, in a crowd."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot import errors, patience
from bot.client import Dateline
from bot.preferences import ChannelPreferences
from tests.bot.memory import MemoryBase
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import (
    BOT,
    CHANNEL,
    GUILD,
    MANAGE_GUILD,
    MODERATOR,
    STRANGER,
    Interaction,
    text_of,
)

ASK = f"<@{BOT}> who opened the terminal?"
AS_MOD: dict[str, Any] = {"user": MODERATOR, "permissions": MANAGE_GUILD}


@pytest.fixture
def slow_reading(base: MemoryBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is loaded take longer than the patience."""
    monkeypatch.setattr(patience.Patience.__init__, "__kwdefaults__", {"seconds": 0.05})
    read, prepare = base.reading, base.prepare

    async def reading(*args: Any) -> Any:
        await asyncio.sleep(0.2)
        return await read(*args)

    async def preparing(*args: Any) -> None:
        await asyncio.sleep(0.2)
        await prepare(*args)

    monkeypatch.setattr(base, "reading", reading)
    monkeypatch.setattr(base, "prepare", preparing)


@pytest.mark.parametrize(
    ("line", "options", "private"),
    [
        ("/ask", {"question": "who opened it?"}, False),
        ("/ask", {"question": "who opened it?", "only_for_me": True}, True),
        ("/article", {}, False),
        ("/timeline", {}, True),
    ],
)
async def test_what_takes_long_is_deferred_and_then_answered(
    fake: FakeDiscord,
    bot: Dateline,
    slow_reading: None,
    line: str,
    options: dict[str, Any],
    private: bool,
) -> None:
    done = await fake.slash(line, **options)
    assert done.callback and done.callback["type"] == 5 and done.ephemeral is private
    assert "erminal" in done.text or "no times" in done.text
    assert len(fake.calls("POST", "/callback")) == 1 and not done.messages


async def test_a_slow_refusal_is_told_after_the_deferral(
    fake: FakeDiscord, bot: Dateline, slow_reading: None
) -> None:
    done = await fake.slash("/who", name="Zaphod")
    assert "names nobody like that" in done.text


async def test_a_slow_button_is_deferred(fake: FakeDiscord, bot: Dateline, slow_reading: None) -> None:
    sent = await fake.answer_to(await fake.say(ASK))
    done = await fake.click(sent, "In context")
    assert done.callback and done.callback["type"] == 5 and "Mayor" in done.text and done.ephemeral


async def test_a_replayed_interaction_is_answered_once(fake: FakeDiscord, bot: Dateline) -> None:
    sent = await fake.answer_to(await fake.say(ASK))
    panel = await fake.slash("/knowledge settings", **AS_MOD)
    form = await fake.slash("/knowledge erase", **AS_MOD)
    assert panel.original and form.original
    opened = await fake.click(form.original, "Delete everything", **AS_MOD)
    done: list[Interaction] = [
        await fake.slash("/ask", question="who opened it?"),
        await fake.click(sent, "👍"),
        await fake.click(panel.original, "Certainty", **AS_MOD),
        await fake.submit(opened, "no", **AS_MOD),
    ]
    before = len(fake.calls("POST", "/callback|/webhooks"))
    for interaction in done:
        await fake.replay(interaction)
    await fake.quiet()
    assert len(fake.calls("POST", "/callback|/webhooks")) == before


async def test_a_click_that_overtakes_its_panel_is_answered(
    fake: FakeDiscord, bot: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "UNHEARD_SECONDS", 0.1)
    panel = await fake.slash("/knowledge settings", **AS_MOD)
    await fake.quiet()
    bot._connection._view_store._views.clear()  # as if the panel's message were still on its way
    done = await fake.click(panel.original or {}, "Certainty", **AS_MOD)
    assert "once more" in done.text and done.ephemeral


@pytest.mark.parametrize("missing", [True, False])
async def test_a_click_whose_message_lacks_its_components_is_answered(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase, missing: bool
) -> None:
    sent = await fake.answer_to(await fake.say(ASK))
    bare = {k: v for k, v in sent.items() if k != "components"} | ({} if missing else {"components": []})
    for custom_id, words in (("dateline:up:1", "noted"), ("dateline:why:1", "I understood")):
        data = {"custom_id": custom_id, "component_type": 2}
        done = await fake.settled(await fake.interact(3, data, message=bare))
        assert words in done.text
    await fake.quiet()
    assert len(fake.calls("POST", "/callback")) == 2


@pytest.mark.parametrize("typed", ["ferry", "Terminal opens", "terminal OPENS", "opens"])
async def test_an_article_is_found_by_its_title_or_a_part_of_it(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase, typed: str
) -> None:
    done = await fake.slash("/ask", question="who opened it?", article=typed)
    assert "Lena Brandt" in done.text and base.questions[-1].article == "ferry"
    assert "Terminal opens" in (await fake.slash("/article", article=typed)).text


async def test_a_picked_question_is_asked_of_its_own_article(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    sent = await fake.answer_to(await fake.say(f"<@{BOT}> who opend it?"))
    await fake.click(sent, "2", user=STRANGER)
    assert base.questions[-1].article == "ferry"


async def test_a_picked_question_keeps_to_the_channels_articles_after_a_restart(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    sent = await fake.answer_to(await fake.say(f"<@{BOT}> who opend it?"))
    bot.desk._recent.clear()
    await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(articles=("ferry",)))
    await fake.click(sent, "2")
    assert base.questions[-1].article == "ferry"


async def test_a_command_does_not_wait_behind_a_burst_of_messages(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.people.a_minute = bot.places.a_minute = 0
    ask = base.ask

    def heavy(*args: Any, **kwargs: Any) -> Any:
        time.sleep(0.004)
        return ask(*args, **kwargs)

    monkeypatch.setattr(base, "ask", heavy)
    for _ in range(300):
        await fake.say(ASK)
    started = time.monotonic()
    done = await fake.slash("/ask", question="who opened it?")
    assert "Lena Brandt" in text_of(done.original or {})
    assert time.monotonic() - started < 1.0 and len(fake.sent()) < 300
    await fake.until(lambda: len(fake.sent()) == 300, 30)
