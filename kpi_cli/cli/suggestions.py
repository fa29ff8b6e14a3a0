"""`kpi validate --suggest-tests`: the cases that a set lacks, ready to be pasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn

from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.workflows.suggestions import SuggestRun


def print_suggestions(
    files: Sequence[str], voice: Voice, *, set_reference: str | None, indicators: Sequence[str]
) -> NoReturn:
    """Prints what each indicator lacks, says where it belongs, and ends the run."""
    from kpi_cli.cli.console import print_data
    from kpi_cli.diagnostics import Severity
    from kpi_cli.workflows.suggestions import suggest_tests

    suggested = suggest_tests(files, set_reference=set_reference, indicators=indicators)
    if suggested.results:
        voice.fail_usage(mark("--suggest-tests is for sets, not for {file}"), file=", ".join(suggested.results))
    voice.say_diagnostics(suggested.diagnostics, suggested.sources, (Severity.ERROR, Severity.WARNING))
    unknown = [name for name in indicators if suggested.suggestions and name not in suggested.known]
    if unknown:
        problem = mark("--indicator: there is no `{id}`; there are: {known}")
        voice.fail_usage(problem, id=unknown[0], known=", ".join(suggested.known))
    text = "\n".join(_render_files(suggested))
    print_data(text)
    if text:
        voice.say(
            voice.words(
                mark("Paste the lines under `tests:` of each indicator; where it has none, write `tests:` above them.")
            )
        )
    elif suggested.suggestions and not suggested.too_large:
        voice.say(voice.words(mark("There is nothing to add: both sides of every threshold have a case.")))
    voice.finish(suggested.diagnostics)


def _render_files(suggested: SuggestRun) -> Iterator[str]:
    """The cases of each file; several files are documents of YAML, since ids may stand in more than one."""
    from kpi_cli.render.cases_yaml import render_cases
    from kpi_cli.render.text import clean_text

    several = sum(map(bool, suggested.suggestions.values())) > 1
    for file, suggestions in suggested.suggestions.items():
        if several and suggestions:
            yield f"--- # {clean_text(file)}\n"
        for indicator, cases, column in suggestions:
            yield render_cases(indicator, cases, column=column)
