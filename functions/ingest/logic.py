"""Tells whether a line of a batch file is a payment, and why one is not."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from functions.domain.card_number import contains_card_number, holds_card_number
from functions.domain.idempotency_key import parse_idempotency_key
from functions.domain.payment_form import parse_payment
from functions.domain.strict_json import AmbiguousJsonError, parse_json
from functions.domain.violation import CardNumberError, Violation, ViolationsError
from functions.ingest.line_reader import MAXIMUM_LINE_BYTES, Line
from functions.messaging.queue_message import Submission
from functions.observability.telemetry import count_card_number

COLUMNS: Final = (
    "idempotency_key",
    "amount_minor_units",
    "currency",
    "payment_method",
    "reference",
)


@frozen(kw_only=True)
class Reject:
    """A line that is no payment; what it says is not repeated, it may be a card number.

    Attributes:
        line: Its number, from 1.

        reasons: Every rule it breaks.

    """

    line: int
    reasons: tuple[str, ...]

    def to_json(self) -> str:
        """Return one line of the rejects file."""
        return json.dumps({"line": self.line, "reasons": list(self.reasons)})


@frozen(kw_only=True)
class GoodLine:
    """A line that is a payment.

    Attributes:
        line: Its number, from 1.

        submission: What it asks for.

    """

    line: int
    submission: Submission


Form = Callable[[str], Any]


def read_payments(name: str, lines: Iterable[Line]) -> Iterator[GoodLine | Reject]:
    """Yield what each of *lines* is; empty ones are skipped.

    Args:
        name: The file's name: .csv has a header with COLUMNS in any order, .jsonl and .ndjson
            have one object a line.

        lines: Its lines.

    """
    left = iter(lines)
    if name.endswith((".jsonl", ".ndjson")):
        form: Form = parse_json
    elif name.endswith(".csv"):
        columns = _header(next(left, None))
        if sorted(columns) != sorted(COLUMNS):
            yield Reject(line=1, reasons=(f"the header must be {','.join(COLUMNS)}, in any order",))
            return

        def form(text: str) -> Any:
            return _row(columns, text)

    else:
        yield Reject(line=1, reasons=("the file must be named .csv, .jsonl or .ndjson",))
        return
    yield from (_read(line, form) for line in left if line.text is None or line.text.strip())


def _read(line: Line, form: Form) -> GoodLine | Reject:
    if line.text is None:
        rule = f"must be UTF-8 text of at most {MAXIMUM_LINE_BYTES} bytes"
        return Reject(line=line.number, reasons=(f"line {rule}",))
    try:
        return GoodLine(line=line.number, submission=_submission(line.text, form))
    except CardNumberError:
        count_card_number()
        reason = "must not contain a card number; send a payment token"
        return Reject(line=line.number, reasons=(reason,))
    except ViolationsError as error:
        return Reject(line=line.number, reasons=tuple(map(str, error.violations)))
    except AmbiguousJsonError as error:
        return Reject(line=line.number, reasons=(str(error),))
    except (ValueError, RecursionError):
        return Reject(line=line.number, reasons=("line must be a well-formed row or object",))


def _submission(text: str, form: Form) -> Submission:
    try:
        content = form(text)
    except (ValueError, RecursionError):
        if contains_card_number(text):
            raise CardNumberError from None
        raise
    if holds_card_number(content):
        raise CardNumberError
    if not isinstance(content, dict):
        raise ViolationsError([Violation(pointer="", detail="must be an object")])
    key = content.pop("idempotency_key", None)
    violations: list[Violation] = []
    try:
        key = parse_idempotency_key(key if isinstance(key, str) else None)
    except ViolationsError as error:
        violations += error.violations
    try:
        payment = parse_payment(content)
    except ViolationsError as error:
        violations += error.violations
    if violations:
        raise ViolationsError(violations)
    return Submission(key=key, payment=payment)


def _header(line: Line | None) -> list[str]:
    """Return the columns that the first *line* names; none if it can't be read."""
    try:
        return _cells(line.text) if line is not None and line.text else []
    except ValueError:
        return []


def _cells(text: str) -> list[str]:
    try:
        return next(csv.reader([text], strict=True))
    except (csv.Error, StopIteration):
        raise ValueError from None


def _row(columns: list[str], text: str) -> dict[str, Any]:
    cells = _cells(text)
    if len(cells) != len(columns):
        raise ViolationsError([Violation(pointer="", detail=f"must have {len(columns)} cells")])
    row: dict[str, Any] = dict(zip(columns, cells))
    amount = row["amount_minor_units"]
    # Anything but plain digits stays text, which the rule for amounts refuses.
    if amount.isascii() and amount.isdigit() and len(amount) <= 12:  # noqa: PLR2004 - as Money
        row["amount_minor_units"] = int(amount)
    return row
