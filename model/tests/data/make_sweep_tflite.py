"""Write small TFLite models over every supported operator x operand order x form of constants x type x fused activation into
sweep_tflite/, with what LiteRT's reference kernels compute; packed as make_sweep.py packs ONNX models. Given names of cases, it writes
NAME.tflite, NAME.x.npy and NAME.y.npy into the current folder instead."""
import itertools
import re
import sys
import zlib
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as fb
from ai_edge_litert.interpreter import OpResolverType

from make_sweep import files, short, write
from make_tflite import ACT, F32, OPS, RANGE, Net, run

OUT = Path(__file__).resolve().parent / "sweep_tflite"
TYPES = {"u8": "uint8", "s8": "int8"}
IMAGE, VECTOR = [4, 4, 4], [12]
ACT = dict(ACT, RELU_N1_TO_1=fb.ActivationFunctionType.RELU_N1_TO_1, TANH=fb.ActivationFunctionType.TANH)
ACTS = [None, "RELU", "RELU6", "RELU_N1_TO_1"]
for more in ("SQUEEZE", "EXPAND_DIMS", "GELU", "RSQRT", "SQUARED_DIFFERENCE", "LOG_SOFTMAX"):
    OPS[more] = getattr(fb.BuiltinOperator, more)


class Case(Net):
    ties = False  # scales of three bits

    def __init__(self, name, shape, kind, border=False):
        """One input for all cases of a shape and type: every code. border: a float input with a QUANTIZE."""
        self.name, self.scales = name, "log"
        self.rng = np.random.RandomState(zlib.crc32(name.encode()))
        self.tensors, self.operators, self.codes, self.buffers = [], [], [], [fb.BufferT()]
        self.dtype, self.shape, self.y = TYPES[kind], list(shape), None
        lo, hi = RANGE[self.dtype]
        self.s, self.z = self.short(0.0213), lo + 117
        r = np.random.RandomState(zlib.crc32(repr((shape, kind)).encode()))
        count = 256 // int(np.prod(shape))
        codes = np.resize(r.permutation(256) + lo, [count] + self.shape)
        self.x = codes.astype(self.dtype)
        if border:
            self.x = ((codes + r.choice([0, 0, 0, 0.5], codes.shape) - self.z) * float(self.s)).astype(F32)
        self.input = self.at = self.tensor("x", [1] + self.shape, str(self.x.dtype), None if border else self.s, self.z)
        if border:
            self.add("QUANTIZE", [self.at], self.shape, self.dtype)

    def short(self, s):
        return short(s) if self.ties else F32(s)

    def constant(self, shape, dtype=None, values=None, s=None, z=0, axis=0):
        d = dtype or self.dtype
        if values is None:
            values = self.rng.randint(RANGE[d][0], RANGE[d][1] + 1, shape)
        return self.tensor("c%d" % len(self.tensors), shape, d, s, z, data=values, axis=axis)

    def op(self, op, inputs, shape, to=None, version=None, dtype=None, options=None, **fields):
        """to: scale and zero point of the result; else they stay. options: their class, if it is not named after the operator."""
        dtype = dtype or self.dtype
        if to:
            self.s, self.z = self.short(to[0]), RANGE[dtype][0] + to[1]
        made = kind = None
        name = options or "".join(p.capitalize() for p in op.split("_")).replace("2d", "2D")
        if hasattr(fb, name + "OptionsT"):
            made, kind = getattr(fb, name + "OptionsT")(), getattr(fb.BuiltinOptions, name + "Options")
        for key, value in fields.items():
            setattr(made, key, value)
        return self.add(op, inputs, shape, dtype, version or (1 if dtype == "uint8" else 2), made, kind or fb.BuiltinOptions.NONE)

    def end(self, tail="codes"):
        if tail == "float":
            self.add("DEQUANTIZE", [self.at], [int(d) for d in self.tensors[self.at].shape[1:]], "float32", 2)
        self.y = True  # the codes of Net are not kept here
        return self


def marked(*marks):
    return "_".join(str(m).lower() for m in marks if m not in (None, False, ""))


