"""Receives webhooks, as the customer's server would: `python -m devcloud.receiver FOLDER IP`.

The folder holds the certificate; the port and the ids of what was delivered are written there.
"""

import os
import ssl
import subprocess
import sys
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from devcloud.place import Place

_NETWORK: Final = Path(__file__).parent / "network"
_READY_SECONDS: Final = 20
_MOST_BYTES: Final = 1 << 20
_CERTIFICATE, _KEY, _PORT, _DELIVERED = "receiver.crt", "receiver.key", "port", "delivered"


def start_receiver(place: Place, address: str, *, url: str) -> Mapping[str, str]:
    """Start a receiver for *url*; return the variables with which functions find it.

    Without openssl there is none, and webhooks fail as they do when a customer's server is down.
    """
    folder = place.folder / "receiver"
    folder.mkdir()
    host = urlsplit(url).hostname or "localhost"
    try:
        subprocess.run(
            ["openssl", "req", "-new", "-x509", "-days", "365", "-nodes", "-newkey", "rsa:2048",
             "-subj", "/CN=payments-local-receiver", "-addext", f"subjectAltName=DNS:{host}",
             "-out", folder / _CERTIFICATE, "-keyout", folder / _KEY],
            check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return {}
    with (folder / "receiver.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "devcloud.receiver", str(folder), address],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, **place.mark},
        )
    deadline = time.monotonic() + _READY_SECONDS
    while not (folder / _PORT).exists():
        if process.poll() is not None or time.monotonic() > deadline:
            return {}
        time.sleep(0.05)
    process.returncode = 0  # It outlives us on purpose.
    return {
        "PAYCTL_LOCAL_RECEIVER": f"{address}:{(folder / _PORT).read_text()}",
        "PYTHONPATH": str(_NETWORK),
        "SSL_CERT_FILE": str(folder / _CERTIFICATE),
    }


def delivered_count(place: Place) -> int:
    """Return how many webhooks were delivered, repeats of the same event counted once."""
    try:
        return len(set((place.folder / "receiver" / _DELIVERED).read_text().split()))
    except FileNotFoundError:
        return 0


def _serve(folder: Path, address: str) -> None:
    delivered = (folder / _DELIVERED).open("a", buffering=1)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self.rfile.read(min(length, _MOST_BYTES))
            delivered.write(f"{self.headers.get('webhook-id', 'unnamed')}\n")
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Write no line for each request."""

    server = ThreadingHTTPServer((address, 0), Handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / _CERTIFICATE, folder / _KEY)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    part = folder / f"{_PORT}.part"
    part.write_text(str(server.server_port))
    part.replace(folder / _PORT)
    server.serve_forever()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.argv[2])
