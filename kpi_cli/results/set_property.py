"""The set that a workbook carries in its custom document properties: `kpi-set`, and `kpi-set-sha256` as it stood."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.inputs import ZIP_START, InputPath
from kpi_cli.results.xlsx_xml import Budget, Handlers, stream_part
from kpi_cli.results.xml_names import PROPERTIES, VALUES, Attributes, Element, Elements, Texts, name_all

PROPERTY = "kpi-set"
HASH_PROPERTY = "kpi-set-sha256"
REPORT_PROPERTY = "kpi-report"
"""Our exports have it; they name their set too, but not for those who lay them beside results."""
CUSTOM_PART = "docProps/custom.xml"
_MAX_BYTES = 1_000_000
_MAX_LIST = 5_000_000
_LONGEST_TAIL = 65_536 + 22
_MAX_ID = 200
_SHOWN = 60
_UNKNOWN = "?"
"""No id, so that it is refused as one that leads nowhere."""


class SetMark(NamedTuple):
    """The id of a set, and the fingerprint that it had when the workbook was made."""

    id: str
    sha256: str | None = None


def read_set_mark(source: InputPath) -> SetMark | None:
    """The set of a workbook, or None: what is wrong with a file is said when it is read, not here.

    Of an id that is no id the beginning, and `?` where it cannot be read: passed over, another set would be used.
    """
    if source.path is not None and not source.path.is_file():  # a pipe can be read only once
        return None
    try:
        with _open_source(source) as file:
            return _read_archive(file)
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        return None


def _open_source(source: InputPath) -> BinaryIO:
    return io.BytesIO(source.content or b"") if source.path is None else source.path.open("rb")


def _read_archive(file: BinaryIO) -> SetMark | None:
    if file.read(len(ZIP_START)) != ZIP_START or not _has_short_list(file):
        return None
    with zipfile.ZipFile(file) as archive:
        return _read_part(archive) if CUSTOM_PART in archive.namelist() else None


def _has_short_list(file: BinaryIO) -> bool:
    """Whether the list of parts, which zipfile reads whole, is as short as that of any workbook."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - _LONGEST_TAIL, 0))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    return end >= 0 and int.from_bytes(tail[end + 12 : end + 16], "little") <= _MAX_LIST


def _read_part(archive: zipfile.ZipFile) -> SetMark | None:
    with archive.open(CUSTOM_PART) as part:
        data = part.read(_MAX_BYTES + 1)
    properties = _Properties()
    try:
        if len(data) <= _MAX_BYTES:
            stream_part(archive, CUSTOM_PART, properties.handlers, Budget())
            return _find_mark(properties.values)
    except UnreadableError:
        pass
    return SetMark(_UNKNOWN) if PROPERTY.encode() in data.replace(b"\0", b"") else None  # without the zeros of UTF-16


def name_property(element: Element) -> Elements:
    """The part of the custom properties, of which each is `element`."""
    return name_all(PROPERTIES, {"Properties": Element(inside=name_all(PROPERTIES, {"property": element}))})


_KINDS = ("lpwstr", "lpstr", "bstr", "i4", "int", "r8", "bool", "filetime")
_TYPES = Texts(name_all(VALUES, dict.fromkeys(_KINDS, Element(inside=Texts()))))


class _Properties:
    """The texts of the properties, by name; of two with one name the first counts."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._name, self._texts = "", list[str]()
        self.handlers = Handlers(name_property(Element(self._start, self._end, _TYPES)), self._texts)

    def _start(self, attributes: Attributes) -> None:
        self._name = attributes.get("name", "")
        self._texts.clear()

    def _end(self) -> None:
        self.values.setdefault(self._name, "".join(self._texts).strip())


def _find_mark(values: Mapping[str, str]) -> SetMark | None:
    set_id = values.get(PROPERTY)
    if REPORT_PROPERTY in values or not set_id:
        return None
    return SetMark(set_id if len(set_id) <= _MAX_ID else f"{set_id[: _SHOWN - 1]}…", values.get(HASH_PROPERTY) or None)
