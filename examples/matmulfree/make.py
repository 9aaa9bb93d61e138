"""Make a layer of a MatMul-free language model in integers: token by token, its state kept between them.

Writes next to this file:
  matmulfree.onnx    input "x" int16-like float32 [1, 64], a token's residual stream, output "y" the same behind the layer
  matmulfree.x.npy   64 tokens, one sequence
  matmulfree.y.npy   what the operators' numpy form (../tiny_vit/operators.py) computes for them
Weights are random (seeded), with the shares of -1, 0 and 1 that ternary training leaves.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tiny_vit"))
from operators import OPERATORS  # noqa: E402

SEED, TOKENS, WIDTH, HIDDEN = 23, 64, 64, 128
RESIDUAL = 1 / 8192


def floats(p, x):
    """The layer in real numbers, token by token (operators.md 5 without its epsilons); every tensor that becomes codes."""
    norm = lambda v: v / np.sqrt((v * v).mean(-1, keepdims=True))
    dense = lambda v, name: norm(v) @ p[name] * p[name + "_scale"]
    sigmoid = lambda v: 1 / (1 + np.exp(-v))
    seen, h = {}, np.zeros(WIDTH)
    for name in ("f", "i", "g", "h", "n", "gated", "o", "sum1", "gate", "up", "hidden", "down", "sum2"):
        seen[name] = []
    for token in x:
        f, i, g = (dense(token, name) for name in "fig")
        h = sigmoid(f) * h + (1 - sigmoid(f)) * i * sigmoid(i)
        n = norm(h)
        gated = n * g * sigmoid(g)
        o = dense(gated, "o")
        sum1 = token + o
        gate, up = dense(sum1, "gate"), dense(sum1, "up")
        hidden = gate * sigmoid(gate) * up
        down = dense(hidden, "down")
        for name, v in dict(f=f, i=i, g=g, h=h, n=n, gated=gated, o=o, sum1=sum1, gate=gate, up=up, hidden=hidden, down=down, sum2=sum1 + down).items():
            seen[name].append(v)
    return {name: np.array(v) for name, v in seen.items()}


def dyadic(ratio):
    mantissa, exponent = np.frexp(np.asarray(ratio, np.float64))
    return np.floor(mantissa * 2.0**31 + 0.5).astype(np.int64).ravel().tolist(), (31 - exponent).ravel().tolist()


class Exporter:
    def __init__(self, p, s):
        self.p, self.s, self.nodes, self.init = p, s, [], []

    def constant(self, name, value):
        self.init.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op, ins, out, **attrs):
        self.nodes.append(helper.make_node(op, ins, [out], name=out, domain="niello", **attrs))
        return out

    def own(self, op, ins, out, ratio, **attrs):
        multiplier, shift = dyadic(ratio)
        return self.node(op, ins, out, multiplier=multiplier, shift=shift, **attrs)

    def bit_linear(self, at, name, bits=8):
        """Sums times gains are worth sqrt(K) / (127 2^15) times the weights' scale."""
        w = self.p[name].astype(np.int8)
        worth = self.p[name + "_scale"] * w.shape[0] ** 0.5 / (127 * 2.0**15)
        return self.own("BitLinear", [at, self.constant(name + "_w", w)], name, worth / self.s[name], bits=bits)

    def table(self, at, name, scale, function):
        codes = np.arange(-128, 128) * scale
        return self.node("Table", [at, self.constant(name + "_table", function(codes))], name)

    def silu(self, at, name, scale, to):
        function = lambda v: np.clip(np.rint(v / (1 + np.exp(-v)) / to), -128, 127).astype(np.int8)
        return self.table(at, name, scale, function)

    def model(self):
        s = self.s
        f, i, g = (self.bit_linear("tokens", name) for name in "fig")
        gates = self.table(f, "gates", s["f"], lambda v: np.rint(255 / (1 + np.exp(-v))).astype(np.uint8))
        # The state has eight bits more than a candidate.
        h = self.node("GatedRecurrence", [gates, self.silu(i, "candidates", s["i"], s["h"] * 256)], "h", up=8)
        n = self.own("LayerNorm", [h], "n", WIDTH**0.5 / 2.0**30 / s["n"], mean="none", root="floor")
        swish = self.silu(g, "swish", s["g"], s["swish"])
        gated = self.own("Mul", [n, swish], "gated", s["n"] * s["swish"] / s["gated"], bits=16)
        sums = lambda a, b, name, other: self.own("Add", [a, b], name, [other / s[name], s[b] / s[name]], bits=16)
        sum1 = sums("tokens", self.bit_linear(gated, "o", 16), "sum1", RESIDUAL)
        gate, up = self.bit_linear(sum1, "gate"), self.bit_linear(sum1, "up")
        hidden = self.own("Mul", [self.silu(gate, "swished", s["gate"], s["swished"]), up], "hidden", s["swished"] * s["up"] / s["hidden"], bits=16)
        sums(sum1, self.bit_linear(hidden, "down", 16), "sum2", s["sum1"])
        self.nodes[-1].output[0] = "y"
        info = helper.make_tensor_value_info
        graph = helper.make_graph(self.nodes, "matmulfree", [info("tokens", TensorProto.INT16, [1, WIDTH])],
                                  [info("y", TensorProto.INT16, [1, WIDTH])], self.init)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("niello", 1)], ir_version=9)


def main():
    rng = np.random.default_rng(SEED)
    p = {}
    for name, n, m in [(k, WIDTH, WIDTH) for k in "figo"] + [("gate", WIDTH, HIDDEN), ("up", WIDTH, HIDDEN), ("down", HIDDEN, WIDTH)]:
        p[name] = rng.choice([-1, 0, 1], size=(n, m), p=[0.33, 0.34, 0.33]).astype(np.float64)
        p[name + "_scale"] = 1.5 / n**0.5
    x = np.clip(np.rint(rng.normal(size=(TOKENS, WIDTH)) / RESIDUAL), -32768, 32767).astype(np.int16)
    seen = floats(p, x * RESIDUAL)
    wide = ("h", "gated", "o", "sum1", "hidden", "down", "sum2")
    s = {name: abs(v).max() / (32767 if name in wide else 127) for name, v in seen.items()}
    swish = lambda v: abs(v / (1 + np.exp(-v))).max() / 127
    s.update(swish=swish(seen["g"]), swished=swish(seen["gate"]))
    # The state's candidates: silu(i), of eight bits.
    s["h"] = swish(seen["i"]) / 256
    model = Exporter(p, s).model()
    onnx.save(model, HERE / "matmulfree.onnx")
    runs = ReferenceEvaluator(model, new_ops=OPERATORS)
    y = np.concatenate([runs.run(None, {"tokens": token[None]})[0] for token in x])
    np.save(HERE / "matmulfree.x.npy", x)
    np.save(HERE / "matmulfree.y.npy", y)
    real = seen["sum2"]
    distance = np.sqrt(((y * s["sum2"] - real) ** 2).mean() / (real**2).mean())
    print("%d weights, %d tokens; relative distance from real numbers: %.2f %%" % (sum(v.size for k, v in p.items() if not k.endswith("scale")), TOKENS, 100 * distance))


if __name__ == "__main__":
    main()
