"""Hand-made changes to a deployed environment, of every kind that was seen in the wild."""

from typing import Final

from tests.e2e.tampers.data import DATA
from tests.e2e.tampers.functions import FUNCTIONS
from tests.e2e.tampers.network import NETWORK
from tests.e2e.tampers.roles import ROLES
from tests.e2e.tampers.unmanaged import UNMANAGED
from tests.e2e.tampers.watching import WATCHING

TAMPERS: Final = (*FUNCTIONS, *DATA, *NETWORK, *WATCHING, *ROLES, *UNMANAGED)
