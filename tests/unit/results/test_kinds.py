"""Which reader a file gets: its first bytes decide where they leave no doubt, else its suffix."""

from __future__ import annotations

import pathlib

import pytest

from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.inputs import InputPath
from kpi_cli.results.kinds import find_reader

ZIP, EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MARK = b"\xef\xbb\xbf"


def name(shown: str) -> InputPath:
    """A file of this name; without one it is standard input."""
    return InputPath(pathlib.Path(shown) if shown else None, shown or "-")


@pytest.mark.parametrize(
    ("shown", "data", "reader"),
    [
        ("a.xlsx", ZIP, "read_xlsx"),
        ("a.csv", ZIP, "read_xlsx"),
        ("", ZIP, "read_xlsx"),
        ("a.xlsx", EMPTY_ZIP, "read_xlsx"),
        ("a.ods", ZIP, "read_ods"),
        ("a.ODS", ZIP, "read_ods"),
        ("a.xlsx", ZIP + b"?" * 26 + b"mimetype" + ODS_TYPE, "read_ods"),
        ("", ZIP + b"?" * (196 - len(ODS_TYPE)) + ODS_TYPE, "read_ods"),
        ("", ZIP + b"?" * (197 - len(ODS_TYPE)) + ODS_TYPE, "read_xlsx"),
        ("a.xls", COMPOUND, "read_xls"),
        ("", COMPOUND, "read_xls"),
        ("a.parquet", b"PAR1", "read_parquet"),
        ("a.PARQUET", b"no parquet", "read_parquet"),
        ("a.csv", b"PAR1", "read_parquet"),
        ("a.json", b"anything", "read_json"),
        ("a.csv", b"[1]", "read_csv"),
        ("a.txt", b"{}", "read_csv"),
        ("a.csv", b"", "read_csv"),
        # without a suffix what looks like json is
        ("", b"[1]", "read_json"),
        ("a", b"{}", "read_json"),
        ("", MARK + b" \n[", "read_json"),
        ("", "\n{".encode("utf-16-le"), "read_json"),
        ("", b" " * 63 + b"[", "read_json"),
        ("", b" " * 64 + b"[", "read_csv"),
        ("", b"entity,a\n", "read_csv"),
        ("", b"", "read_csv"),
    ],
)
def test_find_reader(shown: str, data: bytes, reader: str) -> None:
    found = find_reader(name(shown), data)
    assert getattr(found, "__name__", "") == reader


@pytest.mark.parametrize(
    ("shown", "data", "variant"),
    [
        ("a.xlsx", COMPOUND + b"?" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xlsx", b"entity,a\n", "not-a-workbook"),
        ("a.XLSM", b"", "not-a-workbook"),
        ("a.ods", b"{}", "not-a-workbook"),
        ("a.xls", b"entity,a\n", "not-a-workbook"),
        ("a.xls", b"<html>", "web-page"),
        ("a.xlsx", MARK + b" <?xml", "web-page"),
        ("a.xls", b" " * 1_023 + b"<", "web-page"),
        ("a.xls", b" " * 1_024 + b"<", "not-a-workbook"),
    ],
)
def test_what_no_reader_takes(shown: str, data: bytes, variant: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        find_reader(name(shown), data)
    assert caught.value.variant == variant
