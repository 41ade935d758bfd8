"""The records of deployments, beside the state: what was meant, and what became of it.

    deployments/<stack>/<id>.json            one for each deployment, in the order of time
    deployments/<stack>/<id>.baseline.json   what it left behind
    deployments/<stack>/latest.json          the last one

A record is written before anything changes, with the outcome `begun`, and again in the end. One
that stays `begun` was killed.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

from attrs import frozen
from botocore.exceptions import ClientError

from audit.baseline import Baseline
from audit.synthesized import Stack
from payctl.access import Access
from payctl.aws.refusal import asking, is_missing
from payctl.record import Record

_FOLDER: Final = "deployments"


@frozen(kw_only=True)
class Records:
    """The records of one stack."""

    stack: str
    access: Access
    bucket: str
    region: str

    @classmethod
    def of(cls, stack: Stack, access: Access) -> Self:
        """Find the records of *stack*."""
        s3 = stack.backend["s3"]
        return cls(stack=stack.name, access=access, bucket=s3["bucket"], region=s3["region"])

    def write(self, record: Record) -> None:
        """Write *record*, which becomes the last one."""
        for name in (record.id, "latest"):
            self._put(f"{name}.json", record.as_json())

    def leave(self, record: Record, baseline: Baseline) -> None:
        """Write what the deployment of *record* left behind; drift is what is apart from it."""
        self._put(f"{record.id}.baseline.json", baseline)

    def last(self) -> Record | None:
        """Return the last record, None where nothing was recorded in the way it is done now."""
        found = self._get("latest.json")
        return Record.from_json(found) if found and "id" in found else None

    def baseline(self, record: Record) -> Baseline | None:
        """Return what the deployment of *record* left, None where it was killed before it could."""
        return self._get(f"{record.id}.baseline.json")

    def all(self) -> Iterator[Record]:
        """Yield every record, the newest first."""
        for key in sorted(self._keys(), reverse=True):
            if not key.endswith((".baseline.json", "latest.json")):
                found = self._get(key.rpartition("/")[2])
                if found and "id" in found:
                    yield Record.from_json(found)

    def _keys(self) -> Iterator[str]:
        with asking(f"list s3://{self.bucket}/{_FOLDER}/{self.stack}"):
            pages = self._s3.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=f"{_FOLDER}/{self.stack}/"
            )
            for page in pages:
                yield from (entry["Key"] for entry in page.get("Contents", ()))

    def _put(self, name: str, content: Mapping[str, Any]) -> None:
        body = json.dumps(content, indent=2, sort_keys=True).encode()
        with asking(f"write the record of a deployment to {self.bucket}"):
            self._s3.put_object(
                Bucket=self.bucket,
                Key=f"{_FOLDER}/{self.stack}/{name}",
                Body=body,
                ContentType="application/json",
            )

    def _get(self, name: str) -> dict[str, Any] | None:
        key = f"{_FOLDER}/{self.stack}/{name}"
        with asking(f"read s3://{self.bucket}/{key}"):
            try:
                body = self._s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            except ClientError as error:
                if is_missing(error):
                    return None
                raise
        found: dict[str, Any] = json.loads(body)
        return found

    @property
    def _s3(self) -> Any:
        return self.access.client("s3", region=self.region)
