"""Which stacks a command is about: all of an environment, one of them, or the pipeline."""

import pytest

from payctl.errors import CannotError
from payctl.project import Project
from payctl.promotion import objections
from payctl.selection import Selection
from payctl.target import targets


@pytest.fixture(scope="module")
def payments(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The flagship, which has governance and a pipeline."""
    return Project.synthesized(Selection(), output=tmp_path_factory.mktemp("payments"))


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The platform whose network is a stack of its own, without governance or pipeline."""
    return Project.synthesized(
        Selection(platform="postgres"), output=tmp_path_factory.mktemp("postgres")
    )


def names(project: Project, environment: str, stack: str = "") -> list[str]:
    """Return the names of the chosen stacks."""
    return [target.stack for target in targets(project, environment, stack)]


def test_all_in_the_order_of_deployment(payments: Project, postgres: Project) -> None:
    """The network comes before the application, and what watches comes last."""
    assert names(payments, "prod") == ["payments-prod", "payments-governance-prod"]
    assert names(postgres, "dev") == ["postgres-network-dev", "postgres-dev"]


@pytest.mark.parametrize(
    ("stack", "chosen"),
    [
        ("application", "payments-prod"),
        ("governance", "payments-governance-prod"),
        ("payments-governance-prod", "payments-governance-prod"),
    ],
)
def test_one_by_kind_or_name(stack: str, chosen: str, payments: Project) -> None:
    """A kind says the same in every environment; the full name is understood too."""
    assert names(payments, "prod", stack) == [chosen]


def test_the_network_alone(postgres: Project) -> None:
    """A network of its own is deployed on its own."""
    assert names(postgres, "staging", "network") == ["postgres-network-staging"]


def test_the_pipeline_is_in_an_account_of_its_own(payments: Project) -> None:
    """It goes to no environment's account, nothing is promoted to it and nothing confirmed."""
    (target,) = targets(payments, "", "pipeline")
    accounts = {e.identity.account_id for e in payments.blueprint.environments}
    stack = payments.stacks[target.stack]
    assert target.stack == "payments-pipeline"
    assert target.environment.identity.account_id not in accounts
    assert stack.backend["s3"]["bucket"] == target.environment.state.bucket
    assert objections(payments, target.environment) == ()
    assert stack.locals["deployment_confirmation"] == ""


@pytest.mark.parametrize(
    ("environment", "stack", "next_step"),
    [
        ("", "", "name one of dev, staging, prod"),
        ("", "governance", "name one of dev, staging, prod"),
        ("prod", "pipeline", "name none: --stack pipeline"),
        ("prod", "network", "name one of application, governance"),
        ("prod", "payments-dev", "name one of application, governance"),
        ("production", "", "name one of dev, staging, prod"),
    ],
)
def test_mistakes(environment: str, stack: str, next_step: str, payments: Project) -> None:
    """What does not exist or is not said is answered with what there is."""
    with pytest.raises(CannotError) as caught:
        targets(payments, environment, stack)
    assert caught.value.next_step == next_step


def test_no_pipeline(postgres: Project) -> None:
    """A platform without a pipeline says so."""
    with pytest.raises(CannotError, match="postgres-pipeline does not exist"):
        targets(postgres, "", "pipeline")
