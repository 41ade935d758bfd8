"""What an environment proved when it was deployed, in a file for whoever deploys the next one.

The next environment's deployer has the keys of one account, and need not have those of another.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

from attrs import asdict, frozen

from audit.errors import CouldNotCheckError
from audit.release import release_id
from model.environment import Environment
from payctl.access import Access
from payctl.aws.records import Records
from payctl.project import Project
from payctl.watch import examined

_LONGEST: Final = dt.timedelta(days=8)
"""An approval waits seven days at most."""


@frozen(kw_only=True)
class Evidence:
    """What one environment ran, and how, at one moment.

    Attributes:
        apart: What was not as it should be, in words; empty when all was.

        aws: Whether AWS itself answered.
    """

    environment: str
    release: str
    at: str
    stacks: Mapping[str, Any]
    apart: list[str]
    aws: bool

    @classmethod
    def of(cls, project: Project, environment: Environment) -> Self:
        """Ask the account of *environment* what it runs, and for drift."""
        access = Access.to(project.name, environment)
        records = {
            name: record.as_json()
            for name in project.stack_names(environment)
            if (record := Records.of(project.stacks[name], access).last()) is not None
        }
        apart = [
            f"{change.kind.value} at {change.stack} {change.address} {change.path}".strip()
            for change in examined(project, environment).apart
        ]
        return cls(
            environment=environment.identity.name,
            release=release_id(project.stacks),
            at=dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
            stacks=records,
            apart=apart,
            aws=access.endpoint.is_aws,
        )

    def write(self, folder: Path) -> None:
        """Write it to *folder*, under the environment's name."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.environment}.json"
        file.write_text(json.dumps(asdict(self), indent=2, sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, environment: str) -> Self:
        """Read what *environment* left in *folder*.

        Raises:
            CouldNotCheckError: When there is nothing, or nothing that can be read.
        """
        file = folder / f"{environment}.json"
        try:
            return cls(**json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise CouldNotCheckError(
                f"{file}: must be the evidence that payctl deploy {environment} left: {error}"
            ) from error

    def objections(self, release: str, stacks: tuple[str, ...], *, aws: bool) -> Iterator[str]:
        """Yield why it proves nothing for *release*, which consists of *stacks* there."""
        name = self.environment
        if self.release != release:
            yield f"{name} must run release {release[:12]}, its evidence is of {self.release[:12]}"
        age = dt.datetime.now(tz=dt.UTC) - dt.datetime.fromisoformat(self.at)
        if not dt.timedelta(0) <= age <= _LONGEST:
            yield f"{name}: evidence must be {_LONGEST.days} days old at most, is of {self.at}"
        if self.aws != aws:
            yield f"{name}: evidence must come from where this deployment goes, AWS or not"
        for stack in stacks:
            record = self.stacks.get(stack, {})
            if record.get("outcome") != "applied" or record.get("release") != release:
                yield f"{name}: {stack} must have been deployed, {record.get('outcome', 'was not')}"
            if record.get("unsettled"):
                yield f"{name}: a plan of {stack} must be empty, would change more"
        for one in self.apart:
            yield f"{name} must run it without drift: {one}"
