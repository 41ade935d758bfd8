"""The third-party scanners of what is synthesized; the gates run those that are installed."""

from typing import Final

from payctl import checkov
from payctl.judges import environment
from payctl.judges.judged import judged as judged_by_aws
from payctl.referee import Referee

REFEREES: Final = (
    Referee(
        id="checkov",
        name="checkov",
        counts="checks",
        is_installed=checkov.is_installed,
        how_to_install=checkov.how_to_install,
        judged=checkov.judged,
    ),
    Referee(
        id="cloudformation",
        name="AWS's validation engine with cdk-preflight, cfn-lint, and the models of AWS's APIs",
        counts="resources",
        is_installed=environment.is_installed,
        how_to_install=environment.how_to_install,
        judged=judged_by_aws,
    ),
)
