# Compares exported models with the examples that antiphon-train wrote, in onnxruntime and PyTorch.
#
#   compare.py NAME EXAMPLES.safetensors MODEL.onnx MODEL.pt
#
# Prints the largest difference of each program; status 1 when one is above the tolerance.
import json
import struct
import sys

import numpy as np

TOLERANCE = 1e-4
TYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32}


def read(path):
    """The tensors of a safetensors file, read without the package, which the system's Python does not have."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            values = np.frombuffer(data[8 + length + first : 8 + length + last], TYPES[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
    return tensors


def examples(path):
    """A list of examples, each with the dictionaries "inputs" and "outputs"."""
    found = {}
    for name, values in read(path).items():
        number, part, port = name.split(".", 2)
        found.setdefault(int(number), {"inputs": {}, "outputs": {}})[part][port] = values
    return [found[number] for number in sorted(found)]


def difference(example, outputs):
    """The largest difference of the outputs; infinite where only one of two is so, or where an output is missing."""
    largest = 0.0
    # Of the notes of a network that fills in, only the hidden ones have a meaning.
    hidden = example["inputs"].get("is_hidden")
    for name, expected in example["outputs"].items():
        given = outputs.get(name)
        if given is None or given.shape != expected.shape:
            print(f"  {name}: expected {expected.shape}, found {None if given is None else given.shape}")
            return float("inf")
        if hidden is not None:
            expected, given = expected[hidden == 1], given[hidden == 1]
        if not np.array_equal(np.isfinite(expected), np.isfinite(given)):
            print(f"  {name}: other classes are impossible")
            return float("inf")
        finite = np.isfinite(expected)
        if finite.any():
            largest = max(largest, float(np.abs(expected[finite] - given[finite]).max()))
    return largest


def in_onnxruntime(path):
    import onnx
    import onnxruntime

    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    inputs = {port.name for port in session.get_inputs()}

    def run(example):
        given = {name: values for name, values in example["inputs"].items() if name in inputs}
        return dict(zip(names, session.run(names, given)))

    return onnxruntime.__version__, run, names


def in_torch(path, names):
    import torch

    module = torch.jit.load(path)
    arguments = [argument.name for argument in module.forward.schema.arguments][1:]

    def run(example):
        with torch.no_grad():
            given = [torch.from_numpy(example["inputs"][name].copy()) for name in arguments]
            results = module(*given)
        results = results if isinstance(results, tuple) else (results,)
        return {name: result.numpy() for name, result in zip(names, results)}

    return torch.__version__, run


def main():
    name, path, onnx_path, torch_path = sys.argv[1:]
    all_examples = examples(path)
    version, run, names = in_onnxruntime(onnx_path)
    programs = [("onnxruntime " + version, run)]
    version, run = in_torch(torch_path, names)
    programs.append(("PyTorch " + version, run))
    good = len(all_examples) > 0
    for program, run in programs:
        largest = max(difference(example, run(example)) for example in all_examples)
        good = good and largest <= TOLERANCE
        print(f"{name:32} {program:30} largest difference {largest:.2e}")
    return 0 if good else 1


sys.exit(main())
