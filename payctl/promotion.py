"""The promotion rule: a blueprint goes on only from where it runs, and runs without drift."""

from botocore.exceptions import ClientError

from audit.drift import Class
from model.environment import Environment
from model.names import BLUEPRINT_DIGEST
from payctl.access import Access
from payctl.aws.refusal import asking, is_missing
from payctl.aws.state_bucket import StateBucket, outputs
from payctl.project import Project
from payctl.watch import examined


def objections(project: Project, environment: Environment) -> tuple[str, ...]:
    """Return why *environment* must not get the blueprint yet; empty when it may."""
    before = project.previous(environment)
    if before is None:
        return ()
    name, stack = before.identity.name, project.stacks[project.stack_name(before)]
    access = Access.to(project.name, before)
    wanted, recorded = stack.digest, recorded_digest(project, before)
    state = outputs(StateBucket.of(stack, access).state()).get("blueprint_sha256", "")
    if wanted != recorded or wanted != state:
        runs = recorded[:12] or "nothing"
        also = "" if recorded == state else f" (and its state says {state[:12] or 'nothing'})"
        objection = (
            f"{environment.identity.name} takes only what {name} runs: {name} runs {runs}{also}, "
            f"this is {wanted[:12]}. First: payctl deploy {name}"
        )
        return (objection,)
    apart = [
        change
        for change in examined(project, before).changes
        if change.kind in (Class.DRIFT, Class.GONE, Class.UNMANAGED) and not change.accepted
    ]
    return tuple(
        f"{name} must run it without drift: {change.kind.value} at {change.address} {change.path}"
        for change in apart
    )


def recorded_digest(project: Project, environment: Environment) -> str:
    """Return the digest in the account of *environment*, empty where there is none."""
    name = environment.names(project.blueprint.platform).parameter(BLUEPRINT_DIGEST)
    access = Access.to(project.name, environment)
    with asking(f"read the parameter {name}"):
        try:
            found = access.client("ssm").get_parameter(Name=name)
        except ClientError as error:
            if is_missing(error):
                return ""
            raise
    return str(found["Parameter"]["Value"])
