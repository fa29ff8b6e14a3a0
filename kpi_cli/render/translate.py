"""The two languages: English is the message id, Thai comes from the gettext catalogue in `kpi_cli/locale`.

Words for people are marked where they stand: `say("...")` with a `Translator`, or `mark("...")` for a constant that
is translated later. `tools/catalogue.py` holds the catalogue to these marks.
"""

from __future__ import annotations

import gettext
from functools import cache
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")
CATALOGUE = "kpi"
"""The domain of the catalogue, as gettext calls it."""


def mark(text: str) -> str:
    """`text` as it is, marked as words for people that a `Translator` will be given later."""
    return text


class Translator:
    """Words in one language, their `{placeholders}` filled."""

    def __init__(self, catalogue: gettext.NullTranslations) -> None:
        self._catalogue = catalogue

    def __call__(self, text: str, **params: object) -> str:
        """`text` in this language, filled."""
        # gettext answers "" with the header of its catalogue.
        return self._catalogue.gettext(text).format_map(params) if text else ""

    def count(self, one: str, many: str, *, n: int) -> str:
        """`one` or `many` in this language, as `n` asks for, with `{n}` filled."""
        return self._catalogue.ngettext(one, many, n).format(n=n)

    def template(self, text: str) -> str:
        """`text` in this language with its placeholders still open."""
        return self._catalogue.gettext(text) if text else ""


@cache
def translate(language: Language) -> Translator:
    """The translator into `language`."""
    if language == "en":
        return Translator(gettext.NullTranslations())
    return Translator(gettext.translation(CATALOGUE, find_catalogues(), [language]))


def find_catalogues() -> str:
    """The folder of the catalogues."""
    from importlib import resources  # noqa: PLC0415  # costs as much as Python itself, and English needs none

    return str(resources.files("kpi_cli").joinpath("locale"))
