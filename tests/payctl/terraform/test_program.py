"""Terraform is found, or OpenTofu in its place, or what the user names."""

from pathlib import Path

import pytest

from payctl.errors import ToolMissingError
from payctl.terraform.program import VARIABLE, is_terraform, program


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path


def install(folder: Path, name: str) -> str:
    """Make a program called *name* in *folder* and return its path."""
    file = folder / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return str(file)


def test_terraform_goes_first(folder: Path) -> None:
    """With both installed, nobody gets OpenTofu by surprise."""
    install(folder, "tofu")
    wanted = install(folder, "terraform")
    assert program() == wanted
    assert is_terraform()


def test_tofu_is_taken_where_it_is_alone(folder: Path) -> None:
    """Its registry is another one, so that Terraform's lock file is not for it."""
    wanted = install(folder, "tofu")
    assert program() == wanted
    assert not is_terraform()


def test_a_named_program_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name on the PATH, or by its path."""
    install(folder, "terraform")
    wanted = install(folder, "terraform-1.12")
    for name in ("terraform-1.12", wanted):
        monkeypatch.setenv(VARIABLE, name)
        assert program() == wanted


@pytest.mark.parametrize(
    ("named", "message"),
    [("", "neither terraform nor tofu is on the PATH"), ("tf", r"tf \(PAYCTL_TERRAFORM\) is not")],
)
def test_a_missing_program_is_said(
    named: str, message: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do."""
    del folder
    monkeypatch.setenv(VARIABLE, named)
    with pytest.raises(ToolMissingError, match=message) as raised:
        program()
    assert VARIABLE in raised.value.next_step
