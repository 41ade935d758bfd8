"""What S3 tells of an object that was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from attrs import frozen

from functions.domain.caller import iam_caller


@frozen(kw_only=True)
class Upload:
    """One version of one object.

    Attributes:
        bucket: Where it is.

        key: Its key, decoded.

        version_id: Its version; empty where the bucket keeps none.

        caller: Who wrote it.

    """

    bucket: str
    key: str
    version_id: str
    caller: str

    @classmethod
    def in_record(cls, record: Mapping[str, Any]) -> Upload:
        """Return the upload in *record*, one of an S3 event."""
        told = record["s3"]["object"]
        return cls(
            bucket=record["s3"]["bucket"]["name"],
            key=unquote_plus(told["key"]),
            version_id=told.get("versionId") or "",
            caller=iam_caller((record.get("userIdentity") or {}).get("principalId") or ""),
        )

    @property
    def version(self) -> dict[str, str]:
        """What to tell S3 to get this version."""
        return {"VersionId": self.version_id} if self.version_id else {}
