"""`payctl local pay`."""

import time
from typing import Annotated, Final

from cyclopts import Parameter

from devcloud.payment import ACCEPTED, FINAL, Payment, followed
from devcloud.record import running
from payctl.exit_status import FINDINGS, FINE
from payctl.screen import say, say_json, working
from payctl.selection import FLAGSHIP, AsJson, Selection

_PATIENCE_SECONDS: Final = 60
Amount = Annotated[int, Parameter(help="In minor units: 1999 is 19.99.")]
Currency = Annotated[str, Parameter(help="An ISO 4217 code.")]
Token = Annotated[
    str,
    Parameter(
        help="tok_approve, tok_decline, tok_timeout, tok_fail_twice, tok_refuse or"
        " tok_capture_refuse."
    ),
]
Here = Annotated[str, Parameter(help="The environment that runs on this machine.")]


def pay(
    environment: Here = "dev",
    *,
    amount: Amount = 1999,
    currency: Currency = "EUR",
    token: Token = "tok_approve",  # noqa: S107 - a sandbox's
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
) -> int:
    """Post a payment and follow it to its final state.

    The token decides what becomes of it. A gateway that never answers (`tok_timeout`) is tried
    again until the queue gives up, which takes longer than this command waits.
    """
    record = running(selection, environment)
    payment = Payment.new(amount_minor_units=amount, currency=currency, token=token)
    begin = time.monotonic()
    status, receipt = payment.post(record)
    if status != ACCEPTED:
        if as_json:
            say_json({"status": status, "answer": receipt})
        else:
            say(f"refused with {status}: {receipt}", style="red")
        return FINDINGS
    accepted = time.monotonic() - begin
    with working("following it"):
        end = followed(record, receipt["transaction_id"], seconds=_PATIENCE_SECONDS)
    took = time.monotonic() - begin
    if as_json:
        say_json(end)
    else:
        say(f"{receipt['transaction_id']} accepted after {accepted * 1000:.0f} ms")
        for step in end.get("history", ()):
            say(f"    {step['at']}  {step['state']}")
        reason = f" ({end['reason']})" if end.get("reason") else ""
        say(f"{end.get('state', 'unknown')}{reason} after {took:.1f} s", style="bold")
    return FINE if end.get("state") in FINAL else FINDINGS
