"""Train, export and quantize a small residual CNN on the scikit-learn digits.

Writes next to this file:
  digits_cnn.onnx        int8 QDQ model, input "x" float32 [1, 1, 8, 8] (channels first), output "y" float32 [1, 10]
  digits_cnn.x.npy       test images, float32 [360, 1, 8, 8], pixel / 16
  digits_cnn.y.npy       what ONNX Runtime computes for them, float32 [360, 10]
  digits_cnn.labels.npy  the true digits, uint8 [360]
"""
import logging
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import onnx
import onnxruntime as ort
from keras import layers
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = Path(__file__).resolve().parent
SEED = 3
logging.disable(logging.WARNING)


def load_data():
    digits = load_digits()
    x = (digits.images[..., None] / 16.0).astype(np.float32)
    return train_test_split(x, digits.target.astype(np.uint8), test_size=360, stratify=digits.target, random_state=SEED)


def network():
    """conv -> (conv -> conv) + itself -> maximum -> conv -> average of the image -> dense"""
    conv = lambda n, name, act=None: layers.Conv2D(n, 3, padding="same", activation=act, name=name)
    x = keras.Input((8, 8, 1))
    a = conv(12, "c1", "relu")(x)
    b = conv(12, "c3")(conv(12, "c2", "relu")(a))
    c = layers.ReLU()(layers.Add()([a, b]))
    d = conv(24, "c4", "relu")(layers.MaxPooling2D(2)(c))
    return keras.Model(x, layers.Dense(10, name="fc")(layers.GlobalAveragePooling2D()(d)))


def float_model(net):
    """The same in ONNX, channels first."""
    init, nodes = [], []

    def constant(name, value):
        init.append(numpy_helper.from_array(np.ascontiguousarray(value, np.float32), name))
        return name

    def conv(name, at):
        w, b = net.get_layer(name).get_weights()
        ins = [at, constant(name + "_w", w.transpose(3, 2, 0, 1)), constant(name + "_b", b)]
        nodes.append(helper.make_node("Conv", ins, [name], name=name, kernel_shape=[3, 3], pads=[1, 1, 1, 1]))
        return name

    def node(op, ins, out, **attrs):
        nodes.append(helper.make_node(op, ins, [out], name=out, **attrs))
        return out

    a = node("Relu", [conv("c1", "x")], "r1")
    b = conv("c3", node("Relu", [conv("c2", a)], "r2"))
    c = node("Relu", [node("Add", [a, b], "sum")], "r3")
    m = node("MaxPool", [c], "pool", kernel_shape=[2, 2], strides=[2, 2])
    d = node("Relu", [conv("c4", m)], "r4")
    flat = node("Flatten", [node("GlobalAveragePool", [d], "mean")], "flat")
    w, bias = net.get_layer("fc").get_weights()
    node("Gemm", [flat, constant("fc_w", w.T), constant("fc_b", bias)], "y", transB=1)
    info = helper.make_tensor_value_info
    graph = helper.make_graph(nodes, "digits_cnn", [info("x", TensorProto.FLOAT, [1, 1, 8, 8])],
                              [info("y", TensorProto.FLOAT, [1, 10])], init)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


class Calibration(CalibrationDataReader):
    def __init__(self, x):
        self.batches = iter([{"x": sample[None]} for sample in x])

    def get_next(self):
        return next(self.batches, None)


def outputs(model, x):
    opts = ort.SessionOptions()
    opts.log_severity_level = 3
    opts.optimized_model_filepath = str(HERE / "executed.onnx")
    sess = ort.InferenceSession(model, opts, providers=["CPUExecutionProvider"])
    executed = [n.op_type for n in onnx.load(opts.optimized_model_filepath).graph.node]
    os.remove(opts.optimized_model_filepath)
    return np.concatenate([sess.run(None, {"x": s[None]})[0] for s in x]), executed


def main():
    keras.utils.set_random_seed(SEED)
    x, x_test, y, y_test = load_data()
    net = network()
    net.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(4e-3, 60 * 23)),
                keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    net.fit(x, y, batch_size=64, epochs=60, verbose=0)

    first = lambda v: np.ascontiguousarray(v.transpose(0, 3, 1, 2))
    path = HERE / "digits_cnn.onnx"
    reals = HERE / "float.onnx"
    onnx.save(float_model(net), reals)
    by_float, _ = outputs(str(reals), first(x_test))
    quantize_static(str(reals), str(path), Calibration(first(x)), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=True)
    os.remove(reals)
    by_int8, executed = outputs(str(path), first(x_test))
    np.save(HERE / "digits_cnn.x.npy", first(x_test))
    np.save(HERE / "digits_cnn.y.npy", by_int8)
    np.save(HERE / "digits_cnn.labels.npy", y_test)
    right = lambda v: int((v.argmax(1) == y_test).sum())
    print("%d weights and biases" % net.count_params())
    print("float32 %d of 360 right, int8 %d of 360" % (right(by_float), right(by_int8)))
    print("ONNX Runtime executes: " + " ".join(executed))


if __name__ == "__main__":
    main()
