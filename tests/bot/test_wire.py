"""What happens on the wire: the real client over real sockets against a Discord that misbehaves."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import discord
import pytest
from pydantic import SecretStr

from bot import health, supervisor, wire
from bot.client import Dateline, make_bot
from bot.metrics import Metrics
from tests.bot.conftest import Connect, settings_for
from tests.bot.memory import MemoryBase
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import (
    BOT,
    CHANNEL,
    DIRECT,
    GUILD,
    INTENT_MESSAGE_CONTENT,
    MANAGE_GUILD,
    MODERATOR,
    text_of,
)

ASK = f"<@{BOT}> who opened the terminal?"


async def works(fake: FakeDiscord) -> bool:
    """Tell whether a mention is answered now."""
    answer = await fake.answer_to(await fake.say(ASK))
    return "Lena Brandt" in text_of(answer)


async def test_the_start(fake: FakeDiscord, bot: Dateline) -> None:
    assert bot.is_ready() and len(bot.guilds) == 2
    assert not fake.identifies[0]["intents"] & INTENT_MESSAGE_CONTENT
    assert {c["name"] for c in fake.commands} >= {"ask", "knowledge", "Ask the article"}
    assert len(fake.calls("PUT", "/commands")) == 1


async def test_the_message_content_intent_is_opt_in(fake: FakeDiscord, connect: Connect) -> None:
    async with connect(message_content=True):
        assert fake.identifies[0]["intents"] & INTENT_MESSAGE_CONTENT


async def test_commands_are_sent_again_only_when_they_changed(fake: FakeDiscord, connect: Connect) -> None:
    async with connect():
        pass
    async with connect():
        await fake.until(lambda: fake.calls("GET", "/commands"))
        await fake.quiet()
    assert len(fake.calls("PUT", "/commands")) == 1
    fake.commands.clear()  # another program has replaced them
    async with connect():
        await fake.until(lambda: fake.commands)


@pytest.mark.parametrize("status", [400, 403, 500, 503])
async def test_a_failed_sync_is_logged_and_retried_while_the_other_doors_work(
    fake: FakeDiscord, connect: Connect, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    # discord.py itself tries a 500 five times, with long waits in between.
    fake.fail(
        "PUT", "/commands", status, times=1, body={"code": 50035 if status == 400 else 0, "message": "no"}
    )
    async with connect() as bot:
        if status != 500:
            assert bot.metrics.events["sync_failed"] == 1 and "could not be synced" in caplog.text
        assert await works(fake)
        await fake.until(lambda: fake.commands)
        done = await fake.slash("/ask", question="who opened it?")
        assert "Lena Brandt" in done.text


async def test_a_429_delays_and_loses_nothing(fake: FakeDiscord, bot: Dateline) -> None:
    fake.limit("POST", "/messages$", times=2)
    answer = await fake.answer_to(await fake.say(ASK))
    assert "Lena Brandt" in text_of(answer)
    assert len(fake.sent(CHANNEL)) == 1 and len(fake.calls("POST", f"{CHANNEL}/messages$")) == 3


async def test_a_429_without_via_delays_and_loses_nothing(fake: FakeDiscord, bot: Dateline) -> None:
    body = {"message": "slow down", "retry_after": 0.05, "global": False}
    fake.fail("POST", "/messages$", 429, times=2, body=body, **{"Retry-After": "0.05"})
    answer = await fake.answer_to(await fake.say(ASK))
    assert "Lena Brandt" in text_of(answer) and len(fake.sent(CHANNEL)) == 1


async def test_a_channel_that_waits_at_a_429_does_not_hold_up_the_others(
    fake: FakeDiscord, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "AT_ONCE", 1)
    async with connect():
        fake.fail("POST", f"{CHANNEL}/messages$", 429, body={"message": "slow down"}, **{"Retry-After": "2"})
        late = await fake.say(ASK)
        await fake.until(lambda: fake.calls("POST", f"{CHANNEL}/messages$"))
        await fake.answer_to(await fake.say("who opened the terminal?", channel=DIRECT))
        assert not fake.sent(CHANNEL)
        await fake.answer_to(late)


async def test_a_long_429_is_a_ban_and_not_knocked_at(fake: FakeDiscord, bot: Dateline) -> None:
    fake.fail("POST", "/messages$", 429, times=9, body={"message": "banned"}, **{"Retry-After": "3600"})
    await fake.say(ASK)
    await fake.until(lambda: fake.calls("POST", f"{CHANNEL}/messages$"))
    await fake.quiet(0.3)
    assert len(fake.calls("POST", f"{CHANNEL}/messages$")) <= 2


async def test_the_gateway_is_what_the_api_names(fake: FakeDiscord, base: MemoryBase, tmp_path: Path) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run(fake, base, tmp_path, stop, discord_gateway=None))
    await fake.until(lambda: fake.sessions and fake.commands)
    assert await works(fake)
    stop.set()
    assert await running == 0


async def test_a_5xx_delays_and_loses_nothing(fake: FakeDiscord, bot: Dateline) -> None:
    fake.fail("POST", "/messages$", 502)
    assert await works(fake)
    assert len(fake.sent(CHANNEL)) == 1


async def test_a_dropped_socket_resumes_and_answers_once(fake: FakeDiscord, bot: Dateline) -> None:
    asked = await fake.say(ASK)
    await fake.answer_to(asked)
    await fake.cut(abort=False)
    missed = await fake.say(ASK)  # said while the bot is away, replayed by the resume
    await fake.until(lambda: fake.resumes)
    await fake.answer_to(missed)
    session = list(fake.sessions.values())[-1]
    await fake._send(session, "MESSAGE_CREATE", asked)  # a replay of what was answered
    await fake.quiet()
    assert len(fake.sent(CHANNEL)) == 2 and len(fake.identifies) == 1


async def test_an_aborted_socket_reconnects(fake: FakeDiscord, bot: Dateline) -> None:
    await fake.cut(abort=True)
    await fake.until(lambda: fake.resumes or len(fake.identifies) > 1, 10)
    assert await works(fake)


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalidated_session_starts_anew(fake: FakeDiscord, bot: Dateline, resumable: bool) -> None:
    await fake.invalidate(resumable)
    await fake.until(lambda: fake.resumes if resumable else len(fake.identifies) > 1, 10)
    await fake.quiet()
    assert await works(fake)
    assert len(fake.calls("PUT", "/commands")) == 1


async def run(
    fake: FakeDiscord, base: MemoryBase, tmp_path: Path, stop: asyncio.Event | None = None, **more: Any
) -> int:
    settings = settings_for(fake, tmp_path).model_copy(update=more)
    return await asyncio.wait_for(
        supervisor.run(
            lambda: make_bot(base, settings, Metrics()), settings, stop or asyncio.Event(), first_wait=0.05
        ),
        10,
    )


async def test_a_wrong_token_is_said_and_ends_the_program(
    fake: FakeDiscord, base: MemoryBase, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(fake, tmp_path).model_copy(update={"token": SecretStr("wrong.token.value")})
    status = await supervisor.run(lambda: make_bot(base, settings, Metrics()), settings, asyncio.Event())
    assert status == 2 and "DATELINE_TOKEN" in caplog.text and "wrong.token.value" not in caplog.text


@pytest.mark.parametrize(("code", "word"), [(4004, "TOKEN"), (4014, "MESSAGE_CONTENT"), (4011, "SHARDED")])
async def test_a_hopeless_close_is_said_and_ends_the_program(
    fake: FakeDiscord,
    base: MemoryBase,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    code: int,
    word: str,
) -> None:
    fake.close_on_identify = code
    assert await run(fake, base, tmp_path) == 2
    assert word in caplog.text


async def test_a_refused_first_connection_is_tried_again(base: MemoryBase, tmp_path: Path) -> None:
    fake, stop = FakeDiscord(), asyncio.Event()
    async with fake:
        pass  # now the port is known, and nobody listens
    running = asyncio.create_task(run(fake, base, tmp_path, stop))
    await asyncio.sleep(0.2)
    async with fake:
        await fake.until(lambda: fake.sessions and fake.commands, 8)
        assert await works(fake)
        stop.set()
        assert await running == 0


async def test_a_refused_gateway_is_tried_again(fake: FakeDiscord, base: MemoryBase, tmp_path: Path) -> None:
    stop = asyncio.Event()
    settings = settings_for(fake, tmp_path).model_copy(
        update={"discord_gateway": "ws://127.0.0.1:9/gateway/"}
    )
    made: list[Dateline] = []

    def make() -> Dateline:
        chosen = settings_for(fake, tmp_path) if made else settings
        made.append(make_bot(base, chosen, Metrics()))
        return made[-1]

    running = asyncio.create_task(supervisor.run(make, settings, stop, first_wait=0.05))
    await fake.until(lambda: fake.sessions, 8)
    stop.set()
    assert await running == 0 and len(made) == 2


async def test_a_stop_lets_the_answer_under_way_go_out(
    fake: FakeDiscord, base: MemoryBase, tmp_path: Path
) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run(fake, base, tmp_path, stop))
    await fake.until(lambda: fake.sessions and fake.commands)
    await fake.quiet()
    fake.slow("POST", "/messages$", 0.4)
    asked = await fake.say(ASK)
    await fake.quiet(0.1)
    stop.set()
    assert await running == 0
    assert any(m["message_reference"]["message_id"] == asked["id"] for m in fake.sent(CHANNEL))


async def test_an_expired_interaction_is_answered_in_the_channel(
    fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture
) -> None:
    fake.interaction_seconds = -1.0
    data = {"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "hm"}]}
    await fake.interact(2, data)
    await fake.until(lambda: fake.sent(CHANNEL))
    assert "took too long" in text_of(fake.sent(CHANNEL)[0])


async def test_a_missing_permission_is_told_in_private(fake: FakeDiscord, bot: Dateline) -> None:
    fake.forbidden.add(CHANNEL)
    await fake.say(ASK)
    await fake.until(lambda: fake.sent(DIRECT))
    assert "may not write" in text_of(fake.sent(DIRECT)[0])


async def test_a_deleted_channel_is_no_error(
    fake: FakeDiscord, bot: Dateline, caplog: pytest.LogCaptureFixture
) -> None:
    fake.deleted_channels.add(CHANNEL)
    await fake.say(ASK)
    await fake.until(lambda: fake.calls("POST", f"{CHANNEL}/messages$"))
    await fake.quiet()
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_reload_by_a_moderator(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    done = await fake.slash("/knowledge reload", user=MODERATOR, permissions=MANAGE_GUILD)
    assert base.reloads == 1 and "Reloaded" in done.text and done.ephemeral


async def test_reload_is_refused_to_others_in_words(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    done = await fake.slash("/knowledge reload")
    assert base.reloads == 0 and "Manage Server" in done.text and done.ephemeral


async def test_events_out_of_order_and_unknown_events_do_no_harm(fake: FakeDiscord, bot: Dateline) -> None:
    await fake.dispatch("NOT_AN_EVENT", {"x": 1})
    await fake.dispatch("MESSAGE_DELETE", {"id": "5", "channel_id": CHANNEL})
    await fake.dispatch("MESSAGE_UPDATE", {**await fake.say("hm"), "id": "77", "edited_timestamp": None})
    assert await works(fake)


async def test_the_sharded_bot(fake: FakeDiscord, connect: Connect) -> None:
    async with connect(sharded=True) as bot:
        assert isinstance(bot, discord.AutoShardedClient) and fake.identifies[0]["shard"] == [0, 1]
        assert await works(fake)


async def test_a_server_that_is_not_cached_is_answered(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    asked = await fake.say(ASK, channel="123", guild_id="456")
    await fake.answer_to(asked)
    assert base.questions[-1].scope == 456


async def test_a_user_install_sees_only_the_installations_articles(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    await fake.slash("/ask", question="who opened it?", guild="456", channel="123", owners={"1": "8"})
    assert base.questions[-1].scope is None
    refused = await fake.slash(
        "/knowledge reload", guild="456", channel="123", owners={"1": "8"}, permissions=MANAGE_GUILD
    )
    assert "member" in refused.text and base.reloads == 0


async def test_what_is_optional_may_be_missing(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    fake.sparse = True
    answer = await fake.answer_to(await fake.say(ASK))
    assert "Lena Brandt" in text_of(answer)
    more = await fake.answer_to(await fake.say("and when?", reply_to=answer))
    assert "Monday" in text_of(more)
    assert await fake.answer_to(await fake.say("who opened it?", channel=DIRECT))
    done = await fake.slash("/ask", question="who opened it?")
    assert "Lena Brandt" in done.text and base.questions[-1].scope == int(GUILD)
    assert (await fake.slash("/ask", question="leads", focus="question")).choices
    assert "noted" in (await fake.click(answer, "👍")).text
    done = await fake.slash("/knowledge reload", user=MODERATOR, permissions=MANAGE_GUILD)
    assert base.reloads == 1
    assert "Manage Server" in (await fake.slash("/knowledge reload")).text


async def everything_works(fake: FakeDiscord) -> None:
    answer = await fake.answer_to(await fake.say(ASK))
    assert "Lena Brandt" in text_of(answer)
    assert "noted" in (await fake.click(answer, "👍")).text
    assert "Monday" in text_of(await fake.answer_to(await fake.say("and when?", reply_to=answer)))
    assert await fake.answer_to(await fake.say("who opened it?", channel=DIRECT))
    assert "Lena Brandt" in (await fake.slash("/ask", question="who opened it?")).text
    assert (await fake.slash("/ask", question="leads", focus="question")).choices
    panel = await fake.slash("/knowledge settings", user=MODERATOR, permissions=MANAGE_GUILD)
    await fake.click(panel.original or {}, "Certainty", user=MODERATOR, permissions=MANAGE_GUILD)
    assert "eager" in panel.text


async def test_a_compressed_gateway(fake: FakeDiscord, connect: Connect) -> None:
    fake.compressed = True
    async with connect():
        await everything_works(fake)
        await fake.cut(abort=False)
        await fake.until(lambda: fake.resumes)
        assert await works(fake)


async def test_fields_that_nobody_has_heard_of(fake: FakeDiscord, connect: Connect) -> None:
    fake.unheard_of = True
    async with connect():
        await everything_works(fake)


async def test_questions_that_come_before_their_server_is_known(fake: FakeDiscord, connect: Connect) -> None:
    guilds = fake.guilds
    fake.guilds = {}
    async with connect():
        fake.guilds = guilds
        assert await works(fake)
        assert "Lena Brandt" in (await fake.slash("/ask", question="who opened it?")).text
        assert (
            "Reloaded"
            in (await fake.slash("/knowledge reload", user=MODERATOR, permissions=MANAGE_GUILD)).text
        )
        for guild in guilds.values():
            await fake.dispatch("GUILD_CREATE", guild)
        await everything_works(fake)


async def test_a_server_of_which_little_is_told(fake: FakeDiscord, connect: Connect) -> None:
    for guild in fake.guilds.values():
        for key in set(guild) - {"id", "name", "owner_id", "unavailable", "roles", "channels", "members"}:
            if key not in ("threads", "emojis", "stickers", "features", "voice_states", "presences"):
                del guild[key]
    guild = fake.guilds[GUILD]
    guild |= {"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0}
    async with connect():
        await everything_works(fake)


async def test_an_interaction_in_private_that_names_nobody(fake: FakeDiscord, bot: Dateline) -> None:
    data = {"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": ASK}]}
    made = await fake.interact(2, data, channel=DIRECT)
    assert "Lena Brandt" in (await fake.settled(made)).text
    lean = {k: v for k, v in made.sent.items() if k not in ("channel", "context", "locale")}
    made.callback, lean["id"] = None, str(int(made.id) + 1)
    fake.interactions[lean["id"]] = made
    made.event.clear()
    made.id = lean["id"]
    await fake.dispatch("INTERACTION_CREATE", lean)
    assert "Lena Brandt" in (await fake.settled(made)).text


async def test_a_gateway_that_stays_dead_is_noticed(fake: FakeDiscord, bot: Dateline, tmp_path: Path) -> None:
    file = tmp_path / health.FILE
    watch = asyncio.create_task(health.watch(bot, file, 0.3, beat=0.05))
    await asyncio.sleep(0.2)
    assert not watch.done() and health.check(file) == (True, "connected")
    fake.deaf = True
    await fake.cut()
    with pytest.raises(health.GatewayDead):
        await asyncio.wait_for(watch, 10)
    assert health.check(file)[0] is False
