"""Numbers as Terraform has them: binary, with 512 bits of precision.

https://github.com/zclconf/go-cty/blob/main/docs/types.md#ctynumber
"""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

_BITS: Final = 512
_DIGITS: Final = 170
"""More than any fraction of ordinary size with 512 bits takes."""


class NumberError(ValueError):
    """A number whose text in Terraform we do not know for certain."""


def number(text: str) -> Fraction:
    """Return the number that *text* is in Terraform.

    Raises:
        NumberError: When it is none.
    """
    try:
        return rounded(Fraction(Decimal(text)))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise NumberError(text) from error


def rounded(value: Fraction) -> Fraction:
    """Return *value* with no more than 512 significant bits; the nearest, the even one of two."""
    numerator, denominator = abs(value.numerator), value.denominator
    if denominator & (denominator - 1) == 0 and numerator.bit_length() <= _BITS:
        return value
    shift = _BITS - (numerator.bit_length() - denominator.bit_length())
    scaled = value * Fraction(2) ** shift
    while abs(scaled) >= 2**_BITS:
        shift -= 1
        scaled = value * Fraction(2) ** shift
    return Fraction(round(scaled)) / Fraction(2) ** shift


def written(value: Fraction) -> str:
    """Return *value* as Terraform writes it: the shortest decimal that is this number.

    Raises:
        NumberError: When it takes more digits than a person would write.
    """
    if value.denominator == 1:
        return str(value.numerator)
    for digits in range(1, _DIGITS):
        text = f"{_decimal(value, digits):f}"
        if rounded(Fraction(Decimal(text))) == value:
            return text
    raise NumberError(str(value))


def _decimal(value: Fraction, digits: int) -> Decimal:
    exponent = len(str(abs(value.numerator) // value.denominator)) - digits
    if abs(value) < 1:
        exponent = -len(str(value.denominator // abs(value.numerator))) - digits + 1
    scale = Fraction(10) ** exponent
    return (Decimal(round(value / scale)).scaleb(exponent)).normalize()


def plain(value: Fraction) -> int | float:
    """Return *value* as JSON and Python have it; a fraction as the nearest float, as providers do.

    Raises:
        NumberError: When it is too large for a float.
    """
    if value.denominator == 1:
        return value.numerator
    try:
        return float(value)
    except OverflowError as error:
        raise NumberError(str(value)) from error
