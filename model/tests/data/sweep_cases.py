"""The cases of make_sweep.py: loops over operators, operand orders, forms of constants, types and tails."""
import itertools
import re

from make_onnx import F32, RANGE
from make_sweep import IMAGE, TYPES, Case, Codes
from sweep_layers import borders, convolutions, dense, images, networks, signals
from sweep_matrices import matrices
from sweep_rows import gates, rows

SHAPES = {"scalar": (), "one": (1,), "ones": (1, 1, 1), "batch": (1, 1, 1, 1), "channel": (4, 1, 1), "channel4": (1, 4, 1, 1),
          "row": (4,), "full": (4, 4, 4), "higher": (1, 1, 1, 1, 1)}


def constants():
    """Add, Sub, Mul, Div, Max, Min of a tensor and a constant."""
    forms = [("dq", s) for s in SHAPES] + [("dq-node", "scalar"), ("dq-axis", "channel")]
    forms += [("float", s) for s in SHAPES] + [("node", "scalar"), ("node", "channel"), ("value", "scalar")]
    for op, order, kind, (form, shape) in itertools.product(["Add", "Sub", "Mul", "Div", "Max", "Min"], ["xc", "cx"], TYPES, forms):
        yield constant(op, order, kind, form, shape)
    for op, order, kind in itertools.product(["Add", "Sub", "Mul", "Div", "Max", "Min"], ["xc", "cx"], TYPES):
        other = "s8" if kind == "u8" else "u8"
        yield constant(op, order, kind, "dq", "scalar", other=other)
        yield constant(op, order, kind, "dq", "full", other=other)
        yield constant(op, order, kind, "dq", "scalar", tail="float")
        yield constant(op, order, kind, "dq", "scalar", tail="real")
        yield constant(op, order, kind, "float", "scalar", tail="real")
        yield constant(op, order, kind, "dq", "scalar", zero=True)
        yield constant(op, order, kind, "float", "scalar", zero=True)
        yield constant(op, order, kind, "dq", "scalar", act="Relu")
        yield constant(op, order, kind, "dq", "scalar", border=False)


def constant(op, order, kind, form, shape, other=None, tail="codes", zero=False, act=None, border=True):
    marks = [op.lower(), order, form, shape, kind, other and "with_" + other, tail != "codes" and tail, zero and "zero", act and
             act.lower(), not border and "io"]
    c = Case("_".join(m for m in marks if m), IMAGE, kind, border)
    real = c.rng.uniform(0.3, 1.6, SHAPES[shape]) * c.rng.choice([-1, 1], SHAPES[shape]) * (0 if zero else 1)
    operands = [c.dq(c.input), c.constant(form, real, TYPES[other or kind])]
    at = c.node(op, operands if order == "xc" else operands[::-1])
    if act:
        at = c.node(act, [at])
    return c.end(tail, at if tail == "real" else c.q(at))


def integer_constants():
    """QLinearAdd and QLinearMul of a tensor and a constant."""
    for op, order, kind, shape in itertools.product(["Add", "Mul"], ["xc", "cx"], TYPES, SHAPES):
        c = Case("qlinear%s_%s_%s_%s" % (op.lower(), order, shape, kind), IMAGE, kind, False)
        lo, hi = RANGE[c.dtype]
        k = Codes(c.const(c.rng.randint(lo, hi + 1, SHAPES[shape]), c.dtype), c.scale(0.0171), lo + 90, c.dtype)
        to = Codes(None, c.scale(0.031), lo + 133, c.dtype)
        a, b = (c.input, k) if order == "xc" else (k, c.input)
        out = c.node("QLinear" + op, [a.name] + c.params(a) + [b.name] + c.params(b) + c.params(to), "com.microsoft")
        yield c.end("codes", Codes(out, to.s, to.z, to.dtype))


def functions():
    ops = [("Relu", {}), ("LeakyRelu", {"alpha": 0.13}), ("Sigmoid", {}), ("Tanh", {}), ("HardSigmoid", {}),
           ("HardSigmoid", {"alpha": 0.31, "beta": 0.4}), ("HardSwish", {}), ("Clip", (-0.7, 1.1)), ("Clip", (0.0, 6.0)), ("Clip", (0.0, None))]
    for (i, (op, attrs)), kind, tail, same in itertools.product(enumerate(ops), TYPES, ["codes", "float", "real"], [False, True]):
        if tail == "real" and same:
            continue
        c = Case("%s%d_%s_%s%s" % (op.lower(), i, kind, tail, "_same" if same else ""), IMAGE, kind)
        inputs = [c.dq(c.input)]
        if op == "Clip":
            inputs += [c.const(v, F32) if v is not None else "" for v in attrs]
            attrs = {}
        at = c.node(op, inputs, **attrs)
        yield c.end(tail, at if tail == "real" else c.q(at, c.input if same else None))
    for kind, order in itertools.product(TYPES, ["div", "mul"]):
        yield hard_swish(kind, order)
    for kind, i in itertools.product(TYPES, range(24)):
        yield chain(kind, i)
    for op, kind in itertools.product(["LeakyRelu", "Sigmoid"], TYPES):
        c = Case("qlinear%s_%s" % (op.lower(), kind), IMAGE, kind, False)
        to = Codes(None, c.scale(0.0121), RANGE[c.dtype][0] + 53, c.dtype)
        out = c.node("QLinear" + op, [c.input.name] + c.params(c.input) + c.params(to), "com.microsoft",
                     **({"alpha": 0.2} if op == "LeakyRelu" else {}))
        yield c.end("codes", Codes(out, to.s, to.z, to.dtype))


