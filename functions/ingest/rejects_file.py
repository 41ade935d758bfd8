"""What of a batch file was not taken, as an object beside it; and how far it was read."""

from __future__ import annotations

import shutil
import tempfile
from types import TracebackType
from typing import Any, Final

from attrs import define, field
from botocore.exceptions import ClientError
from typing_extensions import Self

from functions.ingest.logic import Reject

_NOT_THERE: Final = frozenset({"AccessDenied", "NoSuchKey"})
"""What S3 says of an object that does not exist: the first to those who may not list the bucket."""


@define(kw_only=True, eq=False)
class RejectsFile:
    """Collects rejects on disk: there may be as many as lines.

    Attributes:
        client: A boto3 S3 client.

        bucket: Where the object goes.

        key: Its key; there is one for every file, and an empty one says that every line was taken.
            So a corrected file takes away what was said about the one before.

        version: Names the content that is read; what was read of another one counts for nothing.

        count: How many rejects there are so far.

    """

    client: Any
    bucket: str
    key: str
    version: str
    count: int = field(default=0, init=False)
    _file: Any = field(init=False, factory=tempfile.TemporaryFile)

    def resume(self) -> int:
        """Take over what an invocation left that ran out of time; return the last line it read."""
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=self.key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_THERE:
                return 0
            raise
        told = found["Metadata"]
        if told.get("version") != self.version or "read-to-line" not in told:
            return 0
        shutil.copyfileobj(found["Body"], self._file)
        self.count = int(told["rejects"])
        return int(told["read-to-line"])

    def add(self, reject: Reject) -> None:
        """Add one line."""
        self._file.write(reject.to_json().encode() + b"\n")
        self.count += 1

    def write(self, *, read_to_line: int | None = None) -> None:
        """Write the object; *read_to_line* is the last line read of a file with more to read."""
        told = {"version": self.version, "rejects": str(self.count)}
        if read_to_line is not None:
            told["read-to-line"] = str(read_to_line)
        self._file.seek(0)
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.key,
            Body=self._file,
            ContentType="application/x-ndjson",
            Metadata=told,
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
