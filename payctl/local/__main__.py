"""Runs `python -m payctl.local up` as `payctl local up`."""

import sys

from payctl import __main__ as command_line
from payctl.application import APPLICATION
from payctl.local.application import LOCAL

if __name__ == "__main__":
    if "local" not in APPLICATION:
        APPLICATION.command(LOCAL)
    sys.exit(command_line.run(["local", *sys.argv[1:]]))
