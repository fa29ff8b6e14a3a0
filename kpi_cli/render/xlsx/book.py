"""The properties of a workbook: who made it, and the set that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.packaging.custom import CustomPropertyList, StringProperty

from kpi_cli.model import IndicatorSet
from kpi_cli.render.xlsx.archive import EPOCH
from kpi_cli.render.xlsx.cells import clean_cell_text


def describe_book(book: Workbook, *, version: str, title: str, properties: Mapping[str, str]) -> None:
    """Who made it, what it is called, and the custom properties by which `kpi` knows it."""
    book.properties.creator = f"kpi {version}"
    book.properties.created = book.properties.modified = EPOCH
    if title:
        book.properties.title = clean_cell_text(title)
    listed: CustomPropertyList[StringProperty] = CustomPropertyList()
    for name, value in properties.items():
        listed.append(StringProperty(name=name, value=value))
    book.custom_doc_props = listed  # type: ignore[attr-defined]  # unknown to the stubs


def name_set(definition: IndicatorSet, sha256: str) -> dict[str, str]:
    """The custom properties that say which set a workbook belongs to, and as it stood then."""
    return {"kpi-set": definition.id, "kpi-set-sha256": sha256}
