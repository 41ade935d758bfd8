"""What stops a comparison."""


class UnreadableError(Exception):
    """A file cannot be read, or is not what it should be; the message says which and why."""