def chain(kind, i):
    """Two to four functions between one pair of quantizers."""
    c = Case("chain%d_%s" % (i, kind), IMAGE, kind)
    at = c.dq(c.input)
    for _ in range(c.rng.randint(2, 5)):
        op = c.rng.choice(["Add", "Sub", "Mul", "Div", "Relu", "Clip", "LeakyRelu", "HardSigmoid", "HardSwish", "Tanh"])
        if op in ("Add", "Sub", "Mul", "Div"):
            other = c.constant(c.rng.choice(["dq", "float"]), c.rng.uniform(0.4, 2))
            at = c.node(op, [at, other] if c.rng.randint(2) else [other, at])
        else:
            at = c.node(op, [at] + ([c.const(-0.8, F32), c.const(1.3, F32)] if op == "Clip" else []))
    return c.end("codes", c.q(at))


def hard_swish(kind, order):
    """As MobileNetV3 writes it: x * Clip(x + 3, 0, 6) / 6, each step quantized."""
    c = Case("hard_swish_%s_%s" % (order, kind), IMAGE, kind)
    x = c.dq(c.input)
    gate = c.dq(c.q(c.node("Add", [x, c.constant("dq", 2.6)])))
    gate = c.dq(c.q(c.node("Clip", [gate, c.const(0, F32), c.const(6, F32)])))
    if order == "div":
        gate = c.dq(c.q(c.node("Div", [gate, c.constant("dq", 2.6)])))
        return c.end("codes", c.q(c.node("Mul", [x, gate])))
    at = c.dq(c.q(c.node("Mul", [x, gate])))
    return c.end("codes", c.q(c.node("Div", [at, c.constant("dq", 2.6)])))


def pairs():
    """Sums and products of two tensors: x, and what a LeakyRelu makes of it; or a value for each channel."""
    for op, kind, how, act in itertools.product(["Add", "Mul", "Sub", "Div", "Max", "Min"], TYPES, ["xy", "yx", "xm", "mx"], [None, "Relu"]):
        c = Case("_".join(["pair", op.lower(), how, kind] + ([act.lower()] if act else [])), IMAGE, kind)
        x = c.dq(c.input)
        other = c.node("LeakyRelu", [x], alpha=0.4) if "y" in how else c.node("GlobalAveragePool", [x])
        other = c.dq(c.q(other))
        at = c.node(op, [x, other] if how[0] == "x" else [other, x])
        yield c.end("codes", c.q(c.node(act, [at]) if act else at))
    for op, kind, how in itertools.product(["Add", "Mul"], TYPES, ["xy", "yx", "xm", "mx"]):
        c = Case("_".join(["pair_qlinear" + op.lower(), how, kind]), IMAGE, kind, False)
        lo = RANGE[c.dtype][0]
        y = Codes(None, c.scale(0.0174), lo + 61, c.dtype)
        name = "QLinearLeakyRelu" if "y" in how else "QLinearGlobalAveragePool"
        y.name = c.node(name, ["x"] + c.params(c.input) + c.params(y), "com.microsoft",
                        **({"alpha": 0.4} if "y" in how else {"channels_last": 0}))
        to = Codes(None, c.scale(0.029), lo + 133, c.dtype)
        a, b = (c.input, y) if how[0] == "x" else (y, c.input)
        to.name = c.node("QLinear" + op, [a.name] + c.params(a) + [b.name] + c.params(b) + c.params(to), "com.microsoft")
        yield c.end("codes", to)


# What may round otherwise where ties are frequent.
TIES = re.compile(r"(add|sub|mul|div)_(xc|cx)_(dq|float)_(scalar|full)_(u8|s8)$|pair_(add|mul)_.._(u8|s8)$|pair_q|hard_swish"
                  r"|qlinear(add|mul)_.._(scalar|full)|(gemm|matmul|matmul_rows|conv|depthwise)_(u8|s8)_s8.*codes$|.*averagepool"
                  r"|(leakyrelu|hardswish|hardsigmoid).*codes|concat|border.*(codes|float|floats)$|qgemm.*codes|qlinear(conv|depthwise|matmul|concat)|signal|network|matrices")


# What ONNX Runtime joins otherwise where it knows all shapes.
KNOWN = re.compile(r"matmul_rows|feed_forward|attention|matrices_(xxt|heads_hrd_hdr)|network|(layer|rms)normalization_float_rows|gemm_u8_s8_.*codes$")


def cases():
    Case.batch = 1
    for group in (dense, networks, rows, matrices):
        for c in group():
            if KNOWN.match(c.name):
                c.name += "_one"
                yield c
    Case.batch = "N"
    for c in dense():
        if re.match("matmul_rows.*_codes$", c.name):
            c.name, c.batch = c.name + "_several", len(c.x)
            yield c
    for Case.ties in (False, True):
        for group in (constants, integer_constants, functions, pairs, dense, convolutions, images, borders, signals, networks, rows, gates, matrices):
            for c in group():
                if not Case.ties:
                    yield c
                elif TIES.match(c.name) and not c.name.endswith("_real"):
                    c.name += "_ties"
                    yield c
