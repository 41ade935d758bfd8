"""The state's bucket: what Terraform wrote there."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

from attrs import frozen
from botocore.exceptions import ClientError

from audit.errors import UnknownFormatError
from audit.synthesized import Stack
from payctl.access import Access
from payctl.aws.refusal import asking, is_missing

_STATE_VERSION: Final = 4


@frozen(kw_only=True)
class StateBucket:
    """Where one stack keeps its state."""

    stack: Stack
    access: Access
    bucket: str
    key: str
    region: str

    @classmethod
    def of(cls, stack: Stack, access: Access) -> Self:
        """Find the bucket of *stack*."""
        s3 = stack.backend["s3"]
        return cls(
            stack=stack, access=access, bucket=s3["bucket"], key=s3["key"], region=s3["region"]
        )

    def state(self) -> Mapping[str, Any] | None:
        """Return the state, None where nothing was ever deployed.

        Raises:
            AccessError: When AWS refuses or does not answer.
            UnknownFormatError: When the state is in a format we do not know.
        """
        document = self._read(self.key)
        if document is None:
            return None
        version = document.get("version")
        if version != _STATE_VERSION:
            raise UnknownFormatError(f"state: version must be {_STATE_VERSION}, is {version!r}")
        return document

    def other_states(self) -> Iterator[Mapping[str, Any]]:
        """Yield every other state in the bucket, such as those of copies and of other stacks.

        Raises:
            AccessError: When AWS refuses or does not answer.
        """
        with asking(f"list what is in {self.bucket}"):
            pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
            keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
        for key in keys:
            if key.endswith(".tfstate") and key != self.key:
                yield self._read(key) or {}

    def exists(self) -> bool:
        """Tell whether the bucket is there."""
        with asking(f"is there a bucket {self.bucket}?"):
            try:
                self._s3.head_bucket(Bucket=self.bucket)
            except ClientError as error:
                if is_missing(error):
                    return False
                raise
        return True

    def _read(self, key: str) -> dict[str, Any] | None:
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


def outputs(state: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the outputs in *state* that are no secret."""
    return {
        name: output.get("value")
        for name, output in (state or {}).get("outputs", {}).items()
        if not output.get("sensitive")
    }


def identities(state: Mapping[str, Any] | None) -> frozenset[str]:
    """Return every id, ARN, name and URL of the resources in *state*."""
    return frozenset(_identities(state or {}))


def _identities(state: Mapping[str, Any]) -> Iterator[str]:
    for resource in state.get("resources", ()):
        if resource.get("mode") != "managed":
            continue
        for instance in resource.get("instances", ()):
            attributes = instance.get("attributes") or {}
            for name in ("arn", "id", "url", "name", "bucket", "function_name", "layer_arn"):
                value = attributes.get(name)
                if isinstance(value, str) and value:
                    yield value
                    yield value.removesuffix(":*")
