"""Where in our files a finding is: GitHub shows only what has a file and a line."""

import re
from functools import cache
from typing import Final

from audit.finding import Finding
from payctl.origin import built_at, construct_path
from payctl.project import Project

_IN_FILE: Final = re.compile(r"(?P<file>[\w./-]+\.(?:py|toml)):(?P<line>\d+)")


def location(project: Project, finding: Finding) -> tuple[str, int]:
    """Return file and line: what the finding itself names, or the line that builds its resource.

    What nobody can point at is at the first line of the platform's file.
    """
    named = _IN_FILE.match(finding.where)
    if named:
        return named["file"], int(named["line"])
    for stack in project.stacks.values():
        if finding.where in stack.elements:
            built = _built(construct_path(project, stack.name, finding.where))
            if built:
                return built
    return f"envs/{project.folder.name}/platform.py", 1


@cache
def _built(path: tuple[str, ...]) -> tuple[str, int] | None:
    """Return the innermost line that builds *path*."""
    places = built_at(path)
    named = _IN_FILE.match(places[-1]) if places else None
    return (named["file"], int(named["line"])) if named else None
