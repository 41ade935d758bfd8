"""What a user types, and what the exit status says; nothing here needs AWS or Terraform."""

import json

import pytest

from payctl.__main__ import run

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tables from folding."""
    monkeypatch.setenv("COLUMNS", "400")


def test_parity_proves_one_blueprint(capsys: Output) -> None:
    """One digest for each kind of stack, and every variation drives something."""
    assert run(["parity", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {family: len(digests) for family, digests in shown["digests"].items()} == dict.fromkeys(
        shown["digests"], 1
    )
    assert shown["findings"] == []
    memory = next(
        row
        for row in shown["variations"]["payments-*"]
        if row["local"] == "functions_memory_mebibytes"
    )
    assert memory["values"] == {"dev": 512, "staging": 1024, "prod": 2048}
    assert {place["path"] for place in memory["drives"]} >= {"memory_size"}


def test_explain_names_file_and_line(capsys: Output) -> None:
    """A setting is decided in one line of each environment's file."""
    assert run(["explain", "functions.memory_mebibytes", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["local"] == "functions_memory_mebibytes"
    assert shown["reason"]
    for name, where in shown["decided_at"].items():
        file, _, line = where.partition(":")
        assert file == f"envs/payments/{name}.py"
        assert int(line) > 1


def test_explain_follows_an_attribute_to_its_setting(capsys: Output) -> None:
    """An address and an attribute lead to the deciding locals, and to the line that builds it."""
    assert run(["explain", "functions.memory_mebibytes", "--json"]) == 0
    place = json.loads(capsys.readouterr().out)["drives"][0]
    assert run(["explain", place, "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown["locals"] == ["functions_memory_mebibytes"]
    assert shown["values"] == {"dev": 512, "staging": 1024, "prod": 2048}
    assert any(built.startswith("constructs_lib/") for built in shown["built_at"])


def test_explain_says_what_is_similar(capsys: Output) -> None:
    """A typo is answered with what it could have been."""
    assert run(["explain", "functions.memory"]) == 2
    assert "functions.memory_mebibytes" in capsys.readouterr().err


def test_a_manifest_has_every_setting_with_its_place(capsys: Output) -> None:
    """Whoever reads it finds the line that decided a value."""
    assert run(["manifest", "prod", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["environment"] == "prod"
    assert shown["resource_count"] == len(shown["resources"]) > 100
    places = {setting["path"]: setting for setting in shown["settings"]}
    assert places["functions.memory_mebibytes"]["value"] == 2048
    assert places["functions.memory_mebibytes"]["file"] == "envs/payments/prod.py"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["manifest", "production"], "name one of dev, staging, prod"),
        (["parity", "--platform", "nothing"], "must be the folder of a platform"),
        (["parrot"], "payctl --help"),
    ],
)
def test_mistakes_are_answered_with_the_next_step(
    command: list[str], said: str, capsys: Output
) -> None:
    """No traceback, nothing on stdout, and a word about what to do."""
    assert run(command) in (1, 2)
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_no_colour_where_there_is_no_terminal(capsys: Output) -> None:
    """A log file has no escape codes in it."""
    assert run(["parity"]) == 0
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert "SHA-256" in printed.out
