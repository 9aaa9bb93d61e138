"""Write small quantized ONNX models with ONNX Runtime's outputs into onnx/.

Per model: NAME.onnx, NAME.x.npy (first axis = samples) and NAME.y.npy. index.json tells, per
model, which operators the file has, which ones ONNX Runtime really executes, and in how many
output elements a plain integer evaluation (below) differs from ONNX Runtime.

Scales and zero points are drawn at random (seeded). Net adds a layer to the graph and at
the same time moves the integer codes of the test inputs through it, so an output scale can be
chosen to fit the accumulators that really occur.
"""
import json
import os
import tempfile
import zlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).resolve().parent / "onnx"
F32 = np.float32
RANGE = {"uint8": (0, 255), "int8": (-128, 127)}
ELEM = {"uint8": TensorProto.UINT8, "int8": TensorProto.INT8, "float32": TensorProto.FLOAT}
MAC_INTEGER = {"QGemm", "QLinearMatMul", "MatMulInteger", "MatMulIntegerToFloat"}
MAC_FLOAT = {"Gemm", "MatMul", "FusedGemm", "FusedMatMul"}


def to_codes(v, s, z, dtype):
    """QuantizeLinear: float32 division, half to even, then the zero point, then saturation."""
    return np.clip(np.rint(np.asarray(v, F32) / F32(s)).astype(np.int64) + z, *RANGE[dtype])


def to_float(q, s, z):
    return (q - z).astype(F32) * F32(s)


