"""The table of DESIGN section 6, a row a case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import Measure, answers
from kpi_cli.render.sentences import describe
from kpi_cli.results.cell import read_cell
from kpi_cli.results.cell_number import parse_plain
from kpi_cli.results.cells import BLANK, MAX_SHOWN_TEXT, Kind, PercentSign, RawCell
from kpi_cli.results.reading import LONGEST_TEXT, Percent, Reading, Refusal
from tests.unit.results.small_set import BUDGET, HOMES, REST

PERCENT, MAY_LACK = BUDGET["spent"], HOMES["homes"]
NUMBER, COUNT, CLIPS = BUDGET["spent_baht"], HOMES["homes_all"], REST["clips"]
FLAG, CHOICE, GROWTH = REST["held"], REST["grade"], REST["growth"]
UP_TO_HALF, FROM_HALF = (PERCENT.model_copy(update={"range": ends}) for ends in ((0, 50), (50, 100)))


def text(value: str) -> RawCell:
    return RawCell(Kind.TEXT, value)


def number(value: str, sign: PercentSign = "", places: int | None = None, *, typed: bool = False) -> RawCell:
    return RawCell(Kind.NUMBER, value, Decimal(value), percent_sign=sign, places=places, typed=typed)


def truth(value: bool) -> RawCell:
    return RawCell(Kind.TRUTH, str(value).upper(), truth=value)


@pytest.mark.parametrize(
    ("cell", "measure", "value"),
    [
        # percent cells
        (number("0.85", "scaled"), PERCENT, "85"),
        (number("0.07", "scaled"), PERCENT, "7"),
        (number("0.29", "scaled"), PERCENT, "29"),
        (number("1", "scaled"), PERCENT, "100"),
        (number("0.00004", "scaled"), PERCENT, "0.004"),
        (text("85%"), PERCENT, "85"),
        (text("85.5 %"), PERCENT, "85.5"),
        (text("15.6\u00a0%"), PERCENT, "15.6"),
        (text("ร้อยละ ๘๕"), PERCENT, "85"),
        (text("๘๕.๕๐"), PERCENT, "85.50"),
        (text("８６.４"), PERCENT, "86.4"),
        (text("๘๕％"), PERCENT, "85"),
        (text("\u00a085 "), PERCENT, "85"),
        (text("8\u200b5"), PERCENT, "85"),
        (number("85"), PERCENT, "85"),
        (number("100"), PERCENT, "100"),
        (number("1.01"), PERCENT, "1.01"),
        (number("0"), PERCENT, "0"),
        (text("0.0"), PERCENT, "0.0"),
        # a literal percent sign: as typed, beyond doubt
        (number("85", "literal"), PERCENT, "85"),
        (number("0.5", "literal"), PERCENT, "0.5"),
        (text("0.85%"), PERCENT, "0.85"),
        (text("ร้อยละ 0.85"), PERCENT, "0.85"),
        # typed data carries points
        (number("0.85", typed=True), PERCENT, "0.85"),
        (RawCell(Kind.TEXT, "0.85", typed=True), PERCENT, "0.85"),
        # a range of its own
        (number("-12"), GROWTH, "-12"),
        (text("−12"), GROWTH, "-12"),
        (number("-0.125", "scaled"), GROWTH, "-12.5"),
        (number("1.5", "scaled"), GROWTH, "150"),
        # numbers and counts
        (text("1,250"), NUMBER, "1250"),
        (text("๒,๑๑๕,๐๐๐.๐๐"), NUMBER, "2115000.00"),
        (text("+5"), NUMBER, "5"),
        (text(".5"), NUMBER, "0.5"),
        (number("0.5"), NUMBER, "0.5"),
        (number("3.0"), COUNT, "3"),
        (text("11.0"), COUNT, "11"),
        (text("1,250"), COUNT, "1250"),
        # what is just short enough
        (text("9" * 40), NUMBER, "9" * 40),
        (number("1e40"), NUMBER, "1e40"),
        (number("1e-40"), NUMBER, "1e-40"),
        (number("9." + "9" * 39), NUMBER, "9." + "9" * 39),
    ],
)
def test_numbers_are_read_exactly(cell: RawCell, measure: Measure, value: str) -> None:
    reading = read_cell(cell, measure=measure)
    assert (reading.value, reading.refusal) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("cell", "measure", "code"),
    [
        (number("0.85"), PERCENT, "cell-ambiguous-percent"),
        (number("1"), PERCENT, "cell-ambiguous-percent"),
        (text("0.85"), PERCENT, "cell-ambiguous-percent"),
        (text("๐.๘"), PERCENT, "cell-ambiguous-percent"),
        (number("-0.5"), GROWTH, "cell-ambiguous-percent"),
        (text("-1"), GROWTH, "cell-ambiguous-percent"),
        # of 0.85 and 85 one alone is in range: that is a guess still
        (number("0.85"), UP_TO_HALF, "cell-ambiguous-percent"),
        (number("0.85"), FROM_HALF, "cell-ambiguous-percent"),
        (number("-0.5"), PERCENT, "cell-out-of-range"),  # and so is -50
        (number("1e-320"), PERCENT, "cell-too-many-digits"),
        (number("-5"), PERCENT, "cell-out-of-range"),
        (number("102"), PERCENT, "cell-out-of-range"),
        (number("1.02", "scaled"), PERCENT, "cell-out-of-range"),
        (number("-1"), NUMBER, "cell-out-of-range/from"),
        (number("4"), CLIPS, "cell-out-of-range"),
        (number("-5"), COUNT, "cell-out-of-range/from"),
        (number("2.5"), COUNT, "cell-not-whole"),
        (text("1,250"), PERCENT, "cell-not-a-number/thousands"),
        (text("75,5"), PERCENT, "cell-not-a-number/decimal-comma"),
        (text("75,5 %"), PERCENT, "cell-not-a-number/decimal-comma"),
        (text("1,5"), PERCENT, "cell-not-a-number/decimal-comma"),
        (text("75,5"), NUMBER, "cell-not-a-number/decimal-comma"),
        (text("25,00"), NUMBER, "cell-not-a-number/comma"),  # 25 or 2500: nobody knows
        (text("50,5%"), NUMBER, "cell-not-a-number/comma"),
        (text("1234,5678"), NUMBER, "cell-not-a-number/comma"),
        (text("2,50"), COUNT, "cell-not-a-number/comma"),
        (text("2,5"), COUNT, "cell-not-a-number/comma"),
        (text("0,85"), PERCENT, "cell-not-a-number/comma"),  # 0.85 would be in doubt again
        (text("1,00"), PERCENT, "cell-not-a-number/comma"),
        (text("80-85"), PERCENT, "cell-not-a-number/span"),
        (text("80% – 85%"), PERCENT, "cell-not-a-number/span"),
        (text("ประมาณ 95"), PERCENT, "cell-not-a-number/prose"),
        (text("8 5"), PERCENT, "cell-not-a-number"),
        (text("0 0"), PERCENT, "cell-not-a-number"),
        (text("9 9"), PERCENT, "cell-not-a-number"),
        (text("ร้อยละ 8 5"), PERCENT, "cell-not-a-number"),
        (text("?"), PERCENT, "cell-not-a-number/prose"),
        (text("8\x005"), PERCENT, "cell-not-a-number"),
        (text("85."), PERCENT, "cell-not-a-number"),
        (text("8²"), PERCENT, "cell-not-a-number"),
        (text("1e3"), NUMBER, "cell-not-a-number/prose"),
        (text("8_5"), NUMBER, "cell-not-a-number"),
        (text("NaN"), NUMBER, "cell-not-a-number/prose"),
        (text("12,50,000"), NUMBER, "cell-not-a-number"),
        (truth(True), PERCENT, "cell-not-a-number/truth"),
        (RawCell(Kind.DATE, "2021-03-31"), NUMBER, "cell-not-a-number/date"),
        (RawCell(Kind.DATE, "2021-03-31"), FLAG, "cell-not-a-flag/date"),
        (number("0.5", "scaled"), NUMBER, "cell-not-a-percent"),
        (text("50%"), COUNT, "cell-not-a-percent"),
        (text("ร้อยละ 50"), NUMBER, "cell-not-a-percent"),
        (text("9" * 41), NUMBER, "cell-too-many-digits"),
        (text("9" * 20 + "." + "9" * 20), NUMBER, "cell-too-many-digits"),
        (text("9" * 999), NUMBER, "cell-too-many-digits"),
        (number("1e300"), NUMBER, "cell-too-many-digits"),
        (number("1e41"), NUMBER, "cell-too-many-digits"),
        (number("1e-41"), NUMBER, "cell-too-many-digits"),
        (number("9." + "9" * 40), NUMBER, "cell-too-many-digits"),
        (number("1e-60"), NUMBER, "cell-too-many-digits"),
        (RawCell(Kind.NUMBER, "9" * 50), NUMBER, "cell-too-many-digits"),
        (RawCell(Kind.NUMBER, "NaN"), NUMBER, "cell-not-a-number"),
        (RawCell(Kind.NUMBER, "-Infinity"), NUMBER, "cell-not-a-number"),
        (text("x"), FLAG, "cell-not-a-flag/prose"),
        (text("บางส่วน"), FLAG, "cell-not-a-flag/prose"),
        (number("2"), FLAG, "cell-not-a-flag"),
        (number("1", "scaled"), FLAG, "cell-not-a-flag"),
        (text("ดีมาก"), CHOICE, "cell-not-a-choice/prose"),
        (number("3"), CHOICE, "cell-not-a-choice"),
        (RawCell(Kind.DATE, "ดี"), CHOICE, "cell-not-a-choice/date"),
        (text("N/A"), PERCENT, "cell-not-applicable"),
        (text("ไม่ประเมิน"), FLAG, "cell-not-applicable"),
        (text("#DIV/0!"), PERCENT, "cell-error"),
        (text(" #N/A"), FLAG, "cell-error"),
        (text("#NAME?"), CHOICE, "cell-error"),
        (text("#GETTING_DATA"), NUMBER, "cell-error"),
        (text("Err:502"), NUMBER, "cell-error"),
        (text("err:502"), NUMBER, "cell-error"),
        (text("#####"), NUMBER, "cell-error/too-narrow"),
        (RawCell(Kind.ERROR, "#REF!"), NUMBER, "cell-error"),
        (RawCell(Kind.NOT_CALCULATED), FLAG, "cell-not-calculated"),
        (RawCell(Kind.STRUCTURE, "[...]"), FLAG, "cell-not-a-figure"),
        (RawCell(Kind.REPEATED, "held"), FLAG, "cell-repeated-key"),
    ],
)
def test_refusals_have_a_code_and_leave_no_value(cell: RawCell, measure: Measure, code: str) -> None:
    reading = read_cell(cell, measure=measure)
    assert reading.refusal is not None
    assert f"{reading.refusal.code}/{reading.refusal.variant}".rstrip("/") == code
    assert reading.value is None
    assert reading.applicable


def test_no_word_is_a_plain_number() -> None:
    """A plain number is read without a look at the words for what is missing or not applicable."""
    words = [*answers.MISSING, *answers.NOT_APPLICABLE]
    assert [word for word in words if parse_plain(text(word)) is not None] == []
    assert parse_plain(text("85.50")) == Decimal("85.50")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (
            ("มี", "ใช่", "ผ่าน", "ครบ", "✓", "✔", "✔\ufe0f", "√", "/", "yes", "Yes", "ＹＥＳ", "true", "TRUE", "1", "๑"),
            True,
        ),
        (("ไม่มี", "ไม่ใช่", "ไม่ผ่าน", "ไม่ครบ", "✗", "✘", "×", "no", "NO", "false", "0", "๐", "ไม่ มี"), False),
    ],
)
def test_words_for_yes_and_no(words: tuple[str, ...], value: bool) -> None:
    assert {word: read_cell(text(word), measure=FLAG).value for word in words} == dict.fromkeys(words, value)
    digit = "1" if value else "0"
    for cell in (truth(value), number(digit), text(words[0])):
        assert read_cell(cell, measure=FLAG) == Reading(cell.text, value)


def test_a_word_is_looked_for_in_what_is_no_longer_than_a_figure() -> None:
    assert read_cell(text("มี".ljust(LONGEST_TEXT)), measure=FLAG).value is True
    refusal = read_cell(text("มี".ljust(LONGEST_TEXT + 1)), measure=FLAG).refusal
    assert refusal is not None
    assert refusal.code == "cell-not-a-flag"


def test_what_is_refused_is_shown_as_it_stands() -> None:
    assert read_cell(text(" #N/A"), measure=FLAG) == Reading(" #N/A", refusal=Refusal("cell-error"))
    assert read_cell(text(" N/A"), measure=FLAG) == Reading(" N/A", refusal=Refusal("cell-not-applicable"))
    choices = Refusal("cell-not-a-choice", "prose", {"choices": CHOICE.choices})
    assert read_cell(text(" ดีมาก"), measure=CHOICE) == Reading(" ดีมาก", refusal=choices)
    assert [read_cell(text(" -5"), measure=one).raw for one in (PERCENT, NUMBER, COUNT)] == [" -5"] * 3
    stranger = Reading("x" * (MAX_SHOWN_TEXT - 1) + "…", refusal=Refusal("cell-not-a-flag", "prose"))
    assert read_cell(text("x" * (MAX_SHOWN_TEXT + 1)), measure=FLAG) == stranger


@pytest.mark.parametrize("measure", [PERCENT, NUMBER, COUNT, FLAG, CHOICE], ids=lambda measure: str(measure.type))
@pytest.mark.parametrize("word", ["-", "–", "—", " − ", "ไม่รายงาน", "ไม่ รายงาน"])
def test_missing_is_said_in_many_ways(word: str, measure: Measure) -> None:
    assert read_cell(text(word), measure=measure) == Reading(word)
    assert read_cell(BLANK, measure=measure) == Reading()


@pytest.mark.parametrize("word", ["ไม่มีเป้าหมาย", "N/A", "n/a", "NA", "ไม่ประเมิน", "N / A"])
def test_not_applicable_where_that_is_an_answer(word: str) -> None:
    assert read_cell(text(word), measure=MAY_LACK) == Reading(word, applicable=False)


def test_a_choice_is_known_by_its_name_even_where_that_is_a_word_for_missing() -> None:
    dash = Measure(type="choice", title="x", choices=("-", "2"))
    assert read_cell(text(" ดี"), measure=CHOICE) == Reading(" ดี", "ดี")
    assert read_cell(text("-"), measure=dash).value == "-"
    assert read_cell(number("2"), measure=dash).value == "2"


@pytest.mark.parametrize(
    ("percent", "raw", "value"),
    [
        ("points", "0.85", "0.85"),
        ("points", "1", "1"),
        ("fraction", "0.85", "85"),
        ("fraction", "1", "100"),
        ("fraction", "-0.5", "-50"),
        ("fraction", "1.01", "1.01"),
        ("fraction", "0", "0"),
    ],
)
def test_the_percent_option_decides_what_is_in_doubt(percent: Percent, raw: str, value: str) -> None:
    for cell in (number(raw), text(raw)):
        assert read_cell(cell, measure=GROWTH, percent=percent).value == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "measure", "mended"),
    [
        ("90,5", PERCENT, "90.5"),
        ("๙๐,๕", PERCENT, "90.5"),
        ("25,00", PERCENT, "25.00"),
        ("0,85 %", PERCENT, "0.85 %"),
        ("-12,5", GROWTH, "-12.5"),
        ("1250,5", NUMBER, "1250.5"),
    ],
)
def test_a_decimal_comma_is_mended_in_the_advice(raw: str, measure: Measure, mended: str) -> None:
    refusal = read_cell(text(raw), measure=measure).refusal
    assert refusal is not None
    assert (refusal.variant, refusal.params["mended"]) == ("decimal-comma", mended)


@pytest.mark.parametrize(
    ("measure", "advice"),
    [
        (PERCENT, "write the percent alone, such as 85 or 85.5"),
        (NUMBER, "write the number alone, such as 1250 or 1250.5"),
        (COUNT, "write a count such as 3; if there is none, write 0"),
        (FLAG, "write มี or ไม่มี, or 1 or 0"),
    ],
)
def test_the_advice_fits_the_measure(measure: Measure, advice: str) -> None:
    refusal = read_cell(text("ประมาณ 9"), measure=measure).refusal
    assert refusal is not None
    params = {"entity": "x", "measure": "y", "raw": "z", **refusal.params}
    assert describe(Diagnostic(refusal.code, Severity.ERROR, None, params, refusal.variant), "en").help == advice


def test_a_percent_of_what_is_none_names_the_kind_of_the_measure() -> None:
    refusals = [read_cell(text("50%"), measure=measure).refusal for measure in (NUMBER, COUNT)]
    assert [each and each.params for each in refusals] == [{"kind": "number"}, {"kind": "count"}]


@pytest.mark.parametrize(
    ("low", "high", "variant"), [("0", "100", ""), (None, "100", "up-to"), ("150", None, "from"), ("-5", "101", "")]
)
def test_what_is_out_of_range_says_of_which(low: str | None, high: str | None, variant: str) -> None:
    bounds = tuple(None if end is None else Decimal(end) for end in (low, high))
    measure = Measure.model_validate({"type": "number", "title": "x", "range": bounds})
    refusal = read_cell(text("102"), measure=measure).refusal
    assert refusal is not None
    assert (refusal.code, refusal.variant) == ("cell-out-of-range", variant)
    assert refusal.params == {"value": Decimal(102), "low": bounds[0], "high": bounds[1]}


@pytest.mark.parametrize("zeros", [0, 25, 34])
def test_a_fraction_becomes_points_to_the_last_digit(zeros: int) -> None:
    """A context of 28 digits would make 85 of what is just below it, and that is another level."""
    nines = "9" * zeros
    assert read_cell(text(f"0.84{nines}"), measure=PERCENT, percent="fraction").value == Decimal(f"84.{nines}")
    assert read_cell(number(f"0.84{nines}", "scaled"), measure=PERCENT).value == Decimal(f"84.{nines}")


def test_an_ambiguous_percent_names_both_readings() -> None:
    refusal = read_cell(number("0.9"), measure=PERCENT).refusal
    assert refusal is not None
    assert refusal.params == {"points": "0.9%", "fraction": "90%"}


@pytest.mark.parametrize(
    ("cell", "displayed"),
    [
        (number("0.8996", "scaled", 0), "90"),
        (number("0.8996", "scaled", 2), None),
        (number("89.996", "literal", 2), "90.00"),
        (number("89.50", "literal", 1), None),
        (number("89.5", places=0), "90"),
        (number("89.4", places=0), "89"),
        (number("89.4"), None),
    ],
)
def test_what_the_cell_displays_is_kept_where_it_differs(cell: RawCell, displayed: str | None) -> None:
    assert read_cell(cell, measure=PERCENT).displayed == (None if displayed is None else Decimal(displayed))


@pytest.mark.parametrize(
    ("raw", "speaks"),
    [("85", True), ("80-85", True), ("N/A", True), ("-", False), ("ผู้รายงาน", False), ("วันที่ 31 มีนาคม 2564", False)],
)
def test_prose_is_no_figure(raw: str, speaks: bool) -> None:
    assert read_cell(text(raw), measure=PERCENT).speaks is speaks


def test_a_count_has_no_decimals() -> None:
    assert [str(read_cell(cell, measure=COUNT).value) for cell in (number("3.0"), text("11.00"))] == ["3", "11"]


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_every_decimal_that_is_typed_is_read_as_itself(digits: int, places: int) -> None:
    value = Decimal(f"{digits}e-{places}")
    anything = Measure(type="number", title="x", range=(None, None))
    thai = format(value, "f").translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    for typed in (format(value, "f"), thai, format(value, ",f")):
        assert read_cell(text(typed), measure=anything).value == value


@given(st.text(max_size=60))
def test_no_text_is_a_defect(raw: str) -> None:
    for measure in (PERCENT, NUMBER, COUNT, FLAG, CHOICE, MAY_LACK):
        reading = read_cell(text(raw), measure=measure)
        assert reading.value is None or reading.refusal is None
