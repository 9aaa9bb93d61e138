"""Write small QONNX models (Quant, BipolarQuant, Trunc) with the outputs of qonnx's own executor into qonnx/.

Per model: NAME.onnx, NAME.x.npy and NAME.y.npy. Scales are powers of two where the name ends in _exact; there the executor's float
arithmetic has no rounding of its own, and "wrong" is 0. Elsewhere "wrong" counts the outputs that differ from the integer rule,
which is evaluated here in float64 on codes.
"""
import json
import zlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from qonnx.core.datatype import DataType
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx

OUT = Path(__file__).resolve().parent / "qonnx"
F32 = np.float32
GENERAL = "qonnx.custom_op.general"


def bounds(bits, signed, narrow=0):
    return (-(1 << (bits - 1)) + narrow, (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1 - narrow)


class Net:
    def __init__(self, name, about, shape, bits=8, signed=1, samples=16, noted=None):
        """noted: the input's type stands beside it, and no Quant behind it."""
        self.name, self.about = name, about
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.exact = name.endswith("_exact")
        self.nodes, self.init, self.shape = [], {}, list(shape)
        s = self.scale(0.03)
        lo, hi = bounds(bits, signed)
        self.x = (self.rng.uniform(lo - 2, hi + 2, [samples] + self.shape) * float(s)).astype(F32)
        self.noted, self.s = noted, float(s)
        if noted:
            self.x = self.rng.randint(lo, hi + 1, [samples] + self.shape).astype(F32)
            self.at, self.s = "x", 1.0
        else:
            self.at = self.quant("x", s, bits, signed)

    def scale(self, about):
        return F32(2.0 ** np.rint(np.log2(about))) if self.exact else F32(about * np.exp(self.rng.uniform(-0.3, 0.3)))

    def const(self, value):
        name = "c%d" % len(self.init)
        self.init[name] = np.asarray(value, F32)
        return name

    def node(self, op, ins, domain="", **attrs):
        out = "t%d" % len(self.nodes)
        self.nodes.append(helper.make_node(op, ins, [out], name="n%d" % len(self.nodes), domain=domain, **attrs))
        return out

    def quant(self, at, s, bits, signed, zero=0, narrow=0, mode="ROUND"):
        ins = [at, self.const(s), self.const(zero), self.const(bits)]
        return self.node("Quant", ins, GENERAL, signed=signed, narrow=narrow, rounding_mode=mode)

    def weights(self, shape, bits, per_channel, axis, narrow):
        """Floats that a Quant makes codes of; bits 0: signs."""
        sizes = [shape[axis] if i == axis else 1 for i in range(len(shape))]
        s = np.array([self.scale(0.05 * self.rng.choice([0.5, 1])) for _ in range(shape[axis])], F32).reshape(sizes)
        s = s if per_channel else self.scale(0.05)
        if bits == 0:
            w = self.rng.standard_normal(shape).astype(F32)
            return self.node("BipolarQuant", [self.const(w), self.const(s)], GENERAL), s
        lo, hi = bounds(bits, 1, narrow)
        w = (self.rng.randint(lo, hi + 1, shape) * s + self.rng.uniform(-0.3, 0.3, shape) * s).astype(F32)
        return self.quant(self.const(w), s, bits, 1, narrow=narrow), s

    def reach(self, at):
        """How far the values of a tensor go, by the executor."""
        info, used = helper.make_tensor_value_info, {i for n in self.nodes for i in n.input}
        graph = helper.make_graph(self.nodes, self.name, [info("x", TensorProto.FLOAT, [1] + self.shape)],
                                  [info(at, TensorProto.FLOAT, None)],
                                  [numpy_helper.from_array(v, k) for k, v in self.init.items() if k in used])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid(GENERAL, 1)], ir_version=8)
        wrapped = ModelWrapper(model).transform(shapes())
        values = [execute_onnx(wrapped, {"x": s[None]})[at] for s in self.x[:4]]
        return float(np.quantile(np.abs(values), 0.97))

    def normalized(self, at, n):
        """BatchNormalization of n channels; some of them turn the sign."""
        far = self.reach(at)
        r = self.rng
        values = [r.uniform(0.4, 1.6, n) * r.choice([1, 1, -1], n), r.uniform(-far, far, n) * 0.3,
                  r.uniform(-far, far, n) * 0.3, r.uniform(0.3, 3, n) * far]
        return self.node("BatchNormalization", [at] + [self.const(v) for v in values])

    def out(self, at, bits, signed, act=None, mode="ROUND", sign=False, zero=0):
        if act:
            at = self.node(act, [at])
        if sign:
            s = self.scale(1.0)
            self.at, self.s = self.node("BipolarQuant", [at, self.const(s)], GENERAL), float(s)
            return self
        s = self.scale(self.reach(at) / (1 << (bits - signed)) + 1e-6)
        self.at, self.s = self.quant(at, s, bits, signed, zero, mode=mode), float(s)
        return self

    def conv(self, n, kernel, wbits=4, bits=4, per_channel=False, act="Relu", group=1, bias=False, narrow=1, sign=False,
             normal=False, mode="ROUND", zero=0, sums=False, **attrs):
        shape = [n, self.channels() // group] + list(kernel)
        w, s = self.weights(shape, wbits, per_channel, 0, narrow)
        ins = [self.at, w]
        if bias:  # multiples of the sums' scale
            codes = self.rng.randint(-20, 21, n) if bias is True else self.rng.uniform(-20, 21, n)
            ins.append(self.const((codes * self.s * np.broadcast_to(np.asarray(s).reshape(-1), n)).astype(F32)))
        at = self.node("Conv", ins, group=group, kernel_shape=list(kernel), **attrs)
        self.now = n
        at = self.normalized(at, n) if normal else at
        if sums:
            self.at = at
            return self
        return self.out(at, bits, 0 if act else 1, act, mode, sign, zero)

    def channels(self):
        return getattr(self, "now", self.shape[0])

    def dense(self, n, columns, wbits=4, bits=8, per_channel=False, act=None, quantized=True, sign=False):
        w, _ = self.weights([columns, n], wbits, per_channel, 1, 0)
        at = self.node("MatMul", [self.at, w])
        if not quantized:
            self.at = at
            return self
        return self.out(at, bits, 0 if act else 1, act, sign=sign)

    def add(self, other, bits=5):
        return self.out(self.node("Add", [other, self.at]), bits, 1)

    def model(self):
        for n in self.nodes:
            n.output[:] = ["y" if o == self.at else o for o in n.output]
            n.input[:] = ["y" if i == self.at else i for i in n.input]
        info = helper.make_tensor_value_info
        graph = helper.make_graph(self.nodes, self.name, [info("x", TensorProto.FLOAT, [1] + self.shape)],
                                  [info("y", TensorProto.FLOAT, None)],
                                  [numpy_helper.from_array(v, k) for k, v in self.init.items()])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid(GENERAL, 1)],
                                  producer_name="make_qonnx", ir_version=8)
        wrapped = ModelWrapper(model).transform(shapes())
        if self.noted:
            wrapped.set_tensor_datatype("x", DataType[self.noted])
        return wrapped.model


