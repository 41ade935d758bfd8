"""Settings are checked before anything is synthesized, and all problems are told at once [V1]."""

from pathlib import Path

import attrs
import pytest

from model.blueprint import Blueprint, approved
from model.errors import ConfigurationError
from model.variation import Kind
from tests.conftest import PLATFORMS, ROOT
from tests.model.conftest import Edit


def problems(folder: Path) -> list[str]:
    """Return what is wrong, without the numbers of lines."""
    with pytest.raises(ConfigurationError) as caught:
        Blueprint.load(folder)
    return [str(problem) for problem in caught.value.problems]


class TestFlagship:
    """The flagship as it is."""

    def test_loads_in_the_order_of_promotion(self) -> None:
        """Environments come as a release does: dev, staging, prod."""
        blueprint = Blueprint.load(ROOT / "envs" / "payments")
        names = [environment.identity.name for environment in blueprint.environments]
        assert names == ["dev", "staging", "prod"]

    def test_has_no_warnings(self) -> None:
        """Capacity never shrinks on the way to production."""
        assert Blueprint.load(ROOT / "envs" / "payments").warnings == ()

    def test_every_variation_has_kind_and_reason(self) -> None:
        """An approval says why, in a sentence [I2]."""
        blueprint = Blueprint.load(ROOT / "envs" / "payments")
        for local, variation in approved(blueprint.varying_paths).items():
            assert isinstance(variation.kind, Kind), local
            assert variation.reason.endswith("."), local
            assert variation.rule, local

    def test_peers_are_the_other_environments(self) -> None:
        """What the boundary denies follows from the files [P2]."""
        prod = Blueprint.load(ROOT / "envs" / "payments").environments[2]
        assert prod.deployment.peer_names == ("dev", "staging")
        assert prod.deployment.peer_account_ids == ("123456789012", "234567890123")

    def test_only_production_is_confirmed(self) -> None:
        """The word to say is the name of the stack [G7]."""
        environments = Blueprint.load(ROOT / "envs" / "payments").environments
        words = [environment.deployment.confirmation for environment in environments]
        assert words == ["", "", "payments-prod"]


class TestSuffix:
    """Extra copies [G2]."""

    def test_ends_every_name_and_moves_the_state(self) -> None:
        """A copy shares nothing with the original, and is confirmed by its own name."""
        prod = Blueprint.load(ROOT / "envs" / "payments", suffix="pr42").environments[2]
        assert prod.deployment.name == "prod-pr42"
        assert prod.deployment.confirmation == "payments-prod-pr42"
        assert prod.state.key == "pr42/payments.tfstate"

    @pytest.mark.parametrize("suffix", ["PR42", "-x", "a.b", "much-too-long-for-a-name"])
    def test_must_fit_into_names(self, suffix: str) -> None:
        """A suffix is short and lower-case."""
        with pytest.raises(ConfigurationError, match="suffix: must be a suffix of at most 10"):
            Blueprint.load(ROOT / "envs" / "payments", suffix=suffix)


