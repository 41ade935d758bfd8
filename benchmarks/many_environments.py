"""Synthesizes and judges a platform with as many environments as asked, copies of those it has.

python -m benchmarks.many_environments PLATFORM COUNT FOLDER
"""

import sys
from itertools import cycle, islice
from pathlib import Path

from jsii_kernel import install

ROOT = Path(__file__).parents[1]
install(cache=ROOT / ".cache" / "bindings")

import attrs  # noqa: E402  after install()

from constructs_lib.compute.archive import code_zip  # noqa: E402
from constructs_lib.compute.code import Archive  # noqa: E402
from gates.folder import Folder  # noqa: E402
from gates.judge import judged  # noqa: E402
from model.blueprint import Blueprint  # noqa: E402
from model.variation import replaced  # noqa: E402
from stacks.application import synthesize  # noqa: E402


def main(platform: str, count: int, folder: Path) -> None:
    """Name the copies by their number; nothing else of them differs, which the gates say."""
    blueprint = Blueprint.load(ROOT / "envs" / platform)
    copies = tuple(
        replaced(environment, "deployment.name", f"copy{number}")
        for number, environment in enumerate(islice(cycle(blueprint.environments), count))
    )
    archives = folder / "archives"
    code = Archive(name="code.zip", sha256=code_zip(ROOT / "functions", archives / "code.zip"))
    many = attrs.evolve(blueprint, environments=copies)
    synthesize(many, folder, code=code, libraries=code)
    judged(many, Folder.read(folder))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
