"""One connection to PostgreSQL per Lambda environment, kept between invocations."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import pg8000.native  # type: ignore[import-untyped]
from attrs import define, field

from functions.configuration.database_settings import DatabaseSettings

_BAD_PASSWORD: Final = "28P01"  # noqa: S105 - PostgreSQL's error code for one

Password = Callable[[bool], str]
"""Returns the password; True asks for it to be fetched again."""


@define(kw_only=True, eq=False)
class Database:
    """A lazily opened, reused connection.

    Attributes:
        settings: Where the database is.

        password: Returns the password, fetched again if the first one is refused.

        timeout_seconds: How long to wait for a connection, and for each statement.

    """

    settings: DatabaseSettings
    password: Password
    timeout_seconds: float = 10
    _connection: Any = field(default=None, init=False)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """Open a SQL transaction; commit at the end, roll back on an error.

        A connection that the server closed since the last use is opened anew, before any statement
        of the caller's has run. One that breaks during the transaction is dropped.
        """
        connection = self._begin()
        try:
            yield connection
            connection.run("commit")
        except BaseException:
            try:
                connection.run("rollback")
            except Exception:  # noqa: BLE001 - whatever it is, the connection is unusable
                self.close()
            raise

    def close(self) -> None:
        """Close the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # It may be broken already.
                connection.close()

    def _begin(self) -> Any:
        if self._connection is not None:
            try:
                self._connection.run("begin")
            except (pg8000.native.Error, OSError):
                self.close()
            else:
                return self._connection
        self._connection = self._connect()
        self._connection.run("begin")
        return self._connection

    def _connect(self) -> Any:
        try:
            return self._connect_with(self.password(False))
        except pg8000.native.DatabaseError as error:
            # The password may have been rotated since it was cached.
            if error.args[0].get("C") != _BAD_PASSWORD:
                raise
            return self._connect_with(self.password(True))

    def _connect_with(self, password: str) -> Any:
        return pg8000.native.Connection(
            self.settings.user,
            host=self.settings.host,
            port=self.settings.port,
            database=self.settings.name,
            password=password,
            ssl_context=tls_context(self.settings.ssl_root_certificates),
            timeout=self.timeout_seconds,
            application_name="payments",
        )


def tls_context(root_certificates: str) -> ssl.SSLContext:
    """Return what TLS asks of the server: a name and an issuer among *root_certificates*."""
    context = ssl.create_default_context(cafile=root_certificates)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
