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
