"""A PostgreSQL server in the place of Aurora: the emulator has none without Docker.

The machine's own server programs run at the address that the emulator calls the cluster's
endpoint. TLS is demanded as on AWS, and the password is the one that Terraform had made: whoever
does not read it from Parameter Store is refused.
"""

import os
import secrets
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Final

from devcloud.address import DATABASE_PORT
from devcloud.place import Place
from payctl.errors import CannotError

NAME: Final = "payments"
"""The name of the database and of its owner, as in `constructs_lib/data/database_plan.py`."""

_FOLDERS: Final = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
_READY_SECONDS: Final = 30


class NoDatabaseError(CannotError):
    """There can be no database here; everything but the ledger works without."""


def start_database(place: Place, address: str) -> int:
    """Start a server at *address*, and return its process.

    Raises:
        NoDatabaseError: When there are no server programs, or they do not work here.
    """
    if not address:
        raise NoDatabaseError(f"port {DATABASE_PORT} is in use on every loopback address")
    programs = _programs()
    folder, data = place.database, place.database / "data"
    folder.mkdir(parents=True)
    _password_file(place).touch(mode=0o600)
    _password_file(place).write_text(secrets.token_urlsafe(24))
    _certify(folder, address)
    user = _unprivileged(folder)
    _must(
        [*user, str(programs / "initdb"), f"--pgdata={data}", f"--username={NAME}",
         "--auth=scram-sha-256", f"--pwfile={_password_file(place)}", "--encoding=UTF8",
         "--no-sync"],
        place,
    )  # fmt: skip
    # Functions log in as their IAM identity, which no server outside of AWS can check.
    (data / "pg_hba.conf").write_text(
        f"hostssl all {NAME} 127.0.0.0/8 scram-sha-256\nhostssl all all 127.0.0.0/8 trust\n"
    )
    options = {
        "port": DATABASE_PORT,
        "listen_addresses": address,
        "unix_socket_directories": "",
        "fsync": "off",  # Nothing here need survive the machine.
        "ssl": "on",
        "ssl_cert_file": folder / "server.crt",
        "ssl_key_file": folder / "server.key",
        "max_connections": 200,
    }
    with (folder / "database.log").open("wb") as log:
        server = subprocess.Popen(
            [*user, str(programs / "postgres"), "-D", str(data)]
            + [part for name, value in options.items() for part in ("-c", f"{name}={value}")],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, **place.mark},
        )
    _wait(place, address, server)
    server.returncode = 0  # It outlives us on purpose.
    return server.pid


def set_password(place: Place, address: str, password: str) -> None:
    """Let the owner log in with *password* from now on."""
    connection = _connect(place, address, "postgres")
    try:
        quoted = password.replace("'", "''")
        connection.run(f"alter role {NAME} password '{quoted}'")
    finally:
        connection.close()
    _password_file(place).write_text(password)


def trusted(place: Place) -> dict[str, str]:
    """Return the variable that tells functions the certificate; by default they trust RDS alone."""
    return {"DATABASE_SSL_ROOT_CERT": str(place.database / "server.crt")}


def connect(place: Place, address: str) -> Any:
    """Return a connection to the database, as its owner."""
    return _connect(place, address, NAME)


def _connect(place: Place, address: str, database: str) -> Any:
    # Imported here: without the extra `local` everything else of payctl works.
    import ssl  # noqa: PLC0415

    import pg8000.native  # type: ignore[import-untyped]  # noqa: PLC0415

    context = ssl.create_default_context(cafile=str(place.database / "server.crt"))
    return pg8000.native.Connection(
        NAME,
        host=address,
        port=DATABASE_PORT,
        database=database,
        password=_password_file(place).read_text(),
        ssl_context=context,
        timeout=5,
    )


def _password_file(place: Place) -> Path:
    return place.database / "password"


def _programs() -> Path:
    """Return the folder of the newest server programs."""
    found = [
        path
        for pattern in _FOLDERS
        for path in Path("/").glob(pattern.removeprefix("/"))
        if (path / "initdb").exists()
    ]
    on_path = shutil.which("initdb")
    if found:
        return max(found, key=lambda path: (len(str(path)), str(path)))
    if on_path:
        return Path(on_path).resolve().parent
    raise NoDatabaseError("PostgreSQL's server programs are not installed (Debian: postgresql)")


def _unprivileged(folder: Path) -> list[str]:
    """Return what to put before a command: the server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise NoDatabaseError("PostgreSQL refuses to run as root, and setpriv is not installed")
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, "nobody")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]


def _certify(folder: Path, address: str) -> None:
    if shutil.which("openssl") is None:
        raise NoDatabaseError("openssl, which makes the server's certificate, is not installed")
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-days", "365", "-nodes", "-subj", "/CN=payments-local",
         "-addext", f"subjectAltName=IP:{address}", "-newkey", "rsa:2048",
         "-out", folder / "server.crt", "-keyout", folder / "server.key"],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "server.key").chmod(0o600)


def _must(command: list[str], place: Place) -> None:
    done = subprocess.run(
        command,
        check=False,
        cwd=place.database,
        capture_output=True,
        text=True,
        env={**os.environ, **place.mark},
    )
    if done.returncode:
        raise NoDatabaseError(f"PostgreSQL's initdb: {' '.join(done.stderr.split())}")


def _wait(place: Place, address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server takes connections, and make the database."""
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        try:
            connection = _connect(place, address, "postgres")
        except Exception as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (place.database / "database.log").read_text(errors="replace").splitlines()
                raise NoDatabaseError(f"PostgreSQL did not start: {log[-1:] or error}") from error
            time.sleep(0.1)
            continue
        try:
            connection.run(f"create database {NAME}")
        finally:
            connection.close()
        return
