"""Numbers in a formula as text."""

import math
from decimal import Decimal
from typing import Any

import numpy as np


def number_text(value: Any) -> str:
    """A number in the fewest digits that tell it from its neighbours, written as JavaScript writes it.

    >>> number_text(3.0), number_text(1e-7), number_text(np.float32(0.1))
    ('3', '1e-7', '0.1')
    """
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if isinstance(value, np.float32):
        value = next(each for digits in range(9) if np.float32(each := float(f"{value:.{digits}e}")) == value)
    shortest = repr(float(value) + 0.0)  # no -0
    mantissa, _, exponent = shortest.partition("e")
    if exponent and not -7 < int(exponent) < 21:
        return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"
    return format(Decimal(shortest), "f").removesuffix(".0")


def quotient_text(a: int, b: int) -> str:
    """a/b, exactly: a decimal of at most two digits after the point, else a fraction in lowest terms.

    >>> quotient_text(14, 4), quotient_text(14, 3), quotient_text(-7, 2)
    ('3.5', '14/3', '-3.5')
    """
    common = math.gcd(a, b) * (1 if b > 0 else -1)
    top, bottom = a // common, b // common
    if 100 % bottom:
        return f"{top}/{bottom}"
    return number_text(top / bottom) if bottom > 1 else str(top)
