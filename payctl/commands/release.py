"""`payctl release`."""

from audit.release import release_id
from payctl.exit_status import FINE
from payctl.project import Project
from payctl.screen import say, say_json, working
from payctl.selection import FLAGSHIP, AsJson, Selection


def release(*, selection: Selection = FLAGSHIP, as_json: AsJson = False) -> int:
    """Print the name of the release that the code is, and nothing else.

    It is the SHA-256 of the bodies, settings and backends of every environment, with the hashes of
    the code in them: what is built, approved, recorded and promoted has this name.
    """
    with working(f"synthesizing {selection.platform}"):
        found = release_id(Project.synthesized(selection).stacks)
    if as_json:
        say_json({"platform": selection.platform, "release": found})
    else:
        say(found)
    return FINE
