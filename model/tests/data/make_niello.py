"""Write small models of the domain `niello` (docs/onnx-domain.md) with what its numpy form computes on them into niello/.

Per model: NAME.onnx, NAME.x.npy and NAME.y.npy, exact.
"""
import json
import sys
import zlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[2] / "examples" / "tiny_vit"))
from operators import OPERATORS  # noqa: E402

OUT = HERE / "niello"


def dyadic(ratio):
    mantissa, exponent = np.frexp(np.asarray(ratio, np.float64))
    return np.floor(mantissa * 2.0**31 + 0.5).astype(np.int64).ravel().tolist(), (31 - exponent).ravel().tolist()


class Net:
    def __init__(self, name, shape, samples=16, bits=8):
        self.name, self.shape = name, list(shape)
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.nodes, self.init = [], {}
        spread = np.float32(2.0 ** (bits - 1))
        self.x = (self.rng.uniform(-1.02, 1.02, [samples] + self.shape) * spread).astype(np.float32)
        # Corners: all the same, one large, ends in turn.
        self.x[0], self.x[1], self.x[2] = 0, self.x[1] / 50, np.sign(self.x[2]) * spread * 2
        self.at = self.node("QuantizeLinear", ["x", self.const(np.float32(1)), self.const(np.int8(0))], "")

    def const(self, value):
        name = "c%d" % len(self.init)
        self.init[name] = np.asarray(value)
        return name

    def node(self, op, ins, domain="niello", **attrs):
        out = "t%d" % len(self.nodes)
        self.nodes.append(helper.make_node(op, ins, [out], name="n%d" % len(self.nodes), domain=domain, **attrs))
        return out

    def own(self, op, ins, ratio, **attrs):
        """A ratio, or the numbers themselves."""
        multiplier, shift = ratio if isinstance(ratio, tuple) else dyadic(ratio)
        return self.node(op, ins, multiplier=multiplier, shift=shift, **attrs)

    def weights(self, n, m):
        return self.const(self.rng.randint(-128, 128, [n, m]).astype(np.int8))

    def wide(self, at, ratio=200.3):
        """Codes of 16 bits."""
        zero = self.const(np.zeros(self.shape, np.int8))
        return self.own("Add", [at, zero], ([dyadic(ratio)[0][0], 1], [dyadic(ratio)[1][0], 1]), bits=16)

    def save(self, out, of=TensorProto.INT8):
        info = helper.make_tensor_value_info
        init = [numpy_helper.from_array(v, n) for n, v in self.init.items()]
        self.nodes[[n.output[0] for n in self.nodes].index(out)].output[0] = "y"
        graph = helper.make_graph(self.nodes, self.name, [info("x", TensorProto.FLOAT, [1] + self.shape)], [info("y", of, None)], init)
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid("niello", 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        runs = ReferenceEvaluator(model, new_ops=OPERATORS)
        y = np.concatenate([runs.run(None, {"x": s[None]})[0] for s in self.x])
        # The output's shape, as a file says it.
        for d in (1,) + y.shape[1:]:
            graph.output[0].type.tensor_type.shape.dim.add().dim_value = d
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9), OUT / (self.name + ".onnx"))
        np.save(OUT / (self.name + ".x.npy"), self.x)
        np.save(OUT / (self.name + ".y.npy"), y)
        assert len(np.unique(y)) > 2, self.name


