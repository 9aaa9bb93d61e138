"""Train, prune, export and quantize two convolutional networks, each with half and with four fifths of its weights zero.

Writes next to this file, for `digits_50`, `digits_80`, `kws_50`, `kws_80`:
  NAME.onnx        int8 QDQ model, input "x" float32 (channels first), output "y" float32
  NAME.x.npy       test samples, float32
  NAME.y.npy       what ONNX Runtime computes for them, float32
  NAME.labels.npy  their classes, uint8

Digits are those of scikit-learn. Words are synthetic: 49 frames of 10 coefficients, each word a smooth course of its own, warped in time,
scaled, moved, in noise; class 0 is noise alone, class 1 courses that are no word.
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
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = Path(__file__).resolve().parent
SEED = 5
KEPT = 32


def digits():
    data = load_digits()
    x = (data.images[:, None] / 16.0).astype(np.float32)
    split = train_test_split(x, data.target.astype(np.uint8), test_size=360, stratify=data.target, random_state=SEED)
    return [np.asarray(part) for part in split]


def words(n, rng, courses):
    """`n` samples of 12 classes."""
    t = np.arange(49)
    labels = rng.integers(0, 12, n)
    x = rng.normal(0, 1.6, (n, 1, 49, 10))
    for i, label in enumerate(labels):
        if label == 0:
            continue
        bumps = courses[label] if label > 1 else course(rng)
        at = (t - 24 - rng.uniform(-6, 6)) / rng.uniform(0.8, 1.25)
        gain = rng.uniform(0.6, 1.4)
        for coefficient, centre, width, height in bumps:
            x[i, 0, :, coefficient] += gain * height * np.exp(-(((at - centre) / width) ** 2))
    return x.astype(np.float32), labels.astype(np.uint8)


def course(rng):
    """Bumps of a word: coefficient, centre, width, height."""
    return [(rng.integers(0, 10), rng.uniform(-14, 14), rng.uniform(2, 7), rng.choice([-2.0, 2.0])) for _ in range(14)]


def kws():
    rng = np.random.default_rng(SEED)
    courses = [course(rng) for _ in range(12)]
    x, y = words(4000, rng, courses)
    x_test, y_test = words(500, rng, courses)
    return x, x_test, y, y_test


# Layers: (kind, name, channels in, channels out, kernel, stride, pads top left bottom right)
DIGITS = [
    ("conv", "c1", 1, 16, (3, 3), (1, 1), (1, 1, 1, 1)),
    ("begin",),
    ("conv", "c2", 16, 16, (3, 3), (1, 1), (1, 1, 1, 1)),
    ("conv_sum", "c3", 16, 16, (3, 3), (1, 1), (1, 1, 1, 1)),
    ("pool",),
    ("conv", "c4", 16, 32, (3, 3), (1, 1), (1, 1, 1, 1)),
    ("dense", "fc", 32, 10),
]
KWS = [("conv", "c1", 1, 64, (10, 4), (2, 2), (4, 1, 5, 1))]
for k in range(4):
    KWS += [("depthwise", f"d{k}", 64, 64, (3, 3), (1, 1), (1, 1, 1, 1)),
            ("conv", f"p{k}", 64, 64, (1, 1), (1, 1), (0, 0, 0, 0))]
KWS += [("dense", "fc", 64, 12)]


def initial(layers, key):
    params = {}
    for layer in layers:
        if len(layer) < 4:
            continue
        kind, name, inputs, outputs = layer[:4]
        shape = (outputs, inputs) if kind == "dense" else (outputs, 1 if kind == "depthwise" else inputs, *layer[4])
        key, own = jax.random.split(key)
        fan = np.prod(shape[1:])
        params[name + "_w"] = jax.random.normal(own, shape) * np.sqrt(2.0 / fan)
        params[name + "_b"] = jnp.zeros(outputs)
    return params


def depthwise(x, w, pads):
    """Nine products of shifted images: much faster here than a grouped convolution."""
    height, width = x.shape[2:]
    x = jnp.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    taps = [(i, j) for i in range(w.shape[2]) for j in range(w.shape[3])]
    return sum(x[:, :, i:i + height, j:j + width] * w[None, :, 0, i, j, None, None] for i, j in taps)


def forward(layers, params, x):
    kept = None
    for layer in layers:
        kind = layer[0]
        if kind == "begin":
            kept = x
        elif kind == "pool":
            n, c, h, w = x.shape
            x = x.reshape(n, c, h // 2, 2, w // 2, 2).max((3, 5))
        elif kind == "dense":
            x = x.mean((2, 3)) @ params[layer[1] + "_w"].T + params[layer[1] + "_b"]
        else:
            _, name, _, _, _, stride, pads = layer
            w, b = params[name + "_w"], params[name + "_b"]
            if kind == "depthwise":
                x = depthwise(x, w, pads)
            else:
                padding = [(pads[0], pads[2]), (pads[1], pads[3])]
                x = jax.lax.conv_general_dilated(x, w, stride, padding)
            x = x + b[None, :, None, None]
            x = jax.nn.relu(x + kept if kind == "conv_sum" else x)
    return x


def masks_of(params, zeros):
    """So much of all weights is zero: the smallest of each matrix, all matrices alike; depthwise kernels keep theirs."""
    weights = {name: value.size for name, value in params.items() if name.endswith("_w")}
    pruned = {name for name in weights if not name.startswith("d")}
    share = zeros * sum(weights.values()) / sum(weights[name] for name in pruned)
    masks = {}
    for name, value in params.items():
        flat = np.ones(value.size, np.float32)
        if name in pruned:
            order = np.argsort(np.abs(np.asarray(value)).ravel(), kind="stable")
            flat[order[:int(np.ceil(share * value.size))]] = 0
        masks[name] = jnp.asarray(flat.reshape(value.shape))
    return masks


def train(layers, params, masks, data, epochs, rate):
    x, y = data
    steps = epochs * (len(x) // 64)
    optimizer = optax.adam(optax.cosine_decay_schedule(rate, steps))
    state = optimizer.init(params)

    def loss(params, x, y):
        masked = {k: v * masks[k] for k, v in params.items()}
        return optax.softmax_cross_entropy_with_integer_labels(forward(layers, masked, x), y).mean()

    @jax.jit
    def step(params, state, x, y):
        updates, state = optimizer.update(jax.grad(loss)(params, x, y), state)
        return optax.apply_updates(params, updates), state

    rng = np.random.default_rng(SEED)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for at in range(0, len(x) - 63, 64):
            batch = order[at:at + 64]
            params, state = step(params, state, x[batch], y[batch].astype(np.int32))
    return {k: v * masks[k] for k, v in params.items()}


def float_model(layers, params, shape, classes):
    init, nodes, at, kept = [], [], "x", None

    def constant(name):
        init.append(numpy_helper.from_array(np.asarray(params[name], np.float32), name))
        return name

    def node(op, ins, out, **attrs):
        nodes.append(helper.make_node(op, ins, [out], name=out, **attrs))
        return out

    for layer in layers:
        kind = layer[0]
        if kind == "begin":
            kept = at
        elif kind == "pool":
            at = node("MaxPool", [at], "pool", kernel_shape=[2, 2], strides=[2, 2])
        elif kind == "dense":
            flat = node("Flatten", [node("GlobalAveragePool", [at], "mean")], "flat")
            node("Gemm", [flat, constant(layer[1] + "_w"), constant(layer[1] + "_b")], "y", transB=1)
        else:
            _, name, inputs, _, kernel, stride, pads = layer
            ins = [at, constant(name + "_w"), constant(name + "_b")]
            group = inputs if kind == "depthwise" else 1
            at = node("Conv", ins, name, kernel_shape=kernel, strides=stride, pads=pads, group=group)
            if kind == "conv_sum":
                at = node("Add", [kept, at], name + "_sum")
            at = node("Relu", [at], name + "_relu")
    info = helper.make_tensor_value_info
    graph = helper.make_graph(nodes, "pruned", [info("x", TensorProto.FLOAT, shape)],
                              [info("y", TensorProto.FLOAT, [1, classes])], init)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


class Calibration(CalibrationDataReader):
    def __init__(self, x):
        self.batches = iter([{"x": sample[None]} for sample in x])

    def get_next(self):
        return next(self.batches, None)


def run(path, x):
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(None, {"x": sample[None]})[0] for sample in x])


def export(name, layers, params, x, x_test):
    path, reals = HERE / f"{name}.onnx", HERE / "float.onnx"
    shape = [1, *x.shape[1:]]
    onnx.save(float_model(layers, params, shape, layers[-1][3]), reals)
    by_float = run(reals, x_test)
    quantize_static(str(reals), str(path), Calibration(x[:400]), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=True)
    os.remove(reals)
    return by_float, run(path, x_test)


def zeros_of(path):
    """Share of all int8 weights that are zero, and of those of matrices."""
    weights = [numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer if t.name.endswith("_quantized")]
    weights = [w for w in weights if w.dtype == np.int8 and w.ndim > 1]
    matrices = [w for w in weights if w.ndim < 4 or w.shape[1] > 1 or w.shape[2] > 3]
    share = lambda ws: 100 * sum((w == 0).sum() for w in ws) / sum(w.size for w in ws)
    return share(weights), share(matrices)


def main():
    for name, layers, (x, x_test, y, y_test), epochs in [("digits", DIGITS, digits(), 60), ("kws", KWS, kws(), 16)]:
        params = initial(layers, jax.random.PRNGKey(SEED))
        dense = masks_of(params, 0)
        params = train(layers, params, dense, (x, y), epochs, 3e-3)
        right = lambda v: f"{100 * (v.argmax(1) == y_test).mean():.2f} %"
        print(name, "dense, float32", right(np.asarray(forward(layers, params, x_test))))
        for zeros in [50, 80]:
            # Four steps, each with what is left trained again.
            pruned = params
            for part in [0.5, 0.75, 0.9, 1.0]:
                masks = masks_of(pruned, part * zeros / 100)
                pruned = train(layers, pruned, masks, (x, y), epochs // 2, 2e-3)
            own = f"{name}_{zeros}"
            by_float, by_int8 = export(own, layers, pruned, x, x_test)
            for what, values in [("x", x_test), ("y", by_int8), ("labels", y_test)]:
                np.save(HERE / f"{own}.{what}.npy", values[:KEPT])
            of_all, of_matrices = zeros_of(HERE / f"{own}.onnx")
            print(own, f"float32 {right(by_float)}, int8 {right(by_int8)}, zeros {of_all:.1f} % of all weights,",
                  f"{of_matrices:.1f} % of those of matrices", flush=True)


if __name__ == "__main__":
    main()
