"""The database stands in for Aurora: TLS, its password, port 5432, loopback."""

import gc
import socket
from contextlib import closing

import pg8000.native  # type: ignore[import-untyped]
import pytest

from devcloud.address import DATABASE_PORT, free_for_database, free_port
from devcloud.database import NoDatabaseError, connect, set_password, start_database
from devcloud.place import Place
from devcloud.processes import end_all, processes
from payctl.errors import CannotError

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""pg8000 leaves the socket of a refused login to the garbage collector."""


@pytest.fixture
def address(place: Place) -> str:
    """Where a database runs."""
    found = free_for_database()
    try:
        start_database(place, found)
    except NoDatabaseError as error:
        pytest.skip(str(error))
    return found


def test_only_the_password_of_parameter_store_opens_it(place: Place, address: str) -> None:
    """Whoever has another password, or no TLS, is refused."""
    set_password(place, address, "it's Terraform's")
    with closing(connect(place, address)) as connection:
        assert connection.run("select 1") == [[1]]
    for password, tls in (("another", True), ("it's Terraform's", False)):
        with pytest.raises(pg8000.native.DatabaseError):
            pg8000.native.Connection(
                "payments", host=address, password=password, ssl_context=tls, database="payments"
            )
    gc.collect()
    end_all(place)
    assert processes(place) == frozenset()


def test_two_databases_have_the_same_port(place: Place, address: str) -> None:
    """Each environment has a loopback address of its own, so the blueprint's port is free."""
    del place
    other = free_for_database()
    assert other.startswith("127.")
    assert other != address


def test_a_port_in_use_is_said_with_the_next_step() -> None:
    """Nobody reads a traceback for a taken port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotError, match=f"port {port} of 127.0.0.1 must be free") as raised:
            free_port("127.0.0.1", port)
    assert "--port" in raised.value.next_step
    assert DATABASE_PORT == 5432
