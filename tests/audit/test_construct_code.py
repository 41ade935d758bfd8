"""The code that builds stacks decides nothing by who or where an environment is."""

import pytest

from audit.construct_code import construct_findings
from gates.source import source_findings
from tests.conftest import ROOT

SETTINGS = ("identity.name", "identity.account_id", "identity.region", "network.cidr")


@pytest.mark.parametrize(
    "line",
    [
        'if environment.identity.name == "prod": pass',
        'x = 900 if environment.identity.name != "dev" else 30',
        "x = SIZES[environment.identity.name]",
        "x = SIZES.get(environment.identity.region, 3)",
        'x = environment.identity.name.startswith("pr")',
        "x = len(environment.identity.name)",
        "x = environment.identity.account_id[0]",
        'found = [e for e in environments if e.identity.name in ("prod",)]',
        "name = site.environment.identity.name\nif name > 'p': pass",
        "identity = environment.identity\nmatch identity.region:\n  case 'us-east-1': pass",
        'x = re.match("p", environment.identity.name)',
        'x = int(environment.network.cidr.split("/")[1])',
        "assert environment.identity.name != 'prod'",
        "one, two = 1, environment.identity.name\nx = {two: 1}['prod'] if two == 'x' else 1",
    ],
)
def test_a_decision_is_found(line: str) -> None:
    """Comparing, looking up, measuring and taking apart are decisions."""
    assert construct_findings({"stacks/x.py": line}, SETTINGS)


@pytest.mark.parametrize(
    "line",
    [
        'name = f"payment-queue-{environment.identity.name}"',
        "names, account_id = context.names, environment.identity.account_id\nx = names.bucket(2)",
        "provider = AwsProvider(region=environment.identity.region)",
        "if environment.alarms.enabled: pass",
        "asks = environment.identity.confirmation_required\nx = 1 if asks else 2",
        "if platform.network.zone_count == 3: pass",
    ],
)
def test_use_is_left_alone(line: str) -> None:
    """Names, regions and accounts are used; switches are what decisions are for."""
    assert construct_findings({"stacks/x.py": line}, SETTINGS) == []


def test_the_project_obeys() -> None:
    """Nothing that builds our stacks decides by an identity."""
    assert source_findings(ROOT) == ()
