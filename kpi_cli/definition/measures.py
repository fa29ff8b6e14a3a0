"""What must hold of the measures of a definition: their ids, headers, ratios, choices and ranges; and test cases."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeGuard

from kpi_cli.definition.outline import Keys, Spot, iterate_indicators, iterate_list, iterate_texts, list_measures
from kpi_cli.definition.structure import MAX_CHOICES, MAX_MEASURES, find_repeats, read_scale
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.model import DEFAULT_RANGES, MEASURE_ID, RESERVED_MEASURE_IDS
from kpi_cli.model.names import clean_header

_NUMERIC = frozenset({"percent", "number", "count"})
_WORDLESS = frozenset({"flag", "choice"})
_PART_TYPES = frozenset({"number", "count"})


def check_measures(data: object) -> Iterator[Diagnostic]:
    """Every finding about measures and the cases that test them."""
    scale = read_scale(data)
    for indicator in iterate_indicators(data):
        measures = list_measures(indicator)
        known = name_measures(measures)
        for name, spot in measures.items():
            yield from _check_id(name, spot)
            yield from _check_ratio(spot, measures, known)
            yield from _check_choices(spot)
            yield from _check_range(spot)
        for case in (*iterate_list(indicator, "tests"), *iterate_list(indicator, "accept")):
            yield from _check_case(case, measures, known)
            yield from _check_level(case, scale)
    yield from _find_repeated_ids(data)
    yield from find_repeats(_headers(data), "header")
    yield from _find_entity_headers(data)


def _check_id(name: str, spot: Spot) -> Iterator[Diagnostic]:
    path = Path(spot.keys, on_key=True)
    if name in RESERVED_MEASURE_IDS:
        yield Diagnostic("wrong-type", Severity.ERROR, path, {"id": name}, "reserved-measure-id")
    elif not re.fullmatch(MEASURE_ID, name):
        yield Diagnostic("wrong-type", Severity.ERROR, path, {"id": name}, "measure-id")


def _check_ratio(spot: Spot, measures: Mapping[str, Spot], known: tuple[str, ...]) -> Iterator[Diagnostic]:
    ratio = spot.data.get("ratio")
    if not isinstance(ratio, Mapping):
        return
    path = Path((*spot.keys, "ratio"))
    if spot.text("type") in (_NUMERIC | _WORDLESS) - {"percent"}:
        yield Diagnostic("wrong-type", Severity.ERROR, path, {}, "ratio-of-no-percent")
    if ratio.get("part") is not None and ratio.get("part") == ratio.get("whole"):
        yield Diagnostic("wrong-type", Severity.ERROR, path, {}, "ratio-of-itself")
    for key in ("part", "whole"):
        name = ratio.get(key)
        place = Path((*spot.keys, "ratio", key))
        if isinstance(name, str) and name not in measures:
            yield describe_unknown_measure(name, known, place)
        elif isinstance(name, str) and measures[name].text("type") in (_NUMERIC | _WORDLESS) - _PART_TYPES:
            yield Diagnostic("wrong-type", Severity.ERROR, place, {"measure": name}, "ratio-part")


def name_measures(measures: Iterable[str]) -> tuple[str, ...]:
    """The names of measures for findings, no more than an indicator may have; all findings share them."""
    names = tuple(itertools.islice(measures, MAX_MEASURES + 1))
    return names if len(names) <= MAX_MEASURES else (*names[:-1], "…")


def describe_unknown_measure(name: str, known: tuple[str, ...], path: Path) -> Diagnostic:
    """The finding that `name` is none of the measures that are `known`; what it was meant to be is found later."""
    params = {"measure": name, "suggestion": "", "known": known}
    return Diagnostic("unknown-measure", Severity.ERROR, path, params)


def _check_choices(spot: Spot) -> Iterator[Diagnostic]:
    choices, kind = spot.data.get("choices"), spot.text("type")
    path = Path((*spot.keys, "choices"))
    if kind == "choice" and choices is None:
        yield Diagnostic("missing-key", Severity.ERROR, Path(spot.keys, on_key=True), {"key": "choices"}, "choices")
    if choices is not None and kind in _NUMERIC | {"flag"}:
        yield _not_for_type(spot, "choices")
    if choices == ():
        params = {"key": "choices", "kind": "list", "expected": "not-empty"}
        yield Diagnostic("wrong-type", Severity.ERROR, path, params, "bare")
    named = [(clean_header(choice), keys) for choice, keys in iterate_texts(spot, "choices")]
    for key, keys in named:
        if not key:  # a blank cell is missing, whatever it is called
            params = {"key": "choices", "kind": "empty-text", "expected": "text"}
            yield Diagnostic("wrong-type", Severity.ERROR, Path(keys), params, "item-bare")
    yield from find_repeats(named, "choice")


def _not_for_type(spot: Spot, key: str) -> Diagnostic:
    params = {"key": key, "kind": spot.text("type")}
    return Diagnostic("wrong-type", Severity.ERROR, Path((*spot.keys, key), on_key=True), params, "not-for-type")


def _check_range(spot: Spot) -> Iterator[Diagnostic]:
    for key in ("range", "step"):
        if spot.text("type") in _WORDLESS and spot.data.get(key) is not None:
            yield _not_for_type(spot, key)
    bounds = spot.data.get("range")
    if isinstance(bounds, tuple) and spot.text("type") == "count" and bounds[:1] == (None,):
        bounds = (0, *bounds[1:])
    numbers = [bound for bound in bounds if _is_number(bound)] if isinstance(bounds, tuple) else []
    if isinstance(bounds, tuple) and len(bounds) == len(numbers) == 2 and numbers[0] > numbers[1]:
        params = {"low": numbers[0], "high": numbers[1]}
        yield Diagnostic("wrong-type", Severity.ERROR, Path((*spot.keys, "range")), params, "range-backwards")
    if spot.data.get("type") == "count" and isinstance(bounds, tuple) and _is_below_zero(bounds[:1]):
        yield Diagnostic(
            "wrong-type", Severity.ERROR, Path((*spot.keys, "range")), {"low": bounds[0]}, "count-below-zero"
        )


def _is_below_zero(low: tuple[object, ...]) -> bool:
    return any(_is_number(bound) and bound < 0 for bound in low)


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _check_case(case: Spot, measures: Mapping[str, Spot], known: tuple[str, ...]) -> Iterator[Diagnostic]:
    for key in ("given", "at"):
        values = case.data.get(key)
        for name, value in values.items() if isinstance(values, Mapping) and measures else ():
            path = Path((*case.keys, key, name))
            if name not in measures:
                yield describe_unknown_measure(str(name), known, Path(path.keys, on_key=True))
            elif value is not None:
                yield from _check_value(value, name, measures[name], path)


def _check_value(value: object, name: str, measure: Spot, path: Path) -> Iterator[Diagnostic]:
    params: dict[str, object] = {"measure": name, "kind": measure.text("type") or ""}
    low, high = _bounds(measure)
    if not _fits(value, measure):
        yield Diagnostic("wrong-type", Severity.ERROR, path, params, "given")
    elif _is_number(value) and low is not None and value < low:
        params |= {"value": value, "bound": low}
        yield Diagnostic("wrong-type", Severity.ERROR, path, params, "given-below")
    elif _is_number(value) and high is not None and value > high:
        params |= {"value": value, "bound": high}
        yield Diagnostic("wrong-type", Severity.ERROR, path, params, "given-above")


def _fits(value: object, measure: Spot) -> bool:
    choices = measure.data.get("choices")
    match measure.text("type"):
        case "flag":
            return isinstance(value, bool)
        case "choice":
            if isinstance(choices, tuple) and len(choices) > MAX_CHOICES:  # a finding of its own
                return True
            return value in choices if isinstance(choices, tuple) else isinstance(value, str)
        case "count":
            return _is_number(value) and value == int(value) and value >= 0
        case "percent" | "number":
            return _is_number(value)
    return True


def _bounds(measure: Spot) -> tuple[int | Decimal | None, int | Decimal | None]:
    """The bounds of a measure as far as they are sound, else none."""
    bounds = measure.data.get("range")
    if bounds is None:
        return DEFAULT_RANGES.get(measure.text("type") or "", (None, None))
    low, high = bounds if isinstance(bounds, tuple) and len(bounds) == 2 else (None, None)
    return (low if _is_number(low) else None, high if _is_number(high) else None)


def _check_level(case: Spot, scale: int | None) -> Iterator[Diagnostic]:
    level = case.data.get("level")
    if scale is not None and isinstance(level, int) and not isinstance(level, bool) and not 0 <= level <= scale:
        params = {"level": level, "scale": scale}
        yield Diagnostic("wrong-type", Severity.ERROR, Path((*case.keys, "level")), params, "no-such-level")


def _find_repeated_ids(data: object) -> Iterator[Diagnostic]:
    spots = (list_measures(indicator) for indicator in iterate_indicators(data))
    named = [(name, spot.keys) for measures in spots for name, spot in measures.items()]
    yield from find_repeats(named, "measure", on_key=True)


def _headers(data: object) -> Iterator[tuple[str, Keys]]:
    """What a column may be called, after clean-up: two measures must not share one, nor may the entity's column."""
    entity = data.get("entity") if isinstance(data, Mapping) else None
    if isinstance(entity, Mapping):
        yield from _distinct(Spot(("entity",), entity), ())
    known: set[str] = set()  # an id that stands twice is a finding of its own
    for indicator in iterate_indicators(data):
        for name, spot in list_measures(indicator).items():
            yield from _distinct(spot, () if name in known else ((name, spot.keys),))
            known.add(name)


def _distinct(spot: Spot, ids: tuple[tuple[str, Keys], ...]) -> Iterator[tuple[str, Keys]]:
    """The headers of one column, each once: an alias that repeats its own title harms nobody."""
    headers = [*ids, (spot.text("title") or "", (*spot.keys, "title")), *iterate_texts(spot, "aliases")]
    seen: dict[str, Keys] = {}
    for header, keys in headers:
        if clean_header(header):
            seen.setdefault(clean_header(header), keys)
    yield from seen.items()


def _find_entity_headers(data: object) -> Iterator[Diagnostic]:
    """Measures that are called as the entity's column always is, whatever the set says."""
    entity = data.get("entity") if isinstance(data, Mapping) else None
    title = Spot(("entity",), entity).text("title") if isinstance(entity, Mapping) else None
    taken = {clean_header(word) for word in ("entity", "code", f"ชื่อ{title or 'entity'}")}
    for indicator in iterate_indicators(data):
        for spot in list_measures(indicator).values():
            for header, keys in _distinct(spot, ()):
                if header in taken:
                    yield Diagnostic("duplicate-id", Severity.ERROR, Path(keys), {"id": header}, "entity-header")
