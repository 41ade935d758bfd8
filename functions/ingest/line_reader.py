"""Lines of a file that may be of any size, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

MAXIMUM_LINE_BYTES: Final = 4096


@frozen(kw_only=True)
class Line:
    """One line of a file.

    Attributes:
        number: Counts from 1.

        text: What it says, without its end; None if it is longer than MAXIMUM_LINE_BYTES bytes
            or not UTF-8.

    """

    number: int
    text: str | None


def read_lines(chunks: Iterable[bytes]) -> Iterator[Line]:
    """Yield the lines in *chunks*, which may be cut anywhere; never holds more than one line."""
    number = 0
    for number, raw in enumerate(_split(chunks), start=1):
        yield Line(number=number, text=_decode(raw, first=number == 1))


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        *whole, held = (held + chunk).split(b"\n")
        yield from whole
        # One byte more than allowed is enough to know that the line is too long.
        held = held[: MAXIMUM_LINE_BYTES + 2]
    if held:
        yield held


def _decode(raw: bytes, *, first: bool) -> str | None:
    raw = raw[:-1] if raw.endswith(b"\r") else raw
    if len(raw) > MAXIMUM_LINE_BYTES:
        return None
    try:
        return raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError:
        return None
