"""Runs `python -m devcloud up` as `payctl local up`."""

import sys

from devcloud.application import LOCAL
from payctl import __main__ as command_line
from payctl.application import APPLICATION

if __name__ == "__main__":
    if "local" not in APPLICATION:
        APPLICATION.command(LOCAL)
    sys.exit(command_line.run(["local", *sys.argv[1:]]))
