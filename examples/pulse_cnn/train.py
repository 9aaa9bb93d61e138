"""Train and quantize a 1-D CNN that reads time and energy off detector-like pulses.

Writes next to this file:
  pulse_cnn.tflite   int8 model, input float32 [1, 64, 1] (samples), output float32 [1, 2] (time, energy)
  pulse_cnn.x.npy    test pulses, float32 [400, 64, 1]
  pulse_cnn.y.npy    what LiteRT's reference kernels compute for them, float32 [400, 2]
  pulse_cnn.t.npy    the true times and energies, float32 [400, 2]

A pulse is A (u e^(1-u))^2 with u = (t - t0) / tau after t0, tau = 6 samples, on white noise of 1 % of the largest A and a baseline
that wanders by 2 %. t0 lies within one sample of the trigger, A between 0.3 and 1.
"""
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from keras import layers

HERE = Path(__file__).resolve().parent
SEED, SAMPLES, TAU, TRIGGER, NOISE, BASELINE = 5, 64, 6.0, 16, 0.01, 0.02


def pulses(n, rng):
    """Pulses, and their times (in samples from the trigger) and energies (amplitude, moved to [-1, 1])."""
    t0, a = rng.uniform(-1, 1, n), rng.uniform(0.3, 1, n)
    u = np.maximum(np.arange(SAMPLES) - TRIGGER - t0[:, None], 0) / TAU
    x = a[:, None] * (u * np.exp(1 - u)) ** 2
    x += rng.normal(0, NOISE, x.shape) + rng.uniform(-BASELINE, BASELINE, n)[:, None]
    return x[..., None].astype(np.float32), np.stack([t0, (a - 0.65) / 0.35], 1).astype(np.float32)


def network():
    return keras.Sequential([
        keras.Input((SAMPLES, 1)),
        layers.Conv1D(8, 5, 2, padding="same", activation="relu"),
        layers.Conv1D(12, 5, 2, padding="same", activation="relu"),
        layers.Conv1D(16, 3, 2, padding="same", activation="relu"),
        layers.Flatten(),
        layers.Dense(24, activation="relu"),
        layers.Dense(2),
    ])


def quantize(net, x):
    """Post-training int8: every tensor; floats at both ends."""
    one = keras.Input(batch_shape=(1, SAMPLES, 1))
    c = tf.lite.TFLiteConverter.from_keras_model(keras.Model(one, net(one)))
    c.optimizations = [tf.lite.Optimize.DEFAULT]
    c.representative_dataset = lambda: ([s[None]] for s in x[:1000])
    c.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    return c.convert()


def by_reference(model, x):
    it = Interpreter(model_content=model, experimental_op_resolver_type=OpResolverType.BUILTIN_REF, num_threads=1)
    it.allocate_tensors()
    i, o = it.get_input_details()[0]["index"], it.get_output_details()[0]["index"]
    rows = []
    for s in x:
        it.set_tensor(i, s[None])
        it.invoke()
        rows.append(it.get_tensor(o)[0].copy())
    return np.stack(rows)


def resolution(name, y, t):
    """Standard deviations: of the time in samples, of the energy relative to itself."""
    energy = lambda v: 0.65 + 0.35 * v[:, 1]
    time, rel = np.std(y[:, 0] - t[:, 0]), np.std((energy(y) - energy(t)) / energy(t))
    print("%-8s time %.4f samples, energy %.3f %%" % (name, time, 100 * rel))


def main():
    keras.utils.set_random_seed(SEED)
    rng = np.random.RandomState(SEED)
    (x, t), (x_test, t_test) = pulses(40000, rng), pulses(4000, rng)
    net = network()
    net.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, 40 * 157)), "mse")
    net.fit(x, t, batch_size=256, epochs=40, verbose=0)
    model = quantize(net, x)
    (HERE / "pulse_cnn.tflite").write_bytes(model)
    print("%d weights and biases, %d bytes" % (net.count_params(), len(model)))
    resolution("float32", net.predict(x_test, verbose=0), t_test)
    y = by_reference(model, x_test)
    resolution("int8", y, t_test)
    np.save(HERE / "pulse_cnn.x.npy", x_test[:400])
    np.save(HERE / "pulse_cnn.y.npy", y[:400])
    np.save(HERE / "pulse_cnn.t.npy", t_test[:400])


if __name__ == "__main__":
    main()
