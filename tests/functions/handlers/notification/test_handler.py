"""Webhooks to a real HTTP server on loopback."""

import base64
import hashlib
import hmac
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from functions.handlers.notification.webhook_sender import NotDeliveredError, RefusedError
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import sns

KEY = b"a key of at least 24 bytes"
EVENT = json.dumps({"event_id": "t-1.captured", "event_type": "payment.captured"})


class Receiver:
    """A web server that answers with the statuses it is told, 200 after that."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), body))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?a=b"


@pytest.fixture
def receiver(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Return a receiver whose address and secret the function is told."""
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    cloud.ssm.put_parameter(
        Name="/payments/test/webhook/secret",
        Value="whsec_" + base64.b64encode(KEY).decode(),
        Type="SecureString",
    )
    monkeypatch.setenv("WEBHOOK_URL", made.url)
    monkeypatch.setenv("WEBHOOK_SECRET_PARAMETER", "/payments/test/webhook/secret")
    monkeypatch.setattr("functions.handlers.notification.webhook_sender.time.sleep", lambda _: None)
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


class TestHandle:
    """One event from SNS."""

    def test_posts_a_signed_webhook(self, receiver: Receiver, invoke: Invoke) -> None:
        """The receiver can prove from id, time and body that the event is ours."""
        assert invoke("notification", sns(EVENT)) == {"delivered": 1}
        [(headers, body)] = receiver.requests
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{digest}"
        assert headers["webhook-id"] == "t-1.captured"
        assert body == EVENT.encode()

    def test_sends_again_until_it_is_taken(self, receiver: Receiver, invoke: Invoke) -> None:
        """Errors of the server and its asking for patience are outlasted, with the same id."""
        receiver.statuses = [500, 429, 503]
        invoke("notification", sns(EVENT))
        assert len(receiver.requests) == 4
        assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 1

    def test_gives_up_to_lambda_in_the_end(self, receiver: Receiver, invoke: Invoke) -> None:
        """After five tries the invocation fails, and Lambda has its own retries and queue."""
        receiver.statuses = [500] * 9
        with pytest.raises(NotDeliveredError, match="answered 500"):
            invoke("notification", sns(EVENT))
        assert len(receiver.requests) == 5

    @pytest.mark.parametrize("status", [301, 400, 410])
    def test_a_refusal_is_final(self, receiver: Receiver, invoke: Invoke, status: int) -> None:
        """A refusal or a redirect is not tried again: the secret body goes nowhere else."""
        receiver.statuses = [status] * 9
        with pytest.raises(RefusedError):
            invoke("notification", sns(EVENT))
        assert len(receiver.requests) == 1

    def test_nobody_there_is_not_delivered(
        self, receiver: Receiver, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A refused connection fails the invocation."""
        monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:9/")
        with pytest.raises(NotDeliveredError, match="ConnectionRefusedError"):
            invoke("notification", sns(EVENT))
        assert receiver.requests == []

    def test_never_logs_the_secret(
        self, receiver: Receiver, invoke: Invoke, logged: io.StringIO
    ) -> None:
        """Neither the secret nor the signature is in a log."""
        invoke("notification", sns(EVENT))
        printed = logged.getvalue()
        assert "webhook delivered" in printed
        [(headers, _)] = receiver.requests
        assert base64.b64encode(KEY).decode() not in printed
        assert headers["webhook-signature"] not in printed
