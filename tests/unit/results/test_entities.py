from __future__ import annotations

import pytest

from kpi_cli.model import EntityKind, RosterEntry
from kpi_cli.results import entities
from kpi_cli.results.entities import EntityIndex, Named, Unnamed
from kpi_cli.results.reading import LONGEST_TEXT
from kpi_cli.results.suggest_entity import clean_words
from kpi_cli.scoring.figures import Entity
from tests.unit.results.small_set import OPEN, SMALL

KNOWN = EntityIndex(SMALL.entity)
ANYONE = EntityIndex(OPEN.entity)
TWINS = EntityIndex(
    EntityKind(
        prefixes=("อำเภอ",),
        roster=(
            RosterEntry(code="0101", name="เฉลิมพระเกียรติ"),
            RosterEntry(code="0202", name="เฉลิมพระเกียรติ"),
            RosterEntry(code="0303", name="รวมใจพัฒนา"),
            RosterEntry(code="0404", name="อำเภอใหม่"),
            RosterEntry(code="0505", name="ใหม่"),
        ),
    )
)


@pytest.mark.parametrize(
    ("names", "codes", "code"),
    [
        (["สตึก"], [], "3111"),
        (["อำเภอ สตึก"], [], "3111"),
        (["อ.สตึก"], [], "3111"),
        (["เมือง"], [], "3101"),
        (["อำเภอเมือง"], [], "3101"),
        (["nang rong"], [], "3104"),
        (["3111"], [], "3111"),
        ([], ["๓๑๑๑"], "3111"),
        (["สตึก"], ["3111"], "3111"),
        (["สตึก", "อ.สตึก"], [], "3111"),
    ],
)
def test_spellings_of_a_name(names: list[str], codes: list[str], code: str) -> None:
    found = KNOWN.identify(names=names, codes=codes)
    assert isinstance(found, Named)
    assert found.entity.code == code


@pytest.mark.parametrize(
    ("names", "codes", "unnamed"),
    [
        (["สตึกก"], [], Unnamed("unknown", "สตึกก", "สตึก")),
        (["อำเภอนางลอง"], [], Unnamed("unknown", "อำเภอนางลอง", "นางรอง")),
        (["ที่อื่น"], [], Unnamed("unknown", "ที่อื่น")),
        (["ที่อื่น"], ["3104"], Unnamed("unknown", "ที่อื่น", "นางรอง")),
        (["สตึก"], ["9999"], Unnamed("unknown", "9999", "สตึก")),
        (["สตึก"], ["3104"], Unnamed("disagree", "สตึก", "3104")),
    ],
)
def test_names_that_are_refused(names: list[str], codes: list[str], unnamed: Unnamed) -> None:
    assert KNOWN.identify(names=names, codes=codes) == unnamed


def test_a_name_that_two_share_needs_the_code() -> None:
    name = "เฉลิมพระเกียรติ"
    assert TWINS.identify(names=[name], codes=[]) == Unnamed("ambiguous", name, f"{name} (0101), {name} (0202)")
    for code in ("0202", "202"):  # a spreadsheet drops the zero
        assert TWINS.identify(names=[name], codes=[code]) == Named("0202", Entity("0202", name))


def test_a_name_that_is_the_code_of_another_needs_the_code() -> None:
    entities = EntityIndex(EntityKind(roster=(RosterEntry(code="1", name="2"), RosterEntry(code="2", name="Z"))))
    assert entities.identify(names=["2"], codes=[]) == Unnamed("ambiguous", "2", "2 (1), Z (2)")
    assert entities.identify(names=["2"], codes=["1"]) == Named("1", Entity("1", "2"))
    assert entities.identify(names=["1"], codes=[]) == Named("1", Entity("1", "2"))


def test_a_name_on_the_roster_goes_before_its_prefix() -> None:
    found = [TWINS.identify(names=[name], codes=[]) for name in ("อำเภอใหม่", "ใหม่", "อำเภออำเภอใหม่")]
    assert [one.key if isinstance(one, Named) else None for one in found] == ["0404", "0505", "0404"]


def test_without_a_roster_every_name_is_taken_as_typed() -> None:
    assert ANYONE.identify(names=[" สตึก\u200b "], codes=["77"]) == Named("สตึก", Entity(None, "สตึก"))
    assert ANYONE.identify(names=[], codes=["77"]) == Named("77", Entity(None, "77"))
    assert ANYONE.identify(names=["สตึก", "นางรอง"], codes=[]) == Unnamed("disagree", "สตึก", "นางรอง")


@pytest.mark.parametrize("text", ["รวม", "รวม ทั้งสิ้น", "ค่าเฉลี่ย", "Total", "AVERAGE", "เฉลี่ย"])
def test_totals(text: str) -> None:
    assert [index.is_totals(text) for index in (KNOWN, ANYONE, TWINS)] == [True, True, True]


@pytest.mark.parametrize(
    ("index", "text", "totals"),
    [
        (KNOWN, "รวม 23 อำเภอ", True),
        (KNOWN, "เฉลี่ยทั้งจังหวัด", True),
        (KNOWN, "รวมอำเภอ", True),
        (KNOWN, "ค่าเฉลี่ยรวม", True),
        (KNOWN, "ร้อยละเฉลี่ยของทุกอำเภอ", True),
        (KNOWN, "รวม: 4", True),
        (KNOWN, "Total4", True),
        (KNOWN, "Sum of all", True),
        (KNOWN, "รวมพลัง", False),
        (KNOWN, "เฉลี่ยสุข", False),
        (KNOWN, "Summerville", False),
        (KNOWN, "Meanwood", False),
        (ANYONE, "รวม 23 อำเภอ", False),
        (KNOWN, "สตึก", False),
        (TWINS, "รวมใจพัฒนา", False),
        (TWINS, "รวมใจพัฒนาา", False),  # a slip of a name, not a total
    ],
)
def test_what_begins_like_a_total(index: EntityIndex, text: str, totals: bool) -> None:
    assert index.is_totals(text) is totals


def test_three_texts_of_which_any_two_agree() -> None:
    """No one bears all three, and no two of them contradict each other."""
    roster = (
        RosterEntry(code="1", name="a", name_en="b"),
        RosterEntry(code="2", name="a", name_en="c"),
        RosterEntry(code="3", name="b", name_en="c"),
    )
    index = EntityIndex(EntityKind(roster=roster))
    assert index.identify(names=["a", "b", "c"], codes=[]) == Unnamed("disagree", "a", "c")


@pytest.mark.parametrize(("count", "said"), [(10, 0), (11, 11)])
def test_of_those_who_share_a_name_ten_are_named(count: int, said: int) -> None:
    index = EntityIndex(EntityKind(roster=tuple(RosterEntry(code=f"{n}", name="ก") for n in range(1, count + 1))))
    named = ", ".join(f"ก ({number})" for number in range(1, 11))
    assert index.identify(names=["ก"], codes=[]) == Unnamed("ambiguous", "ก", named, said)


def test_a_long_text_is_taken_into_words_only_where_it_begins_with_a_total(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    monkeypatch.setattr(entities, "clean_words", lambda text: taken.append(len(text)) or clean_words(text))
    index = EntityIndex(SMALL.entity)
    assert not index.is_totals("ก" * 10_000)
    assert taken == []
    assert index.is_totals("รวม " + "ก" * 10_000)
    assert taken == [LONGEST_TEXT]
