"""Settings are of the place they say: the folder, the account, the region, the state."""

from pathlib import Path

import pytest

from model.blueprint import Blueprint
from model.errors import ConfigurationError
from tests.model.conftest import Edit


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the settings in *folder*."""
    with pytest.raises(ConfigurationError) as caught:
        Blueprint.load(folder)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("account", ["１２３４５６７８９０１２", "12345678901٢", "123456789012\n"])
def test_accounts_are_digits_that_aws_knows(folder: Path, edit: Edit, account: str) -> None:
    """Digits of other scripts are no account id, though Python takes them for digits."""
    edit("dev.py", 'account_id="123456789012"', f"account_id={account!r}")
    assert any(
        "identity.account_id must be an account id of 12 digits" in p for p in problems(folder)
    )


def test_an_environment_that_nobody_lists(folder: Path) -> None:
    """A file of an environment that the platform does not name would be ignored."""
    (folder / "uat.py").write_text((folder / "dev.py").read_text())
    assert any(
        p.startswith("envs/payments/uat.py: must be an environment") for p in problems(folder)
    )


def test_a_copied_folder_takes_its_own_name_and_key(folder: Path) -> None:
    """A platform copied from another does not write into the other's state."""
    copy = folder.rename(folder.with_name("refunds"))
    assert any("name must be 'refunds'" in p for p in problems(copy))
    platform = copy / "platform.py"
    platform.write_text(platform.read_text().replace('name="payments"', 'name="refunds"'))
    assert [p.partition(": ")[2] for p in problems(copy)] == [
        "state.key must be 'refunds.tfstate', after the platform, got 'payments.tfstate'"
    ] * 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("role/payments-operator-prod", "role/x"),
        ("arn:aws:iam::345678901234:role/payments-operator", "arn:aws:iam::999999999999:role/x"),
        ("arn:aws:iam::345678901234:role/payments-audit", "arn:aws:iam::123456789012:role/x"),
        ("arn:aws:acm:us-east-1:345678901234", "arn:aws:acm:us-east-1:234567890123"),
        ("arn:aws:acm:us-east-1", "arn:aws:acm:eu-west-1"),
    ],
)
def test_arns_are_of_the_own_account(folder: Path, edit: Edit, old: str, new: str) -> None:
    """A role, key administrator or certificate of another account is none of ours."""
    edit("prod.py", old, new)
    own = new.startswith("role/")
    if own:
        Blueprint.load(folder)
    else:
        assert any(
            "environment's own" in p or "environment's region" in p for p in problems(folder)
        )


def test_a_listed_account_may_be_named(folder: Path, edit: Edit) -> None:
    """An account of no environment that the platform lists may be named in ARNs."""
    edit(
        "prod.py", "arn:aws:iam::345678901234:role/payments-op", "arn:aws:iam::999999999999:role/o"
    )
    edit("platform.py", "    dashboard=True,", '    foreign_account_ids=("999999999999",),')
    Blueprint.load(folder)


@pytest.mark.parametrize("names", ['("dev", "prod", "dev")', "()"])
def test_environments_are_distinct(folder: Path, edit: Edit, names: str) -> None:
    """An environment named twice, or none, is no order of promotion."""
    edit("platform.py", "    dashboard=True,", f"    dashboard=True,\n    environments={names},")
    assert any("environments must be distinct names" in p for p in problems(folder))
