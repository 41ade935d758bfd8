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

    platform: Annotated[str, Parameter(name=("--platform", "-p"), help="A folder of envs/.")] = (
        "payments"
    )
    suffix: Annotated[str, Parameter(help="An extra copy, every name ending in -SUFFIX.")] = ""

    @property
    def copy(self) -> str:
        """What its folders are called: `payments`, or `payments-pr42`."""
        return "-".join(filter(None, (self.platform, self.suffix)))


FLAGSHIP: Final = Selection()

AsJson = Annotated[
    bool, Parameter(name="--json", negative=(), help="Print JSON instead of tables.")
]
Verbose = Annotated[bool, Parameter(negative=(), help="Leave nothing out.")]
OneEnvironment = Annotated[str, Parameter(help="The environment, such as dev.")]
WhichEnvironment = Annotated[
    str, Parameter(help="The environment, such as dev; none for `--stack pipeline`.")
]
Stack = Annotated[
    str,
    Parameter(
        help="Only this stack: `network`, `application` or `governance` of the environment, or "
        "`pipeline`, which is of none. All stacks of the environment when none is named."
    ),
]
Confirm = Annotated[
    str,
    Parameter(help="The stack's name, where the environment must be confirmed; asked for if not."),
]
Environments = Annotated[
    tuple[str, ...], Parameter(negative=(), help="The environments; none named means all.")
]
