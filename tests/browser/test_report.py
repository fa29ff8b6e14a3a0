"""The report as a browser shows it: it asks nobody for anything, sorts, searches, explains, and obeys no name."""

from __future__ import annotations

import json
import pathlib

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.browser.conftest import list_complaints, list_requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "buriram_fy2564_round1.xlsx"
HOSTILE = (
    "<script>document.title='got'</script>",
    '"><img src=x onerror="document.title=\'got\'">',
    "</script><script>document.title='got'</script>",
    "'; document.title='got'; //",
    "ยาว" * 300,
    "x" * 400,
    "\u202eกลับขวา ممنوع",
    "{{ 7 * 7 }}",
)


def write_report(folder: pathlib.Path, *arguments: str) -> pathlib.Path:
    page = folder / "report.html"
    result = CliRunner().invoke(app, ["score", *arguments, "-o", str(page), "--quiet"])
    assert result.exit_code == 0, result.output
    return page


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return write_report(tmp_path_factory.mktemp("report"), str(EXAMPLE), "--lang", "th")


def show(browser: webdriver.Chrome, page: pathlib.Path, fragment: str = "") -> webdriver.Chrome:
    browser.get("about:blank")  # so that what was logged before is not held against this page
    list_requests(browser), list_complaints(browser)
    browser.get(page.as_uri() + fragment)
    return browser


def names(browser: webdriver.Chrome) -> list[str]:
    """The entities of the first ranking that can be seen, from top to bottom."""
    cells = browser.find_elements(By.CSS_SELECTOR, "table.ranking")[0].find_elements(By.CSS_SELECTOR, "tbody th.name")
    return [cell.text for cell in cells if cell.is_displayed()]


def sort_by(browser: webdriver.Chrome, column: int) -> WebElement:
    table = browser.find_elements(By.CSS_SELECTOR, "table.ranking")[0]
    header = table.find_elements(By.CSS_SELECTOR, "thead tr:last-child th")[column]
    header.find_element(By.TAG_NAME, "button").click()
    return header


def test_it_is_shown_without_a_request_or_a_complaint(browser: webdriver.Chrome, example: pathlib.Path) -> None:
    show(browser, example)
    assert names(browser)[:2] == ["เฉลิมพระเกียรติ", "นางรอง"]
    assert (list_requests(browser), list_complaints(browser)) == ([], [])


def test_columns_sort_both_ways_and_say_so(browser: webdriver.Chrome, example: pathlib.Path) -> None:
    show(browser, example)
    header = sort_by(browser, 2)
    assert (header.get_attribute("aria-sort"), names(browser)[0]) == ("descending", "เฉลิมพระเกียรติ")
    header = sort_by(browser, 2)
    # by the score: who reported nothing has none, and comes before the lowest
    assert (header.get_attribute("aria-sort"), names(browser)[:2]) == ("ascending", ["ชำนิ", "โนนดินแดง"])
    sort_by(browser, 1)
    assert names(browser)[0] == "กระสัง"  # the first in the order of the Thai dictionary
    assert header.get_attribute("aria-sort") is None


def test_a_column_sorts_by_keyboard(browser: webdriver.Chrome, example: pathlib.Path) -> None:
    show(browser, example)
    table = browser.find_elements(By.CSS_SELECTOR, "table.ranking")[0]
    button = table.find_elements(By.CSS_SELECTOR, "thead tr:last-child th")[3].find_element(By.TAG_NAME, "button")
    button.send_keys(Keys.ENTER)
    levels = [
        row.find_elements(By.CSS_SELECTOR, "td[class^=l]") for row in table.find_elements(By.CSS_SELECTOR, "tbody tr")
    ]
    shown = [cells[0].text for cells in levels if cells]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("สตึก", ["สตึก"]), ("buri ram", ["เมืองบุรีรัมย์"]), ("3103", ["กระสัง"]), ("๓๑๐๓", ["กระสัง"]), ("ไม่มีที่นี่", [])],
)
def test_search_finds_by_name_alias_and_code(
    browser: webdriver.Chrome, example: pathlib.Path, typed: str, found: list[str]
) -> None:
    show(browser, example)
    browser.find_element(By.ID, "search").send_keys(typed)
    assert names(browser) == found
    assert str(len(found)) in browser.find_element(By.ID, "found").text


def test_a_name_leads_to_its_explanation(browser: webdriver.Chrome, example: pathlib.Path) -> None:
    show(browser, example)
    browser.find_element(By.LINK_TEXT, "สตึก").click()
    card = browser.find_element(By.CSS_SELECTOR, "details[open]")
    assert card.find_element(By.TAG_NAME, "summary").text.startswith("สตึก")
    assert "buriram_fy2564_round1.xlsx[" in card.text
    # 5 points for one more level of a weight of 25: the smallest step above 95, which it has
    assert "ระดับ 5 เพิ่ม 5.00 คะแนน: plan_achieved > 95" in card.text
    assert list_complaints(browser) == []


def test_hostile_names_stay_text(browser: webdriver.Chrome, tmp_path: pathlib.Path) -> None:
    rows = [{"entity": name, "budget_spent": 85 + number} for number, name in enumerate(HOSTILE)]
    (tmp_path / "results.json").write_text(json.dumps(rows), encoding="utf-8")
    definition = (ROOT / "indicators" / "fy2564_round1.yaml").read_text(encoding="utf-8")
    (tmp_path / "set.yaml").write_text(definition.replace("  roster: rosters/buriram.csv\n", ""), encoding="utf-8")
    page = write_report(tmp_path, str(tmp_path / "results.json"), "--set", str(tmp_path / "set.yaml"), "--lang", "en")
    show(browser, page, "#c2")
    assert browser.title != "got"
    shown = names(browser)
    assert len(shown) == len(HOSTILE)
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[7]} <= set(shown)
    assert "กลับขวา ممنوع" in shown  # without the sign that turns what stands after it
    assert (list_requests(browser), list_complaints(browser)) == ([], [])
    wide = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_never_scrolls_sideways(browser: webdriver.Chrome, example: pathlib.Path, width: int) -> None:
    browser.set_window_size(width, 800)
    try:
        show(browser, example, "#c3")
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.execute_script(script) == 0
    finally:
        browser.set_window_size(1280, 900)


def test_headings_labels_and_tables_can_be_heard(browser: webdriver.Chrome, example: pathlib.Path) -> None:
    show(browser, example)
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "th"
    assert len(browser.find_elements(By.TAG_NAME, "h1")) == 1
    assert browser.find_element(By.ID, "search").accessible_name == "ค้นหา"
    table = browser.find_elements(By.CSS_SELECTOR, "table.ranking")[0]
    scopes = {
        header.get_attribute("scope") for header in table.find_elements(By.CSS_SELECTOR, "thead tr:last-child th")
    }
    assert scopes == {"col"}
    assert all(row.get_attribute("scope") == "row" for row in table.find_elements(By.CSS_SELECTOR, "tbody th"))
