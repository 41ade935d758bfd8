"""A synthesized folder as it lies on the disk: all that Terraform would read of it."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from attrs import Factory, frozen

from audit.archives import base64_sha256, function_archives
from audit.errors import SynthesisReadError
from audit.synthesized import FILE, Stack, read_stacks


@frozen(kw_only=True)
class Folder:
    """What `cdktf synth` left.

    Attributes:
        stacks: By name.

        hashes: The SHA-256 of each archive in base64, by file name.

        code: The Python files that functions run, by their names in the archives.
    """

    stacks: Mapping[str, Stack]
    hashes: Mapping[str, str]
    code: Mapping[str, str] = Factory(dict)

    @classmethod
    def read(cls, output: Path) -> Self:
        """Read *output*, which is `cdktf.out` or a copy of it.

        Raises:
            SynthesisReadError: When a stack cannot be read, or something lies beside it that
                Terraform would read too.
        """
        archives = sorted(file for file in output.glob("archives/*") if file.is_file())
        stacks = read_stacks(output)
        _check_manifest(output, stacks)
        run = function_archives(stacks.values())
        return cls(
            stacks=stacks,
            hashes={file.name: base64_sha256(file) for file in archives},
            code={k: v for file in archives if file.name in run for k, v in _python(file).items()},
        )


def _check_manifest(output: Path, stacks: Mapping[str, Stack]) -> None:
    """Check that cdktf, which goes by its manifest, deploys the stacks that are checked.

    Raises:
        SynthesisReadError: When it would deploy another folder.
    """
    file = output / "manifest.json"
    if not file.exists():
        return
    try:
        named = json.loads(file.read_text(encoding="utf-8"))["stacks"]
        folders = {name: entry["workingDirectory"] for name, entry in named.items()}
        paths = {name: entry["synthesizedStackPath"] for name, entry in named.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SynthesisReadError(f"{file}: must be cdktf's manifest: {error}") from error
    if folders != {name: f"stacks/{name}" for name in stacks} or paths != {
        name: f"stacks/{name}/{FILE}" for name in stacks
    }:
        raise SynthesisReadError(f"{file}: must name the stacks beside it, and no other folder")


def _python(archive: Path) -> dict[str, str]:
    """Return the Python files in *archive*.

    Raises:
        SynthesisReadError: When it cannot be read.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [name for name in opened.namelist() if name.endswith(".py")]
            return {name: opened.read(name).decode("utf-8") for name in names}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise SynthesisReadError(f"{archive}: must be a readable archive: {error}") from error
