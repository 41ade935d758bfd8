"""Adding a platform is a folder of four value files and nothing else."""

import shutil
from pathlib import Path

from audit.synthesized import read_stacks
from tests.conftest import ROOT, run_main

_NEEDED = (
    "audit",
    "constructs_lib",
    "envs",
    "functions",
    "gates",
    "jsii_kernel",
    "last_synthesis",
    "model",
    "stacks",
)
_VALUES = ("platform.py", "dev.py", "staging.py", "prod.py")


def test_four_files_are_enough(tmp_path: Path) -> None:
    """A copy of graviton's values under another name synthesizes, and passes the gate."""
    root = tmp_path / "project"
    root.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".ruff_cache")
    for folder in _NEEDED:
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    for file in ("main.py", "synthesis.py", ".terraform.lock.hcl"):
        shutil.copy(ROOT / file, root)
    (root / ".cache").symlink_to(ROOT / ".cache")
    sixth = root / "envs" / "sixth"
    sixth.mkdir()
    for name in _VALUES:
        text = (ROOT / "envs" / "graviton" / name).read_text()
        text = text.replace('name="graviton"', 'name="sixth"')
        (sixth / name).write_text(text.replace('"graviton.tfstate"', '"sixth.tfstate"'))
    output = tmp_path / "out"
    done = run_main("sixth", output=output, root=root)
    assert done.returncode == 0, done.stderr
    assert {"sixth-dev", "sixth-staging", "sixth-prod"} <= read_stacks(output).keys()
