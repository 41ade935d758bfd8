"""The code that builds stacks decides nothing by who or where an environment is.

What it decides for a stack of one environment shows as a difference between bodies. In a stack of
no environment, such as the pipeline, all environments stand side by side, and only the code says
whether one of them is treated differently.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Final

from audit.finding import Finding
from audit.runtime_code import asked
from audit.runtime_taint import Taint, scopes

RULE: Final = "construct-decisions"


def construct_findings(sources: Mapping[str, str], settings: Iterable[str]) -> list[Finding]:
    """Return where the Python files *sources*, by path, decide by one of *settings*.

    *settings* are dotted paths, such as `identity.name`; what reads them as attributes is followed.

    Raises:
        SyntaxError: When a file is no Python.
    """
    modules = {path: ast.parse(source) for path, source in sources.items()}
    taint = Taint.of_chains(modules.values(), (f".{path}" for path in settings))
    found: dict[str, Finding] = {}
    for path, module in modules.items():
        for node, scope in scopes(module):
            for what in asked(node, scope, taint):
                where = f"{path}:{getattr(node, 'lineno', 0)}"
                message = f"must not decide by who or where an environment is: this {what} it"
                found.setdefault(where, Finding(rule=RULE, where=where, message=message))
    return list(found.values())
