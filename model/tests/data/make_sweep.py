"""Write small ONNX models over every supported operator x operand order x form of constants x type x tail into sweep_onnx/,
with what ONNX Runtime computes. Given names of cases, it writes NAME.onnx, NAME.x.npy and NAME.y.npy into the current folder instead.

There are too many for files of their own: models.bin.gz holds the models, arrays.bin.gz inputs and results as .npy files, equal ones once,
and index.json says where each case lies ([offset, bytes]), and which operators that sum or multiply ONNX Runtime executes in float. make_sweep_tflite.py does the same for TFLite.

The session is as niello's documentation asks for: default optimizations, `session.x64quantprecision=1` (x86 machines without VNNI
otherwise saturate pairs of products). Cases that niello refuses are here too: answers.txt says which, and with which code.
"""
import gzip
import hashlib
import io
import json
import os
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from make_onnx import F32, RANGE

OUT = Path(__file__).resolve().parent / "sweep_onnx"
ELEM = {"uint8": TensorProto.UINT8, "int8": TensorProto.INT8, "float32": TensorProto.FLOAT}
TYPES = {"u8": "uint8", "s8": "int8"}
# What rounds in between when it is computed in float; functions of one code do not.
SUMS = {"Conv", "FusedConv", "Gemm", "FusedGemm", "MatMul", "FusedMatMul", "Add", "Mul", "AveragePool", "GlobalAveragePool",
        "ReduceMean", "BatchNormalization", "NhwcFusedConv", "Softmax", "QLinearSoftmax", "LayerNormalization", "RMSNormalization"}
IMAGE, VECTOR, ROWS = [4, 4, 4], [12], [3, 12]


def session(model, options=(), level=None, executed=None):
    opts = ort.SessionOptions()
    opts.log_severity_level = 4
    for key in options:
        opts.add_session_config_entry(key, "1")
    if level is not None:
        opts.graph_optimization_level = level
    if executed is None:
        return ort.InferenceSession(model.SerializeToString(), opts, providers=["CPUExecutionProvider"])
    with tempfile.TemporaryDirectory() as tmp:
        opts.optimized_model_filepath = os.path.join(tmp, "optimized.onnx")
        sess = ort.InferenceSession(model.SerializeToString(), opts, providers=["CPUExecutionProvider"])
        executed.extend(n.op_type for n in onnx.load(opts.optimized_model_filepath).graph.node)
    return sess


class Codes:
    """Codes of a tensor: their name, scale, zero point and type."""

    def __init__(self, name, s, z, dtype):
        self.name, self.s, self.z, self.dtype = name, F32(s), int(z), dtype


def short(s):
    """The nearest scale with three bits: sums and products then are ties often."""
    m, e = np.frexp(np.asarray(s, float))
    return F32(np.rint(m * 8) / 8 * 2.0 ** e)


