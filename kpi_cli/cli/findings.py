"""What is said to a person on standard error: findings, the choice of the set, what to do next; and how a run ends."""

from __future__ import annotations

import os
import pathlib
import shlex
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeAlias

import typer

from kpi_cli.cli.console import Language, choose_language, say, wants_colour
from kpi_cli.cli.exit_codes import USAGE, choose_exit_code
from kpi_cli.diagnostics import Diagnostic, Severity, has_errors
from kpi_cli.render.text import clean_text
from kpi_cli.render.translate import Translator, mark, translate

if TYPE_CHECKING:
    from kpi_cli.cli.options import LanguageName
    from kpi_cli.cli.outputs import OutputError
    from kpi_cli.model import Indicator, IndicatorSet
    from kpi_cli.workflows import ChosenSet, ScoreRun

_OUTPUT_PROBLEMS = {
    "unknown-suffix": mark("{file}: I cannot write this kind of file; it is .xlsx, .csv, .json, .md or .html"),
    "named-twice": mark("{file} is named twice as an output"),
    "no-folder": mark("{file}: there is no such folder"),
    "is-input": mark("{file} is one of the inputs; they are never written over"),
    "not-a-file": mark("{file} is not a file that can be written over"),
    "exists": mark("{file} exists already; --force writes over it"),
    "cannot-write": mark("{file} cannot be written: {problem}; what stood there is unchanged"),
}
_ORIGINS = {
    "option": mark("Indicator set {id} ({file}), named by --set"),
    "argument": mark("Indicator set {id} ({file}), named as an argument"),
    "workbook": mark("Indicator set {id} ({file}), named by the workbook"),
    "report": mark("Indicator set {id} ({file}), named by the report"),
    "environment": mark("Indicator set {id} ({file}), named by KPI_SET"),
    "shipped": mark("Indicator set {id} (came with kpi)"),
}

Refuse: TypeAlias = Callable[[Sequence[Diagnostic]], None]
"""Prints what a command prints where its set was refused."""

# Notes that are shown unasked: what the cell shows and what it scores are two things, and someone will ask.
_TELLING = frozenset({"display-rounding"})