def shapes():
    from qonnx.transformation.infer_shapes import InferShapes
    return InferShapes()


def nets():
    yield Net("fc_w4a4_exact", "MatMul of 4-bit weights and activations, twice", [20], 4).dense(12, 20, bits=4, act="Relu").dense(6, 12)
    yield Net("fc_w8a16_exact", "16-bit activations", [10], 16).dense(8, 10, 8, 16).dense(5, 8, 8)
    yield Net("fc_sums_exact", "the last MatMul is not quantized", [14], 6).dense(9, 14, bits=3, act="Relu").dense(4, 9, quantized=False)
    n = Net("conv_w2a3_exact", "2-bit weights per channel, 3-bit activations, bias", [3, 7, 6])
    yield n.conv(5, (3, 3), 2, 3, True, bias=True, pads=[1, 1, 1, 1]).conv(4, (2, 2), 3, 3, strides=[2, 2])
    yield Net("conv_bipolar_exact", "signs: weights, then activations too", [2, 6, 6]).conv(
        4, (3, 3), 0, 2).conv(6, (2, 2), 0, act=None, sign=True).conv(3, (1, 1), 0, 4, act=None)
    yield Net("conv_dw_exact", "depthwise, then in groups", [4, 6, 5], 5).conv(4, (3, 3), 4, 4, True, group=4).conv(
        6, (1, 1), 4, 4, group=2)
    n = Net("residual_exact", "a sum of two ways", [3, 6, 6], 6)
    n.conv(4, (3, 3), pads=[1, 1, 1, 1])
    start = n.at
    yield n.conv(4, (3, 3), act=None, pads=[1, 1, 1, 1]).add(start).conv(2, (2, 2))
    n = Net("pool_exact", "MaxPool, global average, Trunc's place taken by a Quant, Flatten, MatMul", [3, 9, 9], 5).conv(4, (2, 2))
    n.at = n.node("MaxPool", [n.at], kernel_shape=[2, 2], strides=[2, 2])
    n.out(n.node("GlobalAveragePool", [n.at]), 6, 0)
    n.at = n.node("Flatten", [n.at], axis=1)
    yield n.dense(5, 4)
    n = Net("trunc_exact", "Trunc of 8 bits to 5", [3, 5, 5]).conv(4, (2, 2), bits=8)
    n.at = n.node("Trunc", [n.at, n.const(n.s), n.const(0), n.const(8), n.const(5)], GENERAL, rounding_mode="FLOOR")
    yield n.conv(3, (1, 1))
    yield Net("signal_exact", "one dimension", [2, 30], 7).conv(4, (5,), strides=[2], per_channel=True).conv(3, (3,))
    yield Net("modes_exact", "codes rounded in other ways", [12], 8).out_modes()
    yield Net("conv_any_scale", "scales that are no powers of two", [3, 7, 6]).conv(5, (3, 3), 4, 4, True).conv(4, (2, 2), 4, 5)
    yield Net("fc_any_scale", "the same with MatMul", [20], 6).dense(14, 20, bits=5, act="Relu").dense(6, 14)
    for mode in ("FLOOR", "CEIL", "UP", "DOWN", "HALF_UP", "HALF_DOWN"):
        yield Net("sums_%s_exact" % mode.lower(), "sums rounded in another way", [3, 5, 5], 5).conv(
            4, (2, 2), 3, 4, act=None, mode=mode).conv(3, (2, 2), 3, 6, mode=mode)
    for mode in ("FLOOR", "UP", "DOWN", "HALF_UP"):
        n = Net("pairs_%s_exact" % mode.lower(), "sums and products of two ways, rounded in another way", [3, 5, 5], 5)
        n.conv(4, (3, 3), pads=[1, 1, 1, 1])
        start = n.at
        n.conv(4, (3, 3), bits=5, act=None, pads=[1, 1, 1, 1])
        n.out(n.node("Add", [start, n.at]), 6, 1, mode=mode, zero=1)
        yield n.out(n.node("Mul", [n.at, start]), 7, 1, mode=mode, zero=-2)
        n = Net("mean_%s_exact" % mode.lower(), "the mean of an image, rounded in another way", [24, 4, 4], 6, samples=32)
        yield n.out(n.node("GlobalAveragePool", [n.at]), 7, 1, mode=mode, zero=3)
        n = Net("averages_%s_exact" % mode.lower(), "means of patches, rounded in another way; then over the border", [3, 9, 7], 6)
        n.out(n.node("AveragePool", [n.at], kernel_shape=[2, 2], strides=[1, 1]), 6, 0, mode=mode, zero=5)
        yield n.out(n.node("AveragePool", [n.at], kernel_shape=[2, 4], strides=[2, 1], pads=[0, 1, 1, 2], count_include_pad=1),
                    7, 1, mode=mode, zero=4)
    yield Net("noted_bytes_exact", "an image's bytes, their type noted beside the input", [3, 6, 6], 8, 0, noted="UINT8").conv(
        4, (3, 3)).conv(3, (2, 2))
    yield Net("noted_int3_exact", "codes of three bits, their type noted beside the input", [18], 3, noted="INT3").dense(
        12, 18, bits=4, act="Relu").dense(6, 12)
    n = Net("moved_sums_exact", "sums that move before they become codes: DepthToSpace, Relu, Quant", [3, 5, 4], 5)
    n.conv(8, (3, 3), pads=[1, 1, 1, 1], sums=True)
    n.out(n.node("Relu", [n.node("DepthToSpace", [n.at], blocksize=2, mode="DCR")]), 6, 0)
    n.now = 2
    yield n.conv(3, (2, 2))
    yield Net("odd_zero_exact", "odd zero points behind sums", [3, 6, 5], 5).conv(4, (2, 2), 3, 4, act=None, zero=-3).conv(
        3, (2, 2), 3, 7, zero=5)
    n = Net("average_exact", "AveragePool between convolutions", [3, 8, 7], 5).conv(4, (2, 2))
    yield n.out(n.node("AveragePool", [n.at], kernel_shape=[2, 2], strides=[2, 1]), 4, 0).conv(3, (2, 2))
    yield Net("batch_norm", "BatchNormalization between Conv and Quant: few codes, then many", [3, 7, 7]).conv(
        6, (3, 3), 4, 3, normal=True).conv(5, (2, 2), 4, 8, True, normal=True).conv(4, (2, 2), 4, 4, act=None, normal=True)
    yield Net("batch_norm_sign", "signs of normalized sums", [2, 6, 6]).conv(5, (3, 3), 0, 2).conv(
        6, (2, 2), 0, act=None, sign=True, normal=True).conv(3, (1, 1), 0, 4, act=None, normal=True)
    yield Net("bias_any", "a bias that is no multiple of the sums' scale", [3, 6, 6]).conv(5, (3, 3), 4, 4, bias="any").conv(
        4, (2, 2), 4, 8, act=None, bias="any")


