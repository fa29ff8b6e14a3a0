"""Clean-up of names to print and of figures to read; how headers and names are compared is `model.names`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kpi_cli.model.names import TO_ASCII, fit_together, is_invisible


def clean_name(text: str) -> str:
    """A name as it may be printed: control and zero-width characters dropped, runs of space as one."""
    if text.isprintable():  # as nearly all are, and then nothing in it is invisible, or white but a space
        return " ".join(text.split()) if " " in text else text
    visible = "".join(character for character in text if character.isspace() or not is_invisible(character))
    return " ".join(visible.split())


def clean_names(texts: Sequence[str]) -> Sequence[str]:
    """`clean_name` of each of `texts`: as they stand where nothing in any of them is to be cleaned."""
    if fit_together(texts):
        together = "".join(texts)
        if together.isprintable() and " " not in together:
            return texts
    cleaned = {text: clean_name(text) for text in {*texts}}  # what is equal stays one text
    return [cleaned[text] for text in texts]


def clean_figure(text: str) -> str:
    """The text of a figure in ASCII digits, trimmed; what stands inside it is kept, so that `8 5` is not 85."""
    if text.isascii():  # as nearly all are, and then nothing is to be translated
        return text.strip()
    visible = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return visible.translate(TO_ASCII).strip()
