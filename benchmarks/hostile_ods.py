"""Workbooks of other programs that mean harm, or look like it: each a function that makes the bytes of one file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable

from districts import PERCENTS

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text"))
_CONTENT = f"<office:document-content{_NAMES}><office:body><office:spreadsheet>"
_CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def _pack(content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _sheet(rows: str) -> bytes:
    return _pack(
        f"{_CONTENT}<table:table>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def repeated_rows() -> bytes:
    return _sheet(f'<table:table-row table:number-rows-repeated="1048576">{_CELL}</table:table-row>')


def repeated_cells() -> bytes:
    cell = _CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    return _sheet(f"<table:table-row>{cell}</table:table-row>" * 1_000)


def repeated_cells_of_repeated_rows() -> bytes:
    cell = _CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    return _sheet(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def empty_repeated_rows() -> bytes:
    row = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    return _sheet(row * 50_000)


def deep_xml() -> bytes:
    return _pack(_CONTENT + "<table:table>" * 700_000)


def zip_bomb() -> bytes:
    return _pack(" " * 60_000_000)


def one_long_paragraph() -> bytes:
    cell = _CELL.replace(">x<", f">{'y' * 9_000_000}<")
    return _sheet(f"<table:table-row>{cell}</table:table-row>")


def every_figure_different() -> bytes:
    numbers = random.Random(1)

    def cells(number: int) -> Iterable[str]:
        yield _CELL.replace(">x<", f">a{number}<")
        for _ in PERCENTS:
            figure = numbers.randrange(200, 9_999) / 100
            value = f'office:value-type="float" office:value="{figure}"'
            yield f"<table:table-cell {value}><text:p>{figure}</text:p></table:table-cell>"

    header = (_CELL.replace(">x<", f">{name}<") for name in ("entity", *PERCENTS))
    rows = (header, *(cells(number) for number in range(12_400)))
    return _sheet("".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows))


def short_repeated_rows() -> bytes:
    """One row under a measure that has two hundred columns, 19,000 times: eight hundred bytes in all."""
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    doubled = cell.format(' table:number-columns-repeated="200"', "budget_spent")
    header = f"<table:table-row>{cell.format('', 'entity')}{doubled}</table:table-row>"
    rows = f'<table:table-row table:number-rows-repeated="19000">{cell.format("", "สตึก")}</table:table-row>'
    return _sheet(header + rows)


ODS = (
    short_repeated_rows,
    *(repeated_rows, repeated_cells, repeated_cells_of_repeated_rows, empty_repeated_rows, deep_xml, zip_bomb),
    *(one_long_paragraph, every_figure_different),
)


def noise() -> bytes:
    """What begins as an .xls does, and goes on at random."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + random.Random(1).randbytes(900_000)


def ones() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 900_000


def zeros() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(900_000)


XLS = (noise, ones, zeros)
