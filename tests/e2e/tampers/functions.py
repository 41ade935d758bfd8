"""Hand-made changes to functions and to what starts them."""

import io
import zipfile
from typing import Final

from audit.change import Class
from tests.e2e.tampers.hand import Hand, tamper


def _function(hand: Hand, name: str, **changes: object) -> str:
    function = hand.one("aws_lambda_function", having=name)
    hand.client("lambda").update_function_configuration(
        FunctionName=function["function_name"], **changes
    )
    return function.address


@tamper(Class.DRIFT, "memory_size")
def memory(hand: Hand) -> str:
    """Function memory."""
    return _function(hand, "processing", MemorySize=3008)


@tamper(Class.DRIFT, "timeout")
def timeout(hand: Hand) -> str:
    """Function timeout."""
    return _function(hand, "validation", Timeout=900)


@tamper(Class.DRIFT, "environment[0].variables.DEBUG")
def variable(hand: Hand) -> str:
    """Function variable."""
    function = hand.one("aws_lambda_function", having="notification")
    variables = {**function["environment"][0]["variables"], "DEBUG": "1"}
    return _function(hand, "notification", Environment={"Variables": variables})


@tamper(Class.DRIFT, "code_sha256")
def code(hand: Hand) -> str:
    """Function code replaced."""
    function = hand.one("aws_lambda_function", having="status")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.py", "def handle(event, context): return event")
    hand.client("lambda").update_function_code(
        FunctionName=function["function_name"], ZipFile=packed.getvalue()
    )
    return function.address


@tamper(Class.DRIFT, "state")
def schedule(hand: Hand) -> str:
    """Schedule disabled."""
    rule = hand.one("aws_cloudwatch_event_rule")
    hand.client("events").disable_rule(Name=rule["name"])
    return rule.address


@tamper(Class.GONE)
def permission(hand: Hand) -> str:
    """Function permission removed."""
    found = hand.one("aws_lambda_permission")
    hand.client("lambda").remove_permission(
        FunctionName=found["function_name"], StatementId=found["statement_id"]
    )
    return found.address


@tamper(Class.DRIFT, "enabled")
def mapping(hand: Hand) -> str:
    """Queue no longer worked off."""
    found = hand.one("aws_lambda_event_source_mapping")
    hand.client("lambda").update_event_source_mapping(UUID=found["uuid"], Enabled=False)
    return found.address


FUNCTIONS: Final = (memory, timeout, variable, code, schedule, permission, mapping)
