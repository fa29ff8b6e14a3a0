"""What all sheets of a workbook share: their names and parts, the texts they refer to, the number formats of cells."""

from __future__ import annotations

import posixpath
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.set_property import CUSTOM_PART, REPORT_PROPERTY
from kpi_cli.results.xlsx_xml import Attributes, Budget, Handlers, stream_part

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
_GENERAL = "General"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK = "xl/workbook.xml"
_USUAL_PARTS = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it: its title, the part that holds it, whether it is hidden."""

    title: str
    part: str
    hidden: bool


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

    def number_format(self, style: str | None) -> str:
        """The number format of a style; General where the workbook does not say."""
        known = style is not None and style.isdecimal() and int(style) < len(self.formats)
        return self.formats[int(style)] if known and style is not None else _GENERAL


class WorkbookParts(NamedTuple):
    """What a workbook is made of."""

    sheets: tuple[SheetPart, ...]
    shared: SharedParts


def read_workbook(archive: zipfile.ZipFile, budget: Budget) -> WorkbookParts:
    """The sheets that a workbook lists, and what their cells share; raises `UnreadableError`."""
    workbook = _find_workbook(archive, budget)
    targets = _read_relations(archive, workbook, budget)
    shared = SharedParts()
    # Where they stand is said by a relation; writers that leave it out put them at the usual place.
    by_kind = _USUAL_PARTS | dict(targets.values())
    if by_kind["sharedStrings"] in archive.namelist():
        _read_texts(archive, by_kind["sharedStrings"], shared, budget)
    if by_kind["styles"] in archive.namelist():
        _read_formats(archive, by_kind["styles"], shared, budget)
    return WorkbookParts(tuple(_list_sheets(archive, workbook, targets, shared, budget)), shared)


def is_own_report(archive: zipfile.ZipFile, budget: Budget) -> bool:
    """Whether the workbook carries the custom property that our exports have."""
    found: list[Attributes] = []
    if CUSTOM_PART in archive.namelist():
        with suppress(UnreadableError):  # no figure depends on it; what breaks the bounds is refused by the next part
            stream_part(archive, CUSTOM_PART, Handlers({"property": found.append}), budget)
    return any(attributes.get("name") == REPORT_PROPERTY for attributes in found)


def _list_sheets(
    archive: zipfile.ZipFile,
    workbook: str,
    targets: dict[str, tuple[str, str]],
    shared: SharedParts,
    budget: Budget,
) -> list[SheetPart]:
    """The worksheets in the order of the workbook; charts on sheets of their own are none."""
    listed: list[Attributes] = []

    def note_epoch(attributes: Attributes) -> None:
        shared.epoch_1904 = attributes.get("date1904") in {"1", "true"}

    stream_part(archive, workbook, Handlers({"sheet": listed.append, "workbookPr": note_epoch}), budget)
    if len(listed) > MAX_SHEETS:
        raise UnreadableError("too-much-xml", part=workbook)
    parts = ((item, targets.get(_relation_id(item))) for item in listed)
    return [
        SheetPart(item.get("name", ""), target[1], item.get("state", "visible") != "visible")
        for item, target in parts
        if target and target[0] == "worksheet"
    ]


def _find_workbook(archive: zipfile.ZipFile, budget: Budget) -> str:
    relations = _read_relations(archive, "", budget).values()
    return next((target for kind, target in relations if kind == "officeDocument"), _WORKBOOK)


def _relation_id(attributes: Attributes) -> str:
    return next((value for name, value in attributes.items() if name == "id" or name.endswith(":id")), "")


def _read_relations(archive: zipfile.ZipFile, part: str, budget: Budget) -> dict[str, tuple[str, str]]:
    """Relation id -> its kind (the last word of its type) and the part it leads to."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}

    def add(attributes: Attributes) -> None:
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
        relations[attributes.get("Id", "")] = (posixpath.basename(attributes.get("Type", "")), target)

    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing in archive.namelist():
        stream_part(archive, listing, Handlers({"Relationship": add}), budget)
    return relations


def _read_formats(archive: zipfile.ZipFile, part: str, shared: SharedParts, budget: Budget) -> None:
    own: dict[str, str] = {}
    in_cells = [False]

    def add_own(attributes: Attributes) -> None:
        own[attributes.get("numFmtId", "")] = attributes.get("formatCode", _GENERAL)

    def add_style(attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "0")
        builtin = _BUILTIN_FORMATS.get(int(number), _GENERAL) if number.isdecimal() and len(number) < 6 else _GENERAL
        if in_cells[0]:
            shared.formats.append(own.get(number, builtin))

    starts = {"numFmt": add_own, "xf": add_style, "cellXfs": lambda _: in_cells.__setitem__(0, True)}
    stream_part(archive, part, Handlers(starts, {"cellXfs": lambda: in_cells.__setitem__(0, False)}), budget)


@dataclass(slots=True)
class TextRuns:
    """The text of a cell, which may be cut into runs of different fonts; readings above Asian text are left out."""

    budget: Budget
    parts: list[str] = field(default_factory=list)
    inside: bool = False
    phonetic: bool = False

    def add(self, text: str) -> None:
        """Takes text where it belongs to the cell."""
        if self.inside:
            self.parts.append(text)
            self.budget.characters += len(text)

    def begin(self, _: Attributes) -> None:
        """A run begins."""
        self.inside = not self.phonetic

    def finish(self) -> None:
        """A run ends."""
        self.inside = False

    def begin_phonetic(self, _: Attributes) -> None:
        """A reading begins."""
        self.phonetic = True

    def finish_phonetic(self) -> None:
        """A reading ends."""
        self.phonetic = False

    def take(self) -> str:
        """The whole text, with the characters that Excel stores as `_x000D_`; ready for the next one after it."""
        text = "".join(self.parts)
        self.parts.clear()
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _read_texts(archive: zipfile.ZipFile, part: str, shared: SharedParts, budget: Budget) -> None:
    runs = TextRuns(budget)
    starts = {"t": runs.begin, "rPh": runs.begin_phonetic}
    ends = {"t": runs.finish, "rPh": runs.finish_phonetic, "si": lambda: shared.texts.append(runs.take())}
    stream_part(archive, part, Handlers(starts, ends, runs.add), budget, most=None)
