"""Words to tags, a dependency tree and names, by the trained network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from knowledge.language.wordpiece import WordPiece, shape
from knowledge.reading.conventions import conform
from knowledge.reading.tree import best_heads

# The encoder was trained on sentences; beyond this many words in one piece it only gets slower and worse.
WINDOW_WORDS = 128
WINDOW_PIECES = 510
PIECES_OF_WORD = 12
# Padded pieces in a batch: what fits a core's cache is fastest.
BATCH_PIECES = 640
# Where a sentence that is too long may be cut, best place first.
CUTS = ({".", "!", "?", ";"}, {":", "--", "-", "–", "—"}, {",", ")", "]", '"', "”"})
STITCH = "parataxis"

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Parse(NamedTuple):
    """One sentence's analysis, a value for each word.

    `upos` universal and `xpos` Penn Treebank tags; `heads` 0-based, -1 for the one root; `deprels` full
    Universal Dependencies labels; `names` IOB2 labels (`PER`, `ORG`, `LOC`, `EVENT`, `MISC`, `TIME`);
    `arc_scores` the probability that the network gives each chosen head.
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    arc_scores: tuple[float, ...]


class _Window(NamedTuple):
    """Part of a sentence that goes through the network at once."""

    sentence: int
    start: int
    pieces: list[int]
    shapes: list[int]
    first: list[int]


class Parser:
    """The trained network; deterministic, whatever else is in the batch."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        wordpiece: WordPiece,
        labels: dict[str, list[str]],
        label_scorer: dict[str, Floats],
    ) -> None:
        self._session = session
        self._wordpiece = wordpiece
        self._labels = labels
        self._scorer = label_scorer
        self._root = labels["deprels"].index("root")
        self._transitions = _transitions(labels["names"])
        self._start, self._end = wordpiece.id("[CLS]"), wordpiece.id("[SEP]")

    @classmethod
    def load(cls, threads: int = 1) -> Parser:
        """Load the shipped model; `threads` is how many the network may use."""
        model = files("knowledge.language") / "model"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            (model / "parser.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        with (model / "label_scorer.npz").open("rb") as file, np.load(file) as arrays:
            scorer = {name: arrays[name].astype(np.float32) for name in arrays.files}
        vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").splitlines()
        labels = json.loads((model / "labels.json").read_text(encoding="utf-8"))
        return cls(session, WordPiece(vocabulary), labels, scorer)

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return an analysis for each sentence, given as the words that `tokenize` cuts.

        A sentence of more than 128 words is parsed in windows; the later ones' roots hang on the first one's.
        """
        windows = [window for n, words in enumerate(sentences) for window in self._windows(n, words)]
        parsed: dict[tuple[int, int], Parse] = {}
        for batch in _batches(windows):
            for window, parse in zip(batch, self._parse_batch(batch, sentences), strict=True):
                parsed[window.sentence, window.start] = parse
        parts: list[list[tuple[int, Parse]]] = [[] for _ in sentences]
        for window in windows:
            parts[window.sentence].append((window.start, parsed[window.sentence, window.start]))
        return [_stitched(part) for part in parts]

    def _windows(self, number: int, words: Sequence[str]) -> Iterator[_Window]:
        rows = [self._wordpiece.pieces(word)[:PIECES_OF_WORD] for word in words]
        start = 0
        while start < len(words):
            end = _window_end(words, rows, start)
            pieces, shapes, first = [self._start], [0], [0]
            for word, row in zip(words[start:end], rows[start:end], strict=True):
                first.append(len(pieces))
                pieces += row
                shapes += [shape(word)] * len(row)
            yield _Window(number, start, [*pieces, self._end], [*shapes, 0], first)
            start = end

    def _parse_batch(self, batch: list[_Window], words: Sequence[Sequence[str]]) -> list[Parse]:
        pieces = _padded([window.pieces for window in batch])
        inputs = {"pieces": pieces, "shapes": _padded([window.shapes for window in batch])}
        inputs["first"] = _padded([window.first for window in batch])
        outputs: list[npt.NDArray[Any]] = self._session.run(None, inputs)
        arcs, dependent, head, upos, xpos, names = outputs
        sizes = [len(window.first) - 1 for window in batch]
        heads = [best_heads(arcs[n, :size, : size + 1]) for n, size in enumerate(sizes)]
        tags = self._names(names, sizes)
        labels = self._deprels(dependent, head, heads)
        result = []
        for n, size in enumerate(sizes):
            universal, penn = (
                _named(self._labels[kind], numbers[n, :size])
                for kind, numbers in (("upos", upos), ("xpos", xpos))
            )
            deprels = list(_named(self._labels["deprels"], labels[n]))
            conform(words[batch[n].sentence][batch[n].start :][:size], universal, penn, heads[n], deprels)
            result.append(
                Parse(
                    upos=universal,
                    xpos=penn,
                    heads=tuple(heads[n]),
                    deprels=tuple(deprels),
                    names=_proper(_named(self._labels["names"], tags[n]), universal),
                    arc_scores=tuple(arcs[n, np.arange(size), np.array(heads[n]) + 1].tolist()),
                )
            )
        return result

    def _deprels(self, dependent: Floats, head: Floats, heads: list[list[int]]) -> list[Integers]:
        """Return the likeliest label of each chosen arc; `root` for the root's and for no other."""
        sizes = [len(row) for row in heads]
        rows = np.repeat(np.arange(len(heads)), sizes)
        words = np.concatenate([np.arange(size) for size in sizes])
        chosen = np.concatenate([np.array(row) for row in heads])
        below, above = dependent[rows, words], head[rows, chosen + 1]
        scores = (below * above) @ self._scorer["product"] + below @ self._scorer["dependent"]
        scores += above @ self._scorer["head"] + self._scorer["bias"]
        scores[:, self._root] = np.where(chosen == -1, np.inf, -np.inf)
        return np.split(scores.argmax(axis=1), np.cumsum(sizes)[:-1])

    def _names(self, scores: Floats, sizes: list[int]) -> list[Integers]:
        """Return the likeliest well-formed IOB2 labels of each sentence (Viterbi), all sentences at once."""
        sentences, words, _ = scores.shape
        best = scores[:, 0] + self._transitions[0]
        paths: list[npt.NDArray[np.intp]] = []
        totals = [best]
        for word in range(1, words):
            candidates = best[:, :, None] + self._transitions
            paths.append(candidates.argmax(axis=1))
            best = candidates.max(axis=1) + scores[:, word]
            totals.append(best)
        result = []
        for n in range(sentences):
            label = int(totals[sizes[n] - 1][n].argmax())
            labels = [label]
            for word in range(sizes[n] - 2, -1, -1):
                label = int(paths[word][n, label])
                labels.append(label)
            result.append(np.array(labels[::-1]))
        return result


