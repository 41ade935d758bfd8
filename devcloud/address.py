"""A loopback address for each environment: 127.0.0.1, 127.0.0.2 and so on.

The functions find the database at the host that the emulator calls the cluster's endpoint, and at
the port that is in the blueprint, 5432. So that three databases can have that port at once, and a
database of the user's own can keep it, each environment has an address of its own. Linux answers on
all of 127.0.0.0/8; where the system does not, there is one address, and one ledger.
"""

import socket
from collections.abc import Collection
from typing import Final

from payctl.errors import CannotError

LOOPBACK: Final = "127.0.0.1"
DATABASE_PORT: Final = 5432
ADDRESSES: Final = tuple(f"127.0.0.{number}" for number in range(1, 33))


def free_for_database(taken: Collection[str] = ()) -> str:
    """Return an address whose database port is free, empty when there is none."""
    for address in ADDRESSES:
        if address not in taken and is_free(address, DATABASE_PORT):
            return address
    return ""


def is_free(address: str, port: int) -> bool:
    """Tell whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
        return True


def free_port(address: str = LOOPBACK, wanted: int = 0) -> int:
    """Return a free port of *address*, or *wanted* when it is one.

    Raises:
        CannotError: When *wanted* is taken.
    """
    if wanted and not is_free(address, wanted):
        raise CannotError(
            f"port {wanted} of {address} must be free, is in use by another program",
            next_step="leave --port out, or name another: any free port will do",
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((address, wanted))
        port: int = probe.getsockname()[1]
        return port
