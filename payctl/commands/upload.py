"""`payctl upload`."""

from payctl.access import Access
from payctl.errors import CannotError
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.project import ROOT, Project
from payctl.screen import say, working
from payctl.selection import FLAGSHIP, Selection, Stack, WhichEnvironment
from payctl.source import archive, source_bucket
from payctl.source import upload as put
from payctl.target import targets


def upload(
    environment: WhichEnvironment = "", *, stack: Stack = "", selection: Selection = FLAGSHIP
) -> int:
    """Upload this repository to where builds take it from.

    `payctl upload --stack pipeline` starts the pipeline with a new release. The drift check of an
    environment gets what was deployed there with every deployment; `payctl upload dev --stack
    governance` gives it another.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    if not passed(project):
        return FINDINGS
    found = 0
    for target in targets(project, environment, stack):
        bucket = source_bucket(project.stacks[target.stack])
        if bucket is not None:
            put(Access.to(project.name, target.environment), bucket, archive(ROOT))
            say(f"{target.stack}: the source is in s3://{bucket}", style="green")
            found += 1
    if not found:
        raise CannotError(
            "there must be a stack with a bucket for the source, there is none",
            next_step="name --stack governance of an environment, or --stack pipeline",
        )
    return FINE
