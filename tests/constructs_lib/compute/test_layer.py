"""The layer holds what the functions need, is built once, and is the same bytes each time."""

import subprocess
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from constructs_lib.compute.layer import LOCK, LayerBuildError, layer_zip

REQUIREMENTS = Path(__file__).parents[3] / "functions" / "requirements.txt"
PIN = f"attrs==26.1.0 --hash=sha256:{64 * '0'}"
IN_THE_RUNTIME = {"botocore", "boto3"}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that starts empty."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(params=["3.9", "3.13"])
def python_version(request: pytest.FixtureRequest) -> str:
    """Return each runtime's version."""
    return str(request.param)


def _no_processes(*_: object, **__: object) -> None:
    raise AssertionError("a process was started")


class TestLayerZip:
    """The zip of what we depend on."""

    def test_needs_nothing_once_it_is_cached(
        self, cache: Path, python_version: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second build starts no process and returns the same file."""
        first = layer_zip(REQUIREMENTS, cache=cache, python_version=python_version)
        monkeypatch.setattr(subprocess, "run", _no_processes)
        assert layer_zip(REQUIREMENTS, cache=cache, python_version=python_version) == first

    def test_is_the_same_bytes_in_another_cache(
        self, cache: Path, tmp_path: Path, python_version: str
    ) -> None:
        """Where and when it is built does not matter."""
        first = layer_zip(REQUIREMENTS, cache=cache, python_version=python_version)
        second = layer_zip(REQUIREMENTS, cache=tmp_path, python_version=python_version)
        assert first[1] == second[1]
        assert first[0].read_bytes() == second[0].read_bytes()

    def test_pins_are_complete(self, cache: Path, python_version: str) -> None:
        """Everything that a package in the layer requires is in it, or in the Lambda runtime."""
        path, _ = layer_zip(REQUIREMENTS, cache=cache, python_version=python_version)
        environment = {
            **{name: str(value) for name, value in default_environment().items()},
            "python_version": python_version,
            "python_full_version": f"{python_version}.0",
            "extra": "",
        }
        present, required = set(IN_THE_RUNTIME), set()
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".dist-info/METADATA"):
                    metadata = Parser().parsestr(archive.read(name).decode())
                    present.add(canonicalize_name(metadata["Name"]))
                    for line in metadata.get_all("Requires-Dist") or []:
                        requirement = Requirement(line)
                        if not requirement.marker or requirement.marker.evaluate(environment):
                            required.add(canonicalize_name(requirement.name))
        assert required - present == set()
        assert "aws-lambda-powertools" in present

    def test_holds_native_code_for_its_architecture_only(self, cache: Path) -> None:
        """An arm64 layer has arm64 libraries, an x86_64 layer the other kind."""
        machines = {}
        for architecture in ("arm64", "x86_64"):
            path, _ = layer_zip(REQUIREMENTS, cache=cache, architecture=architecture)
            with zipfile.ZipFile(path) as archive:
                machines[architecture] = {
                    archive.read(name)[18] for name in archive.namelist() if name.endswith(".so")
                }
        assert machines == {"arm64": {183}, "x86_64": {62}}

    def test_keeps_everything_below_python(self, cache: Path) -> None:
        """Lambda puts the layer's folder "python" on the path; scripts have no place there."""
        path, _ = layer_zip(REQUIREMENTS, cache=cache)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {"python"}
        assert "python/aws_lambda_powertools/__init__.py" in names
        assert not [name for name in names if name.endswith((".pyc", "/RECORD"))]

    def test_leaves_boto3_to_the_runtime(self, cache: Path) -> None:
        """boto3 and botocore are not in the layer."""
        path, _ = layer_zip(REQUIREMENTS, cache=cache)
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if name.startswith("python/boto")]

    @pytest.mark.parametrize(
        ("text", "options", "message"),
        [
            ("attrs>=26\n", {}, "lines must be name==version --hash"),
            ("attrs==26.1.0\n", {}, "lines must be name==version --hash"),
            (f"{PIN}\n", {"architecture": "sparc"}, "arm64 or x86_64, got 'sparc'"),
            (f"{PIN}\n", {"python_version": "2.7"}, "such as 3.13, got '2.7'"),
            (f"{PIN}\n", {"python_version": "3.12"}, "must have the hash of the layer"),
        ],
    )
    def test_refuses_what_it_can_not_build(
        self, tmp_path: Path, text: str, options: dict[str, str], message: str
    ) -> None:
        """The error says what must hold and what was found."""
        requirements = tmp_path / "requirements.txt"
        requirements.write_text(text)
        with pytest.raises(LayerBuildError, match=message):
            layer_zip(requirements, cache=tmp_path, **options)

    def test_says_so_when_there_is_no_wheel(self, tmp_path: Path) -> None:
        """A pin that nobody offers is an error that leaves no file behind."""
        requirements = tmp_path / "requirements.txt"
        requirements.write_text(PIN.replace("26.1.0", "0.0.99"))
        requirements.with_name(LOCK).write_text('{"python3.13/arm64": "x"}')
        with pytest.raises(LayerBuildError, match="a wheel for every pin"):
            layer_zip(requirements, cache=tmp_path / "cache")
        assert not (tmp_path / "cache").exists()


