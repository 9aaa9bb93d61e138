"""Train, export and quantize a small BERT-like encoder that tells whether brackets are balanced.

Writes next to this file:
  tiny_bert.onnx        int8 QDQ model, input "x" float32 [1, 16, 5] (one-hot symbols), output "y" float32 [1, 2]
  tiny_bert.x.npy       test sequences, float32 [120, 16, 5], the first ones of 2,000
  tiny_bert.y.npy       what ONNX Runtime computes for them, float32 [120, 2]
  tiny_bert.labels.npy  1: balanced, uint8 [120]
"""
import os
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import onnxruntime as ort
import optax
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

HERE = Path(__file__).resolve().parent
SEED = 11
TESTS, KEPT = 2000, 120
SYMBOLS, LENGTH, WIDTH, HEADS, HIDDEN, LAYERS = "()[].", 16, 32, 4, 64, 2
EPSILON = 1e-5


def balanced(rng):
    """Symbols of a balanced sequence, with points between them."""
    text, open_ = [], []
    for left in range(LENGTH, 0, -1):
        if len(open_) == left or (open_ and rng.random() < 0.4):
            text.append(open_.pop())
        elif left - len(open_) >= 2 and rng.random() < 0.8:
            kind = rng.integers(2)
            text.append(2 * kind)
            open_.append(2 * kind + 1)
        else:
            text.append(4)
    return text


def is_balanced(text):
    open_ = []
    for s in text:
        if s in (0, 2):
            open_.append(s + 1)
        elif s != 4 and (not open_ or open_.pop() != s):
            return False
    return not open_


def sequences(rng, count):
    """Half of them have one or two symbols changed or swapped."""
    found = []
    for n in range(count):
        text = balanced(rng)
        while n % 2 and is_balanced(text):
            i, j = rng.integers(LENGTH, size=2)
            if rng.random() < 0.5:
                text[i], text[j] = text[j], text[i]
            else:
                text[i] = int(rng.integers(4))
        found.append(text)
    x = np.eye(len(SYMBOLS), dtype=np.float32)[np.array(found)]
    return x, np.array([is_balanced(t) for t in found], np.uint8)


def parameters(rng):
    matrix = lambda n, m: (rng.normal(size=(n, m)) / np.sqrt(n)).astype(np.float32)
    zeros, ones = lambda n: np.zeros(n, np.float32), lambda n: np.ones(n, np.float32)
    p = {"embed": matrix(len(SYMBOLS), WIDTH), "place": 0.3 * matrix(LENGTH, WIDTH) * np.sqrt(LENGTH), "norm_g": ones(WIDTH), "norm_b": zeros(WIDTH)}
    for k in range(LAYERS):
        for name, n, m in (("q", WIDTH, WIDTH), ("k", WIDTH, WIDTH), ("v", WIDTH, WIDTH), ("o", WIDTH, WIDTH), ("up", WIDTH, HIDDEN), ("down", HIDDEN, WIDTH)):
            p["%d_%s_w" % (k, name)], p["%d_%s_b" % (k, name)] = matrix(n, m), zeros(m)
        for name in ("n1", "n2"):
            p["%d_%s_g" % (k, name)], p["%d_%s_b" % (k, name)] = ones(WIDTH), zeros(WIDTH)
    return dict(p, out_w=matrix(WIDTH, 2), out_b=zeros(2))


def norm(x, g, b):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + EPSILON) * g + b


