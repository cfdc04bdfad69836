"""The best dependency tree for a matrix of head probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# Lower than any sum of log probabilities of one sentence: a second root is taken only where no tree has one.
SECOND_ROOT = -1e5
LEAST = 1e-12


def best_heads(probabilities: npt.NDArray[np.float32]) -> list[int]:
    """Return each word's head, 0-based, -1 for the root: always a tree with exactly one root.

    `probabilities` is (W, W + 1), column 0 the root. Where every word's likeliest head makes a tree already,
    that is it; else Chu & Liu (1965), Edmonds (1967), with all root arcs made dear so that one is used.
    """
    words = len(probabilities)
    scores = probabilities.copy()
    scores[np.arange(words), np.arange(1, words + 1)] = 0.0
    greedy = scores.argmax(axis=1)
    if is_tree(greedy - 1):
        return [int(head) - 1 for head in greedy]
    full = np.full((words + 1, words + 1), -np.inf)
    full[1:] = np.log(np.maximum(scores, LEAST))
    full[1:, 0] += SECOND_ROOT
    return [int(head) - 1 for head in _arborescence(full)[1:]]


def is_tree(heads: npt.NDArray[np.int64]) -> bool:
    """Return whether heads (0-based, -1 for the root) form a tree with one root."""
    if np.count_nonzero(heads == -1) != 1:
        return False
    # Pointer doubling: after k rounds every pointer has gone 2 ** k steps up, the root's staying at the root.
    pointers = np.append(heads, len(heads))
    pointers[pointers == -1] = len(heads)
    for _ in range(len(heads).bit_length()):
        pointers = pointers[pointers]
    return bool((pointers == len(heads)).all())


def _arborescence(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return each node's head in the maximum spanning arborescence; node 0 is the root and its own head.

    `scores[dependent, head]`; contracts one cycle and calls itself.
    """
    size = len(scores)
    np.fill_diagonal(scores, -np.inf)
    heads: npt.NDArray[np.int64] = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not len(cycle):
        return heads
    outside = np.setdiff1d(np.arange(size), cycle)
    gain = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    entered = gain.argmax(axis=0)
    left = scores[np.ix_(outside, cycle)]
    leaving = left.argmax(axis=1)
    contracted = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    contracted[:-1, :-1] = scores[np.ix_(outside, outside)]
    contracted[:-1, -1] = left.max(axis=1)
    contracted[-1, :-1] = gain.max(axis=0)
    above = _arborescence(contracted)
    result: npt.NDArray[np.int64] = heads.copy()
    for position, node in enumerate(outside[1:], start=1):
        chosen = above[position]
        result[node] = cycle[leaving[position]] if chosen == len(outside) else outside[chosen]
    result[cycle[entered[above[-1]]]] = outside[above[-1]]
    return result


def _cycle(heads: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the nodes of one cycle that does not hold node 0, or nothing."""
    colour = np.zeros(len(heads), dtype=np.int64)
    colour[0] = -1
    for start in range(1, len(heads)):
        node = start
        while colour[node] == 0:
            colour[node] = start
            node = int(heads[node])
        if colour[node] == start:
            cycle = [node]
            while (node := int(heads[node])) != cycle[0]:
                cycle.append(node)
            return np.array(cycle)
        node = start
        while colour[node] == start:
            colour[node] = -1
            node = int(heads[node])
    return np.array([], dtype=np.int64)
