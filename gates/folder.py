"""A synthesized folder as it lies on the disk: all that Terraform would read of it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from attrs import Factory, frozen

from audit.archives import base64_sha256, function_archives
from audit.errors import SynthesisReadError
from audit.synthesized import Stack, read_stacks


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
        run = function_archives(stacks.values())
        return cls(
            stacks=stacks,
            hashes={file.name: base64_sha256(file) for file in archives},
            code={k: v for file in archives if file.name in run for k, v in _python(file).items()},
        )


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
