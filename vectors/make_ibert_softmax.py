"""Writes ibert_softmax.json: I-BERT's IntSoftmax (kssteven418/I-BERT, quant_modules.py, commit 1b09c75) on exact integers.

Constants come of the scale as IntSoftmax and batch_frexp compute them; numbers are Python's integers and fractions. Run it in this folder.
"""
import json
import math
import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

A, B, C = 0.35815147, 0.96963238 / 0.35815147, 1.0 / 0.35815147
X0, N, EXP_BITS, MAX_BIT = -0.6931, 30, 16, 32


def constants(scale):
    q_b, q_c, q0 = math.floor(B / scale), math.floor(C / scale**2), math.floor(X0 / scale)
    # QuantAct of 16 bits: its range ends with the exponential of zero, which every row has.
    mantissa, exponent = math.frexp(float(Fraction(2 ** (EXP_BITS - 1) - 1, q_c * 2**N)))
    multiplier = int(Decimal(mantissa * 2**31).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return q_b, q_c, q0, multiplier, 31 - exponent


def softmax(x, scale, out_bits):
    q_b, q_c, q0, multiplier, shift = constants(scale)
    exps = []
    for v in x:
        d = max(v - max(x), N * q0)
        q = math.floor(Fraction(d, q0))
        r = d - q0 * q
        e = max(math.floor((r * (r + q_b) + q_c) * Fraction(2) ** (N - q)), 0)
        # Python rounds fractions half to even.
        exps.append(min(round(Fraction(e * multiplier, 2**shift)), 2 ** (EXP_BITS - 1) - 1))
    factor = math.floor(Fraction(2**MAX_BIT, sum(exps)))
    return [math.floor(Fraction(e * factor, 2 ** (MAX_BIT - out_bits))) for e in exps]


def main():
    rng = random.Random(15)
    vectors = []
    for number in range(24):
        scale = 2.0 ** rng.uniform(-8, -1)
        spread = rng.choice([20, 100, 500])
        x = [max(-512, min(511, round(rng.gauss(0, spread)))) for _ in range(rng.choice([1, 7, 64, 120]))]
        out_bits = rng.choice([8, 8, 16])
        q_b, q_c, q0, multiplier, shift = constants(scale)
        vectors.append(
            {"id": number, "scale": scale, "q_b": q_b, "q_c": q_c, "q_ln2": -q0, "multiplier": multiplier, "shift": shift,
             "out_bits": out_bits, "x": x, "y": softmax(x, scale, out_bits)}
        )
    body = ",\n".join(json.dumps(v) for v in vectors)
    with open("ibert_softmax.json", "w") as f:
        f.write('{"op": "I-BERT softmax", "source": "make_ibert_softmax.py", "vectors": [\n' + body + "\n]}\n")


main()
