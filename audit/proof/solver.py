"""The solver, for those who ask for it: synthesis and the rules do without."""

import importlib
from typing import Any

from audit.errors import CouldNotCheckError


def z3() -> Any:
    """Return the solver z3.

    Raises:
        CouldNotCheckError: When it is not installed.
    """
    try:
        return importlib.import_module("z3")
    except ImportError as error:
        raise CouldNotCheckError(
            "proof: z3 must be installed, is not: pip install -e '.[proof]'"
        ) from error
