"""Small TFLite models of convolutions, pooling and softmax; run make_tflite.py, which writes them."""
import numpy as np
from ai_edge_litert import schema_py_generated as fb

from make_tflite import ACT, F32, RANGE, Net, fixed, half_away, multiplier, quantize, rescale


def axis(size, kernel, stride, dilation, padding):
    """Outputs along an axis, and the padding in front and behind."""
    extent = (kernel - 1) * dilation + 1
    if padding == "VALID":
        return (size - extent) // stride + 1, 0, 0
    out = -(-size // stride)
    total = max((out - 1) * stride + extent - size, 0)
    return out, total // 2, total - total // 2


def hard_swish(x, s, sy):
    """hard_swish.h on int16: the gate saturates at -3 and 3."""
    def half(ratio):
        m, shift = multiplier(float(ratio))
        return min((m + (1 << 15)) >> 16, 32767), shift

    def high(a, b):
        p = a * b
        return np.clip(np.trunc((p + np.where(p >= 0, 1 << 14, 1 - (1 << 14))) / 32768), -32768, 32767).astype(np.int64)

    fine = F32(F32(1 / 128) * s)
    (m, shift), (g, up) = half(F32(fine / sy)), half(F32(fine / F32(F32(3) / F32(32768))))
    assert shift <= 0
    x = x.astype(np.int64) * 128
    wide = lambda v: np.clip(v, -32768, 32767)
    gate = high(wide(x << (up - 1)) if up > 0 else x, g)
    gate = wide(gate << 1) if up > 0 else half_away(gate / 2.0 ** -up).astype(np.int64)
    gate = (gate + 32768) >> 1
    return half_away(wide(np.trunc(gate * high(x, m) / 32768)) / 2.0 ** -shift).astype(np.int64)


class Image(Net):
    def patches(self, kernel, stride, dilation, padding, fill):
        """[sample, row, column, tap y, tap x, channel]"""
        (h, w), q = self.q.shape[1:3], self.q
        rows, top, bottom = axis(h, kernel[0], stride[0], dilation[0], padding)
        cols, left, right = axis(w, kernel[1], stride[1], dilation[1], padding)
        q = np.pad(q, ((0, 0), (top, bottom), (left, right), (0, 0)), constant_values=fill)
        y = np.arange(rows)[:, None] * stride[0] + np.arange(kernel[0]) * dilation[0]
        x = np.arange(cols)[:, None] * stride[1] + np.arange(kernel[1]) * dilation[1]
        return q[:, y[:, None, :, None], x[None, :, None, :], :]

    def convolution(self, op, kernel, outputs, stride, dilation, padding, act, per_channel, wmax, groups=1):
        r, d, channels = self.rng, self.dtype, self.q.shape[3]
        deep = op == "DEPTHWISE_CONV_2D"
        shape = [1, *kernel, outputs] if deep else [outputs, *kernel, channels // groups]
        w, zw = r.randint(-wmax, wmax + 1, shape), 0
        if d == "uint8":
            zw = int(r.randint(90, 160))
            w = np.clip(w + zw, 0, 255)
        n = outputs if per_channel else 1
        sw = np.array([self.scale(0.01 * r.choice([0.5, 1, 2])) for _ in range(n)], F32)
        taps = kernel[0] * kernel[1] * (1 if deep else channels // groups)
        spread = int(40 * wmax * np.sqrt(taps))
        b = r.randint(-spread, spread + 1, outputs)
        p = self.patches(kernel, stride, dilation, padding, self.z) - self.z
        if deep:
            acc = np.einsum("sijyxc,yxcm->sijcm", p, (w - zw)[0].reshape(*kernel, channels, outputs // channels))
            acc = acc.reshape(*acc.shape[:3], outputs) + b
        else:
            p = p.reshape(*p.shape[:5], groups, channels // groups)
            split = (w - zw).reshape(groups, outputs // groups, *kernel, channels // groups)
            acc = np.einsum("sijyxgc,gnyxc->sijgn", p, split)
            acc = acc.reshape(*acc.shape[:3], outputs) + b
        real = acc * (float(self.s) * sw.astype(float))
        about = 6 / 150.0 if act == "RELU6" else np.quantile(np.abs(real), 0.97) / 110.0
        sy, zy = self.scale(about), self.zero(d)
        m = (F32(self.s) * sw).astype(float) if d == "uint8" else float(self.s) * sw.astype(float)
        m = np.broadcast_to(m / float(sy), outputs)
        code = np.stack([rescale(acc[..., c], m[c]) for c in range(outputs)], -1)
        code = np.clip(code + zy, *RANGE[d])
        if act:
            code = np.maximum(code, zy)
        if act == "RELU6":
            code = np.minimum(code, quantize(6.0, sy, zy, d))
        self.ties += int((np.abs(acc * m) % 1 == 0.5).sum())
        i = len(self.operators)
        ins = [self.at, self.tensor("w%d" % i, w.shape, d, sw, zw, data=w, axis=3 if deep and per_channel else 0),
               self.tensor("b%d" % i, [outputs], "int32", self.s * sw, 0, data=b)]
        options = fb.DepthwiseConv2DOptionsT() if deep else fb.Conv2DOptionsT()
        if deep:
            options.depthMultiplier = outputs // channels
        options.padding = getattr(fb.Padding, padding)
        options.strideH, options.strideW = stride
        options.dilationHFactor, options.dilationWFactor = dilation
        options.fusedActivationFunction = ACT[act]
        kind = fb.BuiltinOptions.DepthwiseConv2DOptions if deep else fb.BuiltinOptions.Conv2DOptions
        self.q, self.s, self.z = code, sy, zy
        return self.add(op, ins, code.shape[1:], d, 1 if d == "uint8" else 3, options, kind)

    def conv(self, n, kernel, stride=(1, 1), dilation=(1, 1), padding="SAME", act=None, per_channel=True, wmax=127,
             groups=1):
        return self.convolution("CONV_2D", kernel, n, stride, dilation, padding, act, per_channel, wmax, groups)

    def dw(self, kernel, stride=(1, 1), dilation=(1, 1), padding="SAME", act=None, per_channel=True, times=1):
        n = self.q.shape[3] * times
        return self.convolution("DEPTHWISE_CONV_2D", kernel, n, stride, dilation, padding, act, per_channel, 127)

    def pool(self, kind, kernel, stride, padding="VALID", act=None):
        d = self.dtype
        if kind == "MAX":
            code = self.patches(kernel, stride, (1, 1), padding, RANGE[d][0]).max((3, 4))
        else:
            s = self.patches(kernel, stride, (1, 1), padding, 0).sum((3, 4))
            ones = Image("ones", "", list(self.q.shape[1:]), samples=1)
            ones.q = np.ones_like(self.q[:1])
            n = ones.patches(kernel, stride, (1, 1), padding, 0).sum((3, 4))
            code = np.sign(s) * ((np.abs(s) + n // 2) // n)
        if act:
            code = np.maximum(code, self.z)
        options = fb.Pool2DOptionsT()
        options.padding = getattr(fb.Padding, padding)
        options.strideH, options.strideW = stride
        options.filterHeight, options.filterWidth = kernel
        options.fusedActivationFunction = ACT[act]
        self.q = code
        return self.add(kind + "_POOL_2D", [self.at], code.shape[1:], d, 1 if d == "uint8" else 2, options,
                        fb.BuiltinOptions.Pool2DOptions)

    def reshape(self, shape):
        self.q = self.q.reshape(len(self.q), *shape)
        full = [1, *shape]
        options = fb.ReshapeOptionsT()
        options.newShape = full
        ins = [self.at, self.tensor("shape%d" % len(self.operators), [len(full)], "int32", data=full)]
        return self.add("RESHAPE", ins, shape, self.dtype, 1, options, fb.BuiltinOptions.ReshapeOptions)

    def here(self):
        """A place to branch from."""
        return self.at, self.q, self.s, self.z

    def back(self, place):
        self.at, self.q, self.s, self.z = place
        return self

    def plus(self, place, act=None, minus=False):
        """The sum with what stands at that place."""
        at, q, s, z = place
        mine, d = self.here(), self.dtype
        twice = 2.0 * max(float(self.s), float(s))
        real = (self.q - self.z) * float(self.s) + (-1 if minus else 1) * (q - z) * float(s)
        sy, zy = self.scale(np.quantile(np.abs(real), 0.97) / 110.0), self.zero(d)
        other = rescale((q - z) << 20, float(s) / twice)
        total = rescale((self.q - self.z) << 20, float(self.s) / twice) + (-other if minus else other)
        code = np.clip(rescale(total, twice / (2.0 ** 20 * float(sy))) + zy, *RANGE[d])
        if act:
            code = np.maximum(code, zy)
        options = fb.SubOptionsT() if minus else fb.AddOptionsT()
        options.fusedActivationFunction = ACT[act]
        self.q, self.s, self.z = code, sy, zy
        kind = fb.BuiltinOptions.SubOptions if minus else fb.BuiltinOptions.AddOptions
        return self.add("SUB" if minus else "ADD", [mine[0], at], code.shape[1:], d, 1 if d == "uint8" else 2, options, kind)

    def fixed(self, op, shape, first=False, act=None):
        """ADD, SUB or MUL with a constant of this shape."""
        d, mine, i = self.dtype, self.at, len(self.operators)
        s, z = self.scale(0.02), self.zero(d)
        q = self.rng.randint(RANGE[d][0], RANGE[d][1] + 1, shape)
        a, b = [(self.q - self.z, self.s), (q - z, s)][::-1 if first else 1]
        (a, sa), (b, sb) = a, b
        minus = -1 if op == "SUB" else 1
        if op == "MUL":
            real = a * float(sa) * (b * float(sb))
            sy, zy = self.scale(np.quantile(np.abs(real), 0.97) / 110.0), self.zero(d)
            code = rescale(a * b, float(F32(F32(sa * sb) / sy))) + zy
        else:
            real = a * float(sa) + minus * b * float(sb)
            sy, zy = self.scale(np.quantile(np.abs(real), 0.97) / 110.0), self.zero(d)
            twice = 2.0 * max(float(sa), float(sb))
            total = rescale(a << 20, float(sa) / twice) + minus * rescale(b << 20, float(sb) / twice)
            code = rescale(total, twice / (2.0 ** 20 * float(sy))) + zy
        code = np.clip(code, *RANGE[d])
        if act:
            code = np.maximum(code, zy)
        name = op.capitalize()
        options = getattr(fb, name + "OptionsT")()
        options.fusedActivationFunction = ACT[act]
        ins = [mine, self.tensor("constant%d" % i, shape, d, s, z, data=q)]
        self.q, self.s, self.z = code, sy, zy
        return self.add(op, ins[::-1] if first else ins, code.shape[1:], d, 1 if d == "uint8" else 2, options,
                        getattr(fb.BuiltinOptions, name + "Options"))

    def extremum(self, op, other):
        """MAXIMUM or MINIMUM with what stands at a place, of this scale; or with codes of a constant."""
        d, mine = self.dtype, self.at
        if isinstance(other, tuple):
            at, q, s, z = other
            assert (s, z) == (self.s, self.z)
        else:
            q = np.asarray(other)
            at = self.tensor("constant%d" % len(self.operators), q.shape, d, self.s, self.z, data=q)
        self.q = (np.maximum if op == "MAXIMUM" else np.minimum)(self.q, q)
        return self.add(op, [mine, at], self.q.shape[1:], d, 1 if d == "uint8" else 2, fb.MaximumMinimumOptionsT(),
                        fb.BuiltinOptions.MaximumMinimumOptions)

    def transpose(self, *perm):
        i = len(self.operators)
        self.q = np.transpose(self.q, perm)
        ins = [self.at, self.tensor("perm%d" % i, [len(perm)], "int32", data=list(perm))]
        return self.add("TRANSPOSE", ins, self.q.shape[1:], self.dtype, 1 if self.dtype == "uint8" else 2,
                        fb.TransposeOptionsT(), fb.BuiltinOptions.TransposeOptions)

    def pad(self, top, left, bottom, right, value=None):
        """PAD with the zero point, or PADV2 with a value."""
        around = [[0, 0], [top, bottom], [left, right], [0, 0]]
        code = np.pad(self.q, around, constant_values=self.z if value is None else value)
        i = len(self.operators)
        ins = [self.at, self.tensor("around%d" % i, [4, 2], "int32", data=around)]
        self.q = code
        if value is None:
            return self.add("PAD", ins, code.shape[1:], self.dtype, 2, fb.PadOptionsT(), fb.BuiltinOptions.PadOptions)
        ins.append(self.tensor("value%d" % i, [1], self.dtype, self.s, self.z, data=[value]))
        return self.add("PADV2", ins, code.shape[1:], self.dtype, 2, fb.PadV2OptionsT(), fb.BuiltinOptions.PadV2Options)

    def depth_to_space(self, size):
        n, h, w, c = self.q.shape
        v = self.q.reshape(n, h, w, size, size, c // size ** 2).transpose(0, 1, 3, 2, 4, 5)
        self.q = v.reshape(n, h * size, w * size, c // size ** 2)
        options = fb.DepthToSpaceOptionsT()
        options.blockSize = size
        return self.add("DEPTH_TO_SPACE", [self.at], self.q.shape[1:], self.dtype, 1, options,
                        fb.BuiltinOptions.DepthToSpaceOptions)

    def nearest(self, down, across, half=False):
        self.q = self.q.repeat(down, 1).repeat(across, 2)
        options = fb.ResizeNearestNeighborOptionsT()
        options.halfPixelCenters = half
        size = self.tensor("size%d" % len(self.operators), [2], "int32", data=self.q.shape[1:3])
        return self.add("RESIZE_NEAREST_NEIGHBOR", [self.at, size], self.q.shape[1:], self.dtype, 3 if half else 2, options,
                        fb.BuiltinOptions.ResizeNearestNeighborOptions)

    def beside(self, *places):
        """Channels of this and of other places, which have the same scale."""
        options = fb.ConcatenationOptionsT()
        options.axis = len(self.q.shape) - 1
        mine = self.at
        self.q = np.concatenate([self.q] + [p[1] for p in places], -1)
        return self.add("CONCATENATION", [mine] + [p[0] for p in places], self.q.shape[1:], self.dtype,
                        1 if self.dtype == "uint8" else 2, options, fb.BuiltinOptions.ConcatenationOptions)

    def rescaled(self, *places):
        """uint8 channels side by side, each rescaled in float32."""
        d, mine = self.dtype, self.here()
        all = [mine] + list(places)
        sy, zy = self.scale(1.1 * float(max(p[2] for p in all))), self.zero(d)
        inverse = F32(1 / F32(sy))
        parts = []
        for _, q, s, z in all:
            if (F32(s), z) == (F32(sy), zy):
                parts.append(q)
                continue
            scale = F32(F32(s) * inverse)
            bias = F32(F32(-z) * scale)
            real = (q.astype(F32) * scale).astype(F32) + bias
            parts.append(np.clip(half_away(real.astype(F32).astype(float)) + zy, *RANGE[d]).astype(np.int64))
        self.q, self.s, self.z = np.concatenate(parts, -1), sy, zy
        options = fb.ConcatenationOptionsT()
        options.axis = len(self.q.shape) - 1
        return self.add("CONCATENATION", [p[0] for p in all], self.q.shape[1:], d, 1, options,
                        fb.BuiltinOptions.ConcatenationOptions)

    def function(self, op, alpha=None):
        """RELU and its kin, LEAKY_RELU, LOGISTIC, TANH."""
        x, d, s = self.q - self.z, self.dtype, self.s
        options, kind = None, fb.BuiltinOptions.NONE
        if op in ("LOGISTIC", "TANH"):
            sy, zy = (F32(1 / 256), RANGE[d][0]) if op == "LOGISTIC" else (F32(1 / 128), 0 if d == "int8" else 128)
            v = x * float(s)
            code = half_away((1 / (1 + np.exp(-v)) if op == "LOGISTIC" else np.tanh(v)) / float(sy)) + zy
        elif op == "HARD_SWISH":
            sy, zy = self.scale(float(s) * 0.9), self.zero(d)
            code = hard_swish(x, F32(s), F32(sy)) + zy
            options, kind = fb.HardSwishOptionsT(), fb.BuiltinOptions.HardSwishOptions
        else:
            sy, zy = self.scale(float(s) * 0.8), self.zero(d)
            code = rescale(x, float(F32(s) / F32(sy))) + zy
            if op == "LEAKY_RELU":
                code = np.where(x >= 0, code, rescale(x, float(F32(F32(s) * F32(alpha)) / F32(sy))) + zy)
                options, kind = fb.LeakyReluOptionsT(), fb.BuiltinOptions.LeakyReluOptions
                options.alpha = alpha
            else:
                low, high = {"RELU": (0, np.inf), "RELU6": (0, 6), "RELU_N1_TO_1": (-1, 1)}[op]
                code = np.clip(code, quantize(low, sy, zy, d), RANGE[d][1] if high == np.inf else quantize(high, sy, zy, d))
        self.q, self.s, self.z = np.clip(code, *RANGE[d]), sy, zy
        return self.add(op, [self.at], self.q.shape[1:], d, 1 if d == "uint8" or op in ("RELU_N1_TO_1", "HARD_SWISH") else 2, options, kind)

    def times(self, place, act=None):
        """The product with what stands at that place."""
        at, q, s, z = place
        mine, d = self.here(), self.dtype
        product = (self.q - self.z) * (q - z)
        real = product * float(self.s) * float(s)
        sy, zy = self.scale(np.quantile(np.abs(real), 0.97) / 110.0), self.zero(d)
        m = float(F32(F32(self.s) * F32(s)) / F32(sy))
        code = np.clip(rescale(product, m) + zy, *RANGE[d])
        if act:
            code = np.maximum(code, zy)
        options = fb.MulOptionsT()
        options.fusedActivationFunction = ACT[act]
        self.q, self.s, self.z = code, sy, zy
        return self.add("MUL", [mine[0], at], code.shape[1:], d, 1 if d == "uint8" else 2, options,
                        fb.BuiltinOptions.MulOptions)

    def mean(self, keep):
        """MEAN over rows and columns."""
        d = self.dtype
        real = (self.q - self.z).mean((1, 2)) * float(self.s)
        sy, zy = self.scale(np.quantile(np.abs(real), 0.97) / 110.0), self.zero(d)
        n = self.q.shape[1] * self.q.shape[2]
        m, shift = multiplier(float(self.s) / float(sy))
        k = min(n.bit_length() - 1, 32, 31 + shift)
        code = np.clip(fixed(self.q.sum((1, 2)) - n * self.z, (m << k) // n, shift - k) + zy, *RANGE[d])
        code = code[:, None, None, :] if keep else code
        options = fb.ReducerOptionsT()
        options.keepDims = keep
        ins = [self.at, self.tensor("axes", [2], "int32", data=[1, 2])]
        self.q, self.s, self.z = code, sy, zy
        return self.add("MEAN", ins, code.shape[1:], d, 2, options, fb.BuiltinOptions.ReducerOptions)

    def largest(self, axes, keep):
        """REDUCE_MAX; axis 0 is the batch."""
        code = self.q.max(tuple(axes), keepdims=keep)
        options = fb.ReducerOptionsT()
        options.keepDims = keep
        ins = [self.at, self.tensor("axes", [len(axes)], "int32", data=axes)]
        self.q = code
        return self.add("REDUCE_MAX", ins, code.shape[1:], self.dtype, 2, options, fb.BuiltinOptions.ReducerOptions)

    def block(self, n, stride=1):
        """A residual block of two convolutions; a pointwise one on the short way where shapes change."""
        start = self.here()
        self.conv(n, (3, 3), (stride, stride), act="RELU").conv(n, (3, 3))
        long = self.here()
        short = start if stride == 1 and n == start[1].shape[-1] else self.back(start).conv(
            n, (1, 1), (stride, stride)).here()
        return self.back(long).plus(short, "RELU")

    def softmax(self):
        x = (self.q - self.q.max(-1, keepdims=True)) * float(self.s)
        self.s, self.z = F32(1 / 256), -128
        e = np.exp(x)
        self.q = np.clip(np.rint(256 * e / e.sum(-1, keepdims=True)), 0, 255).astype(int) - 128
        options = fb.SoftmaxOptionsT()
        options.beta = 1.0
        return self.add("SOFTMAX", [self.at], self.q.shape[1:], self.dtype, 2, options, fb.BuiltinOptions.SoftmaxOptions)


def models():
    n = dict(samples=10)
    yield Image("conv_s8", "3x3 SAME with RELU, then stride 2 VALID", [7, 6, 3], **n).conv(5, (3, 3), act="RELU").conv(
        4, (3, 3), (2, 2), padding="VALID")
    yield Image("conv_s8_same2", "even kernels and strides with SAME: more padding behind", [8, 7, 2], **n).conv(
        4, (4, 3), (2, 2)).conv(3, (2, 2), (3, 2), act="RELU6")
    yield Image("conv_s8_1x1", "pointwise, per tensor, then stride 2", [5, 4, 6], **n).conv(
        9, (1, 1), per_channel=False).conv(5, (1, 1), (2, 2))
    yield Image("conv_u8", "uint8 with weight zero points", [6, 6, 2], "uint8", **n).conv(
        5, (3, 3), per_channel=False, act="RELU").conv(3, (2, 3), padding="VALID", per_channel=False)
    yield Image("conv_dilated", "dilation 2 and 3", [9, 8, 2], **n).conv(3, (3, 3), dilation=(2, 2)).conv(
        4, (2, 3), dilation=(3, 2), padding="VALID")
    yield Image("conv_1d", "one dimension: height 1", [1, 21, 2], **n).conv(4, (1, 5), (1, 2), act="RELU").conv(
        3, (1, 3), (1, 3), padding="VALID")
    yield Image("conv_ties", "power-of-two scales and small weights: exact ties", [5, 5, 2], scales="pow2", **n).conv(
        8, (2, 2), wmax=3).conv(6, (1, 1), wmax=2)
    yield Image("dw_s8", "depthwise, stride 1 and 2, RELU6", [8, 7, 5], **n).dw((3, 3), act="RELU6").dw((3, 3), (2, 2))
    yield Image("dw_u8", "depthwise uint8, 5x1", [9, 4, 3], "uint8", **n).dw((5, 1), (2, 1), per_channel=False)
    yield Image("dw_multiplier", "one channel under four kernels, then dilation", [7, 7, 1], **n).dw(
        (3, 3), times=4).dw((3, 3), dilation=(2, 2))
    yield Image("pool_max", "overlapping, SAME", [7, 6, 4], **n).pool("MAX", (3, 3), (2, 2), "SAME").conv(3, (1, 1))
    yield Image("pool_avg", "2x2 and 3x2, VALID, RELU", [8, 7, 3], **n).pool("AVERAGE", (2, 2), (2, 2), act="RELU").pool(
        "AVERAGE", (3, 2), (1, 1))
    yield Image("pool_u8", "maximum, then average, uint8", [6, 6, 2], "uint8", **n).pool("MAX", (2, 2), (1, 1)).pool(
        "AVERAGE", (2, 3), (1, 2))
    yield Image("ds_cnn", "convolution, depthwise, pointwise, global average, dense, softmax", [12, 8, 1], samples=16).conv(
        8, (4, 3), (2, 2), act="RELU").dw((3, 3), act="RELU").conv(8, (1, 1), act="RELU").pool(
        "AVERAGE", (6, 4), (6, 4)).flatten().fc(5, wmax=9).softmax()
    yield Image("cnn", "convolution, maximum, convolution, dense", [10, 10, 1], samples=16).conv(
        6, (3, 3), padding="VALID", act="RELU").pool("MAX", (2, 2), (2, 2)).conv(
        7, (3, 3), padding="VALID", act="RELU").flatten().fc(4)
    net = Image("add_s8", "two pointwise convolutions of one input, summed", [4, 5, 3], **n)
    start = net.here()
    one = net.conv(4, (1, 1)).here()
    yield net.back(start).conv(4, (1, 1)).plus(one)
    net = Image("add_u8", "uint8, RELU; the input added to what is made of it", [5, 5, 3], "uint8", **n)
    start = net.here()
    yield net.conv(3, (3, 3), per_channel=False).plus(start, "RELU")
    net = Image("add_ties", "power-of-two scales: exact ties", [4, 4, 4], scales="pow2", **n)
    start = net.here()
    yield net.conv(4, (1, 1), wmax=3).plus(start)
    net = Image("add_long", "three 3x3 convolutions beside nothing, then the sum with the input twice", [8, 7, 2], **n)
    start = net.here()
    net.conv(2, (3, 3)).conv(3, (3, 3), act="RELU").conv(2, (3, 3)).plus(start)
    yield net.plus(start)
    net = Image("add_dense", "a vector around a dense layer, then a dense layer", [12], **n)
    start = net.here()
    yield net.fc(12, "RELU").plus(start).fc(5)
    yield Image("resnet", "three residual blocks, strides, average, dense", [12, 12, 3], samples=12).conv(
        4, (3, 3), act="RELU").block(4).block(6, 2).block(8, 2).pool("AVERAGE", (3, 3), (3, 3)).flatten().fc(6)
    net = Image("mul_s8", "two convolutions of one input, multiplied; then the input again", [4, 5, 3], **n)
    start = net.here()
    one = net.conv(3, (1, 1)).here()
    yield net.back(start).conv(3, (3, 3)).times(one, "RELU").times(start)
    net = Image("mul_u8", "uint8, power-of-two scales: exact ties", [5, 4, 2], "uint8", scales="pow2", **n)
    start = net.here()
    yield net.conv(2, (1, 1), per_channel=False, wmax=3).times(start)
    yield Image("mean_s8", "MEAN over an image, then a dense layer", [6, 5, 3], samples=20).conv(7, (1, 1)).mean(
        False).fc(4)
    yield Image("mean_keep", "MEAN that keeps its dimensions", [4, 4, 5], samples=40).mean(True)
    for name, d in (("reduce_max", "int8"), ("reduce_max_u8", "uint8")):
        own = {} if d == "int8" else {"per_channel": False}
        yield Image(name, "maxima of columns, of channels, of an image", [6, 5, 4], d, **n).conv(5, (2, 2), **own).largest(
            [2], True).conv(6, (2, 1), **own).largest([-1], True).conv(7, (1, 1), **own).largest([1, 2], False).fc(4, **own)
    yield Image("reduce_max_all", "the largest of all elements of a sum", [4, 5, 3], **n).conv(3, (1, 1)).largest([1, 2, 3], False)
    net = Image("add_reshape", "a sum of flattened images: one pixel is the whole image", [6, 6, 2], **n)
    start = net.here()
    long = net.conv(2, (3, 3)).reshape([72]).here()
    yield net.back(start).reshape([72]).plus(long)
    net = Image("add_fc", "an image around a dense layer", [4, 4, 2], **n)
    start = net.here()
    yield net.reshape([32]).fc(32).reshape([4, 4, 2]).plus(start)
    yield Image("quant_conv", "uint8 to int8 in front of a strided convolution of three channels", [7, 7, 3], "uint8",
                **n).requantize(same_scale=True).conv(4, (3, 3), (2, 2))
    yield Image("fc_reshape", "a dense layer whose results are pixels", [10], **n).fc(48).reshape([4, 4, 3]).conv(
        2, (1, 1))
    yield Image("depth_to_space", "a convolution's channels become pixels, then 3x3", [4, 5, 2], **n).conv(
        12, (3, 3)).depth_to_space(2).conv(9, (3, 3)).depth_to_space(3)
    yield Image("nearest", "twice as large, 3 x 1 as large with half pixel centers, between convolutions", [3, 4, 3], **n).conv(
        4, (1, 1)).nearest(2, 2).conv(2, (3, 3)).nearest(3, 1, True)
    net = Image("unet", "half as large and back, beside itself", [6, 6, 2], **n).conv(4, (3, 3))
    start = net.here()
    net.pool("MAX", (2, 2), (2, 2)).pool("AVERAGE", (3, 3), (1, 1), "SAME").nearest(2, 2)
    yield net.beside(start).conv(3, (3, 3))
    yield Image("softmax_inner", "softmax between dense layers", [12], **n).fc(6, wmax=9).softmax().fc(5)
    yield Image("softmax_pixels", "softmax over the channels of an image", [3, 4, 5], **n).conv(7, (1, 1), wmax=9).softmax().conv(
        3, (2, 2))
    yield Image("dw_times", "three kernels for each of four channels, stride 2", [6, 7, 4], **n).dw(
        (3, 3), (2, 2), times=3).conv(3, (1, 1))
    yield Image("conv_groups", "two groups, then three", [5, 6, 6], **n).conv(8, (3, 3), groups=2).conv(
        6, (2, 2), (2, 1)).conv(9, (1, 1), groups=3, act="RELU")
    yield Image("pad", "PAD, a VALID convolution of stride 2, PADV2 with the lowest code, a maximum", [6, 5, 3], **n).pad(
        1, 2, 0, 1).conv(4, (3, 3), (2, 2), padding="VALID").pad(1, 1, 1, 1, -128).pool("MAX", (2, 2), (2, 2))
    net = Image("pad_u8", "uint8 PAD beside a padding convolution", [5, 5, 2], "uint8", **n).pad(0, 1, 2, 0)
    yield net.conv(3, (3, 3), per_channel=False)
    net = Image("concat", "an image, what is made of it by one and by two layers, side by side", [6, 5, 4], **n)
    start = net.here()
    one = net.pool("MAX", (3, 3), (1, 1), "SAME").here()
    net.back(start).pool("AVERAGE", (3, 3), (1, 1), "SAME", act="RELU")
    yield net.beside(start, one).conv(5, (1, 1)).dw((3, 3))
    net = Image("concat_u8", "two and six channels, uint8", [5, 4, 2], "uint8", **n)
    start = net.here()
    yield net.pool("MAX", (2, 2), (1, 1), "SAME").beside(start, start).beside(start)
    net = Image("concat_scales_u8", "uint8 channels of other scales", [5, 4, 3], "uint8", **n)
    start = net.here()
    one = net.conv(4, (2, 2), per_channel=False).here()
    net.back(start).conv(2, (3, 3), per_channel=False)
    yield net.rescaled(start, one).conv(3, (1, 1), per_channel=False)
    net = Image("concat_fc", "vectors side by side", [12], **n)
    start = net.here()
    yield net.beside(start).fc(7)
    yield Image("pool_avg_same", "averages over the border: they divide by the taps inside", [7, 6, 3], **n).pool(
        "AVERAGE", (3, 3), (1, 1), "SAME").pool("AVERAGE", (3, 2), (2, 2), "SAME", act="RELU").conv(4, (1, 1))
    yield Image("pool_avg_same_u8", "the same in uint8", [5, 6, 2], "uint8", **n).pool("AVERAGE", (2, 3), (2, 2), "SAME")
    net = Image("sub", "differences: of two convolutions, and of the input", [4, 5, 3], **n)
    start = net.here()
    one = net.conv(3, (1, 1)).here()
    yield net.back(start).conv(3, (3, 3)).plus(one, "RELU", minus=True).plus(start, minus=True)
    for name, d in (("excite", "int8"), ("excite_u8", "uint8")):
        own = {} if d == "int8" else {"per_channel": False}
        net = Image(name, "squeeze and excitation: an image times a value for each channel, and a sum with one", [5, 6, 3], d, **n).conv(
            4, (3, 3), **own)
        start = net.here()
        gate = net.mean(True).conv(2, (1, 1), **own).conv(4, (1, 1), **own).function("LOGISTIC").here()
        yield net.times(start).plus(gate).conv(3, (2, 2), **own)
    yield Image("transpose", "channels and columns, rows and columns change places", [4, 5, 6], **n).conv(3, (2, 2)).transpose(
        0, 1, 3, 2).conv(4, (1, 2)).transpose(0, 2, 1, 3).conv(2, (2, 1))
    net = Image("shuffle", "channels of two groups by turns, through dimensions of groups", [3, 4, 4], **n).conv(6, (2, 2))
    yield net.reshape([3, 4, 2, 3]).transpose(0, 1, 2, 4, 3).reshape([3, 4, 6]).dw((3, 3))
    for name, d in (("fixed", "int8"), ("fixed_u8", "uint8")):
        own = {} if d == "int8" else {"per_channel": False}
        yield Image(name, "sums, differences and products with constants: one, for each channel, for each element", [4, 5, 3], d, **n).fixed(
            "MUL", [1]).fixed("ADD", [3], act="RELU").conv(4, (2, 2), **own).fixed("SUB", [1, 1, 1, 4], True).fixed(
            "MUL", [1, 4, 5, 4]).fixed("SUB", [5, 1]).conv(3, (1, 1), **own).fixed("ADD", [1, 4, 1, 3], True)
    for name, d in (("extremum", "int8"), ("extremum_u8", "uint8")):
        own = {} if d == "int8" else {"per_channel": False}
        net = Image(name, "the larger and the smaller one: of two tensors, of one twice, of an image and its largest pixel", [5, 4, 3], d, **n)
        start = net.here()
        most = net.pool("MAX", (5, 4), (5, 4)).here()
        net.back(start).pool("AVERAGE", (3, 3), (1, 1), "SAME").extremum("MAXIMUM", start).extremum("MINIMUM", most)
        net.conv(3, (1, 1), **own).extremum("MAXIMUM", net.here())
        net.extremum("MINIMUM", net.here())
        yield net.conv(3, (3, 3), **own)
        net = Image(name.replace("um", "um_fixed"), "clamps by constants: rectified, one for each channel, for each element", [4, 5, 3], d, **n)
        lo, hi = RANGE[d]
        codes = lambda *shape: net.rng.randint(lo, hi + 1, shape)
        net.conv(4, (2, 2), **own).extremum("MAXIMUM", net.z).extremum("MINIMUM", [hi - 40]).conv(3, (1, 1), **own)
        yield net.extremum("MAXIMUM", codes(3)).extremum("MINIMUM", codes(1, 4, 5, 3)).extremum("MAXIMUM", codes(5, 1))
    yield Image("functions", "RELU, LEAKY_RELU, TANH, RELU6", [4, 4, 5], **n).function("RELU").conv(
        4, (1, 1)).function("LEAKY_RELU", 0.3).conv(4, (1, 1)).function("TANH").conv(4, (1, 1)).function("RELU6")
    yield Image("hard_swish", "HARD_SWISH of three scales", [5, 4, 4], **n).function("HARD_SWISH").conv(4, (2, 2)).function("HARD_SWISH").conv(
        3, (1, 1)).function("HARD_SWISH")
    yield Image("hard_swish_u8", "HARD_SWISH in uint8", [5, 4, 4], "uint8", **n).conv(4, (2, 2), per_channel=False).function("HARD_SWISH")
    yield Image("functions_u8", "uint8 RELU, LOGISTIC, RELU_N1_TO_1", [4, 4, 4], "uint8", **n).function("RELU").conv(
        4, (1, 1), per_channel=False).function("LOGISTIC").conv(3, (1, 1), per_channel=False).function("RELU_N1_TO_1")


def refused():
    """Models that must be refused; no data files."""
    flat = Image("unsupported_classes", "softmax of more classes than TFLite's kernel can take", [4])
    yield flat.fc(4096).softmax()
    cube = Image("unsupported_mean", "MEAN over the first dimensions of what is no image", [3, 4, 2])
    cube.mean(False)
    cube.tensors[cube.input].shape = [4, 3, 4]
    cube.tensors[cube.at].shape = [4]
    yield cube
    batch = Image("unsupported_transpose", "TRANSPOSE that moves the batch", [2, 3, 4]).transpose(0, 2, 1, 3)
    batch.buffers[-1].data = np.array([1, 0, 2, 3], np.int32).view(np.uint8)
    yield batch
    beside = Image("unsupported_constant", "a constant of two values beside three channels", [2, 2, 3]).fixed("MUL", [3])
    beside.tensors[-2].shape = [2]
    beside.buffers[-1].data = beside.buffers[-1].data[:2]
    yield beside
    other = Image("unsupported_extremum", "MAXIMUM of codes of two scales", [2, 2, 3])
    other.extremum("MAXIMUM", [1, 2, 3]).tensors[-2].quantization.scale = np.array([0.5], F32)
    yield other
    other = Image("unsupported_extremum_shape", "MINIMUM of an image and its first row", [2, 2, 3])
    start = other.here()
    other.pool("MAX", (2, 1), (2, 1))
    yield other.extremum("MINIMUM", start)
    turned = Image("unsupported_reshape", "a RESHAPE that makes uint8 of int8", [2, 2, 2]).reshape([8])
    turned.tensors[turned.at].type = fb.TensorType.UINT8
    yield turned
    shaped = Image("unsupported_shape", "a dense layer that takes a tensor's shape", [2, 3, 4]).flatten_any().fc(8)
    shaped.operators[-1].inputs = [shaped.operators[2].outputs[0]] + list(shaped.operators[-1].inputs[1:])
    yield shaped
    tiny = Image("tiny_scales", "RELU6 with scales of 1e-19: bounds beyond 64 bits", [2, 2, 2]).conv(2, (1, 1), act="RELU6")
    for t in tiny.tensors:
        if t.quantization is not None and t.type == fb.TensorType.INT8 and t.buffer == 0:
            t.quantization.scale = np.array([1e-19], F32)
            t.quantization.zeroPoint = np.array([5], np.int64)
    yield tiny
