"""The zip archive of a workbook, opened after what can be known of it without unpacking a byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.xlsx_xml import MAX_UNPACKED

MAX_MEMBERS = 20_000
MAX_RATIO = 200
RATIO_FROM = 10_000_000
"""Smaller parts may be as repetitive as they like."""
_ENTRY = b"PK\x01\x02"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How the parts of a workbook may be packed. What Python unpacks of the others is not bounded piece by piece."""


@contextmanager
def open_archive(data: bytes, *, needs: str = "[Content_Types].xml") -> Iterator[zipfile.ZipFile]:
    """The archive of a workbook, which has the part that it `needs`; raises `UnreadableError` where it is none, is
    encrypted, or declares to be a bomb.
    """
    if data.count(_ENTRY) > MAX_MEMBERS:
        raise UnreadableError("too-large", limit=f"{MAX_MEMBERS} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableError("broken-workbook", problem=str(error)) from None
    with archive:
        _check_members(archive.infolist(), needs)
        yield archive


def _check_members(members: Iterable[zipfile.ZipInfo], needs: str) -> None:
    members = list(members)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("encrypted")
    names = {member.filename for member in members}
    _check_kind(names, needs)
    if len(names) < len(members):
        # Programs do not agree which of two counts; nobody is scored by the one that nobody saw.
        raise UnreadableError("broken-workbook", problem="a part is given twice")
    if any(member.compress_type not in _METHODS for member in members):
        raise UnreadableError("broken-workbook", problem="packed in an unusual way")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or any(map(_is_bomb, members)):
        raise UnreadableError("zip-bomb", size=f"{unpacked // 1_000_000} MB")


def _check_kind(names: set[str], needs: str) -> None:
    if "xl/workbook.bin" in names:
        raise UnreadableError("unsupported", suffix=".xlsb")
    if needs not in names or any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableError("not-a-workbook")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1)
