"""The kernel in one Node process: what reaches Python, and what does not change."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from slim_provider.kernel import copy_kernel
from slim_provider.node import use_packaged_node

PROGRAM = """
const fs = require("fs");
const bytes = Buffer.alloc(100);
const count = fs.readSync(3, bytes, 0, bytes.length, null);
console.log("a notice");
console.error("a complaint");
fs.writeSync(3, bytes.subarray(0, count));
fs.writeSync(fs.openSync(process.argv[2], "w"), String(new Error("x").stack.length > 0));
"""
START = """
import os, sys
from pathlib import Path
from slim_provider.kernel import start_kernel
from slim_provider.node import use_packaged_node

use_packaged_node()
before = dict(os.environ)
try:
    start_kernel(Path(sys.argv[1]))
except Exception as error:
    print("failed:", type(error).__name__)
print("unchanged:", before == dict(os.environ))
import cdktf, jsii
process = jsii.kernel.provider._process._process
print("tokens:", cdktf.Fn.element(["a"], 0).startswith("${TfToken"))
children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
print("children:", len(children.read_text().split()) if children.exists() else 0)
"""

ASSET = """
import sys
from pathlib import Path
from slim_provider.kernel import start_kernel
from slim_provider.node import use_packaged_node

use_packaged_node()
start_kernel(Path(sys.argv[1]))
from cdktf import App, AssetType, LocalBackend, TerraformAsset, TerraformStack
app = App(outdir=sys.argv[1] + "/out")
stack = TerraformStack(app, "one")
LocalBackend(stack)
TerraformAsset(stack, "asset", path=sys.argv[1], type=AssetType.ARCHIVE)
app.synth()
[archive] = Path(sys.argv[1]).glob("out/stacks/one/assets/*/*/archive.zip")
print(archive.read_bytes()[:2])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the kernel."""
    copy_kernel(tmp_path / "kernel")
    return tmp_path / "kernel"


def start(folder: Path, program: str = START) -> list[str]:
    """Run *program* with the kernel in *folder* in a new Python, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.splitlines()


def test_messages_pass_by_python_and_prints_are_marked(folder: Path, tmp_path: Path) -> None:
    """The channel carries messages alone; a file that is opened is not taken for it."""
    use_packaged_node()
    (folder / "program.js").write_text(PROGRAM, encoding="utf-8")
    file = tmp_path / "file"
    done = subprocess.run(
        [os.environ["JSII_NODE"], folder / "kernel.js", file],
        check=True,
        capture_output=True,
        input=b'{"api":"hello"}\n',
    )

    assert done.stdout == b'{"api":"hello"}\n'
    printed = [json.loads(line) for line in done.stderr.splitlines()]
    assert [{name: base64.b64decode(text) for name, text in line.items()} for line in printed] == [
        {"stdout": b"a notice\n"},
        {"stderr": b"a complaint\n"},
    ]
    assert file.read_text() == "true"


def test_the_kernel_has_no_process_below_it(folder: Path) -> None:
    """And the environment that other programs see is as it was."""
    assert start(folder) == ["unchanged: True", "tokens: True", "children: 0"]


def test_a_kernel_that_does_not_start_leaves_the_stock_one(folder: Path) -> None:
    """A layout of jsii that we do not know is no error."""
    (folder / "program.js").write_text("process.exit(1)", encoding="utf-8")

    assert start(folder) == [
        "failed: JSONDecodeError",
        "unchanged: True",
        "tokens: True",
        "children: 1",
    ]


def test_archives_are_made_when_somebody_wants_one(folder: Path) -> None:
    """The library that makes them is loaded only then."""
    assert start(folder, ASSET) == ["b'PK'"]


def test_another_runtime_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets `JSII_RUNTIME` debugs jsii."""
    monkeypatch.setenv("JSII_RUNTIME", str(folder / "kernel.js"))
    (folder / "program.js").write_text("process.exit(1)", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        start(folder)
