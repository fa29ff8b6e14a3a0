"""A small set with every kind of measure, and the ways in which tests hand it files."""

from __future__ import annotations

import io
import pathlib
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.model import EntityKind, Group, Indicator, IndicatorSet, Level, Measure, Ratio, RosterEntry, Section
from kpi_cli.render.sentences import describe
from kpi_cli.results.inputs import InputPath
from kpi_cli.results.read import Results, read_results
from kpi_cli.rules.ast import Test
from kpi_cli.rules.parser import parse_unary

ROSTER = (
    RosterEntry(code="3101", name="เมืองบุรีรัมย์", name_en="Mueang Buri Ram", aliases=("เมือง",)),
    RosterEntry(code="3104", name="นางรอง", name_en="Nang Rong"),
    RosterEntry(code="3110", name="ลำปลายมาศ"),
    RosterEntry(code="3111", name="สตึก"),
)

BUDGET = {
    "spent": Measure(
        type="percent",
        title="ร้อยละการเบิกจ่าย",
        aliases=("เบิกจ่าย (%)",),
        ratio=Ratio(part="spent_baht", whole="given_baht"),
    ),
    "spent_baht": Measure(type="number", title="เงินที่เบิกจ่าย"),
    "given_baht": Measure(type="number", title="เงินที่ได้รับ"),
}
HOMES = {
    "homes": Measure(
        type="percent",
        title="ร้อยละของครัวเรือน",
        ratio=Ratio(part="homes_done", whole="homes_all"),
        not_applicable="allowed",
    ),
    "homes_done": Measure(type="count", title="ครัวเรือนที่ทำแล้ว"),
    "homes_all": Measure(type="count", title="ครัวเรือนทั้งหมด"),
}
REST = {
    "held": Measure(type="flag", title="จัดประชุมแล้ว"),
    "clips": Measure(type="count", title="จำนวนคลิป", range=(Decimal(0), Decimal(3))),
    "points": Measure(type="number", title="คะแนนประชาสัมพันธ์"),
    "growth": Measure(type="percent", title="รายได้ที่เพิ่มขึ้น", range=(Decimal(-100), Decimal(1000))),
    "grade": Measure(type="choice", title="เกรด", choices=("ดี", "พอใช้")),
}


def make_indicator(name: str, measures: Mapping[str, Measure], tests: Mapping[int, str]) -> Indicator:
    first = next(iter(measures))
    levels = {number: Level(when=Test(first, parse_unary(text))) for number, text in tests.items()}
    return Indicator(id=name, title=name, weight=Decimal(50), measures=measures, levels=levels)


def make_set(roster: tuple[RosterEntry, ...] | None = ROSTER) -> IndicatorSet:
    budget = make_indicator("T1", BUDGET, {1: "< 80", 2: ">= 80", 3: ">= 90"})
    homes = make_indicator("T2.1", HOMES, {1: ">= 50", 2: ">= 100"})
    rest = make_indicator("T3", REST, {1: "true"})
    group = Group(id="T2", title="กลุ่ม", indicators=(homes,))
    entity = EntityKind(title="อำเภอ", aliases=("district",), prefixes=("อำเภอ", "อ."), roster=roster)
    section = Section(id="team", title="รายทีม", indicators=(budget, group, rest))
    return IndicatorSet(kpi=1, id="small", title="ชุดเล็ก", scale=3, entity=entity, sections=(section,))


SMALL = make_set()
OPEN = make_set(roster=None)


def make_inputs(folder: pathlib.Path, files: Mapping[str, bytes]) -> tuple[InputPath, ...]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return tuple(InputPath(folder / name, name) for name in files)


def read_files(folder: pathlib.Path, files: Mapping[str, bytes], definition: IndicatorSet = SMALL) -> Results:
    results = read_results(make_inputs(folder, files), definition)
    for found in results.diagnostics:
        check_sentence(found)
    return results


def check_sentence(found: Diagnostic) -> None:
    """A diagnostic without a sentence, or without a parameter that its sentence needs, is shown by its bare code."""
    message, advice = describe(found, "en")
    assert not message.startswith(f"{found.code}"), found
    assert "None" not in message + advice, found


def read_lines(folder: pathlib.Path, *lines: str, definition: IndicatorSet = SMALL) -> Results:
    return read_files(folder, {"in.csv": "\n".join(lines).encode()}, definition)


def short(found: Diagnostic) -> tuple[str, str]:
    """A diagnostic as (its place inside the file, its code and variant)."""
    place = found.place
    cell = (place.cell or place.file) if isinstance(place, Place) else ""
    inside = cell[cell.index("[") + 1 : -1] if "[" in cell else cell
    return inside, f"{found.code}/{found.variant}" if found.variant else found.code


def summarise(
    results: Results, *, without: Iterable[str] = ("missing-column", "unclaimed-column")
) -> list[tuple[str, str]]:
    return [short(found) for found in results.diagnostics if found.code not in set(without)]


def figures_of(results: Results, name: str) -> dict[str, object]:
    """The values that an entity reported; what is not applicable is "n/a", what is missing is left out."""
    record = next(record for record in results.records if record.entity.name == name)
    said = {key: "n/a" if not figure.applicable else figure.value for key, figure in record.figures.items()}
    return {key: value for key, value in said.items() if value is not None}


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PROPERTIES = ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def make_parts(sheet_data: str, *, formats: Iterable[str] = ()) -> dict[str, str]:
    """The parts of a workbook of one sheet, written by hand: openpyxl cannot store a formula with its value.

    Style 0 is General; style n is the nth of `formats`.
    """
    codes = list(formats)
    numbers = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{_quote(code)}"/>' for n, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + n}" applyNumberFormat="1"/>' for n in range(len(codes)))
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{numbers}</numFmts>'
        f"<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f'<cellXfs><xf numFmtId="0"/>{styles}'
        "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>',
    }


def add_texts(parts: Mapping[str, str], texts: str) -> dict[str, str]:
    """The parts with a list of texts that cells refer to by number."""
    listing = "xl/_rels/workbook.xml.rels"
    relation = f'<Relationship Id="texts" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return {
        **parts,
        listing: parts[listing].replace("</Relationships>", relation),
        "xl/sharedStrings.xml": texts,
    }


def _quote(code: str) -> str:
    return code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def pack(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def header_row(*names: str) -> str:
    return '<row r="1">' + "".join(text_cell(f"{'ABCDEFGH'[n]}1", name) for n, name in enumerate(names)) + "</row>"
