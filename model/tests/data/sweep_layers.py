"""Cases of make_sweep.py with weights, images and whole networks."""
import itertools

import numpy as np

from make_onnx import F32, RANGE
from make_sweep import IMAGE, ROWS, TYPES, VECTOR, Case, Codes


def weights(c, shape, axis, wtype, per_channel):
    """Codes, scales and zero points as Codes with arrays; `axis` counts outputs."""
    n = shape[axis]
    most = 3 if c.ties else 60
    w = c.rng.randint(-most, most + 1, shape)
    s = c.scale(0.011 * c.rng.uniform(0.5, 1.5, n if per_channel else ())).astype(F32)
    z = np.zeros(s.shape, int)
    if wtype == "u8":
        z = c.rng.randint(90, 160, s.shape)
        w = w + z.reshape([-1 if i == axis else 1 for i in range(len(shape))] if per_channel else ())
    return w, s, z, TYPES[wtype]


def bias_input(c, form, products, n, spread=9000):
    spread = spread // 20 if c.ties else spread
    codes = c.rng.randint(-spread, spread + 1, n)
    if "float" in form:
        return c.const(((codes + c.rng.uniform(-0.4, 0.4, n)) * products).astype(F32))
    s = np.asarray(products, F32)
    return c.node("DequantizeLinear", [c.const(codes, np.int32), c.const(s), c.const(np.zeros(s.shape), np.int32)],
                  **({"axis": 0} if s.shape else {}))


def mac(c, op, x, shape, axis, wtype, per_channel, bias, n, taken=None, **attrs):
    """A float operator of dequantized codes, or of what is made of them (`taken`): its result's name."""
    w, s, z, dtype = weights(c, shape, axis, wtype, per_channel)
    wd = c.node("DequantizeLinear", [c.const(w, dtype), c.const(s), c.const(z, dtype)], **({"axis": axis} if per_channel else {}))
    alpha = F32(attrs.get("alpha", 1.0))
    products = (F32(alpha * x.s) * s).astype(F32)
    inputs = [taken or c.dq(x), wd]
    if bias in ("dq", "float"):
        return c.node(op, inputs + [bias_input(c, bias, products, n)], **attrs)
    at = c.node(op, inputs, **attrs)
    if bias == "none":
        return at
    b = bias_input(c, bias, products, n)
    return c.node("Add", [b, at] if bias.endswith("first") else [at, b])


def dense():
    """Gemm and MatMul, every bias, every tail."""
    axes = ["u8", "s8"], ["u8", "s8"], [False, True], ["codes", "float", "real"]
    gemms = [("gemm", {}), ("gemm_t", {"transB": 1}), ("gemm_alpha", {"alpha": 0.37}), ("gemm_beta", {"beta": 0.5})]
    for (form, attrs), kind, wtype, pc, tail, bias in itertools.product(gemms, *axes, ["none", "dq", "float"]):
        if form != "gemm" and (kind, wtype) in (("s8", "u8"), ("u8", "u8")) or (form != "gemm" and tail == "float"):
            continue
        yield dense_case(form, attrs, VECTOR, "Gemm", kind, wtype, pc, tail, bias)
    adds = ["none", "add_float", "add_dq", "add_float_first"]
    for (form, shape), kind, wtype, pc, tail, bias in itertools.product(
            [("matmul", VECTOR), ("matmul_1row", [1, 12]), ("matmul_rows", ROWS)], *axes, adds):
        if form != "matmul" and wtype == "u8" or tail == "float" and form != "matmul":
            continue
        yield dense_case(form, {}, shape, "MatMul", kind, wtype, pc, tail, bias)
    for kind, bias, zero in itertools.product(TYPES, ["dq", "float"], ["least", "mid"]):
        c = Case("gemm_relu_%s_%s_%s" % (kind, bias, zero), VECTOR, kind)
        at = c.node("Relu", [mac(c, "Gemm", c.input, [12, 5], 1, "s8", True, bias, 5)])
        yield c.end("codes", c.q(at, zero=RANGE[c.dtype][0] if zero == "least" else None))
    for kind, wtype, pc, bias, tail, alpha in itertools.product(*axes[:3], [False, True], ["codes", "real"], [1.0, 0.7]):
        yield qgemm(kind, wtype, pc, bias, tail, alpha)
    for kind, wtype, pc, shape in itertools.product(*axes[:3], [VECTOR, ROWS]):
        c = Case("qlinearmatmul_%s_%s%s%s" % (kind, wtype, "_pc" if pc else "", "_rows" if shape == ROWS else ""), shape, kind, False)
        w, s, z, dtype = weights(c, [12, 5], 1, wtype, pc)
        to = Codes(None, c.scale(0.031), RANGE[c.dtype][0] + 133, c.dtype)
        to.name = c.node("QLinearMatMul", ["x"] + c.params(c.input) + [c.const(w, dtype), c.const(s), c.const(z, dtype)] + c.params(to))
        yield c.end("codes", to)


