"""The command `payctl`: which commands there are, in the order of a working day."""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from typing import Final

from cyclopts import App, Group

from payctl.commands.bootstrap import bootstrap
from payctl.commands.check import check
from payctl.commands.deploy import deploy
from payctl.commands.destroy import destroy
from payctl.commands.docs import docs
from payctl.commands.drift import drift
from payctl.commands.explain import explain
from payctl.commands.manifest import manifest
from payctl.commands.parity import parity
from payctl.commands.plan import plan
from payctl.commands.policy import policy
from payctl.commands.release import release
from payctl.commands.rollback import rollback
from payctl.commands.status import status
from payctl.commands.synth import synth
from payctl.commands.upload import upload

_HELP: Final = """
Payment infrastructure in environments that cannot diverge.

Every command takes `--platform` (a folder of `envs/`, `payments` by default); every reading
command takes `--json`. Exit status: 0 fine, 1 findings, 2 could not check.

A day's work: `payctl synth`, `payctl plan dev`, `payctl deploy dev`, then `payctl deploy staging`
(only what dev runs without drift), `payctl status`, `payctl drift`.
"""

COMMANDS: Final[Mapping[str, tuple[Callable[..., int], ...]]] = {
    "See": (synth, check, parity, explain, manifest, policy),
    "Change": (bootstrap, release, plan, deploy, rollback, upload, destroy),
    "Watch": (status, drift),
    "Document": (docs,),
}
"""The commands by what one does with them."""

APPLICATION: Final = App(
    name="payctl",
    help=_HELP,
    help_format="markdown",
    version_flags=(),
    suppress_keyboard_interrupt=False,
)
for _group, _commands in COMMANDS.items():
    _section = Group(_group, sort_key=list(COMMANDS).index(_group))
    for _command in _commands:
        APPLICATION.command(_command, name=_command.__name__, group=_section)
for _entry in entry_points(group="payctl.applications"):
    _application = _entry.load()
    _application.group = (Group("Try", sort_key=len(COMMANDS)),)
    APPLICATION.command(_application)
