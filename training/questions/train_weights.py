"""Learn the matcher's weights from question banks, with folds by source article.

    python -m training.questions.train_weights --banks PATH [--out knowledge/asking/data/weights.json]

Two linear models. The ranking is a softmax over a question's candidates, where every candidate that the bank
accepts counts as right. The certainty is a logistic regression on the best candidate's features: right, or
not (which includes every unanswerable question, the bank's own and made ones). Banks weigh the same, whatever
their size. Folds hold whole articles out; the figures that are printed and stored come from the held-out
folds, the stored weights from everything. Needs numpy and scipy, which the product does not.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import importlib.util
import json
import pathlib
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from scipy.optimize import minimize

from knowledge.asking import engine, render
from knowledge.asking.index import ArticleIndex, build
from training.questions.negatives import negatives

MOST_MADE = 800
BANKS = ("seed", "articles", "news", "squad")
OWN = pathlib.Path(__file__).parent / "banks"
"""Banks written for this project: articles and questions by people who had not seen the program."""
RIDGE = 4.0
SURE_RIDGE = 0.0008
AT_MOST = {
    "excluded": -6.0,
    "thing_owned": -3.0,
    "list_part": -1.0,
    "core_lost": 0.0,
    "speaker_conflict": -0.5,
    "taken": -2.5,
    "repeats_entity": -0.8,
    "swap": -0.8,
    "name_conflict": -0.8,
    "number_conflict": -0.5,
    "noun_empty": -3.0,
    "modifier_conflict": -0.5,
    "head_conflict": 0.0,
    "not_offered": -3.0,
    "name_missing": 0.0,
    "antonym": 0.0,
    "event_elsewhere": 0.0,
    "event_known": 0.0,
    "rival": 0.0,
    "pred_lost": 0.0,
    "modifier_lost": 0.0,
    "modifier_name_lost": 0.0,
    "type_bad": -2.0,
    "grain_wrong": -2.0,
    "no_number": -2.0,
    "negation": -0.7,
}
"""A conflict can only speak against a candidate, however a crowd's questions look."""
SURE_AT_MOST = {
    "not_real": -2.0,
    "count_wrong": -1.0,
    "thin_reason": -1.0,
    "type_bad": 0.0,
    "pred_absent": 0.0,
    "lost": 0.0,
    "tier2": 0.0,
    "noun_wrong": 0.0,
    "noun_absent": 0.0,
    "grain_wrong": -0.5,
    "no_number": -0.5,
    "pronoun": -0.3,
    "repeats": 0.0,
    "repeats_head": 0.0,
    "other_missing": 0.0,
    "generic": 0.0,
    "unasserted": 0.0,
    "conditional": 0.0,
    "speaker_conflict": -1.5,
    "core_lost": -0.8,
    "time_conflict": -2.5,
    "swap": -1.0,
    "name_conflict": -1.5,
    "number_conflict": -1.0,
    "modifier_conflict": -1.0,
    "head_conflict": -0.5,
    "name_missing": -1.0,
    "number_missing": -0.7,
    "taken": -0.5,
    "repeats_entity": -0.3,
    "antonym": -0.5,
    "foreign": -0.5,
    "negation": -0.7,
    "lost_name": -0.7,
    "missing": -0.5,
    "noun_missing": -0.3,
    "verb_missing": -0.3,
    "event_elsewhere": -0.3,
    "event_known": 0.0,
    "rival": 0.0,
    "pred_lost": -0.3,
    "modifier_lost": -0.5,
    "modifier_name_lost": -1.0,
    "noun_empty": -2.0,
    "list_part": 0.0,
    "too_long": 0.0,
}
SURE_AT_LEAST = dict.fromkeys(
    (
        "pred",
        "good",
        "cover",
        "cover_best",
        "cover_fact",
        "role",
        "type_good",
        "noun",
        "noun_sort",
        "event",
        "event_role",
        "event_all",
        "aligned",
        "aligned_loosely",
        "exact",
        "share",
        "margin",
        "score",
        "grain",
        "tree_near",
        "speaker",
    ),
    0.0,
)
"""What agrees can only speak for the best candidate: keeps signs right where features overlap."""
FOLDS = 6
MADE_SHARE = 0.35
"""What a bank's made questions weigh together, beside 1 for its own."""


@dataclasses.dataclass
class Example:
    """A question with its candidates' features and which of them the bank accepts."""

    bank: str
    article: str
    question: str
    answerable: bool
    features: list[dict[str, float]]
    right: list[bool]
    considered: engine.Considered
    made: bool = False


