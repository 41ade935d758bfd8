"""`payctl local run`."""

from typing import Annotated

from cyclopts import Parameter

from devcloud.record import use_local
from payctl import __main__ as command_line
from payctl.selection import FLAGSHIP, Selection

Tokens = Annotated[
    str,
    Parameter(allow_leading_hyphen=True, help="A command of payctl with its own options."),
]


def run(*command: Tokens, selection: Selection = FLAGSHIP) -> int:
    """Run another command of payctl against the environments that run on this machine.

    `payctl local run drift dev` and `payctl local run plan staging` are `payctl drift dev` and
    `payctl plan staging`, sent to the emulators.
    """
    use_local(selection)
    chosen = ["--platform", selection.platform]
    if selection.suffix:
        chosen += ["--suffix", selection.suffix]
    return command_line.run([*command, *chosen])
