"""Runs cfn-lint on templates, and prints its report as JSON: `lint.py FILE…`."""

import sys
from typing import Final

from cfnlint.runner import main as cfn_lint

_FOUND: Final = 2 | 4 | 8
"""The exit status of findings: errors, warnings, information; anything else is a failure."""


def main(files: list[str]) -> None:
    """Check *files*; findings are no failure."""
    sys.argv = ["cfn-lint", "--format", "json", "--", *files]
    try:
        cfn_lint()
    except SystemExit as ended:
        if not isinstance(ended.code, int) or ended.code & ~_FOUND:
            raise


if __name__ == "__main__":
    main(sys.argv[1:])