def out_modes(self):
    for mode, bits in (("FLOOR", 7), ("CEIL", 6), ("HALF_UP", 5), ("DOWN", 4)):
        s = F32(self.s * 2)
        self.at, self.s = self.quant(self.at, s, bits, 1, mode=mode), float(s)
    return self.dense(5, 12)


Net.out_modes = out_modes


def main():
    OUT.mkdir(exist_ok=True)
    index = []
    for net in nets():
        model = net.model()
        wrapped = ModelWrapper(model)
        y = np.concatenate([execute_onnx(wrapped, {"x": s[None]})["y"] for s in net.x]).astype(F32)
        out = model.graph.output[0]
        out.CopyFrom(helper.make_tensor_value_info("y", TensorProto.FLOAT, [1] + list(y.shape[1:])))
        np.save(OUT / (net.name + ".x.npy"), net.x)
        np.save(OUT / (net.name + ".y.npy"), y)
        onnx.save(model, str(OUT / (net.name + ".onnx")))
        index.append({"name": net.name, "about": net.about, "ops": [n.op_type for n in model.graph.node], "samples": len(y),
                      "elements": int(y.size), "integer": net.exact, "wrong": 0})
        print("%-20s %5d elements, %d values" % (net.name, y.size, len(np.unique(y))))
    with open(OUT / "index.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(e) for e in index) + "\n]\n")


if __name__ == "__main__":
    main()
