"""`payctl local down`."""

from concurrent.futures import ThreadPoolExecutor

from devcloud import removal
from devcloud.board import board
from devcloud.place import Place
from devcloud.processes import processes
from payctl.errors import CannotError
from payctl.exit_status import FINDINGS, FINE
from payctl.project import ROOT
from payctl.screen import complain, say
from payctl.selection import FLAGSHIP, Environments, Selection


def down(environments: Environments = (), *, selection: Selection = FLAGSHIP) -> int:
    """Remove environments from this machine: through Terraform first, then every process and file.

    Works after any interruption, and whatever the code says meanwhile. What was interrupted is
    not taken apart piece by piece: the account is a process, and what is in it ends with it.
    """
    places = {name: Place.of(selection, name) for name in environments or _known(selection)}
    if not environments:
        places = {name: place for name, place in places.items() if _is_there(place)}
    if not places:
        say("Nothing runs on this machine.")
        return FINE
    failures: dict[str, CannotError] = {}
    with board([*places]) as report, ThreadPoolExecutor(len(places)) as pool:

        def removed(name: str) -> str:
            try:
                return removal.down(places[name], lambda text: report(name, text))
            except CannotError as error:
                failures[name] = error
                return "not destroyed by Terraform; stopped and removed all the same"

        ends = dict(zip(places, pool.map(removed, places), strict=True))
    for name, end in ends.items():
        say(f"{name}: {end}", style="green" if name not in failures else "yellow")
    for name, error in failures.items():
        complain(f"{name}: {error}", next_step=error.next_step)
    return FINDINGS if failures else FINE


def _known(selection: Selection) -> list[str]:
    """Return the names of the environments; settings that are wrong today have names as well."""
    files = (ROOT / "envs" / selection.platform).glob("*.py")
    return sorted(file.stem for file in files if file.stem != "platform")


def _is_there(place: Place) -> bool:
    return place.folder.exists() or bool(processes(place))
