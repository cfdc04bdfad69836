"""How fast questions are answered and articles read.

    python -m benchmarks.speed [--questions BANK.jsonl] [--texts FOLDER] [--rounds 5]

Questions, in process, of the shipped article: those that its facts suggest, each as it is, in lower case
without its mark, with two letters swapped, and about somebody whom the article does not know; with
`--questions` those of a bank that name no other article. Beside it SQLite FTS5 with rapidfuzz over the same
sentences, which gives the sentence only. Both get one round to warm up; every round's every question is one
sample. Reading: the shipped article and the texts of `tests/asking/texts` (or FOLDER) in a process of its
own. Opening: the store with the shipped article opened and asked in a fresh process, and the same with the
command, from shell to shell.

Printed as one JSON line a measurement.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import knowledge
from benchmarks.peers import FullText

SHIPPED = Path(knowledge.__file__).parent / "articles" / "middle-east-escalation.txt"
TEXTS = Path(__file__).parent.parent / "tests" / "asking" / "texts"
NOBODY = "Zorblax"
Measured = TypeVar("Measured")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=Path, help="a bank of questions about the shipped article")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="a folder of articles to read")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = [p.read_text("utf-8") for p in (SHIPPED, *sorted(args.texts.glob("*.txt")))]
    for row in apart(questions, bank(args.questions) if args.questions else None, args.rounds):
        print(json.dumps(row), flush=True)
    print(json.dumps(apart(reading, texts, args.rounds)), flush=True)
    for row in opening(args.rounds):
        print(json.dumps(row), flush=True)


def apart(work: Callable[..., Measured], *given: object) -> Measured:
    """Return what the work measured in a fresh process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def bank(path: Path) -> list[str]:
    """Return a bank's questions that are about the shipped article and stand alone."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [x["question"] for x in lines if not x.get("article") and not x.get("context")]


def questions(given: list[str] | None, rounds: int) -> list[dict[str, Any]]:
    """Return the milliseconds of a question, here and by full-text search."""
    from knowledge.asking import Library, ask, build
    from knowledge.asking.library import worded
    from knowledge.model import Question, Status
    from knowledge.reading import read
    from knowledge.reading.parser import Parser

    index = build(read(SHIPPED.read_text("utf-8"), "shipped", Parser.load()))
    library = Library((index,))
    asked = given if given is not None else varied([i.text for i in worded(index)])
    said = [ask(Question(text=q), library) for q in asked]
    ours = timed(lambda q: ask(Question(text=q), library), asked, rounds)
    text = index.article.text
    peer = FullText([text[s.span.start : s.span.end] for s in index.article.sentences])
    theirs = timed(peer.ask, asked, rounds)
    answered = sum(a.status is Status.ANSWERED for a in said)
    return [
        {"measured": "question, dateline", "questions": len(asked), "answered": answered, **ours},
        {"measured": "question, FTS5 + rapidfuzz", "questions": len(asked), **theirs},
    ]


def varied(wordings: Sequence[str]) -> list[str]:
    """Return the questions as they are, lower-cased, misspelt, and about a stranger."""
    chance = random.Random(1)
    out = []
    for question in wordings:
        words = question.split()
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        word = words[longest]
        at = chance.randrange(max(1, len(word) - 2))
        swapped = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        names = [i for i, w in enumerate(words) if i and w[:1].isupper()]
        out += [question, question.lower().rstrip("?")]
        out.append(" ".join([*words[:longest], swapped, *words[longest + 1 :]]))
        if names:
            out.append(" ".join([*words[: names[0]], NOBODY, *words[names[0] + 1 :]]))
    return out


def timed(ask: Callable[[str], object], asked: Sequence[str], rounds: int) -> dict[str, float]:
    """Return median, 99th percentile and most of the milliseconds that a question takes."""
    for question in asked:
        ask(question)
    wall, processor = [], []
    for _ in range(rounds):
        for question in asked:
            began, worked = time.perf_counter(), time.thread_time()
            ask(question)
            processor.append((time.thread_time() - worked) * 1000)
            wall.append((time.perf_counter() - began) * 1000)
    hundredths, own = statistics.quantiles(wall, n=100), statistics.quantiles(processor, n=100)
    return {
        "median_ms": round(statistics.median(wall), 3),
        "p99_ms": round(hundredths[98], 3),
        "most_ms": round(max(wall), 3),
        "processor_median_ms": round(statistics.median(processor), 3),
        "processor_p99_ms": round(own[98], 3),
    }


def reading(texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Return how fast texts are read, and the most memory that the process took."""
    from knowledge.reading import read
    from knowledge.reading.parser import Parser

    began = time.perf_counter()
    parser = Parser.load()
    loaded = time.perf_counter() - began
    read(texts[0], "warm", parser)
    began = time.perf_counter()
    for _ in range(rounds):
        for number, text in enumerate(texts):
            read(text, str(number), parser)
    took = time.perf_counter() - began
    words = sum(len(t.split()) for t in texts)
    return {
        "measured": "reading",
        "articles": len(texts),
        "words": words,
        "articles_per_second": round(rounds * len(texts) / took, 2),
        "words_per_second": round(rounds * words / took),
        "parser_load_s": round(loaded, 3),
        "peak_memory_mib": peak_memory(),
    }


def peak_memory() -> float:
    """Return the most memory that this process had, in MiB.

    `ru_maxrss` outlives an exec on Linux, so that a child would report what its parent once had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return round(int(lines["VmHWM"].split()[0]) / (1 << 10), 1)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def opening(rounds: int) -> list[dict[str, Any]]:
    """Return the seconds from a warm store to the first answer, in process and from shell to shell."""
    with tempfile.TemporaryDirectory() as folder:
        first = apart(opened, folder)
        warm = [apart(opened, folder) for _ in range(rounds)]
        shell = []
        for _ in range(rounds):
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "knowledge", "ask", "who did Pompeo call?"],
                env={**os.environ, "DATELINE_DATA_DIR": folder}, stdout=subprocess.DEVNULL, check=False,
            )  # fmt: skip
            shell.append(time.perf_counter() - began)
    return [
        {"measured": "store, first start (the shipped article is read)", **first},
        {"measured": "store, warm", **{k: statistics.median(w[k] for w in warm) for k in first}},
        {
            "measured": "`ask` on a warm store, from shell to shell",
            "median_s": round(statistics.median(shell), 3),
        },
    ]


def opened(folder: str) -> dict[str, Any]:
    """Open the store of a folder, ask once, and return the seconds and the most memory that took."""
    began = time.perf_counter()
    from knowledge.base import KnowledgeBase
    from knowledge.model import Question

    imported = time.perf_counter()

    async def first() -> tuple[float, float]:
        async with await KnowledgeBase.open(Path(folder)) as base:
            ready = time.perf_counter()
            base.ask(Question(text="who did Pompeo call?"))
            return ready, time.perf_counter()

    ready, answered = asyncio.run(first())
    return {
        "import_s": round(imported - began, 3),
        "open_s": round(ready - imported, 3),
        "first_question_ms": round((answered - ready) * 1000, 1),
        "peak_memory_mib": peak_memory(),
    }


if __name__ == "__main__":
    main()
