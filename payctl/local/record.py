"""What runs on this machine: one record per environment, for every command that wants to use it."""

import json
import os
from collections.abc import Mapping
from typing import Any, Final, Self

from attrs import asdict, evolve, field, frozen

from payctl.access import Access
from payctl.errors import CannotError
from payctl.local.certificate import BUNDLE, trust
from payctl.local.place import Place, places_folder
from payctl.project import CACHE
from payctl.selection import Selection

READY: Final = "ready"
"""The phase in which everything is deployed; in any other, a command was interrupted."""


@frozen(kw_only=True)
class Record:
    """What runs for one environment.

    Attributes:
        phase: `starting`, `deploying`, `ready` or `ending`.

        endpoint: Where the emulator listens.

        ledger: Where the database listens, empty where there is none.

        ledger_absence: Why there is none.

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
    resource_count: int = 0
    outputs: Mapping[str, Any] = field(factory=dict)

    @classmethod
    def at(cls, place: Place) -> Self | None:
        """Read the record of *place*; None where there is none, or one of another version."""
        try:
            return cls(**json.loads(place.record.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def place(self) -> Place:
        """Where it is."""
        parts = (self.platform, self.environment, self.suffix)
        return Place(folder=places_folder() / "-".join(filter(None, parts)))

    def write(self, place: Place) -> Self:
        """Write it, so that nobody ever reads half of it, and return it."""
        part = place.record.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")
        part.replace(place.record)
        return self

    @property
    def access(self) -> Access:
        """The way into the emulated account, for boto3."""
        trust(self.certificate)
        return Access(
            region=self.region,
            account_id=self.account_id,
            endpoint=self.endpoint,
            variables=variables(self.endpoint, self.region),
        )

    def access_of(self, place: Place, extra: Mapping[str, str]) -> Access:
        """Return the way in for Terraform, with *extra* variables; it belongs to *place* then."""
        cache = CACHE / "terraform_plugins"
        cache.mkdir(parents=True, exist_ok=True)
        return evolve(
            self.access,
            variables={
                "TF_PLUGIN_CACHE_DIR": str(cache),
                "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "true",
                **self.access.variables,
                **({BUNDLE: self.certificate} if self.certificate else {}),
                **place.mark,
                **extra,
            },
        )


def variables(endpoint: str, region: str) -> dict[str, str]:
    """Return the environment variables with which any AWS tool reaches the emulator."""
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "TF_VAR_compare_networks": "false",  # It plays one account: there are no peers.
    }


def records(selection: Selection) -> dict[str, Record]:
    """Return what there is for a platform, by environment, whatever its phase."""
    found: dict[str, Record] = {}
    for file in sorted(places_folder().glob("*/record.json")):
        record = Record.at(Place(folder=file.parent))
        wanted = (selection.platform, selection.suffix)
        if record and (record.platform, record.suffix) == wanted:
            found[record.environment] = record
    return found


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


def endpoints(selection: Selection) -> dict[str, str]:
    """Return the emulators' URLs of the environments that are ready.

    `payctl drift --local` puts them where `payctl.access` looks for them.
    """
    return {
        name: record.endpoint
        for name, record in records(selection).items()
        if record.phase == READY
    }


def use_local(selection: Selection) -> tuple[str, ...]:
    """Send all further calls of this command to the local copies; return which there are.

    Raises:
        CannotError: When none runs.
    """
    found = endpoints(selection)
    if not found:
        raise CannotError("nothing runs on this machine", next_step="payctl local up")
    for record in records(selection).values():
        trust(record.certificate)
    for name, endpoint in found.items():
        os.environ[f"PAYCTL_ENDPOINT_URL_{name.upper()}"] = endpoint
    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")  # noqa: S106 - emulated
    return tuple(found)
