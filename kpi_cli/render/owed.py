"""What is still owed, as a reminder to paste into a message, as Markdown, as csv and as json (`kpi.missing/1`)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet
from kpi_cli.render.csv_file import escape_formula
from kpi_cli.render.json_v1 import Json, diagnostic_objects
from kpi_cli.render.markdown import escape_markdown
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Language, Translator, mark, translate
from kpi_cli.scoring.figures import Entity, InputFile
from kpi_cli.scoring.owed import Owed

MISSING_SCHEMA = "kpi.missing/1"
CSV_HEADER = ("set", "owner", "code", "entity", "section", "indicator", "measure", "title", "status", "raw", "cell")


class OwedReport(NamedTuple):
    """What is owed, with its provenance; `owed` is None where no file could be read."""

    definition: IndicatorSet | None
    set_file: str | None
    inputs: tuple[InputFile, ...]
    version: str
    owed: tuple[Owed, ...] | None
    diagnostics: tuple[Diagnostic, ...]
    entities: tuple[Entity, ...] = ()


class _Style(NamedTuple):
    """How lines of a reminder look: as plain text, which every mail and chat shows alike, or as Markdown."""

    title: str
    owner: str
    entities: str
    item: str
    markdown: bool = False

    def fill(self, template: str, text: str) -> str:
        """A line of this style with words of the set or of a file in it."""
        return template.format(escape_markdown(text) if self.markdown else join_lines(text))


_PLAIN = _Style("{}", "{}", "  {}", "    - {}")
_MARKDOWN = _Style("# {}", "## {}", "**{}**\n", "- {}", markdown=True)


def render_reminder(report: OwedReport, language: Language, *, markdown: bool = False) -> str:
    """The reminder: by owner, then by district; districts that owe the same stand together."""
    if report.owed is None or report.definition is None:
        return ""
    say, style = translate(language), _MARKDOWN if markdown else _PLAIN
    lines = [style.fill(style.title, _head(report, say))]
    for owner, owed in _by_owner(report.owed).items():
        lines += ["", style.fill(style.owner, _head_owner(owner, owed, say))]
        for entities, items in _by_items(owed, report.entities):
            lines += [""] if markdown else []
            lines.append(style.fill(style.entities, _name_entities(entities, len(report.entities), say)))
            lines += [style.fill(style.item, _describe_item(item, say)) for item in items]
    return "\n".join(lines) + "\n"


def _head(report: OwedReport, say: Translator) -> str:
    title = report.definition.title if report.definition else ""
    if not report.owed:
        return f"{title}: {say(mark('nothing is owed'))}"
    one, many = mark("{n} figure is still owed"), mark("{n} figures are still owed")
    return f"{title}: {say.count(one, many, n=len(report.owed))}"


def _by_owner(owed: Iterable[Owed]) -> dict[str, list[Owed]]:
    groups: dict[str, list[Owed]] = {}
    for one in owed:
        groups.setdefault(one.indicator.owner or "", []).append(one)
    return groups


def _head_owner(owner: str, owed: list[Owed], say: Translator) -> str:
    return f"{owner or say(mark('No owner named'))} ({len(owed)})"


def _by_items(owed: Iterable[Owed], entities: Iterable[Entity]) -> Iterator[tuple[list[Entity], list[Owed]]]:
    """The entities that owe the same figures, with those figures, in the order of the roster."""
    by_entity: dict[Entity, list[Owed]] = {entity: [] for entity in entities}
    for one in owed:
        by_entity[one.entity].append(one)
    same: dict[tuple[object, ...], tuple[list[Entity], list[Owed]]] = {}
    for entity, items in by_entity.items():
        key = tuple((one.measure, one.figure.raw or None) for one in items)
        same.setdefault(key, ([], items))[0].append(entity)
    yield from (group for key, group in same.items() if key)


def _name_entities(entities: list[Entity], everyone: int, say: Translator) -> str:
    names = ", ".join(entity.name for entity in entities)
    return f"{say(mark('All {n}'), n=everyone)}: {names}" if len(entities) == everyone > 1 else names


def _describe_item(item: Owed, say: Translator) -> str:
    title = item.indicator.measures[item.measure].title
    line = f"{item.indicator.id} {title}"
    if not item.figure.raw:
        return line
    raw = say(mark("“{raw}” was sent, which does not count"), raw=item.figure.raw)
    return f"{line} ({raw})"


def iterate_owed_csv(report: OwedReport) -> Iterator[str]:
    """One row a figure that is owed; only the header where nothing is."""
    rows = csv.writer(_Echo(), lineterminator="\n")
    yield rows.writerow(CSV_HEADER)  # what `_Echo.write` gave back
    set_id = report.definition.id if report.definition else ""
    for one in report.owed or ():
        row = _owed_object(one)
        texts = (row["owner"], one.entity.code, one.entity.name, *(row[key] for key in CSV_HEADER[4:]))
        yield rows.writerow([set_id, *(escape_formula(str(text)) if text else "" for text in texts)])


class _Echo:
    """A file that hands back each row that is written to it."""

    def write(self, row: str) -> str:
        """`row` itself."""
        return row


def owed_document(report: OwedReport, language: Language) -> Json:
    """The `kpi.missing/1` document; `owed` is null where no file could be read."""
    owed = report.owed
    return {
        "schema": MISSING_SCHEMA,
        "set": _set_object(report),
        "inputs": [{"file": file.file, "sha256": file.sha256} for file in report.inputs],
        "kpi_version": report.version,
        "owed": None if owed is None else map(_full_object, owed),
        "diagnostics": diagnostic_objects(report.diagnostics, language),
    }


def _set_object(report: OwedReport) -> Json | None:
    definition = report.definition
    if definition is None:
        return None
    return {"id": definition.id, "title": definition.title, "file": report.set_file, "sha256": definition.sha256}


def _full_object(one: Owed) -> Json:
    return {"entity": {"code": one.entity.code, "name": one.entity.name}, **_owed_object(one)}


def _owed_object(one: Owed) -> Mapping[str, str | None]:
    return {
        "owner": one.indicator.owner,
        "section": one.section,
        "indicator": one.indicator.id,
        "measure": one.measure,
        "title": one.indicator.measures[one.measure].title,
        "status": "not_read" if one.figure.raw else "blank",
        "raw": one.figure.raw or None,
        "cell": one.figure.cell,
    }
