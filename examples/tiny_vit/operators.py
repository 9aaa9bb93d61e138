"""The operators of the domain `niello` in numpy, for onnx's reference evaluator: docs/onnx-domain.md says what they mean.

    ReferenceEvaluator("tiny_vit.onnx", new_ops=OPERATORS).run(None, {"x": images})
"""
from math import e, floor, isqrt, log2

import numpy as np
from onnx.reference.op_run import OpRun

MOST = 2**31 - 1


def dyadic(z, multiplier, shift):
    """round_half_even(z multiplier / 2^shift), exact: products have 62 bits at most."""
    m, e = np.asarray(multiplier, np.int64), np.asarray(shift, np.int64)
    product = z.astype(np.int64) * m
    floor, rest, half = product >> e, product & ((1 << e) - 1), (1 << e) >> 1
    up = (rest > half) | ((rest == half) & (e > 0) & (floor & 1 == 1))
    return floor + up


def codes(v, bits):
    return np.clip(v, -(1 << (bits - 1)), (1 << (bits - 1)) - 1).astype(np.int8 if bits <= 8 else np.int16)


def exponential(x, inverse_scale, octaves, half):
    """e(x), near 2^octaves inverse_scale exp(x / inverse_scale), not above MOST."""
    x = x.astype(np.int64)
    p = np.maximum(x + (x >> 1) - (x >> 4), -octaves * inverse_scale)
    q = p // -inverse_scale
    r = p + q * inverse_scale
    up = np.minimum(octaves - q, 40)
    base = ((r >> 1) + inverse_scale) * 2 if half == "floor" else r + 2 * inverse_scale
    return np.minimum((base << up) >> 1, MOST)


class Own(OpRun):
    op_domain = "niello"

    def given(self, name, default):
        return getattr(self, name, default)

    def requantized(self, z):
        return codes(dyadic(z, self.multiplier, self.shift), self.given("bits", 8))

    def exp(self, x, octaves):
        return exponential(x, self.inverse_scale, self.given("octaves", octaves), self.given("half", "floor"))

    def whole(self):
        return MOST + (self.given("numerator", "less") == "whole")


class Add(Own):
    def _run(self, a, b, **_):
        shares = [dyadic(v, m, e) for v, m, e in zip((a, b), self.multiplier, self.shift)]
        return (codes(shares[0] + shares[1], self.given("bits", 8)),)


class Mul(Own):
    def _run(self, a, b, **_):
        return (self.requantized(a.astype(np.int64) * b),)


class Table(Own):
    def _run(self, x, table, **_):
        return (table[x.astype(np.int64) - np.iinfo(x.dtype).min],)


