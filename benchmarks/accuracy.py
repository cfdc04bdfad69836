"""How often questions of a bank are answered right, wrong or not at all, and how honest the confidence is.

    python -m benchmarks.accuracy --banks PATH [--only seed,articles] [--out FOLDER] [--answers FOLDER]

PATH is a folder with `*.jsonl` banks and their scorer `score.py`. Each bank that holds questions is answered
by `python -m knowledge answer`, exactly as a person would run it, and judged by the scorer; beside it stands
the baseline: the sentence that BM25 likes best, cut to the allowed length round the matched words, given as
the answer to every question. Then, over all banks together with each bank weighing the same: a reliability
table (how sure, how often right) and the risk-coverage curve (what share is wrong when only the surest are
said), as text and, with `--out`, as SVG. `--answers` keeps the answer files, and takes those that lie there
instead of asking again.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import knowledge
from benchmarks.peers import Bm25, sentences_of

SHIPPED = Path(knowledge.__file__).parent / "articles" / "middle-east-escalation.txt"
USUAL_LENGTH = 40
"""Words of an answer that the scorer allows where a question says nothing else."""
COLUMNS = ("questions", "correct", "wrong", "missed", "false_answers", "precision", "overall", "utility")
BINS = 10


class Given(NamedTuple):
    """An answer that was given: how sure it was, whether it was right, and what its bank makes it weigh."""

    confidence: float
    right: bool
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--banks", type=Path, required=True)
    parser.add_argument("--only", default="", help="names of banks, with commas between")
    parser.add_argument("--out", type=Path, help="a folder for the curve")
    parser.add_argument("--answers", type=Path, help="a folder for the answer files")
    args = parser.parse_args()
    score = scorer(args.banks)
    only = {name for name in args.only.split(",") if name}
    print(f"{'bank':10} {'':9}" + "".join(f"{c:>14}" for c in COLUMNS))
    given: list[Given] = []
    asked = 0.0
    with tempfile.TemporaryDirectory() as spare:
        folder = args.answers or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        for path in banks(args.banks):
            if only and path.stem not in only:
                continue
            items = score.read(path)
            replies = answered(path, folder / f"{path.stem}.answers.jsonl")
            verdicts = judged(score, path, items, replies)
            row(path.stem, "dateline", score.summary(verdicts.values()))
            row("", "BM25 cut", score.summary(judged(score, path, items, baseline(path, items)).values()))
            weight = 1 / len(items)
            given += [
                Given(
                    float(replies[i["id"]]["confidence"]), verdicts[i["id"]] in {"correct", "right"}, weight
                )
                for i in items
                if replies.get(i["id"], {}).get("status") == "answered"
            ]
            asked += 1
    if not asked:
        sys.exit("no such bank")
    print()
    reliability(given)
    points = list(curve(given, asked))
    print()
    risk_coverage(points)
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "risk-coverage.svg").write_text(drawn(points), "utf-8")


def scorer(folder: Path) -> ModuleType:
    """Return the banks' own scorer."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder} holds no score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def banks(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that hold questions with their right answers."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            if {"id", "question", "answerable"} <= json.loads(lines.readline() or "{}").keys():
                yield path


