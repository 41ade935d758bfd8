"""Which kernel answers, and what happens with what it does not know."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAM = """
import os, sys
from pathlib import Path
from jsii_kernel import install, run
install(cache=Path({cache!r}))
def main():
    if os.environ.get("PAYMENTS_KERNEL") == "jsii":
        print("stock", sys.argv[1:])
        return 1
    {body}
    return 0
sys.exit(run(main))
"""

BAD_NAME = (
    "import cdktf, cdktf_cdktf_provider_aws as aws; app = cdktf.App(outdir=sys.argv[1]);"
    " aws.sqs_queue.SqsQueue(cdktf.TerraformStack(app, 'a'), 'q', name=5)"
)


def run(
    body: str, cache: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program with *body* as what it does on this kernel."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body, cache=str(cache)), *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "JSII_NODE": sys.executable, **variables},
    )


def test_what_is_known_runs_once(tmp_path: Path) -> None:
    """No second run, no word."""
    done = run("from cdktf import App; App(outdir=sys.argv[1])", tmp_path, str(tmp_path / "out"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("from cdktf import App; App(outdir='x', skip_validation=True)", "App(skipValidation)"),
        ("from cdktf import Aspects, App; Aspects.of(App(outdir=sys.argv[1]))", "Aspects.of()"),
        (
            BAD_NAME,
            "SqsQueueConfig.name of int",
        ),
    ],
)
def test_what_is_not_known_runs_again(body: str, what: str, tmp_path: Path) -> None:
    """The stock kernel does it, with the same arguments, and one line says so."""
    done = run(body, tmp_path, str(tmp_path / "out"))
    assert done.returncode == 1
    assert done.stdout == f"stock {[str(tmp_path / 'out')]}\n"
    assert done.stderr.startswith(f"jsii_kernel: {what} is not on the list")
    assert done.stderr.count("\n") == 1


def test_the_stock_kernel_without_node(tmp_path: Path) -> None:
    """It says which extra brings Node."""
    done = run("pass", tmp_path, PAYMENTS_KERNEL="jsii", JSII_NODE="/no/such/node")
    assert done.returncode == 2
    assert "pip install 'payments-platform[jsii]'" in done.stderr


def test_a_kernel_that_is_none(tmp_path: Path) -> None:
    """A misspelt choice is no choice."""
    done = run("pass", tmp_path, PAYMENTS_KERNEL="node")
    assert done.returncode == 2
    assert "PAYMENTS_KERNEL must be python or jsii, found 'node'" in done.stderr


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    """Without a cache the bindings are compiled each time."""
    (tmp_path / "file").touch()
    done = run("from constructs import Construct", tmp_path / "file")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_damaged_cache(tmp_path: Path) -> None:
    """What cannot be read is compiled again."""
    body = "from constructs import Construct"
    assert run(body, tmp_path).returncode == 0
    compiled = list(tmp_path.glob("*.pyc"))
    assert compiled
    for file in compiled:
        file.write_bytes(file.read_bytes()[:-100])
    done = run(body, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
