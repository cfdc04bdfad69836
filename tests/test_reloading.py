"""Reloading while people ask."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.model import Question, Status
from knowledge.records import Outcome
from tests.crashing import opened

ARTICLES = 100


def write(folder: Path, number: int, version: int) -> None:
    """Write an article in which two sentences tell the same version."""
    who = f"Person{number}"
    (folder / f"a{number}.txt").write_text(
        f"{who} baked v{version}v{number}. {who} sold w{version}w{number}."
    )


async def test_questions_are_answered_from_one_version_while_articles_change(
    tmp_path: Path, soak: bool
) -> None:
    reloads, rate = (100, 200) if soak else (12, 100)
    base = await opened(tmp_path / "data")
    folder = base.data_dir / "articles"
    for number in range(ARTICLES):
        write(folder, number, 0)
    await base.reload()
    versions = {number: {0} for number in range(ARTICLES)}
    waits: list[float] = []
    wrong: list[object] = []
    told = 0
    stop = asyncio.Event()

    async def ask() -> None:
        nonlocal told
        number = 0
        due = time.perf_counter()
        while not stop.is_set():
            number = (number + 7) % ARTICLES
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            started = time.perf_counter()
            question = Question(text=f"What did Person{number} bake?", article=f"a{number}")
            try:
                await base.prepare(None, question.text)
                seen = base.ask(question)
            except Exception as error:
                wrong.append(error)
                continue
            # Counted from when the question was due: a held loop makes it wait too.
            waits.append(time.perf_counter() - min(started, due))
            words = seen.model_dump_json(exclude={"why"})
            found = {(int(v), int(n)) for v, n in re.findall(r"[vw](\d+)[vw](\d+)", words)}
            told += seen.status is Status.ANSWERED
            if len({version for version, _ in found}) > 1:
                wrong.append(("mixed", found))
            wrong.extend((v, n) for v, n in found if v not in versions[n])

    asking = asyncio.create_task(ask())
    for version in range(1, reloads + 1):
        changed = version % ARTICLES
        versions[changed].add(version)
        write(folder, changed, version)
        report = await base.reload()
        assert [r.key for r in report.of(Outcome.CHANGED)] == [f"a{changed}"]
        # From here on the old version is wrong.
        versions[changed] = {version}
    stop.set()
    await asking
    await base.close()
    assert wrong == []
    assert told > 0
    waits.sort()
    middle, worst = waits[len(waits) // 2] * 1e3, waits[-1] * 1e3
    print(f"{len(waits)} questions, {told} answered, median {middle:.1f} ms, worst {worst:.0f} ms")
    if soak:
        assert waits[-1] < 0.1


async def test_a_failing_reload_changes_nothing(tmp_path: Path) -> None:
    base = await opened(tmp_path / "data")
    folder = base.data_dir / "articles"
    write(folder, 1, 0)
    await base.reload()
    before = base.articles()
    folder.rename(base.data_dir / "elsewhere")
    try:
        await base.reload()
    except Exception as error:
        assert "cannot be listed" in str(error)
    else:
        raise AssertionError("a folder that is gone must not empty the library")
    assert base.articles() == before
    await base.close()


async def test_the_report_counts_facts_by_what_they_say(tmp_path: Path) -> None:
    base: KnowledgeBase = await opened(tmp_path / "data")
    file = base.data_dir / "articles" / "a.txt"
    file.write_text("Ann baked cakes. Bob sold bread. Cyd wrote books.")
    await base.reload()
    file.write_text("Eve read maps. Ann baked pies. Cyd wrote books.")
    (report,) = (await base.reload()).of(Outcome.CHANGED)
    assert (report.facts_added, report.facts_changed, report.facts_removed) == (1, 1, 1)
    await base.close()
