"""`kpi show`: the agreement as a readable table."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli.cli.options import LanguageOption, QuietOption, SetOption
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.model import Indicator, IndicatorSet

HELP = """Show the agreement as a readable table: what is measured, what each level asks, what it weighs.

SET is a file or an id; INDICATOR shows one indicator alone."""
EXAMPLES = """\b
Examples:
  kpi show
  kpi show fy2564-round1 T2
  kpi show draft.yaml --format md > agreement.md"""


class ShowFormat(StrEnum):
    """What `kpi show` prints; json is the set as it was read, its roster and defaults filled in."""

    table = "table"
    md = "md"
    json = "json"


def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SET] [INDICATOR]", show_default=False)] = None,
    set_reference: SetOption = None,
    format_: Annotated[ShowFormat, typer.Option("--format", help="A table, markdown, or json.")] = ShowFormat.table,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Chooses the set, prints it or one of its indicators."""
    from kpi_cli.cli.console import print_data
    from kpi_cli.cli.findings import Voice

    voice = Voice.of(lang, quiet=quiet)
    names = list(names or [])
    if len(names) > (1 if set_reference else 2):
        voice.fail_usage(mark("show takes a set and an indicator, not more"))
    argument, wanted = _split_names(names, set_reference)
    definition = voice.load_set(set_reference, argument=argument)
    if format_ is ShowFormat.json:
        from kpi_cli.render.json_text import dump

        part = definition if wanted is None else _find_indicator(definition, wanted, voice)
        print_data(dump(part.model_dump(mode="json", by_alias=True)))
    else:
        print_data(_render(definition, wanted, voice, markdown=format_ is ShowFormat.md))


def _split_names(names: list[str], reference: str | None) -> tuple[str | None, str | None]:
    """The set and the indicator among the arguments; with --set they name no set."""
    if reference or not names:
        return None, next(iter(names), None)
    if len(names) > 1:
        return names[0], names[1]
    return (names[0], None) if _is_set(names[0]) else (None, names[0])


def _is_set(name: str) -> bool:
    """Whether a single name is a set: it names one, or is written as a file; else it is an indicator."""
    from kpi_cli.definition.find import SetFile, find_set

    found = find_set(name)
    return isinstance(found, SetFile) or found.variant == "set-file-not-found"


def _render(definition: IndicatorSet, wanted: str | None, voice: Voice, *, markdown: bool) -> str:
    if wanted is not None:
        return _render_indicator(_find_indicator(definition, wanted, voice), voice, markdown=markdown)
    if markdown:
        from kpi_cli.render.agreement.markdown import render_agreement_markdown

        return render_agreement_markdown(definition, voice.language)
    from kpi_cli.cli.console import describe_screen
    from kpi_cli.render.agreement.page import render_agreement

    return render_agreement(definition, language=voice.language, **describe_screen())


def _find_indicator(definition: IndicatorSet, wanted: str, voice: Voice) -> Indicator:
    known = {indicator.id: indicator for indicator in definition.indicators}
    if wanted not in known:
        voice.refuse_heading(definition, wanted)
        problem = mark("`{id}` is neither a set nor an indicator of {set}, which has: {known}")
        voice.fail_usage(problem, id=wanted, set=definition.id, known=", ".join(known))
    return known[wanted]


def _render_indicator(indicator: Indicator, voice: Voice, *, markdown: bool) -> str:
    if markdown:
        from kpi_cli.render.agreement.markdown import render_indicator_markdown

        return render_indicator_markdown(indicator, voice.language)
    from kpi_cli.cli.console import describe_screen
    from kpi_cli.render.agreement.page import render_indicator

    return render_indicator(indicator, language=voice.language, **describe_screen())
