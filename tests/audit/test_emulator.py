"""The override for an emulator is all or nothing."""

import json
from pathlib import Path

import pytest

from audit.emulator import OVERRIDE, OVERRIDE_FILE, is_override, place_override


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:4566", "http://localhost:4566"])
def test_it_is_placed_while_calls_go_to_this_machine(
    endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loopback is an emulator."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    place_override(tmp_path)
    assert is_override(tmp_path / OVERRIDE_FILE)


@pytest.mark.parametrize("endpoint", ["", "https://sts.amazonaws.com", "http://127.0.0.1.evil.com"])
def test_it_is_removed_when_calls_go_elsewhere(
    endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left by an emulator never reaches AWS."""
    (tmp_path / OVERRIDE_FILE).write_text(json.dumps(OVERRIDE))
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    place_override(tmp_path)
    assert not (tmp_path / OVERRIDE_FILE).exists()


@pytest.mark.parametrize(
    "text", ["{}", "no json", json.dumps({**OVERRIDE, "resource": {"aws_iam_user": {"x": {}}}})]
)
def test_a_file_that_says_anything_else_is_none(text: str, tmp_path: Path) -> None:
    """The name alone opens no door."""
    (tmp_path / OVERRIDE_FILE).write_text(text)
    assert not is_override(tmp_path / OVERRIDE_FILE)
