"""The set that `kpi init` writes: small, commented, sound, in the language of the user."""

from __future__ import annotations

from importlib import resources

from kpi_cli.render.translate import Language


def read_starter(language: Language) -> str:
    """The text of the set."""
    folder = resources.files("kpi_cli").joinpath("render", "starters")
    return folder.joinpath(f"{language}.yaml").read_text(encoding="utf-8")
