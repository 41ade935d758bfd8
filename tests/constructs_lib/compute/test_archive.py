"""Zip files are the same bytes for the same contents."""

import base64
import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from constructs_lib.compute.archive import code_zip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small tree of code."""
    root = tmp_path / "functions"
    (root / "b").mkdir(parents=True)
    (root / "b" / "handler.py").write_text("B = 1\n")
    (root / "a.py").write_text("A = 1\n")
    (root / "schema.sql").write_text("select 1;\n")
    return root


class TestCodeZip:
    """The zip of our code."""

    def test_returns_the_hash_that_lambda_reports(self, folder: Path, tmp_path: Path) -> None:
        """The return value is the base64 SHA-256 of the file."""
        out = tmp_path / "out" / "code.zip"
        digest = code_zip(folder, out)
        assert digest == base64.b64encode(hashlib.sha256(out.read_bytes()).digest()).decode()

    def test_ignores_times_caches_and_leftovers(self, folder: Path, tmp_path: Path) -> None:
        """Neither file times nor what Python and editors leave behind change the hash."""
        before = code_zip(folder, tmp_path / "code.zip")
        os.utime(folder / "a.py", (0, 0))
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"x")
        (folder / "a.py~").write_text("old")
        assert code_zip(folder, tmp_path / "code.zip") == before

    def test_changes_with_the_code(self, folder: Path, tmp_path: Path) -> None:
        """One changed character is another hash."""
        before = code_zip(folder, tmp_path / "code.zip")
        (folder / "a.py").write_text("A = 2\n")
        assert code_zip(folder, tmp_path / "code.zip") != before

    def test_keeps_the_name_of_the_folder(self, folder: Path, tmp_path: Path) -> None:
        """Entries are sorted, below the folder's name, and readable by the runtime's user."""
        code_zip(folder, tmp_path / "code.zip")
        with zipfile.ZipFile(tmp_path / "code.zip") as archive:
            entries = archive.infolist()
        assert [entry.filename for entry in entries] == [
            "functions/a.py",
            "functions/b/handler.py",
            "functions/schema.sql",
        ]
        assert {entry.external_attr >> 16 & 0o777 for entry in entries} == {0o644}
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}

    def test_leaves_no_partial_file(self, folder: Path, tmp_path: Path) -> None:
        """Only the finished file is left."""
        code_zip(folder, tmp_path / "out" / "code.zip")
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["code.zip"]
