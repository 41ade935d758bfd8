"""Which stacks a command is about, and where each of them goes."""

from typing import Final

from attrs import frozen

from model.delivery_home import delivery_home
from model.environment import Environment
from model.names import Names, StackKind
from payctl.errors import CannotError
from payctl.project import Project

PIPELINE: Final = StackKind.PIPELINE.value


@frozen(kw_only=True)
class Target:
    """One stack, and the environment that it goes to; the pipeline's is an account of its own."""

    environment: Environment
    stack: str


def targets(project: Project, environment: str, stack: str = "") -> tuple[Target, ...]:
    """Return the stacks of *environment*, in the order of deployment, or *stack* alone.

    Raises:
        CannotError: When there is no such environment or stack, or it is not said which.
    """
    if stack == PIPELINE:
        return (_pipeline(project, environment),)
    if not environment:
        raise CannotError(
            "it must be said which environment is meant",
            next_step=f"name one of {', '.join(project.names)}",
        )
    chosen = project.environment(environment)
    return tuple(
        Target(environment=chosen, stack=name) for name in project.stack_names(chosen, stack)
    )


def _pipeline(project: Project, environment: str) -> Target:
    platform = project.blueprint.platform
    spec = platform.pipeline
    name = Names(platform=platform.name, ending="").stack(StackKind.PIPELINE)
    if environment:
        raise CannotError(
            f"the pipeline is of no environment, got {environment!r}",
            next_step=f"name none: --stack {PIPELINE}",
        )
    if spec is None or name not in project.stacks:
        raise CannotError(
            f"{name} does not exist",
            next_step="give the platform a PipelineSpec; an extra copy (--suffix) never has one",
        )
    return Target(environment=delivery_home(platform, spec), stack=name)
