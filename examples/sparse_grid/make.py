"""Make and fit a sparse vector-matrix decomposition of a volume's density, as TensoRF (arXiv 2203.09517) has it.

    density(x, y, z) ~ sum_r  vx[r,x] Myz[r,y,z] + vy[r,y] Mxz[r,x,z] + vz[r,z] Mxy[r,x,y]

The volume is made here: shells of spheres, a slab, a pillar. The fit is Adam on all 64^3 nodes with a soft threshold on
the matrices (most of the volume is empty, so most of a matrix is too), then on what is left alone.

Writes next to this file:
  sparse_grid.matrices.npy  int8 [3, 8, 64, 64]
  sparse_grid.vectors.npy   int8 [3, 8, 64]
  sparse_grid.points.npy    uint16 [256, 3], x, y, z with 4 bits of fraction
  sparse_grid.y.npy         int64 [256], the sum of products of both interpolations, in units of the codes' scales / 2^12

and prints zeros and the distance of the codes' volume from the one that was made.
"""
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SEED, SIDE, RANKS, FRACTION, POINTS = 16, 64, 8, 4, 256
# What each mode's vector runs along, and its matrix.
ALONG, ACROSS = (0, 1, 2), ((1, 2), (0, 2), (0, 1))


def volume():
    """Density in 0..1 at each node."""
    at = np.stack(np.meshgrid(*[np.arange(SIDE) / (SIDE - 1)] * 3, indexing="ij"))
    out = np.zeros((SIDE,) * 3)
    for centre, radius in (((0.35, 0.35, 0.4), 0.16), ((0.68, 0.6, 0.55), 0.12), ((0.3, 0.72, 0.6), 0.08)):
        d = np.sqrt(sum((a - c) ** 2 for a, c in zip(at, centre)))
        out = np.maximum(out, np.exp(-(((d - radius) / 0.03) ** 2)))
    x, y, z = at
    out[(np.abs(z - 0.1) < 0.02) & (x > 0.15) & (x < 0.85) & (y > 0.15) & (y < 0.85)] = 1
    out[(np.abs(x - 0.8) < 0.03) & (np.abs(y - 0.25) < 0.03) & (z > 0.1) & (z < 0.8)] = 1
    return out


def put(term, mode):
    """A term with its vector's axis first, in the order x, y, z."""
    return np.moveaxis(term.reshape((SIDE,) * 3), 0, mode)


def total(vectors, matrices):
    return sum(put(v.T @ m.reshape(RANKS, -1), mode) for mode, (v, m) in enumerate(zip(vectors, matrices)))


def fit(target, rng):
    vectors = rng.normal(0, 0.3, (3, RANKS, SIDE)) + 0.5
    matrices = rng.normal(0, 0.1, (3, RANKS, SIDE, SIDE))
    moments = [[np.zeros_like(p), np.zeros_like(p)] for p in (vectors, matrices)]
    kept, steps = np.ones_like(matrices), 3000
    for step in range(1, steps + 1):
        error = total(vectors, matrices) - target
        grads = [np.empty_like(vectors), np.empty_like(matrices)]
        for mode in range(3):
            e = np.moveaxis(error, mode, 0).reshape(SIDE, -1)
            flat = matrices[mode].reshape(RANKS, -1)
            grads[0][mode] = flat @ e.T
            grads[1][mode] = (vectors[mode] @ e).reshape(RANKS, SIDE, SIDE)
        rate = 0.01 * min(1.0, 2 * (1 - step / (steps + 1)))
        for p, g, (a, b) in zip((vectors, matrices), grads, moments):
            a += 0.1 * (g - a)
            b += 0.01 * (g * g - b)
            p -= rate * (a / (1 - 0.9**step)) / (np.sqrt(b / (1 - 0.99**step)) + 1e-8)
        if step <= steps * 2 // 3:
            matrices[...] = np.sign(matrices) * np.maximum(np.abs(matrices) - 0.05 * rate, 0)
        if step == steps * 2 // 3:
            kept = np.abs(matrices) > 0.03 * np.abs(matrices).max()
        matrices *= kept
    return vectors, matrices


def quantize(vectors, matrices):
    """Each vector's largest is 127; what this takes goes to its matrix; all matrices have one scale."""
    most = np.abs(vectors).max(axis=2)
    vectors, matrices = np.rint(vectors / most[..., None] * 127), matrices * most[..., None, None] / 127
    scale = np.abs(matrices).max() / 127
    return vectors.astype(np.int8), np.rint(matrices / scale).astype(np.int8), scale


def at_points(vectors, matrices, points):
    """Both interpolations, exact integers: weights of nodes, in units of 2^-FRACTION, of the whole axis at once."""
    nodes = np.arange(SIDE) << FRACTION
    weights = np.maximum((1 << FRACTION) - np.abs(points[..., None].astype(np.int64) - nodes), 0)  # [points, 3, side]
    y = np.zeros(len(points), np.int64)
    for mode, (j, k) in enumerate(ACROSS):
        line = np.einsum("pi,ri->pr", weights[:, ALONG[mode]], vectors[mode].astype(np.int64))
        plane = np.einsum("pj,pk,rjk->pr", weights[:, j], weights[:, k], matrices[mode].astype(np.int64), optimize=True)
        y += (line * plane).sum(axis=1)
    return y


def main():
    rng = np.random.default_rng(SEED)
    target = volume()
    vectors, matrices, scale = quantize(*fit(target, rng))
    most = (SIDE - 1) << FRACTION
    points = rng.integers(0, most + 1, (POINTS, 3)).astype(np.uint16)
    points[:4] = [[0, 0, 0], [most] * 3, [most, 0, 7], [1, most, most - 1]]
    y = at_points(vectors, matrices, points)
    for name, value in (("matrices", matrices), ("vectors", vectors), ("points", points), ("y", y)):
        np.save(HERE / f"sparse_grid.{name}.npy", value)
    back = total(vectors.astype(float), matrices * scale)
    rms = np.sqrt(((back - target) ** 2).mean())
    print(f"zeros: matrices {100 * (matrices == 0).mean():.1f} %, vectors {100 * (vectors == 0).mean():.1f} %")
    print(f"root mean square distance {rms:.4f}, {20 * np.log10(1 / rms):.1f} dB below the largest density")


if __name__ == "__main__":
    main()
