"""Cases of make_sweep.py that ONNX Runtime computes in float along rows, and functions of one code written as several operators."""
import itertools

import numpy as np

from make_onnx import F32, RANGE
from make_sweep import IMAGE, ROWS, TYPES, VECTOR, Case, Codes
from sweep_layers import mac

TOKENS = [16, 16]


def rows():
    """Softmax and norms along each axis, and what stands around them in transformers."""
    shapes = [("vector", VECTOR), ("rows", ROWS), ("image", IMAGE), ("tokens", TOKENS)]
    for (name, shape), kind, axis, tail in itertools.product(shapes, TYPES, [-1, 1, 2], ["codes", "float"]):
        if axis > len(shape) or (axis == 1 and len(shape) == 1):
            continue
        yield softmax("softmax_%s_%s_%d_%s" % (name, kind, axis, tail), shape, kind, axis, tail)
        yield softmax("softmax_old_%s_%s_%d_%s" % (name, kind, axis, tail), shape, kind, axis, tail, opset=12)
        yield softmax("softmax_fitted_%s_%s_%d_%s" % (name, kind, axis, tail), shape, kind, axis, tail, fitted=True)
        for op, form in itertools.product(["LayerNormalization", "RMSNormalization"], ["float", "dq", "one"]):
            yield norm(op, form, "%s_%s_%d_%s" % (name, kind, axis, tail), shape, kind, axis, tail)
    for kind in TYPES:
        yield norm("LayerNormalization", "bare", "rows_%s" % kind, ROWS, kind, -1, "codes")
        yield norm("LayerNormalization", "relu", "rows_%s" % kind, ROWS, kind, -1, "codes")
        yield norm("LayerNormalization", "computed", "rows_%s" % kind, ROWS, kind, -1, "codes")
        for axis in (-1, 1):
            c = Case("softmax_real_%s_%d" % (kind, axis), ROWS, kind)
            yield c.end("real", c.node("Softmax", [c.dq(c.input)], axis=axis))
        yield softmax("softmax_samples_%s" % kind, ROWS, kind, 0, "codes")
        yield softmax("softmax_clipped_%s" % kind, ROWS, kind, -1, "codes", clip=True)
    for kind, i in itertools.product(TYPES, range(7)):
        yield feed_forward(kind, i)


def softmax(name, shape, kind, axis, tail, opset=17, fitted=False, clip=False):
    c = Case(name, shape, kind)
    c.domains[""] = opset
    at = c.node("Softmax", [c.dq(c.input)], axis=axis)
    if clip:
        at = c.node("Clip", [at, c.const(0, F32), c.const(0.09, F32)])
    to = None if fitted else Codes(None, F32(1 / 256), RANGE[c.dtype][0], c.dtype)
    return c.end(tail, c.q(at, to))


def norm(op, form, name, shape, kind, axis, tail):
    c = Case("%s_%s_%s" % (op.lower(), form, name), shape, kind)
    if op == "RMSNormalization":
        c.domains[""] = 23
    dims = shape[axis - 1:] if axis > 0 else shape[axis:]
    x = c.dq(c.input)
    gamma, beta = c.rng.uniform(0.4, 1.6, dims), c.rng.uniform(-0.8, 0.8, dims)
    if form == "one":
        gamma, beta = np.ones(1), np.zeros(1)
    inputs = [x, c.constant("dq" if form == "dq" else "float", gamma)]
    if form == "computed":
        inputs[1] = c.node("Relu", [x])
    elif op == "LayerNormalization" and form != "bare":
        s = F32(float(c.input.s) * 0.0171)
        codes = np.rint(beta / s).astype(np.int32)
        inputs.append(c.node("DequantizeLinear", [c.const(codes, np.int32), c.const(s, F32), c.const(0, np.int32)])
                      if form == "dq" else c.const(beta, F32))
    at = c.node(op, inputs, axis=axis, epsilon=float(c.rng.choice([1e-5, 1e-6, 1e-12])))
    if form == "relu":
        at = c.node("Relu", [at])
    return c.end(tail, c.q(at))


