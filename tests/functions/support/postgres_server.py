"""A real PostgreSQL server with TLS on a free loopback port, for as long as the tests run."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen
from functions.configuration.database_settings import DatabaseSettings

_CANDIDATES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PASSWORD = "a password of the tests"  # noqa: S105 - of a server that lives for seconds


@frozen(kw_only=True)
class PostgresServer:
    """Where the server is, and the certificate it shows."""

    port: int
    certificate: Path

    def settings(self, *, database: str = "postgres") -> DatabaseSettings:
        """Return how to reach *database*."""
        return DatabaseSettings(
            host="localhost",
            port=self.port,
            name=database,
            user="payments",
            password_parameter="/payments/test/database/password",  # noqa: S106 - a name
            ssl_root_certificates=str(self.certificate),
        )

    def environ(self, database: str) -> dict[str, str]:
        """Return the environment variables that name *database*."""
        return {
            "DATABASE_HOST": "localhost",
            "DATABASE_PORT": str(self.port),
            "DATABASE_NAME": database,
            "DATABASE_USER": "payments",
            "DATABASE_PASSWORD_PARAMETER": "/payments/test/database/password",
            "DATABASE_SSL_ROOT_CERT": str(self.certificate),
        }


def binaries() -> Path | None:
    """Return the folder of the server's programs, None where there are none."""
    return next((folder for folder in _CANDIDATES if (folder / "initdb").exists()), None)


@contextmanager
def running_server(folder: Path) -> Iterator[PostgresServer]:
    """Start a server whose files are in *folder*, stop it in the end."""
    programs = binaries()
    assert programs is not None
    data, password_file = folder / "data", folder / "password"
    data.mkdir()
    password_file.write_text(PASSWORD)
    certificate, key = _certificate(folder)
    port = _free_port()
    as_user = _unprivileged(folder)
    log = folder / "log"
    subprocess.run(
        [*as_user, programs / "initdb", "-D", data, "-U", "payments", "-A", "scram-sha-256",
         "--pwfile", password_file, "-E", "UTF8", "--no-sync"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "ssl": "on",
        "ssl_cert_file": certificate,
        "ssl_key_file": key,
        "max_connections": 120,
    }
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*as_user, programs / "postgres", "-D", data, *arguments],
            stdout=output, stderr=output, cwd=folder,
        )  # fmt: skip
    try:
        _wait(programs, port, server, log)
        yield PostgresServer(port=port, certificate=certificate)
    finally:
        server.terminate()
        server.wait(20)


def _unprivileged(folder: Path) -> list[str]:
    # The server refuses to run as root.
    if os.geteuid() != 0:
        return []
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "server.crt", folder / "server.key"
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-newkey", "rsa:2048",
         "-out", certificate, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    key.chmod(0o600)
    return certificate, key


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(programs: Path, port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    ask = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    for _ in range(200):
        if subprocess.run(ask, check=False).returncode == 0:
            return
        assert server.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())
