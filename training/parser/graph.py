"""Write the trained network as an ONNX graph with 8-bit weights, operator by operator."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[np.float32]
MICROSOFT = "com.microsoft"
OPSET, IR_VERSION = 17, 8
HEADS = 12
EPSILON = 1e-12
SMOOTHING = 0.9
# Inputs have eight bits, weights seven: with eight, sums overflow 16 bits in processors without VNNI.
INPUT_RANGE = 127
WEIGHT_RANGE = 63
MASKED = -1e4


class GraphBuilder:
    """Collects nodes and weights; every method returns the name of the value that it adds."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def constant(self, value: npt.NDArray[np.generic]) -> str:
        """Add a weight."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, operator: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object
    ) -> str:
        """Add an operator; its further outputs are named like the first with `.1`, `.2` after it."""
        name = f"n{len(self.nodes)}"
        names = [name, *(f"{name}.{n}" for n in range(1, outputs))]
        self.nodes.append(
            helper.make_node(operator, list(inputs), names, name=name, domain=domain, **attributes)
        )
        return name

    def number(self, value: float) -> str:
        """Add a scalar."""
        return self.constant(np.array(value, dtype=np.float32))

    def integers(self, *values: int) -> str:
        """Add a vector of integers."""
        return self.constant(np.array(values, dtype=np.int64))

    def embedding(self, ids: str, table: Array) -> str:
        """Look rows up in a table kept as 8-bit integers with a scale per row."""
        scale = np.abs(table).max(axis=1, keepdims=True).astype(np.float32) / 127 + 1e-12
        rows = self.node("Gather", self.constant(np.round(table / scale).astype(np.int8)), ids)
        scales = self.node("Gather", self.constant(scale.astype(np.float32)), ids)
        return self.node("Mul", self.node("Cast", rows, to=TensorProto.FLOAT), scales)

    def linear(self, value: str, weight: Array, bias: Array | None, largest: Array | None) -> str:
        """Multiply by a (outputs, inputs) matrix and add the bias.

        In 8 bits if `largest`, each input channel's largest magnitude, is given. Input scales are fixed, not
        taken from the batch, so a sentence's result does not depend on its neighbours; they are moved partly
        into the weights channel by channel, as SmoothQuant does (Xiao et al. 2023, equation 4).
        """
        if largest is None:
            result = self.node("MatMul", value, self.constant(weight.T.astype(np.float32)))
            return (
                result if bias is None else self.node("Add", result, self.constant(bias.astype(np.float32)))
            )
        peak = np.abs(weight).max(axis=0) + 1e-6
        smoothing = (largest + 1e-6) ** SMOOTHING / peak ** (1 - SMOOTHING)
        smoothed = weight * smoothing
        step = float((largest / smoothing).max()) / INPUT_RANGE
        scale = np.abs(smoothed).max(axis=1) / WEIGHT_RANGE + 1e-12
        scaled = self.node("Mul", value, self.constant((1 / smoothing / step).astype(np.float32)))
        zero = self.constant(np.array(128, dtype=np.uint8))
        return self.node(
            "MatMulIntegerToFloat",
            self.node("QuantizeLinear", scaled, self.number(1.0), zero),
            self.constant(np.round(smoothed / scale[:, None]).astype(np.int8).T),
            self.number(step),
            self.constant(scale.astype(np.float32)),
            zero,
            "",
            *([] if bias is None else [self.constant(bias.astype(np.float32))]),
            domain=MICROSOFT,
        )

    def layer_norm(self, value: str, weight: Array, bias: Array) -> str:
        """Normalise the last axis."""
        return self.node(
            "LayerNormalization", value, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON
        )

    def add_and_norm(self, value: str, residual: str, weight: Array, bias: Array) -> str:
        """Add a residual and normalise; with ONNX Runtime's fused operator the whole takes a fifth longer."""
        return self.layer_norm(self.node("Add", value, residual), weight, bias)

    def gelu(self, value: str) -> str:
        """Apply the error-function GELU."""
        return self.node("Gelu", value, domain=MICROSOFT)


def build(weights: dict[str, Array], ranges: dict[str, Array], layers: int) -> onnx.ModelProto:
    """Return the graph for the network's weights (PyTorch names) and the largest inputs of its linear layers.

    Inputs, int64: pieces (B, P), 0 is padding; shapes (B, P); first (B, W + 1), each word's first piece, 0
    for the root and for padding. Outputs: arcs (B, W, W + 1), probabilities of heads; dependent (B, W, D) and
    head (B, W + 1, D); upos and xpos (B, W), label numbers; names (B, W, N), log probabilities.
    """
    graph = GraphBuilder()
    hidden, mask = _embedded(graph, weights)
    for layer in range(layers):
        hidden = _transformer_layer(graph, weights, ranges, f"encoder.encoder.layer.{layer}.", hidden, mask)
    _heads(graph, weights, ranges, hidden)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", width])
        for name, width in (("pieces", "pieces"), ("shapes", "pieces"), ("first", "words_and_root"))
    ]
    outputs = [
        helper.make_tensor_value_info(name, kind, ["batch", None, None][:rank])
        for name, kind, rank in (
            ("arcs", TensorProto.FLOAT, 3),
            ("dependent", TensorProto.FLOAT, 3),
            ("head", TensorProto.FLOAT, 3),
            ("upos", TensorProto.INT64, 2),
            ("xpos", TensorProto.INT64, 2),
            ("names", TensorProto.FLOAT, 3),
        )
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "parser", inputs, outputs, graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
    )


