"""Turns what boto3 raises into a message with the next step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from payctl.errors import AccessError

_MISSING: Final = frozenset(
    {"NoSuchBucket", "NoSuchKey", "404", "ParameterNotFound", "ResourceNotFoundException"}
)


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Raise AccessError when AWS does not answer the question *what*."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise AccessError(
            f"{what}: {error}",
            next_step="check the credentials (aws sts get-caller-identity) and the endpoint",
        ) from error


def is_missing(error: ClientError) -> bool:
    """Tell whether AWS says that the thing asked for does not exist."""
    return error.response.get("Error", {}).get("Code") in _MISSING
