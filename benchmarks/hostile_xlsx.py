"""Workbooks that mean harm, or look like it: each a function that makes the bytes of one file."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping

from districts import FIGURES, MAIN, OFFICE, PACKAGE, PERCENTS, workbook_parts

SHEET = "xl/worksheets/sheet1.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_HEADER = ("entity", *FIGURES)
_HUGE = 60_000_000
_ROW = "<row><c><v>1</v></c></row>"
_WORKSHEET = f'<worksheet xmlns="{MAIN}">'


def _list_parts() -> dict[str, str]:
    """The parts of a workbook but for its sheet, and relations to texts and styles: what none leads to is not read."""
    parts = workbook_parts()
    usual = (("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))
    relations = "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{part}"/>' for kind, part in usual)
    return {**parts, _RELATIONS: parts[_RELATIONS].replace("</Relationships>", f"{relations}</Relationships>")}


def _sheet(rows: str, after: str = "") -> str:
    return f"{_WORKSHEET}<sheetData>{rows}</sheetData>{after}</worksheet>"


def _pack(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _book(rows: str = _ROW, after: str = "", **parts: str | bytes) -> bytes:
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return _pack({**_list_parts(), SHEET: _sheet(rows, after), **named})


def _with(part: str, content: str | bytes) -> bytes:
    return _pack({**_list_parts(), SHEET: _sheet(_ROW), part: content})


def _text(column: str, text: str) -> str:
    return f'<c r="{column}" t="inlineStr"><is><t>{text}</t></is></c>'


def _header_row(names: Iterable[str] = _HEADER) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in names) + "</row>"


# XML that grows, or never ends


def entity_expansion() -> bytes:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return _with(SHEET, f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>' + _sheet("<row><c><v>&a9;</v></c></row>"))


def external_entity() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return _with(SHEET, declared + _sheet('<row><c t="str"><v>&a;</v></c></row>'))


def deep_xml() -> bytes:
    return _with(SHEET, _WORKSHEET + "<a>" * 3_000_000)


def endless_attribute() -> bytes:
    return _with(SHEET, f'<worksheet xmlns="{MAIN}" x="{"y" * 9_900_000}"/>')


def many_attributes() -> bytes:
    return _with(SHEET, f'<worksheet xmlns="{MAIN}" ' + " ".join(f'a{n}=""' for n in range(900_000)) + "/>")


def endless_comment() -> bytes:
    return _with(SHEET, f"{_WORKSHEET}<!--{'y' * 9_900_000}--></worksheet>")


def many_names() -> bytes:
    return _with(SHEET, _WORKSHEET + "".join(f"<a{n:x}/>" for n in range(900_000)) + "</worksheet>")


def long_namespace() -> bytes:
    """A name of a million characters, which would be part of the name of every element in it."""
    return _with(SHEET, f'<a:worksheet xmlns:a="{"y" * 1_000_000}">' + "<a:c/>" * 300_000 + "</a:worksheet>")


def many_prefixes() -> bytes:
    return _with(SHEET, _WORKSHEET + "".join(f'<c xmlns:a{n:x}="b"/>' for n in range(400_000)) + "</worksheet>")


def unknown_encoding() -> bytes:
    return _with(SHEET, '<?xml version="1.0" encoding="nonsense"?>' + _sheet(_ROW))


def codec_that_is_none() -> bytes:
    return _with(SHEET, '<?xml version="1.0" encoding="zlib"?>' + _sheet(_ROW))


# Zip archives


def zip_bomb() -> bytes:
    return _with(SHEET, " " * _HUGE)


def zip_bomb_beside() -> bytes:
    return _with("xl/media/image1.png", bytes(_HUGE))


def zip_bomb_in_small_parts() -> bytes:
    return _pack({**_list_parts(), **{f"xl/media/{n}.png": bytes(9_000_000) for n in range(30)}})


def zip_in_zip() -> bytes:
    inner = _pack({"a": bytes(9_000_000)})
    return _with("xl/embeddings/inner.zip", _pack({f"{n}.zip": inner for n in range(100)}))


def lying_sizes() -> bytes:
    """Both headers say that the sheet is 1,000 bytes long; it is 60 million."""
    data = bytearray(zip_bomb())
    for place in (index for index in range(len(data) - 26) if data[index : index + 4] in (b"PK\1\2", b"PK\3\4")):
        start = place + (24 if data[place + 2] == 1 else 22)
        if struct.unpack_from("<I", data, start)[0] == _HUGE:
            struct.pack_into("<I", data, start, 1_000)
    return bytes(data)


def overlapping_parts() -> bytes:
    """A thousand entries of the list that all lead to one part of nine million bytes."""
    data = _with(SHEET, " " * 9_000_000)
    end = data.rindex(b"PK\5\6")
    count, _, start = struct.unpack_from("<HII", data, end + 10)
    one = data[data.rindex(b"PK\1\2") : end]
    listed = data[start:end] + one * 1_000
    closing = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count + 1_000, count + 1_000, len(listed), start, 0)
    return data[:start] + listed + closing


def part_given_twice() -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in (*_list_parts().items(), (SHEET, _sheet(_ROW)), (SHEET, _sheet(_ROW * 2))):
            archive.writestr(name, content)
    return file.getvalue()


def names_that_climb() -> bytes:
    return _with("../../../../tmp/climbed.xml", "x")


def many_parts() -> bytes:
    return _pack({**_list_parts(), SHEET: _sheet(_ROW), **{str(n): "" for n in range(20_001)}}, zipfile.ZIP_STORED)


def lzma_part() -> bytes:
    return _pack({**_list_parts(), SHEET: _sheet(_ROW) + " " * 9_000_000}, zipfile.ZIP_LZMA)


def bzip2_part() -> bytes:
    return _pack({**_list_parts(), SHEET: _sheet(_ROW) + " " * 9_000_000}, zipfile.ZIP_BZIP2)


def truncated() -> bytes:
    return _book()[:-40]


def encrypted() -> bytes:
    """The container in which Excel puts a workbook under a password, as far as it matters here."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(4_000)


