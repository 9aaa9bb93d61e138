"""Train a small vision transformer on scikit-learn's digits, make integers of it as I-ViT does, and export them as ONNX.

Writes next to this file:
  tiny_vit.onnx        input "x" float32 [1, 8, 8, 1] (0 to 16), output "y" float32 [1, 10]; all between is integers (docs/onnx-domain.md)
  tiny_vit.x.npy       test images, float32 [120, 8, 8, 1], the first ones of 360
  tiny_vit.y.npy       what the operators' numpy form (operators.py) computes for them, float32 [120, 10]
  tiny_vit.labels.npy  their digits, uint8 [120]
"""
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from operators import OPERATORS

HERE = Path(__file__).resolve().parent
SEED = 5
KEPT = 120
SIDE, PATCH, WIDTH, HEADS, HIDDEN, LAYERS, CLASSES = 8, 2, 32, 2, 64, 2, 10
GRID = SIDE // PATCH
TOKENS, PIXELS, HEAD = GRID * GRID, PATCH * PATCH, WIDTH // HEADS
EPOCHS, BATCH = 240, 64


def digits():
    data = load_digits()
    x = data.images.astype(np.float32)[..., None]
    return train_test_split(x, data.target.astype(np.uint8), test_size=360, random_state=SEED, stratify=data.target)


def parameters(rng):
    matrix = lambda n, m: (rng.normal(size=(n, m)) / np.sqrt(n)).astype(np.float32)
    zeros, ones = lambda n: np.zeros(n, np.float32), lambda n: np.ones(n, np.float32)
    p = {"embed_w": matrix(PIXELS, WIDTH), "embed_b": zeros(WIDTH), "place": 0.3 * rng.normal(size=(TOKENS, WIDTH)).astype(np.float32)}
    for k in range(LAYERS):
        for name, n, m in (("q", WIDTH, WIDTH), ("k", WIDTH, WIDTH), ("v", WIDTH, WIDTH), ("o", WIDTH, WIDTH), ("up", WIDTH, HIDDEN), ("down", HIDDEN, WIDTH)):
            p["%d_%s_w" % (k, name)], p["%d_%s_b" % (k, name)] = matrix(n, m), zeros(m)
        for name in ("n1", "n2"):
            p["%d_%s_g" % (k, name)], p["%d_%s_b" % (k, name)] = ones(WIDTH), zeros(WIDTH)
    return dict(p, norm_g=ones(WIDTH), norm_b=zeros(WIDTH), head_w=matrix(WIDTH, CLASSES), head_b=zeros(CLASSES))


def patches(x):
    return x.reshape(-1, GRID, PATCH, GRID, PATCH).transpose(0, 1, 3, 2, 4).reshape(-1, TOKENS, PIXELS)


def network(p, x, seen=None):
    """Logits; `seen` gets every tensor that becomes codes."""
    def see(name, v):
        if seen is not None:
            seen[name] = v
        return v

    def norm(name, v):
        centered = v - v.mean(-1, keepdims=True)
        root = jnp.sqrt((centered**2).mean(-1, keepdims=True) + 1e-6)
        return see(name, centered / root * p[name + "_g"] + p[name + "_b"])

    dense = lambda name, v: see(name, v @ p[name + "_w"] + p[name + "_b"])
    split = lambda v: v.reshape(-1, TOKENS, HEADS, HEAD).transpose(0, 2, 1, 3)
    h = see("placed", dense("embed", patches(see("x", x / 8 - 1))) + see("place", p["place"]))
    for k in range(LAYERS):
        of = lambda name: "%d_%s" % (k, name)
        n1 = norm(of("n1"), h)
        q, key, v = (split(dense(of(n), n1)) for n in "qkv")
        shares = jax.nn.softmax(see(of("scores"), q @ key.transpose(0, 1, 3, 2) * HEAD**-0.5), axis=-1)
        mixed = see(of("mixed"), shares @ v).transpose(0, 2, 1, 3).reshape(-1, TOKENS, WIDTH)
        h = see(of("sum1"), h + dense(of("o"), mixed))
        up = dense(of("up"), norm(of("n2"), h))
        h = see(of("sum2"), h + dense(of("down"), see(of("gelu"), up * jax.nn.sigmoid(1.702 * up))))
    return dense("head", see("pooled", norm("norm", h).mean(1)))


