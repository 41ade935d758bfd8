"""Which Terraform types are which CloudFormation types, a table for each kind of part."""

from collections.abc import Mapping
from typing import Final

from audit.cloudformation.mapping import Mapped, NotJudged
from audit.cloudformation.tables.access import ACCESS
from audit.cloudformation.tables.api import API
from audit.cloudformation.tables.compute import COMPUTE
from audit.cloudformation.tables.data import DATA
from audit.cloudformation.tables.delivery import DELIVERY
from audit.cloudformation.tables.messages import MESSAGES
from audit.cloudformation.tables.network import NETWORK
from audit.cloudformation.tables.storage import STORAGE
from audit.cloudformation.tables.watch import WATCH

TABLE: Final[Mapping[str, Mapped | NotJudged]] = {
    **ACCESS,
    **API,
    **COMPUTE,
    **DATA,
    **DELIVERY,
    **MESSAGES,
    **NETWORK,
    **STORAGE,
    **WATCH,
}
"""All of them; a type that is in none is a finding."""
