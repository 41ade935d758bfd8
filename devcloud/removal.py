"""Takes one environment down by what was deployed, whatever the code says today."""

from collections.abc import Iterator

from attrs import evolve

from audit.synthesized import read_stack
from devcloud.emulator import answers
from devcloud.place import Place
from devcloud.processes import end_all, processes
from devcloud.reach import access_to
from devcloud.record import READY, Record
from devcloud.terraform_init import initialize
from payctl.terraform.terraform import MIGRATE, Progress, Terraform
from payctl.terraform.workspace import OVERRIDE, Workspace


def down(place: Place, progress: Progress) -> str:
    """Destroy through Terraform, stop every process, remove every file; return how it went.

    What an interrupted command left behind is not worth destroying piece by piece: the whole
    account is a process, and ends with it.

    Raises:
        CannotError: When a complete environment could not be destroyed. It is gone all the same.
    """
    with place.alone():
        record = Record.at(place)
        try:
            if record is None and not processes(place):
                return "does not run"
            if record is None or record.phase != READY:
                return "was interrupted: cleared away with the emulator it was in"
            if not answers(record.endpoint):
                return "its emulator had died: cleared away"
            evolve(record, phase="ending").write(place)
            _destroy(record, place, progress)
            return "destroyed"
        finally:
            progress("stopping")
            clear(place)
            place.leave()


def clear(place: Place) -> None:
    """End every process of *place* and remove every file."""
    end_all(place)
    place.clear()


def _destroy(record: Record, place: Place, progress: Progress) -> None:
    """Remove everything in the working copies of the last deployment, last what holds the state."""
    for workspace in _workspaces(record, place):
        terraform = Terraform(
            workspace=workspace, progress=progress, confirmation=workspace.confirmation
        )
        with workspace.alone():
            initialize(terraform)
            if workspace.stack.name == record.state_stack:
                workspace.keep_state_locally()
                initialize(terraform, *MIGRATE)
            terraform.plan(destroy=True)
            terraform.apply()


def _workspaces(record: Record, place: Place) -> Iterator[Workspace]:
    access = access_to(record, place=place)
    for name in (*reversed(record.stacks), *filter(None, [record.state_stack])):
        folder = place.workspaces(record.selection) / "stacks" / name
        yield Workspace(
            folder=folder, stack=read_stack(folder, also_allowed=[OVERRIDE]), access=access
        )
