"""The archive from which builds synthesize: what is in it, and where it goes."""

import io
import zipfile
from pathlib import Path

import pytest

from audit.synthesized import Stack
from payctl.project import ROOT
from payctl.source import archive, source_bucket


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a small repository with what a build needs and what it does not."""
    for name in (
        "main.py",
        "envs/payments/dev.py",
        ".git/config",
        ".venv/bin/python",
        "cdktf.out/stacks/x/cdk.tf.json",
        "envs/__pycache__/dev.pyc",
        "payments_platform.egg-info/PKG-INFO",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return tmp_path


def names(body: bytes) -> list[str]:
    """Return what is in an archive."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return file.namelist()


def test_content(repository: Path) -> None:
    """Sources are in it; what is made, installed or hidden is not."""
    assert names(archive(repository)) == ["envs/payments/dev.py", "main.py"]


def test_same_bytes(repository: Path) -> None:
    """The same files give the same archive, whenever they were written."""
    before = archive(repository)
    (repository / "main.py").touch()
    assert archive(repository) == before
    (repository / "main.py").write_text("other", encoding="utf-8")
    assert archive(repository) != before


def test_this_repository() -> None:
    """What CodeBuild runs is in it: `pip install .` and `python main.py` find what they need."""
    found = set(names(archive(ROOT)))
    assert {
        "main.py",
        "pyproject.toml",
        "payctl/__main__.py",
        "functions/requirements.txt",
    } <= found
    assert "envs/payments/prod.py" in found


@pytest.mark.parametrize(
    ("bucket", "expected"),
    [
        ("payment-governance-dev-123456789012", "payment-governance-dev-123456789012"),
        ("payment-blueprints-delivery-456789012345", "payment-blueprints-delivery-456789012345"),
        ("payment-audit-dev-123456789012", None),
    ],
)
def test_bucket(bucket: str, expected: str | None) -> None:
    """Governance and the pipeline have a bucket for it; an application has none."""
    document = {"resource": {"aws_s3_bucket": {"b": {"bucket": bucket}}}}
    assert source_bucket(Stack.from_json("s", document)) == expected
