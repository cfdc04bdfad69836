"""The reading process: what it reads, and how it fails."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from knowledge.errors import BadArticle, ReadingFailed
from knowledge.notes import Notes
from knowledge.reader import Reader
from knowledge.store.articles import hydrated, rows_of

TEXT = b"The mayor of Tarn opened a new bridge on Monday. She thanked the builders for their work."


async def test_an_article_comes_back_with_facts_that_quote_it() -> None:
    reader = Reader(60)
    try:
        prepared = await reader.read(TEXT, name="bridge.txt", key="bridge", notes=Notes(title="A bridge"))
    finally:
        await reader.close()
    reading = hydrated(rows_of("bridge", prepared))
    assert prepared.title == "A bridge"
    assert reading.article.text == TEXT.decode()
    assert "open" in {fact.predicate.lemma for fact in reading.facts}
    assert len(prepared.intents) >= len(reading.facts)


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x00\x01\x02\x03" * 50, b"1234 5678"])
async def test_what_is_no_article_is_refused_and_the_next_one_is_read(data: bytes) -> None:
    reader = Reader(60)
    try:
        with pytest.raises(BadArticle) as caught:
            await reader.read(data, name="junk.txt", key="junk")
        assert caught.value.file == "junk.txt"
        assert (await reader.read(TEXT, name="bridge.txt", key="bridge")).facts
    finally:
        await reader.close()


async def test_a_process_that_dies_costs_one_article_only() -> None:
    reader = Reader(60)
    try:
        await reader.read(TEXT, name="bridge.txt", key="bridge")
        assert reader._process is not None
        reading = asyncio.create_task(reader.read(TEXT * 200, name="long.txt", key="long"))
        await asyncio.sleep(0.05)
        os.kill(reader._process.pid, signal.SIGKILL)
        with pytest.raises(ReadingFailed, match="died"):
            await reading
        assert (await reader.read(TEXT, name="bridge.txt", key="bridge")).facts
    finally:
        await reader.close()


async def test_reading_that_takes_too_long_is_given_up() -> None:
    reader = Reader(60)
    try:
        await reader.read(TEXT, name="bridge.txt", key="bridge")
        reader._timeout = 0.05
        started = time.monotonic()
        with pytest.raises(ReadingFailed, match="took longer"):
            await reader.read(TEXT * 500, name="long.txt", key="long")
        assert time.monotonic() - started < 2
        reader._timeout = 60
        assert (await reader.read(TEXT, name="bridge.txt", key="bridge")).facts
    finally:
        await reader.close()


async def test_a_cancelled_reading_leaves_no_half_reply_behind() -> None:
    reader = Reader(60)
    try:
        reading = asyncio.create_task(reader.read(TEXT * 20, name="long.txt", key="long"))
        await asyncio.sleep(0.5)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert (await reader.read(TEXT, name="b.txt", key="b")).text == TEXT.decode()
    finally:
        await reader.close()


async def test_the_process_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.reader.ARTICLES_A_PROCESS", 1)
    reader = Reader(60)
    try:
        await reader.read(TEXT, name="one.txt", key="one")
        assert reader._process is not None
        first = reader._process.pid
        await reader.read(TEXT, name="two.txt", key="two")
        assert reader._process.pid != first
    finally:
        await reader.close()


async def test_an_idle_process_ends_and_a_new_one_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.reader.IDLE_SECONDS", 0.1)
    reader = Reader(60)
    try:
        await reader.read(TEXT, name="one.txt", key="one")
        process = reader._process
        assert process is not None
        assert await asyncio.wait_for(process.wait(), 10) == 0
        assert (await reader.read(TEXT, name="two.txt", key="two")).facts
    finally:
        await reader.close()
