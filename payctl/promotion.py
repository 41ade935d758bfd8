"""The promotion rule: a release goes on only from where it runs, and runs without drift."""

from collections.abc import Iterator
from pathlib import Path

from botocore.exceptions import ClientError

from audit.errors import CouldNotCheckError
from audit.release import release_id
from model.environment import Environment
from model.names import BLUEPRINT_DIGEST
from payctl.access import Access
from payctl.aws.records import Records
from payctl.aws.refusal import asking, is_missing
from payctl.aws.state_bucket import StateBucket, outputs
from payctl.errors import CannotError
from payctl.evidence import Evidence
from payctl.project import Project
from payctl.record import Record
from payctl.watch import examined


def objections(
    project: Project, environment: Environment, evidence: Path | None = None
) -> tuple[str, ...]:
    """Return why *environment* must not get the release yet; empty when it may.

    An environment before that cannot be asked is an objection like any other: it vouches for
    nothing. Where there is *evidence*, a folder, it is read instead of the other account.
    """
    before = project.previous(environment)
    if before is None:
        return ()
    name = before.identity.name
    if evidence is not None:
        return _unproven(project, before, Access.to(project.name, environment), evidence)
    try:
        found = tuple(_unfulfilled(project, before, Access.to(project.name, environment)))
        if found:
            return found
        return tuple(
            f"{name} must run it without drift: {change.kind.value} at {change.stack} "
            f"{change.address} {change.path}".rstrip()
            for change in examined(project, before).apart
        )
    except CannotError as error:
        return (f"{name} must be asked whether it runs this release, could not be: {error}",)


def _unproven(
    project: Project, before: Environment, access: Access, folder: Path
) -> tuple[str, ...]:
    stacks = tuple(
        name
        for name in project.stack_names(before)
        if not access.endpoint.not_deployable(project.stacks[name])
    )
    try:
        found = Evidence.read(folder, before.identity.name)
    except CouldNotCheckError as error:
        return (str(error),)
    return tuple(found.objections(release_id(project.stacks), stacks, aws=access.endpoint.is_aws))


def older(project: Project, environment: Environment, stack: str, built: str) -> str:
    """Return why a release that was *built* at a moment is too old for *stack*, empty if not."""
    access = Access.to(project.name, environment)
    last = Records.of(project.stacks[stack], access).last()
    if not (built and last and last.built and built < last.built):
        return ""
    return (
        f"{stack} must not go back by accident: it runs a release built {last.built}, "
        f"this one was built {built}"
    )


def _unfulfilled(project: Project, before: Environment, wanted: Access) -> Iterator[str]:
    """Yield what *before* must have done, and has not, as its account records it."""
    name, access = before.identity.name, Access.to(project.name, before)
    release = release_id(project.stacks)
    if access.endpoint.is_aws != wanted.endpoint.is_aws:
        yield f"{name} must answer where AWS does, answers at {access.endpoint.url or 'AWS itself'}"
        return
    for stack_name in project.stack_names(before):
        stack = project.stacks[stack_name]
        if access.endpoint.not_deployable(stack):
            continue
        record = Records.of(stack, access).last()
        reason = _not_run(record, release, access)
        if reason:
            first = f"First: payctl deploy {name}"
            yield f"{stack_name} must run release {release[:12]}: {reason}. {first}"
    stack = project.stacks[project.stack_name(before)]
    claimed = recorded_digest(project, before)
    state = outputs(StateBucket.of(stack, access).state()).get("blueprint_sha256", "")
    for where, said in (("its parameter", claimed), ("its state", state)):
        if said != stack.digest:
            yield (
                f"{name} must run blueprint {stack.digest[:12]}, "
                f"{where} says {said[:12] or 'nothing'}. First: payctl deploy {name}"
            )


def _not_run(record: Record | None, release: str, access: Access) -> str:
    """Return why *record* is no proof that *release* runs, empty when it is one."""
    if record is None:
        return "no deployment is recorded"
    if record.release != release:
        return f"it runs release {record.release[:12]}"
    if not record.is_finished:
        return f"its deployment {record.id} by {record.by} {record.outcome.value}"
    if record.unsettled:
        return f"a plan right after it would change {', '.join(record.unsettled)}"
    if bool(record.endpoint) == access.endpoint.is_aws:
        return f"it was deployed through {record.endpoint or 'AWS itself'}"
    return ""


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
