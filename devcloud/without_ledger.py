"""Lets payments go through where no database stands in for Aurora.

The one step on an emulator that is not in the blueprint: functions that keep their transactions in
DynamoDB are no longer told of the database, and so post nothing to the ledger. `payctl drift` shows
it, rightly.
"""

from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from devcloud.reach import access_to
from devcloud.record import Record
from payctl.errors import AccessError

_DATABASE: Final = "DATABASE_"
_STORE: Final = "TRANSACTIONS_TABLE"


def forget_database(record: Record) -> None:
    """Take the database's variables from every function that can do without.

    Raises:
        AccessError: When the emulator refuses.
    """
    client = access_to(record).client("lambda")
    try:
        for page in client.get_paginator("list_functions").paginate():
            for function in page["Functions"]:
                variables = function.get("Environment", {}).get("Variables", {})
                kept = {k: v for k, v in variables.items() if not k.startswith(_DATABASE)}
                if _STORE in variables and kept != variables:
                    client.update_function_configuration(
                        FunctionName=function["FunctionName"], Environment={"Variables": kept}
                    )
    except (BotoCoreError, ClientError) as error:
        raise AccessError(
            f"the functions of {record.environment} cannot do without a database: {error}",
            next_step=f"payctl local down {record.environment}, then up again",
        ) from error
