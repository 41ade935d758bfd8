"""`payctl local up`."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Final

from cyclopts import Parameter

from devcloud.api import url_of
from devcloud.board import board
from devcloud.environment import LocalEnvironment, Wishes
from devcloud.record import Record
from payctl.errors import CannotError
from payctl.exit_status import COULD_NOT_CHECK, FINE
from payctl.project import Project
from payctl.screen import complain, note, say, working
from payctl.selection import FLAGSHIP, Selection
from payctl.terraform.program import program

_DEFAULT: Final = ("dev",)
_NEXT: Final = (
    ("pay {}", "a payment, followed to its final state"),
    ("traffic {}", "a stream of payments, with a balance check"),
    ("tamper {} --random", "a change made by hand, for payctl drift to find"),
    ("down", "remove all of it"),
)
Named = Annotated[
    tuple[str, ...], Parameter(negative=(), help="The environments; dev when none is named.")
]
Iam = Annotated[bool, Parameter(negative=(), help="Enforce IAM: what no policy allows is refused.")]
Ledger = Annotated[bool, Parameter(help="Have a PostgreSQL, where the machine has one.")]
Port = Annotated[
    int, Parameter(help="Where the first emulator listens, the next one on the next port; 0: any.")
]


def up(
    environments: Named = (),
    *,
    iam: Iam = False,
    ledger: Ledger = True,
    port: Port = 0,
    selection: Selection = FLAGSHIP,
) -> int:
    """Run environments on this machine, each in an emulated AWS account of its own.

    For each environment an emulator is started (with its account number and its region), and a
    PostgreSQL server where the machine has one. Then Terraform deploys what is synthesized now,
    with the state in a bucket as in AWS. Again `up` deploys what changed meanwhile; after an
    interruption it starts over.
    """
    program()  # Before anything is started.
    begin = time.monotonic()
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    chosen = project.chosen(environments or _DEFAULT)
    names = [environment.identity.name for environment in chosen]
    failures: dict[str, CannotError] = {}

    with board(names) as report, ThreadPoolExecutor(len(chosen)) as pool:

        def raised(index: int) -> Record | None:
            name = names[index]
            local = LocalEnvironment(
                project=project,
                environment=chosen[index],
                selection=selection,
                progress=lambda text: report(name, text),
            )
            wishes = Wishes(enforce_iam=iam, ledger=ledger, port=port + index if port else 0)
            try:
                return local.up(wishes)
            except CannotError as error:
                failures[name] = error
                report(name, "failed")
                return None

        records = [record for record in pool.map(raised, range(len(chosen))) if record]
    for record in records:
        _show(record)
    for name, error in failures.items():
        complain(f"{name}: {error}", next_step=error.next_step)
    note(f"{len(records)} of {len(chosen)} environments in {time.monotonic() - begin:.0f} s")
    if failures:
        return COULD_NOT_CHECK
    say("Try:", style="bold")
    for command, purpose in _NEXT:
        say(f"    payctl local {command.format(names[0]):20} {purpose}")
    return FINE


def _show(record: Record) -> None:
    say(f"{record.environment} runs blueprint {record.digest[:12]}", style="bold green")
    say(f"    account   {record.account_id} in {record.region}, emulated at {record.endpoint}")
    url = url_of(record, "processing_url")
    if url:
        say(f"    API       {url}")
    ledger = f"PostgreSQL at {record.ledger}" if record.ledger else "absent"
    say(f"    ledger    {ledger}")
    if record.ledger_absence:
        say(f"              {record.ledger_absence}; payments are not posted to it")
    say(f"    IAM       {'enforced' if record.enforces_iam else 'not enforced (--iam)'}")