def network(p, x):
    h = norm(x @ p["embed"] + p["place"], p["norm_g"], p["norm_b"])
    split = lambda v: v.reshape(-1, LENGTH, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)
    for k in range(LAYERS):
        dense = lambda name, v: v @ p["%d_%s_w" % (k, name)] + p["%d_%s_b" % (k, name)]
        q, key, v = (split(dense(n, h)) for n in "qkv")
        shares = jax.nn.softmax(q @ key.transpose(0, 1, 3, 2) * (WIDTH // HEADS) ** -0.5, axis=-1)
        mixed = (shares @ v).transpose(0, 2, 1, 3).reshape(-1, LENGTH, WIDTH)
        h = norm(h + dense("o", mixed), p["%d_n1_g" % k], p["%d_n1_b" % k])
        up = jax.nn.gelu(dense("up", h), approximate=False)
        h = norm(h + dense("down", up), p["%d_n2_g" % k], p["%d_n2_b" % k])
    return h.mean(1) @ p["out_w"] + p["out_b"]


def trained():
    rng = np.random.default_rng(SEED)
    p, steps = parameters(rng), 4000
    adam = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(optax.warmup_cosine_decay_schedule(0, 3e-3, 200, steps), weight_decay=1e-3))

    @jax.jit
    def step(p, state, x, y):
        loss = lambda p: optax.softmax_cross_entropy_with_integer_labels(network(p, x), y).mean()
        change, state = adam.update(jax.grad(loss)(p), state, p)
        return optax.apply_updates(p, change), state

    state = adam.init(p)
    for _ in range(steps):
        x, y = sequences(rng, 128)
        p, state = step(p, state, x, y.astype(np.int32))
    return {k: np.asarray(v, np.float32) for k, v in p.items()}


def float_model(p):
    """The same in ONNX."""
    init, nodes = [], []

    def constant(name, value):
        init.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    for name, value in p.items():
        constant(name, value)
    constant("split", np.array([0, LENGTH, HEADS, WIDTH // HEADS]))
    constant("join", np.array([0, LENGTH, WIDTH]))
    constant("scale", np.float32((WIDTH // HEADS) ** -0.5))

    def node(op, ins, out, **attrs):
        nodes.append(helper.make_node(op, ins, [out], name=out, **attrs))
        return out

    def dense(at, name):
        return node("Add", [node("MatMul", [at, name + "_w"], name + "_m"), name + "_b"], name)

    def norm(at, name):
        return node("LayerNormalization", [at, name + "_g", name + "_b"], name, axis=-1, epsilon=EPSILON)

    h = norm(node("Add", [node("MatMul", ["x", "embed"], "embedded"), "place"], "placed"), "norm")
    for k in range(LAYERS):
        of = lambda name: "%d_%s" % (k, name)
        parts = [node("Reshape", [dense(h, of(n)), "split"], of(n + "_split")) for n in "qkv"]
        turns = [[0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]]
        q, key, v = (node("Transpose", [x], of(n + "_heads"), perm=turn) for x, n, turn in zip(parts, "qkv", turns))
        scores = node("Mul", [node("MatMul", [q, key], of("scores")), "scale"], of("scaled"))
        mixed = node("MatMul", [node("Softmax", [scores], of("shares"), axis=-1), v], of("mixed"))
        joined = node("Reshape", [node("Transpose", [mixed], of("turned"), perm=[0, 2, 1, 3]), "join"], of("joined"))
        h = norm(node("Add", [h, dense(joined, of("o"))], of("sum1")), of("n1"))
        up = node("Gelu", [dense(h, of("up"))], of("gelu"))
        h = norm(node("Add", [h, dense(up, of("down"))], of("sum2")), of("n2"))
    node("Gemm", [node("ReduceMean", [h, constant("tokens", np.array([1]))], "mean", keepdims=0), "out_w", "out_b"], "y")
    info = helper.make_tensor_value_info
    graph = helper.make_graph(nodes, "tiny_bert", [info("x", TensorProto.FLOAT, [1, LENGTH, len(SYMBOLS)])],
                              [info("y", TensorProto.FLOAT, [1, 2])], init)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    return onnx.shape_inference.infer_shapes(model)


class Calibration(CalibrationDataReader):
    def __init__(self, x):
        self.batches = iter([{"x": sample[None]} for sample in x])

    def get_next(self):
        return next(self.batches, None)


def outputs(model, x):
    opts = ort.SessionOptions()
    opts.log_severity_level = 3
    opts.add_session_config_entry("session.x64quantprecision", "1")
    opts.optimized_model_filepath = str(HERE / "executed.onnx")
    sess = ort.InferenceSession(model, opts, providers=["CPUExecutionProvider"])
    executed = sorted({n.op_type for n in onnx.load(opts.optimized_model_filepath).graph.node})
    os.remove(opts.optimized_model_filepath)
    return np.concatenate([sess.run(None, {"x": s[None]})[0] for s in x]), executed


def main():
    p = trained()
    rng = np.random.default_rng(SEED + 1)
    (calibration, _), (x, y) = sequences(rng, 200), sequences(rng, TESTS)
    path, reals = HERE / "tiny_bert.onnx", HERE / "float.onnx"
    onnx.save(float_model(p), reals)
    by_float, _ = outputs(str(reals), x)
    assert np.abs(by_float - np.asarray(network(p, x))).max() < 1e-3
    quantize_static(str(reals), str(path), Calibration(calibration), quant_format=QuantFormat.QDQ,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=True)
    os.remove(reals)
    by_int8, executed = outputs(str(path), x)
    np.save(HERE / "tiny_bert.x.npy", x[:KEPT])
    np.save(HERE / "tiny_bert.y.npy", by_int8[:KEPT])
    np.save(HERE / "tiny_bert.labels.npy", y[:KEPT])
    right = lambda v: int((v.argmax(1) == y).sum())
    print("%d weights and biases" % sum(v.size for v in p.values()))
    print("of %d sequences right: float32 %d, int8 %d" % (TESTS, right(by_float), right(by_int8)))
    print("ONNX Runtime executes: " + " ".join(executed))


if __name__ == "__main__":
    main()