def gates():
    """GELU and SiLU written as several operators between one pair of quantizers, and as one."""
    for kind, form in itertools.product(TYPES, ["erf", "erf_first", "tanh", "silu", "swapped", "max"]):
        c = Case("gate_%s_%s" % (form, kind), IMAGE, kind)
        yield c.end("codes", c.q(gate(c, c.dq(c.input), form)))
    ops = [("Gelu", {}, 20), ("Gelu", {"approximate": "tanh"}, 20), ("Mish", {}, 18), ("Softplus", {}, 17), ("Elu", {}, 17),
           ("Elu", {"alpha": 0.4}, 17), ("Erf", {}, 17), ("Exp", {}, 17)]
    for (i, (op, attrs, opset)), kind in itertools.product(enumerate(ops), TYPES):
        c = Case("%s%d_%s" % (op.lower(), i, kind), IMAGE, kind)
        c.domains[""] = opset
        yield c.end("codes", c.q(c.node(op, [c.dq(c.input)], **attrs)))
    for kind in TYPES:
        c = Case("gelu_unknown_%s" % kind, IMAGE, kind)
        c.domains[""] = 20
        at = c.node("Gelu", [c.dq(c.input)], approximate="foo")
        yield c.end("codes", c.q(at, Codes(None, F32(0.02), RANGE[c.dtype][0] + 90, c.dtype)))
        c = Case("softmax_tiny_scale_%s" % kind, ROWS, kind)
        yield c.end("codes", c.q(c.node("Softmax", [c.dq(c.input)]), Codes(None, F32(1e-11), RANGE[c.dtype][0], c.dtype)))
    for op, kind in itertools.product(["Gelu", "QuickGelu"], TYPES):
        c = Case("microsoft_%s_%s" % (op.lower(), kind), IMAGE, kind)
        yield c.end("codes", c.q(c.node(op, [c.dq(c.input)], "com.microsoft")))


def gate(c, x, form):
    one = lambda v: c.const(v, F32)
    if form.startswith("erf"):
        phi = c.node("Add", [c.node("Erf", [c.node("Div", [x, one(1.4142135)])]), one(1)])
        half = c.node("Mul", [x, one(0.5)])
        if form == "erf_first":
            return c.node("Mul", [half, phi])
        return c.node("Mul", [c.node("Mul", [x, phi]), one(0.5)])
    if form == "tanh":
        return c.node("Mul", [x, c.node("Tanh", [c.node("Softplus", [x])])])
    if form == "max":
        return c.node("Max", [x, c.node("Mul", [x, one(0.2)])])
    sigmoid = c.node("Sigmoid", [x])
    return c.node("Mul", [sigmoid, x] if form == "swapped" else [x, sigmoid])


def feed_forward(kind, i):
    """A transformer's feed-forward half: a norm, a matrix, a GELU, a matrix, and the sum with what came in."""
    c = Case("feed_forward%d_%s" % (i, kind), TOKENS, kind)
    x = c.dq(c.input)
    normed = c.q(c.node("LayerNormalization", [x, c.const(c.rng.uniform(0.5, 1.5, 16), F32), c.const(c.rng.uniform(-0.5, 0.5, 16), F32)]))
    up = c.q(mac(c, "MatMul", normed, [16, 32], 1, "s8", bool(i % 2), "none", 32))
    form = ["erf", "erf_first", "silu"][i % 3]
    act = c.q(gate(c, c.dq(up), form))
    down = c.q(mac(c, "MatMul", act, [32, 16], 1, "s8", bool(i % 2), "none", 16))
    both = c.q(c.node("Add", [x, c.dq(down)]))
    if i < 3:
        return c.end("codes", both)
    if i == 6:
        return c.end("real", c.node("Softmax", [c.dq(both)]))
    return c.end("float", c.q(c.node("Softmax", [c.dq(both)]), Codes(None, F32(1 / 256), RANGE[c.dtype][0], c.dtype)))
