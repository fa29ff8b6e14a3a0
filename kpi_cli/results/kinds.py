"""Which reader a file needs: by its first bytes where they leave no doubt, else by its suffix."""

from __future__ import annotations

from typing import Protocol

from kpi_cli.results.cells import Book, UnreadableError
from kpi_cli.results.inputs import (
    COMPOUND_START,
    ODS_SUFFIX,
    PARQUET_START,
    PARQUET_SUFFIX,
    WORKBOOK_SUFFIXES,
    XLS_SUFFIX,
    ZIP_START,
    InputPath,
    is_markup,
)

_EMPTY_ZIP = b"PK\x05\x06"
# An ods begins with a part that says so, as it is.
_ODS_TYPE, _FIRST_BYTES = b"application/vnd.oasis.opendocument.spreadsheet", 200
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class ReadBook(Protocol):
    """Bytes to a book; `file` is the name that its cells carry."""

    def __call__(self, data: bytes, *, file: str) -> Book:
        """The sheets of `data`."""


def find_reader(source: InputPath, data: bytes) -> ReadBook:
    """The reader for `data`; a reader's module is imported only when it is needed."""
    suffix = "" if source.path is None else source.path.suffix.lower()
    if data.startswith(COMPOUND_START):
        if _ENCRYPTED_STREAM in data:
            raise UnreadableError("encrypted")
        return _take_xls()
    if data.startswith((ZIP_START, _EMPTY_ZIP)):
        return _take_ods() if suffix == ODS_SUFFIX or _ODS_TYPE in data[:_FIRST_BYTES] else _take_xlsx()
    if data.startswith(PARQUET_START) or suffix == PARQUET_SUFFIX:
        return _take_parquet()
    if suffix in WORKBOOK_SUFFIXES | {ODS_SUFFIX, XLS_SUFFIX}:
        raise UnreadableError("web-page" if is_markup(data[:1_024]) else "not-a-workbook")
    return _take_json() if suffix == ".json" or (not suffix and _looks_like_json(data)) else _take_csv()


def _take_xlsx() -> ReadBook:
    from kpi_cli.results.xlsx_file import read_xlsx  # noqa: PLC0415

    return read_xlsx


def _take_ods() -> ReadBook:
    from kpi_cli.results.ods_file import read_ods  # noqa: PLC0415

    return read_ods


def _take_xls() -> ReadBook:
    from kpi_cli.results.xls_file import read_xls  # noqa: PLC0415

    return read_xls


def _take_json() -> ReadBook:
    from kpi_cli.results.json_file import read_json  # noqa: PLC0415

    return read_json


def _take_parquet() -> ReadBook:
    from kpi_cli.results.parquet_file import read_parquet  # noqa: PLC0415

    return read_parquet


def _take_csv() -> ReadBook:
    from kpi_cli.results.csv_file import read_csv  # noqa: PLC0415

    return read_csv


def _looks_like_json(data: bytes) -> bool:
    return data[:64].replace(b"\xef\xbb\xbf", b"").replace(b"\x00", b"").lstrip()[:1] in (b"[", b"{")
