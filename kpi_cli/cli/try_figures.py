"""`kpi try`: the level of one indicator for figures typed in, and why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli.cli.options import LanguageOption, QuietOption, SetOption
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.diagnostics import Diagnostic
    from kpi_cli.model import Indicator
    from kpi_cli.results.typed_figures import Typed
    from kpi_cli.scoring.explain import IndicatorExplanation

HELP = """Show the level of one indicator for figures typed in, the rule that decided it, and what the next level takes.

Figures are written as in a cell of a workbook: 85, 85%, yes, -, N/A. What is not given counts as missing.
A bare figure of a percent is in percent points: 0.85 is 0.85 %, and said to be."""
EXAMPLES = """\b
Examples:
  kpi try T2 plan_achieved=80
  kpi try T1 budget_spent_baht=899,950 budget_allocated_baht=1,000,000
  kpi try T4 publicity_points=2600 stories_selected=0
  kpi try A done=yes --set draft.yaml"""


class TryFormat(StrEnum):
    """What `kpi try` prints on standard output."""

    table = "table"
    json = "json"


def run(
    wanted: Annotated[str, typer.Argument(metavar="INDICATOR", show_default=False)],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE=VALUE...", show_default=False, help="Measures by id or title."),
    ] = None,
    set_reference: SetOption = None,
    format_: Annotated[TryFormat, typer.Option("--format", help="A table, or json.")] = TryFormat.table,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Reads the figures, decides the level, and prints both."""
    from kpi_cli.cli.console import print_data
    from kpi_cli.cli.findings import Voice
    from kpi_cli.diagnostics import Severity, has_errors
    from kpi_cli.results.typed_figures import read_typed_figures
    from kpi_cli.scoring.explain import explain_figures

    voice = Voice.of(lang, quiet=quiet)
    definition = voice.load_set(set_reference, refuse=lambda found: _print_refused(wanted, found, format_, voice))
    indicator = voice.find_indicator(definition, wanted)
    figures, found = read_typed_figures(_split_arguments(arguments or (), indicator, voice), indicator, definition)
    if has_errors(found):
        _print_refused(indicator.id, found, format_, voice)
        voice.fail(found)
    voice.say_diagnostics(found, {}, tuple(Severity))
    print_data(_render(explain_figures(indicator, figures, scale=definition.scale), found, format_, voice))
    voice.finish(found)


def _split_arguments(arguments: Sequence[str], indicator: Indicator, voice: Voice) -> list[Typed]:
    from kpi_cli.results.typed_figures import Typed

    typed = []
    for argument in arguments:
        name, equals, text = argument.partition("=")
        if not equals or not name.strip():
            example = f"{next(iter(indicator.measures))}=..."
            voice.fail_usage(
                mark("`{argument}` is not MEASURE=VALUE, such as {example}"), argument=argument, example=example
            )
        typed.append(Typed(name.strip(), text))
    return typed


def _print_refused(id_: str, found: Sequence[Diagnostic], format_: TryFormat, voice: Voice) -> None:
    if format_ is TryFormat.json:
        from kpi_cli.cli.console import print_data
        from kpi_cli.render.explain.json_v1 import refused_trial_document
        from kpi_cli.render.json_text import dump

        print_data(dump(refused_trial_document(id_, found, voice.language)))


def _render(explained: IndicatorExplanation, found: Sequence[Diagnostic], format_: TryFormat, voice: Voice) -> str:
    if format_ is TryFormat.json:
        from kpi_cli.render.explain.json_v1 import trial_document
        from kpi_cli.render.json_text import dump

        return dump(trial_document(explained, found, voice.language))
    from kpi_cli.cli.console import describe_screen
    from kpi_cli.render.explain.terminal import render_trial

    return render_trial(explained, language=voice.language, **describe_screen())
