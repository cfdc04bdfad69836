"""/knowledge and the browsing commands, on the real knowledge base."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from bot.client import Dateline
from bot.preferences import ChannelPreferences, Mode, ServerPreferences
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Question, Status
from tests.bot.conftest import Connect
from tests.bot.test_errors import broken, told
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import (
    CATEGORY,
    CHANNEL,
    DIRECT,
    FAR_CHANNEL,
    GUILD,
    MANAGE_GUILD,
    MANAGER_ROLE,
    MODERATOR,
    OTHER_CHANNEL,
    OTHER_GUILD,
    STRANGER,
    USER,
    buttons,
    text_of,
)

AS_MOD: dict[str, Any] = {"user": MODERATOR, "permissions": MANAGE_GUILD}
NEWS = (
    b"Storm Closes Bridge\n\nA storm closed the Elm Bridge in Ashford on Friday. "
    b"Engineer Ruth Okafor inspected it.\n"
)


@pytest_asyncio.fixture
async def base(real_base: KnowledgeBase) -> AsyncIterator[KnowledgeBase]:
    """Use the real knowledge base in this module."""
    yield real_base


async def add(fake: FakeDiscord, **kw: Any) -> Any:
    """Add NEWS and put it live."""
    options: dict[str, Any] = {**AS_MOD, **kw}
    shown = await fake.slash("/knowledge add", file="storm.txt", files={"storm.txt": NEWS}, **options)
    assert shown.ephemeral and "Storm Closes Bridge" in shown.text and "Not live yet" in shown.text
    panel = shown.original or {}
    done = await fake.click(panel, "Put it live", **options)
    await fake.until(lambda: "is live" in text_of(panel))
    return done


async def test_an_added_file_goes_live_after_its_preview_and_only_there(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    before = len(base.articles(int(GUILD)))
    shown = await fake.slash("/knowledge add", file="storm.txt", files={"storm.txt": NEWS}, **AS_MOD)
    assert len(base.articles(int(GUILD))) == before, "a preview stores nothing"
    assert "Ruth Okafor" in shown.text
    await add(fake)
    assert len(base.articles(int(GUILD))) == before + 1
    assert len(base.articles(int(OTHER_GUILD))) == before
    far = await fake.slash("/knowledge list", channel=FAR_CHANNEL, **AS_MOD)
    assert "Storm" not in far.text
    assert "Storm Closes Bridge" in (await fake.slash("/knowledge list", **AS_MOD)).text


async def test_pasted_text_is_added(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    form = await fake.slash("/knowledge add", **AS_MOD)
    shown = await fake.submit(
        form, "Storm Closes Bridge", 'The "Ashford" Post', "https://example.org/x", NEWS.decode(), **AS_MOD
    )
    await fake.click(shown.original or {}, "Put it live", **AS_MOD)
    await fake.until(lambda: "is live" in text_of(shown.original or {}))
    info = next(a for a in base.articles(int(GUILD)) if a.scope)
    assert (info.title, info.source, info.url) == (
        "Storm Closes Bridge",
        'The "Ashford" Post',
        "https://example.org/x",
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b""), ("a.txt", b"\x00\x01\xff" * 50), ("a.pdf", b"%PDF-1.4"), ("b.txt", b"x" * 1_100_000)],
)
async def test_a_bad_file_is_refused_in_words(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase, name: str, data: bytes
) -> None:
    before = base.articles(int(GUILD))
    done = await fake.slash("/knowledge add", file=name, files={name: data}, **AS_MOD)
    assert name in done.text and "error " not in done.text and not buttons(done.original or {})
    assert base.articles(int(GUILD)) == before


async def test_removing_asks_first(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    await add(fake)
    key = next(a.key for a in base.articles(int(GUILD)) if a.scope)
    rows = await fake.slash("/knowledge remove", article="", focus="article", **AS_MOD)
    assert rows.choices and [c["value"] for c in rows.choices] == [key]
    asked = await fake.slash("/knowledge remove", article=key, **AS_MOD)
    await fake.click(asked.original or {}, "Cancel", **AS_MOD)
    assert any(a.key == key for a in base.articles(int(GUILD)))
    asked = await fake.slash("/knowledge remove", article=key, **AS_MOD)
    await fake.click(asked.original or {}, "Remove", **AS_MOD)
    assert not any(a.key == key for a in base.articles(int(GUILD)))


async def test_the_installations_articles_cannot_be_removed_by_a_server(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    done = await fake.slash("/knowledge remove", article=base.articles()[0].key, **AS_MOD)
    assert "whole installation" in done.text


@pytest.mark.parametrize("command", ["add", "list", "gaps", "settings", "stats", "export", "reload", "erase"])
async def test_every_command_is_refused_to_others(fake: FakeDiscord, bot: Dateline, command: str) -> None:
    done = await fake.slash(f"/knowledge {command}")
    assert done.ephemeral and "Manage Server" in done.text and done.modal is None
    private = await fake.slash(f"/knowledge {command}", channel=DIRECT)
    assert "managed in that server" in private.text


async def test_autocomplete_is_refused_to_others(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.slash("/knowledge show", article="", focus="article")
    assert done.choices and len(done.choices) == 1 and "Manage Server" in done.choices[0]["name"]


async def test_the_manager_role_may_manage_and_loses_it_at_once(fake: FakeDiscord, bot: Dateline) -> None:
    as_editor: dict[str, Any] = {"user": USER, "roles": (MANAGER_ROLE,)}
    assert "Manage Server" in (await fake.slash("/knowledge list", **as_editor)).text
    panel = (await fake.slash("/knowledge settings", **AS_MOD)).original or {}
    await fake.click(panel, "Who else", values=[MANAGER_ROLE], **AS_MOD)
    assert f"<@&{MANAGER_ROLE}>" in text_of(panel)
    assert "articles" in (await fake.slash("/knowledge list", **as_editor)).text
    asked = await fake.slash("/knowledge settings", **as_editor)
    await fake.click(panel, "No manager role", **AS_MOD)
    refused = await fake.click(asked.original or {}, "Certainty", **as_editor)
    assert "Manage Server" in refused.text


async def test_the_settings_panel(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    panel = (await fake.slash("/knowledge settings", **AS_MOD)).original or {}
    await fake.click(panel, "Certainty", **AS_MOD)
    await fake.click(panel, "👍 👎", **AS_MOD)
    await fake.click(panel, "When I answer", values=["unasked"], **AS_MOD)
    assert "message-content intent" in text_of(panel)
    key = base.articles(int(GUILD))[0].key
    await fake.click(panel, "From which", values=[key], **AS_MOD)
    await fake.click(panel, "Threads", **AS_MOD)
    await fake.click(panel, "Set another", values=[OTHER_CHANNEL], **AS_MOD)
    await fake.click(panel, "When I answer", values=["off"], **AS_MOD)
    server = await base.kept(ServerPreferences, int(GUILD))
    assert (server.certainty.value, server.feedback) == ("eager", False)
    channels = await base.all_kept(ChannelPreferences, int(GUILD))
    assert channels[int(CHANNEL)] == ChannelPreferences(mode=Mode.UNASKED, threads=True, articles=(key,))
    assert channels[int(OTHER_CHANNEL)].mode is Mode.OFF
    refused = await fake.click(panel, "Threads", user=STRANGER, permissions=MANAGE_GUILD)
    assert "somebody else" in refused.text


async def test_a_channel_shows_and_follows_its_categorys_choices(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    await bot.preferences.set_channel(int(GUILD), int(CATEGORY), ChannelPreferences(mode=Mode.OFF))
    panel = (await fake.slash("/knowledge settings", **AS_MOD)).original or {}
    assert "only commands" in text_of(panel) and "its category's choices" in text_of(panel)
    await fake.click(panel, "Threads", **AS_MOD)
    assert "its category's choices" not in text_of(panel) and "**Threads:** on" in text_of(panel)
    await fake.click(panel, "As its category", **AS_MOD)
    assert "its category's choices" in text_of(panel) and "**Threads:** off" in text_of(panel)
    assert int(CHANNEL) not in await base.all_kept(ChannelPreferences, int(GUILD))
    await fake.click(panel, "Set another", values=[OTHER_CHANNEL], **AS_MOD)
    assert "when I am asked" in text_of(panel)
    await fake.click(panel, "Set another", values=[CHANNEL], **AS_MOD)
    assert "only commands" in text_of(panel)


async def test_shown_facts_can_be_searched(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    done = await fake.slash("/knowledge show", article=await ferry(base), search="million", **AS_MOD)
    assert "4.2 million euros" in done.text and "roof" not in done.text
    none = await fake.slash("/knowledge show", article=await ferry(base), search="zzz", **AS_MOD)
    assert "No fact fits" in none.text


async def ask_log(base: KnowledgeBase, text: str, status: Status) -> int:
    return await base.record(Question(text=text, scope=int(GUILD)), Answer(status=status), person=USER)


async def test_gaps_are_listed_and_dismissed(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    assert "could be answered" in (await fake.slash("/knowledge gaps", **AS_MOD)).text
    await ask_log(base, "who pays for the *roof*?", Status.NOT_TOLD)
    await ask_log(base, "Who pays for the *roof*?", Status.NOT_TOLD)
    panel = (await fake.slash("/knowledge gaps", **AS_MOD)).original or {}
    assert r"pays for the \*roof\*?" in text_of(panel) and "2 times" in text_of(panel)
    gap = (await base.gaps(int(GUILD)))[0]
    await fake.click(panel, "Choose", values=[str(gap.id)], **AS_MOD)
    await fake.click(panel, "Dismiss", **AS_MOD)
    assert not await base.gaps(int(GUILD)) and "could be answered" in text_of(panel)


async def test_an_answer_is_taught_from_a_gap(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    await ask_log(base, "which colour has the roof?", Status.NOT_TOLD)
    panel = (await fake.slash("/knowledge gaps", **AS_MOD)).original or {}
    gap = (await base.gaps(int(GUILD)))[0]
    await fake.click(panel, "Choose", values=[str(gap.id)], **AS_MOD)
    teach = (await fake.click(panel, "Teach", **AS_MOD)).original or {}
    await fake.click(teach, "Which article", values=[await ferry(base)], **AS_MOD)
    sentences = next(b for b in buttons(teach) if "proves" in (b.get("placeholder") or ""))["options"]
    chosen = next(o["value"] for o in sentences if "Critics" in o["label"])
    form = await fake.click(teach, "proves", values=[chosen], **AS_MOD)
    assert form.modal
    quote = "Critics stayed away because the terminal has no roof."
    wrong = await fake.submit(form, "which colour has the roof?", "green", quote, **AS_MOD)
    assert "does not stand in the quote" in wrong.text and "error " not in wrong.text
    done = await fake.submit(form, "which colour has the roof?", "no roof", quote, **AS_MOD)
    assert "in force now" in done.text
    asked = await fake.slash("/ask", question="Which colour has the roof?")
    assert "has **no roof**." in asked.text
    elsewhere = await fake.slash("/ask", question="Which colour has the roof?", channel=FAR_CHANNEL)
    assert "has **no roof**." not in elsewhere.text
    assert not await base.gaps(int(GUILD))


async def test_a_fact_is_removed_and_the_removal_taken_back(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    key = await ferry(base)
    panel = (await fake.slash("/knowledge show", article=key, **AS_MOD)).original or {}
    before = len((await base.reading(key, int(GUILD))).facts)
    rows = next(b for b in buttons(panel) if b["type"] == 3)["options"]
    chosen = next(o["value"] for o in rows if "opened" in o["label"])
    await fake.click(panel, "Choose", values=[chosen], **AS_MOD)
    await fake.click(panel, "Remove", **AS_MOD)
    assert len((await base.reading(key, int(GUILD))).facts) < before
    assert len((await base.reading(key)).facts) == before, "other servers keep it"
    listed = (await fake.click(panel, "Corrections", **AS_MOD)).original or {}
    assert "removed: opened" in text_of(listed)
    number = next(b for b in buttons(listed) if b["type"] == 3)["options"][0]["value"]
    await fake.click(listed, "Take one back", values=[number], **AS_MOD)
    assert len((await base.reading(key, int(GUILD))).facts) == before and "None yet" in text_of(listed)


async def test_a_fact_is_corrected(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    key = await ferry(base)
    panel = (await fake.slash("/knowledge show", article=key, **AS_MOD)).original or {}
    rows = next(b for b in buttons(panel) if b["type"] == 3)["options"]
    chosen = next(o["value"] for o in rows if "opened" in o["label"])
    await fake.click(panel, "Choose", values=[chosen], **AS_MOD)
    form = await fake.click(panel, "Correct", **AS_MOD)
    wrong = await fake.submit(form, "opened", "hero: Mayor Lena Brandt", **AS_MOD)
    assert "is no role" in wrong.text
    done = await fake.submit(
        form, "opened", "agent: Mayor Lena Brandt\npatient: the new ferry terminal", **AS_MOD
    )
    assert "In force now" in done.text
    reading = await base.reading(key, int(GUILD))
    assert any(f.derived == "taught" and f.predicate.text == "opened" for f in reading.facts)


async def test_stats(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    number = await ask_log(base, "who opened it?", Status.ANSWERED)
    await ask_log(base, "who closed it?", Status.NOT_TOLD)
    await base.vote(number, USER, 1)
    done = await fake.slash("/knowledge stats", days=7, **AS_MOD)
    assert "Answered\n1 (50%)" in done.text and "👍 1" in done.text and done.ephemeral
    data = next(r.files["stats.png"] for r in fake.requests if "stats.png" in r.files)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (1080, 560) and len(image.getcolors(1 << 20) or ()) > 20
    assert (done.original or {})["embeds"][0]["image"]["url"] == "attachment://stats.png"
    empty = await fake.slash("/knowledge stats", channel=FAR_CHANNEL, **AS_MOD)
    assert "Nobody asked anything" in empty.text


async def test_everything_of_a_server_is_deleted_after_asking_twice(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    await add(fake)
    await fake.slash("/ask", question="who inspected the bridge?")
    await ask_log(base, "who pays for the roof?", Status.NOT_TOLD)
    await bot.preferences.set_server(int(GUILD), ServerPreferences(feedback=False))
    far = await base.record(
        Question(text="who sang?", scope=int(OTHER_GUILD)), Answer(status=Status.NOT_TOLD), person=USER
    )
    panel = (await fake.slash("/knowledge erase", **AS_MOD)).original or {}
    assert "1 article " in text_of(panel) and "2 logged questions" in text_of(panel)
    form = await fake.click(panel, "Delete everything", **AS_MOD)
    refused = await fake.submit(form, "no", **AS_MOD)
    assert "Nothing was deleted" in refused.text and any(a.scope for a in base.articles(int(GUILD)))
    form = await fake.click(panel, "Delete everything", **AS_MOD)
    done = await fake.submit(form, "delete", **AS_MOD)
    assert "Deleted for good" in done.text and done.ephemeral
    assert not any(a.scope for a in base.articles(int(GUILD)))
    assert not await base.gaps(int(GUILD)) and (await base.stats(int(GUILD))).asked == 0
    assert (await bot.preferences.server(int(GUILD))).feedback
    assert far and len(await base.gaps(int(OTHER_GUILD))) == 1, "other servers keep what is theirs"


async def test_an_export_can_be_added_again(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    await add(fake)
    done = await fake.slash("/knowledge export", **AS_MOD)
    assert done.ephemeral
    data = next(r.files["articles.zip"] for r in fake.requests if r.files)
    assert "storm" in " ".join(zipfile.ZipFile(io.BytesIO(data)).namelist()).lower()
    away = {**AS_MOD, "channel": FAR_CHANNEL}
    await fake.slash("/knowledge add", file="all.zip", files={"all.zip": data}, **away)
    assert any(a.scope == int(OTHER_GUILD) for a in base.articles(int(OTHER_GUILD)))
    await ask_log(base, "who pays?", Status.NOT_TOLD)
    await fake.slash("/knowledge export", what="gaps", **AS_MOD)
    assert b"who pays?" in next(
        r.files["questions.json"] for r in fake.requests if "questions.json" in r.files
    )


async def test_reload_reports_what_changed(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    (base.data_dir / "articles" / "storm.txt").write_bytes(NEWS)
    (base.data_dir / "articles" / "bad.txt").write_bytes(b"\xff\xfe\x00")
    done = await fake.slash("/knowledge reload", **AS_MOD)
    await fake.until(lambda: "Added (1)" in done.text)
    assert "Storm Closes Bridge" in done.text
    assert "Failed (1)" in done.text and "bad.txt" in done.text


async def test_show_lists_facts_in_pages(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    longest = max(base.articles(int(GUILD)), key=lambda a: a.facts).key
    panel = (await fake.slash("/knowledge show", article=longest, **AS_MOD)).original or {}
    first = text_of(panel)
    await fake.click(panel, "▶", **AS_MOD)
    assert text_of(panel) != first


async def test_a_panel_from_before_a_restart_says_that_it_is_over(
    fake: FakeDiscord, connect: Connect, base: KnowledgeBase
) -> None:
    async with connect():
        panel = (await fake.slash("/knowledge settings", **AS_MOD)).original or {}
        form = await fake.slash("/knowledge add", **AS_MOD)
    async with connect():
        await fake.quiet()
        assert "is over" in (await fake.click(panel, "Certainty", **AS_MOD)).text
        assert "is over" in (await fake.submit(form, "a", "b", "c", "d", **AS_MOD)).text


# Browsing


async def ferry(base: KnowledgeBase) -> str:
    return next(a.key for a in base.articles() if "Ferry" in a.title)


async def test_article_shows_the_five_ws(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    done = await fake.slash("/article", article=await ferry(base))
    for part in (
        "New Ferry Terminal Opens",
        "Who",
        "Brandt",
        "What",
        "When",
        "Monday",
        "Where",
        "paragraphs",
    ):
        assert part in done.text


async def test_facts_can_be_searched(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    key = await ferry(base)
    done = await fake.slash("/facts", search="million", article=key)
    assert "4.2 million euros" in done.text and "roof" not in done.text
    rows = await fake.slash("/facts", person="Hinr", article=key, focus="person")
    assert rows.choices and "Hinrichs" in rows.choices[0]["name"]
    done = await fake.slash("/facts", person=rows.choices[0]["value"], article=key)
    assert "Hinrichs" in done.text and "4.2 million" not in done.text


async def test_who_shows_a_card(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    done = await fake.slash("/who", name="brandt", article=await ferry(base))
    assert "Lena Brandt" in done.text and "opened" in done.text
    refused = await fake.slash("/who", name="Zaphod", article=await ferry(base))
    assert "names nobody like that" in refused.text and refused.ephemeral


async def test_quotes_are_whole_and_named(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    done = await fake.slash("/quotes", article=await ferry(base))
    assert "We waited nine years for this day" in done.text and "Hinrichs" in done.text


async def test_timeline(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    assert "Monday" in (await fake.slash("/timeline", article=await ferry(base))).text


async def test_map_shows_who_did_what_to_whom(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    done = await fake.slash("/map", article=max(base.articles(), key=lambda a: a.facts).key)
    assert "Who did what to whom" in done.text and "**1.**" in done.text
    data = next(r.files["map.png"] for r in fake.requests if "map.png" in r.files)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (1080, 1080) and len(image.getcolors(1 << 20) or ()) > 20
    assert (done.original or {})["embeds"][0]["image"]["url"] == "attachment://map.png"


async def test_browsing_works_in_private(fake: FakeDiscord, bot: Dateline, base: KnowledgeBase) -> None:
    for command in ("/article", "/facts", "/timeline", "/quotes", "/help", "/privacy"):
        assert (await fake.slash(command, channel=DIRECT)).text


async def test_privacy_shows_and_deletes_ones_own(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    await ask_log(base, "who opened it?", Status.ANSWERED)
    shown = await fake.slash("/privacy")
    assert shown.ephemeral and "1 question." in shown.text and "who opened it?" in shown.text
    assert "0 questions" in (await fake.slash("/privacy", user=STRANGER)).text
    await fake.click(shown.original or {}, "Delete all")
    assert not await base.asked_by(USER)


async def test_a_server_that_is_left_is_frozen_and_thawed(
    fake: FakeDiscord, bot: Dateline, base: KnowledgeBase
) -> None:
    await add(fake)
    await fake.dispatch("GUILD_DELETE", {"id": GUILD, "unavailable": True})
    await fake.quiet()
    assert any(a.scope for a in base.articles(int(GUILD))), "an unavailable server has not been left"
    await fake.dispatch("GUILD_DELETE", {"id": GUILD})
    await asyncio.sleep(0.2)
    assert not any(a.scope for a in base.articles(int(GUILD)))
    joined = {k: v for k, v in fake.guilds[GUILD].items() if k != "unavailable"}
    await fake.dispatch("GUILD_CREATE", joined)
    await asyncio.sleep(0.2)
    assert any(a.scope for a in base.articles(int(GUILD)))


async def test_servers_left_while_away_are_found(
    fake: FakeDiscord, connect: Connect, base: KnowledgeBase
) -> None:
    async with connect():
        await add(fake)
    kept = fake.guilds.pop(GUILD)
    async with connect():
        await asyncio.sleep(0.2)
        assert not any(a.scope for a in base.articles(int(GUILD)))
    fake.guilds[GUILD] = kept


# Errors

COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("/ask", {"question": "who opened it?"}),
    ("/article", {}),
    ("/facts", {}),
    ("/who", {"name": "Brandt"}),
    ("/quotes", {}),
    ("/timeline", {}),
    ("/map", {}),
    ("/help", {}),
    ("/privacy", {}),
    *(
        (f"/knowledge {name}", {})
        for name in ("list", "gaps", "settings", "stats", "export", "reload", "erase")
    ),
    ("/knowledge show", {"article": "ferry"}),
    ("/knowledge remove", {"article": "ferry"}),
    ("/knowledge add", {"file": "storm.txt", "files": {"storm.txt": NEWS}}),
]


@pytest.mark.parametrize(("line", "options"), COMMANDS, ids=[line for line, _ in COMMANDS])
async def test_a_failure_in_any_command_is_told_with_its_id(
    fake: FakeDiscord,
    bot: Dateline,
    base: KnowledgeBase,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    options: dict[str, Any],
) -> None:
    for name in ("ask", "articles", "article", "reading", "complete", "asked_by", "gaps", "stats", "export"):
        monkeypatch.setattr(base, name, broken)
    for name in ("reload", "add", "kept", "all_kept"):
        monkeypatch.setattr(base, name, broken)
    done = await fake.slash(line, **AS_MOD, **options)
    await fake.until(lambda: done.text)
    assert told(done.text, caplog)