class BitLinear(Own):
    def _run(self, x, w, **_):
        bits = x.dtype.itemsize * 8
        x = x.astype(np.int64)
        most = abs(x).max(-1, keepdims=True)
        inverse = (127 << (bits + 8)) // np.maximum(most, 1)
        q = (x * inverse + (1 << (bits + 7))) >> (bits + 8)
        root = np.maximum(np.vectorize(lambda n: isqrt(int(n)), otypes=[np.int64])((x * x).sum(-1, keepdims=True)), 1)
        return (self.requantized(q @ w.astype(np.int64) * (most * 2**15 // root)),)


class GatedRecurrence(Own):
    """Keeps its state from one call to the next one: an evaluator is a sequence of samples."""

    def _run(self, f, c, **_):
        bits, up = f.dtype.itemsize * 8, self.given("up", 8)
        h = getattr(self, "state", np.zeros(f.shape[-1], np.int64))
        rows = []
        for gate, v in zip(f.reshape(-1, f.shape[-1]).astype(np.int64), c.reshape(-1, f.shape[-1]).astype(np.int64) << up):
            h = v + ((gate * (h - v) + (1 << (bits - 1))) >> bits)
            rows.append(h)
        self.state = h
        return (codes(np.array(rows).reshape(f.shape), c.dtype.itemsize * 8 + up),)


class Attention(Own):
    """Key by key: what there is of a query is shifted where its maximum, which goes in steps of four octaves and looks three keys ahead, moves."""

    def sees(self, i, j, queries, keys):
        last, mask = i + keys - queries, self.given("mask", "none")
        near = mask != "window" or j > last - self.given("window", 1) or j < self.given("sinks", 0)
        return mask == "none" or (j <= last and near)

    def query(self, scores, values, seen, precision):
        top, den, num = None, 0, [0] * values.shape[1]
        steps = [(int(t) >> 10) + 1 if s else None for t, s in zip(scores, seen)]
        for j, t in enumerate(scores):
            found = [s - d for d, s in enumerate(steps[j : j + 4]) if s is not None] + ([] if top is None else [top])
            now = max(found, default=None)
            rise = 0 if now is None else 2 if top is None else now - top
            share = 0
            if seen[j]:
                share = min(round(2 ** (precision - 1 + (int(t) & 255) / 256)), 2**precision - 1) >> (4 * now - (int(t) >> 8) - 1)
            den, num = [den, den >> 4, 0][min(rise, 2)], num if rise == 0 else [n >> 4 if rise == 1 else 0 for n in num]
            den, num = den + share, [n + share * int(v) for n, v in zip(num, values[j])]
            top = now
        return den, num

    def fixed(self, keys):
        """Scores of products, and results of numerators and denominators, in fixed point."""
        precision = self.given("precision", 16)
        real = float(np.float32(self.scale)) * log2(e) * 256
        s = min(max(15 - floor(log2(real)), 0), 48)
        m = max(round(real * 2.0**s), 1)
        out_scale = float(np.float32(self.given("out_scale", 1.0)))
        point = (keys * (2**precision - 1)).bit_length() + 12 - floor(log2(out_scale))
        numerator = int(np.floor(out_scale * 2.0**point + 0.5))
        results = lambda den, num: [(n * (numerator // den) + 2 ** (point - 1)) >> point if den else 0 for n in num]
        return precision, lambda products: (products * m) >> s, results

    def _run(self, q, k, v, **_):
        queries, keys = q.shape[-2], k.shape[-2]
        precision, scored, results = self.fixed(keys)
        heads = lambda x: x.reshape((-1,) + x.shape[-2:]).astype(np.int64)
        y = []
        for a, b, c in zip(heads(q), heads(k), heads(v)):
            scores = scored(a @ b.T)
            for i in range(queries):
                seen = [self.sees(i, j, queries, keys) for j in range(keys)]
                y.append(results(*self.query(scores[i], c, seen, precision)))
        return (codes(np.array(y, np.int64).reshape(q.shape[:-1] + v.shape[-1:]), self.given("bits", 8)),)


class CachedAttention(Attention):
    """Sample after sample is token after token; keys and values are kept in few bits."""

    def kept(self, x):
        groups = x.reshape(-1, self.given("group", x.shape[-1])).astype(np.int64)
        lo, levels = groups.min(1, keepdims=True), 2 ** self.given("cache_bits", 4) - 1
        step = 16 * (groups.max(1, keepdims=True) - lo) // levels
        code = np.minimum((16 * (groups - lo) + step // 2) // np.maximum(step, 1), levels)
        return (lo + ((code * step + 8) >> 4)).reshape(x.shape)

    def _run(self, q, k, v, **_):
        tokens, sinks, (samples, heads) = self.tokens, self.given("sinks", 0), q.shape[:2]
        precision, scored, results = self.fixed(tokens)
        empty = [np.zeros((heads, tokens, x.shape[-1]), np.int64) for x in (k, v)]
        first, keys, values = getattr(self, "cache", (0, *empty))
        y = []
        for n in range(samples):
            t = first + n
            slot = t if t < tokens else sinks + (t - sinks) % (tokens - sinks)
            keys[:, slot], values[:, slot] = self.kept(k[n]), self.kept(v[n])
            seen = [j <= t for j in range(tokens)]
            for h in range(heads):
                scores = scored(keys[h] @ q[n, h].astype(np.int64))
                y.append(results(*self.query(scores, values[h], seen, precision)))
        self.cache = (first + samples, keys, values)
        return (codes(np.array(y, np.int64).reshape(v.shape), self.given("bits", 8)),)


class MatMul(Own):
    def _run(self, a, b, c=None, **_):
        z = a.astype(np.int64) @ b.astype(np.int64)
        return (self.requantized(z if c is None else z + c),)


class ReduceMean(Own):
    def _run(self, x, **_):
        keep = self.given("keepdims", 1) != 0
        return (self.requantized(x.astype(np.int64).sum(axis=tuple(self.axes), keepdims=keep)),)


class Rotary(Own):
    def _run(self, x, cosines, sines, **_):
        a, b, c, s = (v.astype(np.int64) for v in (x[..., ::2], x[..., 1::2], cosines, sines))
        fraction = self.given("fraction", 14)
        half = 1 << (fraction - 1)
        y = np.stack([(a * c - b * s + half) >> fraction, (a * s + b * c + half) >> fraction], -1)
        return (codes(y.reshape(x.shape), 8 * x.dtype.itemsize),)


class Shiftmax(Own):
    def _run(self, x, **_):
        e = self.exp(x.astype(np.int64) - x.max(-1, keepdims=True), 15)
        bits = self.given("bits", 8)
        factor = self.whole() // np.minimum(e.sum(-1, keepdims=True), MOST)
        return ((e * factor >> (32 - bits)).astype(np.uint8 if bits <= 8 else np.uint16),)


class ShiftGelu(Own):
    def _run(self, x, **_):
        x = x.astype(np.int64)
        top = x.max(-1, keepdims=True)
        e = self.exp(x - top, 23)
        factor = self.whole() // np.minimum(e + self.exp(-top, 23), MOST)
        return (self.requantized(x * (e * factor >> (32 - self.given("sigmoid_bits", 8)))),)


class LayerNorm(Own):
    def _run(self, x, bias=None, **_):
        x = x.astype(np.int64)
        total, n = x.sum(-1, keepdims=True), x.shape[-1]
        if self.given("mean", "nearest") == "none":
            mean = np.zeros_like(total)
        elif self.given("mean", "nearest") == "zero":
            mean = np.sign(total) * (abs(total) // n)
        else:
            mean, twice = total // n, 2 * (total % n)
            mean = mean + ((twice > n) | ((twice == n) & (mean & 1 == 1)))
        y, drop = x - mean, self.given("drop", 0)
        squares = ((y >> drop) ** 2).sum(-1, keepdims=True)
        z = y * (self.whole() // (self.root_of(squares) << drop)) >> 1
        return (self.requantized(z if bias is None else z + bias),)

    def root_of(self, v):
        kind = self.given("root", "newton")
        if kind == "floor":
            return np.maximum(np.vectorize(lambda n: isqrt(int(n)), otypes=[np.int64])(v), 1)
        bits = np.vectorize(lambda n: int(n).bit_length(), otypes=[np.int64])(v)
        k = np.full_like(v, 1 << self.given("start", 16)) if kind == "newton" else 1 << ((bits + 1) // 2)
        for _ in range(self.given("iterations", 10)):
            k = np.maximum((k + v // k) >> 1, 1)
        return k


OPERATORS = [Add, Attention, BitLinear, CachedAttention, GatedRecurrence, LayerNorm, MatMul, Mul, ReduceMean, Rotary, ShiftGelu, Shiftmax, Table]
