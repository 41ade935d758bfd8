"""`payctl policy`."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from audit.cloudformation.coverage import Attribute
from audit.defaults import implicit_defaults
from audit.finding import Finding
from audit.iam.scanners import iam_findings
from audit.policy import RULES
from audit.policy.rule import Rule
from audit.report import plain
from audit.suppression import Suppression
from gates.exceptions_file import accepted_defaults, suppressions
from payctl.checkov import judged_plan
from payctl.coverage_view import coverage_json, show_coverage
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import findings_of, outside_findings
from payctl.project import Project
from payctl.proof_view import findings_in, show_verdicts, verdicts_json, verdicts_of
from payctl.referees import REFEREES
from payctl.rule_view import explain_rule
from payctl.screen import findings_table, note, say, say_json, table, working
from payctl.selection import FLAGSHIP, AsJson, Selection
from payctl.terraform.provider_schema import provider_schema
from payctl.terraform.session import Session
from payctl.written import is_error

Planned = Annotated[
    str,
    Parameter(
        help="Also check the plan of this environment and every IAM policy in it; needs access."
    ),
]
Prove = Annotated[
    bool,
    Parameter(
        negative=(),
        help="Also prove, with z3, that no request from one environment reaches another.",
    ),
]
Ours = Annotated[bool, Parameter(negative=(), help="Only our own rules, which need no scanner.")]


Explain = Annotated[
    str, Parameter(help="Only say what this rule asks, why, and who says so, such as `tls`.")
]


def policy(
    *,
    explain: Explain = "",
    planned: Planned = "",
    ours: Ours = False,
    prove: Prove = False,
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
) -> int:
    """Check the platform by our own rules and by third-party scanners, offline.

    What is synthesized is checked by checkov and, translated to CloudFormation, by AWS's validation
    engine with the rule pack cdk-preflight, by cfn-lint and by the models of AWS's APIs; what those
    cannot see is listed. With `--planned ENVIRONMENT` checkov also checks the plan, which has the
    provider's defaults, and AWS's reference and cloudsplaining check every IAM policy. A scanner
    that evaluated nothing is a failure, not a pass.

    With `--prove` the solver z3 proves for every ordered pair of environments that no request goes
    through, from any role within its boundary and from whatever the other's resources let in; a
    request that does is printed, and is a finding.

    Attributes that nobody set, and that AWS, a region or a date would decide, are findings unless
    `envs/accepted_defaults.toml` accepts them, once for all platforms, with a reason.

    Suppressions are in `envs/<platform>/suppressions.toml`, with address, rule, reason and expiry.
    An unused or expired suppression is a finding. Rules on encryption, TLS, public access and
    boundaries cannot be suppressed, and they bind third-party scanners too: a scanner's check may
    be suppressed only if it is about something else, or if a rule of ours answers it at the same
    resource.
    """
    if explain:
        return explain_rule(explain)
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    found = list(findings_of(project))
    evaluated = {"our rules": len(RULES) * len(project.stacks)}
    seen: list[Attribute] = []
    verdicts = verdicts_of(project) if prove else ()
    found += findings_in(verdicts)
    if not ours:
        outside = _referees(project, evaluated, seen)
        with working("asking the provider what AWS would decide"):
            schema = provider_schema(project)
            found += implicit_defaults(project.one_of_each, schema, accepted_defaults())
        if planned:
            outside += _planned(project, planned, evaluated)
        found += outside_findings(project, outside)
    if as_json:
        say_json(
            {
                "evaluated": evaluated,
                "coverage": coverage_json(seen),
                "proofs": verdicts_json(verdicts),
                "findings": [plain(finding) for finding in found],
                "suppressed": [_excuse(one) for one in suppressions(project.name)],
            }
        )
    else:
        if seen:
            show_coverage(seen)
        if verdicts:
            show_verdicts(verdicts)
        _show(project, evaluated, found)
    return FINDINGS if any(is_error(finding) for finding in found) else FINE


def _referees(project: Project, evaluated: dict[str, int], seen: list[Attribute]) -> list[Finding]:
    found: list[Finding] = []
    for referee in REFEREES:
        with working(f"{referee.name}: checking what is synthesized"):
            verdict = referee.judged(project)
        evaluated[f"{referee.name}: {referee.counts}"] = verdict.evaluated
        found += verdict.findings
        seen += verdict.attributes
    return found


def _planned(project: Project, environment: str, evaluated: dict[str, int]) -> list[Finding]:
    chosen = project.environment(environment)
    found: list[Finding] = []
    for name in project.stack_names(chosen):
        session = Session.open(project, chosen, name)
        with working(f"planning {name}") as work, session.workspace.alone():
            session = session.reporting(work.at)
            session.terraform.init()
            plan = session.terraform.plan(lock=False)
        with working(f"checkov checks the plan of {name}"), tempfile.TemporaryDirectory() as at:
            file = Path(at) / "plan.json"
            file.write_text(json.dumps(plan), encoding="utf-8")
            verdict = judged_plan(file)
        evaluated[f"checkov, plan of {name}"] = verdict.evaluated
        found += without_invented(verdict.findings, session.access.endpoint.invented)
        with working("AWS's reference and cloudsplaining check every IAM policy"):
            found += iam_findings(plan, project.stacks[name])
    return found


def without_invented(findings: Iterable[Finding], invented: Mapping[str, str]) -> Iterator[Finding]:
    """Leave out, with a note, what the endpoint invents and neither the code nor AWS has."""
    for finding in findings:
        if finding.rule in invented:
            note(f"{finding.where}: {finding.rule} left out, {invented[finding.rule]}")
        else:
            yield finding


def _show(project: Project, evaluated: dict[str, int], found: Sequence[Finding]) -> None:
    table("Checked", ("by", "checks evaluated#"), evaluated.items())
    table(
        "Our own rules",
        ("rule", "what holds", "PCI DSS 4.0.1", "findings#"),
        [(r.id, r.title, ", ".join(r.pci_dss), _count(r, found)) for r in RULES],
    )
    suppressed: dict[str, list[str]] = {}
    for one in suppressions(project.name):
        suppressed.setdefault(f"{one.rule} until {one.expires}: {one.reason}", []).append(one.where)
    for suppression, addresses in suppressed.items():
        say(f"Suppressed: {suppression}")
        for address in addresses:
            say(f"    {address}", style="dim")
    findings_table(found)


def _count(rule: Rule, found: Sequence[Finding]) -> int:
    return sum(finding.rule == rule.id for finding in found)


def _excuse(one: Suppression) -> dict[str, str]:
    return {
        "where": one.where,
        "rule": one.rule,
        "reason": one.reason,
        "expires": one.expires.isoformat(),
    }
