"""What all sheets of a workbook share: their names and parts, the texts they refer to, the number formats of cells."""

from __future__ import annotations

import posixpath
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.number_format import check_formats
from kpi_cli.results.set_property import CUSTOM_PART, REPORT_PROPERTY, name_property
from kpi_cli.results.xlsx_xml import Budget, Handlers, stream_part
from kpi_cli.results.xml_names import (
    MAIN,
    PACKAGE,
    PASSED_OVER,
    RELATIONS,
    SEPARATOR,
    Attributes,
    Element,
    Elements,
    Once,
    Texts,
    name_all,
)

# The formats that a workbook may use by number alone (ECMA-376, 18.8.30), as far as they show other than General.
_BUILTIN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
    59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
    71: "d/m/yyyy", 72: "d-mmm-yy", 73: "d-mmm", 74: "mmm-yy", 75: "h:mm", 76: "h:mm:ss", 77: "d/m/yyyy h:mm",
    78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0", 81: "d/m/yyyy",
}  # fmt: skip
_BUILTIN_FORMATS |= dict.fromkeys((*range(27, 37), *range(50, 59)), "d/m/yyyy")  # dates of East Asian locales
MAX_SHEETS = 1_000
GENERAL = "General"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK = "xl/workbook.xml"
_RELATION_IDS = tuple(f"{space}{SEPARATOR}id" for space in RELATIONS)

_READ_KINDS = {"officeDocument", "worksheet", "sharedStrings", "styles"}


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it: its title, the part that holds it, whether it is hidden, and its kind.

    The kind is the last word of its relation; empty where that is none of the format.
    """

    title: str
    part: str
    hidden: bool
    kind: str

    @property
    def has_cells(self) -> bool:
        """Whether it is what people call a sheet: no chart, no dialog, no macros on a sheet of their own."""
        return self.kind == "worksheet"


@dataclass(slots=True)
class SharedParts:
    """What cells refer to by number: texts, and the number format of each style."""

    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    epoch_1904: bool = False

    def text(self, index: str) -> str:
        """The shared text with that number; raises `UnreadableError` where there is none."""
        if not index.isdecimal() or int(index) >= len(self.texts):
            raise UnreadableError("broken-workbook", problem=f"shared text {index[:20]}")
        return self.texts[int(index)]

    def number_format(self, style: str) -> str:
        """The number format of a style; General where the workbook does not say."""
        number = int(style) if style.isdecimal() else len(self.formats)
        return self.formats[number] if number < len(self.formats) else GENERAL


class WorkbookParts(NamedTuple):
    """What a workbook is made of."""

    sheets: tuple[SheetPart, ...]
    shared: SharedParts


def read_workbook(archive: zipfile.ZipFile, budget: Budget) -> WorkbookParts:
    """The sheets that a workbook lists, and what their cells share; raises `UnreadableError`."""
    workbook = _find_workbook(archive, budget)
    targets = _read_relations(archive, workbook, budget)
    shared = SharedParts()
    # What no relation leads to, office programs pass over, even where it lies at the usual place.
    texts, styles = _find_only(targets, "sharedStrings"), _find_only(targets, "styles")
    if texts in archive.namelist():
        _read_texts(archive, str(texts), shared, budget)
    if styles in archive.namelist():
        _read_formats(archive, str(styles), shared, budget)
    return WorkbookParts(tuple(_list_sheets(archive, workbook, targets, shared, budget)), shared)


def is_own_report(archive: zipfile.ZipFile, budget: Budget) -> bool:
    """Whether the workbook carries the custom property that our exports have."""
    found: list[Attributes] = []
    if CUSTOM_PART in archive.namelist():
        with suppress(UnreadableError):  # no figure depends on it; what breaks the bounds is refused by the next part
            stream_part(archive, CUSTOM_PART, Handlers(name_property(Element(found.append))), budget)
    return any(attributes.get("name") == REPORT_PROPERTY for attributes in found)


def _list_sheets(
    archive: zipfile.ZipFile,
    workbook: str,
    targets: dict[str, tuple[str, str]],
    shared: SharedParts,
    budget: Budget,
) -> list[SheetPart]:
    """The sheets of all kinds, in the order of the workbook."""
    listed: list[Attributes] = []
    properties, sheets = Once(workbook, "workbookPr"), Once(workbook, "sheets")

    def note_properties(attributes: Attributes) -> None:
        properties.note(attributes)
        shared.epoch_1904 = attributes.get("date1904") in {"1", "true"}

    inside = name_all(
        MAIN,
        {
            "workbookPr": Element(note_properties),
            "sheets": Element(sheets.note, inside=name_all(MAIN, {"sheet": Element(listed.append)})),
        },
    )
    root = name_all(MAIN, {"workbook": Element(inside=inside | PASSED_OVER)})
    stream_part(archive, workbook, Handlers(root), budget)
    if len(listed) > MAX_SHEETS:
        raise UnreadableError("too-much-xml", part=workbook)
    parts = ((item, _find_target(item, targets, workbook)) for item in listed)
    return [
        SheetPart(item.get("name", ""), target, item.get("state", "visible") != "visible", kind)
        for item, (kind, target) in parts
    ]


def _find_target(sheet: Attributes, targets: dict[str, tuple[str, str]], workbook: str) -> tuple[str, str]:
    """Where a sheet leads, which no figure may be lost by; raises `UnreadableError` where that is nowhere."""
    given = [sheet[name] for name in _RELATION_IDS if name in sheet]
    target = targets.get(given[0]) if len(given) == 1 else None  # of two, programs do not agree which counts
    if target is None:
        raise UnreadableError("broken-workbook", problem=f"{workbook}: {sheet.get('name', '')[:60]}")
    return target


def _find_workbook(archive: zipfile.ZipFile, budget: Budget) -> str:
    return _find_only(_read_relations(archive, "", budget), "officeDocument") or _WORKBOOK


def _find_only(targets: dict[str, tuple[str, str]], kind: str) -> str | None:
    """The part of a kind of which there is one; raises `UnreadableError` where it is one of several."""
    found = {target for known, target in targets.values() if known == kind}
    if len(found) > 1:
        raise UnreadableError("broken-workbook", problem=f"{kind}: {len(found)}")
    return next(iter(found), None)


def _read_relations(archive: zipfile.ZipFile, part: str, budget: Budget) -> dict[str, tuple[str, str]]:
    """Relation id -> its kind (the last word of its type) and the part it leads to."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}

    def add(attributes: Attributes) -> None:
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
        space, _, kind = attributes.get("Type", "").rpartition("/")
        number = attributes.get("Id", "")
        if number in relations:
            raise UnreadableError("broken-workbook", problem=f"{listing}: {number[:20]} is given twice")
        known = kind if space in RELATIONS else ""
        if known in _READ_KINDS and attributes.get("TargetMode", "Internal") != "Internal":
            # Other programs would fetch it, or show nothing; what lies at that place within the workbook is not meant.
            raise UnreadableError("broken-workbook", problem=f"{listing}: {number[:20]} leads out of the workbook")
        relations[number] = (known, target)

    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing in archive.namelist():
        inside = name_all(PACKAGE, {"Relationship": Element(add)})
        stream_part(archive, listing, Handlers(name_all(PACKAGE, {"Relationships": Element(inside=inside)})), budget)
    return relations


