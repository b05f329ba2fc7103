"""One step of an LSTM network: Antiphon beside onnxruntime and OpenBLAS, the same weights; run by scripts/benchmark."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np

# Name, inputs, units, layers, outputs.
MODELS = [("A", 128, 256, 2, 256), ("B", 128, 128, 1, 128)]
ROUNDS, WARM, COLD, SWEPT = 3, 2001, 61, 96 << 20


def network(inputs, units, layers, outputs):
    """Random weights by the names that antiphon-benchmark reads, gates in the order i, f, g, o."""
    random = np.random.default_rng(1)
    tensors = {}
    for layer in range(layers):
        width = inputs if layer == 0 else units
        shapes = {"weight_ih": (4 * units, width), "weight_hh": (4 * units, units), "bias": (4 * units,)}
        for name, shape in shapes.items():
            tensors[f"lstm.{layer}.{name}"] = random.uniform(-1, 1, shape) / np.sqrt(units)
    tensors["dense.weight"] = random.uniform(-1, 1, (outputs, units)) / np.sqrt(units)
    tensors["dense.bias"] = random.uniform(-1, 1, outputs)
    tensors["input"] = random.uniform(-1, 1, inputs)
    return {name: tensor.astype(np.float32) for name, tensor in tensors.items()}


def save(path, tensors):
    """A safetensors file and, beside it, the bare numbers in the same order."""
    header, offset = {}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + tensor.nbytes]}
        offset += tensor.nbytes
    text = json.dumps(header).encode()
    body = b"".join(tensor.tobytes() for tensor in tensors.values())
    with open(path + ".safetensors", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + body)
    with open(path + ".f32", "wb") as file:
        file.write(body)


def lines_of(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"benchmark: {' '.join(command)} failed with {done.returncode}: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def onnx_step(tensors, inputs, units, layers, outputs):
    """A function that runs one step in onnxruntime over bound buffers, and its first output; None without it."""
    try:
        import onnx
        import onnxruntime
    except ImportError as error:
        print(f"benchmark: {error.name} cannot be loaded; its rows are skipped.", file=sys.stderr)
        return None
    helper, FLOAT = onnx.helper, onnx.TensorProto.FLOAT

    def onnx_gates(matrix):  # i, f, g, o to ONNX's i, o, f, g
        i, f, g, o = np.split(matrix, 4)
        return np.concatenate([i, o, f, g])

    constants, nodes, states = {}, [], []
    last = "x"
    for layer in range(layers):
        name = f"lstm.{layer}"
        constants[name + ".W"] = onnx_gates(tensors[name + ".weight_ih"])[None]
        constants[name + ".R"] = onnx_gates(tensors[name + ".weight_hh"])[None]
        bias = onnx_gates(tensors[name + ".bias"])
        constants[name + ".B"] = np.concatenate([bias, np.zeros_like(bias)])[None]
        nodes.append(helper.make_node(
            "LSTM", [last, name + ".W", name + ".R", name + ".B", "", f"h{layer}", f"c{layer}"],
            ["", f"h{layer}.next", f"c{layer}.next"], hidden_size=units))
        last = f"h{layer}.next"
        states += [f"h{layer}", f"c{layer}"]
    constants["dense.W"], constants["dense.B"] = tensors["dense.weight"].T.copy(), tensors["dense.bias"]
    nodes += [helper.make_node("MatMul", [last, "dense.W"], ["product"]),
              helper.make_node("Add", ["product", "dense.B"], ["y"])]
    value = lambda name, width: helper.make_tensor_value_info(name, FLOAT, [1, 1, width])
    graph = helper.make_graph(
        nodes, "lstm", [value("x", inputs)] + [value(s, units) for s in states],
        [value("y", outputs)] + [value(s + ".next", units) for s in states],
        [onnx.numpy_helper.from_array(array, name) for name, array in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def buffer(array):
        return onnxruntime.OrtValue.ortvalue_from_numpy(array)
    x, y = buffer(tensors["input"][None, None]), buffer(np.zeros((1, 1, outputs), np.float32))
    sides = [{s: buffer(np.zeros((1, 1, units), np.float32)) for s in states} for _ in range(2)]
    bindings = []
    for source, target in [(0, 1), (1, 0)]:  # the state goes back and forth between two sets of buffers
        binding = session.io_binding()
        binding.bind_ortvalue_input("x", x)
        binding.bind_ortvalue_output("y", y)
        for s in states:
            binding.bind_ortvalue_input(s, sides[source][s])
            binding.bind_ortvalue_output(s + ".next", sides[target][s])
        bindings.append(binding)
    turn = [0]

    def step():
        session.run_with_iobinding(bindings[turn[0]])
        turn[0] ^= 1
    step()
    return step, y.numpy().ravel().copy()


def median(step, count, sweep=None):
    times = []
    for k in range(count):
        if sweep is not None:
            sweep.fill(k)
        start = time.perf_counter_ns()
        step()
        times.append((time.perf_counter_ns() - start) / 1000)
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="directory with antiphon-benchmark")
    parser.add_argument("--work", required=True, help="directory for what is made on the way")
    parser.add_argument("--notes", help="note model to time as well")
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    peers = os.path.join(options.work, "lstm-peers")
    sweep = np.zeros(SWEPT, np.uint8)
    for name, *sizes in MODELS:
        inputs, units, layers, outputs = sizes
        tensors = network(*sizes)
        path = os.path.join(options.work, "lstm-" + name)
        save(path, tensors)
        bytes_read = sum(t.nbytes for key, t in tensors.items() if "weight" in key)
        print(f"LSTM step {name}: input {inputs}, {layers} × LSTM {units}, dense {outputs}, {bytes_read / 1e6:.2f} MB "
              f"of weights in 32 bits; one thread, median µs of {ROUNDS} rounds taken in turns")
        found = {}  # row: [(warm, cold)]
        reference = None
        prepared = onnx_step(tensors, *sizes)
        for _ in range(ROUNDS):
            for line in lines_of([os.path.join(options.bin, "antiphon-benchmark"), path + ".safetensors"]):
                row = "Antiphon, " + {"float32": "32-bit weights", "float16": "16-bit weights"}[line["precision"]]
                found.setdefault(row, []).append((line["warm"], line["cold"]))
                output = np.array(line["output"])
                reference = output if reference is None else reference
                agree(row, output, reference, 1e-5 if line["precision"] == "float32" else 5e-3)
            if prepared:
                step, output = prepared
                row = "onnxruntime, from Python"
                found.setdefault(row, []).append((median(step, WARM), median(step, COLD, sweep)))
                agree(row, output, reference, 1e-5)
            if os.path.exists(peers):
                row = "OpenBLAS sgemv"
                line = lines_of([peers, path + ".f32", *map(str, sizes)])[0]
                found.setdefault(row, []).append((line["warm"], line["cold"]))
                limit = (line["stream_warm"], line["stream_cold"])
                found.setdefault("reading 32-bit weights once", []).append(limit)
                agree(row, np.array(line["output"]), reference, 1e-5)
        ours = np.median(found["Antiphon, 32-bit weights"], axis=0)
        for row, times in found.items():
            warm, cold = np.median(times, axis=0)
            cells = [f"{kind} {value:7.1f} ({value / own:4.2f} ×)"
                     for kind, value, own in [("warm", warm, ours[0]), ("cold", cold, ours[1])]]
            print(f"  {row:<27} " + "   ".join(cells), flush=True)
    if options.notes:
        note(options)


def note(options):
    """The shipped note model: a note is read and all four parts of the next one are predicted."""
    for line in lines_of([os.path.join(options.bin, "antiphon-benchmark"), options.notes]):
        bits = {"float32": "32-bit weights", "float16": "16-bit weights"}[line["precision"]]
        print(f"note model, one note, {bits}: warm {line['warm']:.1f} µs, cold {line['cold']:.1f} µs", flush=True)


def agree(row, output, reference, bound):
    """All contenders must have computed the same thing."""
    error = np.abs(output - reference).max()
    if not error < bound:
        sys.exit(f"benchmark: {row} computed something else (largest difference {error:.2g}).")


if __name__ == "__main__":
    main()
