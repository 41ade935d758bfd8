"""One connection to PostgreSQL per Lambda environment, kept between invocations."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import pg8000.native  # type: ignore[import-untyped]
from attrs import define, field

from functions.configuration.database_settings import DatabaseSettings

_UNUSABLE: Final = frozenset({"08", "25", "53", "57"})
"""Classes of PostgreSQL's error codes after which a connection is not used again: connection
exceptions, invalid transaction states (a failover made the server read-only), insufficient
resources and operator intervention (it shuts down)."""

_BAD_PASSWORD: Final = "28P01"  # noqa: S105 - PostgreSQL's error code for one


class ReadOnlyServerError(OSError):
    """The server takes no writes: it was the writer before a failover, and is none now."""


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
        of the caller's has run. One that breaks during the transaction is dropped, and so is one
        whose server says that it can't go on: the next transaction finds the server that can.
        """
        connection = self._begin()
        try:
            yield connection
            connection.run("commit")
        except BaseException as error:
            if _is_unusable(error):
                self.close()
                raise
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
        [[read_only]] = self._connection.run("show transaction_read_only")
        if read_only == "on":
            self.close()
            raise ReadOnlyServerError(
                f"{self.settings.host}: the server must take writes, and is read-only;"
                " after a failover its name may still stand for the former writer"
            )
        self._connection.run("begin")
        return self._connection

    def _connect(self) -> Any:
        try:
            return self._connect_with(self.password(False))
        except pg8000.native.DatabaseError as error:
            # The password may have been rotated since it was cached.
            if _code(error) != _BAD_PASSWORD:
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


def _code(error: BaseException) -> str:
    """Return PostgreSQL's code of *error*, empty if it is no error of the server's."""
    told = error.args[0] if isinstance(error, pg8000.native.DatabaseError) and error.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""


def _is_unusable(error: BaseException) -> bool:
    return _code(error)[:2] in _UNUSABLE or isinstance(
        error, (pg8000.native.InterfaceError, OSError)
    )


def tls_context(root_certificates: str) -> ssl.SSLContext:
    """Return what TLS asks of the server: a name and an issuer among *root_certificates*."""
    context = ssl.create_default_context(cafile=root_certificates)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
