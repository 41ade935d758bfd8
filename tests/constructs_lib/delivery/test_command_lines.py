"""The command lines of builds are executed as CodeBuild does: one shell, until one line fails.

`aws`, `dnf`, `pip` and `python` are stand-ins that say what they were asked; the shell and its
tools are the real ones.
"""

import stat
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from attrs import frozen

from constructs_lib.delivery.command_lines import BUILD, DRIFT, INSTALL, PLAN, TAKE_ROLE, deploy

REFUSED = 'echo "An error occurred (AccessDenied)" >&2; exit 254'
KEYS = 'printf "AKIA\\tsecret\\ttoken\\n"'
TOLD = {
    "PLATFORM": "payments",
    "ENVIRONMENT": "prod",
    "ROLE_ARN": "arn:aws:iam::1:role/deployer",
    "CONFIRMATION": "payments-prod",
    "RELEASE": "r1",
    "BUILT": "2026-11-25T10:00:00Z",
    "PLAN_SHA256": "p1",
}


@frozen(kw_only=True)
class Build:
    """A build that ran.

    Attributes:
        asked: What the stand-ins were asked, with the key that `python` saw.

        variables: What the shell exports in the end; empty when it did not get there.
    """

    status: int
    asked: list[str]
    variables: dict[str, str]
    output: str


Builder = Callable[..., Build]


@pytest.fixture
def build(tmp_path: Path) -> Builder:
    """Return a function that runs commands in a clean shell, in a folder of its own."""

    def run(commands: Sequence[str], *, aws: str = KEYS, python: str = "true") -> Build:
        programs, log = tmp_path / "bin", tmp_path / "log"
        programs.mkdir()
        scripts = {"aws": aws, "dnf": "true", "pip": "true", "python": python}
        for name, script in scripts.items():
            said = f'echo "{name} $* [$AWS_ACCESS_KEY_ID]" >> {log}'
            (programs / name).write_text(f"#!/bin/bash\n{said}\n{script}\n")
            (programs / name).chmod(stat.S_IRWXU)
        folder = tmp_path / "src"
        folder.mkdir()
        lines = [f"{command}\nstatus=$?; [ $status = 0 ] || exit $status" for command in commands]
        done = subprocess.run(
            ["/bin/bash", "-c", "\n".join([*lines, "env > ../exported"])],
            cwd=folder, env={**TOLD, "PATH": f"{programs}:/usr/bin:/bin",
                             "CODEBUILD_SRC_DIR_evidence_staging": str(tmp_path / "handed")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        exported = tmp_path / "exported"
        text = exported.read_text() if exported.exists() else ""
        pairs = (line.partition("=") for line in text.splitlines())
        return Build(
            status=done.returncode,
            asked=log.read_text().splitlines() if log.exists() else [],
            variables={name: value for name, _, value in pairs},
            output=done.stdout + done.stderr,
        )

    return run


@pytest.mark.parametrize("commands", [PLAN, DRIFT, deploy(before="", approved="plan_prod")])
@pytest.mark.parametrize("aws", [REFUSED, "true", 'printf "AKIA\\tsecret\\n"'])
def test_a_refused_role_ends_the_build(commands: Sequence[str], aws: str, build: Builder) -> None:
    """Nothing goes on with CodeBuild's own role; the log says which one was wanted."""
    done = build([*commands], aws=aws)
    assert done.status != 0
    assert "nothing was done: arn:aws:iam::1:role/deployer could not be assumed" in done.output
    assert not any("payctl" in line for line in done.asked)


def test_whatever_comes_after_has_the_role(build: Builder) -> None:
    """Every command after it sees the keys."""
    done = build([TAKE_ROLE, "python -m payctl"])
    assert done.asked[-1] == "python -m payctl [AKIA]"
    assert {"AWS_SESSION_TOKEN", "AWS_SECRET_ACCESS_KEY"} <= done.variables.keys()


def test_a_build_names_the_release_and_when(build: Builder) -> None:
    """Later steps are told both."""
    done = build(BUILD, python='[ "$3" = release ] && echo 8093cce2f177; true')
    assert done.variables["RELEASE"] == "8093cce2f177"
    assert done.variables["BUILT"].endswith("Z")


@pytest.mark.parametrize("fails", ["synth", "release"])
def test_a_build_that_finds_something_names_nothing(fails: str, build: Builder) -> None:
    """Neither closed gates nor a release without a name go on."""
    done = build(BUILD, python=f'[ "$3" = {fails} ] && exit 1; true')
    assert (done.status, done.variables) == (1, {})


def test_a_plan_tells_what_it_does_and_its_hash(build: Builder) -> None:
    """The last lines of `payctl plan --save` are its summary, the release, and the hash."""
    said = 'printf "table\\npayments-prod: 1 changed.\\nrelease r1\\nabc123\\n"'
    done = build(PLAN, python=said)
    assert done.variables["SUMMARY"] == "payments-prod: 1 changed."
    assert done.variables["PLAN_SHA256"] == "abc123"
    assert "table" in done.output


def test_a_plan_that_failed_is_not_approved(build: Builder) -> None:
    """A hash of nothing would be one, too."""
    done = build(PLAN, python="echo abc123; exit 2")
    assert (done.status, done.variables) == (2, {})


def test_a_deployment_gets_the_evidence_and_the_plan(build: Builder, tmp_path: Path) -> None:
    """Of the environment before, and as it was approved."""
    evidence = tmp_path / "handed" / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "staging.json").write_text("{}")
    done = build(deploy(before="evidence_staging", approved="plan_prod"))
    assert done.status == 0, done.output
    assert (tmp_path / "src" / "evidence" / "staging.json").exists()
    assert done.asked[-1] == (
        "python -m payctl deploy prod --platform payments --confirm payments-prod --release r1 "
        "--built 2026-11-25T10:00:00Z --evidence evidence "
        "--approved /approval/plan.json --plan p1 [AKIA]"
    )


def test_without_evidence_nothing_is_deployed(build: Builder) -> None:
    """A lost artifact ends the build."""
    done = build(deploy(before="evidence_staging", approved=""))
    assert done.status != 0
    assert done.asked == []


def test_what_is_installed_is_what_was_tested(build: Builder) -> None:
    """Terraform's version is data, and the project itself is installed."""
    done = build(INSTALL)
    assert any("terraform-1.11.4" in line for line in done.asked)
    assert done.asked[-1].startswith("pip install --quiet .")