class Net:
    def __init__(self, name, about, shape, dtype="uint8", scales="log", samples=32, border=True,
                 opset=17, flat=None, batch="N"):
        """shape: input without the batch axis. border: float input with a QuantizeLinear.
        flat: None, or the operator ("Flatten", "Reshape") that makes a matrix of the float input."""
        self.name, self.about, self.opset = name, about, opset
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.scales, self.batch = scales, batch
        self.nodes, self.init, self.domains = [], {}, {"": opset}
        self.count, self.ties = 0, 0
        self.in_shape, self.in_dtype = list(shape), "float32" if border else dtype
        self.dtype, self.s, self.z = dtype, self.scale(0.02), self.zero(dtype)

        lo, hi = RANGE[dtype]
        full = [samples] + self.in_shape
        if border:  # codes a little beyond the type's range, every fourth one exactly half way
            code = self.rng.uniform(lo - 12, hi + 12, full)
            code = np.where(self.rng.randint(0, 4, full) == 0, np.floor(code) + 0.5, code)
            code[0] = self.z  # sample 0 is all zeros: its accumulators are the biases
            self.x = ((code - self.z) * float(self.s)).astype(F32)
            self.q = to_codes(self.x, self.s, self.z, dtype)
            at = "x"
            if flat:
                at = self.reshape_node(flat, at)
                self.q = self.q.reshape(samples, -1)
            self.at = self.quantize_node(at, self.s, self.z, dtype)
        else:
            self.x = self.rng.randint(lo, hi + 1, full).astype(dtype)
            self.q, self.at = self.x.astype(np.int64), "x"
        self.y, self.y_name = None, None  # set when the graph ends in float

    # random parameters
    def scale(self, about):
        r = self.rng
        if self.scales == "pow2":
            return F32(2.0 ** np.rint(np.log2(about)))
        if self.scales == "short":  # odd 3-bit mantissa: exact ties become frequent
            return F32(r.choice([1, 3, 5, 7]) / 4.0 * 2.0 ** np.floor(np.log2(about)))
        return F32(about * np.exp(r.uniform(-0.3, 0.3)))

    def zero(self, dtype):
        lo, _ = RANGE[dtype]
        return int(lo + self.rng.randint(40, 216))

    # graph pieces
    def const(self, value, dtype=None):
        name = "c%d" % len(self.init)
        self.init[name] = np.asarray(value, dtype)
        return name

    def node(self, op, inputs, domain="", **attrs):
        self.count += 1
        out = "t%d" % self.count
        if domain:
            self.domains[domain] = 1
        self.nodes.append(helper.make_node(op, inputs, [out], name="n%d" % self.count,
                                           domain=domain, **attrs))
        return out

    def quantize_node(self, at, s, z, dtype):
        return self.node("QuantizeLinear", [at, self.const(s, F32), self.const(z, dtype)])

    def dequantize_node(self, at, s, z, dtype, **attrs):
        return self.node("DequantizeLinear", [at, self.const(s, F32), self.const(z, dtype)], **attrs)

    def reshape_node(self, op, at):
        if op == "Flatten":
            return self.node("Flatten", [at], axis=1)
        return self.node("Reshape", [at, self.const([0, -1], np.int64)])  # keep axis 0, join the rest

    # one multiply-accumulate layer
    def weights(self, n, per_channel, wdtype, wmax):
        """Codes [K, N], scales and zero points, each scalar or [N]."""
        r, k = self.rng, self.q.shape[1]
        w = r.randint(-wmax, wmax, (k, n))
        s = self.scale(0.01) if not per_channel else np.array([self.scale(0.01 * r.choice([0.5, 1, 2]))
                                                               for _ in range(n)], F32)
        z = np.zeros(n, np.int64)
        if wdtype == "uint8":
            z = r.randint(70, 180, n) if per_channel else np.full(n, r.randint(70, 180))
            w = np.clip(w + z + r.randint(-20, 21, n), 0, 255)  # not centred on the zero point
        return w, s, (z if per_channel else z[0])

    def accumulate(self, w, zw, bias):
        acc = (self.q - self.z) @ (w - zw) + bias
        assert np.abs(acc).max() < 2 ** 24  # exact in float32 too
        return acc

    def near_ties(self, sa, n):
        """An output scale, and per channel a weight scale and a bias so close to a tie that
        float32 and exact arithmetic round it differently."""
        sy, sw, bias = self.scale(0.1), [], []
        acc = np.arange(1, 60000)
        while len(sw) < n:
            sw.append(self.scale(0.01))
            prod = F32(sa) * sw[-1]
            exact = np.rint(acc * float(prod) / float(sy))
            hard = acc[np.rint(acc.astype(F32) * F32(prod / sy)) != exact]
            hard = hard[np.abs(exact[hard - 1]) < 60]
            if len(hard):
                bias.append(self.rng.choice(hard) * self.rng.choice([-1, 1]))
            else:
                sw.pop()
        return sy, np.array(sw, F32), np.array(bias)

    def requantize(self, acc, prod, out, zy, sy=None):
        """Choose the output scale sy unless given, then code = sat(half_even(f32(acc) * f32(prod / sy)) + zy)."""
        if sy is None:
            about = np.quantile(np.abs(acc * prod.astype(float)), 0.97) / 110.0
            if self.scales == "tied":  # prod / sy is a power of two for channel 0
                sy = F32(prod[0] * 2.0 ** np.rint(np.log2(about / prod[0])))
            else:
                sy = self.scale(about)
        s = (prod / sy).astype(F32)
        exact = acc * prod.astype(float) / float(sy)  # a real tie is exact here
        self.ties += int((np.abs(exact) % 1 == 0.5).sum())
        code = np.rint(acc.astype(F32) * s).astype(np.int64) + zy
        return sy, np.clip(code, *RANGE[out])

    def layer(self, n, form="Gemm", per_channel=False, wdtype="int8", wmax=64, bias="int32",
              alpha=1.0, trans_b=True, act=None, zy=None, out=None, float_out=False):
        """form: Gemm, MatMul (both with Quantize/Dequantize around), QGemm, QLinearMatMul.
        bias: int32, near (ties in the samples that are 0), float (MatMul only) or None.
        act: None, "Relu" or (low, high) for Clip."""
        out = out or self.dtype
        zy = self.zero(out) if zy is None else zy
        a, sa, za, adt = self.at, self.s, self.z, self.dtype
        w, sw, zw = self.weights(n, per_channel, wdtype, wmax)
        sy = None
        if bias == "near":
            sy, sw, b = self.near_ties(sa, n)
        prod = np.atleast_1d((F32(alpha) * sa).astype(F32) * sw).astype(F32)

        if bias != "near":
            spread = int(40 * wmax * np.sqrt(len(w)))
            b = self.rng.randint(-spread, spread + 1, n) if bias else np.zeros(n, np.int64)
        bf = None
        if bias == "float":  # the optimizer turns it into int32 codes
            bf = ((b + self.rng.uniform(-0.4, 0.4, n)) * prod).astype(F32)
            b = np.rint(bf / prod).astype(np.int64)
        acc = self.accumulate(w, zw, b)

        gemm = form in ("Gemm", "QGemm")
        attrs = {"alpha": float(alpha), "transB": int(trans_b)} if gemm else {}
        wq = self.const(w.T if gemm and trans_b else w, wdtype)
        wsz = [self.const(sw, F32), self.const(zw, wdtype)]
        asz = [self.const(sa, F32), self.const(za, adt)]
        if form in ("QGemm", "QLinearMatMul"):
            ins = [a] + asz + [wq] + wsz
            if gemm:
                ins.append(self.const(b, np.int32) if bias else "")
            if float_out:
                self.y_name = self.node(form, ins, "com.microsoft", **attrs)
            else:
                sy, code = self.requantize(acc, prod, out, zy, sy)
                ins += [self.const(sy, F32), self.const(zy, out)]
                at = self.node(form, ins, "com.microsoft" if gemm else "", **attrs)
        else:
            af = self.node("DequantizeLinear", [a] + asz)
            axis = {"axis": 0 if gemm and trans_b else 1} if per_channel else {}
            wf = self.node("DequantizeLinear", [wq] + wsz, **axis)
            bias_in = []
            if bias in ("int32", "near"):
                sb = prod if per_channel else prod[0]
                bias_in = [self.dequantize_node(self.const(b, np.int32), sb, np.zeros_like(sb, np.int32),
                                                "int32", **({"axis": 0} if per_channel else {}))]
            elif bias == "float":
                bias_in = [self.const(bf)]
            if gemm:
                at = self.node("Gemm", [af, wf] + bias_in, **attrs)
            else:
                at = self.node("MatMul", [af, wf])
                if bias:
                    at = self.node("Add", [at] + bias_in)
            if float_out:
                self.y_name = at
            else:
                sy, code = self.requantize(acc, prod, out, zy, sy)
                if act == "Relu":
                    at, code = self.node("Relu", [at]), np.maximum(code, zy)
                elif act:
                    lo, hi = (F32(v) for v in act)
                    at = self.node("Clip", [at, self.const(lo), self.const(hi)])
                    code = np.clip(code, to_codes(lo, sy, zy, out), to_codes(hi, sy, zy, out))
                at = self.quantize_node(at, sy, zy, out)
        if float_out:
            self.y = acc.astype(F32) * prod
        else:
            self.at, self.q, self.s, self.z, self.dtype = at, code, sy, zy, out
        return self

    def alone(self, op, low=None, high=None, same=True):
        """DequantizeLinear -> Relu or Clip -> QuantizeLinear; same: keep scale and zero point."""
        v = to_float(self.q, self.s, self.z)
        at = self.dequantize_node(self.at, self.s, self.z, self.dtype)
        if op == "Relu":
            at, v = self.node("Relu", [at]), np.maximum(v, F32(0))
        else:
            at = self.node("Clip", [at, self.const(low, F32), self.const(high, F32)])
            v = np.clip(v, F32(low), F32(high))
        if not same:
            self.s, self.z = self.scale(float(v.max()) / 200), self.zero(self.dtype)
        self.q = to_codes(v, self.s, self.z, self.dtype)
        self.at = self.quantize_node(at, self.s, self.z, self.dtype)
        return self

    def join(self, op):
        """Flatten or Reshape between a DequantizeLinear and a QuantizeLinear of equal parameters."""
        at = self.reshape_node(op, self.dequantize_node(self.at, self.s, self.z, self.dtype))
        self.at = self.quantize_node(at, self.s, self.z, self.dtype)
        self.q = self.q.reshape(len(self.q), -1)
        return self

    def dequantize(self):
        self.y_name = self.dequantize_node(self.at, self.s, self.z, self.dtype)
        self.y = to_float(self.q, self.s, self.z)
        return self

    def model(self):
        if self.y_name is None:  # ends in codes
            self.y_name, self.y = self.at, self.q.astype(self.dtype)
        for n in self.nodes:  # name the ends of the graph
            n.output[:] = ["y" if o == self.y_name else o for o in n.output]
        info = helper.make_tensor_value_info
        graph = helper.make_graph(
            self.nodes, self.name,
            [info("x", ELEM[self.in_dtype], [self.batch] + self.in_shape)],
            [info("y", ELEM[str(self.y.dtype)], [self.batch, self.y.shape[1]])],
            [numpy_helper.from_array(v, k) for k, v in self.init.items()])
        return finish(graph, self.domains)


