"""The weights in an ONNX file, by the names the network gave them: numpy alone, no onnx needed.

An ONNX file is a protobuf message; of it this reads the graph's initialisers and, of each node,
its kind, inputs and outputs. Field numbers are those of onnx.proto (ONNX 1.16, IR version 8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_GRAPH = 7
_NODE, _INITIALISER = 1, 5
_INPUT, _OUTPUT, _KIND = 1, 2, 4
_DIMS, _TYPE, _FLOATS, _NAME, _RAW = 1, 2, 4, 8, 9
_FLOAT32 = 1


@dataclass(slots=True)
class Node:
    """One step of a graph."""

    kind: str = ""
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Weights:
    """What an exported file holds.

    `named` are the parameters under the network's own names. `folded` are the convolutions into
    which the exporter folded a batch normalisation, dropping their names: weight and bias of each,
    in the order of the graph.
    """

    named: dict[str, Floats] = field(default_factory=dict)
    folded: list[tuple[Floats, Floats]] = field(default_factory=list)


def weights_of(path: Path) -> Weights:
    """Return the weights of an exported file; raises ValueError where it is no ONNX file.

    A linear layer's weight has lost its name too and is known by the bias added to its product.
    """
    nodes: list[Node] = []
    held: dict[str, Floats] = {}
    try:
        for number, graph in _fields(memoryview(path.read_bytes())):
            if number == _GRAPH and isinstance(graph, memoryview):
                _read_graph(graph, nodes, held)
    except (IndexError, UnicodeDecodeError):
        nodes = []
    if not nodes or not held:
        raise ValueError(f"{path} is no ONNX file with weights")
    found = Weights({name: value for name, value in held.items() if not name.startswith("onnx::")})
    adds = {name: node for node in nodes if node.kind == "Add" for name in node.inputs}
    for node in nodes:
        if node.kind == "Conv" and node.inputs[1] not in found.named:
            found.folded.append((held[node.inputs[1]], held[node.inputs[2]]))
        elif node.kind == "MatMul" and node.inputs[1] in held and node.outputs[0] in adds:
            bias = next(name for name in adds[node.outputs[0]].inputs if name in found.named)
            found.named[bias.removesuffix("bias") + "weight"] = held[node.inputs[1]].T
    return found


def _read_graph(graph: memoryview, nodes: list[Node], held: dict[str, Floats]) -> None:
    for number, part in _fields(graph):
        if not isinstance(part, memoryview):
            continue
        if number == _NODE:
            nodes.append(_node(part))
        elif number == _INITIALISER:
            name, value = _tensor(part)
            if value is not None:
                held[name] = value


def _node(data: memoryview) -> Node:
    node = Node()
    for number, part in _fields(data):
        if not isinstance(part, memoryview):
            continue
        if number == _KIND:
            node.kind = _text(part)
        elif number in (_INPUT, _OUTPUT):
            (node.inputs if number == _INPUT else node.outputs).append(_text(part))
    return node


def _tensor(data: memoryview) -> tuple[str, Floats | None]:
    name, kind, dims, raw = "", 0, [], b""
    for number, part in _fields(data):
        if isinstance(part, int):
            if number == _DIMS:
                dims.append(part)
            elif number == _TYPE:
                kind = part
        elif number == _DIMS:
            dims += _packed(part)
        elif number == _NAME:
            name = _text(part)
        elif number in (_RAW, _FLOATS):
            raw = bytes(part)
    if kind != _FLOAT32 or len(raw) != 4 * int(np.prod(dims)):
        return name, None
    return name, np.frombuffer(raw, "<f4").reshape(dims).copy()


def _packed(data: memoryview) -> list[int]:
    values, at = [], 0
    while at < len(data):
        value, at = _number(data, at)
        values.append(value)
    return values


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = _number(data, at)
            yield number, value
            continue
        if wire == 2:
            size, at = _number(data, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise IndexError(at)
        if at + size > len(data):
            raise IndexError(at)
        yield number, data[at : at + size]
        at += size


def _number(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def _text(data: memoryview) -> str:
    return bytes(data).decode("utf-8")
