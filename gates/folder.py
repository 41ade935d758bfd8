"""A synthesized folder as it lies on the disk: all that Terraform would read of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from attrs import frozen

from audit.archives import base64_sha256
from audit.synthesized import Stack, read_stacks


@frozen(kw_only=True)
class Folder:
    """What `cdktf synth` left.

    Attributes:
        stacks: By name.

        hashes: The SHA-256 of each archive in base64, by file name.
    """

    stacks: Mapping[str, Stack]
    hashes: Mapping[str, str]

    @classmethod
    def read(cls, output: Path) -> Self:
        """Read *output*, which is `cdktf.out` or a copy of it.

        Raises:
            SynthesisReadError: When a stack cannot be read, or something lies beside it that
                Terraform would read too.
        """
        archives = sorted(file for file in output.glob("archives/*") if file.is_file())
        return cls(
            stacks=read_stacks(output), hashes={file.name: base64_sha256(file) for file in archives}
        )
