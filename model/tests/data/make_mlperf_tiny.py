"""The architectures of MLPerf Tiny whose published files are not here, converted by TensorFlow as their authors do.

Writes to mlperf_tiny/ for each network: the int8 model, int8 inputs, what LiteRT's reference kernels compute.
  ic_resnet8      image classification: 32x32x3, three residual stacks of 16, 32, 64 channels
  vww_mobilenet   visual wake words: MobileNet v1 of a quarter width on 96x96x3
  sww_ds_tcn      streaming wake word: depthwise separable convolutions in time, 30x1x40
Layers, kernels and channels are those of github.com/mlcommons/tiny, benchmark/training (image_classification/keras_model.py,
visual_wake_words/vww_model.py, streaming_wakeword/keras_model.py, read in 2026). Weights and statistics of the normalizations are
random: shapes, operators and the converter's ways are tested here, not accuracies.
"""
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from keras import layers

HERE = Path(__file__).resolve().parent / "mlperf_tiny"
SEED, CALIBRATE = 11, 24


def normalized(x, act=True):
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if act else x


def resnet8():
    conv = lambda x, n, k, s: layers.Conv2D(n, k, s, padding="same", kernel_initializer="he_normal")(x)
    i = keras.Input(batch_shape=(1, 32, 32, 3))
    x = normalized(conv(i, 16, 3, 1))
    for n, stride in ((16, 1), (32, 2), (64, 2)):
        y = normalized(conv(x, n, 3, stride))
        y = normalized(conv(y, n, 3, 1), act=False)
        x = x if stride == 1 else conv(x, n, 1, stride)
        x = layers.ReLU()(layers.Add()([x, y]))
    x = layers.Flatten()(layers.AveragePooling2D(8)(x))
    return keras.Model(i, layers.Dense(10, activation="softmax")(x))


def mobilenet():
    conv = lambda x, n, k, s: layers.Conv2D(n, k, s, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    deep = lambda x, s: layers.DepthwiseConv2D(3, s, padding="same", use_bias=False, depthwise_initializer="he_normal")(x)
    i = keras.Input(batch_shape=(1, 96, 96, 3))
    x = normalized(conv(i, 8, 3, 2))
    for n, stride in ((16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), *[(128, 1)] * 5, (256, 2), (256, 1)):
        x = normalized(deep(x, stride))
        x = normalized(conv(x, n, 1, 1))
    x = layers.Flatten()(layers.AveragePooling2D(3)(x))
    return keras.Model(i, layers.Dense(2, activation="softmax")(x))


def ds_tcn():
    i = x = keras.Input(batch_shape=(1, 30, 1, 40))
    for n, k in ((128, 3), (64, 5), (64, 10), (32, 15)):
        x = layers.DepthwiseConv2D((k, 1), use_bias=False)(x)
        x = normalized(layers.Conv2D(n, 1, use_bias=False, kernel_initializer="he_normal")(x))
        x = layers.Dropout(0.2)(x)
    return keras.Model(i, layers.Dense(3)(layers.Flatten()(x)))


def inputs(shape, n, rng):
    """Smooth fields with some noise, as images and spectrograms are."""
    coarse = rng.normal(0, 1, (n, -(-shape[0] // 4), -(-shape[1] // 4), shape[2]))
    x = coarse.repeat(4, 1).repeat(4, 2)[:, :shape[0], :shape[1]] + rng.normal(0, 0.3, (n, *shape))
    return x.astype(np.float32)


def quantize(net, x):
    c = tf.lite.TFLiteConverter.from_keras_model(net)
    c.optimizations = [tf.lite.Optimize.DEFAULT]
    c.representative_dataset = lambda: ([s[None]] for s in x)
    c.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    c.inference_input_type = c.inference_output_type = tf.int8
    return c.convert()


def by_reference(model, x):
    """Codes of the inputs, and of what LiteRT's reference kernels compute from them."""
    it = Interpreter(model_content=model, experimental_op_resolver_type=OpResolverType.BUILTIN_REF, num_threads=1)
    it.allocate_tensors()
    i, o = it.get_input_details()[0], it.get_output_details()[0]
    scale, zero = i["quantization"]
    codes = np.clip(np.round(x / scale) + zero, -128, 127).astype(np.int8)
    rows = []
    for s in codes:
        it.set_tensor(i["index"], s[None])
        it.invoke()
        rows.append(it.get_tensor(o["index"])[0].copy())
    return codes, np.stack(rows)


def main():
    HERE.mkdir(exist_ok=True)
    for name, make, samples in (("ic_resnet8", resnet8, 8), ("vww_mobilenet", mobilenet, 4), ("sww_ds_tcn", ds_tcn, 16)):
        keras.utils.set_random_seed(SEED)
        rng = np.random.RandomState(SEED)
        net = make()
        for layer in net.layers:
            if isinstance(layer, layers.BatchNormalization):
                n = layer.gamma.shape[0]
                layer.set_weights([rng.uniform(0.7, 1.3, n), rng.normal(0, 0.3, n), rng.normal(0, 0.3, n), rng.uniform(0.5, 1.5, n)])
        shape = net.input_shape[1:]
        model = quantize(net, inputs(shape, CALIBRATE, rng))
        x, y = by_reference(model, inputs(shape, samples, rng))
        (HERE / (name + ".tflite")).write_bytes(model)
        np.save(HERE / (name + ".x.npy"), x)
        np.save(HERE / (name + ".y.npy"), y)
        print("%-14s %7d bytes, %d weights, outputs from %d to %d" % (name, len(model), net.count_params(), y.min(), y.max()))


if __name__ == "__main__":
    main()
