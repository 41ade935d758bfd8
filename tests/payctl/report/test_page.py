"""The page is one file that a person can use: open, filter, search, follow, print."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from payctl.__main__ import run
from payctl.project import Project
from payctl.report.content import content
from payctl.report.page import page
from payctl.selection import Selection

MOST_BYTES = 2_000_000
_BROWSER = "chromium"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The flagship, synthesized."""
    return Project.synthesized(Selection(), output=tmp_path_factory.mktemp("payments"))


@pytest.fixture(scope="module")
def file(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on the disk."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(content(project)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; in CI it must be there."""
    program = shutil.which(_BROWSER)
    if program is None:
        reason = "chromium is not installed: the page is not tried in a browser here"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Page]:
    """The page in a browser; whatever it asks for or complains of fails the test."""
    tab = browser.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    yield tab
    tab.close()
    assert complaints == []
    assert {url.partition("#")[0] for url in asked} == {file.as_uri()}


def test_it_is_small(file: Path) -> None:
    """It can be attached to a mail."""
    assert file.stat().st_size < MOST_BYTES


def test_the_same_inputs_give_the_same_bytes(project: Project, file: Path) -> None:
    """It has no time of its own in it."""
    assert page(content(project)) == file.read_text(encoding="utf-8")


def test_it_has_no_address_in_it_but_sources(file: Path) -> None:
    """Nothing is loaded from anywhere."""
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=\"https?:", text)


def test_differing_settings_can_be_singled_out(opened: Page) -> None:
    """The filter counts what it leaves, and equal values go."""
    rows = opened.locator("#variation-rows tr:visible")
    every = rows.count()
    opened.check("#differing")
    assert 0 < rows.count() < every
    assert opened.locator("#variation-rows tr:visible[data-differs=false]").count() == 0
    assert opened.inner_text("#variation-count") == f"{rows.count()} of {every}"


def test_settings_can_be_filtered_by_kind(opened: Page) -> None:
    """By the kinds that there are."""
    opened.select_option("#kind", "capacity")
    kinds = opened.locator("#variation-rows tr:visible").evaluate_all(
        "rows => [...new Set(rows.map(row => row.dataset.kind))]"
    )
    assert kinds == ["capacity"]


def test_a_difference_is_not_shown_by_colour_alone(opened: Page) -> None:
    """A sign says so too."""
    for text in opened.locator("td.differs").all_inner_texts():
        assert text.startswith("≠")


def test_resources_can_be_searched(opened: Page) -> None:
    """By all words, in the address and in the configuration."""
    opened.fill("#query", "aws_sqs_queue visibility_timeout_seconds")
    found = opened.locator("#resource-rows > details:visible").all_inner_texts()
    assert found
    assert all("aws_sqs_queue" in text for text in found)
    opened.fill("#query", "no such thing")
    assert opened.locator("#resource-rows > details:visible").count() == 0


def test_a_cell_leads_to_its_resource(opened: Page) -> None:
    """Whoever asks what a setting drives gets to the configuration that uses it."""
    row = opened.locator("#local-functions_memory_mebibytes")
    row.locator("summary").click()
    link = row.locator("details a").first
    target = link.get_attribute("href") or ""
    link.click()
    resource = opened.locator(f"[id='{target[1:]}']")
    assert resource.get_attribute("open") is not None
    assert "${local.functions_memory_mebibytes}" in resource.inner_text()


def test_every_link_within_the_page_leads_somewhere(opened: Page) -> None:
    """No anchor is missing."""
    broken = opened.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".map(a => decodeURIComponent(a.hash.slice(1)))"
        ".filter(id => !document.getElementById(id))"
    )
    assert broken == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(browser: Browser, file: Path, scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for text on what is behind it."""
    tab = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(file.as_uri())
    ratios = tab.evaluate(
        """() => {
          const rgb = (name) => {
            const probe = document.createElement('i');
            probe.style.color = getComputedStyle(document.documentElement).getPropertyValue(name);
            document.body.append(probe);
            const found = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
            probe.remove();
            return found;
          };
          const light = (c) => c.map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ratio = (a, b) => {
            const [x, y] = [light(rgb(a)), light(rgb(b))].sort((p, q) => q - p);
            return (x + 0.05) / (y + 0.05);
          };
          return [['--text', '--back'], ['--quiet', '--back'], ['--link', '--back'],
                  ['--text', '--panel'], ['--quiet', '--panel'], ['--text', '--mark'],
                  ['--quiet', '--mark']].map(([a, b]) => [a + b, ratio(a, b)]);
        }"""
    )
    tab.close()
    assert {name: ratio for name, ratio in ratios if ratio < 4.5} == {}


def test_a_narrow_screen_scrolls_tables_only(browser: Browser, file: Path) -> None:
    """At 400 pixels, the page itself is not wider than the screen."""
    tab = browser.new_page(viewport={"width": 400, "height": 800})
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 400
    tab.close()


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one piece, and says where."""
    out = tmp_path / "page.html"
    assert run(["report", "--platform", "graviton", "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out.replace("\n", "")
    assert out.read_text(encoding="utf-8").endswith("</html>\n")
    assert list(tmp_path.iterdir()) == [out]
