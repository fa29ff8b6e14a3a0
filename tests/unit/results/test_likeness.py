"""What a text may be a slip of: the same as difflib says, for no more than so much work."""

from __future__ import annotations

import difflib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import EntityKind, RosterEntry
from kpi_cli.results import likeness
from kpi_cli.results.entities import EntityIndex
from kpi_cli.results.headers import HeaderIndex
from kpi_cli.results.likeness import CUTOFF, Effort, limit_suggestions, suggest_key
from tests.patience import within
from tests.unit.results.small_set import REST, SMALL, make_indicator

CONSONANTS, VOWELS = "กขคงจชซดตทนบปพมยรลวส", "าิีุูเแโ"


def make_text(source: random.Random, letters: str, length: int) -> str:
    return "".join(source.choices(letters, k=length))


def make_name(source: random.Random) -> str:
    begin = source.choice(("หนอง", "บ้าน", "เมือง", "ท่า", ""))
    return begin + "".join(source.choice(CONSONANTS) + source.choice(VOWELS) for _ in range(source.randint(3, 6)))


@given(st.text("abc", max_size=12), st.lists(st.text("abc", max_size=12), max_size=12))
def test_the_nearest_is_the_one_that_difflib_finds(text: str, keys: list[str]) -> None:
    nearest = difflib.get_close_matches(text, keys, n=1, cutoff=CUTOFF)
    assert suggest_key(text, keys, {key: key for key in keys}, Effort()) == next(iter(nearest), None)


@pytest.mark.parametrize("length", [16, 150, 199, 1_000])
def test_texts_of_two_letters_are_given_up(length: int) -> None:
    source = random.Random(1)
    titles = {make_text(source, "ab", length): "title" for _ in range(600 if length == 1_000 else 3_000)}
    effort = Effort()
    suggest = limit_suggestions(lambda text: suggest_key(text, titles, titles, effort), effort)
    with within(2):
        found = [suggest(make_text(source, "ab", length)) for _ in range(1_001)]
    assert found[-1] is None


def test_a_comparison_is_given_up_in_its_midst(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "abcdefghij" * 15
    monkeypatch.setattr(likeness, "MAX_STEPS", 2_500)
    effort = Effort()
    assert suggest_key(text, [f"{text}x"], {f"{text}x": "title"}, effort) is None
    assert effort.is_spent
    monkeypatch.setattr(likeness, "MAX_STEPS", 10_000)
    assert suggest_key(text, [f"{text}x"], {f"{text}x": "title"}, Effort()) == "title"


def test_each_prefix_that_fits_is_counted() -> None:
    source = random.Random(2)
    roster = [RosterEntry(code=f"{number}", name=make_text(source, "bcdefghij", 12)) for number in range(500)]
    entities = EntityIndex(EntityKind(prefixes=tuple("a" * length for length in range(1, 101)), roster=tuple(roster)))
    with within(2):
        found = [entities.suggest("a" * 100 + make_text(source, "bcdefghij", 12)) for _ in range(1_000)]
    assert found[-1] is None


def test_a_name_is_looked_up_at_each_place_where_a_word_ends() -> None:
    names = [f"name{number}" for number in range(20_000)]
    entities = EntityIndex(EntityKind(roster=tuple(RosterEntry(code=f"x{name}", name=name) for name in names)))
    with within(1):
        found = [entities.suggest(f"{number:04}{'.' * 170}name{number}") for number in range(900)]
    assert found == names[:900]


def test_of_878_names_in_three_forms_189_misspelt_ones_are_suggested() -> None:
    source = random.Random(3)
    names = sorted({make_name(source) for _ in range(900)})[:878]
    forms = [(make_text(source, "aeioubkmnprst", 12), make_text(source, "aeioubkmnprst", 9)) for _ in names]
    roster = (
        RosterEntry(code=f"{number}", name=name, name_en=english, aliases=(other,))
        for number, (name, (english, other)) in enumerate(zip(names, forms, strict=True))
    )
    entities = EntityIndex(EntityKind(prefixes=("อำเภอ", "อ.", "ที่ว่าการอำเภอ"), roster=tuple(roster)))
    misspelt = [f"อำเภอ{name[:5]}ฬ{name[6:]}" for name in names[:189]]
    assert sum(entities.suggest(text) is not None for text in misspelt) == 189


def test_of_41_measures_hundreds_of_misspelt_headers_are_suggested() -> None:
    source = random.Random(4)
    titles = ["ร้อยละของ" + "".join(make_name(source) for _ in range(3)) for _ in range(41)]
    measures = {f"m{number}": REST["held"].model_copy(update={"title": title}) for number, title in enumerate(titles)}
    indicator = make_indicator("T1", measures, {1: "true"})
    section = SMALL.sections[0].model_copy(update={"indicators": (indicator,)})
    headers = HeaderIndex(SMALL.model_copy(update={"sections": (section,)}))
    misspelt = [(title, f"{title[:place]}x{title[place:]}") for title in titles for place in range(3, 23)]
    assert [headers.suggest(text) for _, text in misspelt] == [title for title, _ in misspelt]
