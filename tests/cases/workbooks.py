"""Workbooks from YAML, so that what a case holds can be read: `<name>.xlsx.yaml` describes `<name>.xlsx`.

    sheets:
      Team:
        rows: [[อำเภอ, spent], [สตึก, {value: 0.9, format: "0%"}]]
        merged: [A2:A3]
        hidden: true
    properties: {kpi-set: my-agreement}   # custom properties of the document

A Parquet file is the answer to a `query` of DuckDB. A file that only seems to be one is `bytes: d0cf11e0`, in
hexadecimal digits.
"""

from __future__ import annotations

import pathlib
from typing import Any

import openpyxl
import yaml
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet


def is_description(path: pathlib.Path) -> bool:
    """Whether `path` describes a file: `results.xlsx.yaml`, not `draft.yaml`."""
    return path.suffix == ".yaml" and len(path.suffixes) > 1


def write_described(path: pathlib.Path) -> None:
    """Writes the file that `path` describes beside it."""
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "bytes" in described:
        path.with_suffix("").write_bytes(bytes.fromhex(described["bytes"]))
        return
    if "query" in described:
        _write_parquet(path.with_suffix(""), described["query"])
        return
    book = openpyxl.Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for title, sheet in described["sheets"].items():
        _fill_sheet(book.create_sheet(title), sheet)
    for name, value in described.get("properties", {}).items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    book.save(path.with_suffix(""))


def _write_parquet(path: pathlib.Path, query: str) -> None:
    import duckdb

    duckdb.sql(query).write_parquet(str(path))


def _fill_sheet(target: Worksheet, sheet: dict[str, Any]) -> None:
    for number, row in enumerate(sheet["rows"], start=1):
        for column, cell in enumerate(row, start=1):
            described = cell if isinstance(cell, dict) else {"value": cell}
            filled = target.cell(number, column, described["value"])
            if "format" in described:
                filled.number_format = described["format"]
    for merged in sheet.get("merged", ()):
        target.merge_cells(merged)
    target.sheet_state = "hidden" if sheet.get("hidden") else "visible"
