"""The kernel writes what the stock package writes, to the byte: half a minute a platform."""

from pathlib import Path

import pytest

from tests.conftest import PLATFORMS, run_main

pytestmark = pytest.mark.slow


def synthesized(kernel: str, output: Path, *arguments: str) -> dict[str, bytes]:
    """Run main.py on *kernel* and return each file it wrote."""
    done = run_main(*arguments, output=output, variables={"PAYMENTS_KERNEL": kernel})
    assert done.returncode == 0, done.stderr
    assert "jsii_kernel:" not in done.stderr
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "arguments",
    [*((platform,) for platform in PLATFORMS), ("payments", "--suffix", "pr42")],
    ids=" ".join,
)
def test_output_is_the_same_to_the_byte(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Both kernels write the same files."""
    stock = synthesized("jsii", tmp_path / "stock", *arguments)
    ours = synthesized("python", tmp_path / "ours", *arguments)

    assert any(name.endswith("cdk.tf.json") for name in stock)
    assert stock.keys() == ours.keys()
    assert [name for name in stock if stock[name] != ours[name]] == []
