"""What the exit status of every command says."""

from typing import Final

FINE: Final = 0
FINDINGS: Final = 1
COULD_NOT_CHECK: Final = 2
STOPPED_BY: Final = 128
"""Plus the number of the signal: 130 for Ctrl-C, 143 for SIGTERM, 129 for a closed terminal."""
