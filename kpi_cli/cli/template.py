"""`kpi template`: writes the workbook that districts fill in, with live levels."""

from __future__ import annotations

import pathlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli.cli.options import ForceOption, LanguageOption, QuietOption, SetOption
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.console import Language
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.options import LanguageName
    from kpi_cli.model import IndicatorSet, Section
    from kpi_cli.render.template_file import Part, Template
    from kpi_cli.workflows import ChosenSet

HELP = """Write the workbook to fill in: a sheet a section, the roster filled in, levels that show as figures are typed.

SET is a file or an id. The workbook speaks the language of its set, unless --lang names another."""
EXAMPLES = """\b
Examples:
  kpi template
  kpi template fy2564-round1 -o round1.xlsx
  kpi template --owner กลุ่มงานส่งเสริมฯ
  kpi template --section team --plain"""

_UNFIT_FOR_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
_THAI = re.compile("[\u0e01-\u0e5b]")


class TemplateFormat(StrEnum):
    """What `kpi template` writes: a workbook."""

    xlsx = "xlsx"


def run(
    set_name: Annotated[str | None, typer.Argument(metavar="[SET]", show_default=False)] = None,
    set_reference: SetOption = None,
    output: Annotated[
        pathlib.Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The workbook; else one here, named after the set."),
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only the indicators that this owner reports.")
    ] = None,
    section: Annotated[str | None, typer.Option("--section", metavar="ID", help="Only this section.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Leave out levels, points, score and rank.")] = False,
    format_: Annotated[TemplateFormat, typer.Option("--format", help="A template is xlsx.")] = TemplateFormat.xlsx,
    lang: LanguageOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
) -> None:
    """Chooses the set and its parts, writes the workbook."""
    del format_
    from kpi_cli.cli.findings import Voice

    voice = Voice.of(lang, quiet=quiet)
    if set_name and set_reference:
        voice.fail_usage(mark("the set is named twice: by {name} and by --set"), name=set_name)
    chosen, definition = voice.choose_set(set_reference, argument=set_name)
    parts = _choose_parts(_choose_sections(definition, section, voice), owner, voice)
    path = output or pathlib.Path(_name_file(definition, section, owner))
    _check_output(path, voice, force=force)
    _check_room(chosen, definition, parts, voice)
    _write(path, _render(definition, parts, _choose_language(definition, lang), plain=plain), voice)
    voice.say_next(["kpi", "score", str(path), *_name_set(chosen, definition)])


def _choose_parts(sections: tuple[Section, ...], owner: str | None, voice: Voice) -> tuple[Part, ...]:
    from kpi_cli.render.template_file import Part

    if owner is None:
        return tuple(Part(one, tuple(one)) for one in sections)
    from kpi_cli.model.names import clean_header

    wanted = clean_header(owner)
    owned = (Part(one, tuple(item for item in one if clean_header(item.owner or "") == wanted)) for one in sections)
    parts = tuple(part for part in owned if part.indicators)
    if not parts:
        known = dict.fromkeys(item.owner for one in sections for item in one if item.owner)
        problem = mark("no indicator is reported by `{owner}`; the owners are: {known}")
        voice.fail_usage(problem, owner=owner, known=", ".join(known) or "-")
    return parts


def _choose_sections(definition: IndicatorSet, wanted: str | None, voice: Voice) -> tuple[Section, ...]:
    known = {section.id: section for section in definition.sections}
    if wanted is not None and wanted not in known:
        problem = mark("there is no section `{id}` in {set}, which has: {known}")
        voice.fail_usage(problem, id=wanted, set=definition.id, known=", ".join(known))
    return definition.sections if wanted is None else (known[wanted],)


def _name_file(definition: IndicatorSet, section: str | None, owner: str | None) -> str:
    """`fy2564-round1-template.xlsx`, with the section and the owner where only these are in it."""
    names = [name for name in (definition.id, "template", section, owner) if name]
    return "-".join(_UNFIT_FOR_NAMES.sub("_", name).strip("._") for name in names) + ".xlsx"


def _choose_language(definition: IndicatorSet, option: LanguageName | None) -> Language:
    """That of the set: who fills it in is not who runs the program."""
    if option is not None:
        return option.value
    return "th" if _THAI.search(definition.title) else "en"


def _check_room(chosen: ChosenSet, definition: IndicatorSet, parts: tuple[Part, ...], voice: Voice) -> None:
    from kpi_cli.workflows.packed import refuse_template

    refused = refuse_template(chosen, definition, [part.indicators for part in parts])
    if refused is not None:
        voice.fail((refused,))


def _check_output(path: pathlib.Path, voice: Voice, *, force: bool) -> None:
    from kpi_cli.cli.outputs import OutputError, check_outputs

    if path.suffix.lower() != ".xlsx":
        voice.fail_usage(mark("{file}: a template is a workbook, so its name ends in .xlsx"), file=path)
    try:
        check_outputs((path,), force=force)
    except OutputError as error:
        voice.fail_output(error)


def _render(definition: IndicatorSet, parts: tuple[Part, ...], language: Language, *, plain: bool) -> Template:
    from kpi_cli.render.template_file import render_template
    from kpi_cli.version import VERSION

    return render_template(definition, parts, language, version=VERSION, plain=plain)


def _write(path: pathlib.Path, template: Template, voice: Voice) -> None:
    from kpi_cli.cli.outputs import OutputError, write_outputs

    try:
        write_outputs({path: template.data})
    except OutputError as error:
        voice.fail_output(error)
    voice.say_written((path,))
    if template.not_live:
        text = mark(
            "No level is shown live for {ids}: the rules make too long a formula, or have numbers of more "
            "than 15 digits. kpi score is not concerned."
        )
        voice.say(voice.words(text, ids=", ".join(template.not_live)))
    if template.not_ranked:
        text = mark(
            "No score and no rank is shown live for {sections}: the weights have more digits than a spreadsheet "
            "ranks by. kpi score is not concerned."
        )
        voice.say(voice.words(text, sections=", ".join(template.not_ranked)))


def _name_set(chosen: ChosenSet, definition: IndicatorSet) -> list[str]:
    """The workbook carries the id of its set: --set where that id does not lead to the same file."""
    from kpi_cli.definition.find import SetFile, find_id

    found = find_id(definition.id)
    if chosen.path is None or (isinstance(found, SetFile) and found.path.resolve() == chosen.path.resolve()):
        return []
    return ["--set", str(chosen.path)]
