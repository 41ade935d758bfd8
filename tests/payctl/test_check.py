"""`payctl check` judges what lies on the disk, and synthesizes nothing."""

import json
import shutil
from pathlib import Path

import pytest

from payctl.__main__ import run
from tests.conftest import Synthesize

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(synthesize: Synthesize, tmp_path: Path) -> Path:
    """Return a synthesized folder to be spoilt."""
    return Path(shutil.copytree(synthesize("graviton").output, tmp_path / "out"))


def check(folder: Path) -> int:
    """Return the exit status for *folder*."""
    return run(["check", str(folder), "--platform", "graviton", "--json"])


def test_what_was_synthesized_passes(folder: Path, capsys: Output) -> None:
    """Stacks and archives are listed with their hashes, and there is no finding."""
    assert check(folder) == 0
    shown = json.loads(capsys.readouterr().out)
    assert len(shown["stacks"]) == 6
    assert set(shown["archives"]) == {"functions.zip", "libraries.zip"}
    assert shown["findings"] == []


def test_a_changed_local_is_a_finding(folder: Path, capsys: Output) -> None:
    """A value that its setting does not say is found, with both values."""
    file = folder / "stacks" / "graviton-dev" / "cdk.tf.json"
    document = json.loads(file.read_text())
    document["locals"]["functions_memory_mebibytes"] = 128
    file.write_text(json.dumps(document))
    assert check(folder) == 1
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert finding["where"] == "local.functions_memory_mebibytes"
    assert finding["values"] == {"settings": 512, "graviton-dev": 128}


def test_a_changed_archive_is_a_finding(folder: Path, capsys: Output) -> None:
    """An archive whose hash is not the one in the code is found in every stack."""
    archive = folder / "archives" / "libraries.zip"
    archive.write_bytes(archive.read_bytes() + b"x")
    assert check(folder) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["rule"] for finding in found} == {"archives"}


@pytest.mark.parametrize("name", ["x.tf", "terraform.tfvars", "x.auto.tfvars.json"])
def test_a_file_beside_a_stack_stops_it(name: str, folder: Path, capsys: Output) -> None:
    """What Terraform would read beside the stack makes it impossible to judge."""
    (folder / "stacks" / "graviton-dev" / name).write_text("")
    assert check(folder) == 2
    assert name in capsys.readouterr().err


def test_a_manifest_of_another_folder_stops_it(folder: Path, capsys: Output) -> None:
    """Cdktf deploys what its manifest names; that is what is judged."""
    file = folder / "manifest.json"
    file.write_text(file.read_text().replace("stacks/graviton-prod", "elsewhere"))
    assert check(folder) == 2
    assert "manifest.json" in capsys.readouterr().err
