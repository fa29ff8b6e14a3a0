"""What must agree between places of a definition: ids, weights, shares, levels. Returns findings with paths.

Works on plain values, whatever their shape, so that one run reports everything at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from kpi_cli.checks.accepts import ACCEPTABLE_CODES
from kpi_cli.definition.outline import (
    Keys,
    Spot,
    is_group,
    iterate_indicators,
    iterate_items,
    iterate_list,
    iterate_sections,
    list_measures,
)
from kpi_cli.diagnostics import Diagnostic, Path, Related, Severity
from kpi_cli.model.names import clean_code
from kpi_cli.rules.values import exact_text

_HUNDRED = 100
_HIGHEST_SCALE = 100
MAX_SECTIONS, MAX_MEASURES, MAX_CHOICES, MAX_PREFIXES = 100, 100, 300, 100
"""Each section is a sheet of a template; measures of an indicator, choices, and prefixes are held against
each other, or against every name."""
MAX_INDICATORS, MAX_CASES = 2_000, 10_000
"""Indicators of a section or a group; cases and accepts of an indicator."""


def check_structure(data: object) -> Iterator[Diagnostic]:
    """Every finding about ids, weights, shares, levels, grades and the roster."""
    yield from _find_duplicate_ids(data)
    yield from _check_sizes(data)
    for section in iterate_sections(data):
        yield from _find_nested_groups(section)
        yield from _check_weights(section)
    yield from _check_shares(data)
    for indicator in iterate_indicators(data):
        yield from _check_levels(indicator, read_scale(data))
        yield from _check_accepts(indicator)
    if isinstance(data, Mapping):
        yield from _check_root(Spot((), data))


def read_scale(data: object) -> int | None:
    """The highest level of a set, None where what it says of that is unsound."""
    scale = data.get("scale", 5) if isinstance(data, Mapping) else None
    sound = isinstance(scale, int) and not isinstance(scale, bool) and 1 <= scale <= _HIGHEST_SCALE
    return scale if sound else None


def find_repeats(named: Iterable[tuple[str, Keys]], variant: str, *, on_key: bool = False) -> Iterator[Diagnostic]:
    """A finding for each name that stands a second time, pointing back at the first."""
    seen: dict[str, Keys] = {}
    for name, keys in named:
        first = seen.setdefault(name, keys)
        if first is not keys:
            related = Related("first-here", Path(first, on_key=on_key or _names_measure(first)))
            path = Path(keys, on_key=on_key or _names_measure(keys))
            yield Diagnostic("duplicate-id", Severity.ERROR, path, {"id": name}, variant, related=(related,))


def _names_measure(keys: Keys) -> bool:
    return keys[-2:-1] == ("measures",)


def _find_duplicate_ids(data: object) -> Iterator[Diagnostic]:
    spots = [spot for section in iterate_sections(data) for spot in (section, *iterate_items(section))]
    yield from find_repeats(_texts(spots, "id"), "")
    yield from _find_like_codes(data)


def _find_like_codes(data: object) -> Iterator[Diagnostic]:
    """Codes that are read as one. Two districts may share a name: there the code tells them apart."""
    seen: dict[str, tuple[str, Keys]] = {}
    for code, keys in _texts(_list_roster(data), "code"):
        other, first = seen.setdefault(clean_code(code), (code, keys))
        if first is not keys:
            variant = "roster-code" if code == other else "roster-code-alike"
            related = (Related("first-here", Path(first)),)
            params = {"id": code, "other": other}
            yield Diagnostic("duplicate-id", Severity.ERROR, Path(keys), params, variant, related=related)


def _check_sizes(data: object) -> Iterator[Diagnostic]:
    if isinstance(data, Mapping):
        yield from _check_size(Spot((), data), "sections", MAX_SECTIONS)
        entity = data.get("entity")
        if isinstance(entity, Mapping):
            yield from _check_size(Spot(("entity",), entity), "prefixes", MAX_PREFIXES)
    for section in iterate_sections(data):
        for spot in (section, *filter(is_group, iterate_list(section, "indicators"))):
            yield from _check_size(spot, "indicators", MAX_INDICATORS)
    for indicator in iterate_indicators(data):
        yield from _check_size(indicator, "measures", MAX_MEASURES)
        yield from _check_size(indicator, "tests", MAX_CASES)
        yield from _check_size(indicator, "accept", MAX_CASES)
        for measure in list_measures(indicator).values():
            yield from _check_size(measure, "choices", MAX_CHOICES)


def _check_size(spot: Spot, key: str, limit: int) -> Iterator[Diagnostic]:
    value = spot.data.get(key)
    if isinstance(value, tuple | Mapping) and len(value) > limit:
        params = {"key": key, "count": f"{len(value):,}", "limit": f"{limit:,}"}
        yield Diagnostic("wrong-type", Severity.ERROR, Path((*spot.keys, key)), params, "too-many")


def _texts(spots: Iterable[Spot], key: str) -> Iterator[tuple[str, Keys]]:
    for spot in spots:
        text = spot.text(key)
        if text is not None:
            yield text, (*spot.keys, key)


def _list_roster(data: object) -> list[Spot]:
    entity = data.get("entity") if isinstance(data, Mapping) else None
    return list(iterate_list(Spot(("entity",), entity), "roster")) if isinstance(entity, Mapping) else []


def _find_nested_groups(section: Spot) -> Iterator[Diagnostic]:
    for group in filter(is_group, iterate_list(section, "indicators")):
        for item in filter(is_group, iterate_list(group, "indicators")):
            path = Path((*item.keys, "indicators"), on_key=True)
            yield Diagnostic("wrong-type", Severity.ERROR, path, {}, "nested-group")


def _check_weights(section: Spot) -> Iterator[Diagnostic]:
    weighted = [item for item in iterate_items(section) if not is_group(item)]
    weights = [_read_fraction(item.data.get("weight")) for item in weighted]
    known = [weight for weight in weights if weight is not None]
    if not weighted or len(known) < len(weights) or not _is_whole(section):
        return
    total = sum(known, Fraction(0))
    if total != _HUNDRED:
        shown = " + ".join(f"{item.text('id') or '?'} {_show(item.data['weight'])}" for item in weighted)
        params: dict[str, object] = {"section": section.text("id") or "?", "sum": total, "weights": shown}
        yield Diagnostic("weights-sum", Severity.ERROR, Path((*section.keys, "id")), params)


def _is_whole(section: Spot) -> bool:
    """Whether every item could be read: a sum over the others would only be an echo."""
    for spot in (section, *filter(is_group, iterate_list(section, "indicators"))):
        value = spot.data.get("indicators")
        items = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(item, Mapping) and (spot is section or "indicators" not in item) for item in items):
            return False
    return True


def _read_fraction(value: object) -> Fraction | None:
    # Sums are taken over fractions: Decimal's own addition keeps 28 digits.
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _show(value: object) -> str:
    return exact_text(value) if isinstance(value, Decimal) else str(value)


def _check_shares(data: object) -> Iterator[Diagnostic]:
    sections = list(iterate_sections(data))
    having = [section for section in sections if "share" in section.data]
    if having and len(having) < len(sections):
        lacking = next(section for section in sections if "share" not in section.data)
        params: dict[str, object] = {"section": lacking.text("id") or "?"}
        yield Diagnostic("shares-sum", Severity.ERROR, Path((*lacking.keys, "id")), params, "some-lack")
        return
    shares = [_read_fraction(section.data["share"]) for section in having]
    known = [share for share in shares if share is not None]
    total = sum(known, Fraction(0))
    if having and len(known) == len(shares) and total != _HUNDRED:
        shown = " + ".join(f"{section.text('id') or '?'} {_show(section.data['share'])}" for section in having)
        params = {"sum": total, "shares": shown}
        yield Diagnostic("shares-sum", Severity.ERROR, Path((*having[0].keys, "share")), params)


def _check_levels(indicator: Spot, scale: int | None) -> Iterator[Diagnostic]:
    levels = indicator.data.get("levels")
    if not isinstance(levels, Mapping) or scale is None:
        return
    odd = [key for key in levels if not isinstance(key, int)]
    for key in odd:
        path = Path((*indicator.keys, "levels", key), on_key=True)
        params: dict[str, object] = {"key": key, "scale": scale}
        variant = "quoted" if key.isdigit() else "not-a-number"
        yield Diagnostic("levels-incomplete", Severity.ERROR, path, params, variant)
    missing = tuple(str(level) for level in range(1, scale + 1) if level not in levels)
    if missing and not odd:
        path = Path((*indicator.keys, "levels"), on_key=True)
        yield Diagnostic("levels-incomplete", Severity.ERROR, path, {"scale": scale, "missing": missing})
    for level in levels:
        if isinstance(level, int) and not 1 <= level <= scale:
            path = Path((*indicator.keys, "levels", level), on_key=True)
            yield Diagnostic("levels-incomplete", Severity.ERROR, path, {"scale": scale, "key": level}, "surplus")


def _check_accepts(indicator: Spot) -> Iterator[Diagnostic]:
    for accept in iterate_list(indicator, "accept"):
        code = accept.text("code")
        if code is not None and code not in ACCEPTABLE_CODES:
            params: dict[str, object] = {"code": code, "known": tuple(sorted(ACCEPTABLE_CODES))}
            yield Diagnostic("unused-accept", Severity.WARNING, Path(accept.keys), params, "never")
        elif accept.data.get("level") is None and accept.data.get("at") is None:
            path = Path(accept.keys)
            yield Diagnostic("missing-key", Severity.ERROR, path, {"key": "level"}, "accept-what")


def _check_root(root: Spot) -> Iterator[Diagnostic]:
    if root.data.get("kpi") is True:  # which Python takes for 1
        params = {"value": "true"}
        yield Diagnostic("wrong-type", Severity.ERROR, Path(("kpi",)), params, "version")
    yield from _check_period(root)
    grades = list(iterate_list(root, "grades"))
    yield from find_repeats(_texts(grades, "title"), "grade-title")
    bounds = ((_read_fraction(spot.data.get("min")), (*spot.keys, "min")) for spot in grades)
    yield from find_repeats([(exact_text(bound), keys) for bound, keys in bounds if bound is not None], "grade-bound")


def _check_period(root: Spot) -> Iterator[Diagnostic]:
    period = root.data.get("period")
    if not isinstance(period, Mapping):
        return
    start, end = period.get("from"), period.get("to")
    if isinstance(start, datetime.date) and isinstance(end, datetime.date) and start > end:
        params = {"from": start, "to": end}
        yield Diagnostic("wrong-type", Severity.ERROR, Path(("period", "to")), params, "period-backwards")