def _read_formats(archive: zipfile.ZipFile, part: str, shared: SharedParts, budget: Budget) -> None:
    own: dict[str, str] = {}
    formats, styles = Once(part, "numFmts"), Once(part, "cellXfs")

    def add_own(attributes: Attributes) -> None:
        number, code = attributes.get("numFmtId", ""), attributes.get("formatCode", GENERAL)
        if own.setdefault(number, code) != code:  # a percentage for one program, and a fraction for another
            raise UnreadableError("broken-workbook", problem=f"{part}: numFmt {number[:20]} is given twice")
        if styles.seen:  # they were read without it
            raise UnreadableError("broken-workbook", problem=f"{part}: numFmts after cellXfs")

    def add_style(attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "0")
        builtin = _BUILTIN_FORMATS.get(int(number), GENERAL) if number.isdecimal() and len(number) < 6 else GENERAL
        shared.formats.append(own.get(number, builtin))

    inside = name_all(
        MAIN,
        {
            "numFmts": Element(formats.note, inside=name_all(MAIN, {"numFmt": Element(add_own)})),
            "cellXfs": Element(styles.note, inside=name_all(MAIN, {"xf": Element(add_style)})),
        },
    )
    stream_part(archive, part, Handlers(name_all(MAIN, {"styleSheet": Element(inside=inside | PASSED_OVER)})), budget)
    check_formats(part, set(shared.formats))


class TextRuns:
    """The text of a cell, which may be cut into runs of different fonts; readings above Asian text are left out."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.parts: list[str] = []
        self.full = False
        text = name_all(MAIN, {"t": Element(self.begin_text, inside=Texts())})
        self.elements: Elements = text | name_all(MAIN, {"r": Element(self.begin_run, inside=text)})
        """What counts inside of a text: one piece, or runs of one piece each."""

    def begin_run(self, _: Attributes) -> None:
        """A run begins."""
        self.full = False

    def begin_text(self, _: Attributes) -> None:
        """The text of a run, or of all, begins; raises `UnreadableError` where there is one already."""
        if self.full:
            raise UnreadableError("broken-workbook", problem=f"{self.part}: a text is given twice")
        self.full = True

    def take(self) -> str:
        """The whole text, with the characters that Excel stores as `_x000D_`; ready for the next one after it."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        self.full = False
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _read_texts(archive: zipfile.ZipFile, part: str, shared: SharedParts, budget: Budget) -> None:
    runs = TextRuns(part)
    texts = name_all(MAIN, {"si": Element(end=lambda: shared.texts.append(runs.take()), inside=runs.elements)})
    stream_part(archive, part, Handlers(name_all(MAIN, {"sst": Element(inside=texts)}), runs.parts), budget, most=None)
