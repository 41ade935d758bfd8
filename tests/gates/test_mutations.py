"""Whatever is changed in one environment's folder is found, and nothing is where nothing changed.

`MUTATIONS=1200 pytest tests/gates/test_mutations.py` changes more, and prints the counts.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from audit.errors import CouldNotCheckError
from audit.synthesized import FILE, Stack
from gates.folder import Folder
from gates.judge import findings, judged
from tests.conftest import Synthesis, Synthesize
from tests.gates.mutation import Mutator, harmless

MUTATIONS = int(os.environ.get("MUTATIONS", "120"))
FILES = max(16, MUTATIONS // 10)
PLATFORM = "graviton"


@pytest.fixture(scope="module")
def synthesis(synthesize: Synthesize) -> Synthesis:
    """Return the smallest platform."""
    return synthesize(PLATFORM)


@pytest.fixture
def output(synthesis: Synthesis, tmp_path: Path) -> Iterator[Path]:
    """Return a folder of its own, to be spoilt."""
    copy = tmp_path / "out"
    shutil.copytree(synthesis.output, copy)
    yield copy
    shutil.rmtree(copy)


def test_every_change_of_a_document_is_found(
    synthesis: Synthesis, capsys: pytest.CaptureFixture[str]
) -> None:
    """Body, locals and backend: no change of one environment passes."""
    folder = Folder.read(synthesis.output)
    documents = {
        name: (synthesis.output / "stacks" / name / FILE).read_text() for name in folder.stacks
    }
    missed, found = [], 0
    for seed in range(MUTATIONS):
        name = sorted(documents)[seed % len(documents)]
        what, document = Mutator(seed).document(json.loads(documents[name]))
        try:
            changed = Stack.from_json(name, document)
        except CouldNotCheckError:
            found += 1
            continue
        spoilt = evolve(folder, stacks={**folder.stacks, name: changed})
        if next(findings(synthesis.blueprint, spoilt), None) is None:
            missed.append((seed, name, what))
        else:
            found += 1
    with capsys.disabled():
        sys.stdout.write(f"{found} of {MUTATIONS} changed documents found\n")
    assert missed == []


@pytest.mark.parametrize("seed", range(FILES))
def test_every_change_of_a_file_is_found(seed: int, synthesis: Synthesis, output: Path) -> None:
    """Files that Terraform would read, archives, stacks that come and go."""
    what = Mutator(seed).files(output, f"{PLATFORM}-dev")
    assert not passes(synthesis, output), what


@pytest.mark.parametrize("seed", range(5))
def test_what_says_the_same_passes(seed: int, synthesis: Synthesis, output: Path) -> None:
    """Order, space, comments and files that nobody reads are no difference."""
    file = output / "stacks" / f"{PLATFORM}-dev" / FILE
    file.write_text(harmless(file.read_text(), seed))
    (file.parent / "notes.md").write_text("# Notes")
    (file.parent / ".terraform.lock.hcl").write_text("")
    assert judged(synthesis.blueprint, Folder.read(output)) == ()


def passes(synthesis: Synthesis, output: Path) -> bool:
    """Tell whether the judge finds nothing in *output*."""
    try:
        return next(findings(synthesis.blueprint, Folder.read(output)), None) is None
    except CouldNotCheckError:
        return False
