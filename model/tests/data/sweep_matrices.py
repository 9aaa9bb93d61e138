"""Cases of make_sweep.py of products of two computed tensors: their heads, rows and columns in every order, and attention."""
import itertools

import numpy as np

from make_onnx import F32, RANGE
from make_sweep import ROWS, TYPES, Case, Codes
from sweep_layers import mac

TOKENS = [16, 16]
# Rows and columns of both operands of a product of four heads, from tokens of 4 x 4 channels.
HEADS = {"hrd": [0, 2, 1, 3], "hdr": [0, 2, 3, 1], "rhd": [0, 1, 2, 3], "rdh": [0, 1, 3, 2], "drh": [0, 3, 1, 2], "dhr": [0, 3, 2, 1]}


def matrices():
    kinds = list(TYPES)
    for kind, form, tail in itertools.product(kinds, ["xxt", "xtx", "branch"], ["codes", "float", "real"]):
        for name, shape in (("rows", ROWS), ("tokens", TOKENS)):
            if form != "branch" or name == "tokens":
                yield square("matrices_%s_%s_%s_%s" % (form, name, kind, tail), shape, kind, form, tail)
    for kind, first, second in itertools.product(kinds, HEADS, HEADS):
        a, b = ([[0, 16, 4, 4][d] for d in HEADS[h]] for h in (first, second))
        if a[1] == b[1] and a[3] == b[2]:
            yield heads("matrices_heads_%s_%s_%s" % (first, second, kind), kind, first, second)
    for kind, tail in itertools.product(kinds, ["codes", "float"]):
        yield single("matrices_single_%s_%s" % (kind, tail), kind, tail)
        yield single("matrices_spread_%s_%s" % (kind, tail), kind, tail, swapped=True)
    for kind, tail, scaled in itertools.product(kinds, ["codes", "float"], ["weights", "before", "after", "negative", "far", "mask"]):
        yield attention("attention_%s_%s_%s" % (scaled, kind, tail), kind, tail, scaled)
    for kind, form in itertools.product(kinds, ["xxt", "xtx"]):
        yield qlinear("matrices_qlinear_%s_%s" % (form, kind), kind, form)
    for kind in kinds:
        c = Case("matrices_clipped_%s" % kind, ROWS, kind)
        x = c.dq(c.input)
        at = c.node("MatMul", [x, c.node("Transpose", [x], perm=[0, 2, 1])])
        yield c.end("codes", c.q(c.node("Relu", [at])))


def square(name, shape, kind, form, tail):
    c = Case(name, shape, kind)
    x = c.dq(c.input)
    if form == "branch":
        second = c.dq(c.q(mac(c, "MatMul", c.input, [16, 16], 1, "s8", False, "none", 16)))
        at = c.node("MatMul", [x, second])
    else:
        turned = c.node("Transpose", [x], perm=[0, 2, 1])
        at = c.node("MatMul", [x, turned] if form == "xxt" else [turned, x])
    return c.end(tail, at if tail == "real" else c.q(at))


def split(c, x, perm):
    """Tokens of 4 x 4 channels, each as a matrix of its heads."""
    return c.node("Transpose", [c.node("Reshape", [x, c.const([0, 16, 4, 4], np.int64)])], perm=perm)


def heads(name, kind, first, second):
    c = Case(name, TOKENS, kind)
    a = split(c, c.dq(c.input), HEADS[first])
    b = split(c, c.dq(c.q(mac(c, "MatMul", c.input, [16, 16], 1, "s8", False, "none", 16))), HEADS[second])
    return c.end("codes", c.q(c.node("MatMul", [a, b])))


def single(name, kind, tail, swapped=False):
    """One second operand for all heads; or one first operand for all heads, which is refused."""
    c = Case(name, TOKENS, kind)
    heads = split(c, c.dq(c.input), HEADS["hrd"])
    one = c.dq(c.q(mac(c, "MatMul", c.input, [16, 4], 1, "s8", False, "none", 4)))
    shape = [0, 1, 4, 16]
    one = c.node("Reshape", [one, c.const(shape, np.int64)])
    return c.end(tail, c.q(c.node("MatMul", [one, heads] if swapped else [heads, one])))


def attention(name, kind, tail, scaled):
    c = Case(name, TOKENS, kind)
    q, k, v = (c.dq(c.q(mac(c, "MatMul", c.input, [16, 16], 1, "s8", False, "none", 16))) for _ in range(3))
    q, k, v = split(c, q, HEADS["hrd"]), split(c, k, HEADS["hdr"]), split(c, v, HEADS["hrd"])
    if scaled == "before":
        q = c.dq(c.q(c.node("Mul", [q, c.const(F32(0.5))])))
    scores = c.dq(c.q(c.node("MatMul", [q, k])))
    if scaled in ("after", "negative"):
        scores = c.node("Div", [scores, c.const(F32(1.7 if scaled == "after" else -1.7))])
    if scaled == "far":
        scores = c.node("Add", [scores, c.const(F32(3e5))])
    if scaled == "mask":
        mask = np.triu(np.full((16, 16), -9.0, F32), 1)[None, None]
        scores = c.dq(c.q(c.node("Add", [scores, c.constant("dq", mask)])))
    shares = c.dq(c.q(c.node("Softmax", [scores], axis=-1), Codes(None, F32(1 / 256), RANGE[c.dtype][0], c.dtype)))
    mixed = c.node("Transpose", [c.dq(c.q(c.node("MatMul", [shares, v])))], perm=[0, 2, 1, 3])
    mixed = c.node("Reshape", [mixed, c.const([0, 16, 16], np.int64)])
    w, s, z = np.asarray(c.rng.randint(-60, 61, (16, 16)), np.int8), F32(0.01), np.int8(0)
    out = c.q(c.node("MatMul", [mixed, c.node("DequantizeLinear", [c.const(w), c.const(s), c.const(z)])]))
    return c.end("codes", c.q(c.node("Add", [c.dq(c.input), c.dq(out)]))) if tail == "codes" else c.end(tail, out)


def qlinear(name, kind, form):
    c = Case(name, ROWS, kind)
    turned = c.node("Transpose", [c.input.name], perm=[0, 2, 1])
    x, t = [c.input.name] + c.params(c.input), [turned] + c.params(c.input)
    k = 12 if form == "xxt" else 3
    to = Codes(None, c.scale(float(c.input.s) ** 2 * 5000 * k / 300), RANGE[c.dtype][0] + 101, c.dtype)
    to.name = c.node("QLinearMatMul", (x + t if form == "xxt" else t + x) + c.params(to))
    return c.end("codes", to)
