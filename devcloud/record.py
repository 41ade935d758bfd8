"""What runs on this machine: one record per environment, for every command that wants to use it."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Self

from attrs import asdict, field, frozen

from devcloud.certificate import BUNDLE, trust
from devcloud.place import Place, places_folder
from model.names import Names
from payctl.errors import CannotError
from payctl.project import CACHE
from payctl.selection import Selection

READY: Final = "ready"
"""The phase in which everything is deployed; in any other, a command was interrupted."""

_NOWHERE: Final = "http://127.0.0.1:9"
"""Nothing listens at the discard port."""


def _words(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)  # JSON has lists.


@frozen(kw_only=True)
class Record:
    """What runs for one environment.

    Attributes:
        phase: `starting`, `deploying`, `ready` or `ending`.

        endpoint: Where the emulator listens.

        ledger: Where the database listens, empty where there is none.

        ledger_absence: Why there is none.

        stacks: What is deployed, in the order of deployment.

        state_stack: What holds its state, empty where the state is a file.

        outputs: The outputs of Terraform.
    """

    platform: str
    suffix: str
    environment: str
    account_id: str
    region: str
    phase: str
    endpoint: str
    emulator_pid: int
    database_pid: int = 0
    enforces_iam: bool = False
    ledger: str = ""
    ledger_absence: str = ""
    certificate: str = ""
    digest: str = ""
    stacks: tuple[str, ...] = field(default=(), converter=_words)
    state_stack: str = ""
    outputs: Mapping[str, Any] = field(factory=dict)

    @property
    def names(self) -> Names:
        """The names of what it has."""
        ending = "-".join(filter(None, (self.environment, self.suffix)))
        return Names(platform=self.platform, ending=ending)

    @classmethod
    def at(cls, place: Place) -> Self | None:
        """Read the record of *place*; None where there is none, or one of another version."""
        try:
            return cls(**json.loads(place.record.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def selection(self) -> Selection:
        """Which platform it is of."""
        return Selection(platform=self.platform, suffix=self.suffix)

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place.of(self.selection, self.environment)

    def write(self, place: Place) -> Self:
        """Write it, so that nobody ever reads half of it, and return it."""
        part = place.record.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")
        part.replace(place.record)
        return self

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables with which any AWS tool reaches the emulator."""
        return variables(self.endpoint, self.region)


def terraform_variables(certificate: str) -> dict[str, str]:
    """Return what Terraform must be told beside the way in; *certificate* is the emulator's."""
    cache = CACHE / "terraform_plugins"
    cache.mkdir(parents=True, exist_ok=True)
    return {
        "TF_PLUGIN_CACHE_DIR": str(cache),
        "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "true",
        **({BUNDLE: certificate} if certificate else {}),
    }


def variables(endpoint: str, region: str) -> dict[str, str]:
    """Return the environment variables with which any AWS tool reaches the emulator."""
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }


def every_record() -> Iterator[Record]:
    """Yield what there is on this machine, whatever its platform and phase."""
    for file in sorted(places_folder().glob("*/record.json")):
        record = Record.at(Place(folder=file.parent))
        if record is not None:
            yield record


def records(selection: Selection) -> dict[str, Record]:
    """Return what there is for a platform, by environment, whatever its phase."""
    return {one.environment: one for one in every_record() if one.selection == selection}


def running(selection: Selection, environment: str) -> Record:
    """Return the record of an environment that is ready.

    Raises:
        CannotError: When it is not.
    """
    record = records(selection).get(environment)
    again = f"payctl local up {environment}"
    if record is None:
        raise CannotError(f"{environment} does not run on this machine", next_step=again)
    if record.phase != READY:
        raise CannotError(
            f"{environment} is {record.phase}, or was when it was interrupted",
            next_step=f"wait for it, or {again} to start over",
        )
    return record


def use_local(selection: Selection, names: Sequence[str] = ()) -> tuple[str, ...]:
    """Send all further calls of this command to the local copies called *names*, or to all.

    Where to is put where `payctl.access` looks for it; whatever does not run here is sent to an
    address where nothing answers.

    Raises:
        CannotError: When one of them does not run, or none does.
    """
    ready = [name for name, record in records(selection).items() if record.phase == READY]
    chosen = {name: running(selection, name) for name in names or ready}
    if not chosen:
        raise CannotError("nothing runs on this machine", next_step="payctl local up")
    # An environment that does not run here must not be looked for in AWS.
    os.environ.update(variables(_NOWHERE, ""))
    for name, record in chosen.items():
        trust(record.certificate)
        os.environ[f"PAYCTL_ENDPOINT_URL_{name.upper()}"] = record.endpoint
    return tuple(chosen)
