"""Values as JSON and as cells of a table."""

import json
from collections.abc import Mapping

from audit.finding import ABSENT, Finding, Severity


def is_error(finding: Finding) -> bool:
    """Tell whether *finding* stops a deployment."""
    return finding.severity is Severity.ERROR


def values_json(values: Mapping[str, object]) -> dict[str, object]:
    """Return what each environment has, without those that have nothing."""
    return {name: value for name, value in values.items() if value is not ABSENT}


def cell(value: object) -> str:
    """Return *value* as people read it: strings bare, lists one item per line."""
    if isinstance(value, str) or value is ABSENT:
        return str(value)
    if isinstance(value, list) and value:
        return "\n".join(cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False)


def apart(before: object, after: object) -> tuple[object, object]:
    """Return of two lists what only one of them has, of anything else the whole."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    gone = [item for item in before if item not in after]
    new = [item for item in after if item not in before]
    return (gone or ABSENT, new or ABSENT) if gone or new else (before, after)
