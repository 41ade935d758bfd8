"""Keeping slim packages."""

import json
import os
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest

from slim_provider import cache
from slim_provider.cache import entry_for
from slim_provider.installed import InstalledProvider

USED = frozenset({"big_bucket"})


def contents(entry: Path) -> dict[str, str]:
    """Return the files of a slim package's assembly."""
    with tarfile.open(entry / "_jsii" / "fake@1.0.0.jsii.tgz") as tarball:
        files = {member.name: tarball.extractfile(member) for member in tarball}
        return {name: file.read().decode() for name, file in files.items() if file}


def test_an_entry_holds_the_used_submodules(provider: InstalledProvider, tmp_path: Path) -> None:
    """Their types and scripts, those they refer to, and nothing of the others."""
    files = contents(entry_for(provider, USED, tmp_path / "cache"))

    assert files.keys() == {
        "package/.jsii",
        "package/package.json",
        "package/lib/index.js",
        "package/lib/big-bucket/index.js",
        "package/lib/shared/index.js",
    }
    assert files["package/lib/shared/index.js"] == "exports.name = 'shared';\n"
    assert "queue" not in str(list(json.loads(files["package/.jsii"])["types"]))


def test_a_second_call_builds_nothing(
    provider: InstalledProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry is used as it is."""
    first = entry_for(provider, USED, tmp_path / "cache")
    monkeypatch.setattr("slim_provider.build.build", None)

    assert first == entry_for(provider, USED, tmp_path / "cache")


def test_builders_at_the_same_time_agree(provider: InstalledProvider, tmp_path: Path) -> None:
    """One of them wins and no draft is left."""
    with ThreadPoolExecutor(8) as pool:
        entries = set(
            pool.map(lambda _: entry_for(provider, USED, tmp_path / "cache"), range(8)),
        )

    assert entries == set((tmp_path / "cache").iterdir())
    assert len(entries) == 1


def test_an_entry_that_lost_files_is_built_again(
    provider: InstalledProvider, tmp_path: Path
) -> None:
    """Something tidied the cache."""
    entry = entry_for(provider, USED, tmp_path / "cache")
    (entry / "_jsii" / "fake@1.0.0.jsii.tgz").unlink()

    assert contents(entry_for(provider, USED, tmp_path / "cache"))


def test_a_failed_build_leaves_nothing(provider: InstalledProvider, tmp_path: Path) -> None:
    """A half-built package is never seen."""
    provider.tarball.write_bytes(b"no tarball")
    with pytest.raises((tarfile.TarError, OSError)):
        entry_for(provider, USED, tmp_path / "cache")

    assert list((tmp_path / "cache").iterdir()) == []


class TestKey:
    """When an entry may not be used."""

    def test_depends_on_the_used_set_not_its_order(self, provider: InstalledProvider) -> None:
        """Sets have no order."""
        assert cache.key(provider, frozenset("abc")) == cache.key(provider, frozenset("cba"))
        assert cache.key(provider, frozenset("abc")) != cache.key(provider, frozenset("ab"))

    def test_depends_on_the_provider(self, provider: InstalledProvider) -> None:
        """Its version, and the place, size and time of its assembly."""
        before = cache.key(provider, USED)
        os.utime(provider.tarball, (1, 1))
        touched = cache.key(provider, USED)
        with provider.tarball.open("ab") as file:
            file.write(b"x")
        os.utime(provider.tarball, (1, 1))
        grown = cache.key(provider, USED)
        moved = provider.tarball.rename(provider.tarball.with_name("moved.tgz"))
        elsewhere = cache.key(attrs.evolve(provider, tarball=moved), USED)
        newer = cache.key(attrs.evolve(provider, tarball=moved, version="1.0.1"), USED)

        assert len({before, touched, grown, elsewhere, newer}) == 5

    def test_depends_on_jsii_and_the_format(
        self, provider: InstalledProvider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another jsii may read other things."""
        before = cache.key(provider, USED)
        monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
        formatted = cache.key(provider, USED)
        monkeypatch.setattr("importlib.metadata.version", lambda _: "2.0.0")

        assert len({before, formatted, cache.key(provider, USED)}) == 3


def test_only_the_latest_entries_stay(tmp_path: Path) -> None:
    """Old ones go, however they came about; the one in use stays whatever its age."""
    for age in range(cache.KEPT_ENTRIES + 3):
        (tmp_path / f"{age:02}").mkdir()
        os.utime(tmp_path / f"{age:02}", (1000 - age, 1000 - age))

    cache.prune(tmp_path, keep=tmp_path / "10")

    expected = [f"{age:02}" for age in range(cache.KEPT_ENTRIES)] + ["10"]
    assert expected == sorted(path.name for path in tmp_path.iterdir())
