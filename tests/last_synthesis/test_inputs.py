"""The key covers whatever a synthesis reads: nothing can change and be overlooked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from last_synthesis import inputs, key
from tests.conftest import ROOT

WATCH = """
import runpy, sys
opened = set()
sys.addaudithook(lambda event, found: event == "open" and opened.add(str(found[0])))
sys.argv = ["main.py", "payments", "--fresh"]
try:
    runpy.run_path("main.py", run_name="__main__")
except SystemExit as error:
    assert not error.code, error.code
print("\\n".join(sorted(opened)))
"""
CHANGED = (
    ".terraform.lock.hcl",
    "functions/layers.json",
    "main.py",
    "synthesis.py",
    "pyproject.toml",
    "envs/payments/dev.py",
    "envs/payments/platform.py",
    "model/settings.py",
    "stacks/payments.py",
    "constructs_lib/context.py",
    "gates/judge.py",
    "audit/parity.py",
    "audit/policy/tls.py",
    "envs/payments/suppressions.toml",
    "functions/requirements.txt",
    "functions/database/migrate.py",
    "functions/database/rds_root_certificates.pem",
    "jsii_kernel/provider.json",
    "jsii_kernel/kernel.py",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what counts of this project."""
    root = tmp_path_factory.mktemp("project")
    for file in inputs._files(ROOT):  # noqa: SLF001  the very files
        target = root / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    return root


def test_every_file_that_is_read_counts(tmp_path: Path) -> None:
    """Python itself says which files a synthesis opens; those of this project are in the key."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH],
        cwd=ROOT,
        env={
            **os.environ,
            "CDKTF_OUTDIR": str(tmp_path / "out"),
            "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode"),  # So that sources are read.
        },
        capture_output=True,
        text=True,
        check=True,
    )
    opened = {Path(ROOT, line) for line in done.stdout.splitlines() if Path(ROOT, line).is_file()}
    ours = {file for file in opened if file.is_relative_to(ROOT)}
    kept = {file for file in ours if file.relative_to(ROOT).parts[0] in {".cache", ".venv"}}
    assert ROOT / "stacks" / "payments.py" in ours
    assert ROOT / "envs" / "payments" / "prod.py" in ours
    assert ours - kept - set(inputs._files(ROOT)) == set()  # noqa: SLF001  as above


@pytest.mark.parametrize("file", CHANGED)
def test_a_changed_file(file: str, project: Path) -> None:
    """One more character in any kind of input is another key."""
    before = key(project, ("payments", ""))
    content = (project / file).read_bytes()
    (project / file).write_bytes(content + b"\n")
    assert key(project, ("payments", "")) != before
    (project / file).write_bytes(content)
    assert key(project, ("payments", "")) == before


def test_kinds_of_inputs() -> None:
    """The files above are of every folder that counts."""
    folders = {file.relative_to(ROOT).parts[0] for file in inputs._files(ROOT)}  # noqa: SLF001
    there = {file.split("/")[0] for file in CHANGED}
    assert folders >= there
    assert there >= {"audit", "constructs_lib", "envs", "functions", "gates", "jsii_kernel"}
    assert there >= {"main.py", "model", "pyproject.toml", "stacks", "synthesis.py"}


def test_a_new_a_renamed_and_a_removed_file(project: Path) -> None:
    """A file that comes, goes or is called otherwise is another key."""
    before = key(project, ())
    new = project / "constructs_lib" / "new.py"
    new.write_text("", encoding="utf-8")
    with_new = key(project, ())
    renamed = new.rename(new.with_name("renamed.py"))
    assert len({before, with_new, key(project, ())}) == 3
    renamed.unlink()
    assert key(project, ()) == before


def test_what_does_not_count(project: Path) -> None:
    """Tests, documents, bytecode and outputs are not read."""
    before = key(project, ())
    for folder in ("tests", "docs", "cdktf.out", ".cache", "model/__pycache__"):
        (project / folder).mkdir(exist_ok=True)
        (project / folder / "file").touch()
    assert key(project, ()) == before


@pytest.mark.parametrize(
    "variable", ["PAYMENTS_KERNEL", "CDKTF_CONTEXT_JSON", "SYNTH_HCL_OUTPUT", "PYTHONHASHSEED"]
)
def test_a_variable_of_the_shell(variable: str, project: Path) -> None:
    """What could change a synthesis from outside is another key."""
    assert key(project, (), {variable: "1"}) != key(project, (), {})
    assert key(project, (), {"HOME": "/root", "CDKTF_OUTDIR": "x"}) == key(project, (), {})


def test_python_packages_and_the_day(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python, another package or another day is another key; so are other arguments."""
    keys = {key(project, ("payments", "")), key(project, ("payments", "pr42")), key(project, ())}
    monkeypatch.setattr(inputs, "_installed", lambda: ["attrs-0.dist-info"])
    keys.add(key(project, ()))
    monkeypatch.setattr(sys, "version", "3.99")
    keys.add(key(project, ()))

    monkeypatch.setattr(inputs, "_today", lambda: "2099-01-01")
    keys.add(key(project, ()))
    assert len(keys) == 6
