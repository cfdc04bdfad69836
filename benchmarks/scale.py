"""How the knowledge base grows from one article to ten thousand in one scope.

    python -m benchmarks.scale --banks PATH [--sizes 1,100,1000,10000] [--out FOLDER]

The library holds the banks' passages that have a question which names one of their people, read once, and
seeded variations of them: every capitalised word of a passage that is no ordinary word becomes another name
of the same length, the same in text, facts, entities and questions. Variations differ in nothing but their
names, so that an article is found by its people alone, which makes them harder to tell apart than real
articles. Asked are the questions that name their people, each renamed with the variation it was drawn for.

Printed as JSON lines and drawn as SVG: seconds to read an article, size of the store, seconds from the
program's start to the first answer, memory, milliseconds of a question (median and 99th percentile; of the
first time each is asked, when its articles may have to be loaded, and of the second, there also without the
time in which other programs had the processor), and how the banks' own
scorer judges the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import importlib.util
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from knowledge.base import KnowledgeBase
from knowledge.language import lexicon
from knowledge.loose import LooseReader
from knowledge.model import Question
from knowledge.settings import Limits
from knowledge.store import articles as article_rows
from knowledge.store.articles import INSTALLATION, NewArticle, Original
from knowledge.store.database import FILE_NAME, Database
from knowledge.store.rows import PreparedArticle, stems
from knowledge.terminal.answers import contract

SIZES = (1, 100, 1_000, 10_000)
QUESTIONS = 300
SEED = 7
BANKS = ("squad", "news", "articles")
NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
CONSONANTS, VOWELS = "bcdfghklmnprstvz", "aeiou"


class Passage(NamedTuple):
    """A passage of a bank, as read, and the questions on it that name its people."""

    key: str
    prepared: PreparedArticle
    questions: tuple[dict[str, Any], ...]


def names_of(text: str) -> list[str]:
    """Return the capitalised words of a text that are no ordinary words."""
    return [word for word in dict.fromkeys(NAME.findall(text)) if not lexicon.is_word(word.lower())]


def renaming(words: Sequence[str], number: int) -> dict[str, str]:
    """Return another name of the same length for each word; number 0 is the passage itself."""
    if number == 0:
        return {}
    dice = random.Random(f"{SEED} {number}")
    return {
        word: "".join(
            dice.choice(VOWELS if place % 2 else CONSONANTS) for place in range(len(word))
        ).capitalize()
        for word in words
    }


def renamed(text: str, names: dict[str, str]) -> str:
    """Return a text with other names; offsets stay, since a new name is as long as the old one."""
    return NAME.sub(lambda match: names.get(match[0], match[0]), text) if names else text


def variation(passage: Passage, number: int) -> PreparedArticle:
    """Return the number-th variation of a passage."""
    prepared = passage.prepared
    names = renaming(names_of(prepared.text), number)
    if not names:
        return prepared
    text = renamed(prepared.text, names)
    lower = {old.lower(): new.lower() for old, new in names.items()}
    every = {**names, **lower}

    def body(words: str) -> str:
        return re.sub(r"[A-Za-z]{3,}", lambda match: every.get(match[0], match[0]), words)

    return prepared._replace(
        text=text,
        title=renamed(prepared.title, names),
        terms=" ".join(sorted(stems(text) | stems(body(prepared.terms)))),
        entities=tuple(
            row._replace(name=renamed(row.name, names), body=body(row.body)) for row in prepared.entities
        ),
        facts=tuple(row._replace(body=body(row.body)) for row in prepared.facts),
    )


def asked_of(passage: Passage, number: int) -> Iterator[dict[str, Any]]:
    """Yield the questions of a passage for one of its variations."""
    names = renaming(names_of(passage.prepared.text), number)
    for item in passage.questions:
        groups = [[renamed(words, names) for words in group] for group in item["must"]]
        yield {
            **item,
            "question": renamed(item["question"], names),
            "must": groups,
            "forbid": [renamed(words, names) for words in item.get("forbid", ())],
            "evidence": [renamed(words, names) for words in item["evidence"]],
            "key": f"{passage.key}-{number}",
        }


def bank_questions(banks: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the banks' answerable questions by the path of their article."""
    found: dict[str, list[dict[str, Any]]] = {}
    for bank in BANKS:
        for line in (banks / f"{bank}.jsonl").read_text("utf-8").splitlines():
            item = json.loads(line)
            if item["answerable"] and not item.get("context"):
                found.setdefault(item["article"], []).append(item)
    return found


async def read_passages(banks: Path) -> tuple[list[Passage], float]:
    """Read the banks' passages; return them and the seconds for each."""
    questions = bank_questions(banks)
    passages = []
    async with LooseReader(Limits()) as reader:
        first = next(iter(questions))
        await reader.read((banks / first).read_bytes(), name="warm-up.txt")
        started = time.perf_counter()
        for path, items in questions.items():
            key = path.replace("/", "-").removesuffix(".txt")
            article = await reader.read((banks / path).read_bytes(), name=Path(path).name, key=key)
            people = names_of(article.prepared.text)
            naming = tuple(
                i for i in items if any(re.search(rf"\b{name}\b", i["question"]) for name in people)
            )
            if naming:
                passages.append(Passage(key, article.prepared, naming))
    return passages, (time.perf_counter() - started) / len(questions)


