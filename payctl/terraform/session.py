"""Everything needed to work on one deployed stack: its working copy, Terraform, its account."""

from collections.abc import Callable
from typing import Self

from attrs import evolve, frozen

from model.environment import Environment
from payctl.access import Access
from payctl.project import CACHE, Project
from payctl.terraform.terraform import Terraform
from payctl.terraform.workspace import Workspace


@frozen(kw_only=True)
class Session:
    """One stack of one environment, ready for Terraform."""

    project: Project
    environment: Environment
    terraform: Terraform

    @classmethod
    def open(cls, project: Project, environment: Environment, stack: str) -> Self:
        """Prepare the working copy of *stack*, which is in *environment*."""
        workspace = Workspace.prepare(
            project.output,
            project.stacks[stack],
            access=Access.to(project.name, environment),
            cache=CACHE,
        )
        return cls(
            project=project, environment=environment, terraform=Terraform(workspace=workspace)
        )

    @property
    def workspace(self) -> Workspace:
        """Where Terraform runs."""
        return self.terraform.workspace

    @property
    def access(self) -> Access:
        """The way into the account."""
        return self.workspace.access

    @property
    def name(self) -> str:
        """The name of the stack."""
        return self.workspace.stack.name

    @property
    def confirmation_token(self) -> str:
        """The confirmation token of this stack; empty where none is needed."""
        return self.workspace.confirmation

    def reporting(self, progress: Callable[[str], None]) -> Self:
        """Return the same session, telling *progress* how far it is."""
        return evolve(self, terraform=evolve(self.terraform, progress=progress))

    def confirmed(self, token: str) -> Self:
        """Return the same session with the confirmation *token*."""
        return evolve(self, terraform=evolve(self.terraform, confirmation=token))
