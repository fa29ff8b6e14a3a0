"""Whom an unknown name may mean. A wrong suggestion is worse than none: it is read as an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.results.suggest_entity import Names, suggest_entity

NAMES = ("เมืองบุรีรัมย์", "คูเมือง", "นางรอง", "หนองกี่", "บ้านกรวด", "พุทไธสง", "ปะคำ", "หนองหงส์", "สตึก", "บ้านใหม่ไชยพจน์")
TITLES = {**{name: name for name in NAMES}, "เมือง": "เมืองบุรีรัมย์", "satuek": "สตึก"}
PREFIXES = ("อำเภอ", "สพอ.", "อ.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("อำเภอคูเมือง จังหวัดบุรีรัมย์", "คูเมือง"),
        ("อ.พุทไธสง จ.บุรีรัมย์", "พุทไธสง"),
        ("อ.พุทไธสงจ.บุรีรัมย์", "พุทไธสง"),
        ("จังหวัดบุรีรัมย์ อำเภอคูเมือง", "คูเมือง"),
        ("สำนักงานพัฒนาชุมชนอำเภอหนองกี่", "หนองกี่"),
        ("ที่ว่าการอำเภอคูเมือง", "คูเมือง"),
        ("ปะคำ (ใหม่)", "ปะคำ"),
        ("ปะคำ 2564", "ปะคำ"),
        ("ต.หนองกี่ อ.นางรอง", "นางรอง"),  # what follows a prefix goes before what only stands there
        ("Satuek District", "สตึก"),
        ("อำเภอ เมือง จ.บุรีรัมย์", "เมืองบุรีรัมย์"),
        ("เมือง (เทศบาล) บุรีรัมย์", "เมืองบุรีรัมย์"),
        ("นางลอง", "นางรอง"),
        ("อำเภอคูเมอง จังหวัดบุรีรัมย์", "คูเมือง"),
        ("หนองหงษ์", "หนองหงส์"),
        ("บ้านกรวดใหม่", "บ้านกรวด"),
    ],
)
def test_a_name_with_something_around_it(text: str, name: str) -> None:
    assert suggest_entity(text, Names(TITLES, PREFIXES)) == name


@pytest.mark.parametrize(
    "text",
    [
        "อำเภอเมือง จังหวัดสุรินทร์",  # the town of another province
        "เมือง สุรินทร์",
        "อำเภอเมืองสุรินทร์",
        "อำเภอคูเมืองบุรีรัมย์",  # two of them, run together
        "คูเมือง-สตึก",
        "อ.สตึก อ.นางรอง",
        "บ้านเมืองใหม่",
        "บ้านใหม่",
        "จังหวัดบุรีรัมย์",
        "สพจ.บุรีรัมย์",
        "ที่อื่น",
        "",
        "สตึก " * 100,
    ],
)
def test_nobody_is_suggested_in_doubt(text: str) -> None:
    assert suggest_entity(text, Names(TITLES, PREFIXES)) is None


@given(st.sampled_from(NAMES), st.sampled_from(PREFIXES), st.sampled_from(["", "สำนักงาน", "ที่ว่าการ"]))
def test_an_office_is_that_of_its_name(name: str, prefix: str, office: str) -> None:
    assert suggest_entity(f"{office}{prefix} {name} จ.บุรีรัมย์", Names(TITLES, PREFIXES)) == name


@given(st.text(max_size=40))
def test_no_text_is_a_defect(text: str) -> None:
    assert suggest_entity(text, Names(TITLES, PREFIXES)) in {None, *NAMES}
