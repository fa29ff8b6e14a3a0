"""What tests need beyond Python: where a program is missing they skip with the reason, or fail if it is required.

KPI_REQUIRE names programs that must be there (`KPI_REQUIRE=libreoffice,chromium`); `.ci/run` installs them and sets it.
"""

from __future__ import annotations

import importlib.util
import os
import pathlib
import shutil
from typing import NoReturn

import pytest

REQUIRED_VARIABLE = "KPI_REQUIRE"
# By name: what is looked for on the path, then where Debian keeps what is not on it (the newest first).
_PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    "libreoffice": (("soffice", "libreoffice"), ""),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), ""),
    "chromedriver": (("chromedriver",), "usr/lib/chromium/chromedriver"),
    "postgresql": (("initdb",), "usr/lib/postgresql/*/bin/initdb"),
    "java": (("java",), ""),
}


def need(program: str) -> str:
    """The path of `program`; skips the test where it is missing, or fails it where KPI_REQUIRE names it."""
    return _find(program) or _do_without(program)


def need_module(name: str) -> None:
    """Skips the test where the Python package `name` is missing, or fails it where KPI_REQUIRE names it."""
    if importlib.util.find_spec(name) is None:
        _do_without(name)


def _do_without(name: str) -> NoReturn:
    required = os.environ.get(REQUIRED_VARIABLE, "").split(",")
    if name in {each.strip() for each in required}:
        pytest.fail(f"{name} is required by {REQUIRED_VARIABLE} and not installed", pytrace=False)
    pytest.skip(f"needs {name}, which is not installed")


def _find(program: str) -> str | None:
    names, pattern = _PLACES[program]
    on_path = next(filter(None, map(shutil.which, names)), None)
    elsewhere = sorted(map(str, pathlib.Path("/").glob(pattern)), reverse=True) if pattern else []
    return on_path or next(iter(elsewhere), None)
