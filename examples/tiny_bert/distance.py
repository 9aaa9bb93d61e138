"""Print how far niello's golden model is from ONNX Runtime at each quantized tensor of tiny_bert, and ONNX Runtime at two optimization levels from itself.

python distance.py path/to/niello
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

HERE = Path(__file__).resolve().parent


def up_to(model, out):
    """The part of the model that gives this tensor."""
    wanted, nodes = {out}, []
    for node in reversed(model.graph.node):
        if set(node.output) & wanted:
            nodes.insert(0, node)
            wanted |= set(node.input)
    part = onnx.ModelProto()
    part.CopyFrom(model)
    del part.graph.node[:], part.graph.initializer[:], part.graph.output[:]
    part.graph.node.extend(nodes)
    part.graph.initializer.extend(i for i in model.graph.initializer if i.name in wanted)
    part.graph.output.append(helper.make_tensor_value_info(out, TensorProto.UINT8, None))
    return part


def by_runtime(path, x, level):
    opts = ort.SessionOptions()
    opts.log_severity_level = 4
    opts.add_session_config_entry("session.x64quantprecision", "1")
    opts.graph_optimization_level = level
    session = ort.InferenceSession(str(path), opts, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(None, {"x": s[None]})[0] for s in x]).astype(int)


def main(niello):
    model, x = onnx.load(HERE / "tiny_bert.onnx"), np.load(HERE / "tiny_bert.x.npy")
    constants = {i.name for i in model.graph.initializer}
    moved = {n.output[0] for n in model.graph.node if n.op_type in ("Reshape", "Transpose")}
    found = [n for n in model.graph.node if n.op_type == "QuantizeLinear" and n.input[0] not in constants | moved | {"x"}]
    levels = ort.GraphOptimizationLevel
    print("%-12s %9s | %20s | %20s" % ("tensor", "elements", "golden model", "without optimization"))
    with tempfile.TemporaryDirectory() as tmp:
        part, y = Path(tmp) / "part.onnx", Path(tmp) / "y.npy"
        for node in found:
            onnx.save(up_to(model, node.output[0]), part)
            want = by_runtime(part, x, levels.ORT_ENABLE_ALL)
            plain = by_runtime(part, x, levels.ORT_DISABLE_ALL)
            subprocess.run([niello, "run", part, "--engine", "golden", "--inputs", HERE / "tiny_bert.x.npy", "--outputs", y],
                           check=True, capture_output=True)
            golden = np.load(y).astype(int).reshape(want.shape)
            far = lambda v: "%8.3f %%, %2d codes" % (100 * (v != want).mean(), np.abs(v - want).max())
            print("%-12s %9d | %20s | %20s" % (node.input[0], want.size, far(golden), far(plain)))


if __name__ == "__main__":
    main(sys.argv[1])
