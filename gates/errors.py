"""Why the gates could not check."""

from audit.errors import CouldNotCheckError


class ExceptionsFileError(CouldNotCheckError):
    """A file of exceptions cannot be read; `next_step` says how one is written."""

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what)
        self.next_step = next_step
