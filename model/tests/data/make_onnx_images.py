"""Write small quantized ONNX models of images and signals with ONNX Runtime's outputs into onnx_images/.

Every network is built twice from the same constants: with QuantizeLinear and DequantizeLinear around float operators (QDQ), and of
integer operators (QOperator: QLinearConv, QLinearAdd, ...). One of the two is written. The other one's outputs tell what the
integer kernels compute, so index.json's "wrong" counts the elements in which ONNX Runtime itself leaves the integer rule when it runs
the written form.
"""
import json
import zlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from make_onnx import ELEM, F32, RANGE, finish, run_ort, to_codes

OUT = Path(__file__).resolve().parent / "onnx_images"


def float_run(op, inputs, **attrs):
    """One float operator on arrays."""
    names = ["i%d" % k for k in range(len(inputs))]
    info = helper.make_tensor_value_info
    values = [np.asarray(v) for v in inputs]
    kinds = [TensorProto.INT64 if v.dtype == np.int64 else TensorProto.FLOAT for v in values]
    graph = helper.make_graph([helper.make_node(op, names, ["y"], **attrs)], "g",
                              [info(n, k, v.shape) for n, k, v in zip(names, kinds, values)],
                              [info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    sess = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return sess.run(None, dict(zip(names, values)))[0]


class At:
    """A tensor: its codes' name in both graphs, scale, zero point, type, and its reals for a few samples."""

    def __init__(self, name, s, z, dtype, real):
        self.name, self.s, self.z, self.dtype, self.real = name, s, z, dtype, real


class Net:
    def __init__(self, name, about, shape, dtype="uint8", form="qdq", scales="log", samples=12, border=True, wrong=True):
        """form: the one that is written. wrong: allow the written form to differ from the integer kernels."""
        self.name, self.about, self.form, self.dtype, self.scales, self.samples = name, about, form, dtype, scales, samples
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.nodes, self.init, self.count = {"qdq": [], "qop": []}, {}, 0
        self.in_shape, self.border = list(shape), border
        s, z = self.scale(0.02), self.zero(dtype)
        lo, hi = RANGE[dtype]
        code = self.rng.uniform(lo - 12, hi + 12, [samples] + self.in_shape)
        code = np.where(self.rng.randint(0, 4, code.shape) == 0, np.floor(code) + 0.5, code)
        code[0] = z
        x = ((code - z) * float(s)).astype(F32)
        q = to_codes(x, s, z, dtype)
        self.x = x if border else q.astype(dtype)
        self.at = At("x", s, z, dtype, ((q - z) * s).astype(F32))
        if border:
            self.at.name = self.both("QuantizeLinear", ["x", self.const(s, F32), self.const(z, dtype)])

    def scale(self, about):
        if self.scales == "pow2":
            return F32(2.0 ** np.rint(np.log2(about)))
        if self.scales == "short":
            return F32(self.rng.choice([1, 3, 5, 7]) / 4.0 * 2.0 ** np.floor(np.log2(about)))
        return F32(about * np.exp(self.rng.uniform(-0.3, 0.3)))

    def zero(self, dtype):
        return int(RANGE[dtype][0] + self.rng.randint(40, 216))

    def const(self, value, dtype=None):
        name = "c%d" % len(self.init)
        self.init[name] = np.asarray(value, dtype)
        return name

    def node(self, form, op, inputs, domain="", **attrs):
        self.count += 1
        out = "t%d" % self.count
        self.nodes[form].append(helper.make_node(op, inputs, [out], name="n%d" % self.count, domain=domain, **attrs))
        return out

    def both(self, op, inputs, **attrs):
        out = self.node("qdq", op, inputs, **attrs)
        self.nodes["qop"].append(helper.make_node(op, inputs, [out], name="q" + out, **attrs))
        return out

    def params(self, t):
        return [self.const(t.s, F32), self.const(t.z, t.dtype)]

    def dq(self, t):
        return self.node("qdq", "DequantizeLinear", [t.name] + self.params(t))

    def result(self, real, zy=None, s=None):
        """A scale for these reals: the outermost of them saturate."""
        lo, hi = RANGE[self.dtype]
        z = self.zero(self.dtype) if zy is None else zy
        s = s or self.scale(float(np.quantile(np.abs(real), 0.97)) / 100 + 1e-6)
        code = to_codes(real, s, z, self.dtype)
        return At(None, s, z, self.dtype, ((np.clip(code, lo, hi) - z) * s).astype(F32))

    def join(self, to, qdq, qop):
        """Both graphs' results get one name."""
        out = "t%d" % (self.count + 1)
        self.count += 1
        for form, name in (("qdq", qdq), ("qop", qop)):
            for n in self.nodes[form]:
                n.output[:] = [out if o == name else o for o in n.output]
        to.name = out
        self.at = to
        return self

    def weights(self, shape, wdtype, per_channel, axis, wmax):
        r, n = self.rng, shape[axis]
        w = r.randint(-wmax, wmax + 1, shape)
        s = np.array([self.scale(0.01 * r.choice([0.5, 1, 2])) for _ in range(n)], F32) if per_channel else self.scale(0.01)
        z = np.zeros(n, np.int64)
        if wdtype == "uint8":
            z = r.randint(70, 180, n) if per_channel else np.full(n, r.randint(70, 180))
            w = np.clip(w + z.reshape([-1 if i == axis else 1 for i in range(len(shape))]), 0, 255)
        across = [-1 if i == axis else 1 for i in range(len(shape))]
        real = ((w - z.reshape(across)) * (s.reshape(across) if per_channel else s)).astype(F32)
        return w, s, (z if per_channel else z[0]), real

    def conv(self, outputs, kernel, group=1, per_channel=False, wdtype="int8", wmax=64, bias=True, act=None, zy=None,
             norm=False, **attrs):
        """act: Relu or Clip(0, high) between Conv and QuantizeLinear; norm: a BatchNormalization there."""
        t = self.at
        depth = t.real.shape[1] // group
        w, sw, zw, wr = self.weights([outputs, depth] + list(kernel), wdtype, per_channel, 0, wmax)
        prod = np.atleast_1d((t.s * sw).astype(F32))
        b = self.rng.randint(-wmax * 300, wmax * 300 + 1, outputs) if bias else np.zeros(outputs, np.int64)
        attrs = dict(attrs, group=group, kernel_shape=list(kernel))
        real = float_run("Conv", [t.real, wr, (b * prod).astype(F32)], **attrs)
        bn = None
        if norm:
            bn = [self.rng.uniform(0.5, 1.5, outputs) * self.rng.choice([-1, 1, 1], outputs), self.rng.uniform(-1, 1, outputs),
                  self.rng.uniform(-1, 1, outputs), self.rng.uniform(0.5, 2, outputs)]
            bn = [v.astype(F32) for v in bn]
            real = float_run("BatchNormalization", [real] + bn)
        low, high = (0.0, np.inf) if act == "Relu" else (0.0, act) if act else (-np.inf, np.inf)
        to = self.result(np.clip(real, low, high), zy)
        wq = self.const(w, wdtype)
        wsz = [self.const(sw, F32), self.const(zw, wdtype)]
        axis = {"axis": 0} if per_channel else {}
        ins = [self.dq(t), self.node("qdq", "DequantizeLinear", [wq] + wsz, **axis)]
        bq = self.const(b, np.int32)
        if bias:
            sb = prod if per_channel else prod[0]
            ins.append(self.node("qdq", "DequantizeLinear", [bq, self.const(sb, F32), self.const(np.zeros_like(sb, np.int32))],
                                 **axis))
        at = self.node("qdq", "Conv", ins, **attrs)
        if norm:
            at = self.node("qdq", "BatchNormalization", [at] + [self.const(v) for v in bn])
        if act == "Relu":
            at = self.node("qdq", "Relu", [at])
        elif act:
            at = self.node("qdq", "Clip", [at, self.const(F32(0)), self.const(F32(act))])
        qdq = self.node("qdq", "QuantizeLinear", [at] + self.params(to))
        qop = self.node("qop", "QLinearConv", [t.name] + self.params(t) + [wq] + wsz + self.params(to) + ([bq] if bias else []),
                        **attrs)
        if act:  # the integer form of a clamp: codes
            lo, hi = (int(to_codes(F32(v), to.s, to.z, to.dtype)) if np.isfinite(v) else RANGE[to.dtype][int(v > 0)]
                      for v in (low, high))
            qop = self.codes_between(qop, lo, hi, to.dtype)
        return self.join(to, qdq, qop)

    def codes_between(self, name, lo, hi, dtype):
        wide = self.node("qop", "Cast", [name], to=TensorProto.INT32)
        wide = self.node("qop", "Clip", [wide, self.const(lo, np.int32), self.const(hi, np.int32)])
        return self.node("qop", "Cast", [wide], to=ELEM[dtype])

    def pair(self, op, other, act=None, zy=None):
        """Add or Mul with an earlier tensor, this one as operand B."""
        a, b = other, self.at
        real = a.real + b.real if op == "Add" else a.real * b.real
        to = self.result(np.maximum(real, 0) if act else real, zy)
        at = self.node("qdq", op, [self.dq(a), self.dq(b)])
        if act:
            at = self.node("qdq", "Relu", [at])
        qdq = self.node("qdq", "QuantizeLinear", [at] + self.params(to))
        qop = self.node("qop", "QLinear" + op, [a.name] + self.params(a) + [b.name] + self.params(b) + self.params(to),
                        "com.microsoft")
        return self.join(to, qdq, qop)

    def scalar(self, op, value, first=False, raw=False):
        """Add, Sub, Mul, Div with one constant; raw: a float that nobody quantized."""
        t = self.at
        f = {"Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "Div": np.divide}[op]
        s, z = self.scale(abs(value) / 100), self.zero(t.dtype)
        code = int(np.clip(np.rint(value / s) + z, *RANGE[t.dtype]))
        real = F32(value) if raw else F32((code - z) * s)
        to = self.result(f(real, t.real) if first else f(t.real, real))
        order = lambda tensor, constant: constant + tensor if first else tensor + constant
        own = [self.const(value, F32)] if raw else [self.node("qdq", "DequantizeLinear", [
            self.const(code, t.dtype), self.const(s, F32), self.const(z, t.dtype)])]
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", op, order([self.dq(t)], own))] + self.params(to))
        if raw:
            at = self.node("qop", "DequantizeLinear", [t.name] + self.params(t))
            qop = self.node("qop", "QuantizeLinear", [self.node("qop", op, order([at], own))] + self.params(to))
        else:
            constant = [self.const(code, t.dtype), self.const(s, F32), self.const(z, t.dtype)]
            qop = self.node("qop", "QLinear" + op, order([t.name] + self.params(t), constant) + self.params(to), "com.microsoft")
        return self.join(to, qdq, qop)

    def beside(self, op, shape, first=False):
        """Add or Mul with a constant tensor of this shape."""
        t = self.at
        value = self.rng.uniform(-2, 2, shape)
        s, z = self.scale(2 / 100), self.zero(t.dtype)
        codes = np.clip(np.rint(value / s) + z, *RANGE[t.dtype]).astype(int)
        real = ((codes - z) * s).astype(F32)
        to = self.result(t.real + real if op == "Add" else t.real * real)
        order = lambda tensor, constant: constant + tensor if first else tensor + constant
        own = [self.const(codes, t.dtype), self.const(s, F32), self.const(z, t.dtype)]
        at = self.node("qdq", op, order([self.dq(t)], [self.node("qdq", "DequantizeLinear", own)]))
        qdq = self.node("qdq", "QuantizeLinear", [at] + self.params(to))
        qop = self.node("qop", "QLinear" + op, order([t.name] + self.params(t), own) + self.params(to), "com.microsoft")
        return self.join(to, qdq, qop)

    def extremum(self, op, other, form=None):
        """Max or Min with an earlier tensor, or with a constant: dq, or a float. There is no form of codes: both graphs are QDQ."""
        t = self.at
        value = other.real if form is None else np.asarray(other, F32)
        codes = None
        if form == "dq":
            s, z = self.scale(2 / 100), self.zero(t.dtype)
            codes = np.clip(np.rint(value / s) + z, *RANGE[t.dtype]).astype(int)
            value = ((codes - z) * s).astype(F32)
        to = self.result((np.maximum if op == "Max" else np.minimum)(t.real, value))
        own = [] if codes is None else [self.const(codes, t.dtype), self.const(s, F32), self.const(z, t.dtype)]
        ends = []
        for graph in ("qdq", "qop"):
            x = self.node(graph, "DequantizeLinear", [t.name] + self.params(t))
            y = (self.node(graph, "DequantizeLinear", [other.name] + self.params(other)) if form is None else
                 self.node(graph, "DequantizeLinear", own) if own else self.const(value))
            ends.append(self.node(graph, "QuantizeLinear", [self.node(graph, op, [x, y])] + self.params(to)))
        return self.join(to, *ends)

    def excite(self):
        """Every channel times what a small network makes of its mean."""
        start, n = self.at, self.at.real.shape[1]
        gate = self.global_pool().conv(2, (1, 1)).conv(n, (1, 1)).unary("Sigmoid").at
        self.at = start
        return self.pair("Mul", gate)

    def global_pool(self):
        t = self.at
        to = self.result(float_run("GlobalAveragePool", [t.real]))
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", "GlobalAveragePool", [self.dq(t)])] + self.params(to))
        qop = self.node("qop", "QLinearGlobalAveragePool", [t.name] + self.params(t) + self.params(to), "com.microsoft",
                        channels_last=0)
        return self.join(to, qdq, qop)

    def avg_pool(self, kernel, same=False, **attrs):
        """same: the result has its operand's scale, so that many means are ties."""
        t = self.at
        attrs = dict(attrs, kernel_shape=list(kernel))
        real = float_run("AveragePool", [t.real], **attrs)
        to = self.result(real, t.z, t.s) if same else self.result(real)
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", "AveragePool", [self.dq(t)], **attrs)] + self.params(to))
        qop = self.node("qop", "QLinearAveragePool", [t.name] + self.params(t) + self.params(to), "com.microsoft",
                        channels_last=0, **attrs)
        return self.join(to, qdq, qop)

    def max_pool(self, kernel, codes=False, **attrs):
        """codes: on the codes themselves in both forms."""
        t = self.at
        attrs = dict(attrs, kernel_shape=list(kernel))
        to = At(None, t.s, t.z, t.dtype, float_run("MaxPool", [t.real], **attrs))
        qop = self.node("qop", "MaxPool", [t.name], **attrs)
        if codes:
            qdq = self.node("qdq", "MaxPool", [t.name], **attrs)
        else:
            qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", "MaxPool", [self.dq(t)], **attrs)] + self.params(to))
        return self.join(to, qdq, qop)

    def largest(self, axes, keep, codes=False):
        """ReduceMax; axis 0 is the batch. codes: on the codes themselves in both forms."""
        t = self.at
        attrs = {"axes": list(axes), "keepdims": int(keep)}
        to = At(None, t.s, t.z, t.dtype, float_run("ReduceMax", [t.real], **attrs))
        qop = self.node("qop", "ReduceMax", [t.name], **attrs)
        if codes:
            return self.join(to, self.node("qdq", "ReduceMax", [t.name], **attrs), qop)
        at = self.node("qdq", "ReduceMax", [self.dq(t)], **attrs)
        return self.join(to, self.node("qdq", "QuantizeLinear", [at] + self.params(to)), qop)

    def unary(self, op, **attrs):
        t = self.at
        to = self.result(float_run(op, [t.real], **attrs), s=F32(1 / 256) if op == "Sigmoid" else None)
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", op, [self.dq(t)], **attrs)] + self.params(to))
        if op in ("Sigmoid", "LeakyRelu"):
            qop = self.node("qop", "QLinear" + op, [t.name] + self.params(t) + self.params(to), "com.microsoft", **attrs)
        else:  # a function of codes: what QDQ computes
            at = self.node("qop", "DequantizeLinear", [t.name] + self.params(t))
            qop = self.node("qop", "QuantizeLinear", [self.node("qop", op, [at], **attrs)] + self.params(to))
        return self.join(to, qdq, qop)

    def move(self, op, real, extra=(), **attrs):
        """Flatten, Reshape, Transpose, Squeeze, Unsqueeze on the codes, or around them."""
        t = self.at
        to = At(None, t.s, t.z, t.dtype, real(t.real))
        ins = [self.const(v, np.int64) for v in extra]
        at = self.node("qdq", op, [self.dq(t)] + ins, **attrs)
        qdq = self.node("qdq", "QuantizeLinear", [at] + self.params(to))
        return self.join(to, qdq, self.node("qop", op, [t.name] + ins, **attrs))

    def concat(self, *others):
        """Channels of this and of earlier tensors."""
        ts = [self.at] + list(others)
        to = self.result(np.concatenate([t.real for t in ts], 1))
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", "Concat", [self.dq(t) for t in ts], axis=1)] +
                        self.params(to))
        qop = self.node("qop", "QLinearConcat", self.params(to) + sum(([t.name] + self.params(t) for t in ts), []),
                        "com.microsoft", axis=1)
        return self.join(to, qdq, qop)

    def pad(self, *sides):
        """Pad with zeros: on reals, and on codes with the zero point."""
        t = self.at
        n = len(t.real.shape) - 2
        counts = [0, 0] + list(sides[:n]) + [0, 0] + list(sides[n:])
        to = At(None, t.s, t.z, t.dtype, np.pad(t.real, [(0, 0), (0, 0)] + list(zip(sides[:n], sides[n:]))))
        ins = [self.const(counts, np.int64)]
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", "Pad", [self.dq(t)] + ins)] + self.params(to))
        return self.join(to, qdq, self.node("qop", "Pad", [t.name] + ins + [self.const(t.z, t.dtype)]))

    def moved(self, op, ins=(), **attrs):
        """An operator that only moves codes: on reals, and on codes."""
        t = self.at
        names = [self.const(v) if v is not None else "" for v in ins]
        to = At(None, t.s, t.z, t.dtype, float_run(op, [t.real] + [np.asarray(v) for v in ins if v is not None], **attrs)
                if op == "DepthToSpace" else np.repeat(np.repeat(t.real, int(ins[1][2]), 2), int(ins[1][3]), 3))
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", op, [self.dq(t)] + names, **attrs)] + self.params(to))
        # ONNX Runtime has DepthToSpace for floats and uint8 only: codes move as floats where they are int8.
        at = self.node("qop", "DequantizeLinear", [t.name] + self.params(t))
        qop = self.node("qop", "QuantizeLinear", [self.node("qop", op, [at] + names, **attrs)] + self.params(to))
        return self.join(to, qdq, qop)

    def resize(self, down, across, **attrs):
        return self.moved("Resize", [None, np.array([1, 1, down, across], F32)], mode="nearest", **attrs)

    def depth_to_space(self, size, mode="DCR"):
        return self.moved("DepthToSpace", blocksize=size, mode=mode)

    def flatten(self):
        return self.move("Flatten", lambda v: v.reshape(len(v), -1), axis=1)

    def transpose(self, *perm):
        return self.move("Transpose", lambda v: np.transpose(v, perm), perm=list(perm))

    def reshape(self, *shape):
        return self.move("Reshape", lambda v: v.reshape((len(v),) + shape), [[1] + list(shape)])

    def shuffle(self, groups):
        """ShuffleNet's: channels of all groups by turns."""
        c, h, w = self.at.real.shape[1:]
        return self.reshape(groups, c // groups, h, w).transpose(0, 2, 1, 3, 4).reshape(c, h, w)

    def dense(self, n, form="Gemm", per_channel=False, wmax=64):
        t = self.at
        w, sw, zw, wr = self.weights([t.real.shape[-1], n], "int8", per_channel, 1, wmax)
        to = self.result(t.real @ wr)
        wq, wsz = self.const(w, "int8"), [self.const(sw, F32), self.const(zw, "int8")]
        axis = {"axis": 1} if per_channel else {}
        ins = [self.dq(t), self.node("qdq", "DequantizeLinear", [wq] + wsz, **axis)]
        qdq = self.node("qdq", "QuantizeLinear", [self.node("qdq", form, ins)] + self.params(to))
        args = [t.name] + self.params(t) + [wq] + wsz
        if form == "Gemm":
            qop = self.node("qop", "QGemm", args + [""] + self.params(to), "com.microsoft")
        else:
            qop = self.node("qop", "QLinearMatMul", args + self.params(to))
        return self.join(to, qdq, qop)

    def models(self):
        t = self.at
        made = {}
        for form in ("qdq", "qop"):
            nodes = list(self.nodes[form])
            last = t.name
            if self.border:
                last = "y"
                nodes.append(helper.make_node("DequantizeLinear", [t.name] + self.params(t), ["y"], name="end"))
            shape = [self.samples] + list(t.real.shape[1:])
            info = helper.make_tensor_value_info
            used = {i for n in nodes for i in n.input}
            # The batch is one sample: every operator here takes that.
            graph = helper.make_graph(
                nodes, self.name,
                [info("x", TensorProto.FLOAT if self.border else ELEM[self.dtype], [1] + self.in_shape)],
                [info(last, TensorProto.FLOAT if self.border else ELEM[self.dtype], [1] + shape[1:])],
                [numpy_helper.from_array(v, k) for k, v in self.init.items() if k in used])
            made[form] = finish(graph, {"": 17, "com.microsoft": 1})
        return made


def residual(n, act=None):
    start = n.conv(6, (3, 3), pads=[1, 1, 1, 1]).at
    n.conv(6, (3, 3), pads=[1, 1, 1, 1], per_channel=True)
    return n.pair("Add", start, act=act, zy=RANGE[n.dtype][0] if act else None)


def nets():
    for form in ("qdq", "qop"):
        f = dict(form=form)
        yield Net(form + "_conv", "3x3, padded, per channel, then stride 2", [3, 7, 6], **f).conv(
            5, (3, 3), pads=[1, 1, 1, 1], per_channel=True).conv(4, (3, 3), strides=[2, 2])
        yield Net(form + "_conv_s8", "int8, per channel, uneven padding", [2, 6, 7], "int8", **f).conv(
            4, (3, 2), pads=[2, 0, 1, 1], per_channel=True).conv(3, (1, 1))
        yield Net(form + "_conv_ties", "short mantissas: exact ties", [2, 5, 5], scales="short", **f).conv(
            6, (2, 2), wmax=3).conv(4, (3, 3), wmax=2)
        yield Net(form + "_conv_dilated", "dilation 2 x 3, uint8 weights with zero points", [2, 9, 11], **f).conv(
            3, (3, 3), dilations=[2, 3], wdtype="uint8").conv(2, (2, 1), wdtype="uint8", per_channel=True)
        yield Net(form + "_conv_same", "auto_pad SAME_UPPER, SAME_LOWER, VALID", [2, 8, 7], **f).conv(
            3, (2, 4), auto_pad="SAME_UPPER", strides=[2, 1]).conv(3, (2, 2), auto_pad="SAME_LOWER").conv(
                2, (2, 2), auto_pad="VALID")
        yield Net(form + "_signal", "one dimension: kernel 5, stride 2, then dilated", [2, 33], **f).conv(
            4, (5,), pads=[2, 1], strides=[2], per_channel=True).conv(3, (3,), dilations=[2])
        yield Net(form + "_depthwise", "depthwise 3x3, then pointwise", [6, 7, 5], **f).conv(
            6, (3, 3), group=6, pads=[1, 1, 1, 1], per_channel=True).conv(5, (1, 1))
        yield Net(form + "_grouped", "two groups, then three kernels a channel", [4, 6, 6], **f).conv(
            6, (3, 3), group=2, per_channel=True).conv(18, (2, 2), group=6).conv(4, (1, 1), group=2)
        yield residual(Net(form + "_residual", "a sum of two ways, global average, Gemm", [3, 6, 6], **f)).global_pool().flatten().dense(7)
        yield residual(Net(form + "_residual_s8", "the same in int8, MatMul", [3, 6, 6], "int8", **f)).global_pool().flatten().dense(
            7, "MatMul", per_channel=True)
        yield residual(Net(form + "_residual_ties", "the same with short mantissas", [3, 5, 5], scales="short", **f)).global_pool()
        yield residual(Net(form + "_residual_tied", "powers of two", [3, 5, 5], scales="pow2", **f)).global_pool()
        n = Net(form + "_mul", "a product of two ways", [3, 6, 5], **f)
        a = n.conv(4, (3, 3)).at
        yield n.conv(4, (1, 1)).pair("Mul", a).conv(3, (2, 2))
        n = Net(form + "_mul_s8_ties", "the same in int8 with short mantissas", [3, 6, 5], "int8", scales="short", **f)
        a = n.conv(4, (3, 3)).at
        yield n.conv(4, (1, 1)).pair("Mul", a)
        yield Net(form + "_pool", "MaxPool, padded and overlapping, then on codes with ceil_mode", [3, 9, 8], **f).conv(
            4, (2, 2)).max_pool((3, 3), pads=[1, 1, 1, 1], strides=[2, 1]).max_pool((2, 2), True, strides=[2, 2], ceil_mode=1).flatten().dense(5)
        yield Net(form + "_flatten", "channels first are flattened: weights follow", [2, 5, 4], **f).conv(3, (2, 2)).flatten().dense(
            6).dense(4, per_channel=True)
        yield Net(form + "_leaky", "LeakyRelu and Sigmoid", [2, 5, 4], **f).conv(3, (2, 2)).unary("LeakyRelu", alpha=0.1).conv(
            3, (1, 1)).unary("Sigmoid")
        yield Net(form + "_image_out", "an image comes out, channels first", [2, 6, 5], **f).conv(4, (3, 3))
        yield Net(form + "_codes", "uint8 in and out, channels first", [3, 6, 5], border=False, **f).conv(4, (3, 3)).conv(3, (1, 1))
        yield Net(form + "_channels_last", "input with channels last, Transpose, Conv, Transpose back", [6, 5, 3], **f).transpose(
            0, 3, 1, 2).conv(4, (3, 3)).transpose(0, 2, 3, 1)
        yield Net(form + "_rows", "MatMul of each row of a sequence", [9, 6], **f).dense(5, "MatMul").dense(
            4, "MatMul", per_channel=True)
        yield Net(form + "_unsqueeze", "a signal of one channel from a vector", [24], **f).move(
            "Unsqueeze", lambda v: v[:, None], [[1]]).conv(3, (3,)).conv(2, (3,), strides=[2]).flatten().dense(4)
        n = Net(form + "_concat", "an image beside what is made of it, twice", [3, 6, 5], **f)
        start, one = n.at, n.conv(4, (3, 3), pads=[1, 1, 1, 1]).at
        n.conv(2, (1, 1)).concat(start, one)
        two = n.at
        yield n.conv(4, (1, 1)).concat(one, two).conv(3, (2, 2))
        n = Net(form + "_concat_codes", "operands of the input's own codes; vectors", [8], border=False, **f)
        start = n.at
        n.dense(5)
        yield n.concat(start).dense(4)
        yield Net(form + "_pad", "Pad, Conv without padding, Pad of a signal's ends", [2, 5, 6], **f).pad(1, 0, 2, 3).conv(
            3, (3, 3), strides=[2, 2]).pad(0, 1, 0, 1).max_pool((2, 2))
        yield Net(form + "_pad_signal", "Pad of a signal", [3, 12], "int8", **f).pad(2, 1).conv(4, (3,))
        for dtype in ("uint8", "int8"):
            n = "%s_avg_%s" % (form, dtype)
            yield Net(n, "averages of 2x2 and 3x2, of one scale and of two", [3, 8, 9], dtype, **f).avg_pool(
                (2, 2), True, strides=[2, 2]).avg_pool((3, 2))
            yield Net(n + "_pads", "averages over the border: taps inside counted, then all", [2, 7, 8], dtype, **f).avg_pool(
                (3, 3), True, strides=[2, 1], pads=[1, 1, 1, 1]).avg_pool((2, 3), True, pads=[1, 0, 0, 1], count_include_pad=1)
        yield Net(form + "_reduce_max", "maxima of columns, of channels, of an image", [4, 6, 5], **f).conv(5, (2, 2)).largest(
            [3], True).conv(6, (2, 1)).largest([1], True).conv(7, (1, 1)).largest([-2, -1], False).dense(4)
        yield Net(form + "_reduce_max_s8", "int8: of codes; of a signal's channels", [3, 2, 5], "int8", samples=30, **f).largest(
            [2], False, True).largest([1], True)
        yield Net(form + "_avg_short", "averages of short scales between convolutions", [2, 8, 8], scales="short", **f).conv(
            4, (3, 3)).avg_pool((2, 2), True, strides=[2, 2]).conv(3, (2, 2)).avg_pool((2, 2), strides=[1, 1])
        yield Net(form + "_avg_whole", "a patch that is the image: a global average", [3, 2, 2], samples=24, **f).avg_pool((2, 2), True)
        yield Net(form + "_avg_ceil_all", "patches that hang over the end divide by all taps", [2, 6, 6], **f).avg_pool(
            (3, 5), True, strides=[2, 3], pads=[0, 2, 0, 0], ceil_mode=1, count_include_pad=1)
        yield Net(form + "_avg_signal", "averages of a signal, and of a whole image", [4, 16], **f).avg_pool(
            (4,), True, strides=[2]).avg_pool((7,))
        yield Net(form + "_avg_ceil", "averages whose last patches hang over the end", [2, 8, 7], **f).avg_pool(
            (3, 3), strides=[2, 2], ceil_mode=1)
        for dtype in ("uint8", "int8"):
            n = Net("%s_scalar_%s" % (form, dtype), "one constant in sums and products, on both sides", [2, 5, 4], dtype, **f)
            yield n.scalar("Add", 1.7).scalar("Mul", 0.6).scalar("Add", -0.4, True).scalar("Mul", 1.3, True)
            n = Net("%s_beside_%s" % (form, dtype), "constants for each channel and for each element, on both sides", [3, 5, 4], dtype, **f)
            yield n.beside("Add", [1, 3, 1, 1]).beside("Mul", [3, 1, 1], True).beside("Add", [1, 3, 5, 4], True).beside("Add", [4], True)
        yield Net(form + "_beside_conv", "constants between convolutions: for each channel, row, pixel, and element", [3, 6, 5], **f).beside(
            "Mul", [3, 1, 1]).conv(4, (3, 3)).beside("Add", [4, 1, 3], True).conv(6, (1, 1)).beside("Mul", [1, 4, 1]).beside("Add", [1, 6, 4, 3])
        yield Net(form + "_shuffle", "channels of two and three groups by turns, between convolutions in groups", [4, 6, 5], **f).conv(
            6, (3, 3), group=2).shuffle(2).conv(9, (1, 1), group=3).shuffle(3).conv(4, (2, 2))
        yield Net(form + "_turned", "rows and columns, and channels and rows, change places between convolutions", [3, 5, 6], **f).conv(
            4, (2, 3)).transpose(0, 1, 3, 2).conv(5, (3, 2)).transpose(0, 2, 1, 3).conv(3, (1, 1))
        yield Net(form + "_tokens", "an image becomes tokens, a dense layer mixes their positions, and back", [3, 4, 4], **f).conv(
            6, (2, 2), strides=[2, 2]).reshape(6, 4).transpose(0, 2, 1).reshape(4, 2, 3).conv(5, (1, 2))
        yield Net(form + "_beside_flat", "a constant beside a vector", [12], **f).beside("Add", [1, 12]).beside("Mul", [12], True)
        yield Net(form + "_scalar_raw", "constants that nobody quantized", [2, 5, 4], **f).scalar("Add", 3.0, raw=True).scalar(
            "Div", 6.0, raw=True).scalar("Sub", 0.4, True, raw=True).scalar("Mul", 1.9, raw=True)
        yield Net(form + "_excite", "squeeze and excitation: an image times a value for each channel", [3, 6, 5], **f).conv(
            4, (3, 3)).excite().conv(3, (2, 2))
        n = Net(form + "_spread_signal", "a signal and a value for each channel", [3, 14], **f).conv(4, (3,))
        start = n.at
        yield n.global_pool().pair("Add", start).conv(2, (3,))
    yield Net("qdq_enlarge", "Resize by 2 x 3 and DepthToSpace between convolutions", [3, 4, 3]).conv(8, (2, 2)).resize(
        2, 3, coordinate_transformation_mode="asymmetric", nearest_mode="floor").conv(8, (3, 3)).depth_to_space(2).conv(3, (2, 2))
    yield Net("qdq_pixel_shuffle", "DepthToSpace as PyTorch writes it, behind convolutions", [3, 4, 5]).conv(
        12, (2, 2), per_channel=True).depth_to_space(2, "CRD").conv(18, (2, 2)).unary("LeakyRelu", alpha=0.1).depth_to_space(3, "CRD")
    yield Net("qdq_resize_half", "Resize with half pixels", [2, 4, 3], "int8").resize(2, 2).resize(1, 3)
    yield Net("qdq_conv_relu", "Conv-Relu with output zero point 0, Conv-Clip that saturation does", [3, 6, 6]).conv(
        5, (3, 3), act="Relu", zy=0).conv(4, (2, 2), act=1000.0, zy=0)
    yield Net("qdq_conv_relu_zp", "Conv-Relu with output zero point above 0: float", [3, 6, 6]).conv(
        5, (3, 3), act="Relu").conv(4, (2, 2))
    yield Net("qdq_conv_clip", "Conv-Clip(0, 1): float", [3, 6, 6]).conv(5, (3, 3), act=1.0, zy=0).conv(4, (2, 2))
    yield residual(Net("qdq_residual_relu", "the sum is clamped by saturation", [3, 6, 6]), act="Relu").conv(4, (2, 2))
    for name, d in (("qdq_extremum", "uint8"), ("qdq_extremum_s8", "int8")):
        net = Net(name, "Max and Min of tensors of three scales, of one twice, of an image and its mean", [3, 5, 4], d)
        start = net.at
        one = net.unary("LeakyRelu", alpha=0.3).at
        net.at = start
        most = net.extremum("Max", one).extremum("Min", start).at
        net.extremum("Max", most).global_pool()
        yield net.extremum("Min", start)
        net = Net(name + "_fixed", "Max and Min with constants: one, quantized and not, for each channel, for each element", [3, 5, 4], d)
        codes = lambda *shape: net.rng.uniform(-1, 1, shape)
        net.extremum("Max", 0, "float").extremum("Min", 0.9, "dq").extremum("Max", codes(3, 1, 1), "dq")
        yield net.extremum("Min", codes(3, 5, 4), "dq").extremum("Max", codes(4), "dq")
    yield Net("qdq_functions", "Tanh, HardSigmoid, HardSwish on codes", [2, 5, 4]).conv(3, (2, 2)).unary("Tanh").conv(
        3, (1, 1)).unary("HardSigmoid", alpha=0.3, beta=0.4).conv(3, (1, 1)).unary("HardSwish")


def main():
    OUT.mkdir(exist_ok=True)
    index = []
    for net in nets():
        made = net.models()
        ran = {form: run_ort(m, net.x, 1) for form, m in made.items()}
        y, executed = ran[net.form]
        np.save(OUT / (net.name + ".x.npy"), net.x)
        np.save(OUT / (net.name + ".y.npy"), y)
        onnx.save(made[net.form], str(OUT / (net.name + ".onnx")))
        macs = [op for op in executed if op in ("FusedConv", "Conv", "Gemm", "MatMul", "AveragePool", "BatchNormalization") or
                op.startswith("QLinear") or op == "QGemm"]
        floats = [op for op in macs if not op.startswith("Q")]
        # ONNX Runtime runs an int8 Conv between Quantize and Dequantize in float on some machines, and in some graphs on all.
        int8 = net.form == "qdq" and net.dtype == "int8" and any(n.op_type in ("Conv", "AveragePool", "Add", "Mul") for n in made["qdq"].graph.node)
        wrong = int((ran["qdq"][0] != ran["qop"][0]).sum()) if floats else 0
        if not floats:
            assert (ran["qdq"][0] == ran["qop"][0]).all() or net.form == "qop" or int8, (net.name, executed)
        index.append({"name": net.name, "about": net.about, "ops": [n.op_type for n in made[net.form].graph.node],
                      "executed": executed, "integer": not floats and not int8, "samples": len(y), "elements": int(y.size), "wrong": wrong})
        differ = int((ran["qdq"][0] != ran["qop"][0]).sum())
        print("%-24s %6d bytes  wrong %3d of %5d (qdq and qop differ in %d)  codes %3d  %s" % (
            net.name, (OUT / (net.name + ".onnx")).stat().st_size, wrong, y.size, differ, len(np.unique(y)), " ".join(macs)))
    with open(OUT / "index.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(e) for e in index) + "\n]\n")


if __name__ == "__main__":
    main()
