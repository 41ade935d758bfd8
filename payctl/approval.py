"""What somebody approved: the plans of one release, each by its hash, in a file between two steps.

Whoever approves sees the file's own hash; the step that deploys is told it apart from the file.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from attrs import asdict, frozen

from audit.canonical import digest
from audit.errors import CouldNotCheckError
from audit.plan_id import plan_id
from payctl.plan_view import plan_json
from payctl.terraform.summary import Summary


@frozen(kw_only=True)
class Approval:
    """The plans of one release.

    Attributes:
        plans: The hash of the plan of each stack, by the stack's name.

        shown: What they do, for whoever approves.
    """

    release: str
    plans: Mapping[str, str]
    shown: Mapping[str, Any]

    @classmethod
    def of(cls, release: str, plans: Mapping[str, Mapping[str, Any]]) -> Self:
        """Return the approval that *plans* ask for."""
        return cls(
            release=release,
            plans={name: plan_id(plan) for name, plan in plans.items()},
            shown={name: plan_json(name, Summary.of(plan)) for name, plan in plans.items()},
        )

    @property
    def summary(self) -> str:
        """What the plans do, in one line."""
        counts = []
        for name, shown in self.shown.items():
            lost = sum(step["loses_data"] for steps in shown.values() if isinstance(steps, list)
                       for step in steps if isinstance(step, dict))  # fmt: skip
            counts.append(f"{name}: {shown['summary']}{f', DATA LOSS in {lost}' if lost else ''}.")
        return " ".join(counts)

    @property
    def sha256(self) -> str:
        """The hash that is approved."""
        return digest(asdict(self))

    def write(self, file: Path) -> None:
        """Write it to *file*."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=2, sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, file: Path, sha256: str) -> Self:
        """Read *file*, which must have the hash *sha256* that somebody approved.

        Raises:
            CouldNotCheckError: When it is unreadable, or another one.
        """
        try:
            found = cls(**json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise CouldNotCheckError(f"{file}: must be what payctl plan wrote: {error}") from error
        if found.sha256 != sha256:
            raise CouldNotCheckError(
                f"{file}: must be the plan that was approved, {sha256[:12] or 'none'}, "
                f"is {found.sha256[:12]}"
            )
        return found
