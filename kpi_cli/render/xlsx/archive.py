"""A workbook to the bytes of its file: the same workbook makes the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from kpi_cli.render.xlsx.long_rows import LongRows, insert_rows, number_styles

EPOCH = datetime.datetime(1980, 1, 1)
"""The date of everything inside: the oldest that a zip archive can carry, since a clock would make each file differ."""


def save_book(book: Workbook, tables: Sequence[LongRows] = ()) -> bytes:
    """The file of `book`, with the rows of long tables in their sheets."""
    styles = [number_styles(table) for table in tables]
    saved = io.BytesIO()
    # Not Workbook.save, which stamps the time.
    ExcelWriter(book, zipfile.ZipFile(saved, "w", zipfile.ZIP_STORED)).save()
    long = {table.sheet.path[1:]: (table, numbers) for table, numbers in zip(tables, styles, strict=True)}
    timeless = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            with target.open(_forget_time(name), "w") as part:
                xml = source.read(name)
                part.writelines(insert_rows(xml, *long[name]) if name in long else [xml])
    return timeless.getvalue()


def _forget_time(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
