"""Whatever people send: no unhandled exception, nothing refused for its length, nobody pinged."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import string
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.client import Dateline
from bot.preferences import ChannelPreferences, Mode
from knowledge.base import KnowledgeBase
from tests.bot.conftest import Connect
from tests.bot.test_moderating import NEWS
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import (
    BOT,
    CHANNEL,
    DIRECT,
    GUILD,
    MANAGE_GUILD,
    MODERATOR,
    ORDINARY,
    OTHER_CHANNEL,
    STRANGER,
    USER,
    Interaction,
    buttons,
)

EVENTS = 10_000 if os.environ.get("DATELINE_TESTS") == "soak" else 250
SEED = int(os.environ.get("DATELINE_SEED", "1"))
WORDS = [
    "who",
    "opened",
    "the",
    "ferry",
    "terminal",
    "when",
    "did",
    "Hinrichs",
    "say",
    "why",
    "?",
    "million",
    "not",
]
ODD = [
    "@everyone",
    "<@&5>",
    "<@1>",
    "<#2>",
    "||x||",
    "**",
    "`",
    "\u202e",
    "\u200b",
    "\ufeff",
    "😀",
    "' OR 1=1 --",
    "\\",
    "(.*)+$",
]
LISTED = ["/ask", "/article", "/facts", "/who", "/quotes", "/timeline", "/map", "/help", "/privacy"]
MANAGED = [
    f"/knowledge {c}" for c in ("list", "show", "gaps", "settings", "stats", "export", "remove", "erase")
]


@pytest_asyncio.fixture
async def base(real_base: KnowledgeBase) -> AsyncIterator[KnowledgeBase]:
    """Use the real knowledge base in this module."""
    yield real_base


class Crowd:
    """People who do anything that Discord lets them do."""

    def __init__(self, fake: FakeDiscord, seed: int) -> None:
        self.fake = fake
        self.pick = random.Random(seed)
        self.shown: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []
        self.opened: list[Interaction] = []

    def text(self) -> str:
        kind = self.pick.random()
        if kind < 0.5:
            return " ".join(self.pick.choices(WORDS, k=self.pick.randint(1, 9)))
        if kind < 0.7:
            return " ".join(self.pick.choices(WORDS + ODD, k=self.pick.randint(1, 40)))
        if kind < 0.8:
            return "".join(self.pick.choices(string.printable, k=self.pick.randint(0, 200)))
        if kind < 0.9:
            return "".join(chr(self.pick.choice([self.pick.randint(32, 0x2FFF), 0x1F600])) for _ in range(50))
        return self.pick.choice(ODD) * self.pick.randint(1, 300)

    async def act(self) -> None:
        acts = [self.message, self.message, self.command, self.press, self.press, self.edit, self.menu]
        await self.pick.choice([*acts, self.fill_in, self.nonsense])()

    async def message(self) -> None:
        text = self.pick.choice([f"<@{BOT}> ", ""]) + self.text()
        reply_to = self.pick.choice([None, None, *(self.shown[-5:] or [None])])
        said = await self.fake.say(
            text[:2000],
            channel=self.pick.choice([CHANNEL, OTHER_CHANNEL, DIRECT]),
            user=self.pick.choice([USER, STRANGER, MODERATOR]),
            reply_to=reply_to if reply_to and not reply_to.get("webhook") else None,
        )
        self.said.append(said)
        self.shown += self.fake.sent()[-1:]

    async def command(self) -> None:
        line = self.pick.choice(LISTED + MANAGED)
        command = next(c for c in self.fake.commands if c["name"] == line.split()[0][1:])
        options = command.get("options", [])
        for name in line.split()[1:]:
            options = next(o for o in options if o["name"] == name).get("options", [])
        chosen: dict[str, Any] = {}
        for option in options:
            if option.get("required") or self.pick.random() < 0.6:
                chosen[option["name"]] = self.value(option)
        texts = [o["name"] for o in options if o.get("autocomplete") and o["name"] in chosen]
        focus = self.pick.choice(texts) if texts and self.pick.random() < 0.4 else ""
        manager = self.pick.random() < 0.7
        done = await self.fake.slash(
            line,
            focus=focus,
            user=MODERATOR if manager else USER,
            channel=self.pick.choice([CHANNEL, DIRECT]),
            permissions=MANAGE_GUILD if manager else ORDINARY,
            **chosen,
            **self.uploads(chosen, options),
        )
        self.note(done)

    def uploads(self, chosen: dict[str, Any], options: list[dict[str, Any]]) -> dict[str, Any]:
        """Put something into each file that is handed in."""
        files = {}
        for option in options:
            if option["type"] == 11 and option["name"] in chosen:
                name = self.pick.choice(["a.txt", "b.html", "c.zip", "d.exe", "e.md"])
                chosen[option["name"]] = name
                files[name] = self.pick.choice(
                    [b"", NEWS, self.text().encode("utf-8", "replace"), b"PK\x03\x04"]
                )
        return {"files": files} if files else {}

    def value(self, option: dict[str, Any]) -> Any:
        if option["type"] == 5:
            return self.pick.random() < 0.5
        if option["type"] == 4:
            return self.pick.randint(1, 365)
        if option.get("choices"):
            return self.pick.choice(option["choices"])["value"]
        if option["type"] == 11:
            return "a.txt"
        return self.pick.choice([self.text()[:6000], "ferry", "Hinrichs", "new-ferry-terminal-opens"])

    async def fill_in(self) -> None:
        """Fill in a form that is open."""
        if not self.opened:
            return
        form = self.pick.choice(self.opened[-5:])
        assert form.modal
        parts = [r.get("component") or r["components"][0] for r in form.modal["components"]]
        texts = [self.pick.choice([p.get("value") or "", self.text(), "DELETE"]) for p in parts]
        values = [
            (t or ("x" if p.get("required", True) else ""))[: p.get("max_length", 4000)]
            for p, t in zip(parts, texts, strict=True)
        ]
        self.note(await self.fake.submit(form, *values, user=MODERATOR, permissions=MANAGE_GUILD))

    async def nonsense(self) -> None:
        """Send what no client sends: components and commands that never were, events about nothing."""
        said = self.said[-1] if self.said else await self.fake.say("hm")
        what = self.pick.randint(0, 3)
        if what == 0:
            data: dict[str, Any] = {"custom_id": self.text()[:90] or "x", "component_type": 2}
            await self.fake.settled(await self.fake.interact(3, data, message=said))
        elif what == 1:
            wrong = self.pick.choice(["dateline:up:0", "dateline:pick:99999:7", "dateline:why:4"])
            data = {"custom_id": wrong, "component_type": 2}
            source = {**(self.shown[-1] if self.shown else said), "components": []}
            await self.fake.settled(await self.fake.interact(3, data, message=source))
        elif what == 2:
            data = {"id": str(self.pick.getrandbits(60)), "channel_id": CHANNEL}
            await self.fake.dispatch("MESSAGE_DELETE", data)
        else:
            ids = [str(self.pick.getrandbits(60)) for _ in range(3)]
            data = {"ids": ids, "channel_id": "5", "guild_id": GUILD}
            await self.fake.dispatch("MESSAGE_DELETE_BULK", data)

    def note(self, done: Interaction) -> None:
        if done.modal:
            self.opened.append(done)
        self.shown += [m for m in (done.original, *done.messages) if m and buttons(m)]

    async def press(self) -> None:
        there = [m for m in self.shown[-20:] if buttons(m)]
        if not there:
            return
        message = self.pick.choice(there)
        live = [b for b in buttons(message) if not b.get("disabled")]
        if not live:
            return
        part = self.pick.choice(live)
        values = None
        if part["type"] == 3:
            values = [self.pick.choice(part["options"])["value"]]
        elif part["type"] in (6, 8):
            known = self.fake.guilds[GUILD]["roles" if part["type"] == 6 else "channels"]
            values = [self.pick.choice(known)["id"]]
        user = self.pick.choice([USER, MODERATOR])
        done = await self.fake.click(
            message, part["custom_id"], values=values, user=user, permissions=MANAGE_GUILD
        )
        self.note(done)

    async def edit(self) -> None:
        if self.said:
            said = self.pick.choice(self.said[-10:])
            if self.pick.random() < 0.5:
                await self.fake.edit(said, f"<@{BOT}> {self.text()}"[:2000])
            else:
                await self.fake.delete(said)

    async def menu(self) -> None:
        if self.said:
            self.note(await self.fake.menu("Ask the article", self.pick.choice(self.said)))


async def idle(bot: Dateline) -> None:
    """Wait until the bot has nothing left to do."""
    while working := set(bot._working):
        await asyncio.wait(working)


async def test_anything_goes(
    fake: FakeDiscord, connect: Connect, base: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    crowd = Crowd(fake, SEED)
    fake.interaction_seconds = 60  # the crowd is faster than people, and the machine may be busy
    async with connect(user_questions=0, channel_questions=0, message_content=True) as bot:
        await bot.preferences.set_channel(
            int(GUILD), int(OTHER_CHANNEL), ChannelPreferences(mode=Mode.UNASKED)
        )
        for n in range(EVENTS):
            await crowd.act()
            if n % 10 == 0:
                await idle(bot)
        await fake.quiet(0.5)
    bad = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert not bad, [(r.getMessage(), str(r.exc_info and r.exc_info[1])) for r in bad]
    assert fake.refusals == [] and fake.pings == []


@pytest.mark.parametrize("text", ["a" * 4000, "who " * 1500, "\x00", "😀" * 2000, "_" * 4000])
async def test_overlong_and_odd_questions_by_command(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase, text: str
) -> None:
    assert (await fake.slash("/ask", question=text)).text
    await fake.slash("/ask", question=text, focus="question")
