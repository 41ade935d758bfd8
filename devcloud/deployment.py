"""Terraform for a local copy: the same stacks, the same order, the same state bucket as in AWS."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, Final

from attrs import frozen

from devcloud.artefacts import why_left_out
from devcloud.place import Place
from devcloud.reach import access_to
from devcloud.record import Record
from devcloud.terraform_init import initialize
from model.environment import Environment
from payctl.aws.state_bucket import StateBucket
from payctl.deployment import Intent, recorded
from payctl.project import Project
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary
from payctl.terraform.terraform import MIGRATE, Terraform
from payctl.terraform.workspace import Workspace

_MIGRATION: Final = "aws_lambda_invocation"
"""What a deploy calls, and only works once the database does."""


@frozen(kw_only=True)
class Deployment:
    """What Terraform does in one place."""

    project: Project
    environment: Environment
    place: Place
    record: Record
    progress: Callable[[str], None]

    def deploy(self, *, first: bool) -> dict[str, Any]:
        """Create or update what holds the state, then everything else; return the outputs.

        Args:
            first: Whether nothing was deployed there before.

        Raises:
            TerraformError: When Terraform does not succeed.
        """
        outputs: dict[str, Any] = {}
        if self.state_stack:
            self._bootstrap()
        for name in self.stack_names:
            if first and _MIGRATION in self.project.stacks[name].body.get("resource", {}):
                self._apply(name, migrates=False)
            outputs |= self._apply(name)
        return outputs

    def _bootstrap(self) -> None:
        session = self._session(self.state_stack)
        first = not StateBucket.of(session.workspace.stack, session.access).exists()
        with session.workspace.alone():
            if first:
                session.workspace.keep_state_locally()
            initialize(session.terraform)
            plan = session.terraform.plan()
            if not Summary.of(plan).changes_nothing:
                session.terraform.apply()
            if first:
                session.workspace.keep_state_remotely()
                initialize(session.terraform, *MIGRATE)
                for file in session.workspace.folder.glob("terraform.tfstate*"):
                    file.unlink()
            with recorded(session, _intent(plan)):
                session.terraform.refresh()

    def _apply(self, stack: str, *, migrates: bool | None = None) -> dict[str, Any]:
        """Deploy *stack* and return its outputs; *migrates* overrules whether it migrates.

        The emulator knows the endpoint of a cluster only when the cluster has an instance, and
        makes up a name before. A second time tells the functions, and migrates.
        """
        session = self._session(stack, migrates=migrates)
        with session.workspace.alone():
            initialize(session.terraform)
            plan = session.terraform.plan()
            # Without a stack for the state there is no bucket for records either.
            record = recorded(session, _intent(plan)) if self.state_stack else nullcontext()
            with record:
                if not Summary.of(plan).changes_nothing:
                    session.terraform.apply()
                session.terraform.refresh()
            return session.terraform.outputs()

    def _session(self, stack: str, *, migrates: bool | None = None) -> Session:
        """Open *stack* in the place; whoever says `payctl local` has confirmed already."""
        workspace = Workspace.prepare(
            self.project.output,
            self.project.stacks[stack],
            access=access_to(self.record, place=self.place, migrates=migrates),
            cache=self.place.folder,
        )
        if not self.state_stack:
            workspace.keep_state_locally()
        terraform = Terraform(workspace=workspace, progress=self.progress)
        session = Session(project=self.project, environment=self.environment, terraform=terraform)
        return session.confirmed(session.confirmation_token)

    @property
    def stack_names(self) -> tuple[str, ...]:
        """The stacks that the emulator can play, in the order of deployment."""
        return tuple(
            name
            for name in self.project.stack_names(self.environment)
            if not why_left_out(self.project.stacks[name])
        )

    @property
    def state_stack(self) -> str:
        """The stack that holds the state; empty where there is none, as with a suffix."""
        name = self.project.state_stack_name(self.environment)
        return name if name in self.project.stacks else ""


def _intent(plan: dict[str, Any]) -> Intent:
    return Intent(summary=str(Summary.of(plan)), plan=plan, override="a local copy")
