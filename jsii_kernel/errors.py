"""What this kernel does not answer."""

from typing import NoReturn


class OutsideOfKernelError(Exception):
    """The program uses something that only the stock kernel knows, or does something wrong.

    Mistakes are for the stock kernel too: its message is the one that people find when they
    search for it.
    """


def outside(what: str) -> NoReturn:
    """Leave this to the stock kernel.

    Raises:
        OutsideOfKernelError: Always.
    """
    raise OutsideOfKernelError(what)
