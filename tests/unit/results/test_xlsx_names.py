"""What stands in a workbook for nobody to see, or twice: no figure is read from it, or none at all."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kpi_cli.results import number_format, xlsx_xml
from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.report_xlsx import read_xlsx_report
from kpi_cli.results.set_property import REPORT_PROPERTY
from kpi_cli.results.xlsx_file import read_xlsx
from tests.unit.results.small_set import MAIN, PROPERTIES, add_texts, check_sentence, make_parts, pack, short

SHEET, WORKBOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
RELATIONS, TEXTS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
FOREIGN = f'xmlns:z="urn:z" xmlns:m="{MAIN}" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="z"'
ROW = '<row r="1"><c r="A1"><v>70</v></c></row>'
CHOICE = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"


def make(data: str, after: str = "") -> dict[str, str]:
    parts = make_parts(data, formats=["0.00", "0%"])
    opened = parts[SHEET].replace("<worksheet ", f"<worksheet {FOREIGN} ")
    return {**parts, SHEET: opened.replace("</worksheet>", f"{after}</worksheet>")}


def read(parts: Mapping[str, str]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows]


def refuse(parts: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(pack(parts), file="f.xlsx")
    return caught.value.variant, caught.value.params


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"><v>70</v></c><z:c r="A1"><z:v>95</z:v></z:c></row>',
        '<row r="1"><c r="A1"><v>70</v></c><z:c r="B1"><v>95</v></z:c></row>',
        '<row r="1"><c r="A1"><v>70<z:v>95</z:v></v></c></row>',
        '<row r="1"><c r="A1"><v>70</v><z:v>95</z:v></c></row>',
        '<row r="1"><c r="A1" z:t="e"><v>70</v></c></row>',
        '<row r="1"><c r="A1"><v>7<z:v><v>95</v></z:v>0</v></c></row>',
        f'{ROW}<z:row r="2"><z:c r="A2"><z:v>95</z:v></z:c></z:row>',
        f'{ROW}<z:row r="2"><c r="A2"><v>95</v></c></z:row>',
        f'{ROW}<row xmlns="urn:z" r="2"><c r="A2"><v>95</v></c></row>',
        f'{ROW}<row xmlns="" r="2"><c r="A2"><v>95</v></c></row>',
        f'{ROW}<z:row xmlns:z="urn:y"/><m:row xmlns:m="urn:z"><m:c><m:v>95</m:v></m:c></m:row>',
        '<row r="1"><c r="A1"><v>70</v><extLst><ext><v>95</v></ext></extLst></c></row>',
        f"{ROW}<c><v>95</v></c><extLst><ext><row><c><v>95</v></c></row></ext></extLst>",
        '<row r="1"><v>9</v><c r="A1"><v>70</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>70</t><rPh><t>95</t></rPh><z:t>95</z:t></is></c></row>',
        '<m:row r="1"><m:c r="A1"><m:v>70</m:v></m:c></m:row>',
    ],
)
def test_only_what_has_its_name_in_the_namespace_of_workbooks_counts(data: str) -> None:
    after = (
        f'<z:mergeCells/><extLst><ext><sheetData xmlns="{MAIN}">{ROW.replace("70", "95")}</sheetData></ext></extLst>'
    )
    assert read(make(data, after)) == [["70"]]


def test_a_prefix_that_is_bound_anew_names_something_else() -> None:
    data = '<m:row r="1" xmlns:m="urn:z"><m:c r="A1"><m:v>95</m:v></m:c></m:row>' + ROW
    assert read(make(data)) == [["70"]]


def test_what_lies_beside_the_sheet_counts_in_its_namespace_only() -> None:
    parts = make('<row r="1"><c r="A1" s="2"><v>0.9</v></c><c r="B1" t="s"><v>0</v></c></row>')
    foreign = f'xmlns:z="urn:z" xmlns:r="{OFFICE}"'
    texts = f'<sst xmlns="{MAIN}" {foreign}><z:si><t>no</t></z:si><si><z:t>no</z:t><t>yes</t></si></sst>'
    parts = add_texts(parts, texts)
    styles = parts[STYLES].replace("<styleSheet ", f"<styleSheet {foreign} ")
    styles = styles.replace("<cellXfs>", "<cellStyleXfs><xf/></cellStyleXfs><cellXfs><z:xf/>")
    parts[STYLES] = styles.replace("<numFmts", '<z:numFmt numFmtId="165" formatCode="0"/><numFmts')
    hidden = f'<z:Relationship xmlns:z="urn:z" Id="rId2" Type="{OFFICE}/worksheet" Target="a.xml"/>'
    other = '<Relationship Id="rId3" Type="urn:z/styles" Target="styles2.xml"/>'
    parts[RELATIONS] = parts[RELATIONS].replace("</Relationships>", f"{hidden}{other}</Relationships>")
    book = parts[WORKBOOK].replace("<workbook ", f"<workbook {FOREIGN} ")
    book = book.replace("<sheets>", '<z:workbookPr date1904="1"/><sheets><z:sheet name="z" r:id="rId1"/>')
    parts[WORKBOOK] = book.replace("r:id", 'z:id="rId9" r:id')
    assert read(parts) == [["90%", "yes"]]
    assert len(read_xlsx(pack(parts), file="f.xlsx").sheets) == 1


@pytest.mark.parametrize(("part", "root"), [(SHEET, "worksheet"), (STYLES, "styleSheet"), (WORKBOOK, "workbook")])
@pytest.mark.parametrize("space", ["urn:z", ""])
def test_a_part_of_another_namespace_is_refused(part: str, root: str, space: str) -> None:
    parts = make(ROW)
    parts[part] = parts[part].replace(f'xmlns="{MAIN}"', f'xmlns="{space}"')
    assert refuse(parts) == ("broken-workbook", {"problem": f"{part}: {root}"})


@pytest.mark.parametrize(
    ("data", "variant", "place"),
    [
        ('<row r="4"><c r="B4"><v>1</v></c><c r="B4"><v>2</v></c></row>', "cell-twice", {"cell": "B4"}),
        ('<row r="4"><c r="B4"><v>1</v></c><c r="A4"/><c><v>2</v></c></row>', "cell-twice", {"cell": "B4"}),
        ('<row r="4"><c r="B4" s="1"/><c r="B4"><v>2</v></c></row>', "cell-twice", {"cell": "B4"}),
        ('<row r="4"><c r="B4"><v>1</v></c></row><row r="4"><c r="C4"><v>2</v></c></row>', "row-twice", {"row": 4}),
        ('<row r="4"/><row r="4"/>', "row-twice", {"row": 4}),
        ('<row r="4"><c r="B4"><v>6</v><v>8</v></c></row>', "value-twice", {"cell": "B4"}),
        ('<row r="4"><c r="B4"><v>6</v><is><t>8</t></is></c></row>', "value-twice", {"cell": "B4"}),
        (
            '<row r="4"><c r="B4" t="inlineStr"><is><t>6</t></is><is><t>8</t></is></c></row>',
            "value-twice",
            {"cell": "B4"},
        ),
        (CHOICE.format(ROW, ROW), "alternatives", {"row": 0}),
        (f'<row r="4">{CHOICE.format("<c/>", "<c/>")}</row>', "alternatives", {"row": 4}),
        (f'<row r="4"><c>{CHOICE.format("<v>1</v>", "<v>2</v>")}</c></row>', "alternatives", {"row": 4}),
        (
            f'<row r="4"><c t="inlineStr"><is>{CHOICE.format("<t>1</t>", "<t>2</t>")}</is></c></row>',
            "alternatives",
            {"row": 4},
        ),
    ],
)
def test_what_is_given_twice_is_refused_by_its_place(data: str, variant: str, place: dict[str, object]) -> None:
    """Programs do not agree which of two counts."""
    assert refuse(make(data)) == (variant, {"sheet": "S", **place})


TWO = '<Relationship Id="rId1" Type="urn:z" Target="a.xml"/></Relationships>'
TEXTS_TWICE = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/sharedStrings" Target="{n}.xml"/>' for n in (7, 8))
STRICT_ID = 'xmlns:q="http://purl.oclc.org/ooxml/officeDocument/relationships" q:id="rId1"'
TEXTS_OUTSIDE = (
    f'<Relationship Id="rId7" Type="{OFFICE}/sharedStrings" TargetMode="External" Target="a.xml"/></Relationships>'
)
OTHER_FORMAT = '<numFmt numFmtId="164" formatCode="0%"/></numFmts>'


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (SHEET, "</sheetData>", "</sheetData><sheetData/>", f"{SHEET}: sheetData is given twice"),
        (SHEET, "sheetData>", "z:sheetData>", f"{SHEET}: sheetData is missing"),
        (SHEET, 'r="A1"', 'r="A2"', f"{SHEET}: cell A2 in row 1"),
        (SHEET, "</row>", '</row><row r="3"/><row r="2"/>', f"{SHEET}: row 2 after row 3"),
        (SHEET, "<c r", "<c t='inlineStr'><is><t>1</t><t>2</t></is></c><c r", f"{SHEET}: a text is given twice"),
        (SHEET, "mc:Ignorable", "mc:ProcessContent", f"{SHEET}: ProcessContent"),
        (WORKBOOK, "</sheets>", "</sheets><sheets/>", f"{WORKBOOK}: sheets is given twice"),
        (WORKBOOK, "<sheets>", "<workbookPr/><workbookPr/><sheets>", f"{WORKBOOK}: workbookPr is given twice"),
        (WORKBOOK, " r:id=", " id=", f"{WORKBOOK}: S"),
        (WORKBOOK, " r:id=", f" {STRICT_ID} r:id=", f"{WORKBOOK}: S"),
        (WORKBOOK, ' r:id="rId1"', f' r:id="rId1" {STRICT_ID}', f"{WORKBOOK}: S"),
        (STYLES, "</cellXfs>", "</cellXfs><cellXfs/>", f"{STYLES}: cellXfs is given twice"),
        (STYLES, "</numFmts>", "</numFmts><numFmts/>", f"{STYLES}: numFmts is given twice"),
        (STYLES, "</numFmts>", OTHER_FORMAT, f"{STYLES}: numFmt 164 is given twice"),
        (STYLES, "<numFmts ", "<cellXfs/><numFmts ", f"{STYLES}: numFmts after cellXfs"),
        (RELATIONS, " Target=", ' TargetMode="External" Target=', f"{RELATIONS}: rId1 leads out of the workbook"),
        (RELATIONS, "</Relationships>", TEXTS_OUTSIDE, f"{RELATIONS}: rId7 leads out of the workbook"),
        (RELATIONS, "</Relationships>", TWO, f"{RELATIONS}: rId1 is given twice"),
        (RELATIONS, "</Relationships>", f"{TEXTS_TWICE}</Relationships>", "sharedStrings: 2"),
    ],
)
def test_what_programs_would_read_in_two_ways_is_refused(part: str, old: str, new: str, problem: str) -> None:
    parts = make(ROW)
    assert old in parts[part]
    read(parts)
    parts[part] = parts[part].replace(old, new)
    assert refuse(parts) == ("broken-workbook", {"problem": problem})


@pytest.mark.parametrize(
    "number",
    ["0", "00000009", "007", "1048577", "2000000", "99999999", "-7", "+7", " 7", "7 ", "7.0", "๗", "²", "x", ""],
)
def test_a_row_that_other_programs_would_show_elsewhere_or_nowhere_is_refused(number: str) -> None:
    assert read(make('<row r="1048576"><c><v>70</v></c></row>')) == [["70"]]
    assert read(make("<row><c><v>70</v></c></row>")) == [["70"]]
    row = f'<row r="{number}"><c><v>70</v></c></row>'
    assert refuse(make(row)) == ("broken-workbook", {"problem": f"{SHEET}: row {number}"})


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("n", "<is><t>70</t></is>", "is of type n"),
        ("s", "<is><t>70</t></is>", "is of type s"),
        ("str", "<is><t>70</t></is>", "is of type str"),
        ("b", "<is/>", "is of type b"),
        ("inlineStr", "<v>70</v>", "v of type inlineStr"),
        ("number", "<v>70</v>", "v of type number"),
        ("N", "<v>70</v>", "v of type N"),
        ("", "<v>70</v>", "v of type "),
    ],
)
def test_a_value_where_the_type_of_its_cell_puts_none_is_refused(kind: str, value: str, problem: str) -> None:
    """One program shows it, and another a blank cell."""
    data = f'<row r="7"><c r="C7" t="{kind}">{value}</c></row>'
    assert refuse(make(data)) == ("broken-workbook", {"problem": f"{SHEET}: cell C7: {problem}"})


@pytest.mark.parametrize("cell", ['<c t="inlineStr"><v> </v></c>', '<c t="inlineStr"/>', '<c t="number"><v/></c>'])
def test_a_blank_value_does_no_harm_wherever_it_stands(cell: str) -> None:
    assert read(make(f"<row>{cell}<c><v>70</v></c></row>")) == [["", "70"]]


def test_no_row_follows_the_last() -> None:
    assert refuse(make('<row r="1048576"/><row/>')) == ("broken-workbook", {"problem": f"{SHEET}: row 1048577"})


@pytest.mark.parametrize("reference", ["", "a7", "A", "7", "A07", "A๗", "$A$7", "A7:B7", " A7", "A7 ", "R7C1", "ABCD7"])
def test_a_cell_without_a_plain_reference_is_refused(reference: str) -> None:
    data = f'<row r="7"><c r="{reference}"><v>70</v></c></row>'
    assert refuse(make(data)) == ("broken-workbook", {"problem": f"cell {reference}"})


def add_sheet(parts: Mapping[str, str], kind: str, state: str = "visible") -> dict[str, str]:
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="worksheets/sheet1.xml"/></Relationships>'
    sheet = f'<sheet name="Final" sheetId="9" state="{state}" r:id="rId9"/></sheets>'
    return {
        **parts,
        WORKBOOK: parts[WORKBOOK].replace("</sheets>", sheet),
        RELATIONS: parts[RELATIONS].replace("</Relationships>", relation),
    }


KINDS = [
    f"{OFFICE}/dialogsheet",
    "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
    "urn:z/worksheet",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_of_another_kind_does_not_vanish(kind: str) -> None:
    """Office programs show the cells of some."""
    book = read_xlsx(pack(add_sheet(make(ROW), kind)), file="f.xlsx")
    assert [short(found) for found in book.diagnostics] == [("Final", "no-header/kind")]
    assert [sheet.title for sheet in book.sheets] == ["S"]
    check_sentence(book.diagnostics[0])


@pytest.mark.parametrize(("kind", "state"), [(f"{OFFICE}/chartsheet", "visible"), (KINDS[0], "hidden")])
def test_of_a_chart_and_of_what_is_hidden_nothing_is_said(kind: str, state: str) -> None:
    assert read_xlsx(pack(add_sheet(make(ROW), kind, state)), file="f.xlsx").diagnostics == ()


@pytest.mark.parametrize("kind", [*KINDS, f"{OFFICE}/chartsheet"])
@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_report_has_no_sheet_of_another_kind(kind: str, state: str) -> None:
    custom = f'<Properties{PROPERTIES}><property name="{REPORT_PROPERTY}"/></Properties>'
    parts = {**make(ROW), "docProps/custom.xml": custom}
    read_xlsx_report(pack(parts), file="f.xlsx")
    with pytest.raises(UnreadableError) as caught:
        read_xlsx_report(pack(add_sheet(parts, kind, state)), file="f.xlsx")
    assert caught.value.params == {"problem": f"{WORKBOOK}: Final is no worksheet"}


def test_what_no_relation_leads_to_is_not_read_wherever_it_lies() -> None:
    parts = make('<row r="1"><c r="A1" s="2"><v>0.9</v></c></row>')
    assert read(parts) == [["90%"]]
    parts[RELATIONS] = parts[RELATIONS].replace("/styles", "/other")
    assert read(parts) == [["0.9"]]
    parts = add_texts(
        make('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>'
    )
    assert read(parts) == [["a"]]
    parts[RELATIONS] = parts[RELATIONS].replace("/sharedStrings", "/other")
    assert refuse(parts) == ("broken-workbook", {"problem": "shared text 0"})


def test_alternatives_in_a_list_of_texts_would_move_those_behind_them() -> None:
    texts = CHOICE.format("<si><t>a</t></si>", "<si><t>b</t></si>")
    parts = add_texts(make(ROW), f'<sst xmlns="{MAIN}" {FOREIGN}>{texts}</sst>')
    assert refuse(parts) == ("broken-workbook", {"problem": f"{TEXTS}: AlternateContent"})


def test_alternatives_about_looks_and_paths_are_passed_over() -> None:
    control = CHOICE.format("<control><anchor><z:row>7</z:row></anchor></control>", "<control/>")
    parts = make(ROW, CHOICE.format(f"<controls><v>1</v>{control}</controls>", "<v>2</v>"))
    parts[WORKBOOK] = parts[WORKBOOK].replace("<workbook ", f"<workbook {FOREIGN} ")
    parts[WORKBOOK] = parts[WORKBOOK].replace("<sheets>", CHOICE.format("<z:absPath/>", "") + "<sheets>")
    assert read(parts) == [["70"]]


@pytest.mark.parametrize("choice", [("", "{}"), ("{}", ""), ("<z:a>{}</z:a>", ""), (CHOICE.format("{}", ""), "")])
@pytest.mark.parametrize("space", [MAIN, STRICT])
@pytest.mark.parametrize(
    ("part", "before", "name"),
    [
        *((SHEET, "<sheetData>", name) for name in ("sheetData", "row", "c", "mergeCells", "mergeCell")),
        *((SHEET, "</worksheet>", name) for name in ("sheetData", "mergeCells")),
        *((WORKBOOK, "<sheets>", name) for name in ("workbookPr", "sheets", "sheet")),
        *((STYLES, "<cellXfs>", name) for name in ("numFmts", "numFmt", "cellXfs", "xf")),
    ],
)
def test_alternatives_that_hold_what_figures_are_read_from_are_refused(
    part: str, before: str, name: str, space: str, choice: tuple[str, str]
) -> None:
    """One program shows them, and another does not."""
    content = CHOICE.format(*choice).format(f'<{name} xmlns="{space}"/>')
    parts = make(ROW)
    root = parts[part][1:].partition(" ")[0]
    parts[part] = parts[part].replace(f"<{root} ", f"<{root} {FOREIGN} ") if part != SHEET else parts[part]
    parts[part] = parts[part].replace(before, content + before)
    assert refuse(parts) == ("broken-workbook", {"problem": f"{part}: {name} in AlternateContent"})


def test_a_format_that_is_given_twice_and_is_the_same_does_no_harm() -> None:
    parts = make('<row r="1"><c r="A1" s="2"><v>0.9</v></c></row>')
    parts[STYLES] = parts[STYLES].replace("</numFmts>", '<numFmt numFmtId="165" formatCode="0%"/></numFmts>')
    assert read(parts) == [["90%"]]


def test_the_name_of_a_namespace_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    read(make(ROW))
    monkeypatch.setattr(xlsx_xml, "MAX_NAMESPACE", 60)
    assert refuse(make(ROW))[0] == "broken-workbook"


def test_prefixes_are_counted_among_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_xml, "MAX_NAMES", 60)
    read(make(ROW))
    prefixes = "".join(f'<z:a xmlns:z{n}="urn:z"/>' for n in range(60))
    assert refuse(make(ROW + prefixes))[0] == "too-much-xml"


def test_the_formats_of_cells_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = make(ROW)
    parts[STYLES] = parts[STYLES].replace('"0.00"', f'"{"0" * 256}"')
    assert refuse(parts) == ("broken-workbook", {"problem": f"{STYLES}: number format of 256 characters"})
    monkeypatch.setattr(number_format, "MAX_FORMATS", 2)
    assert refuse(make(ROW)) == ("broken-workbook", {"problem": f"{STYLES}: 3 different number formats"})
