"""The command `payctl local`: the whole platform on this machine."""

from typing import Final

from cyclopts import App

_HELP: Final = """
The whole platform on this machine, without an AWS account and without Docker.

`payctl local up` starts an emulator of AWS for each environment and deploys to it with the real
Terraform and the real AWS provider; `payctl local pay` posts a payment; `payctl local down`
removes everything. All files are below `.local/`, all ports are on loopback.
"""

_COMMANDS: Final = ("up", "pay", "traffic", "tamper", "status", "logs", "run", "down")

LOCAL: Final = App(name="local", help=_HELP, help_format="markdown", version_flags=())
for _name in _COMMANDS:
    LOCAL.command(f"devcloud.commands.{_name}:{_name}", name=_name)
