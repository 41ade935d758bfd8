"""A pull request shows what it does to each environment, before it is merged."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from audit.finding import Finding
from audit.report import junit
from audit.revision import stack_changes
from payctl.__main__ import run
from payctl.errors import CannotError
from payctl.project import ROOT, Project
from payctl.review import base
from payctl.review.base import synthesized
from payctl.review.location import location
from payctl.review.verdict import Verdict
from payctl.selection import Selection
from tests.audit.test_revision import stack

Output = pytest.CaptureFixture[str]
GRAVITON = Selection(platform="graviton")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smallest platform, synthesized."""
    return Project.synthesized(GRAVITON, output=tmp_path_factory.mktemp("graviton"))


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with today's files as its one commit."""
    root = tmp_path / "clone"
    ignored = shutil.ignore_patterns(
        ".git",
        ".venv",
        ".cache",
        ".local",
        "cdktf.out*",
        "node_modules",
        "tests",
        "docs",
        "__pycache__",
    )
    shutil.copytree(ROOT, root, ignore=ignored)
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run([*git, *words], check=True)
    (root / ".cache").symlink_to(ROOT / ".cache")  # Layers need a network.
    monkeypatch.setattr(base, "ROOT", root)
    return root


def test_a_revision_is_synthesized_beside_this_one(clone: Path, project: Project) -> None:
    """Uncommitted changes of the clone are not in it, and nothing of it stays."""
    (clone / "envs" / "graviton" / "dev.py").write_text("no settings")
    with synthesized("HEAD", GRAVITON) as (tree, output):
        assert (output / "stacks" / "graviton-dev" / "cdk.tf.json").exists()
        assert "ENVIRONMENT" in (tree / "envs" / "graviton" / "dev.py").read_text()
    assert not tree.exists()
    assert project.stacks


def test_an_unknown_revision_is_said(clone: Path) -> None:
    """With what to do."""
    del clone
    with (
        pytest.raises(CannotError, match="no revision 'nowhere'"),
        synthesized("nowhere", GRAVITON),
    ):
        pass


def verdict() -> Verdict:
    """Return what a change of one setting does, which brings a finding with it."""
    return Verdict(
        platform="payments",
        base="main",
        stacks=stack_changes({"payments-dev": stack(1)}, {"payments-dev": stack(2)}),
        appeared=(Finding(rule="tags", where="aws_sqs_queue.q", path="tags", message="must | be"),),
        gone=(),
    )


def test_the_comment_shows_settings_attributes_and_findings() -> None:
    """As Markdown; a value cannot break the table."""
    text = verdict().markdown()
    assert "| `memory` | `payments-dev` | `1` | `2` |" in text
    assert "| changed | `aws_sqs_queue.q size` | `payments-dev` | `1` | `2` |" in text
    assert "- error: `aws_sqs_queue.q tags`: must \\| be (`tags`)" in text


def test_json_has_every_value() -> None:
    """Uncut."""
    (one,) = verdict().as_json()["stacks"]
    assert one["elements"][0] == {
        "kind": "changed", "where": "aws_sqs_queue.q", "path": "size", "before": 1, "after": 2,
    }  # fmt: skip


def test_a_finding_has_a_file_and_a_line(project: Project) -> None:
    """Of a setting the line that sets it, of a resource the line that builds it."""
    setting = Finding(rule="r", where="envs/graviton/dev.py:12", message="m")
    assert location(project, setting) == ("envs/graviton/dev.py", 12)
    address = next(iter(project.one_of_each[0].elements))
    for where in (address, "nowhere"):
        file, line = location(project, Finding(rule="r", where=where, message="m"))
        assert (ROOT / file).exists()
        assert line >= 1


def test_sarif_is_what_github_takes(capsys: Output) -> None:
    """Every result has a file and a line; a run without findings is a run all the same."""
    assert run(["review", "--format", "sarif", "--platform", "graviton"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["version"] == "2.1.0"
    (one,) = document["runs"]
    for result in one["results"]:
        (place,) = result["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"]
        assert place["physicalLocation"]["region"]["startLine"] >= 1


def test_junit_counts_failures() -> None:
    """One test case for each finding."""
    suite = ET.fromstring(junit(verdict().appeared))  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert suite.findtext("testcase/failure") == "must | be"
