"""Adds to the page what only the accounts know: records of deployments, and drift."""

from collections.abc import Mapping

from attrs import evolve

from audit.change import Change
from audit.finding import ABSENT
from payctl.access import Access
from payctl.aws.records import Records
from payctl.project import Project
from payctl.record import Record
from payctl.report.content import Content, Deployment, DriftRow
from payctl.watch import Examination
from payctl.written import apart, cell


def with_records(content: Content, project: Project) -> Content:
    """Return *content* with every recorded deployment, the newest first, and each card's last.

    Raises:
        AccessError: When an account refuses or does not answer.
    """
    found: list[Deployment] = []
    last: dict[str, Record] = {}
    for environment in project.blueprint.environments:
        access = Access.to(project.name, environment)
        for stack in project.stack_names(environment):
            records = list(Records.of(project.stacks[stack], access).all())
            found += (_deployment(stack, record) for record in records)
            if records and stack == project.stack_name(environment):
                last[environment.identity.name] = records[0]
    found.sort(key=lambda one: (one.at, one.stack), reverse=True)
    cards = (
        evolve(card, release=last[card.name].release, deployed_at=last[card.name].at)
        if card.name in last
        else card
        for card in content.cards
    )
    return evolve(content, cards=tuple(cards), deployments=tuple(found))


def with_drift(content: Content, examinations: Mapping[str, Examination]) -> Content:
    """Return *content* with what was found in each environment, by its name."""
    rows = [
        _drift(name, change)
        for name, examination in examinations.items()
        for change in examination.changes
        if change.kind.value != "noise"
    ]
    counts = {
        name: sum(row.environment == name and not row.remark.startswith("accepted") for row in rows)
        for name in examinations
    }
    cards = (
        evolve(card, drift=str(counts[card.name])) if card.name in counts else card
        for card in content.cards
    )
    return evolve(content, cards=tuple(cards), drift=tuple(rows))


def _deployment(stack: str, record: Record) -> Deployment:
    changes = "" if record.clean else ", with uncommitted changes"
    return Deployment(
        stack=stack,
        release=record.release,
        at=record.at,
        by=record.by,
        commit=f"{record.commit}{changes}",
        outcome=record.outcome.value,
        remark=f"override: {record.override}" if record.override else record.problem,
    )


def _drift(environment: str, change: Change) -> DriftRow:
    before, after = (
        "" if side is ABSENT else cell(side) for side in apart(change.before, change.after)
    )
    where = f"{change.address} {change.path}".strip()
    return DriftRow(
        environment=environment,
        kind=change.kind.value,
        where=f"{change.stack}: {where}" if change.stack else where,
        before=before,
        after=after,
        remark=f"accepted: {change.accepted}" if change.accepted else "",
    )