def main():
    OUT.mkdir(exist_ok=True)
    net = Net("matmul_bias", [5, 6])
    bias = net.const(net.rng.randint(-4000, 4000, 7).astype(np.int32))
    net.save(net.own("MatMul", [net.at, net.weights(6, 7), bias], net.rng.uniform(0.002, 0.01, 7)))
    net = Net("matmul_vector_to_int16", [9])
    net.save(net.own("MatMul", [net.at, net.weights(9, 4)], 1.37, bits=16), TensorProto.INT16)
    net = Net("matmul_of_int16", [4, 5])
    net.save(net.own("MatMul", [net.wide(net.at), net.weights(5, 3)], 3.1e-5))
    net = Net("matmul_ties", [4, 6])
    net.save(net.own("MatMul", [net.at, net.weights(6, 5)], ([1, 3, 1, 1, 5], [8, 9, 7, 8, 10])))
    net = Net("matmul_ties_to_int16", [4, 6])
    net.save(net.own("MatMul", [net.at, net.weights(6, 5)], ([1], [2]), bits=16), TensorProto.INT16)
    net = Net("matmul_to_3_bits", [4, 6])
    net.save(net.own("MatMul", [net.at, net.weights(6, 5)], 0.00031, bits=3))
    net = Net("matmul_of_two", [4, 6])
    turned = net.node("Transpose", [net.at], "", perm=[0, 2, 1])
    net.save(net.own("MatMul", [net.at, turned], 0.0021))
    net = Net("matmul_of_uint16", [4, 6])
    shares = net.node("Shiftmax", [net.at], inverse_scale=40, bits=16)
    other = net.node("Transpose", [net.at], "", perm=[0, 2, 1])
    net.save(net.own("MatMul", [shares, other], 1.9e-5))

    net = Net("add_ratios", [4, 6])
    other = net.own("MatMul", [net.at, net.weights(6, 6)], 0.003)
    net.save(net.own("Add", [net.at, other], [0.61, 0.83]))
    net = Net("add_to_int16", [4, 6])
    other = net.own("MatMul", [net.at, net.weights(6, 6)], 0.9, bits=16)
    net.save(net.own("Add", [net.wide(net.at), other], [1.71, 0.83], bits=16), TensorProto.INT16)
    net = Net("add_ties", [4, 6])
    other = net.own("MatMul", [net.at, net.weights(6, 6)], 0.003)
    net.save(net.own("Add", [net.at, other], ([1, 3], [1, 3])))
    net = Net("add_constant", [4, 6])
    place = net.const(net.rng.randint(-30000, 30000, [4, 6]).astype(np.int16))
    net.save(net.own("Add", [net.at, place], [0.71, 0.0013]))
    net = Net("add_constant_first", [4, 6])
    place = net.const(net.rng.randint(-120, 120, [6]).astype(np.int8))
    net.save(net.own("Add", [place, net.at], [0.4, 0.71]))

    net = Net("mean_of_rows", [5, 6])
    net.save(net.own("ReduceMean", [net.at], 0.37, axes=[1], keepdims=0))
    net = Net("mean_of_columns", [5, 6])
    net.save(net.own("ReduceMean", [net.at], ([1], [2]), axes=[2], bits=12), TensorProto.INT16)

    for name, attrs in (("", {}), ("_whole_keep", dict(numerator="whole", half="keep")), ("_16", dict(bits=16)), ("_11", dict(bits=11, octaves=9))):
        net = Net("shiftmax" + name, [4, 7])
        of = TensorProto.UINT8 if attrs.get("bits", 8) == 8 else TensorProto.UINT16
        net.save(net.node("Shiftmax", [net.at], inverse_scale=23, **attrs), of)
    net = Net("shiftmax_steep", [3, 5])
    net.save(net.node("Shiftmax", [net.at], inverse_scale=1), TensorProto.UINT8)

    for name, attrs in (("", {}), ("_whole_keep", dict(numerator="whole", half="keep")), ("_12", dict(sigmoid_bits=12)), ("_few_octaves", dict(octaves=3))):
        net = Net("shiftgelu" + name, [4, 7])
        ratio = 0.0061 / (16 if "12" in name else 1)
        net.save(net.own("ShiftGelu", [net.at], ratio, inverse_scale=19, **attrs))

    forms = (("", {}), ("_zero_whole", dict(mean="zero", numerator="whole")), ("_half", dict(root="newton_half", iterations=4)), ("_floor_drop", dict(root="floor", drop=2)))
    for name, attrs in forms:
        net = Net("layer_norm" + name, [4, 9])
        bias = net.const(net.rng.randint(-(1 << 28), 1 << 28, 9).astype(np.int32))
        net.save(net.own("LayerNorm", [net.wide(net.at), bias], net.rng.uniform(1e-7, 3e-7, 9), **attrs))
    net = Net("rms_norm", [4, 9])
    net.save(net.own("LayerNorm", [net.wide(net.at)], 2.3e-7, mean="none", root="floor"))
    net = Net("layer_norm_plain", [4, 9])
    net.save(net.own("LayerNorm", [net.at], 2.3e-7, start=8, iterations=6))
    for name, attrs in (("", {}), ("_causal", dict(mask="causal")), ("_window", dict(mask="window", window=2, sinks=1, precision=12, bits=12, out_scale=13.7))):
        net = Net("attention" + name, [6, 4])
        k, v = (net.own("MatMul", [net.at, net.weights(4, n)], 0.006) for n in (4, 3))
        of = TensorProto.INT8 if attrs.get("bits", 8) == 8 else TensorProto.INT16
        net.save(net.node("Attention", [net.at, k, v], scale=0.00037, **attrs), of)
    for name, attrs in (("_of_heads", {}), ("_of_heads_causal", dict(mask="causal"))):
        net = Net("attention" + name, [5, 6])
        split = net.const(np.array([0, 5, 2, 3]))
        parts = [net.node("Reshape", [net.own("MatMul", [net.at, net.weights(6, 6)], 0.005), split], "") for _ in "qkv"]
        q, k, v = (net.node("Transpose", [x], "", perm=[0, 2, 1, 3]) for x in parts)
        turned = net.node("Transpose", [net.node("Attention", [q, k, v], scale=0.0005, out_scale=1.1, **attrs)], "", perm=[0, 2, 1, 3])
        net.save(net.node("Reshape", [turned, net.const(np.array([0, 5, 6]))], ""))
    def turns(net, places, pairs):
        angles = np.arange(places)[:, None] * 100.0 ** (-np.arange(pairs) / pairs)
        return [net.const(np.rint(f(angles) * 2**14).astype(np.int16)) for f in (np.cos, np.sin)]

    net = Net("rotary", [5, 6])
    net.save(net.node("Rotary", [net.at] + turns(net, 5, 3)))
    net = Net("rotary_coarse", [5, 6])
    coarse = [net.const(net.rng.randint(-128, 129, [5, 3]).astype(np.int16)) for _ in "cs"]
    net.save(net.node("Rotary", [net.at] + coarse, fraction=7))
    net = Net("rotary_of_heads", [5, 8])
    split = net.node("Reshape", [net.wide(net.at), net.const(np.array([0, 5, 2, 4]))], "")
    turned = net.node("Rotary", [net.node("Transpose", [split], "", perm=[0, 2, 1, 3])] + turns(net, 5, 2))
    net.save(net.node("Reshape", [net.node("Transpose", [turned], "", perm=[0, 2, 1, 3]), net.const(np.array([0, 5, 8]))], ""), TensorProto.INT16)
    # Two heads of queries share one of keys.
    net = Net("matmul_grouped_queries", [5, 12])
    q = net.node("Reshape", [net.own("MatMul", [net.at, net.weights(12, 12)], 0.003), net.const(np.array([0, 5, 2, 2, 3]))], "")
    k = net.node("Reshape", [net.own("MatMul", [net.at, net.weights(12, 6)], 0.003), net.const(np.array([0, 5, 2, 1, 3]))], "")
    q, k = (net.node("Transpose", [x], "", perm=perm) for x, perm in ((q, [0, 2, 3, 1, 4]), (k, [0, 2, 3, 4, 1])))
    net.save(net.own("MatMul", [q, k], 0.004))
    net = Net("mul_gate", [4, 6])
    table = net.const(np.rint(255 / (1 + np.exp(-np.arange(-128, 128) / 20))).astype(np.uint8))
    net.save(net.own("Mul", [net.at, net.node("Table", [net.at, table])], 0.0037))
    net = Net("mul_constant_ties", [4, 6])
    net.save(net.own("Mul", [net.at, net.const(net.rng.randint(-120, 120, [6]).astype(np.int8))], ([1], [6])))
    net = Net("table_to_int16", [4, 6])
    net.save(net.node("Table", [net.at, net.const(net.rng.randint(-30000, 30000, 256).astype(np.int16))]), TensorProto.INT16)

    for name, shape, wide, bits in (("", [3, 12], False, 8), ("_of_int16", [10], True, 16), ("_ties", [2, 5], False, 12)):
        net = Net("bit_linear" + name, shape)
        ternary = net.const(net.rng.randint(-1, 2, [shape[-1], 7]).astype(np.int8))
        ratio = ([1], [14]) if "ties" in name else net.rng.uniform(0.5, 1.0, 7) * 2.0 ** (bits - 30)
        of = TensorProto.INT8 if bits == 8 else TensorProto.INT16
        net.save(net.own("BitLinear", [net.wide(net.at) if wide else net.at, ternary], ratio, bits=bits), of)

    for name, shape, up in (("", [6], 8), ("_of_rows", [3, 4], 5)):
        net = Net("gated_recurrence" + name, shape)
        table = net.const(np.rint(255 / (1 + np.exp(-np.arange(-128, 128) / 40))).astype(np.uint8))
        gates = net.node("Table", [net.own("MatMul", [net.at, net.weights(shape[-1], shape[-1])], 0.006), table])
        net.save(net.node("GatedRecurrence", [gates, net.at], up=up), TensorProto.INT16)
    for name, heads, depth, width, attributes in (
        ("", 1, 6, 6, dict(tokens=5)),
        ("_of_heads", 2, 4, 8, dict(tokens=6, group=4, sinks=1)),
        ("_of_groups", 2, 6, 6, dict(tokens=20, group=2, cache_bits=3, precision=17, out_scale=0.9)),
    ):
        net = Net("cached_attention" + name, [heads * 5])
        part = lambda n, of: net.node("Reshape", [net.own("MatMul", [net.at, net.weights(heads * 5, heads * n)], 0.005), net.const(np.array([0, heads, n]))], "")
        net.save(net.node("CachedAttention", [part(depth, "q"), part(depth, "k"), part(width, "v")], scale=0.002, **attributes))
    models = {p.stem: onnx.load(p).graph.node for p in sorted(OUT.glob("*.onnx"))}
    about = [{"name": name, "ops": [n.op_type for n in nodes], "samples": 16, "integer": True, "wrong": 0} for name, nodes in models.items()]
    (OUT / "index.json").write_text("[\n" + ",\n".join(map(json.dumps, about)) + "\n]\n")
    print("%d models" % len(models))


if __name__ == "__main__":
    main()