DEFECTS = {
    "a type": (
        ("prod.py", "memory_mebibytes=2048", 'memory_mebibytes="2048"'),
        "functions.memory_mebibytes must be 128–10240 MiB, got '2048'",
    ),
    "a range": (
        ("prod.py", "memory_mebibytes=2048", "memory_mebibytes=64"),
        "functions.memory_mebibytes must be 128–10240 MiB, got 64",
    ),
    "a bool for a number": (
        ("prod.py", "memory_mebibytes=2048", "memory_mebibytes=True"),
        "functions.memory_mebibytes must be 128–10240 MiB, got True",
    ),
    "a log retention that CloudWatch refuses": (
        ("prod.py", "retention_days=365)", "retention_days=366)"),
        "logs.retention_days must be one of 1, 3, 5, 7",
    ),
    "an unknown key": (
        ("prod.py", "retention_days=365)", "retention_days=365, level='x')"),
        "logs.level must not be set here; approved are retention_days",
    ),
    "something that must not vary": (
        ("prod.py", "reserved_concurrency=200", "timeout_seconds=60"),
        "functions.timeout_seconds must not be set here; approved are memory_mebibytes",
    ),
    "a derived value": (
        ("prod.py", "    state=StateLocation(", "    deployment=1,\n    state=StateLocation("),
        "deployment must not be set here",
    ),
    "a missing value": (
        ("prod.py", "    logs=LogSettings(retention_days=365),\n", ""),
        "logs.retention_days must be one of",
    ),
    "overlapping networks": (
        ("prod.py", "10.30.0.0/16", "10.20.128.0/17"),
        "network.cidr must not overlap with staging (10.20.0.0/16), got 10.20.128.0/17",
    ),
    "a network with host bits": (
        ("prod.py", "10.30.0.0/16", "10.30.0.1/16"),
        "network.cidr must be a private IPv4 CIDR",
    ),
    "a public network": (
        ("prod.py", "10.30.0.0/16", "52.30.0.0/16"),
        "network.cidr must be a private IPv4 CIDR",
    ),
    "the account of another": (
        ("prod.py", 'account_id="345678901234"', 'account_id="234567890123"'),
        "identity.account_id must be its own, staging has 234567890123 too",
    ),
    "zones of another region": (
        ("prod.py", '"use1-az4"', '"usw2-az3"'),
        "network.availability_zone_ids must be of us-east-1",
    ),
    "too few zones": (
        ("prod.py", '"use1-az1", "use1-az2", "use1-az4"', '"use1-az1", "use1-az2"'),
        "network.availability_zone_ids must be 3 zones",
    ),
    "two gateways for three zones": (
        ("prod.py", "nat_gateway_count=3", "nat_gateway_count=2"),
        "network.nat_gateway_count must be 1, or 3",
    ),
    "capacity that is not paid for": (
        ("prod.py", "BillingMode.PROVISIONED", "BillingMode.PAY_PER_REQUEST"),
        "tables.read_capacity_units must be 0 when billing is per request, got 100",
    ),
    "a zone without Lambda": (
        ("prod.py", '"use1-az4"', '"use1-az3"'),
        "network.availability_zone_ids must be of us-east-1",
    ),
    "more reserved than the account has": (
        ("prod.py", "background_concurrency=50", "background_concurrency=200"),
        "unreserved: 200 + 200 + 200 + 200 + 200 + 200 is 1200, more than 900",
    ),
    "more addresses than the account has": (
        ("prod.py", "elastic_ips=10", "elastic_ips=2"),
        "must be 2 or less: each has an address, 3 are more than 2 (account.elastic_ips)",
    ),
    "dead letters that are gone with the message": (
        ("dev.py", "dead_letter_retention_days=3", "dead_letter_retention_days=1"),
        "queue.dead_letter_retention_days must be more than 1 (platform.queue.dead_letter_days)",
    ),
    "another environment's name": (
        ("prod.py", 'name="prod"', 'name="staging"'),
        "identity.name must be 'prod', after its file, got 'staging'",
    ),
    "a burst below the rate": (
        ("prod.py", "burst_limit=4000", "burst_limit=100"),
        "api.burst_limit must be the rate limit or more (2000), got 100",
    ),
    "a branch": (
        ("prod.py", "memory_mebibytes=2048", "memory_mebibytes=2048 if True else 1"),
        "must hold values only, found IfExp",
    ),
    "arithmetic": (
        ("prod.py", "memory_mebibytes=2048", "memory_mebibytes=2 * 1024"),
        "must hold values only, found BinOp",
    ),
    "an import of anything else": (
        (
            "prod.py",
            "from model.environment import",
            "from os import path\nfrom model.environment import",
        ),
        "must import from model only, imports os",
    ),
    "broken Python": (("prod.py", "ENVIRONMENT = Environment(", "ENVIRONMENT = ("), "must be"),
    "a table that nobody declared": (
        ("platform.py", 'reads_tables=("transactions", "audit")', 'reads_tables=("payments",)'),
        "every table in use must be declared, 'payments' is not",
    ),
    "a queue shorter than its consumer": (
        ("platform.py", "visibility_timeout_seconds=180", "visibility_timeout_seconds=60"),
        "queue.visibility_timeout_seconds must be 180 or more",
    ),
    "a platform's own value out of range": (
        ("platform.py", "zone_count=3", "zone_count=4"),
        "network.zone_count must be 2–3, got 4",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_refused(defect: str, folder: Path, edit: Edit) -> None:
    """Each broken rule names the file and says what must hold and what was found."""
    change, message = DEFECTS[defect]
    edit(*change)
    found = problems(folder)
    assert any(f"envs/payments/{change[0]}" in one and message in one for one in found), found


def test_problems_name_the_line(folder: Path, edit: Edit) -> None:
    """The place of a problem can be opened in an editor."""
    edit("prod.py", "memory_mebibytes=2048", "memory_mebibytes=64")
    lines = (folder / "prod.py").read_text().splitlines()
    number = next(i for i, line in enumerate(lines, 1) if "memory_mebibytes=64" in line)
    assert problems(folder) == [
        f"envs/payments/prod.py:{number}: functions.memory_mebibytes must be 128–10240 MiB, got 64"
    ]


def test_problems_of_all_files_come_at_once(folder: Path, edit: Edit) -> None:
    """One run shows everything there is to mend."""
    edit("dev.py", "memory_mebibytes=512", "memory_mebibytes=1")
    edit("staging.py", "retention_days=90)", "retention_days=91)")
    edit("prod.py", "10.30.0.0/16", "10.10.0.0/16")
    files = {problem.split(":")[0] for problem in problems(folder)}
    assert files == {f"envs/payments/{name}.py" for name in ("dev", "staging", "prod")}


def test_shared_state_is_refused(folder: Path, edit: Edit) -> None:
    """Two environments never keep their state in the same place."""
    for old, new in (
        ("payment-state-prod-345678901234", "payment-state-dev-123456789012"),
    ):  # The lock table stays its own: it is no part of the place.
        edit("prod.py", old, new)
    text = (folder / "prod.py").read_text()
    head, state = text.split("    state=StateLocation(")
    (folder / "prod.py").write_text(
        head + "    state=StateLocation(" + state.replace("us-east-1", "eu-west-1", 1)
    )
    assert any(
        "state must be a place of its own (bucket, key and region), dev has" in one
        for one in problems(folder)
    )


def fix_memory(edit: Edit) -> None:
    """Let the platform fix the memory of functions."""
    fixed = "fixed=Settings(functions=FunctionSettings(memory_mebibytes=512))"
    edit("platform.py", "PLATFORM = Platform(", f"PLATFORM = Platform(\n    {fixed},")
    imported = "from model.platform import Platform"
    edit(
        "platform.py",
        imported,
        f"{imported}\nfrom model.settings import FunctionSettings, Settings",
    )


def test_a_fixed_variation_must_not_be_set(folder: Path, edit: Edit) -> None:
    """What the platform fixes, no environment can change [I4]."""
    fix_memory(edit)
    found = problems(folder)
    assert len(found) == 3
    assert "functions.memory_mebibytes must not be set, payments fixes it at 512" in found[0]


def test_a_fixed_variation_is_filled_in(folder: Path, edit: Edit) -> None:
    """A fixed value is the same everywhere, and no local."""
    fix_memory(edit)
    for file, memory in (("dev.py", 512), ("staging.py", 1024), ("prod.py", 2048)):
        edit(file, f"        memory_mebibytes={memory},\n", "")
    blueprint = Blueprint.load(folder)
    assert {e.functions.memory_mebibytes for e in blueprint.environments} == {512}
    assert "functions.memory_mebibytes" not in blueprint.varying_paths


def test_a_setting_without_its_part_is_refused(folder: Path, edit: Edit) -> None:
    """What drives nothing cannot be set."""
    edit("platform.py", "        AlarmKind.API_4XX,\n", "")
    assert all("alarms.api_4xx_percent must not be set" in one for one in problems(folder))


def test_a_folder_without_platform_is_refused(tmp_path: Path) -> None:
    """A wrong name is told before anything else happens."""
    with pytest.raises(ConfigurationError, match=r"must be the folder of a platform"):
        Blueprint.load(tmp_path)


def test_a_file_without_its_value_is_refused(folder: Path, edit: Edit) -> None:
    """A settings file assigns what it is read for, and the others are checked all the same."""
    edit("dev.py", "ENVIRONMENT = ", "DEVELOPMENT = ")
    edit("prod.py", "memory_mebibytes=2048", "memory_mebibytes=64")
    found = problems(folder)
    assert "envs/payments/dev.py: must assign ENVIRONMENT, does not" in found
    assert any("got 64" in one for one in found)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_worked_out_fulfils_the_rules_too(platform: str) -> None:
    """Keys and regions of earlier environments, say, may be the same."""
    for environment in Blueprint.load(ROOT / "envs" / platform).environments:
        attrs.validate(environment)
        for section in attrs.asdict(environment, recurse=False).values():
            attrs.validate(section)
