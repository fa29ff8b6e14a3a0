from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.json_text import dump, iterate_text, quote

TEXT = st.text() | st.sampled_from(["\x1b[2J", "\x9b", "\u202e"])
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
# What a terminal would obey or hide, and json.dumps leaves as it is.
HIDDEN = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@given(DOCUMENTS)
def test_the_text_is_that_of_the_library_but_for_what_is_hidden(document: Any) -> None:
    theirs = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    assert dump(document) == HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", theirs)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({}, "{}\n"),
        ([], "[]\n"),
        (iter(()), "[]\n"),
        ({"a": iter(())}, '{\n  "a": []\n}\n'),
        (
            {"a": (1, {"b": [None, True]})},
            '{\n  "a": [\n    1,\n    {\n      "b": [\n        null,\n        true\n      ]\n    }\n  ]\n}\n',
        ),
        ({"name": "นางรอง", "score": 84.0}, '{\n  "name": "นางรอง",\n  "score": 84.0\n}\n'),
    ],
)
def test_what_is_written(document: Any, text: str) -> None:
    assert dump(document) == text


def test_what_is_listed_only_when_it_is_written_is_written_as_a_list() -> None:
    rows = [{"a": 1, "b": []}, {"c": [2]}]
    assert dump({"rows": iter(rows), "x": {"y": map(str, range(2))}}) == dump({"rows": rows, "x": {"y": ["0", "1"]}})


def test_rows_are_asked_for_one_by_one() -> None:
    asked: list[int] = []

    def list_rows() -> Any:
        for number in range(3):
            asked.append(number)
            yield {"row": number}

    pieces = iterate_text({"rows": list_rows()})
    assert next(piece for piece in pieces if "0" in piece) == '{\n      "row": 0\n    }'
    assert asked == [0]
    assert "".join(pieces).count("row") == 2


@given(st.text(st.characters()))
def test_every_text_is_kept_and_no_terminal_obeys_it(text: str) -> None:
    shown = dump({"name": text})
    assert json.loads(shown) == {"name": text}
    assert not set(shown) & {"\x1b", "\x9b", "\u202e", "\u200b"}
    shown.encode("utf-8")  # no lone surrogate is left
    assert quote(text) in shown
