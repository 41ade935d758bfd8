"""`payctl report`."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from payctl.exit_status import FINDINGS, FINE
from payctl.project import Project
from payctl.report.content import content
from payctl.report.deployed import with_drift, with_records
from payctl.report.page import page
from payctl.screen import note, say, working
from payctl.selection import FLAGSHIP, Selection
from payctl.watch import Examination, examined

_FILE: Final = Path("report.html")
Deployed = Annotated[
    bool, Parameter(negative=(), help="Also every recorded deployment; needs access.")
]
Drift = Annotated[bool, Parameter(negative=(), help="Also what drifts; needs access, takes long.")]
Out = Annotated[Path, Parameter(help="The file to write.")]


def report(
    *,
    deployed: Deployed = False,
    drift: Drift = False,
    out: Out = _FILE,
    selection: Selection = FLAGSHIP,
) -> int:
    """Write one page about all environments, to look at in a browser.

    It has an overview, every variation with its values and reason, the topology, every resource,
    the rules with findings and suppressions and, where asked for, drift and deployments. The file
    needs nothing else: no network, no other file. The same inputs give the same bytes.

    The topology is drawn by graphviz (`dot`); without it the page says so. Exit status 1 when the
    page has findings.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    written = content(project)
    if deployed:
        with working(f"reading the records of {', '.join(project.names)}"):
            written = with_records(written, project)
    if drift:
        written = with_drift(written, _examined(project))
    if not written.picture:
        note("graphviz (dot) is not installed: the page has no picture of the topology")
    draft = out.with_name(f".{out.name}.draft")
    draft.write_text(page(written), encoding="utf-8")
    draft.replace(out)
    say(f"wrote {out}, {out.stat().st_size // 1024} KiB")
    apart = written.error_count or any(card.drift not in ("", "0") for card in written.cards)
    return FINDINGS if apart else FINE


def _examined(project: Project) -> dict[str, Examination]:
    """Return what drifts in each environment, by its name."""
    environments = project.blueprint.environments
    names = ", ".join(project.names)
    with working(f"examining {names}") as work, ThreadPoolExecutor(len(environments)) as pool:
        found = list(pool.map(lambda one: examined(project, one, work.at), environments))
    return dict(zip(project.names, found, strict=True))
