"""Text as JavaScript writes it; the expected text is from Node."""

import pytest

from jsii_kernel.errors import OutsideOfKernelError
from jsii_kernel.javascript import items, number, stable_json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (0.1, "0.1"),
        (1e-6, "0.000001"),
        (1.5e-6, "0.0000015"),
        (1e-7, "1e-7"),
        (1.25e-7, "1.25e-7"),
        (123456789012345680.0, "123456789012345680"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.00012, "0.00012"),
    ],
)
def test_number(value: float, text: str) -> None:
    """Exponents begin at 1e21 and end at 1e-7, and a whole number has no fraction."""
    assert number(value) == text


@pytest.mark.parametrize("value", [2**60, float("nan"), float("inf")])
def test_a_number_that_javascript_has_not(value: float) -> None:
    """What JavaScript would round or call null is for the stock kernel."""
    with pytest.raises(OutsideOfKernelError):
        number(value)


def test_stable_json() -> None:
    """Keys are sorted, and what is empty has a line break in it."""
    assert stable_json({"b": [], "a": {"x": "ü\n"}}) == (
        '{\n  "a": {\n    "x": "ü\\n"\n  },\n  "b": [\n  ]\n}'
    )


def test_indices_come_first() -> None:
    """JavaScript sorts keys that are indices, and keeps the order of the others."""
    assert [key for key, _ in items({"b": 1, "10": 2, "9": 3, "01": 4})] == ["9", "10", "b", "01"]
