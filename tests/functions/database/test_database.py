"""The connection to a real PostgreSQL server."""

import ssl

import pytest
from functions.database.database import Database, tls_context
from tests.functions.support.postgres_server import PASSWORD, PostgresServer


def _one(database: Database, sql: str) -> object:
    with database.transaction() as connection:
        return connection.run(sql)[0][0]


class TestTransaction:
    """One SQL transaction on a kept connection."""

    def test_is_encrypted(self, database: Database) -> None:
        """The server sees TLS 1.2 or newer."""
        version = _one(database, "select version from pg_stat_ssl where pid = pg_backend_pid()")
        assert version in {"TLSv1.2", "TLSv1.3"}

    def test_keeps_the_connection(self, database: Database) -> None:
        """Two transactions share one connection."""
        assert _one(database, "select pg_backend_pid()") == _one(
            database, "select pg_backend_pid()"
        )

    def test_outlives_a_connection_that_the_server_closed(
        self, database: Database, postgres: PostgresServer
    ) -> None:
        """A connection lost between two transactions is opened anew."""
        lost = _one(database, "select pg_backend_pid()")
        other = Database(settings=postgres.settings(), password=lambda _: PASSWORD)
        assert _one(other, f"select pg_terminate_backend({lost})") is True
        other.close()
        assert _one(database, "select pg_backend_pid()") != lost

    def test_rolls_back_on_an_error(self, database: Database) -> None:
        """Nothing of a failed transaction stays, and the connection can still be used."""

        def fail() -> None:
            with database.transaction() as connection:
                connection.run("create table half_done (x int)")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert _one(database, "select to_regclass('half_done')") is None


class TestPassword:
    """Logging in."""

    def test_is_fetched_again_when_it_was_rotated(self, postgres: PostgresServer) -> None:
        """A refused cached password is fetched once more."""
        asked = []

        def password(again: bool) -> str:
            asked.append(again)
            return PASSWORD if again else "the old one"

        database = Database(settings=postgres.settings(), password=password)
        assert _one(database, "select 1") == 1
        database.close()
        assert asked == [False, True]


class TestTls:
    """Who the server is."""

    def test_unknown_issuer_is_refused(self, postgres: PostgresServer) -> None:
        """With a bundle of authorities, a certificate of none of them is refused."""
        import certifi  # noqa: PLC0415 - any bundle that is not ours

        settings = postgres.settings()
        object.__setattr__(settings, "ssl_root_certificate", certifi.where())
        database = Database(settings=settings, password=lambda _: PASSWORD)
        with pytest.raises(ssl.SSLCertVerificationError):
            _one(database, "select 1")

    def test_other_name_is_refused(self, postgres: PostgresServer) -> None:
        """With a bundle, a certificate for another name is refused."""
        settings = postgres.settings()
        object.__setattr__(settings, "host", "127.0.0.1")
        database = Database(settings=settings, password=lambda _: PASSWORD)
        with pytest.raises(ssl.SSLCertVerificationError):
            _one(database, "select 1")

    def test_without_a_bundle_is_only_encrypted(self, postgres: PostgresServer) -> None:
        """Without a bundle the connection is encrypted and the server not verified."""
        settings = postgres.settings(verify=False)
        database = Database(settings=settings, password=lambda _: PASSWORD)
        assert _one(database, "select ssl from pg_stat_ssl where pid = pg_backend_pid()") is True
        database.close()

    def test_old_versions_are_off(self) -> None:
        """TLS 1.1 and older are never spoken."""
        assert tls_context(None).minimum_version is ssl.TLSVersion.TLSv1_2
