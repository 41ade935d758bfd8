"""Environments of anybody's Terraform are compared attribute by attribute, against a ledger."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from payctl.__main__ import run
from terraform_parity.__main__ import COULD_NOT_CHECK, FINDINGS, FINE, main


def resource(address: str, values: Mapping[str, Any], **more: object) -> dict[str, Any]:
    """Return a resource as `terraform show -json` has it."""
    return {"address": address, "mode": "managed", "type": "x", "values": dict(values), **more}


def plan(
    *resources: Mapping[str, Any],
    modules: tuple[Mapping[str, Any], ...] = (),
    unknown: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a plan of *resources* and child *modules*; *unknown* is marked by address."""
    return {
        "format_version": "1.2",
        "complete": True,
        "planned_values": {
            "root_module": {"resources": list(resources), "child_modules": list(modules)}
        },
        "resource_changes": [
            {"address": address, "change": {"after_unknown": marks}}
            for address, marks in (unknown or {}).items()
        ],
    }


@pytest.fixture
def compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Compare documents called dev and prod; return the status, and the differences by place."""

    def compared(dev: object, prod: object, *options: str) -> tuple[int, dict[str, Any]]:
        for name, document in (("dev", dev), ("prod", prod)):
            (tmp_path / f"{name}.json").write_text(json.dumps(document))
        files = [str(tmp_path / f"{name}.json") for name in ("dev", "prod")]
        ledger = ["--ledger", str(tmp_path / "approved.toml")]
        status = main([*files, *ledger, "--json", *options])
        found = json.loads(capsys.readouterr().out)
        return status, {
            f"{one['address']} {one['path']}".strip(): one["values"] for one in found["differences"]
        }

    return compared


def test_equal_environments_have_no_difference(compare: Any) -> None:
    """Whatever the order of keys."""
    one = plan(resource("x.a", {"size": 1, "tags": {"a": "1", "b": "2"}}))
    other = plan(resource("x.a", {"tags": {"b": "2", "a": "1"}, "size": 1}))
    assert compare(one, other) == (FINE, {})


def test_a_difference_is_a_finding_with_both_values(compare: Any) -> None:
    """At its address and path, deep inside."""
    dev = plan(resource("x.a", {"rule": [{"ports": [80]}]}))
    prod = plan(resource("x.a", {"rule": [{"ports": [443]}]}))
    assert compare(dev, prod) == (
        FINDINGS,
        {"x.a rule[0].ports[0]": {"dev": "80", "prod": "443"}},
    )


def test_types_count(compare: Any) -> None:
    """The text 1 is not the number 1, and true is not 1."""
    for one, other in ((1, "1"), (True, 1), (None, ""), ([], None)):
        status, found = compare(
            plan(resource("x.a", {"v": one})), plan(resource("x.a", {"v": other}))
        )
        assert (status, list(found)) == (FINDINGS, ["x.a v"])


def test_modules_are_looked_into(compare: Any) -> None:
    """At any depth."""

    def nested(size: int) -> dict[str, Any]:
        inner = {"resources": [resource("module.a.module.b.x.c", {"size": size})]}
        return plan(modules=({"child_modules": [inner]},))

    assert list(compare(nested(1), nested(2))[1]) == ["module.a.module.b.x.c size"]


def test_an_instance_that_only_one_has_is_a_difference(compare: Any) -> None:
    """By count or for_each; the ledger has it without the key."""
    dev = plan(resource('x.a["one"]', {}))
    prod = plan(resource('x.a["one"]', {}), resource('x.a["two"]', {}))
    assert compare(dev, prod) == (
        FINDINGS,
        {'x.a["two"]': {"dev": "(absent)", "prod": "(exists)"}},
    )


def test_the_environments_name_in_a_text_is_no_difference(compare: Any) -> None:
    """As a word; a text that only contains its letters still counts."""
    assert compare(
        plan(resource("x.a", {"name": "pay-dev-queue"})),
        plan(resource("x.a", {"name": "pay-prod-queue"})),
    ) == (FINE, {})
    same = plan(resource("x.a", {"text": "as in dev and prod"}))
    assert compare(same, same) == (FINE, {})
    status, _ = compare(
        plan(resource("x.a", {"name": "development"})),
        plan(resource("x.a", {"name": "production"})),
    )
    assert status == FINDINGS


def test_secrets_are_compared_and_not_shown(compare: Any) -> None:
    """A whole map, or one of its members."""

    def secret(text: str, marks: object) -> dict[str, Any]:
        return plan(
            resource("x.a", {"login": {"password": text}}, sensitive_values={"login": marks})
        )

    for marks, path in ((True, "login"), ({"password": True}, "login.password")):
        assert compare(secret("hunter2", marks), secret("other", marks)) == (
            FINDINGS,
            {f"x.a {path}": {"dev": "(sensitive)", "prod": "(sensitive)"}},
        )
        assert compare(secret("hunter2", marks), secret("hunter2", marks)) == (FINE, {})


def test_what_is_known_in_one_only_is_a_difference(compare: Any) -> None:
    """What is unknown in all of them is equal, also where the plan has no value for it."""
    unknown = plan(resource("x.a", {}), unknown={"x.a": {"arn": True}})
    assert compare(unknown, unknown) == (FINE, {})
    known = plan(resource("x.a", {"arn": "arn:x"}))
    assert compare(unknown, known)[1] == {
        "x.a arn": {"dev": "(known after apply)", "prod": "arn:x"}
    }


def test_a_state_is_compared_like_a_plan(compare: Any) -> None:
    """`terraform show -json` writes both; data sources are left out."""

    def state(size: int) -> dict[str, Any]:
        data = {**resource("data.x.b", {"now": size}), "mode": "data"}
        return {
            "format_version": "1.0",
            "values": {"root_module": {"resources": [resource("x.a", {"size": size}), data]}},
        }

    assert list(compare(state(1), state(2))[1]) == ["x.a size"]


def test_the_first_run_writes_the_ledger(compare: Any, tmp_path: Path) -> None:
    """It then passes, says what is unreviewed, and finds the next difference."""
    dev = plan(resource("x.a[0]", {"rule": [{"port": 1}, {"port": 2}], "size": 1}))
    prod = plan(resource("x.a[0]", {"rule": [{"port": 3}, {"port": 4}], "size": 1}))
    assert compare(dev, prod, "--write")[0] == FINE
    ledger = (tmp_path / "approved.toml").read_text()
    assert 'path = "rule[*].port"' in ledger
    assert ledger.count("[[difference]]") == 1
    assert compare(dev, prod)[0] == FINE
    assert (
        compare(dev, plan(resource("x.a[0]", {"rule": [{"port": 3}, {"port": 4}], "size": 2})))[0]
        == FINDINGS
    )


def test_an_entry_that_nothing_needs_is_a_finding(compare: Any) -> None:
    """A ledger must not approve what may come one day."""
    same = plan(resource("x.a", {"size": 1}))
    assert compare(same, plan(resource("x.a", {"size": 2})), "--write")[0] == FINE
    assert compare(same, same)[0] == FINDINGS


def test_own_values_are_substituted(compare: Any, tmp_path: Path) -> None:
    """Accounts and regions, say, wherever they stand in a text."""
    (tmp_path / "approved.toml").write_text(
        '[[value]]\nname = "account"\nreason = "Each has its own."\n'
        'values = { dev = "111111111111", prod = "222222222222" }\n'
    )
    arn = "arn:aws:iam::{}:role/x"
    assert compare(
        plan(resource("x.a", {"arn": arn.format("111111111111")})),
        plan(resource("x.a", {"arn": arn.format("222222222222")})),
    ) == (FINE, {})


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("no json", "must be readable JSON"),
        ("[]", "must be a JSON object"),
        ("{}", "format_version must begin with 0. or 1., is absent"),
        ('{"format_version": "2.0"}', "is 2.0"),
        ('{"format_version": "1.2", "errored": true}', "it failed or was targeted"),
        ('{"format_version": "1.2", "complete": false}', "it failed or was targeted"),
        ('{"format_version": "1.2"}', "planned_values or values"),
    ],
)
def test_what_cannot_be_read_is_no_silence(
    document: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and which file."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(plan()))
    bad.write_text(document)
    assert main([str(good), str(bad)]) == COULD_NOT_CHECK
    complaint = capsys.readouterr().err
    assert str(bad) in complaint
    assert message in complaint


@pytest.mark.parametrize(
    ("ledger", "message"),
    [
        ("[[difference]]\naddress = 'x'\nkind = 'cost'\n", "reason must be a sentence"),
        ("[[difference]]\naddress = 'x'\nkind = 'whim'\nreason = 'r'\n", "'kind' must be in"),
        ("[[exception]]\n", "must hold"),
        ("[[difference]\n", "readable TOML"),
    ],
)
def test_a_ledger_states_kind_and_reason(
    ledger: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise nothing is compared."""
    for name in ("dev", "prod"):
        (tmp_path / f"{name}.json").write_text(json.dumps(plan()))
    (tmp_path / "approved.toml").write_text(ledger)
    files = [str(tmp_path / "dev.json"), str(tmp_path / "prod.json")]
    assert main([*files, "--ledger", str(tmp_path / "approved.toml")]) == COULD_NOT_CHECK
    assert message in capsys.readouterr().err


def test_a_terminal_of_80_columns_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Long values are wrapped, none is cut."""
    for name in ("dev", "prod"):
        values = {"policy": " ".join([name * 3] * 60)}
        (tmp_path / f"{name}.json").write_text(json.dumps(plan(resource("x.a", values))))
    files = [f"one={tmp_path / 'dev.json'}", f"two={tmp_path / 'prod.json'}"]
    assert main([*files, "--ledger", str(tmp_path / "none.toml")]) == FINDINGS
    printed = capsys.readouterr().out
    body = printed.splitlines()[:-1]
    assert max(map(len, body)) <= 80
    assert printed.count("devdevdev") == 60


def test_payctl_compares_any_plans_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its own word for the ledger."""
    for name, size in (("dev", 1), ("prod", 2)):
        (tmp_path / f"{name}.json").write_text(json.dumps(plan(resource("x.a", {"size": size}))))
    files = [str(tmp_path / "dev.json"), str(tmp_path / "prod.json")]
    ledger = ["--variations", str(tmp_path / "approved.toml")]
    assert run(["parity", "--plans", *files, *ledger]) == FINDINGS
    assert "x.a size" in capsys.readouterr().out