def dense_case(form, attrs, shape, op, kind, wtype, pc, tail, bias):
    c = Case("_".join([form, kind, wtype] + (["pc"] if pc else []) + ["bias_" + bias, tail]), shape, kind)
    swap = attrs.get("transB", 0)
    at = mac(c, op, c.input, [5, 12] if swap else [12, 5], 0 if swap else 1, wtype, pc, bias, 5, **attrs)
    return c.end(tail, at if tail == "real" else c.q(at))


def qgemm(kind, wtype, pc, bias, tail, alpha):
    c = Case("_".join(["qgemm", kind, wtype] + (["pc"] if pc else []) + (["bias"] if bias else []) + ["alpha"] * (alpha != 1) + [tail]),
             VECTOR, kind, False)
    w, s, z, dtype = weights(c, [12, 5], 1, wtype, pc)
    ins = ["x"] + c.params(c.input) + [c.const(w, dtype), c.const(s), c.const(z, dtype)]
    ins.append(c.const(c.rng.randint(-9000, 9000, 5), np.int32) if bias else "")
    to = Codes(None, c.scale(0.031), RANGE[c.dtype][0] + 133, c.dtype)
    to.name = c.node("QGemm", ins + (c.params(to) if tail == "codes" else []), "com.microsoft", alpha=alpha)
    return c.end(tail, to if tail == "codes" else to.name)


