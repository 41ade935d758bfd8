"""`payctl local logs`."""

import datetime as dt
from typing import Annotated

from botocore.exceptions import BotoCoreError, ClientError
from cyclopts import Parameter

from devcloud.commands.pay import Here
from devcloud.reach import access_to
from devcloud.record import Record, running
from model.names import PREFIX
from payctl.errors import AccessError
from payctl.exit_status import FINE
from payctl.screen import say
from payctl.selection import FLAGSHIP, Selection

Function = Annotated[str, Parameter(help="Only this function, such as processing.")]
Lines = Annotated[int, Parameter(help="How many lines of each log, the last ones.")]
Emulator = Annotated[
    bool, Parameter(negative=(), help="The logs of the emulator and the database instead.")
]


def logs(
    environment: Here = "dev",
    *,
    function: Function = "",
    lines: Lines = 20,
    emulator: Emulator = False,
    selection: Selection = FLAGSHIP,
) -> int:
    """Show what the functions of an environment wrote, from the log groups of the emulator."""
    record = running(selection, environment)
    if emulator:
        _show_files(record, lines)
        return FINE
    client = access_to(record).client("logs")
    wanted = f"/aws/lambda/{PREFIX}-{function}" if function else "/aws/lambda/"
    try:
        groups = client.describe_log_groups(logGroupNamePrefix=wanted)["logGroups"]
        for group in groups:
            say(group["logGroupName"], style="bold")
            pages = client.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"]
            )
            found = [event for page in pages for event in page["events"]][-lines:]
            for event in found:
                at = dt.datetime.fromtimestamp(event["timestamp"] / 1000, tz=dt.UTC)
                say(f"    {at:%H:%M:%S}  {event['message'].rstrip()}")
            if not found:
                say("    (nothing)", style="dim")
    except (BotoCoreError, ClientError) as error:
        raise AccessError(
            f"the logs of {environment} cannot be read: {error}",
            next_step=f"payctl local logs {environment} --emulator",
        ) from error
    return FINE


def _show_files(record: Record, lines: int) -> None:
    place = record.place
    for file in (place.emulator / "emulator.log", place.database / "database.log"):
        if file.exists():
            say(str(file), style="bold")
            for line in file.read_text(errors="replace").splitlines()[-lines:]:
                say(f"    {line}")
