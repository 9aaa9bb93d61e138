"""Train, quantize and check a 64-16-10 MLP on the scikit-learn digits.

Writes next to this file:
  digits_mlp.onnx        int8 QDQ model, input "x" float32 [N, 64], output "y" float32 [N, 10]
  digits_mlp.x.npy       test images, float32 [360, 64], pixel / 16
  digits_mlp.y.npy       what ONNX Runtime computes for them, float32 [360, 10]
  digits_mlp.labels.npy  the true digits, uint8 [360]

It then recomputes every output in plain integer arithmetic and prints how many
elements differ from ONNX Runtime (must be 0).
"""
import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

HERE = Path(__file__).resolve().parent
SEED = 6  # a seed that leaves no hidden unit dead (a dead one gets a scale near 0 and a huge bias)
OPSET = 17
logging.disable(logging.WARNING)  # the quantizer advises a shape inference this model does not need


def load_data():
    digits = load_digits()
    x = (digits.data / 16.0).astype(np.float32)
    y = digits.target.astype(np.uint8)
    return train_test_split(x, y, test_size=360, stratify=y, random_state=SEED)


def train(x, y):
    net = MLPClassifier((16,), activation="relu", solver="adam", alpha=0.05, batch_size=64,
                        learning_rate_init=0.005, max_iter=300, tol=0.0,
                        n_iter_no_change=300, random_state=SEED)
    with warnings.catch_warnings():  # a fixed number of epochs is intended
        warnings.simplefilter("ignore", ConvergenceWarning)
        return net.fit(x, y)


def float_model(net):
    """Gemm -> Relu -> Gemm; weights stored as [out, in] (transB=1)."""
    init = []
    for i, (w, b) in enumerate(zip(net.coefs_, net.intercepts_), start=1):
        init.append(numpy_helper.from_array(np.ascontiguousarray(w.T, np.float32), "w%d" % i))
        init.append(numpy_helper.from_array(b.astype(np.float32), "b%d" % i))
    nodes = [
        helper.make_node("Gemm", ["x", "w1", "b1"], ["h"], name="fc1", transB=1),
        helper.make_node("Relu", ["h"], ["r"], name="relu1"),
        helper.make_node("Gemm", ["r", "w2", "b2"], ["y"], name="fc2", transB=1),
    ]
    graph = helper.make_graph(
        nodes, "digits_mlp",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 64])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 10])], init)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = 8
    return model


class Calibration(CalibrationDataReader):
    def __init__(self, x):
        self.batches = iter([{"x": x}])

    def get_next(self):
        return next(self.batches, None)


def quantize(model, x, path):
    with tempfile.TemporaryDirectory() as tmp:
        src, dst = os.path.join(tmp, "float.onnx"), os.path.join(tmp, "int8.onnx")
        onnx.save(model, src)
        quantize_static(src, dst, Calibration(x), quant_format=QuantFormat.QDQ,
                        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
                        per_channel=True, reduce_range=True)
        q = onnx.load(dst)
    q.producer_name, q.producer_version, q.doc_string = "digits_mlp", "1", ""
    del q.metadata_props[:]
    # Only the standard operator set is used; drop imports the quantizer may have added.
    for extra in [o for o in q.opset_import if o.domain not in ("", "ai.onnx")]:
        q.opset_import.remove(extra)
    onnx.checker.check_model(q, full_check=True)
    onnx.save(q, str(path))
    return q


def run_ort(model, x):
    """Outputs with default session options, and the operators really executed."""
    with tempfile.TemporaryDirectory() as tmp:
        opts = ort.SessionOptions()
        opts.optimized_model_filepath = os.path.join(tmp, "optimized.onnx")
        opts.log_severity_level = 3
        sess = ort.InferenceSession(model.SerializeToString(), opts,
                                    providers=["CPUExecutionProvider"])
        executed = [n.op_type for n in onnx.load(opts.optimized_model_filepath).graph.node]
        return sess.run(None, {"x": x})[0], executed


def quant(x, s, z, lo=0, hi=255):
    """QuantizeLinear: half to even, zero point added after rounding."""
    return np.clip(np.rint(x / s) + np.float32(z), lo, hi).astype(np.int64)


def integer_model(q, x):
    """The QDQ graph in integers, by ONNX Runtime's QGemm rule.

    acc = sum((a - za) * w) + bias, then per channel
    code = sat(half_even(f32(acc) * f32(f32(sa * sw) / sy)) + zy), all scales float32.
    """
    f32 = np.float32
    const = {t.name: numpy_helper.to_array(t) for t in q.graph.initializer}
    source = {n.output[0]: n for n in q.graph.node}
    user = {i: n for n in q.graph.node for i in n.input}

    def params(node):
        return [const[name] for name in node.input[1:3]]

    first = user["x"]
    s, z = params(first)
    a = quant(x, f32(s), int(z))
    for gemm in [n for n in q.graph.node if n.op_type == "Gemm"]:
        wdq, bdq = source[gemm.input[1]], source[gemm.input[2]]
        w, sw = const[wdq.input[0]].astype(np.int64), params(wdq)[0].astype(f32)
        bias = const[bdq.input[0]].astype(np.int64)
        out = user[gemm.output[0]]
        if out.op_type == "Relu":  # free: the clamp at code 0 is the Relu when the zero point is 0
            out = user[out.output[0]]
            assert int(params(out)[1]) == 0
        sy, zy = params(out)
        acc = (a - int(z)) @ w.T + bias
        assert np.abs(acc).max() < 2 ** 31
        scale = ((f32(s) * sw).astype(f32) / f32(sy)).astype(f32)
        code = np.rint(acc.astype(f32) * scale).astype(np.int64) + int(zy)
        a, s, z = np.clip(code, 0, 255), f32(sy), zy
    return (a - int(z)).astype(f32) * f32(s)


def main():
    x_train, x_test, y_train, y_test = load_data()
    net = train(x_train, y_train)
    active = (x_train @ net.coefs_[0] + net.intercepts_[0] > 0).mean(axis=0)
    assert active.min() > 0.1, "a hidden unit is (nearly) dead: choose another SEED"
    fmodel = float_model(net)
    path = HERE / "digits_mlp.onnx"
    model = quantize(fmodel, x_train, path)

    float_out, _ = run_ort(fmodel, x_test)
    out, executed = run_ort(model, x_test)
    wrong = int((integer_model(model, x_test) != out).sum())
    np.save(HERE / "digits_mlp.x.npy", x_test)
    np.save(HERE / "digits_mlp.y.npy", out)
    np.save(HERE / "digits_mlp.labels.npy", y_test)

    hits_f = int((float_out.argmax(1) == y_test).sum())
    hits_q = int((out.argmax(1) == y_test).sum())
    n = len(y_test)
    print("model            %d bytes, nodes: %s" % (path.stat().st_size,
          " ".join(node.op_type for node in model.graph.node)))
    print("executed as      %s" % " ".join(executed))
    print("float accuracy   %d/%d = %.2f %%" % (hits_f, n, 100.0 * hits_f / n))
    print("int8 accuracy    %d/%d = %.2f %%" % (hits_q, n, 100.0 * hits_q / n))
    print("integer model    %d of %d outputs differ from ONNX Runtime" % (wrong, out.size))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
