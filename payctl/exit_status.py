"""What the exit status of every command says."""

from typing import Final

FINE: Final = 0
FINDINGS: Final = 1
COULD_NOT_CHECK: Final = 2
INTERRUPTED: Final = 130
