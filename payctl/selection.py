"""Which platform a command is about; every command takes these options."""

from typing import Annotated, Final

from attrs import frozen
from cyclopts import Parameter


@Parameter(name="*")
@frozen(kw_only=True)
class Selection:
    """Which platform, and which copy of it.

    Attributes:
        platform: A folder of envs/.

        suffix: An extra copy, every name ending in -SUFFIX; empty for the real thing.
    """

    platform: Annotated[str, Parameter(name=("--platform", "-p"))] = "payments"
    suffix: str = ""


FLAGSHIP: Final = Selection()

AsJson = Annotated[bool, Parameter(name="--json", negative=())]
"""Whether to print JSON instead of tables."""

Environments = Annotated[tuple[str, ...], Parameter(name="ENVIRONMENT", negative=())]
"""The environments that a command is about; none named means all."""