async def store(passages: Sequence[Passage], size: int, place: Path) -> None:
    """Write a library of some size, and the questions to ask of it."""
    place.mkdir(parents=True)
    chosen = [(passages[number % len(passages)], number // len(passages)) for number in range(size)]
    database = await Database.open(place / FILE_NAME)
    now = dt.datetime.now(dt.UTC)
    for start in range(0, size, 200):
        async with database.transaction() as writer:
            for passage, number in chosen[start : start + 200]:
                key = f"{passage.key}-{number}"
                original = Original(f"{key}.txt", b"", b"")
                await article_rows.put(
                    writer, NewArticle(INSTALLATION, key, original, variation(passage, number), now)
                )
    await database.close()
    items = [item for passage, number in chosen for item in asked_of(passage, number)]
    random.Random(SEED).shuffle(items)
    (place / "questions.json").write_text(json.dumps(items[:QUESTIONS]), "utf-8")


class UnshippedBase(KnowledgeBase):
    """A knowledge base without the shipped article."""

    def _shipped(self) -> list[Any]:
        return []


async def measure(place: Path, banks: Path, started: float) -> dict[str, Any]:
    """Ask a library its questions; `started` is when the process began, by the wall clock."""
    items = json.loads((place / "questions.json").read_text("utf-8"))
    score = scorer(banks)
    opening = time.perf_counter()
    async with await UnshippedBase.open(place) as base:
        opened = time.perf_counter() - opening
        rounds: list[list[float]] = []
        taken: list[float] = []
        busy: list[float] = []
        verdicts: list[str] = []
        first = 0.0
        for _ in range(2):
            taken, busy, verdicts = [], [], []
            for item in items:
                question = Question(text=item["question"])
                before, worked = time.perf_counter(), time.thread_time()
                answer = base.ask(question)
                taken.append(time.perf_counter() - before)
                busy.append(time.thread_time() - worked)
                first = first or time.time() - started
                verdict = score.judge(item, contract(item["id"], answer))
                verdicts.append(
                    "wrong" if verdict == "correct" and answer.article != item["key"] else verdict
                )
            rounds.append(sorted(taken))
    summary = score.summary(verdicts)
    return {
        "questions": len(items),
        "open_s": round(opened, 2),
        "first_answer_s": round(first, 2),
        "memory_mb": round(memory()),
        "first_time_ms": percentiles(rounds[0]),
        "second_time_ms": percentiles(rounds[1]),
        "second_time_cpu_ms": percentiles(sorted(busy)),
        "correct": summary["correct"],
        "wrong": summary["wrong"],
        "precision": summary["precision"],
    }


def percentiles(taken: Sequence[float]) -> dict[str, float]:
    """Return the median and the 99th percentile of sorted seconds, in milliseconds."""
    return {
        "median": round(taken[len(taken) // 2] * 1e3, 1),
        "p99": round(taken[min(len(taken) - 1, int(len(taken) * 0.99))] * 1e3, 1),
    }


def memory() -> float:
    """Return the memory that this process holds, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        match = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
        return int(match[1]) / 1e3 if match else 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def scorer(banks: Path) -> ModuleType:
    """Load the banks' own scorer."""
    spec = importlib.util.spec_from_file_location("score", banks / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def curve(title: str, points: Sequence[tuple[int, float]]) -> str:
    """Return an SVG line chart over sizes, which stand at even steps; the value stands at each point."""
    top = max(value for _, value in points) or 1.0
    step = 480 / max(1, len(points) - 1)
    places = [(70 + step * n, 220 - 170 * value / top) for n, (_, value) in enumerate(points)]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/><text x="{x:.0f}" y="{y - 10:.0f}">{value:g}</text>'
        f'<text x="{x:.0f}" y="248">{size:,}</text>'
        for (x, y), (size, value) in zip(places, points, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 270" font-family="sans-serif"'
        ' font-size="13" text-anchor="middle"><rect width="620" height="270" fill="white"/>'
        f'<text x="310" y="22" font-size="15">{title}</text>'
        f'<g fill="#2b5d9b"><polyline points="{line}" fill="none" stroke="#2b5d9b" stroke-width="2"/>'
        f"{marks}</g>"
        '<text x="310" y="266" fill="#555">articles in one scope</text></svg>\n'
    )


CURVES = {
    "store": ("Size of the store, MB", lambda row: row["store_mb"]),
    "first": ("Start to first answer, s", lambda row: row["first_answer_s"]),
    "memory": ("Memory, MB", lambda row: row["memory_mb"]),
    "median": ("A question, median, ms", lambda row: row["second_time_ms"]["median"]),
    "p99": ("A question, 99th percentile, ms", lambda row: row["second_time_ms"]["p99"]),
    "p99-cold": (
        "A question asked for the first time, 99th percentile, ms",
        lambda row: row["first_time_ms"]["p99"],
    ),
    "correct": ("Right answers, share", lambda row: row["correct"]),
}


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--banks", type=Path, required=True, help="folder of the question banks")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, default=0.0, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one is not None:
        print(json.dumps(asyncio.run(measure(chosen.one, chosen.banks, chosen.started))))
        return
    passages, seconds = asyncio.run(read_passages(chosen.banks))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, chosen.sizes.split(",")):
            place = Path(folder) / str(size)
            asyncio.run(store(passages, size, place))
            command = [
                sys.executable,
                "-m",
                "benchmarks.scale",
                "--banks",
                str(chosen.banks),
                "--one",
                str(place),
            ]
            ran = subprocess.run(
                [*command, "--started", str(time.time())], stdout=subprocess.PIPE, text=True, check=True
            )
            row = {
                "articles": size,
                "read_s": round(seconds, 3),
                "store_mb": round((place / FILE_NAME).stat().st_size / 1e6, 1),
                **json.loads(ran.stdout),
            }
            print(json.dumps(row), flush=True)
            rows.append(row)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "scale.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for name, (title, value) in CURVES.items():
        points = [(row["articles"], value(row) or 0.0) for row in rows]
        (chosen.out / f"scale-{name}.svg").write_text(curve(title, points), "utf-8")


if __name__ == "__main__":
    main()