def convolutions():
    kinds = [("conv", 3, 1), ("grouped", 4, 2), ("depthwise", 4, 4), ("multiplied", 8, 4)]
    biases = ["none", "dq", "float", "add_float", "add_dq"]
    for (form, n, group), kind, wtype, pc, bias in itertools.product(kinds, TYPES, TYPES, [False, True], biases):
        if form != "conv" and (wtype == "u8" or bias.startswith("add")):
            continue
        for tail in ["codes", "float", "real"] if form == "conv" and wtype == "s8" and pc else ["codes"]:
            yield conv_case(form, n, group, kind, wtype, pc, bias, tail)
    for kind, act, zero in itertools.product(TYPES, ["Relu", "Clip", "BatchNormalization"], ["least", "mid"]):
        c = Case("conv_%s_%s_%s" % (act.lower(), kind, zero), IMAGE, kind)
        at = mac(c, "Conv", c.input, [3, 4, 2, 2], 0, "s8", True, "dq", 3)
        extra = {"Relu": [], "Clip": [(0,), (2,)], "BatchNormalization": [(1.2, 0.7, 1), (0, 1, -1), (0.1, 0.2, 0), (1, 0.5, 2)]}[act]
        at = c.node(act, [at] + [c.const(v if len(v) > 1 else v[0], F32) for v in extra])
        yield c.end("codes", c.q(at, zero=RANGE[c.dtype][0] if zero == "least" else None))
    for (form, n, group), kind, wtype, pc, bias in itertools.product(kinds[:3], TYPES, TYPES, [False, True], [False, True]):
        c = Case("_".join(["qlinear" + form, kind, wtype] + (["pc"] if pc else []) + (["bias"] if bias else [])), IMAGE, kind, False)
        w, s, z, dtype = weights(c, [n, 4 // group, 2, 2], 0, wtype, pc)
        to = Codes(None, c.scale(0.033), RANGE[c.dtype][0] + 133, c.dtype)
        ins = ["x"] + c.params(c.input) + [c.const(w, dtype), c.const(s), c.const(z, dtype)] + c.params(to)
        to.name = c.node("QLinearConv", ins + ([c.const(c.rng.randint(-9000, 9000, n), np.int32)] if bias else []), group=group)
        yield c.end("codes", to)


def conv_case(form, n, group, kind, wtype, pc, bias, tail):
    c = Case("_".join([form, kind, wtype] + (["pc"] if pc else []) + ["bias_" + bias, tail]), IMAGE, kind)
    shape = [n, 4 // group, 2, 2]
    if bias.startswith("add"):
        at = mac(c, "Conv", c.input, shape, 0, wtype, pc, "none", n, group=group)
        real = c.rng.uniform(-2, 2, (n, 1, 1))
        at = c.node("Add", [at, c.const(real, F32) if bias == "add_float" else c.constant("dq", real)])
    else:
        at = mac(c, "Conv", c.input, shape, 0, wtype, pc, bias, n, group=group)
    return c.end(tail, at if tail == "real" else c.q(at))


def images():
    """Pools, moves, borders, enlargements, concatenations."""
    pools = [("MaxPool", dict(kernel_shape=[2, 2], strides=[2, 2])), ("MaxPool", dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1])),
             ("AveragePool", dict(kernel_shape=[2, 2], strides=[2, 2])), ("AveragePool", dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1])),
             ("AveragePool", dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1)), ("GlobalAveragePool", {})]
    moves = [("Flatten", {}), ("Transpose", dict(perm=[0, 2, 3, 1])), ("DepthToSpace", dict(blocksize=2)),
             ("DepthToSpace", dict(blocksize=2, mode="CRD")),
             ("ReduceMean", dict(axes=[2, 3])), ("ReduceMean", dict(axes=[-1, -2], keepdims=0)), ("ReduceMean", dict(axes=[1])),
             ("ReduceMax", dict(axes=[2, 3])), ("ReduceMax", dict(axes=[-1], keepdims=0)), ("ReduceMax", dict(axes=[1])), ("ReduceMax", dict(axes=[1, 2])),
             ("ReduceMean", dict(axes=[3])), ("ReduceMean", dict(axes=[-2], keepdims=0)), ("ReduceMean", dict(axes=[1, 3]))]
    for (i, (op, attrs)), kind, same, tail in itertools.product(enumerate(pools + moves), TYPES, [False, True], ["codes", "float", "real"]):
        if tail == "real" and same:
            continue
        c = Case("%s%d_%s_%s%s" % (op.lower(), i, kind, tail, "_same" if same else ""), IMAGE, kind)
        at = c.node(op, [c.dq(c.input)], **attrs)
        yield c.end(tail, at if tail == "real" else c.q(at, c.input if same else None))
    more = [("Squeeze", lambda c: [c.const([1], np.int64)]), ("Reshape", lambda c: [c.const([0, 16, 4], np.int64)]), ("Unsqueeze", lambda c: [c.const([1], np.int64)]),
            ("Pad", lambda c: [c.const([0, 0, 1, 0, 0, 0, 1, 2], np.int64)]),
            ("Pad4", lambda c: [c.const([0, 0, 1, 0, 0, 0, 1, 2], np.int64), c.const(0.4, F32)]),
            ("Resize", lambda c: ["", c.const([1, 1, 2, 2], F32)])]
    for (op, ins), kind, same in itertools.product(more, TYPES, [False, True]):
        c = Case("%s_%s%s" % (op.lower(), kind, "_same" if same else ""), [1, 4, 4] if op == "Squeeze" else IMAGE, kind)
        attrs = dict(mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor") if op == "Resize" else {}
        at = c.node(op.strip("4"), [c.dq(c.input)] + ins(c), **attrs)
        yield c.end("codes", c.q(at, c.input if same else None))
    for kind, how, form in itertools.product(TYPES, ["xy", "yx", "xx"], ["unequal", "equal"]):
        c = Case("concat_%s_%s_%s" % (how, kind, form), IMAGE, kind)
        x = c.dq(c.input)
        y = c.node("LeakyRelu", [x], alpha=0.4)
        y = x if how == "xx" else c.dq(c.q(y, c.input if form == "equal" else None))
        at = c.node("Concat", [x, y] if how[0] == "x" else [y, x], axis=1)
        yield c.end("codes", c.q(at, c.input if form == "equal" else None))
    for kind, op in itertools.product(TYPES, ["QLinearAveragePool", "QLinearGlobalAveragePool", "QLinearConcat"]):
        c = Case("%s_%s" % (op.lower(), kind), IMAGE, kind, False)
        to = Codes(None, c.scale(0.0171), RANGE[c.dtype][0] + 101, c.dtype)
        ins = ["x"] + c.params(c.input)
        if op == "QLinearConcat":
            to.name = c.node(op, c.params(to) + ins + ins, "com.microsoft", axis=1)
        else:
            attrs = dict(kernel_shape=[3, 2], pads=[1, 0, 1, 1]) if op == "QLinearAveragePool" else {}
            to.name = c.node(op, ins + c.params(to), "com.microsoft", channels_last=0, **attrs)
        yield c.end("codes", to)


def borders():
    """int8 and uint8 that meet at the model's ends: ONNX Runtime makes one of the other only between quantizers."""
    ops = ["Gemm", "MatMul", "MatMulAdd", "MatMulRows", "Conv", "Add", "AddConstant", "Mul", "AveragePool", "GlobalAveragePool", "Concat"]
    for op, kind, out, border, tail, move in itertools.product(ops, TYPES, TYPES, [False, True], ["codes", "float", "real"], [False, True]):
        if tail == "real" and (out == "s8" or op not in ("Gemm", "MatMul", "MatMulAdd")) or move and op in ("MatMulRows", "Concat"):
            continue
        shape = ROWS if op == "MatMulRows" else IMAGE if move or not op.startswith(("Gemm", "MatMul")) else VECTOR
        marks = ["border", op.lower(), kind, out, tail, border and "floats", move and "moved"]
        c = Case("_".join(m for m in marks if m), shape, kind, border)
        x = c.dq(c.input)
        if move:
            x = c.node("Flatten", [x]) if op.startswith(("Gemm", "MatMul")) else c.node("Transpose", [x], perm=[0, 1, 3, 2])
        columns = 64 if shape == IMAGE else 12
        if op == "Gemm":
            at = mac(c, "Gemm", c.input, [columns, 5], 1, "s8", False, "dq", 5, taken=x)
        elif op.startswith("MatMul"):
            at = mac(c, "MatMul", c.input, [columns, 5], 1, "s8", False, "add_dq" if op == "MatMulAdd" else "none", 5, taken=x)
        elif op == "Conv":
            at = mac(c, "Conv", c.input, [3, 4, 2, 2], 0, "s8", False, "dq", 3, taken=x)
        elif op == "AddConstant":
            at = c.node("Add", [x, c.constant("dq", 0.7)])
        elif op in ("Add", "Mul", "Concat"):
            at = c.node(op, [x, x], **({"axis": 1} if op == "Concat" else {}))
        else:
            at = c.node(op, [x], **({"kernel_shape": [2, 2]} if op == "AveragePool" else {}))
        yield c.end(tail, at if tail == "real" else c.q(at, dtype=TYPES[out]))


def signals():
    """One dimension."""
    ops = [("Conv", "dense"), ("Conv", "depthwise"), ("MaxPool", ""), ("AveragePool", ""), ("GlobalAveragePool", ""), ("Add", "channel"),
           ("Mul", "one"), ("Sub", "one"), ("Transpose", ""), ("Flatten", "")]
    for (op, form), kind, same in itertools.product(ops, TYPES, [False, True]):
        c = Case("_".join(m for m in ["signal", op.lower(), form, kind, same and "same"] if m), [4, 16], kind)
        x = c.dq(c.input)
        if op == "Conv":
            shape, n, group = ([4, 1, 3], 4, 4) if form == "depthwise" else ([3, 4, 3], 3, 1)
            at = mac(c, "Conv", c.input, shape, 0, "s8", True, "dq", n, taken=x, group=group, pads=[1, 1])
        elif form:
            at = c.node(op, [x, c.constant("dq", c.rng.uniform(-1, 1, (4, 1) if form == "channel" else ()))])
        else:
            at = c.node(op, [x], **{"MaxPool": dict(kernel_shape=[2], strides=[2]), "AveragePool": dict(kernel_shape=[3]),
                                    "Transpose": dict(perm=[0, 2, 1])}.get(op, {}))
        yield c.end("codes", c.q(at, c.input if same else None))


def networks():
    """A few operators that fork and meet again."""
    for kind, i, shape in itertools.product(TYPES, range(60), [VECTOR, IMAGE]):
        image = shape == IMAGE
        c = Case("network%d_%s%s" % (i, kind, "_image" if image else ""), shape, kind, i % 3 > 0)
        made, open_, reals = [c.input], {c.input.name}, {}

        def take(x):
            """Its DequantizeLinear: one for all who take it, or one more."""
            open_.discard(x.name)
            if x.name not in reals or c.rng.randint(3) == 0:
                reals[x.name] = c.dq(x)
            return reals[x.name]

        def give(at, like=None):
            made.append(c.q(at, like))
            open_.add(made[-1].name)

        for _ in range(c.rng.randint(2, 5)):
            x = made[-1] if c.rng.randint(2) else made[c.rng.randint(len(made))]
            sums = ["Conv", "Conv", "AveragePool", "MaxPool"] if image else ["Gemm", "Gemm", "MatMul"]
            op = c.rng.choice(sums + ["Add", "Mul", "AddConstant", "SubConstant", "MulConstant", "LeakyRelu", "Relu"])
            if op == "Conv":
                act, group = c.rng.randint(3) == 0, 4 if c.rng.randint(2) else 1
                at = mac(c, op, x, [4, 4 // group, 3, 3], 0, "s8", bool(c.rng.randint(2)), "dq", 4, taken=take(x), pads=[1] * 4, group=group)
                at = c.node("Relu", [at]) if act else at
            elif op.endswith("Pool"):
                at = c.node(op, [take(x)], kernel_shape=[3, 3], pads=[1] * 4)
            elif op in ("Gemm", "MatMul"):
                act = c.rng.randint(3) == 0
                at = mac(c, op, x, [12, 12], 1, "s8", bool(c.rng.randint(2)), "dq" if op == "Gemm" else "none", 12, taken=take(x))
                at = c.node("Relu", [at]) if act else at
            elif op in ("Add", "Mul"):
                at = c.node(op, [take(x), take(made[c.rng.randint(len(made))])])
            elif op.endswith("Constant"):
                at = c.node(op[:3], [take(x), c.constant("dq", c.rng.uniform(0.4, 1.5))])
            else:
                at = c.node(op, [take(x)])
            give(at) if op != "MaxPool" else give(at, x)
        while len(open_) > 1:
            x, y = [m for m in made if m.name in open_][:2]
            give(c.node("Add", [take(x), take(y)]))
        yield c.end("float" if c.rng.randint(2) else "codes", made[-1])
