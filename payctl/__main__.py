"""Runs `payctl`: every failure is a message with the next step, never a traceback."""

import signal
import sys
from collections.abc import Sequence

from cyclopts import CycloptsError

from audit.errors import CouldNotCheckError
from model.errors import ConfigurationError
from payctl.application import APPLICATION
from payctl.errors import CannotError, FindingsError
from payctl.exit_status import COULD_NOT_CHECK, FINDINGS, FINE, STOPPED_BY
from payctl.interruption import interruptible
from payctl.screen import complain


def run(tokens: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    try:
        with interruptible():
            return _run(tokens)
    except ConfigurationError as error:
        for problem in error.problems:
            complain(str(problem))
        return FINDINGS
    except FindingsError as error:
        complain(str(error))
        return FINDINGS
    except (CannotError, CouldNotCheckError) as error:
        complain(str(error), next_step=getattr(error, "next_step", ""))
        return COULD_NOT_CHECK
    except KeyboardInterrupt as interruption:
        # Whatever ran has ended by now, and Terraform has saved its state.
        by = getattr(interruption, "signal", signal.SIGINT)
        complain(
            f"interrupted by {by.name}",
            next_step="run the same command again: it picks up what is there",
        )
        return STOPPED_BY + by


def _run(tokens: Sequence[str]) -> int:
    try:
        status = APPLICATION(
            list(tokens), exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        complain(str(error), next_step="payctl --help, or payctl COMMAND --help")
        return COULD_NOT_CHECK
    return status if isinstance(status, int) else FINE


def main() -> None:
    """Run the command that the user typed."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
