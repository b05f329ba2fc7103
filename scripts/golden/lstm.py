#!/usr/bin/env python3
"""Writes the golden files of the LSTM layer and of the note model, computed in numpy with 64-bit floats.

Independent of the Swift code: the LSTM follows torch.nn.LSTM's definition (gates i, f, g, o), the note model the
description of the architecture "note-lstm". The weights of the large layers are not stored: weight n of stream s is
random_floats(s, ...)[n], which the tests compute again.

Usage: scripts/golden/lstm.py [FOLDER]      (default Tests/NeuralTests/Golden beside this script's repository)
"""
import json
import sys
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True  # the import below would leave a folder behind
from chromalite import save

TIMES = [0, 1, 2, 3, 4, 6, 8, 9, 12, 15, 16, 18, 20, 21, 24, 27, 30, 32, 36, 40, 42, 45, 48, 54, 60, 66, 72, 84, 90, 96,
         108, 120, 132, 144, 168, 192, 240, 288, 384, 576]
SHAPE = {"embedding": 12, "layers": 2, "hidden": 20, "pitch_hidden": 18, "duration_hidden": 10, "velocity_hidden": 7}


def random_floats(stream, count, scale):
    """SplitMix64 from the seed `stream`: the upper 24 bits as a number in -1..<1, times `scale` (a power of two)."""
    with np.errstate(over="ignore"):
        z = np.uint64(stream) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return ((z >> np.uint64(40)).astype(np.float64) / 2**23 - 1) * scale


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_step(x, h, c, weight_ih, weight_hh, bias):
    i, f, g, o = np.split(weight_ih @ x + weight_hh @ h + bias, 4)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def run(inputs, layers):
    """The topmost hidden state after each row of `inputs`, and the last cells."""
    h = [np.zeros(layer[1].shape[1]) for layer in layers]
    c = [np.zeros(layer[1].shape[1]) for layer in layers]
    outputs = []
    for x in inputs:
        for index, layer in enumerate(layers):
            h[index], c[index] = lstm_step(x, h[index], c[index], *layer)
            x = h[index]
        outputs.append(x)
    return np.array(outputs), c


def large():
    """2 x LSTM 256 over 64 inputs of 128 numbers; streams 1...3 and 4...6 are the layers' weights, 7 the input."""
    layers = []
    for stream, inputs in [(1, 128), (4, 256)]:
        layers.append((random_floats(stream, 1024 * inputs, 1 / 8).reshape(1024, inputs),
                       random_floats(stream + 1, 1024 * 256, 1 / 8).reshape(1024, 256),
                       random_floats(stream + 2, 1024, 1 / 2)))
    outputs, cells = run(random_floats(7, 64 * 128, 1).reshape(64, 128), layers)
    return {"large.outputs": outputs.astype(np.float32), "large.cell": cells[1].astype(np.float32)}


