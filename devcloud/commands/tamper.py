"""`payctl local tamper`."""

import random as dice
from typing import Annotated

from botocore.exceptions import BotoCoreError, ClientError
from cyclopts import Parameter

from devcloud.commands.pay import Here
from devcloud.record import running
from devcloud.tampering import TAMPERINGS, Scene
from payctl.errors import AccessError, CannotError
from payctl.exit_status import FINE
from payctl.screen import say, table
from payctl.selection import FLAGSHIP, Selection

Change = Annotated[str, Parameter(help="Which change; none named lists them.")]
Random = Annotated[bool, Parameter(negative=(), help="Any of them.")]


def tamper(
    environment: Here = "dev",
    change: Change = "",
    *,
    random: Random = False,
    selection: Selection = FLAGSHIP,
) -> int:
    """Change something by hand, past Terraform, so that `payctl local run drift` has work."""
    if random:
        change = dice.choice(tuple(TAMPERINGS))  # noqa: S311 - no secrets
    if not change:
        table("Changes by hand", ("change", "what"), [(n, t.what) for n, t in TAMPERINGS.items()])
        return FINE
    if change not in TAMPERINGS:
        raise CannotError(
            f"the change must be a known one, got {change!r}",
            next_step=f"one of {', '.join(TAMPERINGS)}",
        )
    record = running(selection, environment)
    tampering = TAMPERINGS[change]
    try:
        changed = tampering.do(Scene(record))
    except (BotoCoreError, ClientError) as error:
        raise AccessError(
            f"{change} did not work in {environment}: {error}",
            next_step="payctl local status; another change may work",
        ) from error
    say(f"{change}: {tampering.what}: {changed}", style="yellow")
    say(f"payctl local run drift {environment} finds it; payctl local up {environment} repairs it.")
    return FINE
