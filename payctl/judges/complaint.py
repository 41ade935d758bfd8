"""What a validator of CloudFormation reports, in one form for both of them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from payctl.errors import CannotError

_PROPERTIES: Final = "Properties"


@frozen(kw_only=True, order=True)
class Complaint:
    """One thing that is not as AWS wants it.

    Attributes:
        resource: Its logical id, empty where the complaint is about the template.

        path: The property inside the resource, in parts.
    """

    stack: str
    rule: str
    resource: str
    path: tuple[str, ...]
    message: str


def of_engine(report: Path) -> Iterator[Complaint]:
    """Yield what is in the *report* of the engine.

    Raises:
        CannotError: When there is no report, or the report is incomplete.
    """
    try:
        plugins = json.loads(report.read_text(encoding="utf-8"))["pluginReports"]
        if not all(plugin["conclusion"] == "success" for plugin in plugins):
            raise CannotError("the validation engine of aws-cdk-lib did not come to its end")
        for plugin in plugins:
            for violation in plugin["violations"]:
                yield from _of_violation(violation)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotError(
            f"the validation engine of aws-cdk-lib gave no report that can be read: {error!r}"
        ) from error


def _of_violation(violation: Mapping[str, Any]) -> Iterator[Complaint]:
    for construct in violation["violatingConstructs"]:
        where = construct.get("cloudFormationResource", {})
        paths = where.get("propertyPaths") or [""]
        for path in paths:
            yield Complaint(
                stack=str(construct["constructPath"]).partition("/")[0],
                rule=violation["ruleName"],
                resource=where.get("logicalId", ""),
                path=_inside(str(path).split(".")),
                message=violation["description"],
            )


def of_cfn_lint(output: str) -> Iterator[Complaint]:
    """Yield what is in the *output* of cfn-lint.

    Raises:
        CannotError: When it is no report, or tells of a rule that crashed.
    """
    try:
        for match in json.loads(output):
            rule, path = match["Rule"]["Id"], [str(part) for part in match["Location"]["Path"]]
            if rule.startswith("E0"):
                raise CannotError(
                    f"cfn-lint could not check {match['Filename']}: {match['Message']}"
                )
            is_resource = path[:1] == ["Resources"]
            yield Complaint(
                stack=Path(match["Filename"]).stem,
                rule=rule,
                resource=path[1] if is_resource and path[1:] else "",
                path=_inside(path[2:]) if is_resource else (),
                message=match["Message"],
            )
    except (ValueError, KeyError, TypeError) as error:
        raise CannotError(f"cfn-lint gave no report that can be read: {error!r}") from error


def _inside(path: Iterable[str]) -> tuple[str, ...]:
    parts = tuple(path)
    return parts[1:] if parts[:1] == (_PROPERTIES,) else ()
