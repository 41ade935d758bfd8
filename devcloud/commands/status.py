"""`payctl local status`."""

from typing import Final

from devcloud.emulator import answers
from devcloud.processes import processes
from devcloud.record import READY, records
from payctl.exit_status import FINDINGS, FINE
from payctl.screen import say, say_json, table
from payctl.selection import FLAGSHIP, AsJson, Selection

_SHOWN: Final = ("environment", "phase", "well", "endpoint", "ledger", "iam", "blueprint")
"""What fits into a table; --json has all."""


def status(*, selection: Selection = FLAGSHIP, as_json: AsJson = False) -> int:
    """Show what runs on this machine, and whether it is well."""
    rows = []
    for name, record in records(selection).items():
        alive = processes(record.place)
        well = (
            answers(record.endpoint)
            and record.phase == READY
            and (not record.database_pid or record.database_pid in alive)
        )
        rows.append(
            {
                "environment": name,
                "phase": record.phase,
                "well": "at work" if record.place.is_busy() else "yes" if well else "no",
                "endpoint": record.endpoint,
                "account": record.account_id,
                "region": record.region,
                "ledger": record.ledger or "absent",
                "iam": "enforced" if record.enforces_iam else "not enforced",
                "blueprint": record.digest[:12],
                "processes": len(alive),
            }
        )
    if as_json:
        say_json(rows)
    elif rows:
        table(
            "On this machine",
            [*_SHOWN, "processes#"],
            [[row[name] for name in (*_SHOWN, "processes")] for row in rows],
        )
        for row in rows:
            if row["well"] == "no":
                say(
                    f"{row['environment']} is not well: payctl local up {row['environment']}"
                    " repairs it, payctl local down removes it.",
                    style="yellow",
                )
    else:
        say("Nothing runs on this machine: payctl local up")
    return FINE if all(row["well"] != "no" for row in rows) else FINDINGS