def finish(graph, domains):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid(d, v) for d, v in domains.items()],
                              producer_name="make_onnx", ir_version=8)
    onnx.checker.check_model(model)
    return model


def run_ort(model, x, batch):
    """Outputs at default options, and the operators of the graph that was executed."""
    with tempfile.TemporaryDirectory() as tmp:
        opts = ort.SessionOptions()
        opts.optimized_model_filepath = os.path.join(tmp, "optimized.onnx")
        opts.log_severity_level = 3
        sess = ort.InferenceSession(model.SerializeToString(), opts, providers=["CPUExecutionProvider"])
        executed = [n.op_type for n in onnx.load(opts.optimized_model_filepath).graph.node]
    parts = [x] if batch == "N" else [x[i:i + 1] for i in range(len(x))]
    return np.concatenate([sess.run(None, {"x": p})[0] for p in parts]), executed


def models():
    yield Net("qdq_gemm_u8", "per tensor, bias, no activation", [24]).layer(10).dequantize()
    yield Net("qdq_gemm_u8_pc_relu", "per channel, Gemm-Relu-Quantize with output zero point 0, two layers",
              [20]).layer(12, per_channel=True, act="Relu", zy=0).layer(5, per_channel=True).dequantize()
    yield Net("qdq_gemm_relu_zp", "Gemm-Relu-Quantize with output zero point above 0",
              [16]).layer(9, act="Relu", zy=37).layer(4).dequantize()
    yield Net("qdq_gemm_relu_zp_tied", "the same with real ties, which the float Gemm decides by its own errors",
              [10], scales="tied", samples=40).layer(16, wmax=4, act="Relu", zy=37).layer(12, wmax=4).dequantize()
    yield Net("qdq_gemm_s8", "int8 activations, per channel, two layers", [17], "int8").layer(
        11, per_channel=True).layer(6, per_channel=True).dequantize()
    yield Net("qdq_gemm_s8_relu", "int8 activations, Gemm-Relu-Quantize with output zero point -128",
              [17], "int8").layer(11, act="Relu", zy=-128).layer(6).dequantize()
    yield Net("qdq_gemm_alpha", "alpha 0.37 and transB 0, then alpha 1.6 and transB 1, no bias",
              [12]).layer(8, alpha=0.37, trans_b=False, bias=None).layer(7, alpha=1.6, bias=None).dequantize()
    yield Net("qdq_gemm_alpha_bias", "alpha 0.37 and transB 0 with a bias of scale alpha*sa*sw",
              [12]).layer(8, alpha=0.37, trans_b=False).dequantize()
    yield Net("qdq_gemm_u8w", "uint8 weights with a weight zero point; per tensor, then per channel",
              [15]).layer(9, wdtype="uint8").layer(6, wdtype="uint8", per_channel=True).dequantize()
    yield Net("qdq_gemm_ties", "short mantissas and small weights: many exact ties; no bias in layer 2",
              [14], scales="short", samples=40).layer(24, wmax=4).layer(16, wmax=3, bias=None).dequantize()
    yield Net("qdq_gemm_tied", "random scales whose ratio is a power of two: real ties that a float Gemm would miss",
              [14], scales="tied", samples=40).layer(16, wmax=4).layer(12, wmax=3, per_channel=True).dequantize()
    yield Net("qdq_gemm_near", "biases so near to ties that only float32 arithmetic rounds as ONNX Runtime (sample 0)",
              [6], samples=24).layer(40, per_channel=True, wmax=20, bias="near").dequantize()
    yield Net("qop_qgemm_near", "the same for int8 and QGemm", [6], "int8", samples=24).layer(
        40, "QGemm", per_channel=True, wmax=20, bias="near").dequantize()
    yield Net("qdq_gemm_pow2", "power-of-two scales, int8 weights per channel, small weights",
              [9], scales="pow2", samples=40).layer(24, wmax=3, per_channel=True).layer(12, wmax=3).dequantize()
    yield Net("qdq_gemm_float_out", "the last Gemm has no QuantizeLinear behind it: float output",
              [13]).layer(8, act="Relu", zy=0).layer(5, per_channel=True, float_out=True)
    yield Net("qdq_matmul", "MatMul without Add, per channel then per tensor", [22]).layer(
        9, "MatMul", bias=None, per_channel=True).layer(5, "MatMul", bias=None).dequantize()
    yield Net("qdq_matmul_s8", "MatMul without Add, int8 activations", [22], "int8").layer(
        9, "MatMul", bias=None).layer(5, "MatMul", bias=None).dequantize()
    yield Net("qdq_matmul_add_float", "MatMul and Add of a float constant; per tensor, then per channel", [18]).layer(
        10, "MatMul", bias="float").layer(6, "MatMul", bias="float", per_channel=True).dequantize()
    yield Net("qdq_matmul_add_int", "MatMul and Add of a dequantized int32 constant; per tensor, then per channel",
              [18]).layer(10, "MatMul").layer(6, "MatMul", per_channel=True).dequantize()
    yield Net("qdq_gemm_clip", "Gemm-Clip(0, 6)-Quantize, then Gemm", [40], samples=40).layer(
        20, act=(0.0, 6.0)).layer(7).dequantize()
    yield Net("qdq_gemm_clip_free", "Gemm-Clip-Quantize where saturation already does what Clip does",
              [14]).layer(9, act=(0.0, 1000.0), zy=0).layer(4).dequantize()
    yield Net("qdq_relu_alone", "Dequantize-Relu-Quantize between Gemms, equal then different parameters",
              [11]).layer(10).alone("Relu").layer(8).alone("Relu", same=False).layer(5).dequantize()
    yield Net("qdq_clip_alone", "Dequantize-Clip-Quantize between Gemms, equal then different parameters",
              [11]).layer(10).alone("Clip", -0.7, 1.9).layer(8).alone(
                  "Clip", 0.0, 1.2, same=False).layer(5).dequantize()
    yield Net("qdq_flatten", "input [N, 2, 3, 4]: Quantize-Dequantize-Flatten-Quantize-Dequantize-Gemm",
              [2, 3, 4]).join("Flatten").layer(7, per_channel=True).dequantize()
    yield Net("qdq_reshape", "input [1, 4, 5] (batch fixed at 1): float Reshape, then Quantize and Gemm; opset 13",
              [4, 5], flat="Reshape", batch=1, opset=13, samples=24).layer(6).dequantize()
    yield Net("qop_matmul", "QLinearMatMul twice, per tensor", [19]).layer(
        9, "QLinearMatMul", bias=None).layer(4, "QLinearMatMul", bias=None, wdtype="uint8").dequantize()
    yield Net("qop_matmul_pc", "QLinearMatMul twice, scale and zero point per column", [19]).layer(
        9, "QLinearMatMul", bias=None, per_channel=True).layer(
        4, "QLinearMatMul", bias=None, per_channel=True, wdtype="uint8").dequantize()
    yield Net("qop_qgemm_u8", "com.microsoft QGemm, per tensor, uint8; alpha 0.8 in layer 2", [21]).layer(
        8, "QGemm").layer(3, "QGemm", alpha=0.8, trans_b=False, bias=None).dequantize()
    yield Net("qop_qgemm_s8_pc", "com.microsoft QGemm, per channel, int8", [21], "int8").layer(
        8, "QGemm", per_channel=True).layer(6, "QGemm", per_channel=True, trans_b=False).dequantize()
    yield Net("qop_qgemm_float_out", "com.microsoft QGemm without y_scale: float output; alpha 1.3", [10]).layer(
        9, "QGemm", zy=0).layer(6, "QGemm", per_channel=True, alpha=1.3, float_out=True)
    yield Net("io_u8", "uint8 input and output, no Quantize at the border; QDQ Gemm", [3], border=False).layer(
        6, act="Relu", zy=0).layer(3)
    yield Net("io_s8", "int8 input and output, no Quantize at the border; QGemm", [23], "int8", border=False).layer(
        8, "QGemm", per_channel=True).layer(5, "QGemm")


