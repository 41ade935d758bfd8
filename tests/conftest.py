"""What all tests share: one synthesis of each platform per session, done as a user does it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from attrs import frozen

from audit.synthesized import Stack, read_stacks
from jsii_kernel import install
from model.blueprint import Blueprint

ROOT = Path(__file__).parent.parent
install(cache=ROOT / ".cache" / "bindings")  # Before any test imports cdktf.
PLATFORMS = tuple(sorted(file.parent.name for file in ROOT.glob("envs/*/platform.py")))


Synthesize = Callable[[str], "Synthesis"]


@frozen(kw_only=True)
class Synthesis:
    """What `python main.py` left on the disk for one platform."""

    output: Path
    stacks: Mapping[str, Stack]
    blueprint: Blueprint

    def stack(self, environment: str) -> Stack:
        """Return the main stack of *environment*."""
        return self.stacks[f"{self.blueprint.platform.name}-{environment}"]


def run_main(
    *arguments: str,
    output: Path,
    root: Path = ROOT,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[str]:
    """Run `python main.py` of *root* into *output* and return how it went."""
    return subprocess.run(
        [sys.executable, str(root / "main.py"), *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "CDKTF_OUTDIR": str(output), **variables},
    )


@pytest.fixture(scope="session")
def synthesize(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Synthesis]:
    """Synthesize a platform, once per session."""

    @cache
    def synthesized(platform: str) -> Synthesis:
        output = tmp_path_factory.mktemp(platform)
        done = run_main(platform, output=output)
        assert done.returncode == 0, done.stderr
        return Synthesis(
            output=output,
            stacks=read_stacks(output),
            blueprint=Blueprint.load(ROOT / "envs" / platform),
        )

    return synthesized


@pytest.fixture(scope="session")
def payments(synthesize: Callable[[str], Synthesis]) -> Synthesis:
    """The flagship, synthesized."""
    return synthesize("payments")