def trained(x, y):
    rng = np.random.default_rng(SEED)
    p, steps = parameters(rng), EPOCHS * (len(x) // BATCH)
    schedule = optax.warmup_cosine_decay_schedule(0, 2e-3, steps // 20, steps)
    adam = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=0.05))

    @jax.jit
    def step(p, state, x, y):
        def loss(p):
            return optax.softmax_cross_entropy_with_integer_labels(network(p, x), y).mean()
        change, state = adam.update(jax.grad(loss)(p), state, p)
        return optax.apply_updates(p, change), state

    state = adam.init(p)
    for _ in range(EPOCHS):
        order = rng.permutation(len(x))[: len(x) // BATCH * BATCH].reshape(-1, BATCH)
        for batch in order:
            # Shifted by a pixel at most.
            dy, dx = rng.integers(-1, 2, size=2)
            shifted = np.roll(np.roll(x[batch], dy, 1), dx, 2)
            p, state = step(p, state, shifted, y[batch].astype(np.int32))
    return {k: np.asarray(v, np.float32) for k, v in p.items()}


def dyadic(ratio):
    """Multiplier of 31 bits and right shift, as I-ViT's `batch_frexp` finds them."""
    mantissa, exponent = np.frexp(np.asarray(ratio, np.float64))
    return np.floor(mantissa * 2.0**31 + 0.5).astype(np.int64).ravel().tolist(), (31 - exponent).ravel().tolist()


class Exporter:
    """Integers in ONNX, the scale of each tensor beside them."""

    def __init__(self, p, scales):
        self.p, self.s, self.nodes, self.init = p, scales, [], []

    def constant(self, name, value):
        self.init.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op, ins, out, domain="", **attrs):
        self.nodes.append(helper.make_node(op, ins, [out], name=out, domain=domain, **attrs))
        return out

    def own(self, op, ins, out, ratio, **attrs):
        multiplier, shift = dyadic(ratio)
        return self.node(op, ins, out, "niello", multiplier=multiplier, shift=shift, **attrs)

    def dense(self, at, name, x_scale, bits=8):
        """A scale for each output; the bias in units of the accumulator."""
        w, b = self.p[name + "_w"], self.p[name + "_b"]
        w_scale = np.maximum(abs(w).max(0) / 127, 2.0**-23)
        ints = np.clip(np.rint(w / w_scale), -128, 127).astype(np.int8)
        bias = np.rint(b.astype(np.float64) / (w_scale * x_scale)).astype(np.int32)
        ins = [at, self.constant(name + "_w", ints), self.constant(name + "_b", bias)]
        return self.own("MatMul", ins, name, w_scale * x_scale / self.s[name], bits=bits)

    def norm(self, at, name):
        """Norms come in units of sqrt(C) / 2^30, times the channel's gain."""
        gain, unit = self.p[name + "_g"].astype(np.float64), np.float64(np.float32(WIDTH**0.5)) / 2**30
        assert (gain > 0).all(), "a dyadic number is not negative"
        bias = np.floor(self.p[name + "_b"] / gain / unit).astype(np.int32)
        return self.own("LayerNorm", [at, self.constant(name + "_bias", bias)], name, unit * gain / self.s[name])

    def add(self, a, b, name, bits=16):
        return self.own("Add", [a, b], name, [self.s[a] / self.s[name], self.s[b] / self.s[name]], bits=bits)

    def attention(self, k, at):
        of, s = (lambda name: "%d_%s" % (k, name)), self.s
        turns = dict(q=[0, 2, 1, 3], k=[0, 2, 3, 1], v=[0, 2, 1, 3])
        heads = {}
        for n in "qkv":
            split = self.node("Reshape", [self.dense(at, of(n), s[at]), "split"], of(n + "_split"))
            heads[n] = self.node("Transpose", [split], of(n + "_heads"), perm=turns[n])
        worth = s[of("q")] * s[of("k")] * HEAD**-0.5
        scores = self.own("MatMul", [heads["q"], heads["k"]], of("scores"), worth / s[of("scores")])
        inverse = int(-np.floor(-1 / s[of("scores")]))
        shares = self.node("Shiftmax", [scores], of("shares"), "niello", inverse_scale=inverse, bits=16)
        mixed = self.own("MatMul", [shares, heads["v"]], of("mixed"), 2.0**-15 * s[of("v")] / s[of("mixed")])
        turned = self.node("Transpose", [mixed], of("turned"), perm=[0, 2, 1, 3])
        return self.dense(self.node("Reshape", [turned, "join"], of("joined")), of("o"), s[of("mixed")], bits=16)

    def encoder(self, k, at):
        of, s = (lambda name: "%d_%s" % (k, name)), self.s
        h = self.add(at, self.attention(k, self.norm(at, of("n1"))), of("sum1"))
        up = self.dense(self.norm(h, of("n2")), of("up"), s[of("n2")])
        inverse = int(-np.floor(-1 / np.float32(s[of("up")] * 1.702)))
        gelu = self.own("ShiftGelu", [up], of("gelu"), s[of("up")] * 2.0**-7 / s[of("gelu")], inverse_scale=inverse)
        return self.add(h, self.dense(gelu, of("down"), s[of("gelu")], bits=16), of("sum2"))

    def model(self):
        s = self.s
        for name, value in (("grid", [0, GRID, PATCH, GRID, PATCH]), ("tokens", [0, TOKENS, PIXELS]), ("split", [0, TOKENS, HEADS, HEAD]), ("join", [0, TOKENS, WIDTH])):
            self.constant(name, np.array(value))
        # Black is -1: the code that stands for 0 of the image.
        self.constant("x_scale", np.float32(8 * s["x"]))
        self.constant("black", np.int8(-round(1 / s["x"])))
        codes = self.node("QuantizeLinear", ["x", "x_scale", "black"], "pixels")
        grid = self.node("Transpose", [self.node("Reshape", [codes, "grid"], "gridded")], "turned", perm=[0, 1, 3, 2, 4])
        embedded = self.dense(self.node("Reshape", [grid, "tokens"], "patches"), "embed", s["x"], bits=16)
        self.constant("place", np.clip(np.rint(self.p["place"] / s["place"]), -32768, 32767).astype(np.int16))
        h = self.add(embedded, "place", "placed")
        for k in range(LAYERS):
            h = self.encoder(k, h)
        pooled = self.own("ReduceMean", [self.norm(h, "norm")], "pooled", s["norm"] / TOKENS / s["pooled"], axes=[1], keepdims=0)
        logits = self.dense(pooled, "head", s["pooled"])
        self.constant("head_scale", np.float32(s["head"]))
        self.constant("head_zero", np.int8(0))
        self.node("DequantizeLinear", [logits, "head_scale", "head_zero"], "y")
        info = helper.make_tensor_value_info
        graph = helper.make_graph(self.nodes, "tiny_vit", [info("x", TensorProto.FLOAT, [1, SIDE, SIDE, 1])],
                                  [info("y", TensorProto.FLOAT, [1, CLASSES])], self.init)
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid("niello", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def main():
    x, test_x, y, test_y = digits()
    p = trained(x, y)
    seen = {}
    network(p, x, seen)
    wide = ("embed", "place", "placed", "sum1", "sum2", "o", "down")
    bits = lambda name: 16 if name.split("_")[-1] in wide else 8
    scales = {name: float(np.float32(abs(np.asarray(v)).max() / (2 ** (bits(name) - 1) - 1))) for name, v in seen.items()}
    model = Exporter(p, scales).model()
    onnx.save(model, HERE / "tiny_vit.onnx")
    runs = ReferenceEvaluator(model, new_ops=OPERATORS)
    by_ints = np.concatenate([runs.run(None, {"x": image[None]})[0] for image in test_x])
    by_floats = np.asarray(network(p, test_x))
    np.save(HERE / "tiny_vit.x.npy", test_x[:KEPT])
    np.save(HERE / "tiny_vit.y.npy", by_ints[:KEPT])
    np.save(HERE / "tiny_vit.labels.npy", test_y[:KEPT])
    right = lambda v: int((v.argmax(1) == test_y).sum())
    print("%d weights and biases" % sum(v.size for v in p.values()))
    print("of %d images right: float32 %d, integers %d" % (len(test_x), right(by_floats), right(by_ints)))


if __name__ == "__main__":
    main()
