"""What a json report says beside its figures: its titles, its findings, what was typed, and keys that are not ours."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from kpi_cli.results.json_file import JsonNumber, JsonObject
from kpi_cli.results.report_json import find_object, list_objects, read_keys, show_value
from kpi_cli.scoring.verify_texts import Line

_NOTED = frozenset({"kpi_version", "fragile"})
_FIGURES = re.compile(
    r"rank|score|possible|exact|complete|grade"
    r"|groups\[[^\]]*\]\.(?:id|points|weight)"
    r"|indicators\[[^\]]*\]\.(?:id|level|possible_level|points|weight|status)"
    r"|indicators\[[^\]]*\]\.values\.[^.]+\.value"
)
"""What claims speak of in a row. A key of other signs than letters stands in quotes, and is none of these."""
_FILE = re.compile(r"file|sha256")
_SET = re.compile(r"id|file|sha256")
_SECTION = re.compile(r"ranking")
_OVERALL = re.compile(r"ranking|shares(?:\..*)?")
_NOTHING = re.compile(r"(?!)")
_PLAIN = re.compile(r"[\w-]+\Z")
_DEEPEST = 8
_Passed = re.Pattern[str]


def list_json_lines(report: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Line]:
    """The objects that do not stand in `other` too, without what claims speak of."""
    kinds = ((_quote(key), _show(value)) for key, value in report.items() if key not in _NOTED)
    yield Line("", "", tuple(sorted(kinds)))
    yield Line("set", "", _list_texts(find_object(report, "set"), _SET), "set.")
    yield from _list_lines("inputs", report, other, _FILE)
    yield from _list_lines("diagnostics", report, other, _NOTHING)
    others = {str(one.get("id")): one for one in list_objects(other, "sections")}
    for section in list_objects(report, "sections"):
        name = str(section.get("id"))
        place = f"sections[{name}]"
        yield Line("sections", name, _list_texts(section, _SECTION), f"{place}.")
        yield from _list_rows(place, section, others.get(name, {}))
    overall = find_object(report, "overall")
    yield Line("overall", "", _list_texts(overall, _OVERALL), "overall.")
    yield from _list_rows("overall", overall, find_object(other, "overall"))


def _list_lines(name: str, report: Mapping[str, Any], other: Mapping[str, Any], passed: _Passed) -> Iterator[Line]:
    """The objects of a list that the other has not, in whatever order."""
    here, there = (_list_changed(*lists) for lists in _both_ways(report.get(name), other.get(name)))
    shown = [repr(item) for _, item in here]
    same = Counter(shown) & Counter(repr(item) for _, item in there)
    for (number, item), seen in zip(here, shown, strict=True):
        if same[seen]:
            same[seen] -= 1
            continue
        place = f"{name}[{number}]"
        texts = _list_texts(read_keys(item), passed) if there else (("", place),)
        if texts:
            yield Line(name, number, texts, f"{place}.", whole=place)


def _both_ways(items: Any, others: Any) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    return (items, others), (others, items)


def _list_changed(items: Any, others: Any) -> list[tuple[int, Any]]:
    """The items of a list that do not stand alike at their place in the other one, with their numbers."""
    pairs = zip_longest(_as_list(items), _as_list(others))
    return [(number, one) for number, (one, other) in enumerate(pairs) if one is not None and one != other]


def _list_rows(place: str, table: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Line]:
    """The rows of a ranking; of one that the other has not at all it is enough that it is there."""
    others = {_find_key(one): one for one in _as_list(other.get("ranking"))}
    for _, item in _list_changed(table.get("ranking"), other.get("ranking")):
        key = _find_key(item)
        twin = others.get(key)
        if twin is not None and _is_same(item, twin):
            continue
        texts = (("", repr(key)),) if twin is None else _list_texts(read_keys(item), _FIGURES)
        row = f"{place}.ranking[{key[1]}]"
        yield Line(place, key, texts, f"{row}.", whole=row)


def _find_key(row: Any) -> tuple[str, str]:
    """Whose row it is."""
    entity = find_object(read_keys(row), "entity")
    return str(entity.get("code")), str(entity.get("name"))


def _is_same(one: Any, other: Any) -> bool:
    """Whether they say the same, however keys are ordered and numbers are written."""
    if one == other:
        return True
    if isinstance(one, JsonObject) and isinstance(other, JsonObject):
        left, right = read_keys(one), read_keys(other)
        return left.keys() == right.keys() and all(_is_same(value, right[key]) for key, value in left.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    both = isinstance(one, JsonNumber) and isinstance(other, JsonNumber)
    return both and bool(show_value(one) == show_value(other))


def _list_texts(item: Mapping[str, Any], passed: _Passed) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text for key, value in item.items() for text in _flatten(value, _quote(key), passed, 1)))


def _flatten(value: Any, path: str, passed: _Passed, depth: int) -> Iterator[tuple[str, str]]:
    """Every value within, by its path; of what lies deeper than in any report of ours no more than what it is."""
    if passed.fullmatch(path):
        if value is None and passed is _FIGURES:  # no claim, but a key that is there
            yield path, _show(value)
        return
    within = _list_within(value) if depth < _DEEPEST and isinstance(value, list) else ()
    for name, one in within:
        yield from _flatten(one, path + name, passed, depth + 1)
    if not within:
        yield path, _show(value)


def _as_list(items: Any) -> Sequence[Any]:
    return items if isinstance(items, list) and not isinstance(items, JsonObject) else ()


def _list_within(value: list[Any]) -> Sequence[tuple[str, Any]]:
    """What an object or a list holds, each with what it adds to the path: its key, else its id or number."""
    if isinstance(value, JsonObject):
        return [(f".{_quote(key)}", one) for key, one in read_keys(value).items()]
    ids = [next((_quote(str(one)) for key, one in item if key == "id"), "") for item in map(_as_object, value)]
    times = Counter(ids)
    names = (id_ if id_ and times[id_] == 1 else f"#{number}" for number, id_ in enumerate(ids))
    return [(f"[{name}]", one) for name, one in zip(names, value, strict=True)]


def _as_object(value: Any) -> JsonObject:
    return value if isinstance(value, JsonObject) else JsonObject()


def _quote(key: str) -> str:
    return key if _PLAIN.match(key) else json.dumps(key, ensure_ascii=False)


def _show(value: Any) -> str:
    """A value as json has it; of an object or a list what it is."""
    if value is None:
        return "null"
    if isinstance(value, list):
        marks = "{}" if isinstance(value, JsonObject) else "[]"
        return "...".join(marks) if value else marks
    is_text = isinstance(value, str) and not isinstance(value, JsonNumber)
    return json.dumps(value, ensure_ascii=False) if is_text else show_value(value)
