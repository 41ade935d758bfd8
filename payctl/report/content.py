"""What the page says: collected from what is synthesized, judged and, where asked for, deployed."""

import json
from collections.abc import Mapping, Sequence

from attrs import frozen

from audit.finding import ABSENT, Finding
from audit.matrix import matrix
from audit.policy import RULES
from audit.policy.pci_dss import REQUIREMENTS
from audit.policy.rule import Rule
from audit.report import place
from audit.suppression import Suppression
from gates.exceptions_file import suppressions
from payctl.known import known_findings
from payctl.project import Project
from payctl.report.topology import Topology, anchor, svg, topology
from payctl.written import cell, is_error


@frozen(kw_only=True)
class Card:
    """One environment in the overview; what nobody asked for is empty."""

    name: str
    account_id: str
    region: str
    blueprint: str
    findings: int
    release: str = ""
    deployed_at: str = ""
    drift: str = ""


@frozen(kw_only=True)
class Cell:
    """What one environment has, as text."""

    text: str
    differs: bool


@frozen(kw_only=True)
class Target:
    """An attribute that a local drives, and where it is on the page."""

    text: str
    anchor: str


@frozen(kw_only=True)
class Variation:
    """One row of the variation matrix."""

    local: str
    kind: str
    reason: str
    unit: str
    cells: tuple[Cell, ...]
    drives: tuple[Target, ...]

    @property
    def differs(self) -> bool:
        """Whether any environment has another value than the first."""
        return any(one.differs for one in self.cells)


@frozen(kw_only=True)
class Resource:
    """One element of a stack, with its configuration as JSON."""

    address: str
    anchor: str
    stack: str
    part: str
    configuration: str


@frozen(kw_only=True)
class DriftRow:
    """One change that drift found."""

    environment: str
    kind: str
    where: str
    before: str
    after: str
    remark: str


@frozen(kw_only=True)
class Deployment:
    """One recorded deployment."""

    stack: str
    release: str
    at: str
    by: str
    commit: str
    outcome: str
    remark: str


@frozen(kw_only=True)
class Content:
    """Everything on the page."""

    platform: str
    environments: tuple[str, ...]
    cards: tuple[Card, ...]
    variations: tuple[Variation, ...]
    topology: Topology
    picture: str
    resources: tuple[Resource, ...]
    rules: tuple[Rule, ...]
    requirements: Mapping[str, str]
    suppressions: tuple[Suppression, ...]
    findings: tuple[str, ...]
    error_count: int
    drift: tuple[DriftRow, ...] | None = None
    deployments: tuple[Deployment, ...] | None = None


def content(project: Project) -> Content:
    """Return what can be said without asking any account."""
    main = project.stacks[project.stack_name(project.blueprint.environments[0])]
    drawn = topology(main, project.output)
    parts = {address: part.name for part in drawn.parts for address in part.addresses}
    found = known_findings(project)
    return Content(
        platform=project.name,
        environments=project.names,
        cards=_cards(project, found),
        variations=_variations(project),
        topology=drawn,
        picture=svg(drawn),
        resources=tuple(
            Resource(
                address=address,
                anchor=anchor(f"{stack.name}.{address}"),
                stack=stack.name,
                part=parts.get(address, "") if stack is main else "",
                configuration=json.dumps(config, indent=1, sort_keys=True, ensure_ascii=False),
            )
            for stack in project.one_of_each
            for address, config in sorted(stack.elements.items())
        ),
        rules=RULES,
        requirements=REQUIREMENTS,
        suppressions=suppressions(project.name),
        findings=tuple(
            f"{finding.severity.value}: {place(finding)}: {finding.message}" for finding in found
        ),
        error_count=sum(is_error(finding) for finding in found),
    )


def _cards(project: Project, found: Sequence[Finding]) -> tuple[Card, ...]:
    return tuple(
        Card(
            name=environment.identity.name,
            account_id=environment.identity.account_id,
            region=environment.identity.region,
            blueprint=project.stacks[project.stack_name(environment)].digest,
            findings=sum(
                not finding.values or environment.identity.name in finding.values
                for finding in found
            ),
        )
        for environment in project.blueprint.environments
    )


def _variations(project: Project) -> tuple[Variation, ...]:
    rows: dict[str, Variation] = {}
    for stacks in project.families.values():
        first = next(iter(stacks.values()))
        for row in matrix(stacks, project.approved):
            known = rows.get(row.local)
            targets = tuple(
                Target(text=str(one), anchor=anchor(f"{first.name}.{one.address}"))
                for one in row.drives
            )
            rows[row.local] = Variation(
                local=row.local,
                kind=row.kind,
                reason=row.reason,
                unit=row.unit,
                cells=known.cells if known else _cells(row.values),
                drives=(*(known.drives if known else ()), *targets),
            )
    return tuple(rows[name] for name in sorted(rows))


def _cells(values: Mapping[str, object]) -> tuple[Cell, ...]:
    written = [cell(value) if value is not ABSENT else "(absent)" for value in values.values()]
    return tuple(Cell(text=text, differs=text != written[0]) for text in written)
