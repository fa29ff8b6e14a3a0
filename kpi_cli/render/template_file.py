"""The workbook that is sent out to be filled in: a sheet a section, and one that explains how."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl import Workbook

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.render.headings import entity_title
from kpi_cli.render.template.guide import fill_guide
from kpi_cli.render.template.plan import SheetPlan, plan_sheet, ranks_exactly
from kpi_cli.render.template.section_sheet import fill_section_sheet
from kpi_cli.render.template.words import not_applicable_word
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.render.xlsx.archive import save_book
from kpi_cli.render.xlsx.book import describe_book, name_set
from kpi_cli.render.xlsx.cells import choose_title


class Part(NamedTuple):
    """A section, and those of its indicators that are to be filled in."""

    section: Section
    indicators: tuple[Indicator, ...]


class Template(NamedTuple):
    """A workbook, and what it cannot show: levels of indicators, by id, and ranks of sections, by title.

    Rules may make too long a formula, and rules and weights have more digits than a spreadsheet keeps.
    """

    data: bytes
    not_live: tuple[str, ...] = ()
    not_ranked: tuple[str, ...] = ()


def render_template(
    definition: IndicatorSet, parts: tuple[Part, ...], language: Language, *, version: str, plain: bool = False
) -> Template:
    """The workbook for `parts` of `definition`; `plain` leaves out levels, points, score and rank."""
    say, book = translate(language), Workbook()
    book.remove(book.worksheets[0])
    titles = [_list_titles(definition, part.section, say, plain=plain) for part in parts]
    entity = entity_title(definition, say)
    plans = [
        plan_sheet(*part, definition, entity_title=entity, plain=plain, titles=len(above))
        for part, above in zip(parts, titles, strict=True)
    ]
    sheets = [book.create_sheet(choose_title(part.section.title, book.sheetnames)) for part in parts]
    guide = book.create_sheet(choose_title(say("How to fill in"), book.sheetnames))
    sentences = _list_sentences(definition, entity, say, plain=plain)
    lists = fill_guide(guide, plans, sentences, join_lines(definition.title), say)
    for sheet, plan, above in zip(sheets, plans, titles, strict=True):
        fill_section_sheet(sheet, plan, above, say, choices=lists)
    properties = name_set(definition, definition.sha256)
    describe_book(book, version=version, title=definition.title, properties=properties)
    if plain:
        return Template(save_book(book))
    not_ranked = tuple(join_lines(plan.section.title) for plan in plans if not ranks_exactly(plan.section, definition))
    return Template(save_book(book), _list_not_live(plans), not_ranked)


def _list_titles(definition: IndicatorSet, section: Section, say: Translator, *, plain: bool) -> list[str]:
    office = f" · {join_lines(definition.organisation)}" if definition.organisation else ""
    hint = say("Fill in the yellow cells. A title with a red corner shows the wording of the levels.")
    if not plain:
        hint += " " + say("A level in italics is not final: figures are missing.")
    return [join_lines(definition.title), f"{join_lines(section.title)}{office}", hint]


def _list_sentences(definition: IndicatorSet, entity: str, say: Translator, *, plain: bool) -> list[str]:
    nothing = not_applicable_word()
    sentences = [
        say("1. Write into the yellow cells only; the others are protected, without a password."),
        say("2. Write a percentage as a number: 85 is 85%. Do not type the % sign: Excel would make 0.85 of it."),
        say("3. Leave blank what is not known yet. A blank is not zero: the level stays open."),
        say("4. Where there is nothing to measure, and the cell allows it, write {word}.", word=nothing),
        say("5. A cell that turns red cannot be read; one that turns dark yellow holds a percentage of 1 or less."),
        say("6. Leave the grey row of ids and the titles as they are: the program finds the figures by them."),
    ]
    if not plain:
        sentences.append(say("7. Levels and scores appear as figures are written; those in italics may still rise."))
    if definition.entity.roster is None:
        sentences.append(say("Write each name ({entity}) in a row of its own.", entity=entity))
    return [*sentences, say("Save the workbook and send it back as it is (.xlsx).")]


def _list_not_live(plans: list[SheetPlan]) -> tuple[str, ...]:
    return tuple(one.id for plan in plans for one in plan.indicators if not plan.is_live(one))
