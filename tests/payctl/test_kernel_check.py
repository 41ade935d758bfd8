"""`payctl synth --verify-kernel` sees every difference between the kernels."""

from pathlib import Path

import pytest

from audit.finding import Severity
from payctl import kernel_check
from payctl.kernel_check import kernel_findings
from payctl.selection import Selection

SAME = {"stacks/a/cdk.tf.json": "{}", "manifest.json": "{}"}
LEFT = "jsii_kernel: Aspects.of() is not on the list; everything runs again\n"


def planted(
    monkeypatch: pytest.MonkeyPatch, stock: dict[str, str], *, said: str = ""
) -> list[tuple[str, Severity]]:
    """Return the findings where the stock kernel writes *stock*, and ours `SAME`."""

    def synthesize(_: Selection, kernel: str, output: Path) -> str:
        for name, content in (SAME if kernel == "python" else stock).items():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_text(content, encoding="utf-8")
        return said

    monkeypatch.setattr(kernel_check, "_synthesize", synthesize)
    return [(finding.where, finding.severity) for finding in kernel_findings(Selection())]


def test_the_same_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are the same to the byte are in order."""
    assert planted(monkeypatch, SAME) == []


@pytest.mark.parametrize(
    ("stock", "where"),
    [
        (SAME | {"manifest.json": "{} "}, "manifest.json"),
        (SAME | {"stacks/b/cdk.tf.json": "{}"}, "stacks/b/cdk.tf.json"),
        ({"manifest.json": "{}"}, "stacks/a/cdk.tf.json"),
    ],
)
def test_a_difference_is_an_error(
    stock: dict[str, str], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte, one file more and one file less are errors."""
    assert planted(monkeypatch, stock) == [(where, Severity.ERROR)]


def test_what_was_left_to_the_stock_kernel_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where ours did not do it, nothing was compared."""
    assert planted(monkeypatch, SAME, said=LEFT) == [("jsii_kernel", Severity.WARNING)]