class Case:
    ties = False  # scales of three bits
    batch = "N"  # any number of samples; a number: every shape is known

    def __init__(self, name, shape, kind, border=True):
        """border: a float input with a QuantizeLinear; else codes."""
        self.name, self.nodes, self.init, self.count = name, [], {}, 0
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.dtype, self.shape = TYPES[kind], list(shape)
        self.domains = {"": 17}
        # One input for all cases of a shape and type: all codes, some beyond the range, some half way between two.
        r = np.random.RandomState(zlib.crc32(repr((shape, kind)).encode()))
        lo, hi = RANGE[self.dtype]
        z, s = lo + 117, self.scale(0.0213)
        code = r.permutation(256)[:max(256, int(np.prod(shape)))] + lo
        samples = 256 // int(np.prod(shape))
        code = np.resize(code, [samples] + self.shape).astype(float)
        codes = code.astype(self.dtype)
        code = np.where(r.randint(0, 5, code.shape) == 0, code + 0.5, code)
        self.x = ((code - z) * float(s)).astype(F32) if border else codes
        self.input = Codes("x", s, z, self.dtype)
        if border:
            self.input.name = self.node("QuantizeLinear", ["x", self.const(s, F32), self.const(z, self.dtype)])

    def scale(self, s):
        return short(s) if self.ties else F32(s)

    def const(self, value, dtype=None):
        name = "c%d" % len(self.init)
        self.init[name] = np.asarray(value, dtype)
        return name

    def node(self, op, inputs, domain="", **attrs):
        self.count += 1
        out = "t%d" % self.count
        if domain:
            self.domains[domain] = 1
        self.nodes.append(helper.make_node(op, inputs, [out], name="n%d" % self.count, domain=domain, **attrs))
        return out

    def params(self, c):
        return [self.const(c.s, F32), self.const(c.z, c.dtype)]

    def dq(self, c, **attrs):
        return self.node("DequantizeLinear", [c.name] + self.params(c), **attrs)

    def fitting(self, at, dtype=None, zero=None):
        """Scale and zero point for the reals `at`: a few of them saturate."""
        v = self.run(self.model(at, "float32"), level=ort.GraphOptimizationLevel.ORT_DISABLE_ALL)
        v = np.append(v[np.isfinite(v)], F32(0))
        dtype = dtype or self.dtype
        lo, hi = RANGE[dtype]
        s = self.scale((np.quantile(np.abs(v), 0.97) / 110 + 1e-6) * np.exp(self.rng.uniform(-0.3, 0.3)))
        z = lo + self.rng.randint(40, 216) if zero is None else zero
        return Codes(None, s, z, dtype)

    def q(self, at, to=None, **kw):
        to = to or self.fitting(at, **kw)
        return Codes(self.node("QuantizeLinear", [at] + self.params(to)), to.s, to.z, to.dtype)

    def constant(self, form, real, dtype=None, axis=0):
        """A constant operand near `real`: its name. Forms: dq, dq-node, dq-axis (one scale a channel), float, node, value."""
        real = np.asarray(real, F32)
        if form in ("float", "node", "value"):
            if form == "float":
                return self.const(real)
            if form == "value":
                return self.node("Constant", [], value_float=float(real))
            return self.node("Constant", [], value=numpy_helper.from_array(real))
        dtype = dtype or self.dtype
        s, z = self.scale(0.0171), RANGE[dtype][0] + 90
        if form == "dq-axis":
            s = (s * self.rng.uniform(0.5, 1.5, real.shape[axis])).astype(F32)
            z = np.full(len(s), z, dtype)
        across = s.reshape([-1 if i == axis else 1 for i in range(real.ndim)]) if form == "dq-axis" else s
        codes = np.clip(np.rint(real / across).astype(int) + (z if np.ndim(z) == 0 else z[0]), *RANGE[dtype]).astype(dtype)
        names = [self.const(v, t) for v, t in ((codes, dtype), (s, F32), (z, dtype))]
        if form == "dq-node":
            names = [self.node("Constant", [], value=numpy_helper.from_array(np.asarray(self.init.pop(n)))) for n in names]
        return self.node("DequantizeLinear", names, **({"axis": axis} if form == "dq-axis" else {}))

    def model(self, at, dtype):
        info = helper.make_tensor_value_info
        nodes = [onnx.NodeProto.FromString(n.SerializeToString()) for n in self.nodes]
        for n in nodes:
            n.output[:] = ["y" if o == at else o for o in n.output]
            n.input[:] = ["y" if i == at else i for i in n.input]
        graph = helper.make_graph(nodes, "g", [info("x", ELEM[str(self.x.dtype)], [self.batch] + self.shape)],
                                  [info("y", ELEM[dtype], None)],
                                  [numpy_helper.from_array(v, k) for k, v in self.init.items()])
        return helper.make_model(graph, opset_imports=[helper.make_opsetid(d, v) for d, v in self.domains.items()],
                                 producer_name="make_sweep", ir_version=8)

    def run(self, model, **how):
        sess = session(model, **how)
        if self.batch != 1:
            return sess.run(None, {"x": self.x})[0]
        return np.concatenate([sess.run(None, {"x": s[None]})[0] for s in self.x])

    def end(self, tail, at):
        """tail: codes, float (of the codes), or real (a float that was never quantized)."""
        if tail == "real":
            self.y, self.y_type = at, "float32"
        elif tail == "float":
            self.y, self.y_type = self.dq(at), "float32"
        else:
            self.y, self.y_type = at.name, at.dtype
        return self


class Pack:
    """Pieces of one file, equal ones once."""

    def __init__(self):
        self.data, self.places = b"", {}

    def add(self, piece):
        key = hashlib.sha256(piece).digest()
        if key not in self.places:
            self.places[key] = [len(self.data), len(piece)]
            self.data += piece
        return self.places[key]


def npy(array):
    f = io.BytesIO()
    np.save(f, array)
    return f.getvalue()


def write(out, cases):
    """cases: name, model bytes, x, y (None: the framework does not run it) and what else the index says."""
    out.mkdir(exist_ok=True)
    models, arrays, index = Pack(), Pack(), []
    for name, model, x, y, about in cases:
        entry = {"name": name, "model": models.add(model)}
        if y is not None:
            entry.update(x=arrays.add(npy(x)), y=arrays.add(npy(y)))
        index.append(dict(entry, **about))
    names = [e["name"] for e in index]
    assert len(set(names)) == len(names)
    for name, pack in (("models", models), ("arrays", arrays)):
        (out / (name + ".bin.gz")).write_bytes(gzip.compress(pack.data, mtime=0))
    with open(out / "index.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(e) for e in index) + "\n]\n")
    print("%d cases, %d bytes of models, %d of arrays" % (len(index), len(models.data), len(arrays.data)))


def files(wanted, cases, suffix):
    """The named cases as files of their own."""
    for name, model, x, y, _ in cases:
        if name in wanted:
            Path(name + suffix).write_bytes(model)
            for part, array in (("x", x), ("y", y)):
                if array is not None:
                    np.save("%s.%s.npy" % (name, part), array)


def results(cases):
    differing = 0
    for case in cases:
        model, executed = case.model(case.y, case.y_type), []
        try:
            y = case.run(model, options=["session.x64quantprecision"], executed=executed)
        except Exception as e:  # ONNX Runtime does not run it: then niello has to refuse it.
            yield case.name, model.SerializeToString(), case.x, None, {"fails": str(e).split(" ")[0]}
            continue
        differing += int((case.run(model) != y).sum())
        yield case.name, model.SerializeToString(), case.x, y, {
            "sums_in_float": sorted(set(executed) & SUMS)}
    print("default options give %d elements otherwise" % differing)


if __name__ == "__main__":
    from sweep_cases import cases
    if sys.argv[1:]:
        files(sys.argv[1:], results(cases()), ".onnx")
    else:
        write(OUT, results(cases()))
