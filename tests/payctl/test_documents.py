"""What is generated is what the code says."""

import pytest

from payctl.__main__ import run
from payctl.application import APPLICATION, COMMANDS
from payctl.commands_document import commands_document
from payctl.variations_document import variations_document
from tests.conftest import ROOT


def test_the_help_of_every_command_is_documented() -> None:
    """docs/commands.md is what the commands say of themselves."""
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert commands_document(APPLICATION, COMMANDS) == written


def test_every_approved_variation_is_documented() -> None:
    """docs/variations.md is what the declarations and the settings say."""
    assert variations_document() == (ROOT / "docs" / "variations.md").read_text(encoding="utf-8")


def test_docs_check_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    """`payctl docs --check` is the same test for those without pytest."""
    assert run(["docs", "--check"]) == 0, capsys.readouterr().err
