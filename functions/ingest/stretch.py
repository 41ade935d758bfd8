"""As much of a batch file as one invocation has time for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import define, field

from functions.ingest.line_reader import Line
from functions.ingest.logic import GoodLine, Reject, read_payments


class OutOfTimeError(RuntimeError):
    """A file has more lines than the invocation had time for; the next one goes on from there."""


@define(kw_only=True, eq=False)
class Stretch:
    """Reads on from a line for as long as there is time.

    Attributes:
        name: The file's name.

        after_line: The last line that was read before; 0 if none was.

        has_time: Tells whether one more line fits in.

        reached_line: The last line read so far.

        is_complete: Whether the file has no more lines.

    """

    name: str
    after_line: int
    has_time: Callable[[], bool]
    reached_line: int = field(init=False)
    is_complete: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        """Begin where reading ended before."""
        self.reached_line = self.after_line

    def payments(
        self, lines: Iterable[Line], refuse: Callable[[Reject], None]
    ) -> Iterator[GoodLine]:
        """Yield the payments in *lines*, all lines of the file, and *refuse* what is none."""
        for one in read_payments(self.name, self._left(lines)):
            if not self.has_time():
                return
            if isinstance(one, Reject):
                refuse(one)
            else:
                yield one
            self.reached_line = one.line
        self.is_complete = True

    def _left(self, lines: Iterable[Line]) -> Iterator[Line]:
        # The header is needed to read the others.
        header = self.name.endswith(".csv")
        for line in lines:
            if line.number > self.after_line or (header and line.number == 1):
                yield line
