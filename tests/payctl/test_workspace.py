"""Working copies of several environments are made at the same time."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from payctl.access import Access
from payctl.errors import CannotError
from payctl.terraform.workspace import Workspace
from tests.conftest import Synthesis


def test_environments_share_archives_without_getting_in_each_others_way(
    payments: Synthesis, tmp_path: Path
) -> None:
    """`payctl drift` prepares all of them at once, and each finds every archive whole."""
    access = Access(region="eu-west-1", account_id="123456789012")
    stacks = [payments.stack(name) for name in ("dev", "staging", "prod")] * 4
    with ThreadPoolExecutor(len(stacks)) as pool:
        made = pool.map(
            lambda stack: (
                Workspace.prepare(payments.output, stack, access=access, cache=tmp_path).folder
            ),
            stacks,
        )
        (archives,) = {folder.parent.parent / "archives" for folder in made}
    for archive in (payments.output / "archives").glob("*.zip"):
        assert (archives / archive.name).read_bytes() == archive.read_bytes()
    made_of = list((payments.output / "archives").glob("*.zip"))
    assert len(list(archives.glob("*.zip*"))) == len(made_of)


def test_archives_in_use_are_not_exchanged(payments: Synthesis, tmp_path: Path) -> None:
    """A function edited while somebody reads a plan does not go to production with it."""
    access = Access(region="eu-west-1", account_id="123456789012")
    output = tmp_path / "payments"
    shutil.copytree(payments.output, output)
    stack, other = payments.stack("dev"), payments.stack("staging")
    first = Workspace.prepare(output, stack, access=access, cache=tmp_path / "cache")
    with first.alone():
        (output / "archives" / "functions.zip").write_bytes(b"edited")
        with pytest.raises(CannotError, match="another payctl is at work"):
            Workspace.prepare(output, other, access=access, cache=tmp_path / "cache")
        first.verify()
    Workspace.prepare(output, other, access=access, cache=tmp_path / "cache")
    with pytest.raises(CannotError, match=r"functions\.zip .* must be what was judged"):
        first.verify()


def test_what_a_killed_command_left_is_removed(payments: Synthesis, tmp_path: Path) -> None:
    """A plan, another workspace of Terraform, files that it would read."""
    access = Access(region="eu-west-1", account_id="123456789012")
    stack = payments.stack("dev")
    folder = Workspace.prepare(payments.output, stack, access=access, cache=tmp_path).folder
    (folder / ".terraform").mkdir()
    left = ("plan.bin", ".terraform/environment", "terraform.tfvars", "x.tf", "y.auto.tfvars.json")
    for name in left:
        (folder / name).write_text("x")
    Workspace.prepare(payments.output, stack, access=access, cache=tmp_path)
    assert [name for name in left if (folder / name).exists()] == []