class TestStrangersBytes:
    """Nothing but the locked bytes goes into a layer."""

    @pytest.fixture
    def altered(self, tmp_path: Path) -> Path:
        """Return a folder with a wheel that has a pinned name and version, and other code."""
        folder = tmp_path / "wheels"
        folder.mkdir()
        with zipfile.ZipFile(folder / "six-1.17.0-py2.py3-none-any.whl", "w") as wheel:
            wheel.writestr("six.py", "stolen = True")
            wheel.writestr(
                "six-1.17.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: six\nVersion: 1.17.0"
            )
            wheel.writestr("six-1.17.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any")
            wheel.writestr("six-1.17.0.dist-info/RECORD", "")
        return folder

    def test_settings_of_the_shell_have_no_influence(
        self, altered: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An altered wheel that pip is pointed at does not get in."""
        monkeypatch.setenv("PIP_FIND_LINKS", str(altered))
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        built = layer_zip(REQUIREMENTS, cache=tmp_path / "cache")
        assert built[1] == layer_zip(REQUIREMENTS, cache=cache)[1]

    def test_a_wheel_with_another_hash_is_refused(self, tmp_path: Path) -> None:
        """A pin's hash decides which file it is, wherever pip finds it."""
        requirements = tmp_path / "requirements.txt"
        requirements.write_text(f"six==1.17.0 --hash=sha256:{'0' * 64}")
        requirements.with_name(LOCK).write_text('{"python3.13/arm64": "x"}')
        with pytest.raises(LayerBuildError, match="HASHES"):
            layer_zip(requirements, cache=tmp_path / "cache")

    def test_an_altered_layer_in_the_cache_is_built_again(
        self, cache: Path, tmp_path: Path
    ) -> None:
        """What is used is compared with the lock each time."""
        path, sha256 = layer_zip(REQUIREMENTS, cache=cache)
        altered = tmp_path / "layers" / path.name
        altered.parent.mkdir()
        altered.write_bytes(path.read_bytes() + b"stolen")
        assert layer_zip(REQUIREMENTS, cache=tmp_path) == (altered, sha256)
        assert altered.read_bytes() == path.read_bytes()

    def test_a_layer_that_is_not_the_locked_one_is_refused(self, tmp_path: Path) -> None:
        """New pins without a new lock are an error that says what to do."""
        requirements = tmp_path / "requirements.txt"
        requirements.write_text(REQUIREMENTS.read_text())
        requirements.with_name(LOCK).write_text('{"python3.13/arm64": "another"}')
        with pytest.raises(LayerBuildError, match="must have the hash another"):
            layer_zip(requirements, cache=tmp_path / "cache")
        assert list((tmp_path / "cache" / "layers").iterdir()) == []
