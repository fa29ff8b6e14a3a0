"""What a report says beside its figures: lines in any order, and what differs named by its place."""

import pytest

from kpi_cli.scoring.verify import Kind
from kpi_cli.scoring.verify_texts import Line, TextDifference, compare_lines

SIGNED = "signed .............................................. officer"


def row(number, **texts):
    return Line("Team", number, tuple(texts.items()), "r.xlsx[Team!", f"{number}]")


def whole(number, text):
    return Line("findings", number, (("message", text),), f"findings[{number}].", whole=f"findings[{number}]")


SHEET = Line("Team", "", (), whole="r.xlsx[Team]")
LINES = (SHEET, row(1, A="Team"), row(2, A="rank", B="name"), row(3, A="rank", B="name"), whole(0, "x"), whole(1, "y"))


def test_lines_in_another_order_are_the_same():
    assert compare_lines(LINES[::-1], LINES) == ()


def test_a_line_that_moved_is_the_same_line():
    assert compare_lines((row(7, A="Team"),), (row(1, A="Team"),)) == ()


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ((*LINES[:1], row(1, A="More"), *LINES[2:]), [(Kind.CHANGED, "r.xlsx[Team!A1]", "More", "Team")]),
        ((*LINES[:1], row(1, A="Team", C="!"), *LINES[2:]), [(Kind.ADDED, "r.xlsx[Team!C1]", "!", None)]),
        ((*LINES[:2], *LINES[3:]),
         [(Kind.MISSING, "r.xlsx[Team!A3]", None, "rank"), (Kind.MISSING, "r.xlsx[Team!B3]", None, "name")]),
        ((*LINES[:2], row(3, A="rank", B="title"), *LINES[4:]),
         [(Kind.MISSING, "r.xlsx[Team!A2]", None, "rank"), (Kind.MISSING, "r.xlsx[Team!B2]", None, "name"),
          (Kind.CHANGED, "r.xlsx[Team!B3]", "title", "name")]),
        ((*LINES, row(9, A="Team")), [(Kind.ADDED, "r.xlsx[Team!A9]", "Team", None)]),
        (LINES[1:], [(Kind.MISSING, "r.xlsx[Team]", None, None)]),
        ((*LINES, SHEET), [(Kind.ADDED, "r.xlsx[Team]", None, None)]),
        (LINES[:-1], [(Kind.MISSING, "findings[1]", None, None)]),
        ((*LINES[:-1], whole(1, "z")), [(Kind.CHANGED, "findings[1].message", "z", "y")]),
        ((*LINES, whole(0, "z")), [(Kind.ADDED, "findings[0]", None, None)]),
    ],
)  # fmt: skip
def test_every_difference_is_named_by_its_place(reported, expected):
    found = compare_lines(reported, LINES)
    assert sorted((one.kind, one.place, one.reported, one.computed) for one in found) == sorted(expected)
    assert {one.part for one in found} <= {"Team", "findings"}


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("signed somebody officer", True),
        ("signed  officer", True),
        ("signed somebody", False),
        ("somebody signed x officer", False),
        (f"signed {'x' * 185} officer", True),
        (f"signed {'x' * 186} officer", False),
        (None, False),
    ],
)
def test_a_place_to_sign_may_be_filled_in(said, stands):
    reported = () if said is None else (row(1, A=said),)
    assert (compare_lines(reported, (row(1, A=SIGNED),)) == ()) is stands


def test_dots_that_the_report_has_alone_are_no_place_to_sign():
    assert compare_lines((row(1, A=SIGNED),), (row(1, A="x"),)) == (
        TextDifference(Kind.CHANGED, "Team", "r.xlsx[Team!A1]", SIGNED, "x"),
    )
