#!/usr/bin/env python3
"""Writes the golden files of the neural layers and of ChromaLite, computed in numpy with 64-bit floats.

Independent of the Swift code: the safetensors files are put together by hand, the layers follow their definitions.
The circular layer is PyTorch's cross-correlation: F.conv1d(torch.cat([x, x[..., :11]], -1), weight, bias).

Usage: scripts/golden/chromalite.py [FOLDER]      (default Tests/NeuralTests/Golden beside this script's repository)
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np

FAMILIES = ["major", "natural_minor", "dorian", "blues", "whole_tone"]
DTYPES = {"float32": "F32", "float16": "F16", "int32": "I32", "int64": "I64"}


def save(path, tensors, metadata):
    """A safetensors file: UInt64 length, JSON, bytes."""
    header, body = {"__metadata__": metadata} if metadata else {}, b""
    for name, array in tensors.items():
        data = np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": DTYPES[str(array.dtype)],
            "shape": list(array.shape),
            "data_offsets": [len(body), len(body) + len(data)],
        }
        body += data
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def circular(x, weight, bias):
    """y[o, p] = bias[o] + sum of weight[o, i, d] * x[i, (p + d) % 12]."""
    taps = weight.shape[2]
    rotated = np.stack([np.roll(x, -d, axis=1) for d in range(taps)], axis=1)  # [i, d, p]
    return bias[:, None] + np.einsum("oid,idp->op", weight, rotated)


def chromalite(model, history, window, temperature, bands):
    """The posterior after the last of `history` [steps, 3, 12]."""
    x = np.asarray(history, dtype=np.float64)
    if bands == 1:
        shares = (np.exp(x) - 1) / 2  # a feature is log(1 + 2 v) of the share of energy v
        x = np.log1p(2 * shares.sum(1, keepdims=True))
    relu = lambda v: np.maximum(v, 0)
    y = []
    for t in range(len(x)):
        s = x[max(0, t - 4) : t + 1].sum(0) / 5
        first = relu(circular(s, model["a.weight"], model["a.bias"]))
        y.append(relu(circular(first, model["b.weight"], model["b.bias"])))
    y, x = np.stack(y)[-window:], x[-window:]
    deviation = np.sqrt(np.maximum(0, (y**2).mean(0) - y.mean(0) ** 2) + 1e-6)
    z = np.concatenate([y.mean(0), deviation, x.mean(0), x[-25:].mean(0), x[:12].mean(0)])
    z = relu(circular(z, model["p.weight"], model["p.bias"]))
    z = relu(circular(z, model["q.weight"], model["q.bias"]))
    logits = (model["out.weight"] @ z + model["out.bias"][:, None]).reshape(-1)
    if "none.weight" in model:
        logits = np.append(logits, model["none.weight"] @ z.mean(1) + model["none.bias"])
    logits = logits / temperature
    scores = np.exp(logits - logits.max())
    return scores / scores.sum()


def random_model(random, bands, hidden, mixing, none, dtype):
    statistics = 2 * hidden + 3 * bands
    shapes = {"a": (hidden, bands), "b": (hidden, hidden), "p": (mixing, statistics), "q": (mixing, mixing)}
    tensors = {}
    for name, (outputs, inputs) in shapes.items():
        scale = 1.5 / np.sqrt(inputs * 12)
        tensors[name + ".weight"] = (random.standard_normal((outputs, inputs, 12)) * scale).astype(dtype)
        tensors[name + ".bias"] = (random.standard_normal(outputs) * 0.1).astype(dtype)
    tensors["out.weight"] = random.standard_normal((len(FAMILIES), mixing)).astype(dtype)
    tensors["out.bias"] = random.standard_normal(len(FAMILIES)).astype(dtype)
    if none:
        tensors["none.weight"] = random.standard_normal((1, mixing)).astype(dtype)
        tensors["none.bias"] = random.standard_normal(1).astype(dtype)
    return tensors


def main():
    beside = Path(__file__).resolve().parents[2] / "Tests" / "NeuralTests" / "Golden"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(12)

    layers = {}
    for name, (inputs, outputs, taps) in {"one": (3, 5, 12), "two": (7, 37, 12), "alone": (18, 17, 1)}.items():
        x = random.standard_normal((inputs, 12)).astype(np.float32)
        weight = random.standard_normal((outputs, inputs, taps)).astype(np.float32)
        bias = random.standard_normal(outputs).astype(np.float32)
        y = circular(x.astype(np.float64), weight.astype(np.float64), bias.astype(np.float64))
        layers |= {name + ".x": x, name + ".weight": weight, name + ".bias": bias, name + ".y": y.astype(np.float32)}
    x = random.standard_normal(19).astype(np.float32)
    weight, bias = random.standard_normal((21, 19)).astype(np.float32), random.standard_normal(21).astype(np.float32)
    y = weight.astype(np.float64) @ x + bias
    layers |= {"dense.x": x, "dense.weight": weight, "dense.bias": bias, "dense.y": y.astype(np.float32)}
    ring = (random.standard_normal((9, 48)) + 3).astype(np.float32)
    steps = np.roll(ring, -6, axis=0)[:7].astype(np.float64)  # rows 6, 7, 8, 0, 1, 2, 3
    layers |= {"moments.ring": ring, "moments.mean": steps.mean(0).astype(np.float32)}
    layers["moments.deviation"] = np.sqrt(steps.var(0) + 1e-6).astype(np.float32)
    layers |= {"i32": np.array([-(2**31), 7], np.int32), "i64": np.array([[-(2**63), 7]], np.int64)}
    save(folder / "layers.safetensors", layers, {"command": "scripts/golden/chromalite.py"})

    history = np.log1p(2 * random.dirichlet(np.full(12, 0.4), (70, 3)) * random.random((70, 3, 1)))
    history = history.astype(np.float32)
    expected = {"history": history}
    for bands, none, dtype, window, temperature in [(3, True, "float32", 40, 1.7), (1, False, "float16", 161, 1.0)]:
        model = random_model(random, bands, 6, 18, none, dtype)
        metadata = {
            "architecture": "chromalite", "version": "1", "bands": str(bands), "hidden": "6", "mixing": "18",
            "families": ",".join(FAMILIES), "none": str(none).lower(), "temperature": str(temperature),
            "window": str(window),
        }
        save(folder / f"chromalite-{bands}.safetensors", model, metadata)
        wide = {name: tensor.astype(np.float64) for name, tensor in model.items()}
        for length in [1, 3, 12, 30, 70]:
            # The posterior after each of these numbers of steps.
            posterior = chromalite(wide, history[:length], window, temperature, bands)
            expected[f"posterior-{bands}.{length}"] = posterior.astype(np.float32)
    save(folder / "chromalite-posteriors.safetensors", expected, {"command": "scripts/golden/chromalite.py"})


if __name__ == "__main__":
    main()