def scorer(banks: pathlib.Path) -> ModuleType:
    """Return the banks' own scoring module."""
    spec = importlib.util.spec_from_file_location("bank_score", banks / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bank_score"] = module
    spec.loader.exec_module(module)
    return module


def sources(banks: pathlib.Path) -> dict[str, pathlib.Path]:
    """Return every bank's file by the bank's name."""
    own = {path.parent.name: path for path in sorted(OWN.glob("*/questions.jsonl"))}
    return {bank: banks / f"{bank}.jsonl" for bank in BANKS} | own


def examples(
    banks: Mapping[str, pathlib.Path], index_of: Callable[[pathlib.Path], ArticleIndex], score: ModuleType
) -> list[Example]:
    """Return every bank question that the matcher handles, with its candidates judged."""
    out = []
    for bank, source in banks.items():
        for line in source.read_text("utf-8").splitlines():
            item = json.loads(line)
            if item.get("context"):
                continue
            path = (source.parent / (item.get("article") or "seed.txt")).resolve()
            index = index_of(path)
            found = engine.consider(item["question"], index)
            if not ranked(found):
                continue
            text = score.fold(index.article.text)
            right = [item["answerable"] and judged(score, item, found, c, text) for c in found.candidates]
            out.append(
                Example(
                    bank,
                    str(path),
                    item["question"],
                    item["answerable"],
                    [c.features for c in found.candidates],
                    right,
                    found,
                )
            )
    return out


def ranked(found: engine.Considered) -> bool:
    """Tell whether a question is answered by ranking candidates."""
    return bool(found.candidates) and not engine.by_kind(found)[0]


def made(
    rows: Sequence[Example], index_of: Callable[[pathlib.Path], ArticleIndex], most: int
) -> list[Example]:
    """Return at most `most` made questions a bank that the articles do not answer."""
    out: list[Example] = []
    for bank in dict.fromkeys(e.bank for e in rows):
        mine = [e for e in rows if e.bank == bank and any(e.right)]
        names = sorted({e.article for e in mine})
        fresh: list[Example] = []
        for e in mine:
            proof = e.considered.candidates[e.right.index(True)].sentence
            others = [index_of(pathlib.Path(n)) for n in names if n != e.article] or [e.considered.index]
            for _way, question in negatives(e.question, proof, e.considered.index, others, 7):
                found = engine.consider(question, e.considered.index)
                if ranked(found):
                    fresh.append(
                        Example(
                            bank,
                            e.article,
                            question,
                            False,
                            [c.features for c in found.candidates],
                            [False] * len(found.candidates),
                            found,
                            made=True,
                        )
                    )
        random.Random(7).shuffle(fresh)
        out += fresh[:most]
    return out


def judged(
    score: ModuleType, item: Mapping[str, Any], found: engine.Considered, candidate: Any, text: str
) -> bool:
    """Tell whether the bank would accept the candidate."""
    said, span = render.answer_words(found.index, candidate, found.frame)
    reply = {
        "status": "answered",
        "answer": said,
        "span": span.of(found.index.article.text),
        "evidence": [render.sentence_passage(found.index, candidate.sentence, span).text],
    }
    return bool(score.judge(item, reply, text) == "correct")


def fit_ranking(rows: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    """Return ranking weights that make accepted candidates likely."""
    place = {n: i for i, n in enumerate(names)}
    used = [e for e in rows if any(e.right)]
    share = collections.Counter(e.bank for e in used)
    blocks = []
    for e in used:
        matrix = np.zeros((len(e.features), len(names)))
        for r, features in enumerate(e.features):
            for name, value in features.items():
                if name in place:
                    matrix[r, place[name]] = value
        blocks.append((matrix, np.array(e.right), 1.0 / share[e.bank]))
    stacked = np.vstack([b[0] for b in blocks])
    starts = np.cumsum([0] + [len(b[1]) for b in blocks])
    mass = sum(b[2] for b in blocks)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = stacked @ w
        total, gradient = 0.0, np.zeros_like(w)
        for k, (matrix, right, weight) in enumerate(blocks):
            s = scores[starts[k] : starts[k + 1]]
            p = np.exp(s - s.max())
            p /= p.sum()
            good = p[right].sum()
            total -= weight * np.log(max(good, 1e-12))
            q = np.where(right, p / max(good, 1e-12), 0.0)
            gradient -= weight * ((q - p) @ matrix)
        ridge = RIDGE / len(blocks)
        return total / mass + ridge * float(w @ w) / 2, gradient / mass + ridge * w

    bounds = [(None, AT_MOST.get(n)) for n in names]
    start = np.array([min(0.0, AT_MOST.get(n, 0.0)) for n in names])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return np.asarray(found.x)


def scored(example: Example, weights: Mapping[str, float]) -> list[int]:
    """Return the order of an example's candidates under some weights."""
    totals = [sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in example.features]
    for candidate, total in zip(example.considered.candidates, totals, strict=True):
        candidate.score = total
    return sorted(range(len(totals)), key=lambda i: -totals[i])


def certainty_row(example: Example, weights: Mapping[str, float]) -> tuple[dict[str, float], bool]:
    """Return the best candidate's certainty features and whether it is right."""
    order = scored(example, weights)
    ordered = dataclasses.replace(
        example.considered, chosen=tuple(example.considered.candidates[i] for i in order)
    )
    return engine.sure_features(ordered), example.right[order[0]]


def fit_certainty(rows: Sequence[tuple[dict[str, float], bool, float]]) -> dict[str, float]:
    """Return logistic weights for the probability that the best candidate is right."""
    names = sorted({n for f, _, _ in rows for n in f})
    x = np.array([[f.get(n, 0.0) for n in names] + [1.0] for f, _, _ in rows])
    y = np.array([1.0 if right else -1.0 for _, right, _ in rows])
    w = np.array([weight for _, _, weight in rows])
    w = w / w.sum()

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        z = y * (x @ v)
        gradient = -(w * y / (1 + np.exp(z))) @ x + SURE_RIDGE * np.append(v[:-1], 0.0)
        return float(w @ np.logaddexp(0, -z) + SURE_RIDGE * (v[:-1] @ v[:-1]) / 2), gradient

    bounds = [(SURE_AT_LEAST.get(n), SURE_AT_MOST.get(n)) for n in names] + [(None, None)]
    start = np.array([min(0.0, SURE_AT_MOST.get(n, 0.0)) for n in names] + [0.0])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return {n: float(v) for n, v in zip([*names, "bias"], found.x, strict=True)}


def learn(rows: Sequence[Example]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the ranking and the certainty weights learned from these examples."""
    names = sorted({n for e in rows for f in e.features for n in f})
    rank = {n: float(v) for n, v in zip(names, fit_ranking(rows, names), strict=True)}
    share = collections.Counter((e.bank, e.made) for e in rows)
    table = []
    for e in rows:
        features, right = certainty_row(e, rank)
        table.append((features, right, (MADE_SHARE if e.made else 1.0) / share[e.bank, e.made]))
    return rank, fit_certainty(table)


def held_out(rows: Sequence[Example]) -> list[tuple[Example, float, bool]]:
    """Return (example, probability, right) for each example, learned without its article."""
    articles = sorted({e.article for e in rows})
    fold = {a: i % FOLDS for i, a in enumerate(articles)}
    out = []
    for k in range(FOLDS):
        rank, sure = learn([e for e in rows if fold[e.article] != k])
        for e in rows:
            if fold[e.article] == k:
                features, right = certainty_row(e, rank)
                z = sure["bias"] + sum(sure.get(n, 0.0) * v for n, v in features.items())
                best = max(e.considered.candidates, key=lambda c: c.score)
                silent = engine.ruled_out(best, e.considered)
                out.append((e, 0.0 if silent else float(1 / (1 + np.exp(-z))), right))
    return out


def recalibration(results: Sequence[tuple[Example, float, bool]]) -> tuple[float, float]:
    """Return slope and shift of the log odds that make held-out probabilities honest (Platt scaling).

    Of the banks' own questions only: the made ones are there to teach what speaks against an answer, and
    make the certainty too low.
    """
    own = [(e, p, right) for e, p, right in results if not e.made and 0.0 < p < 1.0]
    share = collections.Counter(e.bank for e, _, _ in own)
    odds = np.array([np.log(p / (1 - p)) for _, p, _ in own])
    sign = np.array([1.0 if right else -1.0 for _, _, right in own])
    weight = np.array([1.0 / share[e.bank] for e, _, _ in own])

    def loss(v: np.ndarray) -> float:
        return float(weight @ np.logaddexp(0, -sign * (v[0] * odds + v[1])))

    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.2, 5.0), (-3.0, 3.0)])
    return float(found.x[0]), float(found.x[1])


def calibrated(p: float, slope: float, shift: float) -> float:
    """Return a probability with its log odds stretched and shifted; 0 stays 0."""
    return float(1 / (1 + np.exp(-(slope * np.log(p / (1 - p)) + shift)))) if 0.0 < p < 1.0 else p


def calibration_error(results: Sequence[tuple[Example, float, bool]], threshold: float) -> float:
    """Return the expected calibration error of what would be said, in ten bins; banks weigh the same."""
    given = [(e, p, right) for e, p, right in results if not e.made and p >= threshold]
    share = collections.Counter(e.bank for e, _, _ in given)
    bins: dict[int, list[tuple[float, float]]] = collections.defaultdict(list)
    for e, p, right in given:
        bins[min(9, int(p * 10))].append((1.0 / share[e.bank], p - right))
    return abs_sum(bins.values()) / max(1e-9, len(share))


def abs_sum(bins: Iterable[Sequence[tuple[float, float]]]) -> float:
    """Return the sum over bins of how far weighted confidence and rightness lie apart."""
    return sum(abs(sum(w * gap for w, gap in rows)) for rows in bins)


def report(results: Sequence[tuple[Example, float, bool]], threshold: float) -> dict[str, dict[str, float]]:
    """Return each bank's figures at a threshold."""
    figures = {}
    for bank in sorted({e.bank for e, _, _ in results}):
        mine = [r for r in results if r[0].bank == bank and not r[0].made]
        invented = [r for r in results if r[0].bank == bank and r[0].made]
        able = [r for r in mine if r[0].answerable]
        unable = [r for r in mine if not r[0].answerable]
        given = [r for r in mine if r[1] >= threshold]
        right = sum(r[2] for r in given)
        figures[bank] = {
            "top1": round(sum(r[2] for r in able) / max(1, len(able)), 3),
            "reachable": round(sum(any(r[0].right) for r in able) / max(1, len(able)), 3),
            "correct": round(sum(r[2] for r in able if r[1] >= threshold) / max(1, len(able)), 3),
            "wrong": round(sum(not r[2] for r in able if r[1] >= threshold) / max(1, len(able)), 3),
            "false": round(sum(r[1] >= threshold for r in unable) / max(1, len(unable)), 3),
            "precision": round(right / max(1, len(given)), 3),
            "made_false": round(sum(r[1] >= threshold for r in invented) / max(1, len(invented)), 3),
            "n": len(mine),
            "made": len(invented),
        }
    return figures


def main() -> None:
    """Read the banks' articles, learn, measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--banks", type=pathlib.Path, required=True)
    parser.add_argument(
        "--out", type=pathlib.Path, default=pathlib.Path("knowledge/asking/data/weights.json")
    )
    parser.add_argument("--threshold", type=float, default=0.6)
    args = parser.parse_args()
    from knowledge.reading import read
    from knowledge.reading.parser import Parser

    parse = Parser.load()
    cache: dict[pathlib.Path, ArticleIndex] = {}

    def index_of(path: pathlib.Path) -> ArticleIndex:
        if path not in cache:
            cache[path] = build(read(path.read_text("utf-8"), path.name, parse))
        return cache[path]

    rows = examples(sources(args.banks), index_of, scorer(args.banks))
    rows += made(rows, index_of, MOST_MADE)
    write(rows, args.out, args.threshold)


def write(rows: Sequence[Example], out: pathlib.Path, threshold: float) -> None:
    """Learn from the examples, print the held-out figures and write the weights."""
    results = held_out(rows)
    slope, shift = recalibration(results)
    results = [(e, calibrated(p, slope, shift), right) for e, p, right in results]
    error = calibration_error(results, threshold)
    print(f"held-out calibration error {error:.3f}, odds {slope:.2f} {shift:+.2f}")
    figures = report(results, threshold)
    for bank, line in figures.items():
        print(bank, json.dumps(line))
    rank, sure = learn(rows)
    sure = {name: slope * value for name, value in sure.items()}
    sure["bias"] += shift
    out.write_text(
        json.dumps(
            {
                "about": "Made by training/questions/train_weights.py from the question banks; "
                "figures are of held-out articles.",
                "figures": figures,
                "threshold": threshold,
                "rank": {k: round(v, 4) for k, v in sorted(rank.items())},
                "sure": {k: round(v, 4) for k, v in sorted(sure.items())},
            },
            indent=1,
        )
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
