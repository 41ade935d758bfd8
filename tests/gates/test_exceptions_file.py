"""A suppression needs an address, a rule, a reason and an expiry."""

from pathlib import Path

import pytest

from gates import exceptions_file
from gates.errors import ExceptionsFileError
from gates.exceptions_file import SETTINGS, accepted_drift, suppressions

GOOD = """
[[suppression]]
rule = "CKV_AWS_144"
reason = "Replication to a second region is not asked for."
expires = 2027-06-30
addresses = ["aws_s3_bucket.a", "aws_s3_bucket.b"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty policy folder of the platform `p`."""
    monkeypatch.setattr(exceptions_file, "SETTINGS", tmp_path)
    (tmp_path / "p").mkdir()
    return tmp_path / "p"


def test_one_entry_excuses_each_of_its_addresses(folder: Path) -> None:
    """The same reason for many addresses is written once."""
    (folder / "suppressions.toml").write_text(GOOD)
    assert [one.where for one in suppressions("p")] == ["aws_s3_bucket.a", "aws_s3_bucket.b"]


def test_no_file_excuses_nothing(folder: Path) -> None:
    """Nothing need be written where nothing is suppressed."""
    assert folder.is_dir()
    assert (suppressions("p"), accepted_drift("p")) == ((), ())


@pytest.mark.parametrize("part", ["rule", "reason", "expires", "addresses"])
def test_an_incomplete_excuse_is_no_excuse(part: str, folder: Path) -> None:
    """Each part is needed, and the message says which."""
    lines = [line for line in GOOD.splitlines() if not line.startswith(part)]
    (folder / "suppressions.toml").write_text("\n".join(lines))
    with pytest.raises(ExceptionsFileError):
        suppressions("p")


@pytest.mark.parametrize("platform", [folder.name for folder in SETTINGS.glob("*/")])
def test_the_excuses_of_every_platform_are_complete(platform: str) -> None:
    """The files that are there can be read."""
    assert suppressions(platform) is not None
    assert accepted_drift(platform) is not None
