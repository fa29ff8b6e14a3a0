"""A headless Chromium for pages that kpi wrote; it talks to nobody, and what a page asks for is written down."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable, Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.needs import need

_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)

OpenPage = Callable[[pathlib.Path], webdriver.Chrome]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = need("chromium")
    service = Service(need("chromedriver"))
    for option in (*_OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_window_size(1280, 900)
    yield driver
    driver.quit()


def list_requests(driver: webdriver.Chrome) -> list[str]:
    """What the page has asked for since the last time, the page itself and data: URLs aside."""
    messages = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    urls = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("file:", "data:"))]


def list_complaints(driver: webdriver.Chrome) -> list[str]:
    """What the console says."""
    return [str(entry["message"]) for entry in driver.get_log("browser")]
