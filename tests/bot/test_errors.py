"""Every place where something can go wrong answers the person, with an id that is in the log, and no more."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

import discord
import pytest

from bot.client import Dateline
from bot.errors import SafeModal, SafeView
from bot.logs import JsonLines, Redacting
from knowledge.errors import StoreFailed
from tests.bot.memory import MemoryBase
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import BOT, MANAGE_GUILD, Interaction, buttons, text_of

ASK = f"<@{BOT}> who opened the terminal?"


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("the secret inside")


def told(text: str, caplog: pytest.LogCaptureFixture) -> bool:
    """Tell whether a text holds an id that the log has with the traceback, and nothing else."""
    found = re.search(r"error ([0-9a-f]{8})", text)
    assert found, text
    logged = [r for r in caplog.records if r.levelno == logging.ERROR and found[1] in r.getMessage()]
    return len(logged) == 1 and logged[0].exc_info is not None and "secret inside" not in text


async def test_a_message(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "ask", broken)
    assert told(text_of(await fake.answer_to(await fake.say(ASK))), caplog)


async def test_an_edited_message(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = await fake.say(ASK)
    await fake.answer_to(asked)
    monkeypatch.setattr(base, "ask", broken)
    await fake.edit(asked, ASK + " and why")
    await fake.until(lambda: len(fake.sent()) == 2)
    assert told(text_of(fake.sent()[1]), caplog)


@pytest.mark.parametrize("what", ["ask", "prepare"])
async def test_a_command(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    monkeypatch.setattr(base, what, broken)
    done = await fake.slash("/ask", question="who opened it?")
    assert done.ephemeral and told(done.text, caplog)


async def test_a_deferred_command(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "reload", broken)
    done = await fake.slash("/knowledge reload", permissions=MANAGE_GUILD)
    assert told(done.text, caplog)


async def test_autocomplete(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "complete", broken)
    done = await fake.slash("/ask", question="x", focus="question")
    assert done.choices and len(done.choices) == 1 and told(done.choices[0]["name"], caplog)


async def test_a_persistent_button(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = await fake.answer_to(await fake.say(ASK))
    for name, method in (("👍", "vote"), ("In context", "reading")):
        monkeypatch.setattr(base, method, broken)
        done = await fake.click(sent, name)
        assert done.ephemeral and told(done.text, caplog)


class BrokenView(SafeView):
    @discord.ui.button(label="press")
    async def press(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        broken()

    @discord.ui.button(label="open")
    async def open(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_modal(BrokenForm())


class BrokenForm(SafeModal, title="form"):
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(label="field")

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        broken()


async def test_a_view_and_a_modal(fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture) -> None:
    sent = await fake.say("hm")
    channel = bot.get_partial_messageable(int(sent["channel_id"]))
    shown = await channel.send("panel", view=BrokenView())
    panel = fake.messages[str(shown.id)]
    assert told((await fake.click(panel, "press")).text, caplog)
    opened = await fake.click(panel, "open")
    assert told((await fake.submit(opened, "x")).text, caplog)


async def test_a_panel_belongs_to_its_owner(fake: FakeDiscord, bot: Dateline) -> None:
    sent = await fake.say("hm")
    shown = await bot.get_partial_messageable(int(sent["channel_id"])).send("panel", view=BrokenView(owner=5))
    done: Interaction = await fake.click(fake.messages[str(shown.id)], "press")
    assert "somebody else" in done.text and done.ephemeral


async def full(*_: Any, **__: Any) -> Any:
    raise StoreFailed("The disk is full.")


async def test_an_error_written_for_people_is_shown_with_an_id(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "reload", full)
    done = await fake.slash("/knowledge reload", permissions=MANAGE_GUILD)
    assert "The disk is full." in done.text and told(done.text, caplog)


async def test_a_log_that_cannot_be_written_costs_nobody_their_answer(
    fake: FakeDiscord,
    bot: Dateline,
    base: MemoryBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "record", full)
    done = await fake.slash("/ask", question="who opened it?")
    assert "Lena Brandt" in done.text and "in question log" in caplog.text
    assert not [b for b in buttons(done.original or {}) if b.get("emoji")]


async def test_votes_on_answers_of_a_burst_count(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = base.record

    async def slow(*args: Any, **kwargs: Any) -> int:
        await asyncio.sleep(0.4)
        return await record(*args, **kwargs)

    monkeypatch.setattr(base, "record", slow)
    sent = await fake.answer_to(await fake.say(ASK))
    assert "noted" in (await fake.click(sent, "👍")).text
    assert list(base.votes.values()) == [1]


async def test_an_unknown_command_is_answered(fake: FakeDiscord, bot: Dateline) -> None:
    made = await fake.interact(2, {"id": "1", "name": "gone", "type": 1, "options": []})
    assert "just changed" in (await fake.settled(made)).text


async def test_what_people_write_is_not_logged(
    fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await fake.answer_to(await fake.say(ASK + " zanzibar"))
    assert "question by mention" in caplog.text
    assert "zanzibar" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("bot"))


@pytest.mark.parametrize("form", [Redacting, JsonLines])
def test_no_secret_reaches_the_log(form: type[Redacting]) -> None:
    record = logging.LogRecord(
        "x",
        40,
        "f",
        1,
        "token abc.def and %s",
        ("https://d/api/v10/webhooks/1/aW50ZXJhY3Rpb24x/messages",),
        None,
    )
    try:
        raise RuntimeError("abc.def in interactions/99/secretpart/callback")
    except RuntimeError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    line = form(("abc.def",)).format(record)
    assert "abc.def" not in line and "aW50" not in line and "secretpart" not in line and "messages" in line