def _transitions(names: list[str]) -> Floats:
    """Return what a step from one name label to the next costs: nothing, or everything if it is not IOB2.

    Row 0 is `O`, which is also what stands before a sentence.
    """
    costs = np.zeros((len(names), len(names)), dtype=np.float32)
    for n, label in enumerate(names):
        if label.startswith("I-"):
            kind = label.removeprefix("I-")
            costs[:, n] = [0.0 if before in {f"B-{kind}", f"I-{kind}"} else -1e4 for before in names]
    return costs


def _named(labels: list[str], numbers: npt.NDArray[Any]) -> tuple[str, ...]:
    return tuple([labels[number] for number in numbers.tolist()])


def _proper(names: tuple[str, ...], upos: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels without names that hold no proper noun: times need none, all others do."""
    result = list(names)
    start = 0
    for end in range(1, len(names) + 1):
        if end == len(names) or not names[end].startswith("I-"):
            if names[start] not in {"O", "B-TIME"} and "PROPN" not in upos[start:end]:
                result[start:end] = ["O"] * (end - start)
            start = end
    return tuple(result)


def _padded(rows: list[list[int]]) -> Integers:
    result = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for n, row in enumerate(rows):
        result[n, : len(row)] = row
    return result


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Yield windows of similar length, the padded batch within `BATCH_PIECES`."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: len(window.pieces)):
        if batch and (len(batch) + 1) * len(window.pieces) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _window_end(words: Sequence[str], rows: list[tuple[int, ...]], start: int) -> int:
    """Return where the window from `start` on ends: with the sentence, else after its best late cut."""
    end, pieces = start, 0
    while end < len(words) and end - start < WINDOW_WORDS and pieces + len(rows[end]) <= WINDOW_PIECES:
        pieces += len(rows[end])
        end += 1
    if end == len(words):
        return end
    for marks in CUTS:
        for cut in range(end, start + (end - start) // 2, -1):
            if words[cut - 1] in marks:
                return cut
    return end


def _stitched(parts: list[tuple[int, Parse]]) -> Parse:
    """Return the windows of one sentence as one tree."""
    if len(parts) == 1:
        return parts[0][1]
    if not parts:
        return Parse((), (), (), (), (), ())
    root = parts[0][1].heads.index(-1)
    heads: list[int] = []
    deprels: list[str] = []
    for start, parse in parts:
        heads += [head + start if head != -1 else (-1 if start == 0 else root) for head in parse.heads]
        deprels += [
            STITCH if head == -1 and start else deprel
            for head, deprel in zip(parse.heads, parse.deprels, strict=True)
        ]
    rest = [parse for _, parse in parts]
    return Parse(
        upos=tuple(tag for parse in rest for tag in parse.upos),
        xpos=tuple(tag for parse in rest for tag in parse.xpos),
        heads=tuple(heads),
        deprels=tuple(deprels),
        names=tuple(name for parse in rest for name in parse.names),
        arc_scores=tuple(score for parse in rest for score in parse.arc_scores),
    )
