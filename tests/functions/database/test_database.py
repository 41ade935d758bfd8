"""The connection to a real PostgreSQL server."""

import ssl

import pg8000.native  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from functions.configuration.database_settings import RDS_ROOT_CERTIFICATES
from functions.database.database import Database, ReadOnlyServerError, tls_context
from model.blueprint import Blueprint
from tests.conftest import PLATFORMS, ROOT
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


class TestFailover:
    """A server that can't go on, or takes no writes any more."""

    @pytest.mark.parametrize("code", ["08006", "25006", "25P03", "53200", "57P01", "57014"])
    def test_a_connection_is_dropped_when_the_server_says_it_cannot_go_on(
        self, database: Database, code: str
    ) -> None:
        """After an error of these classes the next transaction has a connection of its own."""
        before = _one(database, "select pg_backend_pid()")
        with pytest.raises(pg8000.native.DatabaseError):
            _one(database, f"do $$ begin raise exception using errcode = '{code}'; end $$")
        assert _one(database, "select pg_backend_pid()") != before

    def test_other_errors_keep_the_connection(self, database: Database) -> None:
        """A refused row is no reason to connect again."""
        before = _one(database, "select pg_backend_pid()")
        with pytest.raises(pg8000.native.DatabaseError):
            _one(database, "select 1/0")
        assert _one(database, "select pg_backend_pid()") == before

    def test_a_former_writer_is_refused(self, database: Database) -> None:
        """A server that takes no writes is not connected to, and is tried again each time."""
        name = database.settings.name
        with database.transaction() as connection:
            connection.run(f"alter database {name} set default_transaction_read_only = on")
        database.close()
        for _ in range(2):
            with pytest.raises(ReadOnlyServerError, match="must take writes"):
                _one(database, "select 1")


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
        """A certificate of none of RDS's authorities, which are the default, is refused."""
        settings = evolve(postgres.settings(), ssl_root_certificates=str(RDS_ROOT_CERTIFICATES))
        database = Database(settings=settings, password=lambda _: PASSWORD)
        with pytest.raises(ssl.SSLCertVerificationError):
            _one(database, "select 1")

    def test_other_name_is_refused(self, postgres: PostgresServer) -> None:
        """A certificate for another name is refused."""
        settings = evolve(postgres.settings(), host="127.0.0.1")
        database = Database(settings=settings, password=lambda _: PASSWORD)
        with pytest.raises(ssl.SSLCertVerificationError):
            _one(database, "select 1")

    def test_the_issuers_are_those_of_rds(self) -> None:
        """The roots of every region with a database of ours are there, for 30 years and more."""
        roots = tls_context(str(RDS_ROOT_CERTIFICATES)).get_ca_certs()
        subjects = [str(root["subject"]) for root in roots]
        assert [one for one in subjects if "('organizationName', 'Amazon Web Serv" not in one] == []
        ends = [ssl.cert_time_to_seconds(str(root["notAfter"])) for root in roots]
        assert min(ends) > ssl.cert_time_to_seconds("Jan  1 00:00:00 2056 GMT")
        regions = {
            environment.identity.region
            for blueprint in (Blueprint.load(ROOT / "envs" / platform) for platform in PLATFORMS)
            for environment in blueprint.environments
            if blueprint.platform.database
        }
        for region in regions:
            assert f"Amazon RDS {region} Root CA RSA2048 G1" in " ".join(subjects)

    def test_old_versions_are_off(self) -> None:
        """TLS 1.1 and older are never spoken."""
        context = tls_context(str(RDS_ROOT_CERTIFICATES))
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2
