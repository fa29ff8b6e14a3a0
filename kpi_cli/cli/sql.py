"""`kpi sql`: the same scoring as one SQL query."""

from __future__ import annotations

import pathlib
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli.cli.options import ForceOption, LanguageOption, QuietOption, SetOption, TieBreakOption
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice

HELP = """Print the whole scoring as one SQL query: levels, scores and ranks, exactly as kpi score gives them.

It reads a table with `entity` and a column a measure: percents and numbers as exact decimals, flags as booleans,
NULL for what is missing. What cannot be kept exact is refused."""
EXAMPLES = """\b
Examples:
  kpi sql
  kpi sql --dialect postgresql --table warehouse.results -o score.sql
  kpi sql draft.yaml --dialect spark --section team
  kpi sql --table new_rows --no-ranks"""


class DialectName(StrEnum):
    """The engines that a query can be written for."""

    duckdb = "duckdb"
    postgresql = "postgresql"
    postgres = "postgres"
    spark = "spark"
    sqlite = "sqlite"


SetArgument = Annotated[str | None, typer.Argument(metavar="[SET]", show_default=False)]
DialectOption = Annotated[DialectName, typer.Option("--dialect", help="The engine to write for.")]
TableOption = Annotated[str, typer.Option("--table", metavar="NAME", help="The table of results.")]
SectionOption = Annotated[
    list[str] | None, typer.Option("--section", metavar="ID", help="Only this section; may be repeated.")
]
NotApplicableOption = Annotated[
    bool,
    typer.Option("--not-applicable", help='The table says in boolean columns "<measure>:na" what is not applicable.'),
]
NoRanksOption = Annotated[
    bool,
    typer.Option("--no-ranks", help='No ranks, which need all rows: "<section>:order" sorts as they would.'),
]
OutputOption = Annotated[
    pathlib.Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the query to a .sql file.")
]


def run(
    name: SetArgument = None,
    set_reference: SetOption = None,
    dialect: DialectOption = DialectName.duckdb,
    table: TableOption = "results",
    section: SectionOption = None,
    tie_break: TieBreakOption = None,
    not_applicable: NotApplicableOption = False,
    no_ranks: NoRanksOption = False,
    output: OutputOption = None,
    lang: LanguageOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
) -> None:
    """Chooses the set, compiles it, and prints or writes the query."""
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.option_texts import parse_ids
    from kpi_cli.diagnostics import Severity
    from kpi_cli.workflows import QueryOptions, write_query

    voice = Voice.of(lang, quiet=quiet)
    _check_options(name, set_reference, tie_break, voice, no_ranks=no_ranks)
    _check_output(output, voice, force=force)
    definition = voice.load_set(set_reference, argument=name)
    options = QueryOptions(
        dialect.value,
        table,
        tuple(section or ()),
        parse_ids(tie_break),
        said=not_applicable,
        ranked=not no_ranks,
    )
    query = write_query(definition, options)
    if query.usage_errors:
        voice.fail(query.usage_errors)
    voice.say_diagnostics(query.diagnostics, {}, tuple(Severity))
    if query.text is not None:
        _hand_out(query.text, output, voice)
    voice.finish(query.diagnostics)


def _check_options(
    name: str | None, set_reference: str | None, tie_break: str | None, voice: Voice, *, no_ranks: bool
) -> None:
    if name and set_reference:
        voice.fail_usage(mark("sql takes one set"))
    if no_ranks and tie_break:
        voice.fail_usage(mark("--tie-break decides ranks, and --no-ranks leaves them out"))


def _check_output(output: pathlib.Path | None, voice: Voice, *, force: bool) -> None:
    from kpi_cli.cli.outputs import OutputError, check_outputs

    if output is None:
        return
    if output.suffix.lower() != ".sql":
        voice.fail_usage(mark("{file}: a query is written to a file that ends in .sql"), file=str(output))
    try:
        check_outputs((output,), force=force, suffixes=(".sql",))
    except OutputError as error:
        voice.fail_output(error)


def _hand_out(text: str, output: pathlib.Path | None, voice: Voice) -> None:
    from kpi_cli.cli.console import print_data
    from kpi_cli.cli.outputs import OutputError, write_outputs

    if output is None:
        print_data(text)
        return
    try:
        write_outputs({output: text.encode()})
    except OutputError as error:
        voice.fail_output(error)
    voice.say_written((output,))