class Voice(NamedTuple):
    """One run's language, and whether it is to be quiet."""

    language: Language
    quiet: bool = False

    @classmethod
    def of(cls, option: LanguageName | None, *, quiet: bool = False) -> Voice:
        """The voice that the options, the environment and the locale ask for."""
        return cls(choose_language(option.value if option else None), quiet)

    @property
    def words(self) -> Translator:
        """Words in the language of this run."""
        return translate(self.language)

    def say(self, text: str) -> None:
        """Says `text`, unless quiet."""
        say(text, quiet=self.quiet)

    def load_set(
        self, reference: str | None, *, argument: str | None = None, refuse: Refuse | None = None
    ) -> IndicatorSet:
        """The sound set that is meant, said: see `choose_set`."""
        return self.choose_set(reference, argument=argument, refuse=refuse)[1]

    def choose_set(
        self, reference: str | None, *, argument: str | None = None, refuse: Refuse | None = None
    ) -> tuple[ChosenSet, IndicatorSet]:
        """The sound set that --set, an argument or nothing means, said; a set with errors ends the run with them.

        `refuse` prints the document of a command that promises one whatever was found.
        """
        from kpi_cli.workflows import choose_set

        chosen = choose_set(reference, workbook_ids={}, argument=argument)
        if isinstance(chosen, Diagnostic):
            self._refuse_set((chosen,), {}, refuse)
        loaded = chosen.loaded
        if loaded.definition is None:
            self._refuse_set(loaded.diagnostics, {loaded.file: loaded.text}, refuse)
        self.say_set(chosen)
        return chosen, loaded.definition

    def _refuse_set(self, found: Sequence[Diagnostic], sources: Mapping[str, str], refuse: Refuse | None) -> NoReturn:
        if refuse:
            refuse(found)
        self.say_diagnostics(found, sources, (Severity.ERROR, Severity.WARNING))
        self.finish(found)

    def find_indicator(self, definition: IndicatorSet, wanted: str) -> Indicator:
        """The indicator of that id, however it is spelt; another id is a usage error."""
        from kpi_cli.model.names import clean_header

        known = {clean_header(indicator.id): indicator for indicator in definition.indicators}
        found = known.get(clean_header(wanted))
        if found is None:
            self.refuse_heading(definition, wanted)
            ids = ", ".join(indicator.id for indicator in definition.indicators)
            self.fail_usage(
                mark("{set} has no indicator `{id}`; it has: {known}"), set=definition.id, id=wanted, known=ids
            )
        return found

    def refuse_heading(self, definition: IndicatorSet, wanted: str) -> None:
        """Ends the run where `wanted` is a group: a heading has no levels, the indicators under it have."""
        from kpi_cli.model.names import clean_header

        groups = (group for section in definition.sections for group in section.groups)
        group = next((group for group in groups if clean_header(group.id) == clean_header(wanted)), None)
        if group is not None:
            ids = ", ".join(indicator.id for indicator in group.indicators)
            problem = mark("`{id}` is a heading, not an indicator; the indicators under it are: {known}")
            self.fail_usage(problem, id=group.id, known=ids)

    def say_diagnostics(
        self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], show: Collection[Severity]
    ) -> None:
        """Says what was found, with excerpts; under --quiet the errors alone."""
        shown = {Severity.ERROR} if self.quiet else set(show)
        found = [diagnostic for diagnostic in diagnostics if diagnostic.severity in shown]
        if not found:
            return
        from kpi_cli.render.findings.text import render_diagnostics

        colour = wants_colour(sys.stderr)
        say(render_diagnostics(found, sources=sources, language=self.language, colour=colour))

    def say_set(self, chosen: ChosenSet) -> None:
        """Says which set was chosen, and by what."""
        definition = chosen.loaded.definition
        if definition is not None:
            self.say(self.words(_ORIGINS[chosen.origin], id=definition.id, file=clean_text(chosen.loaded.file)))

    def say_scored(self, scored: ScoreRun, *, keep_going: bool, notes: bool = False) -> None:
        """Says what a scoring found, by which set it was made, and what refusals did to it."""
        report, chosen = scored.report, scored.chosen
        self.say_found(report.diagnostics, {chosen.loaded.file: chosen.loaded.text} if chosen else {}, notes=notes)
        if chosen is not None:
            self.say_set(chosen)
        if report.scorecard is None and report.definition is not None:
            self.say_not_ranked(report.diagnostics, offer=scored.some_reported and not keep_going)
        elif report.scorecard is not None and has_errors(report.diagnostics):
            self.say_kept_going(report.diagnostics)

    def say_found(self, found: Iterable[Diagnostic], sources: Mapping[str, str], *, notes: bool) -> None:
        """Says what a scoring found; of notes those alone that tell of a level, where `notes` are not asked for."""
        shown = [item for item in found if notes or item.severity is not Severity.NOTE or item.code in _TELLING]
        self.say_diagnostics(shown, sources, tuple(Severity))

    def say_not_ranked(self, diagnostics: Iterable[Diagnostic], *, offer: bool) -> None:
        """Says that refusals leave nothing ranked, and how to go on where there is anything to rank."""
        refused = count_refusals(diagnostics)
        one, many = (
            mark("{n} finding must be mended, so nothing is ranked."),
            mark("{n} findings must be mended, so nothing is ranked."),
        )
        text = self.words.count(one, many, n=refused)
        hint = " " + self.words(mark("--keep-going ranks without what was refused.")) if offer else ""
        self.say(text + hint)

    def say_kept_going(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Says that the ranking leaves out what was refused."""
        one = mark("{n} finding was left out of this ranking (--keep-going): what was refused counts as missing.")
        many = mark("{n} findings were left out of this ranking (--keep-going): what was refused counts as missing.")
        self.say(self.words.count(one, many, n=count_refusals(diagnostics)))

    def say_next(self, command: Sequence[str]) -> None:
        """Says the next useful command."""
        self.say(self.words(mark("Next: {command}"), command=clean_text(quote_command(command))))

    def say_written(self, outputs: Iterable[pathlib.Path]) -> None:
        """Says which files were written."""
        for path in outputs:
            self.say(self.words(mark("Wrote {file}"), file=clean_text(str(path))))

    def say_not_written(self, outputs: Iterable[pathlib.Path]) -> None:
        """Says which files were not written, since there is no ranking to write."""
        for path in outputs:
            self.say(self.words(mark("Not written, since nothing is ranked: {file}"), file=clean_text(str(path))))

    def fail(self, diagnostics: Sequence[Diagnostic]) -> NoReturn:
        """Says what is wrong with the options, and ends the run as a usage error."""
        self.say_diagnostics(diagnostics, {}, tuple(Severity))
        raise typer.Exit(USAGE)

    def fail_usage(self, text: str, **params: object) -> NoReturn:
        """Says one sentence about the options, and ends the run as a usage error."""
        say(self.words(mark("Error: {problem}"), problem=clean_text(self.words(text, **params))))
        raise typer.Exit(USAGE)

    def fail_output(self, error: OutputError) -> NoReturn:
        """Says why a file is not written, and ends the run as a usage error."""
        self.fail_usage(_OUTPUT_PROBLEMS[error.reason], file=error.file, problem=error.problem)

    def finish(self, diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> NoReturn:
        """Ends the run with what `diagnostics` come to."""
        raise typer.Exit(choose_exit_code(diagnostics, strict=strict))


def quote_command(command: Sequence[str]) -> str:
    """A command as it can be typed again: Windows' shells do not know single quotes."""
    if os.name == "nt":
        from subprocess import list2cmdline

        return list2cmdline(command)
    return " ".join(map(_quote_word, command))


def _quote_word(word: str) -> str:
    """`word` in quotes where a shell needs them; Thai letters need none, though `shlex` knows only ASCII."""
    plain = all(char in "@%+=:,./-_" or unicodedata.category(char)[0] in "LMN" for char in word)
    return word if word and plain else shlex.quote(word)


def count_refusals(diagnostics: Iterable[Diagnostic]) -> int:
    """How many findings keep a ranking from being made."""
    return sum(item.severity is Severity.ERROR for item in diagnostics)
