"""Write small quantized TFLite models with reference outputs into tflite/.

Per model: NAME.tflite, NAME.x.npy (one sample per row: the model's input without its batch
axis of 1) and NAME.y.npy, computed by the LiteRT interpreter with its reference kernels
(OpResolverType.BUILTIN_REF), one call per sample. index.json counts the output elements in which a
plain integer evaluation (below) differs from that, and in which LiteRT's other kernels do.
"""
import itertools
import json
import struct
import zlib
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as fb
from ai_edge_litert.interpreter import Interpreter, OpResolverType

OUT = Path(__file__).resolve().parent / "tflite"
F32 = np.float32
RANGE = {"uint8": (0, 255), "int8": (-128, 127)}
TYPE = {"float32": fb.TensorType.FLOAT32, "int32": fb.TensorType.INT32,
        "uint8": fb.TensorType.UINT8, "int8": fb.TensorType.INT8}
ACT = {None: fb.ActivationFunctionType.NONE, "RELU": fb.ActivationFunctionType.RELU,
       "RELU6": fb.ActivationFunctionType.RELU6}
OPS = {name: getattr(fb.BuiltinOperator, name)
       for name in ("FULLY_CONNECTED", "QUANTIZE", "DEQUANTIZE", "RESHAPE", "SOFTMAX", "TANH", "CONV_2D",
                    "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D", "ADD", "MUL", "MEAN", "REDUCE_MAX", "SUB", "PAD", "PADV2",
                    "CONCATENATION", "RELU", "RELU6", "RELU_N1_TO_1", "LEAKY_RELU", "LOGISTIC", "HARD_SWISH", "EXP", "TRANSPOSE", "DEPTH_TO_SPACE",
                    "RESIZE_NEAREST_NEIGHBOR", "SHAPE", "STRIDED_SLICE", "PACK", "MAXIMUM", "MINIMUM", "BATCH_MATMUL")}


# integer rules of the reference kernels
def half_away(v):
    return (np.sign(v) * np.floor(np.abs(v) + 0.5)).astype(np.int64)


def quantize(v, s, z, dtype):
    return np.clip(half_away((np.asarray(v, F32) / F32(s)).astype(float)) + z, *RANGE[dtype])


def multiplier(ratio):
    """A real as a 31-bit multiplier and a shift."""
    mant, shift = np.frexp(ratio)
    m = int(half_away(mant * 2.0 ** 31))
    return (m >> 1, int(shift) + 1) if m == 1 << 31 else (m, int(shift))


def rescale(v, ratio):
    return fixed(v, *multiplier(ratio))