def pairs():
    shapes = {"scalar": [], "one": [1], "ones": [1, 1, 1, 1], "channel": [4], "channel2": [1, 4], "channel4": [1, 1, 1, 4],
              "pixel": [1, 4, 4, 1], "rows": [1, 4, 1, 1], "image": [4, 4, 4], "full": [1, 4, 4, 4], "five": [1, 1, 1, 1, 1]}
    for op, kind, (name, shape), order, act in itertools.product(["ADD", "SUB", "MUL"], TYPES, shapes.items(), ["xc", "cx"], ACTS + ["TANH"]):
        if act and name not in ("scalar", "full"):
            continue
        c = Case(marked(op, order, name, kind, act), IMAGE, kind)
        k = c.constant(shape, s=c.short(0.0171), z=RANGE[c.dtype][0] + 90)
        ins = [c.at, k]
        c.op(op, ins if order == "xc" else ins[::-1], IMAGE, (0.031, 133), fusedActivationFunction=ACT[act])
        yield c.end()
    for op, kind, how, act in itertools.product(["ADD", "SUB", "MUL"], TYPES, ["xx", "xy", "yx", "xm", "mx", "xr", "rx"], ACTS):
        if act and "r" in how:
            continue
        c = Case(marked("pair", op, how, kind, act), IMAGE, kind)
        x = other = c.at
        if "y" in how:
            other = c.op("LEAKY_RELU", [x], IMAGE, (0.0174, 61), alpha=0.4).at
        elif "m" in how:
            other = c.op("MEAN", [x, c.constant([2], "int32", [1, 2])], [1, 1, 4], (0.0114, 101), 2, options="Reducer", keepDims=True).at
        elif "r" in how:
            other = c.op("MEAN", [x, c.constant([1], "int32", [3])], [4, 4, 1], (0.0114, 101), 2, options="Reducer", keepDims=True).at
        c.op(op, [x, other] if how[0] == "x" else [other, x], IMAGE, (0.029, 133), fusedActivationFunction=ACT[act])
        yield c.end("float" if act == "RELU" else "codes")
    for kind, how, (i, to) in itertools.product(
            TYPES, ["xx", "xy", "yx", "xm", "mx", "xr", "rx", "xc", "cx"], enumerate([(0.029, 3), (0.4, 130), (0.0007, 0)])):
        if kind == "u8" and (i or how != "xy"):
            continue
        c = Case(marked("squared_difference", how, kind, i), IMAGE, kind)
        x, mean = c.at, lambda axes, shape: c.op(
            "MEAN", [x, c.constant([len(axes)], "int32", axes)], shape, (0.0114, 101), 2, options="Reducer", keepDims=True).at
        other = {"x": lambda: x, "y": lambda: c.op("LEAKY_RELU", [x], IMAGE, (0.0174, 61), alpha=0.4).at,
                 "m": lambda: mean([1, 2], [1, 1, 4]), "r": lambda: mean([3], [4, 4, 1]),
                 "c": lambda: c.constant([4], s=c.short(0.0171), z=RANGE[c.dtype][0] + 90)}[how.replace("x", "", 1) or "x"]()
        yield c.op("SQUARED_DIFFERENCE", [x, other] if how[0] == "x" else [other, x], IMAGE, to, 2).end()


def norms():
    """A LayerNorm as converters write it."""
    for i, (shape, eps) in enumerate([([4, 4, 4], 3), ([4, 16], 1), ([16, 16], 2)]):
        c = Case("layer_norm%d_s8" % i, shape, "s8")
        one = shape[:-1] + [1]
        x, s, z = c.at, c.s, c.z + 128
        axis = lambda: c.constant([1], "int32", [len(shape)])
        const = lambda s, z: c.constant([shape[-1]], s=c.short(s), z=z)
        mean = c.op("MEAN", [x, axis()], one, (s, z), 2, options="Reducer", keepDims=True).at
        square = c.op("SQUARED_DIFFERENCE", [x, mean], shape, (0.03, 0), 2).at
        var = c.op("MEAN", [square, axis()], one, (0.03, 0), 2, options="Reducer", keepDims=True).at
        more = c.op("ADD", [var, c.constant([], values=[eps - 128], s=c.short(0.001), z=-128)], one, (0.03, 0), fusedActivationFunction=0).at
        root = c.op("RSQRT", [more], one, (0.02, 0), 2).at
        scale = c.op("MUL", [root, const(0.011, 0)], shape, (0.02, 128), fusedActivationFunction=0).at
        scaled = c.op("MUL", [x, scale], shape, (0.03, 128), fusedActivationFunction=0).at
        moved = c.op("MUL", [mean, scale], shape, (0.03, 128), fusedActivationFunction=0).at
        shift = c.op("SUB", [const(0.01, 0), moved], shape, (0.03, 128), fusedActivationFunction=0).at
        yield c.op("ADD", [scaled, shift], shape, (0.03, 128), fusedActivationFunction=0).end()


