"""The network: a small BERT encoder with heads for tags, arcs, labels and names."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

from knowledge.language.wordpiece import SHAPES

ARC_WIDTH = 256
LABEL_WIDTH = 256


class Scores(NamedTuple):
    """What the network says of a batch of B sentences of W words; index 0 of the head axis is the root.

    arcs (B, W, W + 1), dependent and head (B, W, D) and (B, W + 1, D) for the label scorer, upos, xpos and
    names (B, W, number of labels).
    """

    arcs: Tensor
    dependent: Tensor
    head: Tensor
    upos: Tensor
    xpos: Tensor
    names: Tensor


class Network(nn.Module):
    """Score arcs, labels, tags and names of words, each word read off its first word piece.

    Arcs after Dozat & Manning (2017); labels by a low-rank bilinear form, which can be scored outside the
    network for the arcs that the tree decoder has chosen.
    """

    def __init__(self, encoder: BertModel, upos: int, xpos: int, labels: int, names: int) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(0.2)
        self.arc_dependent = _layer(width, ARC_WIDTH)
        self.arc_head = _layer(width, ARC_WIDTH)
        self.arc_form = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.arc_bias = nn.Linear(ARC_WIDTH, 1)
        self.label_dependent = _layer(width, LABEL_WIDTH)
        self.label_head = _layer(width, LABEL_WIDTH)
        self.label_form = nn.Linear(3 * LABEL_WIDTH, labels)
        self.upos = nn.Linear(width, upos)
        self.xpos = nn.Linear(width, xpos)
        self.name_layer = _layer(width, 128)
        self.names = nn.Linear(128, names)

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor, mask: Tensor) -> Scores:
        """Score a batch: pieces, shapes and mask (B, P); first (B, W + 1), 0 (that is [CLS]) for the root."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.heads(hidden, first)

    def heads(self, hidden: Tensor, first: Tensor) -> Scores:
        """Score the words at positions `first` of the encoder's output."""
        states = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))
        states = self.dropout(states)
        words = states[:, 1:]
        head = self.arc_head(states)
        arcs = self.arc_form(self.arc_dependent(words)) @ head.transpose(1, 2) / ARC_WIDTH**0.5
        return Scores(
            arcs=arcs + self.arc_bias(head).transpose(1, 2),
            dependent=self.label_dependent(words),
            head=self.label_head(states),
            upos=self.upos(words),
            xpos=self.xpos(words),
            names=self.names(self.name_layer(words)),
        )

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Score the labels of arcs, given the vectors of their two ends (N, D)."""
        return self.label_form(torch.cat([dependent * head, dependent, head], dim=-1))


def _layer(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, outputs), nn.GELU(), nn.Dropout(0.25))
