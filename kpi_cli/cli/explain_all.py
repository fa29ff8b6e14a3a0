"""`kpi explain --all`: a page for every entity, written to a folder."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.console import Language
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.progress import Step
    from kpi_cli.model import IndicatorSet
    from kpi_cli.scoring.figures import Entity
    from kpi_cli.scoring.scorecard import Scorecard
    from kpi_cli.workflows import ScoreRun


def write_pages(
    scored: ScoreRun,
    definition: IndicatorSet,
    scorecard: Scorecard,
    folder: pathlib.Path,
    voice: Voice,
    *,
    force: bool,
) -> None:
    """Writes all pages or none; a page that is there already is written over with `force` alone."""
    from kpi_cli.cli.outputs import OutputError, check_outputs, write_outputs
    from kpi_cli.cli.page_names import name_pages
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.render.text import clean_text

    entities = [row.entity for row in scorecard.sections[0].rows]
    names = name_pages(entity.code or entity.name for entity in entities)
    paths = [folder / f"{name}.md" for name in names]
    try:
        if folder.exists() and not folder.is_dir():
            voice.fail_usage(mark("{file} is not a folder"), file=str(folder))
        with _make_folder(folder), show_progress(quiet=voice.quiet) as step:
            check_outputs(paths, force=force, inputs=scored.paths)
            pages = _make_pages(entities, scored, definition, scorecard, voice.language, step)
            write_outputs(dict(zip(paths, pages, strict=True)))
    except OutputError as error:
        voice.fail_output(error)
    except OSError as error:
        voice.fail_usage(
            mark("{file} cannot be made: {problem}"), file=str(folder), problem=error.strerror or str(error)
        )
    voice.say(voice.words(mark("Wrote {n} pages to {folder}"), n=len(paths), folder=clean_text(str(folder))))


@contextlib.contextmanager
def _make_folder(folder: pathlib.Path) -> Iterator[None]:
    """The folder, which goes again where nothing came of it, whatever ends the run."""
    made = not folder.exists()
    folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _make_pages(
    entities: Sequence[Entity],
    scored: ScoreRun,
    definition: IndicatorSet,
    scorecard: Scorecard,
    language: Language,
    step: Step,
) -> Iterator[Iterator[bytes]]:
    """A page for each, made only when it is written."""
    from kpi_cli.render.explain.markdown import render_explanation_markdown
    from kpi_cli.render.numbers import section_digits
    from kpi_cli.scoring.explain import prepare_explanation

    explain, digits = prepare_explanation(definition, scorecard), section_digits(scorecard, definition)

    def make_page(entity: Entity) -> Iterator[bytes]:
        step(entity.name, len(entities))
        yield render_explanation_markdown(explain(entity), digits, scored.report, language).encode()

    return map(make_page, entities)
