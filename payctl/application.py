"""The command `payctl`: which commands there are, in the order of a working day."""

from typing import Final

from cyclopts import App

_HELP: Final = """
Payment infrastructure in environments that cannot diverge.

Every command takes `--platform` (a folder of `envs/`, `payments` by default); every reading
command takes `--json`. Exit status: 0 fine, 1 findings, 2 could not check.

A day's work: `payctl synth`, `payctl plan dev`, `payctl deploy dev`, then `payctl deploy staging`
(only what dev runs without drift), `payctl status`, `payctl drift`.
"""

_COMMANDS: Final = {
    "See": ("synth", "parity", "explain", "manifest", "policy"),
    "Change": ("bootstrap", "plan", "deploy", "destroy"),
    "Watch": ("status", "drift"),
    "Document": ("docs",),
}

APPLICATION: Final = App(
    name="payctl", help=_HELP, help_format="markdown", version_flags=(), default_parameter=None
)
for _group, _names in _COMMANDS.items():
    for _name in _names:
        APPLICATION.command(f"payctl.commands.{_name}:{_name}", name=_name, group=_group)