def unsupported():
    """A valid model with operators outside the supported set: Conv, LSTM, Softmax."""
    r = np.random.RandomState(1)
    shapes = {"k": (2, 1, 3, 3), "w": (1, 12, 4), "r": (1, 12, 3)}
    init = [numpy_helper.from_array(r.standard_normal(s).astype(F32), n) for n, s in shapes.items()]
    init.append(numpy_helper.from_array(np.array([2, 1, 4], np.int64), "shape"))
    node = helper.make_node
    graph = helper.make_graph(
        [node("Conv", ["x", "k"], ["c"], name="conv"), node("Reshape", ["c", "shape"], ["s"], name="reshape"),
         node("LSTM", ["s", "w", "r"], ["h"], name="lstm", hidden_size=3),
         node("Softmax", ["h"], ["y"], name="softmax", axis=-1)], "unsupported",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 4, 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 1, 1, 3])], init)
    model = finish(graph, {"": 17})
    run_ort(model, np.zeros((1, 1, 4, 4), F32), 1)  # it is runnable
    return model


def main():
    OUT.mkdir(exist_ok=True)
    index = []
    for net in models():
        model = net.model()
        y, executed = run_ort(model, net.x, net.batch)
        assert y.dtype == net.y.dtype and y.shape == net.y.shape
        np.save(OUT / (net.name + ".x.npy"), net.x)
        np.save(OUT / (net.name + ".y.npy"), y)
        onnx.save(model, str(OUT / (net.name + ".onnx")))
        macs = [op for op in executed if op in MAC_INTEGER | MAC_FLOAT]
        index.append({
            "name": net.name, "about": net.about,
            "ops": [n.op_type for n in model.graph.node], "executed": executed,
            "integer": all(op in MAC_INTEGER for op in macs),
            "input": [net.in_dtype, [net.batch] + net.in_shape], "output": [str(y.dtype), [net.batch, y.shape[1]]],
            "samples": len(y), "elements": int(y.size), "ties": net.ties,
            "wrong": int((y != net.y).sum())})
        e = index[-1]
        print("%-22s %5d bytes  integer %-5s ties %3d  wrong %2d of %4d  codes %3d  %s" % (
            net.name, (OUT / (net.name + ".onnx")).stat().st_size, e["integer"], net.ties, e["wrong"], y.size,
            len(np.unique(y)), " ".join(macs)))
    bad = unsupported()
    onnx.save(bad, str(OUT / "unsupported.onnx"))
    index.append({"name": "unsupported", "about": "must be refused; no data files",
                  "ops": [n.op_type for n in bad.graph.node]})
    with open(OUT / "index.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(e) for e in index) + "\n]\n")


if __name__ == "__main__":
    main()
