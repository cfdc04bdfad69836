"""Each handler is made to raise in turn: people get clear words with an id that is in the log, no more."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord import app_commands

from bot.client import Dateline
from bot.errors import SafeModal, SafeView
from bot.ui import buttons as answer_buttons
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Question, Status
from tests.bot.test_errors import broken, told
from tests.bot.test_moderating import AS_MOD, NEWS, ferry
from tests.discord_loopback import FakeDiscord, Interaction
from tests.discord_loopback.server import BOT, GUILD, USER, buttons, text_of

ASK = f"<@{BOT}> who opened the ferry terminal?"


@pytest_asyncio.fixture
async def base(real_base: KnowledgeBase) -> AsyncIterator[KnowledgeBase]:
    """Use the real knowledge base in this module."""
    yield real_base


async def raises(*_: Any, **__: Any) -> Any:
    broken()


def leaves(bot: Dateline) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """Yield every slash command that can be used."""
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


async def use(fake: FakeDiscord, command: app_commands.Command[Any, ..., Any], **more: Any) -> Interaction:
    """Use a command as a moderator with all that it requires."""
    options: dict[str, Any] = {}
    for parameter in command.parameters:
        if parameter.required or parameter.name in more.get("focus", ""):
            options[parameter.name] = "x"
    return await fake.slash("/" + command.qualified_name, **options, **more, **AS_MOD)


async def test_every_command(fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture) -> None:
    commands = list(leaves(bot))
    assert len(commands) >= 19
    for command in commands:
        command._callback = raises
        done = await use(fake, command)
        assert done.ephemeral and told(done.text, caplog), command.qualified_name
    menu = bot.tree.get_command("Ask the article", type=discord.AppCommandType.message)
    assert isinstance(menu, app_commands.ContextMenu)
    menu._callback = raises
    assert told((await fake.menu("Ask the article", await fake.say("hm"))).text, caplog)


async def test_every_autocomplete(
    fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "scope_of", broken)
    seen = 0
    for command in leaves(bot):
        for parameter in command.parameters:
            if parameter.autocomplete:
                seen += 1
                done = await use(fake, command, focus=parameter.name)
                assert done.choices and len(done.choices) == 1, command.qualified_name
                assert told(done.choices[0]["name"], caplog)
    assert seen >= 12


async def panels(fake: FakeDiscord, base: KnowledgeBase) -> list[dict[str, Any]]:
    """Open every panel that there is."""
    await base.record(
        Question(text="who pays for the roof?", scope=int(GUILD)), Answer(status=Status.NOT_TOLD), person=USER
    )
    added = await base.add(NEWS, name="storm.txt", scope=int(GUILD))
    key = await ferry(base)
    opened = [
        await fake.slash("/knowledge settings", **AS_MOD),
        await fake.slash("/knowledge erase", **AS_MOD),
        await fake.slash("/knowledge remove", article=added.info.key, **AS_MOD),
        await fake.slash("/privacy", **AS_MOD | {"user": USER}),
        await fake.slash("/facts", article=max(base.articles(), key=lambda a: a.facts).key, **AS_MOD),
        await fake.slash("/knowledge show", article=key, **AS_MOD),
        await fake.slash("/knowledge gaps", **AS_MOD),
    ]
    shown, gaps = (done.original or {} for done in opened[-2:])
    gap = (await base.gaps(int(GUILD)))[0]
    await fake.click(gaps, "Choose", values=[str(gap.id)], **AS_MOD)
    opened += [await fake.click(shown, "Corrections", **AS_MOD), await fake.click(gaps, "Teach", **AS_MOD)]
    return [done.original or {} for done in opened]


def subclasses(of: type[Any]) -> set[type[Any]]:
    found = {c for c in of.__subclasses__() if c.__module__.startswith("bot.")}
    return found.union(*(subclasses(c) for c in found))


def names(classes: Iterable[type[Any]]) -> set[str]:
    """Return names, since an extension that is loaded again makes its classes again."""
    return {c.__name__ for c in classes}


async def test_every_panel(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    shown = await panels(fake, base)
    with_parts = {c for c in subclasses(SafeView) if c.__dict__.get("__view_children_items__")}
    assert names(type(v) for v in SafeView.live if not v.is_finished()) >= names(with_parts)
    for view in list(SafeView.live):
        for item in view.children:
            item.callback = raises  # type: ignore[method-assign]
    pressed = 0
    for panel in shown:
        for part in buttons(panel):
            values = None
            if part["type"] == 3:
                values = [part["options"][0]["value"]]
            elif part["type"] in (6, 8):
                values = [fake.guilds[GUILD]["roles" if part["type"] == 6 else "channels"][0]["id"]]
            owner = {} if "Delete all of it" not in str(panel) else {"user": USER}
            done = await fake.click(panel, part["custom_id"], values=values, **AS_MOD | owner)
            assert done.ephemeral and told(done.text, caplog), part
            pressed += 1
    assert pressed >= 25


async def test_every_form(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    shown = await panels(fake, base)

    def panel(word: str) -> dict[str, Any]:
        return next(
            p
            for p in shown
            if any(word in (b.get("label") or "") + (b.get("placeholder") or "") for b in buttons(p))
        )

    facts = panel("Choose a fact")
    rows = next(b for b in buttons(facts) if b["type"] == 3)["options"]
    await fake.click(facts, "Choose a fact", values=[rows[0]["value"]], **AS_MOD)
    forms = [
        await fake.slash("/knowledge add", **AS_MOD),
        await fake.click(panel("Delete everything"), "Delete everything", **AS_MOD),
        await fake.click(facts, "Correct", **AS_MOD),
        await fake.click(panel("proves it"), "proves it", values=["0"], **AS_MOD),
    ]
    assert names(type(m) for m in SafeModal.live if not m.is_finished()) >= names(subclasses(SafeModal))
    for form in list(SafeModal.live):
        form.on_submit = raises  # type: ignore[method-assign]
    for opened in forms:
        assert opened.modal
        done = await fake.submit(opened, *["x"] * len(opened.modal["components"]), **AS_MOD)
        assert done.ephemeral and told(done.text, caplog)


async def test_every_button_of_an_answer(
    fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await fake.answer_to(await fake.say(ASK))
    for action, name in (("up", "_vote"), ("down", "_vote"), ("context", "_context"), ("why", "_why"),
                         ("next", "_next"), ("pick", "_pick")):  # fmt: skip
        monkeypatch.setattr(answer_buttons, name, raises)
        custom_id = f"dateline:{action}:1" + (":1" if action == "pick" else "")
        data = {"custom_id": custom_id, "component_type": 2}
        done = await fake.settled(await fake.interact(3, data, message=sent))
        assert done.ephemeral and told(done.text, caplog), action


@pytest.mark.parametrize("where", ["situation_of", "should_answer", "has_words"])
async def test_a_message(
    fake: FakeDiscord,
    bot: Dateline,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    if where == "has_words":
        asked = await fake.say(ASK)
        await fake.answer_to(asked)
        monkeypatch.setattr(sys.modules["bot.cogs.ask"], where, broken)
        await fake.edit(asked, ASK + " and why")
        await fake.until(lambda: len(fake.sent()) == 2)
    else:
        # Extensions are modules of their own, not those that are imported above.
        monkeypatch.setattr(sys.modules["bot.cogs.ask"], where, broken)
        await fake.say(ASK)
        await fake.until(fake.sent)
    assert told(text_of(fake.sent()[-1]), caplog)


async def test_events_that_nobody_waits_for_are_logged(
    fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await fake.say(ASK)
    await fake.answer_to(asked)
    for name in ("freeze", "thaw", "erase"):
        monkeypatch.setattr(bot.base, name, raises)
    await fake.delete(asked)
    await fake.dispatch("GUILD_DELETE", {"id": GUILD})
    await fake.until(lambda: True)
    await fake.quiet(0.3)
    logged = [r.getMessage() for r in caplog.records if r.name == "bot.errors"]
    assert any("on_raw_message_delete" in line for line in logged)
    assert any("on_guild_remove" in line for line in logged)
