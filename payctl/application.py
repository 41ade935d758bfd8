"""The command `payctl`: which commands there are, in the order of a working day."""

import ast
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from cyclopts import App, Group

_HELP: Final = """
Payment infrastructure in environments that cannot diverge.

Every command takes `--platform` (a folder of `envs/`, `payments` by default); every reading
command takes `--json`. Exit status: 0 fine, 1 findings, 2 could not check.

A day's work: `payctl synth`, `payctl plan dev`, `payctl deploy dev`, then `payctl deploy staging`
(only what dev runs without drift), `payctl status`, `payctl drift`.
"""

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "See": ("synth", "check", "parity", "explain", "manifest", "policy"),
    "Change": ("bootstrap", "release", "plan", "deploy", "rollback", "upload", "destroy"),
    "Watch": ("status", "drift"),
    "Document": ("report", "review", "docs"),
}
"""The commands by what one does with them; each is a function in a module of its own name."""


def _docstring(name: str) -> str:
    """Return what a command says of itself, without the second that importing all of them takes."""
    source = (Path(__file__).parent / "commands" / f"{name}.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.get_docstring(node) or ""
    raise LookupError(f"payctl/commands/{name}.py must define {name}()")


APPLICATION: Final = App(
    name="payctl",
    help=_HELP,
    help_format="markdown",
    version_flags=(),
    suppress_keyboard_interrupt=False,
)
for _place, (_title, _names) in enumerate(COMMANDS.items()):
    _group = Group(_title, sort_key=_place)
    for _name in _names:
        APPLICATION.command(
            f"payctl.commands.{_name}:{_name}", name=_name, group=_group, help=_docstring(_name)
        )
for _entry in entry_points(group="payctl.applications"):
    _application = _entry.load()
    _application.group = (Group("Try", sort_key=len(COMMANDS)),)
    APPLICATION.command(_application)
