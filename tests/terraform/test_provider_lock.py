"""One lock file pins the provider's bytes for every stack, in every place where Terraform runs."""

import re
import shutil
import subprocess
from pathlib import Path

from audit.synthesized import PROVIDER_LOCK
from tests.conftest import ROOT, Synthesis

LOCK = (ROOT / PROVIDER_LOCK).read_text()


def test_it_is_for_the_version_that_stacks_ask_for(payments: Synthesis) -> None:
    """The lock and the stacks name one provider, in one version."""
    for stack in payments.stacks.values():
        wanted = stack.body["terraform"]["required_providers"]["aws"]["version"]
        assert f'version     = "{wanted}"' in LOCK


def test_it_is_beside_every_stack(payments: Synthesis) -> None:
    """Whoever runs Terraform there gets the same bytes."""
    for name in payments.stacks:
        assert (payments.output / "stacks" / name / PROVIDER_LOCK).read_text() == LOCK


def test_it_is_for_several_platforms() -> None:
    """The registry's archive of each operating system has a hash."""
    assert len(re.findall(r'"zh:[0-9a-f]{64}"', LOCK)) > 10


def test_terraform_accepts_it_unchanged(
    terraform: None, payments: Synthesis, tmp_path: Path
) -> None:
    """And refuses another provider's bytes."""
    del terraform
    shutil.copy(payments.output / "stacks" / "payments-dev" / PROVIDER_LOCK, tmp_path)
    (tmp_path / "main.tf").write_text(
        'terraform {\n  required_providers {\n    aws = { source = "aws", version = "5.100.0" }\n'
        "  }\n}\n"
    )
    command = ["terraform", "init", "-input=false", "-no-color", "-lockfile=readonly"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(tmp_path / ".terraform")
    altered = re.sub(r'"(h1:|zh:)[^"]{8}', r'"\1AAAAAAAA', LOCK)
    (tmp_path / PROVIDER_LOCK).write_text(altered)
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "checksums" in done.stderr
