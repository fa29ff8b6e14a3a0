from __future__ import annotations

import pytest

from tests import needs


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_find", lambda _program: None)
    monkeypatch.delenv(needs.REQUIRED_VARIABLE, raising=False)


@pytest.mark.usefixtures("nothing_installed")
def test_what_is_missing_skips_with_a_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="needs libreoffice, which is not installed"):
        needs.need("libreoffice")


@pytest.mark.usefixtures("nothing_installed")
def test_what_is_required_may_not_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(needs.REQUIRED_VARIABLE, "chromium, libreoffice")
    with pytest.raises(pytest.fail.Exception, match="libreoffice is required"):
        needs.need("libreoffice")
    with pytest.raises(pytest.skip.Exception):
        needs.need("java")


def test_what_is_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs.shutil, "which", lambda name: f"/bin/{name}" if name == "libreoffice" else None)
    assert needs.need("libreoffice") == "/bin/libreoffice"