def _embedded(graph: GraphBuilder, weights: dict[str, Array]) -> tuple[str, str]:
    table = "encoder.embeddings."
    words = graph.embedding("pieces", weights[f"{table}word_embeddings.weight"])
    shapes = graph.node("Gather", graph.constant(weights["shapes.weight"]), "shapes")
    fixed = weights[f"{table}position_embeddings.weight"] + weights[f"{table}token_type_embeddings.weight"][0]
    length = graph.node("Shape", "pieces", start=1, end=2)
    positions = graph.node("Slice", graph.constant(fixed), graph.integers(0), length)
    total = graph.node("Add", graph.node("Add", words, shapes), positions)
    normed = graph.layer_norm(total, weights[f"{table}LayerNorm.weight"], weights[f"{table}LayerNorm.bias"])
    present = graph.node(
        "Cast", graph.node("Not", graph.node("Equal", "pieces", graph.integers(0))), to=TensorProto.INT32
    )
    return normed, present


def _transformer_layer(
    graph: GraphBuilder,
    weights: dict[str, Array],
    ranges: dict[str, Array],
    prefix: str,
    hidden: str,
    mask: str,
) -> str:
    def part(name: str) -> tuple[Array, Array]:
        return weights[f"{prefix}{name}.weight"], weights[f"{prefix}{name}.bias"]

    def linear(name: str, value: str) -> str:
        return graph.linear(value, *part(name), ranges[f"{prefix}{name}"])

    projections = [part(f"attention.self.{name}") for name in ("query", "key", "value")]
    width = projections[0][0].shape[0]
    joint_weight = np.concatenate([weight for weight, _ in projections])
    joint = graph.linear(hidden, joint_weight, None, ranges[f"{prefix}attention.self.query"])
    query = graph.node("Split", joint, graph.integers(*[width] * 3), outputs=3, axis=-1)
    attended = graph.node(
        "MultiHeadAttention",
        query,
        f"{query}.1",
        f"{query}.2",
        graph.constant(np.concatenate([bias for _, bias in projections])),
        mask,
        domain=MICROSOFT,
        num_heads=HEADS,
        scale=float((width // HEADS) ** -0.5),
    )
    projected = linear("attention.output.dense", attended)
    middle = graph.add_and_norm(projected, hidden, *part("attention.output.LayerNorm"))
    wide = linear("output.dense", graph.gelu(linear("intermediate.dense", middle)))
    return graph.add_and_norm(wide, middle, *part("output.LayerNorm"))


def _heads(graph: GraphBuilder, weights: dict[str, Array], ranges: dict[str, Array], hidden: str) -> None:
    """Add the outputs: the words' states are gathered, then each head reads them."""

    def linear(name: str, value: str) -> str:
        return graph.linear(value, weights[f"{name}.weight"], weights[f"{name}.bias"], ranges.get(name))

    def layer(name: str, value: str) -> str:
        return graph.gelu(linear(f"{name}.0", value))

    def output(name: str, operator: str, *inputs: str, **attributes: object) -> None:
        graph.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))

    index = graph.node("Unsqueeze", "first", graph.integers(2))
    states = graph.node("GatherND", hidden, index, batch_dims=1)
    words = graph.node("Slice", states, graph.integers(1), graph.integers(2**31 - 1), graph.integers(1))
    head = layer("arc_head", states)
    dependent = linear("arc_form", layer("arc_dependent", words))
    width = weights["arc_form.weight"].shape[0]
    scores = graph.node("MatMul", dependent, graph.node("Transpose", head, perm=[0, 2, 1]))
    scores = graph.node("Mul", scores, graph.number(width**-0.5))
    bias = linear("arc_bias", head)
    scores = graph.node("Add", scores, graph.node("Transpose", bias, perm=[0, 2, 1]))
    output("arcs", "Softmax", graph.node("Add", scores, _absent_heads(graph)), axis=-1)
    output("dependent", "Identity", layer("label_dependent", words))
    output("head", "Identity", layer("label_head", states))
    for name in ("upos", "xpos"):
        output(name, "ArgMax", linear(name, words), axis=-1, keepdims=0)
    output("names", "LogSoftmax", linear("names", layer("name_layer", words)), axis=-1)


def _absent_heads(graph: GraphBuilder) -> str:
    """Return (B, 1, W + 1): 0 for the root and the words, a large negative number for padding."""
    padding = graph.node("Cast", graph.node("Equal", "first", graph.integers(0)), to=TensorProto.FLOAT)
    words = graph.node("Slice", padding, graph.integers(1), graph.integers(2**31 - 1), graph.integers(1))
    root = graph.node("Slice", padding, graph.integers(0), graph.integers(1), graph.integers(1))
    root = graph.node("Mul", root, graph.number(0.0))
    row = graph.node("Mul", graph.node("Concat", root, words, axis=1), graph.number(MASKED))
    return graph.node("Unsqueeze", row, graph.integers(1))
