"""What keeps a command from answering; exit status 2, and 1 for FindingsError.

FindingsError           main.py has findings, which are the message

CannotError
├── TerraformError      Terraform ended with an error
├── AccessError         AWS (or another endpoint) refused or did not answer
└── ToolMissingError    a program that the command needs is not installed
"""


class FindingsError(Exception):
    """`main.py` has findings; they are the message."""


class CannotError(RuntimeError):
    """The command could not do its work.

    The message says *what* happened; `next_step` says what to do about it.
    """

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what)
        self.next_step = next_step


class TerraformError(CannotError):
    """Terraform ended with an error."""


class AccessError(CannotError):
    """AWS, or the endpoint that answers for it, refused or did not answer."""


class ToolMissingError(CannotError):
    """A program that the command needs is not installed."""
