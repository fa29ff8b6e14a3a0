"""A template filled in, recalculated by LibreOffice, and read back: what the sheet shows beside what kpi scores."""

from __future__ import annotations

import io
import pathlib
import subprocess
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

import openpyxl

from kpi_cli.model import IndicatorSet
from kpi_cli.render.template_file import Part, render_template
from kpi_cli.rules.values import Value
from tests.needs import need

Shown: TypeAlias = dict[str, object]
"""What stands in a row of a sheet: id -> value."""
Typed: TypeAlias = Value | str | None


def recalculate(data: bytes, folder: pathlib.Path, *, name: str = "book.xlsx") -> pathlib.Path:
    """The workbook as LibreOffice saves it, every formula worked out; each run has a profile of its own."""
    source, target = folder / "in" / name, folder / "out"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source)]
    run = subprocess.run([need("libreoffice"), profile, *convert], capture_output=True, text=True, timeout=300)
    assert (target / name).is_file(), run.stdout + run.stderr
    return target / name


def fill_template(definition: IndicatorSet, rows: Iterable[Mapping[str, Typed]]) -> bytes:
    """The template of `definition`, with the figures of `rows` in the rows of its roster."""
    parts = tuple(Part(section, tuple(section)) for section in definition.sections)
    book = openpyxl.load_workbook(io.BytesIO(render_template(definition, parts, "en", version="test").data))
    listed = list(rows)
    for sheet in book.worksheets[: len(definition.sections)]:
        header = find_id_row(sheet)
        columns = {cell.value: cell.column for cell in sheet[header] if cell.value}
        for number, row in enumerate(listed, start=header + 1):
            for name in columns.keys() & row.keys():
                sheet.cell(number, columns[name]).value = _as_typed(row[name])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _as_typed(value: Typed) -> object:
    return value if isinstance(value, bool | str | None) else float(value)


def find_id_row(sheet: object) -> int:
    """The row of ids of a template's sheet."""
    return next(row[1].row for row in sheet.iter_rows(max_row=20) if row[1].value == "entity")  # type: ignore[attr-defined]


def read_shown(path: pathlib.Path, sections: int) -> list[dict[str, Shown]]:
    """For each of the first sheets: entity -> what stands in its row, as the program that saved it worked it out."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [_read_sheet(sheet) for sheet in book.worksheets[:sections]]


def _read_sheet(sheet: object) -> dict[str, Shown]:
    header = find_id_row(sheet)
    ids = [cell.value for cell in sheet[header]]  # type: ignore[index]
    rows = sheet.iter_rows(min_row=header + 1, values_only=True)  # type: ignore[attr-defined]
    shown = (dict(zip(ids, row, strict=False)) for row in rows)
    return {str(row["entity"]): row for row in shown if row["entity"]}


def as_shown(number: Fraction | None) -> float | None:
    """A score as a sheet has it: the nearest number with ten decimals."""
    return None if number is None else round(float(number), 10)
