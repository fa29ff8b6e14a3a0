from __future__ import annotations

import pytest

from kpi_cli.model import names
from kpi_cli.results.cleanup import clean_figure, clean_name, clean_names


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  สตึก \x1b[31m\n แดง\u200b ", "สตึก [31m แดง"),
        ("บ้าน\u200bกรวด", "บ้านกรวด"),
        ("Ban\u00a0\tKruat\u202e", "Ban Kruat"),
        ("๑ เมือง", "๑ เมือง"),
    ],
)
def test_a_name_is_printed_without_what_would_harm_a_terminal(typed: str, printed: str) -> None:
    assert clean_name(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ([], []),
        (["สตึก", "ปะคำ"], ["สตึก", "ปะคำ"]),
        (["สตึก", " บ้าน  กรวด "], ["สตึก", "บ้าน กรวด"]),
        (["สตึก", "ปะคำ\u200b"], ["สตึก", "ปะคำ"]),
        (["สตึก", "ปะคำ\n"], ["สตึก", "ปะคำ"]),
    ],
)
def test_of_many_names_each_is_printed_as_by_itself(typed: list[str], printed: list[str]) -> None:
    assert list(clean_names(typed)) == printed == [clean_name(name) for name in typed]


def test_names_that_take_much_room_are_not_joined_and_stay_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST_TOGETHER", 6)
    short, long = ["กข", "กขคง"], ["กข", "กขคงจ"]
    assert clean_names(short) is short
    assert clean_names(long) == long
    assert clean_names(long) is not long
    one, other = clean_names([" ก ข  ค", "".join([" ก ข", "  ค"])])
    assert one == "ก ข ค"
    assert one is other


@pytest.mark.parametrize(
    ("typed", "figure"),
    [(" ๘๕.๕ ", "85.5"), ("８５", "85"), ("−5", "-5"), ("8 5", "8 5"), ("8\u200b5", "85"), ("8\x005", "8\x005")],
)
def test_a_figure_keeps_what_stands_inside_it(typed: str, figure: str) -> None:
    assert clean_figure(typed) == figure
