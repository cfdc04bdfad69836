"""Write a trained parser as package data.

`python -m training.parser.export RUN/average-*.pt --out knowledge/language/model --treebanks DIR`.

The mean of several epochs' weights is a little better than any one of them.


The directory gets `parser.onnx` (8-bit weights), `label_scorer.npz`, `vocab.txt` (the kept word pieces) and
`labels.json` (tag and label sets in the order of the outputs).
"""

from __future__ import annotations

import argparse
import json
import random
import unicodedata
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from training.parser import data
from training.parser.graph import Array, build
from training.parser.model import Network
from training.parser.train import Batches, load_sentences, new_network, vocabulary

CALIBRATION = 800
IN_FLOAT = {"arc_bias", "label_form", "names", "upos", "xpos", "arc_form"}
SPECIAL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}


def kept_pieces() -> list[int]:
    """Return the ids of the word pieces that English text can need: no unused slots, no foreign scripts."""
    return [number for number, piece in enumerate(vocabulary()) if piece in SPECIAL or _is_wanted(piece)]


def _is_wanted(piece: str) -> bool:
    if piece.startswith("[") and len(piece) > 1:
        return False
    letters = [char for char in piece.removeprefix("##") if char.isalpha()]
    return all("LATIN" in unicodedata.name(char, "") for char in letters)


@torch.no_grad()
def input_ranges(network: Network, batches: Batches, sentences: list[data.Sentence]) -> dict[str, Array]:
    """Return each linear layer's largest input magnitudes, channel by channel, over the sentences."""
    ranges: dict[str, Array] = {}

    def watch(name: str, inputs: Tensor) -> None:
        largest = inputs.abs().flatten(0, -2).amax(0).numpy()
        ranges[name] = np.maximum(ranges.get(name, largest), largest)

    # These layers are narrow or their outputs decisive; in floating point they cost nothing.
    hooks = [
        module.register_forward_pre_hook(lambda _, inputs, name=name: watch(name, inputs[0]))
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and name not in IN_FLOAT
    ]
    network.eval()
    for sentence in sentences:
        gold = batches.tensors([sentence], None)
        network(gold["pieces"], gold["shapes"], gold["first"], gold["mask"])
    for hook in hooks:
        hook.remove()
    return ranges


def export(checkpoints: list[Path], treebanks: Path, out: Path) -> None:
    """Write the four files for the mean of some checkpoints; the label sets lie beside them."""
    labels = json.loads((checkpoints[0].parent / "labels.json").read_text())
    network = new_network(labels)
    states = [torch.load(checkpoint) for checkpoint in checkpoints]
    network.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    sentences, _ = load_sentences(treebanks)
    rng = random.Random(0)
    sample = [data.augmented(sentence, rng) for sentence in rng.sample(sentences, CALIBRATION)]
    ranges = input_ranges(network, Batches(labels), sample)
    weights = {name: tensor.float().numpy() for name, tensor in network.state_dict().items()}
    kept = kept_pieces()
    table = "encoder.embeddings.word_embeddings.weight"
    weights[table] = weights[table][kept]
    layers = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("encoder.encoder.layer."))
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(weights, ranges, layers), out / "parser.onnx")
    form = weights["label_form.weight"].astype(np.float16)
    product, dependent, head = np.split(form.T, 3)
    np.savez(
        out / "label_scorer.npz",
        product=product,
        dependent=dependent,
        head=head,
        bias=weights["label_form.bias"].astype(np.float16),
    )
    pieces = vocabulary()
    (out / "vocab.txt").write_text("".join(f"{pieces[n]}\n" for n in kept), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


def main() -> None:
    """Export the checkpoints named on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoints", type=Path, nargs="+")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--treebanks", type=Path, required=True)
    options = arguments.parse_args()
    export(options.checkpoints, options.treebanks, options.out)


if __name__ == "__main__":
    main()