def extrema():
    """MAXIMUM and MINIMUM: of one scale, and of several."""
    shapes = {"scalar": [], "channel": [4], "channel4": [1, 1, 1, 4], "pixel": [1, 4, 4, 1], "full": [1, 4, 4, 4], "five": [1, 1, 1, 1, 1]}
    how = list(shapes) + ["x", "y", "m"]
    for op, kind, other, first, same in itertools.product(["MAXIMUM", "MINIMUM"], TYPES, how, [True, False], [True, False]):
        if other == "x" and not first:
            continue
        c = Case(marked(op, "x" + other if first else other + "x", kind, not same and "other"), IMAGE, kind)
        x, s, z = c.at, c.s, c.z - RANGE[c.dtype][0]
        to = (s, z) if same else (0.0174, 61)
        if other in shapes:
            at = c.constant(shapes[other], s=c.short(to[0]), z=RANGE[c.dtype][0] + to[1])
        elif other == "m":
            at = c.op("MEAN", [x, c.constant([2], "int32", [1, 2])], [1, 1, 4], to, 2, options="Reducer", keepDims=True).at
        else:
            at = x if other == "x" else c.op("LEAKY_RELU", [x], IMAGE, to, alpha=0.4).at
        c.op(op, [x, at] if first else [at, x], IMAGE, (s, z) if same else to, options="MaximumMinimum")
        yield c.end()


def weights(c, shape, axis, per_channel, bias, n):
    """Weights and biases: inputs of the operator."""
    z = 0 if c.dtype == "int8" else 131
    s = c.short(0.011 * c.rng.uniform(0.5, 1.5, n if per_channel else 1)).astype(F32)
    most = 3 if c.ties else 127
    w = np.clip(c.rng.randint(-most, most + 1, shape) + z, *RANGE[c.dtype])
    ins = [c.at, c.constant(shape, values=w, s=s, z=z, axis=axis)]
    if bias:
        return ins + [c.constant([n], "int32", c.rng.randint(-157 * most, 157 * most, n), s=c.s * s)]
    return ins + [-1] * (len(shape) == 2)  # convolutions take two inputs then


