"""The columns of the requirements' table, and one printed line per requirement shown."""

from collections.abc import Callable, Generator

import pytest

from tests.conformance.column import Column
from tests.conftest import PLATFORMS, Synthesis

_LINES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker and make a place for the lines."""
    config.addinivalue_line("markers", "requirement(*ids): the requirements that a test shows")
    config.stash[_LINES] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note what a test has shown, or has not."""
    report = yield
    marker = item.get_closest_marker("requirement")
    if marker and report.when == "call":
        function = getattr(item, "function", None)
        statement = " ".join((function.__doc__ or "").split("\n\n")[0].split())
        verdict = {"passed": "ok    ", "skipped": "absent"}.get(report.outcome, "FAILED")
        where = item.name.partition("[")[2].rstrip("]") or item.path.stem.removeprefix("test_")
        item.config.stash[_LINES].append(
            f"{verdict} {where:9} {' '.join(marker.args):12} {statement}"
        )
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one line per requirement."""
    lines = terminalreporter.config.stash[_LINES]
    if lines:
        terminalreporter.section("requirements")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def column(synthesize: Callable[[str], Synthesis]) -> Callable[[str], Column]:
    """Return the column of a platform."""

    def of(platform: str) -> Column:
        synthesis = synthesize(platform)
        return Column(blueprint=synthesis.blueprint, stacks=synthesis.stacks)

    return of


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what holds for every platform on every platform."""
    if "every" in metafunc.fixturenames:
        metafunc.parametrize("every", PLATFORMS, indirect=True, scope="session")


@pytest.fixture(scope="session")
def every(request: pytest.FixtureRequest, column: Callable[[str], Column]) -> Column:
    """Return each platform's column in turn."""
    return column(request.param)


def _fixture_of(platform: str) -> Callable[..., Column]:
    def one(column: Callable[[str], Column]) -> Column:
        return column(platform)

    return pytest.fixture(scope="session", name=platform)(one)


dynamo = _fixture_of("dynamo")
metered = _fixture_of("metered")
postgres = _fixture_of("postgres")
aurora = _fixture_of("aurora")
graviton = _fixture_of("graviton")
flagship = pytest.fixture(scope="session", name="flagship")(lambda column: column("payments"))
