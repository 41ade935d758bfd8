"""Which submodules a program's files name."""

from pathlib import Path

import pytest

from slim_provider.usage import used_submodules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from fake.s3_bucket import A, B", {"s3_bucket"}),
        ("from fake.s3_bucket.deeper import A", {"s3_bucket"}),
        ("from fake import s3_bucket, sqs_queue as q", {"s3_bucket", "sqs_queue"}),
        ("import fake.s3_bucket", {"s3_bucket"}),
        ("import fake.s3_bucket as b", {"s3_bucket"}),
        ("import fake as aws\naws.s3_bucket.A()", {"s3_bucket"}),
        ("import fake\nfake.s3_bucket.A()", {"s3_bucket"}),
        ("import importlib\nimportlib.import_module('fake.s3_bucket')", {"s3_bucket"}),
        ("def f():\n    from fake.s3_bucket import A", {"s3_bucket"}),
        ("if TYPE_CHECKING:\n    from fake.s3_bucket import A", {"s3_bucket"}),
        ("from fakery.s3_bucket import A", set()),
        ("from .fake.s3_bucket import A", set()),
        ("# from fake.s3_bucket import A", set()),
        ("from fake.s3_bucket import (", set()),
        ("from fake.s3_bucket import A\0", set()),
    ],
)
def test_every_way_of_naming_a_submodule(tmp_path: Path, source: str, expected: set[str]) -> None:
    """Imports, attributes and strings count; comments, namesakes and broken files do not."""
    (tmp_path / "a.py").write_text(source, encoding="utf-8")

    assert expected == used_submodules([tmp_path], "fake")


def test_folders_are_read_deeply_and_files_alone(tmp_path: Path) -> None:
    """A package is a folder with all below it, or one file."""
    (tmp_path / "stacks" / "inner").mkdir(parents=True)
    (tmp_path / "stacks" / "inner" / "a.py").write_text("import fake.one", encoding="utf-8")
    (tmp_path / "main.py").write_text("import fake.two", encoding="utf-8")

    assert {"one", "two"} == used_submodules([tmp_path / "stacks", tmp_path / "main.py"], "fake")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A misspelt folder would make the slim package useless."""
    with pytest.raises(FileNotFoundError, match="stakcs does not exist"):
        used_submodules([tmp_path / "stakcs"], "fake")