def sums():
    for kind, pc, bias, act, tail in itertools.product(TYPES, [False, True], [False, True], ACTS, ["codes", "float"]):
        for form, shape in (("fc", VECTOR), ("fc_image", [3, 2, 2])):
            if (kind, pc) == ("u8", True) or (form == "fc_image" and (act or tail == "float")):
                continue
            c = Case(marked(form, kind, pc and "pc", bias and "bias", act, tail), shape, kind)
            c.op("FULLY_CONNECTED", weights(c, [5, 12], 0, pc, bias, 5), [5], (0.041, 133), 1 if kind == "u8" else 4,
                 fusedActivationFunction=ACT[act])
            yield c.end(tail)
    forms = [("conv", 3, 4), ("grouped", 6, 2), ("depthwise", 4, 1), ("multiplied", 8, 1)]
    for kind, pc, bias, act, (form, n, depth), (stride, padding) in itertools.product(
            TYPES, [False, True], [False, True], ACTS, forms, [(1, "SAME"), (2, "VALID")]):
        if (kind, pc) == ("u8", True) or (act and (stride == 2 or not bias)):
            continue
        c = Case(marked(form, kind, pc and "pc", bias and "bias", act, padding), IMAGE, kind)
        deep = depth == 1
        if not (bias or deep):  # LiteRT runs no CONV_2D without a bias.
            continue
        out = 4 if padding == "SAME" else 1
        fields = dict(depthMultiplier=n // 4) if deep else {}
        c.op("DEPTHWISE_CONV_2D" if deep else "CONV_2D",
             weights(c, [1, 3, 3, n] if deep else [n, 3, 3, depth], 3 if deep else 0, pc, bias, n), [out, out, n], (0.061, 133),
             1 if kind == "u8" else 3, options="DepthwiseConv2D" if deep else "Conv2D", strideH=stride, strideW=stride,
             padding=getattr(fb.Padding, padding), dilationHFactor=1, dilationWFactor=1, fusedActivationFunction=ACT[act], **fields)
        yield c.end()


def matrices():
    """BATCH_MATMUL of a tensor and what a function makes of it, of itself, of constants; adjoints, broadcasts."""
    forms = {"rows": ([3, 12], [3, 12]), "square": ([4, 4, 4], [4, 4, 4]), "one": ([4, 4, 4], [1, 4, 4]), "lead": ([1, 4, 4], [4, 4, 4])}
    for kind, (form, (a, b)), how, adj_x, adj_y, tail in itertools.product(
            TYPES, forms.items(), ["xy", "xx", "xc", "cx"], [False, True], [False, True], ["codes", "float"]):
        if (a != b and how == "xx") or (tail == "float" and (how, adj_x, adj_y) != ("xy", False, True)):
            continue
        m, k = a[-2:][::-1] if adj_x else a[-2:]
        k2, n = b[-2:][::-1] if adj_y else b[-2:]
        if k != k2 or (kind == "u8" and (form, how, tail) != ("rows", "xy", "codes")):
            continue
        c = Case(marked("batch_matmul", form, how, adj_x and "adjx", adj_y and "adjy", kind, tail == "float" and tail),
                 a if form != "lead" else b, kind)
        x = c.at
        pick = lambda shape: x if shape == c.shape else c.op(
            "REDUCE_MAX", [x, c.constant([1], "int32", [1])], shape, None, 2, options="Reducer", keepDims=True).at
        z = RANGE[c.dtype][0] + 128
        of = {"x": pick, "y": lambda shape: c.op("LEAKY_RELU", [pick(shape)], shape, (0.0174, 61), alpha=0.4).at,
              "c": lambda shape: c.constant([1] + shape, s=c.short(0.0171), z=z)}
        first, second = of[how[0]](a), of[how[1]](b)
        shape = (a[:-2] if form != "lead" else b[:-2]) + [m, n]
        c.op("BATCH_MATMUL", [first, second], shape, (0.061, 133), 1, options="BatchMatMul", adjX=adj_x, adjY=adj_y)
        yield c.end(tail)


def functions():
    ops = [("RELU", {}), ("RELU6", {}), ("RELU_N1_TO_1", {}), ("LEAKY_RELU", dict(alpha=0.13)), ("LEAKY_RELU", dict(alpha=-0.4)),
           ("LEAKY_RELU", dict(alpha=1.7)), ("LOGISTIC", {}), ("TANH", {}), ("HARD_SWISH", {}), ("SOFTMAX", dict(beta=1.0)), ("SOFTMAX", dict(beta=0.7))]
    for (i, (op, fields)), kind, tail, border in itertools.product(enumerate(ops), TYPES, ["codes", "float"], [False, True]):
        c = Case(marked(op, i, kind, tail, border and "border"), IMAGE, kind, border)
        to = {"LOGISTIC": (1 / 256, 0), "TANH": (1 / 128, 128), "SOFTMAX": (1 / 256, 0)}.get(op, (0.0174, 98))
        old = kind == "u8" or op in ("RELU_N1_TO_1", "HARD_SWISH")
        yield c.op(op, [c.at], IMAGE, to, 1 if old else 2, **fields).end(tail)
    for (name, op, fields), kind in itertools.product(
            [("gelu", "GELU", dict(approximate=False)), ("gelu_tanh", "GELU", dict(approximate=True))], TYPES):
        c = Case(marked("function", name, kind), IMAGE, kind)
        yield c.op(op, [c.at], IMAGE, (0.0174, 98), 1, **fields).end()
    for kind, (i, (s, to)) in itertools.product(TYPES, enumerate([(0.0213, 0.0174), (0.0007, 0.31), (0.4, 0.008), (1.0, 0.0039)])):
        # No code lies below the zero point, where LiteRT stops.
        c = Case(marked("rsqrt", i, kind), IMAGE, kind)
        c.tensors[c.input].quantization.scale, c.tensors[c.input].quantization.zeroPoint = [F32(s)], [RANGE[c.dtype][0]]
        yield c.op("RSQRT", [c.at], IMAGE, (to, 3), 2).end()
    for kind, classes in itertools.product(TYPES, [511, 512, 1001]):
        c = Case(marked("softmax_classes", classes, kind), [classes], kind)
        # Peaked rows and flatter ones: where the sum of the exponentials passes 511, LiteRT aborts.
        lo, hi = RANGE[c.dtype]
        rows = [np.clip(lo + 130 + c.rng.randint(-spread, spread + 1, classes) * peak, lo, hi) for spread, peak in
                ((60, 2), (100, 1), (30, 1), (9, 1), (2, 1), (0, 1))[:{511: 6, 512: 3, 1001: 2}[classes]]]
        c.x = np.array(rows).astype(c.dtype)
        yield c.op("SOFTMAX", [c.at], [classes], (1 / 256, 0), 1 if kind == "u8" else 2, beta=1.0).end()
    for kind, (i, s) in itertools.product(TYPES, enumerate([0.0213, 0.0007, 0.4, 0.13])):
        # One row of every code, flat ones and peaked ones.
        c = Case(marked("log_softmax", i, kind), [64], kind)
        lo, hi = RANGE[c.dtype]
        more = [np.clip(lo + 130 + c.rng.randint(-spread, spread + 1, 64) * peak, lo, hi) for spread, peak in ((60, 2), (30, 1), (2, 1), (0, 1))]
        c.x = np.concatenate([c.x.reshape(-1, 64), np.array(more)]).astype(c.dtype)
        c.tensors[c.input].quantization.scale = [F32(s)]
        yield c.op("LOG_SOFTMAX", [c.at], [64], (1 / 16, 255), 1 if kind == "u8" else 2, options="LogSoftmax").end()
    for kind, to, same in itertools.product(TYPES, TYPES, [False, True]):
        c = Case(marked("quantize", kind, to, same and "same"), IMAGE, kind)
        c.op("QUANTIZE", [c.at], IMAGE, (0.0213, 117) if same else (0.0157, 98), 2, dtype=TYPES[to])
        yield c.end()


def pools():
    for op, kind, act, padding, same in itertools.product(["MAX", "AVERAGE"], TYPES, ACTS, ["SAME", "VALID"], [True, False]):
        if not same and act:
            continue
        c = Case(marked(op, "pool", kind, act, padding, not same and "other"), IMAGE, kind)
        size = 2 if padding == "SAME" else 1
        c.op(op + "_POOL_2D", [c.at], [size, size, 4], None if same else (0.0157, 98), 1 if kind == "u8" else 2, options="Pool2D",
             padding=getattr(fb.Padding, padding), strideH=2, strideW=2, filterHeight=3, filterWidth=3, fusedActivationFunction=ACT[act])
        yield c.end()
    axes = {"hw": [1, 2], "negative": [-3, -2], "h": [1], "w": [2], "c": [3], "all": [1, 2, 3]}
    for kind, (name, axis), keep, same in itertools.product(TYPES, axes.items(), [False, True], [False, True]):
        c = Case(marked("mean", name, kind, keep and "keep", same and "same"), IMAGE, kind)
        gone = {a % 4 for a in axis}
        shape = [1 if i in gone else 4 for i in (1, 2, 3) if keep or i not in gone]
        c.op("MEAN", [c.at, c.constant([len(axis)], "int32", axis)], shape, None if same else (0.0114, 101), 2, options="Reducer", keepDims=keep)
        yield c.end()
    axes.update(hc=[1, 3], cw=[3, 2])
    for kind, (name, axis), keep in itertools.product(TYPES, axes.items(), [False, True]):
        c = Case(marked("reduce_max", name, kind, keep and "keep"), IMAGE, kind)
        gone = {a % 4 for a in axis}
        shape = [1 if i in gone else 4 for i in (1, 2, 3) if keep or i not in gone]
        c.op("REDUCE_MAX", [c.at, c.constant([len(axis)], "int32", axis)], shape, None, 2, options="Reducer", keepDims=keep)
        yield c.end()


def moves():
    for kind in TYPES:
        new = lambda name: Case(marked(name, kind), IMAGE, kind)
        for shape in ([64], [16, 4], [2, 8, 4]):
            c = new("reshape%d" % len(shape))
            yield c.op("RESHAPE", [c.at, c.constant([len(shape) + 1], "int32", [1] + shape)], shape, None, 1, newShape=[1] + shape).end()
        for perm in itertools.permutations([1, 2, 3]):
            c = new("transpose%d%d%d" % perm)
            yield c.op("TRANSPOSE", [c.at, c.constant([4], "int32", [0, *perm])], IMAGE).end()
        c = Case(marked("squeeze", kind), [1, 4, 4], kind)
        yield c.op("SQUEEZE", [c.at], [4, 4], None, 1, squeezeDims=[1]).end()
        c = new("expand_dims")
        yield c.op("EXPAND_DIMS", [c.at, c.constant([], "int32", 1)], [1] + IMAGE, None, 1).end()
        c = new("depth_to_space")
        yield c.op("DEPTH_TO_SPACE", [c.at], [8, 8, 1], None, 1, blockSize=2).end()
        for half, align, size in itertools.product([False, True], [False, True], [(8, 8), (8, 4), (6, 6), (2, 2)]):
            c = new(marked("nearest", *size, half and "half", align and "align"))
            yield c.op("RESIZE_NEAREST_NEIGHBOR", [c.at, c.constant([2], "int32", size)], [*size, 4], None, 3 if half else 2,
                       halfPixelCenters=half, alignCorners=align).end()
        for value, around in itertools.product([None, 3, RANGE[TYPES[kind]][0]], [[[0, 0], [1, 0], [0, 2], [0, 0]], [[0, 0], [0, 0], [0, 0], [1, 1]]]):
            c = new(marked("pad", value is not None and "v%d" % value, around[3][0] and "channels"))
            shape = [4 + a + b for a, b in around[1:]]
            ins = [c.at, c.constant([4, 2], "int32", around)]
            if value is not None:
                ins.append(c.constant([1], values=[value], s=c.s, z=c.z))
            yield c.op("PAD" if value is None else "PADV2", ins, shape, None, 2).end()
        for how, axis, same in itertools.product(["xy", "yx", "xx", "xc", "cx"], [-1, 3, 1, 2], [False, True]):
            c = new(marked("concat", how, "axis%d" % axis if axis > 0 else "last", same and "same"))
            x, z, s = c.at, c.z, c.s
            y = {"x": lambda: x, "c": lambda: c.constant([1] + IMAGE, s=s if same else c.short(0.0171), z=z),
                 "y": lambda: c.op("LEAKY_RELU", [x], IMAGE, (s, z - RANGE[c.dtype][0]) if same else (0.0174, 61), alpha=0.4).at}[
                     how.replace("x", "", 1) or "x"]()
            shape = [8 if i == (axis - 1) % 4 or (axis == -1 and i == 2) else 4 for i in range(3)]
            to = (s, z - RANGE[c.dtype][0]) if same else (0.031, 120)
            yield c.op("CONCATENATION", [x, y] if how[0] == "x" else [y, x], shape, to, axis=axis, fusedActivationFunction=0).end()


# What rounds.
TIES = re.compile(r"(add|sub|mul)_(xc|cx)_(scalar|full)|pair_|fc|conv|depthwise|grouped|(relu|leaky_relu|hard_swish).*codes$|quantize|mean_hw"
                  r"|average_pool.*_(same|valid)$|concat_(xy|xx)_last|batch_matmul|squared|mean_[hwc]_")


def cases():
    for Case.ties in (False, True):
        for group in (pairs, norms, extrema, sums, matrices, functions, pools, moves):
            for c in group():
                if not Case.ties:
                    yield c
                elif TIES.match(c.name):
                    c.name += "_ties"
                    yield c


def results():
    for case in cases():
        data = case.file()
        try:
            y = run(data, case.x, OpResolverType.BUILTIN_REF)
        except (RuntimeError, ValueError) as e:  # LiteRT does not run it: then niello has to refuse it.
            yield case.name, data, case.x, None, {"fails": str(e).split(" ")[0]}
            continue
        yield case.name, data, case.x, y, {}


if __name__ == "__main__":
    if sys.argv[1:]:
        files(sys.argv[1:], results(), ".tflite")
    else:
        write(OUT, results())
