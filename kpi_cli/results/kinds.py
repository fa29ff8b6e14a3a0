"""Which reader a file needs: by its first bytes where they leave no doubt, else by its suffix."""

from __future__ import annotations

from typing import Protocol

from kpi_cli.results.cells import Book, UnreadableError
from kpi_cli.results.inputs import WORKBOOK_SUFFIXES, ZIP_START, InputPath, is_markup

_EMPTY_ZIP = b"PK\x05\x06"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of .xls, and of an .xlsx under a password
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class ReadBook(Protocol):
    """Bytes to a book; `file` is the name that its cells carry."""

    def __call__(self, data: bytes, *, file: str) -> Book:
        """The sheets of `data`."""


def find_reader(source: InputPath, data: bytes) -> ReadBook:
    """The reader for `data`; a reader's module is imported only when it is needed."""
    suffix = "" if source.path is None else source.path.suffix.lower()
    if data.startswith(_COMPOUND):
        raise UnreadableError("encrypted" if _ENCRYPTED_STREAM in data else "old-xls")
    if data.startswith((ZIP_START, _EMPTY_ZIP)):
        return _take_xlsx()
    if suffix in WORKBOOK_SUFFIXES:
        raise UnreadableError("web-page" if is_markup(data[:1_024]) else "not-a-workbook")
    return _take_json() if suffix == ".json" or (not suffix and _looks_like_json(data)) else _take_csv()


def _take_xlsx() -> ReadBook:
    from kpi_cli.results.xlsx_file import read_xlsx  # noqa: PLC0415

    return read_xlsx


def _take_json() -> ReadBook:
    from kpi_cli.results.json_file import read_json  # noqa: PLC0415

    return read_json


def _take_csv() -> ReadBook:
    from kpi_cli.results.csv_file import read_csv  # noqa: PLC0415

    return read_csv


def _looks_like_json(data: bytes) -> bool:
    return data[:64].replace(b"\xef\xbb\xbf", b"").replace(b"\x00", b"").lstrip()[:1] in (b"[", b"{")
