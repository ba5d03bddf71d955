# SPDX-License-Identifier: MIT
"""The integer arithmetic of TensorFlow Lite Micro's reference kernels, on numpy int64 arrays that hold int32 values.

Rounding happens twice, as in the reference: once where a 64-bit product is halved to 32 bits, once where it is shifted.
Written apart from inlay's C++ on purpose: the two are compared bit for bit.
"""

import math

import numpy as np

INT32_MIN, INT32_MAX = -(1 << 31), (1 << 31) - 1


def quantise_multiplier(real: float) -> tuple[int, int]:
    """real = multiplier * 2^(shift - 31), multiplier in [2^30, 2^31)."""
    if real == 0.0:
        return 0, 0
    fraction, shift = math.frexp(real)
    multiplier = math.floor(fraction * (1 << 31) + 0.5)
    if multiplier == 1 << 31:
        multiplier, shift = multiplier // 2, shift + 1
    return (0, 0) if shift < -31 else (multiplier, shift)


def saturate(x):
    return np.clip(x, INT32_MIN, INT32_MAX)


def doubling_high_multiply(a, b):
    """round(a * b / 2^31), halves away from zero; the only overflow, INT32_MIN squared, saturates."""
    product = np.asarray(a, np.int64) * np.asarray(b, np.int64)
    nudged = product + np.where(product >= 0, 1 << 30, 1 - (1 << 30))
    return saturate(np.where(nudged >= 0, nudged >> 31, -((-nudged) >> 31)))  # numpy's >> rounds down; C++'s / to zero


def rounding_shift_right(x, exponent):
    """round(x / 2^exponent), halves away from zero."""
    x, exponent = np.asarray(x, np.int64), np.asarray(exponent, np.int64)
    mask = (np.int64(1) << exponent) - 1
    threshold = (mask >> 1) + (x < 0)
    return (x >> exponent) + ((x & mask) > threshold)


def requantise(x, multiplier, shift):
    """round(x * multiplier * 2^(shift - 31)); multiplier and shift may be arrays along the last axis."""
    shift = np.asarray(shift, np.int64)
    left, right = np.maximum(shift, 0), np.maximum(-shift, 0)
    return rounding_shift_right(doubling_high_multiply(np.asarray(x, np.int64) << left, multiplier), right)


def saturating_shift_left(x, exponent):
    return saturate(np.asarray(x, np.int64) << exponent)


def exp_on_negative(a):
    """exp(a) for a <= 0 in Q5.26; the result is in Q0.31."""
    a = np.asarray(a, np.int64)
    quarter = 1 << 24
    remainder = (a & (quarter - 1)) - quarter  # a = remainder - a multiple of 1/4
    # Taylor series about -1/8 for the interval [-1/4, 0).
    x = (remainder << 5) + (1 << 28)
    x2 = doubling_high_multiply(x, x)
    x3 = doubling_high_multiply(x2, x)
    x4 = doubling_high_multiply(x2, x2)
    third = round((1 << 31) / 3)
    tail = rounding_shift_right(doubling_high_multiply(rounding_shift_right(x4, 2) + x3, third) + x2, 1)
    exp_eighth = round(math.exp(-1 / 8) * (1 << 31))
    result = saturate(exp_eighth + doubling_high_multiply(exp_eighth, x + tail))
    # What remains is a sum of powers of two, each a factor of the product.
    quarters = remainder - a
    for exponent in range(-2, 5):
        factor = round(math.exp(-(2.0**exponent)) * (1 << 31))
        result = np.where(quarters & (1 << (26 + exponent)), doubling_high_multiply(result, factor), result)
    return np.where(a == 0, INT32_MAX, result)


def reciprocal(x, integer_bits: int):
    """1 / x for x >= 1 with the given integer bits: (mantissa in Q0.31, bits over one)."""
    x = np.asarray(x, np.int64)
    headroom = 32 - np.floor(np.log2(x)).astype(np.int64) - 1  # leading zeros; x < 2^32 is exact in a double
    mantissa = (x << headroom) - (1 << 31)
    # Newton's division: three steps from 48/17 - 32/17 d, in Q2.29.
    half = (mantissa + (1 << 31)) >> 1
    y = round(48 / 17 * (1 << 29)) + doubling_high_multiply(half, -round(32 / 17 * (1 << 29)))
    for _ in range(3):
        error = (1 << 29) - doubling_high_multiply(half, y)
        y = y + saturating_shift_left(doubling_high_multiply(y, error), 2)
    return saturating_shift_left(y, 1), integer_bits - headroom