def answered(path: Path, out: Path) -> dict[str, dict[str, Any]]:
    """Return the answer lines to a bank, by the question's id."""
    if not out.exists():
        command = [sys.executable, "-m", "knowledge", "answer", str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        out.write_bytes(done.stdout)
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return {line["id"]: line for line in lines}


def judged(
    score: ModuleType, path: Path, items: Sequence[dict[str, Any]], replies: dict[str, dict[str, Any]]
) -> dict[str, str]:
    """Return the scorer's verdict on each question."""
    texts = {name: score.fold(text_of(path, name)) for name in {i.get("article") for i in items} if name}
    return {i["id"]: score.judge(i, replies.get(i["id"]), texts.get(i.get("article"))) for i in items}


def text_of(path: Path, name: str | None) -> str:
    return (path.parent / name if name else SHIPPED).read_text("utf-8")


def baseline(path: Path, items: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return BM25's answer to every question."""
    searched: dict[str | None, Bm25] = {}
    replies = {}
    for item in items:
        name = item.get("article")
        if name not in searched:
            searched[name] = Bm25(sentences_of(text_of(path, name)))
        said, sentence = searched[name].ask(item["question"], int(item.get("max_words", USUAL_LENGTH)))
        evidence = [sentence[:600]]
        replies[item["id"]] = {"status": "answered", "answer": said, "span": said, "evidence": evidence}
    return replies


def row(bank: str, who: str, figures: dict[str, Any]) -> None:
    cells = "".join(f"{'-' if figures[c] is None else figures[c]:>14}" for c in COLUMNS)
    print(f"{bank:10} {who:9}{cells}", flush=True)


def reliability(given: Sequence[Given]) -> None:
    """Print how sure and how often right the answers of each tenth of confidence were."""
    print("confidence  answers  mean confidence  right")
    error = total = 0.0
    for number in range(BINS):
        inside = [g for g in given if min(BINS - 1, int(g.confidence * BINS)) == number]
        if not inside:
            continue
        weight = sum(g.weight for g in inside)
        sure = sum(g.confidence * g.weight for g in inside) / weight
        right = sum(g.right * g.weight for g in inside) / weight
        error, total = error + weight * abs(sure - right), total + weight
        low = number / BINS
        print(
            f"{low:.1f}..{low + 1 / BINS:.1f} {len(inside):10} {sure:16.3f} {right:6.3f}  "
            + "#" * round(40 * right)
        )
    print(f"expected calibration error {error / total:.4f}" if total else "no answers")
    best = [g for g in given if g.confidence >= 0.9]
    if best:
        share = sum(g.right for g in best) / len(best)
        print(f"of {len(best)} answers with confidence >= 0.9, {share:.4f} right")


def curve(given: Sequence[Given], asked: float) -> Iterator[tuple[float, float, float]]:
    """Yield coverage, risk and the least confidence, from the surest answer to all of them."""
    covered = wrong = 0.0
    ranked = sorted(given, key=lambda g: -g.confidence)
    for place, one in enumerate(ranked):
        covered += one.weight
        wrong += 0.0 if one.right else one.weight
        if place + 1 == len(ranked) or ranked[place + 1].confidence < one.confidence:
            yield covered / asked, wrong / covered, one.confidence


def risk_coverage(points: Sequence[tuple[float, float, float]]) -> None:
    print("coverage  risk   confidence at least")
    wanted = 0.05
    for coverage, risk, least in points:
        if coverage >= wanted or (coverage, risk, least) == points[-1]:
            print(f"{coverage:8.3f} {risk:6.3f} {least:8.3f}  {'#' * round(120 * risk)}")
            while wanted <= coverage:
                wanted += 0.05


def drawn(points: Sequence[tuple[float, float, float]]) -> str:
    """Return the risk-coverage curve as SVG."""
    line = " ".join(f"{60 + 520 * c:.1f},{340 - 1000 * min(0.3, r):.1f}" for c, r, _ in points)
    marks = "".join(
        f'<text x="{60 + 520 * i / 10:.0f}" y="360" text-anchor="middle">{i / 10:.1f}</text>'
        for i in range(0, 11, 2)
    )
    marks += "".join(
        f'<text x="52" y="{344 - 1000 * i / 100:.0f}" text-anchor="end">{i / 100:.2f}</text>'
        f'<path d="M60 {340 - 10 * i}H580" stroke="#ddd"/>' for i in range(0, 31, 5)
    )  # fmt: skip
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="620" height="400" font-family="sans-serif" '
        f'font-size="12"><rect width="620" height="400" fill="#fff"/>{marks}'
        '<path d="M60 40V340H580" fill="none" stroke="#333"/>'
        '<text x="320" y="385" text-anchor="middle">coverage: share of all questions that are answered</text>'
        '<text x="64" y="30">risk: share of the given answers that are wrong</text>'
        f'<polyline points="{line}" fill="none" stroke="#1f5fbf" stroke-width="2"/></svg>\n'
    )


if __name__ == "__main__":
    main()
