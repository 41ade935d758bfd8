"""`payctl local down`."""

from concurrent.futures import ThreadPoolExecutor

from payctl.errors import CannotError
from payctl.exit_status import FINDINGS, FINE
from payctl.local.board import board
from payctl.local.environment import LocalEnvironment
from payctl.local.place import Place
from payctl.local.processes import processes
from payctl.project import Project
from payctl.screen import complain, say, working
from payctl.selection import FLAGSHIP, Environments, Selection


def down(environments: Environments = (), *, selection: Selection = FLAGSHIP) -> int:
    """Remove environments from this machine: through Terraform first, then every process and file.

    Works after any interruption. What was interrupted is not taken apart piece by piece: the
    account is a process, and what is in it ends with it.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    chosen = [
        environment
        for environment in project.chosen(environments)
        if environments or _is_there(Place.of(selection, environment))
    ]
    if not chosen:
        say("Nothing runs on this machine.")
        return FINE
    names = [environment.identity.name for environment in chosen]
    failures: dict[str, CannotError] = {}
    with board(names) as report, ThreadPoolExecutor(len(chosen)) as pool:

        def removed(index: int) -> str:
            name = names[index]
            local = LocalEnvironment(
                project=project,
                environment=chosen[index],
                selection=selection,
                progress=lambda text: report(name, text),
            )
            try:
                return local.down()
            except CannotError as error:
                failures[name] = error
                return "not destroyed by Terraform; stopped and removed all the same"

        ends = list(pool.map(removed, range(len(chosen))))
    for name, end in zip(names, ends, strict=True):
        say(f"{name}: {end}", style="green" if name not in failures else "yellow")
    for name, error in failures.items():
        complain(f"{name}: {error}", next_step=error.next_step)
    return FINDINGS if failures else FINE


def _is_there(place: Place) -> bool:
    return place.folder.exists() or bool(processes(place))
