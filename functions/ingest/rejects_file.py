"""The lines of a batch file that were not taken, as an object beside it."""

from __future__ import annotations

import tempfile
from types import TracebackType
from typing import Any

from attrs import define, field
from typing_extensions import Self

from functions.ingest.logic import Reject


@define(kw_only=True, eq=False)
class RejectsFile:
    """Collects rejects on disk: there may be as many as lines.

    Attributes:
        client: A boto3 S3 client.

        bucket: Where the object goes.

        key: Its key; the same file again writes the same object.

        count: How many rejects there are so far.

    """

    client: Any
    bucket: str
    key: str
    count: int = field(default=0, init=False)
    _file: Any = field(init=False, factory=tempfile.TemporaryFile)

    def add(self, reject: Reject) -> None:
        """Add one line."""
        self._file.write(reject.to_json().encode() + b"\n")
        self.count += 1

    def write(self) -> None:
        """Write the object; without rejects there is none."""
        if self.count:
            self._file.seek(0)
            self.client.put_object(
                Bucket=self.bucket,
                Key=self.key,
                Body=self._file,
                ContentType="application/x-ndjson",
            )

    def __enter__(self) -> Self:
        """Return the file to collect in."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Remove it from the disk."""
        self._file.close()
