"""The API of a local copy: where it is, and requests signed as AWS wants them."""

import json
import re
import urllib.error
import urllib.request
from typing import Any, Final

from attrs import frozen
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from devcloud.emulator import loopback_context
from devcloud.record import Record
from payctl.errors import AccessError

_AWS_URL: Final = re.compile(
    r"https://(?P<api>\w+)\.execute-api\.[^/]+/(?P<stage>\w+)/(?P<path>.*)"
)
_CREDENTIALS: Final = Credentials("test", "test")
_PATIENCE_SECONDS: Final = 60


@frozen
class Answer:
    """What the API said.

    Attributes:
        status: The HTTP status.

        content: The JSON of the body, or its text.
    """

    status: int
    content: Any


def url_of(record: Record, output: str) -> str:
    """Return where the emulator serves the URL in *output*, empty where there is none."""
    found = _AWS_URL.fullmatch(str(record.outputs.get(output, "")))
    if not found:
        return ""
    return (
        f"{record.endpoint}/restapis/{found['api']}/{found['stage']}/_user_request_/{found['path']}"
    )


def request(
    record: Record,
    method: str,
    url: str,
    body: object = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send a signed request, and return the answer whatever its status.

    Raises:
        AccessError: When nobody answers.
    """
    data = None if body is None else json.dumps(body).encode()
    signed = AWSRequest(
        method=method,
        url=url,
        data=data,
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    SigV4Auth(_CREDENTIALS, "execute-api", record.region).add_auth(signed)
    prepared = signed.prepare()
    call = urllib.request.Request(  # noqa: S310 - loopback
        prepared.url, data=data, method=method, headers=dict(prepared.headers.items())
    )
    try:
        with urllib.request.urlopen(  # noqa: S310 - as above
            call, timeout=_PATIENCE_SECONDS, context=loopback_context()
        ) as response:
            return Answer(response.status, _content(response.read()))
    except urllib.error.HTTPError as error:
        return Answer(error.code, _content(error.read()))
    except OSError as error:
        raise AccessError(
            f"the API of {record.environment} must answer at {url}, does not: {error}",
            next_step=f"payctl local status; payctl local logs {record.environment}",
        ) from error


def _content(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
