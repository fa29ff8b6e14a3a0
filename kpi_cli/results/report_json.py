"""A json report (`kpi.score/1`) to what it says it was made from, and its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from kpi_cli.results.cells import OWN_REPORT, UnreadableError
from kpi_cli.results.json_file import JsonNumber, JsonObject, convert_number, parse_json
from kpi_cli.results.report import ReportFile, ReportOptions
from kpi_cli.results.report_tables import OVERALL
from kpi_cli.rules.values import canonical_number
from kpi_cli.scoring.figures import Entity, InputFile
from kpi_cli.scoring.verify import Claim

SCHEMA = "kpi.score/1"
_TOTALS = ("rank", "score", "possible", "exact", "complete", "grade")
_GROUP = ("points", "weight")
_INDICATOR = ("level", "possible_level", "points", "weight", "status")


def read_json_report(data: bytes, *, file: str) -> ReportFile:
    """The report in a json document; raises `UnreadableError` for one that is broken, beyond bounds or not ours."""
    document = parse_json(data)
    if not isinstance(document, JsonObject) or dict(document).get("schema") != SCHEMA:
        raise UnreadableError("not-a-report")
    report = read_keys(document)
    named = find_object(report, "set")
    return ReportFile(
        file,
        ".json",
        report,
        set_id=_string(named.get("id")),
        set_sha256=_string(named.get("sha256")),
        inputs=tuple(
            InputFile(_string(one.get("file")) or "", _string(one.get("sha256")) or "")
            for one in list_objects(report, "inputs")
        ),
        set_file=_string(named.get("file")),
        version=_string(report.get("kpi_version")),
        options=ReportOptions(shares=_read_shares(report), keep_going=_kept_going(report)),
        passed_over=tuple(
            _string(one.get("file")) or ""
            for one in list_objects(report, "diagnostics")
            if one.get("code") == OWN_REPORT
        ),
        said=tuple(
            text
            for one in list_objects(report, "diagnostics")
            for key in ("message", "help")
            if (text := _string(one.get(key)))
        ),
    )


def _read_shares(report: Mapping[str, Any]) -> dict[str, Decimal] | None:
    shares = find_object(find_object(report, "overall"), "shares")
    found = {name: convert_number(share) for name, share in shares.items() if isinstance(share, JsonNumber)}
    return {name: share for name, share in found.items() if share is not None} or None


def _kept_going(report: Mapping[str, Any]) -> bool:
    """Beside an error nothing is ranked, but for those who go on without what was refused."""
    return any(one.get("severity") == "error" for one in list_objects(report, "diagnostics"))


def list_json_claims(report: Mapping[str, Any]) -> list[Claim]:
    """Every figure of the rankings; raises `UnreadableError` where they have not the shape of the contract."""
    sections = [
        (_name(section), row)
        for section in list_objects(report, "sections")
        for row in list_objects(section, "ranking")
    ]
    overall = find_object(report, "overall")
    rows = [*sections, *((OVERALL, row) for row in list_objects(overall, "ranking"))]
    shares = find_object(overall, "shares")
    return [
        *(claim for section, row in rows for claim in _list_row(section, row)),
        *(Claim(OVERALL, None, "", name, "weight", show_value(share)) for name, share in shares.items()),
    ]


def _list_row(section: str, row: Mapping[str, Any]) -> Iterator[Claim]:
    named = find_object(row, "entity")
    entity = Entity(_string(named.get("code")), _string(named.get("name")) or "")
    for item, figure, value in _list_values(row):
        if value is not None:
            yield Claim(section, entity, "", item, figure, show_value(value))


def _list_values(row: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Item, figure and value: of the row itself, its groups, its indicators and what was measured."""
    yield from (("", figure, row.get(figure)) for figure in _TOTALS)
    for group in list_objects(row, "groups"):
        yield from ((_name(group), figure, group.get(figure)) for figure in _GROUP)
    for indicator in list_objects(row, "indicators"):
        yield from ((_name(indicator), figure, indicator.get(figure)) for figure in _INDICATOR)
        values = find_object(indicator, "values")
        yield from ((measure, "value", find_object(values, measure).get("value")) for measure in values)


def find_object(parent: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What stands under `key`; nothing where that is null."""
    item = parent.get(key)
    return {} if item is None else read_keys(item)


def list_objects(parent: Mapping[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """The objects in a list; raises `UnreadableError` for what is none."""
    items = parent.get(key, [])
    if not isinstance(items, list) or isinstance(items, JsonObject):
        raise UnreadableError("broken-report", problem=key)
    return map(read_keys, items)


def read_keys(item: object) -> dict[str, Any]:
    """An object as a mapping; of a key given twice programs do not agree which counts."""
    if not isinstance(item, JsonObject):
        raise UnreadableError("broken-report", problem="{...}")
    found = dict(item)
    if len(found) < len(item):
        ((twice, _),) = Counter(_names(item)).most_common(1)
        raise UnreadableError("broken-report", problem=twice)
    return found


def _names(item: JsonObject) -> Iterator[str]:
    return (key for key, _ in item)


def _name(item: Mapping[str, Any]) -> str:
    name = _string(item.get("id"))
    if not name:
        raise UnreadableError("broken-report", problem="id")
    return name


def _string(value: object) -> str | None:
    if value is not None and (not isinstance(value, str) or isinstance(value, JsonNumber)):
        raise UnreadableError("broken-report", problem=str(value)[:20])
    return value


def show_value(value: object) -> str:
    """A value as it is compared: a number in full, whether it is written 98 or 98.0."""
    match value:
        case bool():
            return "true" if value else "false"
        case JsonNumber():
            number = convert_number(value)
            return value if number is None else canonical_number(number)
        case str():
            return value
    raise UnreadableError("broken-report", problem=str(value)[:20])
