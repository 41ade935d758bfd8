"""What Terraform itself writes is read as it is meant; run with the real one."""

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from audit.synthesized import read_stack
from payctl.access import Access
from payctl.errors import CannotError, TerraformError
from payctl.terraform.surroundings import surroundings
from payctl.terraform.terraform import Terraform
from payctl.terraform.workspace import PLAN, Workspace

SECRET = {
    "resource": {"terraform_data": {"a": {"input": "not-for-logs"}}},
    "output": {
        "api_key": {"value": "${terraform_data.a.output}", "sensitive": True},
        "url": {"value": "https://api.example.com"},
    },
}
WARNING = r"\nWarning: Deprecated Parameter\n\nUse the parameter use_lockfile instead.\n\n"


@pytest.fixture
def terraform(tmp_path: Path) -> Terraform:
    """Return Terraform in a stack of one value, which needs no provider."""
    folder = tmp_path / "stacks" / "x-dev"
    folder.mkdir(parents=True)
    (tmp_path / "archives").mkdir()
    (folder / "cdk.tf.json").write_text(json.dumps(SECRET))
    access = Access(region="us-east-1", account_id="1" * 12)
    made = Terraform(workspace=Workspace(folder=folder, stack=read_stack(folder), access=access))
    made.init()
    return made


def shim(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called terraform first on the PATH, which runs *script* before the real one."""
    program = folder / "bin" / "terraform"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n{script}\nexec {shutil.which("terraform")} "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:{Path('/usr/bin')}:{Path('/bin')}")


def test_a_sensitive_output_is_masked(terraform: Terraform) -> None:
    """Case `sensitive-output-printed`: the value is nobody's business."""
    with terraform.workspace.alone():
        terraform.plan()
        terraform.apply()
    assert terraform.outputs() == {"api_key": "(sensitive)", "url": "https://api.example.com"}


def test_a_warning_before_the_json_breaks_nothing(
    terraform: Terraform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case `warning-before-json`: of `output` and of `show`."""
    shim(tmp_path, f"case $1 in output|show) printf '{WARNING}';; esac", monkeypatch)
    with terraform.workspace.alone():
        assert terraform.plan()["complete"] is True
        terraform.apply()
    assert terraform.outputs()["url"] == "https://api.example.com"


def test_no_json_is_an_error_and_no_traceback(
    terraform: Terraform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what came instead."""
    shim(tmp_path, '[ "$1" = output ] && { echo Moved; exit 0; }', monkeypatch)
    with pytest.raises(TerraformError, match="must write a JSON object, wrote 'Moved'"):
        terraform.outputs()


def test_a_terraform_that_is_killed_is_said_to_be(
    terraform: Terraform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel kills whoever needs too much memory."""
    shim(tmp_path, '[ "$1" = apply ] && kill -9 $$', monkeypatch)
    with terraform.workspace.alone():
        terraform.plan()
        with pytest.raises(TerraformError, match=r"killed by signal 9 \(SIGKILL\)"):
            terraform.apply()


def test_variables_of_the_shell_change_no_plan(
    terraform: Terraform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case `shell-variables-of-terraform`: options, data folder and workspace stay ours."""
    monkeypatch.setenv("TF_CLI_ARGS_plan", "-target=terraform_data.other")
    monkeypatch.setenv("TF_DATA_DIR", "elsewhere")
    monkeypatch.setenv("TF_WORKSPACE", "other")
    with terraform.workspace.alone():
        plan = terraform.plan()
    assert plan["complete"] is True
    assert [entry["address"] for entry in plan["resource_changes"]] == ["terraform_data.a"]
    assert not (terraform.workspace.folder / "elsewhere").exists()


def test_no_plan_stays_behind(terraform: Terraform) -> None:
    """However the command ends."""

    def interrupted() -> None:
        with terraform.workspace.alone():
            terraform.plan()
            assert (terraform.workspace.folder / PLAN).exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not (terraform.workspace.folder / PLAN).exists()


def test_a_plan_left_by_a_killed_command_holds_no_word(tmp_path: Path) -> None:
    """Terraform keeps no ephemeral variable: whoever applies the plan must say the word again."""
    gate = {
        "variable": {"confirmation": {"type": "string", "default": "", "ephemeral": True}},
        "resource": {"terraform_data": {"a": {"input": "x"}}},
    }
    (tmp_path / "cdk.tf.json").write_text(json.dumps(gate))

    def run(*arguments: str, **said: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["terraform", *arguments],
            cwd=tmp_path, capture_output=True, text=True, check=False, env=surroundings(said),
        )  # fmt: skip

    assert run("init").returncode == 0
    assert run("plan", "-out=left", TF_VAR_confirmation="payments-prod").returncode == 0
    refused = run("apply", "left")
    assert refused.returncode == 1
    assert "must also be set during the apply" in refused.stderr
    assert b"payments-prod" not in (tmp_path / "left").read_bytes()


@pytest.mark.parametrize(
    "name", ["other.tf.json", "x_override.tf", "terraform.tfvars", "a.auto.tfvars.json"]
)
def test_a_file_beside_the_stack_stops_the_plan(name: str, terraform: Terraform) -> None:
    """Terraform would read it, and nobody has judged it."""
    (terraform.workspace.folder / name).write_text("{}")
    with terraform.workspace.alone(), pytest.raises(Exception, match="must not be there"):
        terraform.plan()


def test_a_stack_edited_after_it_was_judged_is_not_planned(terraform: Terraform) -> None:
    """What was hashed is what Terraform gets."""
    file = terraform.workspace.folder / "cdk.tf.json"
    file.write_text(file.read_text().replace("not-for-logs", "something else"))
    with terraform.workspace.alone(), pytest.raises(CannotError, match="must be what was judged"):
        terraform.plan()
