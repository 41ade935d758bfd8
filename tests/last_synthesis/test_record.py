"""What is remembered is given out only as it was judged."""

import json
from pathlib import Path

import pytest

from last_synthesis import Record
from tests.conftest import run_main

STACK = "stacks/a/cdk.tf.json"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder as a synthesis leaves it, with what Terraform adds later."""
    folder = tmp_path / "out"
    for name in (STACK, "archives/functions.zip", "manifest.json", "stacks/a/terraform.tfstate"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.fixture
def kept(tmp_path: Path, output: Path) -> Path:
    """The folder of a record."""
    folder = tmp_path / "kept"
    Record.of("k", output, said="said\n", warned="").keep(folder, output)
    return folder


def found(kept: Path) -> Record:
    """Return the record."""
    record = Record.find(kept, "k")
    assert record
    return record


def test_another_key_has_no_record(kept: Path) -> None:
    """It is of these inputs, or of none."""
    assert found(kept).said == "said\n"
    assert Record.find(kept, "other") is None


def test_state_does_not_count(kept: Path) -> None:
    """What Terraform keeps beside a stack is nothing that was written."""
    assert set(found(kept).files) == {STACK, "archives/functions.zip", "manifest.json"}


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_changed_output_is_restored(change: str, kept: Path, output: Path) -> None:
    """A stack that was edited or removed is again as it was judged."""
    if change == "edited":
        (output / STACK).write_text("{}", encoding="utf-8")
    else:
        (output / STACK).unlink()
    assert not found(kept).is_in(output)
    assert found(kept).restore(kept, output)
    assert (output / STACK).read_text(encoding="utf-8") == STACK


@pytest.mark.parametrize(
    "stray", ["stacks/a/b.tf", "stacks/a/x.auto.tfvars", "stacks/b/cdk.tf.json"]
)
def test_a_file_beside_is_for_the_gates(stray: str, kept: Path, output: Path) -> None:
    """What Terraform would read too is not overlooked."""
    (output / stray).parent.mkdir(exist_ok=True)
    (output / stray).touch()
    assert not found(kept).restore(kept, output)


def test_a_tampered_cache_is_not_used(kept: Path, output: Path) -> None:
    """What is kept must have the hash that it had."""
    (kept / "files" / STACK).write_text("{}", encoding="utf-8")
    (output / STACK).unlink()
    assert not found(kept).restore(kept, output)


@pytest.mark.parametrize("text", ["", "{", json.dumps({"key": "k"}), "[]"])
def test_a_damaged_record_is_none(text: str, kept: Path) -> None:
    """What cannot be read is not known."""
    (kept / "record.json").write_text(text, encoding="utf-8")
    assert Record.find(kept, "k") is None


def test_main_says_and_leaves_the_same(tmp_path: Path) -> None:
    """Known or anew, with the same words and the same bytes; findings are never remembered."""
    known, anew = tmp_path / "known", tmp_path / "anew"
    assert run_main("graviton", output=known).returncode == 0
    first = run_main("graviton", output=known)
    second = run_main("graviton", "--fresh", output=anew)
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    files = sorted(file.relative_to(anew) for file in anew.rglob("*") if file.is_file())
    assert [f for f in files if (anew / f).read_bytes() != (known / f).read_bytes()] == []
    (known / "stacks" / "graviton-dev" / "beside.tf").touch()
    done = run_main("graviton", output=known)
    assert done.returncode == 2
    assert "beside.tf" in done.stderr
