"""Runs the validators on every stack of a platform."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import shorten
from typing import Final

from audit.cloudformation.bridge import Bridged, bridged, types
from audit.cloudformation.coverage import missing
from audit.finding import Finding
from audit.synthesized import Stack
from payctl.errors import CannotError
from payctl.judges.complaint import Complaint, of_cfn_lint, of_engine
from payctl.judges.environment import inside
from payctl.judges.planted import BY_CFN_LINT, BY_ENGINE, BY_MODELS, PLANTED, with_planted
from payctl.judges.service_models import of_models
from payctl.project import Project
from payctl.referee import Verdict

SCHEMAS_OF: Final = "us-east-1"
"""The region that has every type."""

_CIRCLE: Final = (
    "a bucket and its notification are one resource in a template and two in Terraform, which "
    "refuses circles itself"
)
ABOUT_TEMPLATES: Final[Mapping[str, str]] = {
    "E3004": _CIRCLE,
    "F3004": _CIRCLE,
    "W1011": "the password that a parameter stands for is Terraform's ephemeral, in no template",
    "W3010": "a template should not name zones; an environment names its own",
}
"""Rules about how a template is written, which ours is not for; each with the reason."""

_LONGEST: Final = 300
"""How many characters of a complaint are shown; some list every version there is."""

_FOUND: Final = "(found)"
_ENGINE: Final = "the validation engine of aws-cdk-lib with cdk-preflight"


def judged(project: Project) -> Verdict:
    """Check every stack of *project* as synthesized.

    Raises:
        CannotError: When a validator failed, or did not find what is planted in every template.

        ToolMissingError: When the judges are not installed.
    """
    return judged_stacks(project.stacks)


def judged_stacks(stacks: Mapping[str, Stack]) -> Verdict:
    """Check *stacks*, by their names."""
    schemas = json.loads(inside("schemas.py", SCHEMAS_OF, *types()))
    bridges = {name: bridged(stack, schemas) for name, stack in stacks.items()}
    with tempfile.TemporaryDirectory() as place:
        templates = Path(place) / "templates"
        templates.mkdir()
        for name, bridge in bridges.items():
            _write(templates / f"{name}.json", bridge)
        with ThreadPoolExecutor() as both:
            by_engine = both.submit(_asked_engine, templates, Path(place))
            by_cfn_lint = both.submit(_asked_cfn_lint, templates)
        complaints = (
            *_checked(_ENGINE, BY_ENGINE, bridges, by_engine.result()),
            *_checked("cfn-lint", BY_CFN_LINT, bridges, by_cfn_lint.result()),
            *_checked("botocore", BY_MODELS, bridges, _asked_models(bridges)),
        )
    attributes = tuple(a for bridge in bridges.values() for a in bridge.attributes)
    return Verdict(
        evaluated=sum(len(bridge.template["Resources"]) for bridge in bridges.values()),
        findings=(*missing(attributes), *_findings(complaints, bridges)),
        attributes=attributes,
    )


def _write(file: Path, bridge: Bridged) -> None:
    at = {"cfn-lint": {"config": {"regions": [bridge.region]}}}
    template = {**with_planted(bridge.template), "Metadata": at}
    file.write_text(json.dumps(template), encoding="utf-8")
    file.with_suffix(".at").write_text(f"{bridge.account} {bridge.region}", encoding="utf-8")


def _asked_engine(templates: Path, place: Path) -> tuple[Complaint, ...]:
    inside("engine.py", str(templates), str(place / "out"))
    return tuple(of_engine(place / "out" / "validation-report.json"))


def _asked_cfn_lint(templates: Path) -> tuple[Complaint, ...]:
    files = [str(file) for file in sorted(templates.glob("*.json"))]
    return tuple(of_cfn_lint(inside("lint.py", *files)))


def _asked_models(bridges: Mapping[str, Bridged]) -> tuple[Complaint, ...]:
    return tuple(
        complaint
        for name, bridge in bridges.items()
        for complaint in of_models(name, with_planted(bridge.template))
    )


def _checked(
    judge: str,
    expected: Iterable[tuple[str, str]],
    bridges: Mapping[str, Bridged],
    complaints: tuple[Complaint, ...],
) -> tuple[Complaint, ...]:
    """Return what is no planted defect; all of those must have been found."""
    found = {(c.stack, c.resource, c.rule) for c in complaints}
    for name in bridges:
        for resource, rule in expected:
            if (name, resource, rule) not in found:
                raise CannotError(
                    f"{judge} did not find what is planted in every template: {rule} in {name}; "
                    "that is no pass"
                )
    return tuple(c for c in complaints if c.resource not in PLANTED)


def _findings(complaints: Iterable[Complaint], bridges: Mapping[str, Bridged]) -> Iterator[Finding]:
    """Yield each complaint once, with the stacks that have it."""
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for complaint in sorted(set(complaints)):
        if complaint.rule in ABOUT_TEMPLATES:
            continue
        origins, path = bridges[complaint.stack].origins, ".".join(complaint.path)
        where = origins.address(complaint.resource, complaint.path) or complaint.stack
        key = (complaint.rule, where, f"[{path}]" if path else "")
        found.setdefault(key, {}).setdefault(complaint.stack, complaint.message)
    for (rule, where, path), messages in found.items():
        first = shorten(next(iter(messages.values())), _LONGEST, placeholder=" …")
        yield Finding(
            rule=rule,
            where=where,
            path=path,
            message=f"must be what AWS accepts: {first}",
            values=dict.fromkeys(messages, _FOUND),
        )