def fixed(v, m, shift):
    """Fixed-point multiply with two roundings (31-bit multiplier, then a shift)."""
    left, right = max(shift, 0), max(-shift, 0)
    p = (v << left) * m
    high = p + np.where(p >= 0, 1 << 30, 1 - (1 << 30))
    high = np.where(high >= 0, high >> 31, -(-high >> 31))  # towards zero
    rest = high & ((1 << right) - 1)
    return (high >> right) + (rest > ((1 << right) - 1) // 2 + (high < 0))


def fc_rule(acc, m):
    """FULLY_CONNECTED: float64 multiplier and product, half away from zero."""
    return half_away(acc * m)


class Net:
    def __init__(self, name, about, shape, dtype="int8", scales="log", samples=32, border=False):
        """shape: input without its batch axis. border: float input with a QUANTIZE."""
        self.name, self.about, self.scales = name, about, scales
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.tensors, self.operators, self.codes, self.ties = [], [], [], 0
        self.buffers = [fb.BufferT()]  # buffer 0 is the empty one
        self.dtype, self.s, self.z = dtype, self.scale(0.02), self.zero(dtype)
        lo, hi = RANGE[dtype]
        full = [samples] + list(shape)
        if border:  # a little beyond the range, every fourth value exactly half way
            code = self.rng.uniform(lo - 12, hi + 12, full)
            code = np.where(self.rng.randint(0, 4, full) == 0, np.floor(code) + 0.5, code)
            self.x = ((code - self.z) * float(self.s)).astype(F32)
            self.at = self.input = self.tensor("x", [1] + list(shape), "float32")
            self.q = quantize(self.x, self.s, self.z, dtype)
            self.add("QUANTIZE", [self.at], shape, dtype)
        else:
            self.x = self.rng.randint(lo, hi + 1, full).astype(dtype)
            self.x[0] = self.z  # sample 0 is all zeros: its accumulators are the biases
            self.q = self.x.astype(np.int64)
            self.at = self.input = self.tensor("x", [1] + list(shape), dtype, self.s, self.z)
        self.y = None

    # random parameters
    def scale(self, about):
        if self.scales == "pow2":
            return F32(2.0 ** np.rint(np.log2(about)))
        return F32(about * np.exp(self.rng.uniform(-0.3, 0.3)))

    def zero(self, dtype):
        return int(RANGE[dtype][0] + self.rng.randint(40, 216))

    # file pieces
    def tensor(self, name, shape, dtype, s=None, z=0, data=None, axis=0):
        t = fb.TensorT()
        t.name, t.shape, t.type, t.buffer = name.encode(), [int(d) for d in shape], TYPE[dtype], 0
        if s is not None:
            t.quantization = fb.QuantizationParametersT()
            t.quantization.scale = np.atleast_1d(np.asarray(s, F32))
            t.quantization.zeroPoint = np.broadcast_to(np.asarray(z, np.int64), t.quantization.scale.shape)
            t.quantization.quantizedDimension = axis
        if data is not None:
            buf = fb.BufferT()
            buf.data = np.frombuffer(np.ascontiguousarray(data, dtype).tobytes(), np.uint8)
            t.buffer = len(self.buffers)
            self.buffers.append(buf)
        self.tensors.append(t)
        return len(self.tensors) - 1

    def add(self, op, inputs, out_shape, dtype, version=1, options=None, kind=fb.BuiltinOptions.NONE):
        """Append an operator; its output takes the current scale and zero point."""
        s = None if dtype == "float32" else self.s
        self.at = self.tensor("t%d" % len(self.operators), [1] + list(out_shape), dtype, s, self.z)
        if (op, version) not in self.codes:
            self.codes.append((op, version))
        node = fb.OperatorT()
        node.opcodeIndex = self.codes.index((op, version))
        node.inputs, node.outputs = inputs, [self.at]
        node.builtinOptionsType, node.builtinOptions = kind, options
        self.operators.append(node)
        return self

    # layers
    def near_ties(self, n):
        """An output scale, and per channel a weight scale and a bias whose accumulator two
        neighbouring rules (float32 multiplier; double rounding) round differently, in turn."""
        sy, sw, bias = self.scale(0.1), [], []
        acc = np.arange(1, 60000)
        while len(sw) < n:
            s = self.scale(0.01)
            m = float(self.s) * float(s) / float(sy)
            right = half_away(acc * m)
            other = half_away(acc * (float(F32(self.s * s)) / float(sy))) if len(sw) % 2 else rescale(acc, m)
            hard = acc[(other != right) & (right < 60)]
            if len(hard):
                sw.append(s)
                bias.append(self.rng.choice(hard) * self.rng.choice([-1, 1]))
        return sy, np.array(sw, F32), np.array(bias)

    def fc(self, n, act=None, per_channel=False, wmax=127, bias=True, near=False):
        r, k, d = self.rng, self.q.shape[1], self.dtype
        w, zw = r.randint(-wmax, wmax + 1, (n, k)), 0
        if d == "uint8":
            zw = int(r.randint(90, 160))
            w = np.clip(w + zw, 0, 255)
        sw = np.array([self.scale(0.01 * r.choice([0.5, 1, 2])) for _ in range(n)] if per_channel
                      else [self.scale(0.01)], F32)
        spread = int(40 * wmax * np.sqrt(k))
        b = r.randint(-spread, spread + 1, n) if bias else np.zeros(n, np.int64)
        if near:
            sy, sw, b = self.near_ties(n)
        acc = (self.q - self.z) @ (w - zw).T + b
        real = acc * (float(self.s) * sw.astype(float))
        if not near:
            about = 6 / 150.0 if act == "RELU6" else np.quantile(np.abs(real), 0.97) / 110.0
            sy = self.scale(about)
        zy = self.zero(d)
        m = float(self.s) * sw.astype(float) / float(sy)
        self.ties += int((np.abs(acc * m) % 1 == 0.5).sum())
        code = np.clip(fc_rule(acc, m) + zy, *RANGE[d])
        if act:
            code = np.maximum(code, zy)
        if act == "RELU6":
            code = np.minimum(code, quantize(6.0, sy, zy, d))

        i = len(self.operators)
        ins = [self.at, self.tensor("w%d" % i, w.shape, d, sw, zw, data=w),
               self.tensor("b%d" % i, [n], "int32", self.s * sw, 0, data=b) if bias else -1]
        options = fb.FullyConnectedOptionsT()
        options.fusedActivationFunction = ACT[act]
        self.q, self.s, self.z = code, sy, zy
        return self.add("FULLY_CONNECTED", ins, [n], d, 1 if d == "uint8" else 4, options,
                        fb.BuiltinOptions.FullyConnectedOptions)

    def batch_matmul(self, n, zw=0):
        """Rows times a constant matrix."""
        k, sw = self.q.shape[-1], self.scale(0.01)
        w = self.rng.randint(-128, 128, (k, n))
        acc = (self.q - self.z) @ (w - zw)
        sy, zy = self.scale(np.quantile(np.abs(acc), 0.97) * float(self.s) * float(sw) / 110.0), self.zero(self.dtype)
        code = np.clip(rescale(acc, float(self.s * sw) / float(sy)) + zy, *RANGE[self.dtype])
        ins = [self.at, self.tensor("w%d" % len(self.operators), [1, k, n], self.dtype, sw, zw, data=w)]
        self.q, self.s, self.z = code, sy, zy
        return self.add("BATCH_MATMUL", ins, self.q.shape[1:], self.dtype, 1, fb.BatchMatMulOptionsT(), fb.BuiltinOptions.BatchMatMulOptions)

    def requantize(self, about=None, dtype=None, same_scale=False):
        """QUANTIZE from integer to integer."""
        old_s, old_z = self.s, self.z
        if same_scale:  # uint8 to int8, as converters put it at a model's border
            self.dtype, self.z = "int8", old_z - 128
        else:
            self.dtype = dtype or self.dtype
            self.s, self.z = self.scale(float(old_s) * about), self.zero(self.dtype)
        self.q = np.clip(rescale(self.q - old_z, float(old_s) / float(self.s)) + self.z, *RANGE[self.dtype])
        return self.add("QUANTIZE", [self.at], self.q.shape[1:], self.dtype, 2)

    def flatten(self):
        self.q = self.q.reshape(len(self.q), -1)
        shape = [1, self.q.shape[1]]
        options = fb.ReshapeOptionsT()
        options.newShape = shape
        return self.add("RESHAPE", [self.at, self.tensor("shape", [2], "int32", data=shape)], shape[1:],
                        self.dtype, 1, options, fb.BuiltinOptions.ReshapeOptions)

    def flatten_any(self):
        """As Keras reshapes a batch of any size: SHAPE, its first entry, PACK with what is known, RESHAPE."""
        x, shape = self.at, [1, int(np.prod(self.q.shape[1:]))]
        const = lambda name, v: self.tensor(name, np.shape(v), "int32", data=v)

        def shape_of(op, inputs, out, options, kind, version=1):
            if (op, version) not in self.codes:
                self.codes.append((op, version))
            node = fb.OperatorT()
            node.opcodeIndex, node.inputs = self.codes.index((op, version)), inputs
            node.outputs = [self.tensor(op.lower(), out, "int32")]
            node.builtinOptionsType, node.builtinOptions = kind, options
            self.operators.append(node)
            return node.outputs[0]

        kinds = fb.BuiltinOptions
        of, first, pack = fb.ShapeOptionsT(), fb.StridedSliceOptionsT(), fb.PackOptionsT()
        of.outType, first.shrinkAxisMask, pack.valuesCount = TYPE["int32"], 1, 2
        at = shape_of("SHAPE", [x], [self.q.ndim], of, kinds.ShapeOptions)
        begin, end, stride = const("begin", [0]), const("end", [1]), const("stride", [1])
        at = shape_of("STRIDED_SLICE", [at, begin, end, stride], [], first, kinds.StridedSliceOptions)
        at = shape_of("PACK", [at, const("known", shape[1])], [2], pack, kinds.PackOptions)
        self.q = self.q.reshape(len(self.q), -1)
        return self.add("RESHAPE", [x, at], shape[1:], self.dtype)

    def dequantize(self):
        self.y = (self.q - self.z).astype(F32) * self.s
        return self.add("DEQUANTIZE", [self.at], self.q.shape[1:], "float32", 2)

    def unsupported(self):
        """EXP and SOFTMAX behind the last layer (EXP is not built)."""
        shape = self.q.shape[1:]
        self.s, self.z = F32(1 / 32), -128
        self.add("EXP", [self.at], shape, self.dtype, 2)
        self.s, self.z = F32(1 / 256), -128
        options = fb.SoftmaxOptionsT()
        options.beta = 1.0
        return self.add("SOFTMAX", [self.at], shape, self.dtype, 2, options, fb.BuiltinOptions.SoftmaxOptions)

    def moved_by_four(self):
        """The file's zero points will lie at places that are no multiple of eight."""
        self.moved = True
        return self

    def file(self):
        if self.y is None:
            self.y = self.q.astype(self.dtype)
        self.tensors[self.at].name = b"y"
        graph = fb.SubGraphT()
        graph.name, graph.tensors, graph.operators = b"main", self.tensors, self.operators
        graph.inputs, graph.outputs = [self.input], [self.at]
        model = fb.ModelT()
        model.version, model.description = 3, b"make_tflite"
        model.subgraphs, model.buffers, model.operatorCodes = [graph], self.buffers, []
        for op, version in self.codes:
            code = fb.OperatorCodeT()
            code.builtinCode, code.deprecatedBuiltinCode = OPS[op], min(OPS[op], 127)
            code.version = version
            model.operatorCodes.append(code)
        builder = flatbuffers.Builder(1024)
        builder.Finish(model.Pack(builder), b"TFL3")
        return unaligned(bytes(builder.Output())) if getattr(self, "moved", False) else bytes(builder.Output())


def unaligned(data):
    """The zero points of every tensor once more, behind the file and four bytes beside multiples of eight."""
    data = bytearray(data)
    word = lambda at, fmt="<I": struct.unpack_from(fmt, data, at)[0]
    follow = lambda at: at + word(at)

    def field(table, n):
        slots = table - word(table, "<i")
        at = word(slots + 4 + 2 * n, "<H") if 4 + 2 * n < word(slots, "<H") else 0
        return table + at if at else None

    entries = lambda at: [follow(at + 4 + 4 * k) for k in range(word(at))]
    for graph in entries(follow(field(follow(0), 2))):
        for tensor in entries(follow(field(graph, 0))):
            quantization = field(tensor, 4)
            zeros = quantization and field(follow(quantization), 3)
            if zeros:
                old = follow(zeros)
                data += bytes(-len(data) % 8)
                struct.pack_into("<I", data, zeros, len(data) - zeros)
                data += data[old:old + 4 + 8 * word(old)]
                assert (follow(zeros) + 4) % 8 == 4
    return bytes(data)


def run(data, x, resolver):
    it = Interpreter(model_content=data, experimental_op_resolver_type=resolver, num_threads=1)
    it.allocate_tensors()
    i, o = it.get_input_details()[0]["index"], it.get_output_details()[0]["index"]
    rows = []
    for sample in x:
        it.set_tensor(i, sample[None])
        it.invoke()
        rows.append(it.get_tensor(o)[0].copy())
    return np.stack(rows)


def models():
    yield Net("fc_s8", "int8, per tensor, no activation", [24]).fc(10)
    yield Net("fc_s8_relu", "fused RELU, two layers", [17]).fc(12, "RELU").fc(7)
    yield Net("fc_s8_relu6", "fused RELU6, two layers", [20], samples=40).fc(12, "RELU6", wmax=60).fc(
        6, "RELU6", wmax=60)
    yield Net("fc_s8_pc", "per channel, two layers", [19]).fc(11, "RELU", per_channel=True).fc(6, per_channel=True)
    yield Net("fc_s8_nobias", "no bias, two layers", [14]).fc(9, bias=False).fc(8, bias=False)
    yield Net("fc_s8_ties", "power-of-two scales and small weights: many exact ties", [12], scales="pow2",
              samples=40).fc(24, wmax=3).fc(16, "RELU", wmax=2)
    yield Net("fc_s8_near", "biases near ties, where a float32 multiplier or double rounding goes wrong (sample 0)",
              [6], samples=24).fc(40, per_channel=True, wmax=20, near=True)
    yield Net("fc_u8", "uint8 with weight zero points, RELU then none", [16], "uint8").fc(9, "RELU").fc(7)
    yield Net("fc_u8_nobias_ties", "uint8, power-of-two scales, no bias", [9], "uint8", scales="pow2",
              samples=40).fc(16, wmax=3, bias=False)
    yield Net("batch_matmul", "BATCH_MATMUL of rows and constant matrices, without a zero point and with one, which XNNPACK leaves alone",
              [6, 20], samples=40).batch_matmul(12).batch_matmul(9, 3)
    yield Net("float_io", "QUANTIZE, two layers, DEQUANTIZE", [15], border=True).fc(10, "RELU").fc(5).dequantize()
    yield Net("reshape", "RESHAPE of [1, 2, 3, 4] to [1, 24] in front", [2, 3, 4]).flatten().fc(8)
    yield Net("reshape_any_batch", "RESHAPE of [1, 2, 3, 4] for a batch of any size: SHAPE, STRIDED_SLICE, PACK",
              [2, 3, 4]).flatten_any().fc(8)
    yield Net("unaligned", "zero points at places that are no multiple of eight", [16], "uint8").fc(
        9, "RELU").fc(7).moved_by_four()
    yield Net("requant_s8", "QUANTIZE int8 to int8 between layers: coarser, then finer scale", [13],
              samples=40).fc(12).requantize(1.37).fc(10).requantize(0.61).fc(8)
    yield Net("requant_ties", "QUANTIZE int8 to int8 with ratios 1/2 and 1/4: exact ties", [11], scales="pow2",
              samples=40).requantize(2).fc(14).requantize(4)
    yield Net("requant_u8_io", "uint8 at the border, int8 inside; QUANTIZE at both ends", [18], "uint8").requantize(
        same_scale=True).fc(9, "RELU").fc(6).requantize(1.21, "uint8")


def main():
    from make_tflite_images import models as image_models, refused
    OUT.mkdir(exist_ok=True)
    index = []
    for net in itertools.chain(models(), image_models()):
        data = net.file()
        y = run(data, net.x, OpResolverType.BUILTIN_REF)
        assert y.dtype == net.y.dtype and y.shape == net.y.shape
        np.save(OUT / (net.name + ".x.npy"), net.x)
        np.save(OUT / (net.name + ".y.npy"), y)
        (OUT / (net.name + ".tflite")).write_bytes(data)
        others = {"builtin": OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES, "auto": OpResolverType.AUTO}
        e = {"name": net.name, "about": net.about,
             "ops": [net.codes[n.opcodeIndex][0] for n in net.operators],
             "input": [str(net.x.dtype), [1] + list(net.x.shape[1:])],
             "output": [str(y.dtype), [1] + list(y.shape[1:])],
             "samples": len(y), "elements": int(y.size), "ties": net.ties, "wrong": int((y != net.y).sum())}
        if set(e["ops"]) <= {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "RESHAPE", "BATCH_MATMUL"}:
            # What a Python user's interpreter computes: XNNPACK, which has rules of its own for these operators.
            np.save(OUT / (net.name + ".xnnpack.npy"), run(data, net.x, OpResolverType.AUTO))
        for key, resolver in others.items():
            e["differ_" + key] = int((y != run(data, net.x, resolver)).sum())
        index.append(e)
        print("%-18s %5d bytes  ties %4d  wrong %d of %4d  other kernels differ: builtin %3d auto %3d  codes %3d" % (
            net.name, len(data), net.ties, e["wrong"], y.size, e["differ_builtin"], e["differ_auto"],
            len(np.unique(y))))
    bad = Net("unsupported", "must be refused; no data files", [8]).fc(4).unsupported()
    data = bad.file()
    run(data, bad.x[:1], OpResolverType.BUILTIN_REF)  # it is runnable
    (OUT / "unsupported.tflite").write_bytes(data)
    index.append({"name": bad.name, "about": bad.about, "ops": [bad.codes[n.opcodeIndex][0] for n in bad.operators]})
    for net in refused():
        (OUT / (net.name + ".tflite")).write_bytes(net.file())
        index.append({"name": net.name, "about": net.about})
    with open(OUT / "index.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(e) for e in index) + "\n]\n")


if __name__ == "__main__":
    main()
