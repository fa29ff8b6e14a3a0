"""Results files to records: read_results is the whole street, from bytes to what each entity reported."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.model import IndicatorSet
from kpi_cli.results.cells import MAX_PLACES, Book, Sheet, UnreadableError
from kpi_cli.results.columns import check_columns, explain_sheet, find_missing_columns
from kpi_cli.results.header import find_tables
from kpi_cli.results.headers import Role
from kpi_cli.results.inputs import InputPath, read_bytes
from kpi_cli.results.kinds import find_reader
from kpi_cli.results.line_reader import RowFigures
from kpi_cli.results.merge import Account, merge_rows, refuse_shared_names, settle_conflicts, unify_prefixed
from kpi_cli.results.places import FindPlace, make_place_finder, sort_by_place
from kpi_cli.results.ratios import RatioPercent, apply_ratios, list_ratios
from kpi_cli.results.reading import Percent
from kpi_cli.results.set_index import SetIndex, index_set
from kpi_cli.results.set_property import SetMark, read_set_mark
from kpi_cli.results.table import read_table
from kpi_cli.results.tables import Table
from kpi_cli.results.tally import Tally, TooManyFindingsError, refuse_rest
from kpi_cli.scoring.figures import FigureRow, InputFile, Record, make_many

OnFile: TypeAlias = Callable[[str, int], None]
_PLACES_OF_A_MEASURE = 10
"""Of each table, for each measure of the set: what is known of a table takes as much time and room as so many cells."""


class Results(NamedTuple):
    """All that results files say. With a roster there is a record for everyone on it, reported or not.

    `size`: the bytes of all files together; 0 where reading stopped.
    """

    records: tuple[Record, ...]
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[InputFile, ...]
    size: int = 0


def read_results(
    inputs: Sequence[InputPath], definition: IndicatorSet, *, percent: Percent = "refuse", on_file: OnFile | None = None
) -> Results:
    """What the files report of the measures of `definition`, with every refusal, warning and note.

    `on_file` is called before each file is read, with its name and how many files there are.
    """
    index = index_set(definition, percent)
    files = [_read_file(source, on_file, len(inputs)) for source in inputs]
    names = [source.shown for source in inputs]
    sheets = [sheet for file in files for sheet in file.book.sheets if not sheet.is_guide]
    tally = Tally()
    try:
        tally.keep(_find_changes(read_set_marks(inputs), definition))
        records = tuple(_read_books(files, sheets, index, make_place_finder(names), tally))
    except TooManyFindingsError:
        return Results((), (*sort_by_place(tally.found, sheets, names), refuse_rest()), ())
    found, size = tuple(sort_by_place(tally.found, sheets, names)), sum(file.size for file in files)
    return Results(records, found, tuple(_list_inputs(files)), size)


def read_rows(table: Table, index: SetIndex) -> tuple[Diagnostic, ...]:
    """What reading some rows of a file finds, where the file as a whole is read by another engine."""
    tally, place = Tally(), make_place_finder([table.sheet.file])
    with suppress(TooManyFindingsError):
        rows = [item for item in tally.take(read_table(table, index)) if isinstance(item, RowFigures)]
        ratios = _find_ratios([table], index)
        for _ in _settle_accounts(merge_rows(rows, index.entities), ratios, index, place, tally):
            pass
    return tuple(sort_by_place(tally.found, [table.sheet], [table.sheet.file]))


def _read_books(
    files: Sequence[_File], sheets: Sequence[Sheet], index: SetIndex, place: FindPlace, tally: Tally
) -> Iterator[Record]:
    """The records of all sheets; every finding goes through `tally`."""
    found = [table for sheet in sheets if not sheet.hidden for table in find_tables(sheet, index.headers)]
    too_large = _find_too_large(found, len(index.owner))
    tables = [table for table in found if table.sheet.file not in too_large]
    files = [file._replace(readable=False) if file.shown in too_large else file for file in files]
    tally.keep(diagnostic for file in files for diagnostic in file.book.diagnostics)
    tally.keep(_refuse_file(file, UnreadableError("too-many-places", limit=f"{MAX_PLACES:,}")) for file in too_large)
    tally.keep(_describe_tables(sheets, found, index))
    said = tally.take(item for table in tables for item in read_table(table, index))
    named = unify_prefixed((item for item in said if isinstance(item, RowFigures)), index.entities)
    rows, about_codes = refuse_shared_names(named)
    tally.keep(about_codes)
    yield from _settle_accounts(merge_rows(rows, index.entities), _find_ratios(tables, index), index, place, tally)
    tally.keep(_describe_coverage(files, tables, rows, index.definition))


def _find_too_large(tables: Iterable[Table], measures: int) -> list[str]:
    """The files whose rows are short, and yet too many for as many columns as there are measures, or whose tables are.

    What is known of a table is listed for all `measures` of the set.
    """
    places: Counter[str] = Counter()
    for table in tables:
        places[table.sheet.file] += len(table.rows) * table.header.reach + _PLACES_OF_A_MEASURE * measures
    return [file for file, count in places.items() if count > MAX_PLACES]


def _refuse_file(file: str, error: UnreadableError) -> Diagnostic:
    return Diagnostic("unreadable", Severity.ERROR, Place(file), {"file": file, **error.params}, error.variant)


def _find_changes(marks: Mapping[str, SetMark], definition: IndicatorSet) -> Iterator[Diagnostic]:
    """The workbooks that were made for `definition` as it stood before."""
    for file, mark in marks.items():
        if mark.id == definition.id and mark.sha256 not in {None, definition.sha256}:
            yield Diagnostic("set-changed", Severity.WARNING, Place(file), {"set": mark.id})


class _File(NamedTuple):
    """A file that was read, or could not be: then `sha256` may be None and the book holds the diagnostic."""

    shown: str
    sha256: str | None
    book: Book
    readable: bool = True
    size: int = 0


def _read_file(source: InputPath, on_file: OnFile | None, total: int) -> _File:
    """Hash and cells come from the same bytes, so that nobody can change the file in between."""
    if on_file is not None:
        on_file(source.shown, total)
    sha256 = None
    try:
        data = read_bytes(source)
        sha256 = hashlib.sha256(data).hexdigest()
        return _File(source.shown, sha256, find_reader(source, data)(data, file=source.shown), size=len(data))
    except UnreadableError as error:
        return _File(source.shown, sha256, Book((), (_refuse_file(source.shown, error),)), readable=False)


def _list_inputs(files: Iterable[_File]) -> Iterator[InputFile]:
    """The files that count as read: an export of ours was only looked at."""
    read = (file for file in files if not file.book.own_report)
    return (InputFile(file.shown, file.sha256) for file in read if file.sha256 is not None)


def _find_ratios(tables: Iterable[Table], index: SetIndex) -> Sequence[RatioPercent]:
    """The percents whose whole has a column; in the long layout it may stand in any row."""
    every = list_ratios(index.definition.indicators)
    headers = [table.header for table in tables]
    if any(header.columns(Role.VALUE) for header in headers):
        return every
    known = {name for header in headers for name, _ in header.measures}
    return [percent for percent in every if percent.ratio.whole in known]


def _settle_accounts(
    accounts: Sequence[Account], ratios: Sequence[RatioPercent], index: SetIndex, place: FindPlace, tally: Tally
) -> Iterator[Record]:
    if not ratios and all(len(account.rows) == 1 for account in accounts):  # nothing to agree on, or to be worked out
        yield from make_many(Record, [one.entity for one in accounts], [one.rows[0] for one in accounts])
        return
    for account in accounts:
        figures, conflicts = settle_conflicts(account, index.owner, place)
        with_ratios, about_ratios = apply_ratios(account.entity, figures, ratios, place)
        if conflicts or about_ratios:
            tally.keep((*conflicts, *about_ratios))
        yield Record(account.entity, with_ratios)


def _describe_tables(sheets: Sequence[Sheet], tables: Sequence[Table], index: SetIndex) -> Iterator[Diagnostic]:
    for table in tables:
        yield from check_columns(table, index.headers)
    with_table = {id(table.sheet) for table in tables}
    for sheet in sheets:
        if id(sheet) not in with_table:
            yield from explain_sheet(sheet, index.headers)


def _describe_coverage(
    files: Sequence[_File], tables: Sequence[Table], rows: Sequence[RowFigures], definition: IndicatorSet
) -> Iterator[Diagnostic]:
    """What the files lack altogether. One place can be named only where there is one file."""
    readable = [file for file in files if file.readable and not file.book.own_report]
    place = Place(readable[0].shown) if len(readable) == 1 else None
    seen = {name for table in tables for name, _ in table.header.measures}
    # The measures of a FigureRow are those of its header.
    seen.update(*(row.figures for row in rows if not isinstance(row.figures, FigureRow)))
    with_rows = {table.sheet.file for table in tables if table.rows}
    if tables:
        yield from find_missing_columns(definition, seen, place)
    if with_rows:
        silent = (file.shown for file in readable if file.shown not in with_rows)
        yield from (Diagnostic("no-figures", Severity.WARNING, Place(file), {"file": file}) for file in silent)
    elif files and all(file.book.own_report for file in files):
        ours = [file.shown for file in files]
        yield Diagnostic("no-data", Severity.ERROR, Place(ours[0]), {"file": ", ".join(ours)}, "own-report")
    elif any(file.readable and not _is_refused(file.book) for file in files):
        keyed = all(sheet.keys is not None for file in readable for sheet in file.book.sheets)
        variant = "no-rows" if tables else "records" if readable and keyed else ""
        yield Diagnostic("no-data", Severity.ERROR, place, {}, variant)


def _is_refused(book: Book) -> bool:
    """Whether a file was refused whole, and said to be: that it holds no results goes without saying."""
    return not book.sheets and has_errors(book.diagnostics)


def read_set_marks(inputs: Sequence[InputPath]) -> dict[str, SetMark]:
    """The set that each workbook names in its custom properties, by the file's printed name."""
    found = ((source.shown, read_set_mark(source)) for source in inputs)
    return {shown: mark for shown, mark in found if mark is not None}