def small(random):
    """A layer whose sizes are no multiples of a panel, with its weights."""
    shapes = {"weight_ih": (76, 5), "weight_hh": (76, 19), "bias": (76,)}
    tensors = {"small." + name: random.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    inputs = random.standard_normal((12, 5)).astype(np.float32)
    layer = [tensors["small." + name].astype(np.float64) for name in shapes]
    outputs, _ = run(inputs.astype(np.float64), [layer])
    return tensors | {"small.inputs": inputs, "small.outputs": outputs.astype(np.float32)}


def note_model(random):
    e, h = SHAPE["embedding"], SHAPE["hidden"]
    f, g, k = SHAPE["pitch_hidden"], SHAPE["duration_hidden"], SHAPE["velocity_hidden"]
    shapes = {"embedding.pitch": (129, e), "embedding.interval": (41, e), "embedding.duration": (40, e),
              "embedding.velocity": (16, e), "embedding.scale": (24, e)}
    for index in range(SHAPE["layers"]):
        shapes |= {f"lstm.{index}.weight_ih": (4 * h, h if index else e), f"lstm.{index}.weight_hh": (4 * h, h),
                   f"lstm.{index}.bias": (4 * h,)}
    shapes |= {"interval.weight": (41, h), "interval.bias": (41,)}
    heads = {"pitch": (f, 128, {"interval": 41}), "duration": (g, 40, {"interval": 41, "pitch": 128}),
             "velocity": (k, 16, {"interval": 41, "pitch": 128, "duration": 40})}
    for name, (width, classes, conditions) in heads.items():
        shapes |= {f"{name}.hidden.weight": (width, h), f"{name}.hidden.bias": (width,)}
        shapes |= {f"{name}.{condition}": (rows, width) for condition, rows in conditions.items()}
        shapes |= {f"{name}.weight": (classes, width), f"{name}.bias": (classes,)}
    return {name: (random.standard_normal(shape) / 2).astype(np.float16) for name, shape in shapes.items()}


def note_logits(model, events, scales):
    """Logits [n + 1, 41], [n, 128], [n, 40], [n, 16] of each next event given those before, its own parts in turn.

    events: classes of (interval, pitch, duration, velocity); scales: 24 numbers heard with each event.
    """
    w = {name: tensor.astype(np.float64) for name, tensor in model.items()}
    relu = lambda v: np.maximum(v, 0)
    heard = [(0, 128, 0, 0)] + events
    x = [w["embedding.interval"][i] + w["embedding.pitch"][p] + w["embedding.duration"][d] + w["embedding.velocity"][v]
         + scale @ w["embedding.scale"] for (i, p, d, v), scale in zip(heard, scales)]
    layers = [[w[f"lstm.{n}.{part}"] for part in ("weight_ih", "weight_hh", "bias")] for n in range(SHAPE["layers"])]
    outputs, _ = run(x, layers)
    logits = {"intervals": outputs @ w["interval.weight"].T + w["interval.bias"], "pitches": [], "durations": [],
              "velocities": []}
    for n, (i, p, d, v) in enumerate(events):
        u = outputs[n]
        a = relu(w["pitch.hidden.weight"] @ u + w["pitch.hidden.bias"] + w["pitch.interval"][i])
        pitches = w["pitch.weight"] @ a + w["pitch.bias"]
        if i == 0 and n > 0:
            pitches[:events[n - 1][1] + 1] = -np.inf
        b = relu(w["duration.hidden.weight"] @ u + w["duration.hidden.bias"] + w["duration.interval"][i]
                 + w["duration.pitch"][p])
        durations = w["duration.weight"] @ b + w["duration.bias"]
        durations[0] = -np.inf
        c = relu(w["velocity.hidden.weight"] @ u + w["velocity.hidden.bias"] + w["velocity.interval"][i]
                 + w["velocity.pitch"][p] + w["velocity.duration"][d])
        logits["pitches"].append(pitches)
        logits["durations"].append(durations)
        logits["velocities"].append(w["velocity.weight"] @ c + w["velocity.bias"])
    return {name: np.array(values) for name, values in logits.items()}


def log_softmax(logits, index):
    return logits[index] - logits.max() - np.log(np.exp(logits - logits.max()).sum())


def notes(random):
    """The note model's file, a sequence with chords and what the model expects at each of its places."""
    model = note_model(random)
    events = [(0, 60, 14, 10), (0, 64, 14, 9), (0, 67, 22, 8), (8, 48, 8, 12), (14, 127, 1, 15), (39, 0, 39, 0),
              (3, 72, 5, 7), (0, 76, 5, 7), (22, 71, 29, 11)]
    # C major from the start, nothing told in the middle, then A harmonic minor.
    scales = np.zeros((len(events) + 1, 24))
    for row in range(4):
        scales[row, [0, 2, 4, 5, 7, 9, 11, 12 + 0]] = 1
    for row in range(7, len(events) + 1):
        scales[row, [9, 11, 0, 2, 4, 5, 8, 12 + 9]] = 1
    logits = note_logits(model, events, scales)
    scores = [[log_softmax(logits[part][n], event[place]) for place, part in
               enumerate(["intervals", "pitches", "durations", "velocities"])] for n, event in enumerate(events)]
    expected = {"events": np.array(events, np.int32), "scores": np.array(scores).astype(np.float32)}
    # Impossible classes are stored as -1e30: model files hold finite numbers only.
    expected |= {name: np.maximum(values, -1e30).astype(np.float32) for name, values in logits.items()}
    expected["end"] = np.array([log_softmax(logits["intervals"][-1], 40)], np.float32)
    metadata = {"architecture": "note-lstm", "version": "1", "shape": json.dumps(SHAPE), "ticks_per_beat": "24",
                "times": json.dumps(TIMES)}
    return model, metadata, expected


def main():
    beside = Path(__file__).resolve().parents[2] / "Tests" / "NeuralTests" / "Golden"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    folder.mkdir(parents=True, exist_ok=True)
    command = {"command": "scripts/golden/lstm.py"}
    random = np.random.default_rng(21)
    save(folder / "lstm.safetensors", small(random) | large(), command)
    model, metadata, expected = notes(random)
    save(folder / "notes.safetensors", model, metadata)
    save(folder / "notes-expected.safetensors", expected, command)


if __name__ == "__main__":
    main()