# Parts that lie about what they are


def no_sheets() -> bytes:
    return _with("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>')


def wrong_content_types() -> bytes:
    return _with("[Content_Types].xml", '<Types><Default Extension="xml" ContentType="image/png"/></Types>')


def sheet_elsewhere() -> bytes:
    leads = 'TargetMode="External" Target="http://127.0.0.1:9/a.xml"'
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" {leads}/>'
    listing = f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
    return _with(_RELATIONS, listing)


def external_links() -> bytes:
    link = '<externalLink><externalBook id="rId1"/></externalLink>'
    return _book(_header_row() + "<row><c><f>[1]S!A1</f></c></row>", xl__externalLinks__externalLink1_dot_xml=link)


def macros() -> bytes:
    return _book(xl__vbaProject_dot_bin=bytes(100_000))


# More than anyone can read


def empty_rows() -> bytes:
    return _book("".join(f'<row r="{n}" ht="15" customHeight="1"/>' for n in range(1, 230_000)))


def empty_rows_a_million() -> bytes:
    return _book("<row/>" * 800_000)


def empty_cells() -> bytes:
    return _book("<row>" + "<c/>" * 2_400_000 + "</row>")


def last_column() -> bytes:
    return _book("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 100_000)))


def short_rows() -> bytes:
    return _book(_ROW * 380_000)


def filled_cells() -> bytes:
    return _book(("<row>" + "<c><v>1</v></c>" * 1_000 + "</row>") * 149)


def different_numbers() -> bytes:
    return _book(_rows_of(lambda n: (f"<c><v>{n}.{m}</v></c>" for m in range(40)), 13_000))


def merged_cells() -> bytes:
    return _book(after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 300_000 + "</mergeCells>")


def one_sheet_many_times() -> bytes:
    listed = '<sheet name="a" r:id="rId1"/>' * 300_000
    return _with("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>')


def shared_texts() -> bytes:
    texts = "".join(f"<si><t>{n:06d}\U0001f600{'y' * 30}</t></si>" for n in range(150_000))
    return _with("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')


def one_long_text() -> bytes:
    return _with("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>\U0001f600{"y" * 9_900_000}</t></si></sst>')


def long_text_everywhere() -> bytes:
    return _pack(
        {
            **_list_parts(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"y " * 16_000}</t></si></sst>',
            SHEET: _sheet(("<row>" + '<c t="s"><v>0</v></c>' * 70 + "</row>") * 2_000),
        }
    )


def one_long_name() -> bytes:
    """In every row: a shared text takes room but once."""
    rows = '<row><c t="s"><v>0</v></c><c><v>85</v></c></row>' * 16_000
    header = f"<row>{_text('A1', 'entity')}{_text('B1', 'budget_spent')}</row>"
    shared = f'<sst xmlns="{MAIN}"><si><t>{"ก" * 10_000}</t></si></sst>'
    return _pack({**_list_parts(), "xl/sharedStrings.xml": shared, SHEET: _sheet(header + rows)})


def styles() -> bytes:
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{n}"/>' for n in range(250_000))
    return _with("xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts></styleSheet>')


def number_formats() -> bytes:
    return _use_in_turn(1_600, "?" * 6_000)


def number_formats_as_long_as_may_be() -> bytes:
    return _use_in_turn(3_900, "?" * 240)


def too_many_number_formats() -> bytes:
    return _use_in_turn(20_000, "0")


def _use_in_turn(number: int, code: str) -> bytes:
    """Cells of which each has another format than the one before it."""
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}{n}"/>' for n in range(200, 200 + number))
    styles = "".join(f'<xf numFmtId="{n}"/>' for n in range(200, 200 + number))
    content = f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
    cells = [f'<c s="{n % number}"><v>{n // number}</v></c>' for n in range(140_000)]
    rows = ("".join(cells[start : start + 1_000]) for start in range(0, len(cells), 1_000))
    parts = {SHEET: _sheet("".join(f"<row>{row}</row>" for row in rows)), "xl/styles.xml": content}
    return _pack({**_list_parts(), **parts})


def unknown_headers() -> bytes:
    words = "".join(f'<c t="inlineStr"><is><t>{_slip(n)}</t></is></c>' for n in range(14_000))
    return _book(_header_row().replace("</row>", words + "</row>"))


def headers_again_and_again() -> bytes:
    return _book(_header_row() * 4_000)


def _slip(number: int) -> str:
    """A header that is like that of a measure, and another one each time."""
    name = _HEADER[1 + number % len(FIGURES)]
    return f"{name[: len(name) // 2]}{number}{name[len(name) // 2 :]}"


def _rows_of(cells: Callable[[int], Iterable[str]], number: int) -> str:
    return "".join(f"<row>{''.join(cells(n))}</row>" for n in range(number))


def every_cell_refused() -> bytes:
    def cells(number: int) -> Iterable[str]:
        yield f'<c t="inlineStr"><is><t>อำเภอ{number}</t></is></c>'
        yield from ["<c><v>-1</v></c>"] * len(FIGURES)

    return _book(_header_row() + _rows_of(cells, 4_000))


def every_name_unknown() -> bytes:
    def cells(number: int) -> Iterable[str]:
        yield f'<c t="inlineStr"><is><t>อำเภอเมืองบุรีรัม{number}</t></is></c><c><v>80</v></c>'

    return _book(_header_row() + _rows_of(cells, 19_990))


def every_figure_different() -> bytes:
    numbers = random.Random(1)

    def cells(number: int) -> Iterable[str]:
        yield f'<c t="inlineStr"><is><t>a{number}</t></is></c>'
        yield from (f"<c><v>{numbers.randrange(200, 9_999) / 100}</v></c>" for _ in PERCENTS)

    return _book(_header_row(("entity", *PERCENTS)) + _rows_of(cells, 12_400))


def packed_names() -> bytes:
    def cells(number: int) -> Iterable[str]:
        yield f'<c t="inlineStr"><is><t>a{number}</t></is></c><c><v>80</v></c>'

    return _book(_header_row() + _rows_of(cells, 200_000))


XLSX = (
    *(entity_expansion, external_entity, deep_xml, endless_attribute, many_attributes, endless_comment, many_names),
    *(long_namespace, many_prefixes),
    *(unknown_encoding, codec_that_is_none, zip_bomb, zip_bomb_beside, zip_bomb_in_small_parts, zip_in_zip),
    *(lying_sizes, overlapping_parts, part_given_twice, names_that_climb, many_parts, lzma_part, bzip2_part),
    *(truncated, encrypted, no_sheets, wrong_content_types, sheet_elsewhere, external_links, macros, empty_rows),
    *(empty_rows_a_million, empty_cells, last_column, short_rows, filled_cells, different_numbers, merged_cells),
    *(one_sheet_many_times, shared_texts, one_long_text, long_text_everywhere, one_long_name, styles, number_formats),
    *(number_formats_as_long_as_may_be, too_many_number_formats),
    *(unknown_headers, headers_again_and_again, every_cell_refused, every_name_unknown),
    *(every_figure_different, packed_names),
)
