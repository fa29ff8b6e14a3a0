"""Every hostile file of `benchmarks/` ends in a clear error, or loses nothing, in bounded time and memory.

Seconds are of the processor and generous here, since tests share a machine; `python benchmarks/hostile.py` measures.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from tests.patience import PATIENCE

PROJECT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "benchmarks"))
from districts import make_open_set  # noqa: E402  # where it lies is known now
from hostile import MAX_MEGABYTES, MAX_SECONDS, list_files  # noqa: E402

EXPECTED = {
    # XML that grows, or never ends
    "entity_expansion.xlsx": "unreadable/broken-workbook",
    "external_entity.xlsx": "unreadable/broken-workbook",
    "deep_xml.xlsx": "unreadable/too-much-xml",
    "endless_attribute.xlsx": "unreadable/too-much-xml",
    "many_attributes.xlsx": "unreadable/too-much-xml",
    "endless_comment.xlsx": "unreadable/too-much-xml",
    "many_names.xlsx": "unreadable/too-much-xml",
    "long_namespace.xlsx": "unreadable/broken-workbook",
    "many_prefixes.xlsx": "unreadable/too-much-xml",
    "unknown_encoding.xlsx": "unreadable/broken-workbook",
    "codec_that_is_none.xlsx": "unreadable/broken-workbook",
    # zip archives
    "zip_bomb.xlsx": "unreadable/zip-bomb",
    "zip_bomb_beside.xlsx": "unreadable/zip-bomb",
    "zip_bomb_in_small_parts.xlsx": "unreadable/zip-bomb",
    "zip_in_zip.xlsx": "no-data",  # nobody opens the inner one
    "lying_sizes.xlsx": "unreadable/broken-workbook",
    "overlapping_parts.xlsx": "unreadable/broken-workbook",
    "part_given_twice.xlsx": "unreadable/broken-workbook",
    "names_that_climb.xlsx": "no-data",  # nothing is ever unpacked to a file
    "many_parts.xlsx": "unreadable/too-large",
    "lzma_part.xlsx": "unreadable/broken-workbook",
    "bzip2_part.xlsx": "unreadable/broken-workbook",
    "truncated.xlsx": "unreadable/broken-workbook",
    "encrypted.xlsx": "unreadable/encrypted",
    # parts that lie about what they are
    "no_sheets.xlsx": "unreadable/broken-workbook",
    "wrong_content_types.xlsx": "no-data",  # parts are found by relations
    "sheet_elsewhere.xlsx": "unreadable/broken-workbook",
    "external_links.xlsx": "scored",  # what was stored counts, and nothing is fetched
    "macros.xlsx": "no-data",
    # more than anyone can read
    "empty_rows.xlsx": "no-data",
    "empty_rows_a_million.xlsx": "no-data",
    "empty_cells.xlsx": "unreadable/too-much-xml",
    "last_column.xlsx": "unreadable/too-much-xml",
    "short_rows.xlsx": "unreadable/packed-workbook",
    "filled_cells.xlsx": "no-data",  # within the bounds, and read
    "different_numbers.xlsx": "no-data",
    "merged_cells.xlsx": "unreadable/too-much-xml",
    "one_sheet_many_times.xlsx": "unreadable/too-much-xml",
    "shared_texts.xlsx": "no-data",
    "one_long_text.xlsx": "no-data",
    "long_text_everywhere.xlsx": "no-data",
    "one_long_name.xlsx": "scored",
    "styles.xlsx": "no-data",
    "number_formats.xlsx": "unreadable/broken-workbook",  # none is as long in Excel
    "number_formats_as_long_as_may_be.xlsx": "no-data",
    "too_many_number_formats.xlsx": "unreadable/broken-workbook",
    "unknown_headers.xlsx": "no-data/no-rows",
    "headers_again_and_again.xlsx": "no-data/no-rows",
    "every_cell_refused.xlsx": "unreadable/too-many-findings",
    "every_name_unknown.xlsx": "scored",  # without a roster 19,990 names are 19,990 entities
    "every_figure_different.xlsx": "scored",
    "packed_names.xlsx": "unreadable/packed-workbook",
    # other workbooks
    "repeated_rows.ods": "unreadable/packed-workbook",
    "repeated_cells.ods": "unreadable/packed-workbook",
    "repeated_cells_of_repeated_rows.ods": "unreadable/packed-workbook",
    "empty_repeated_rows.ods": "no-data",
    "deep_xml.ods": "unreadable/too-much-xml",
    "zip_bomb.ods": "unreadable/zip-bomb",
    "one_long_paragraph.ods": "no-data",
    "every_figure_different.ods": "scored",
    "short_repeated_rows.ods": "scored",
    "noise.xls": "unreadable/broken-workbook",
    "ones.xls": "unreadable/broken-workbook",
    "zeros.xls": "unreadable/broken-workbook",
    # csv
    "one_line.csv": "unreadable/too-large",
    "one_field.csv": "unreadable/csv-field",
    "open_quote.csv": "unreadable/csv-field",
    "only_separators.csv": "no-data/no-rows",
    "line_ends.csv": "no-data/no-rows",
    "zeros.csv": "unreadable/is-empty",
    "rows_of_one_name.csv": "unreadable/too-many-findings",
    "every_name_new.csv": "unreadable/too-many-findings",
    "every_name_scored.csv": "scored",  # as many entities as so small a file may hold
    "packed_names.csv": "unreadable/too-many-rows",
    "every_cell_refused.csv": "unreadable/too-many-findings",
    "every_cell_of_one_name_refused.csv": "unreadable/too-many-findings",
    "unknown_headers.csv": "cell-ambiguous-percent",
    "long_layout.csv": "unreadable/too-many-findings",
    "many_codes.csv": "unreadable/too-many-findings",
    "conflicts.csv": "unreadable/too-many-findings",
    "short_rows_of_one_name.csv": "scored",
    "short_rows_of_doubled_columns.csv": "unreadable/too-many-places",
    "short_rows_of_new_names.csv": "scored",
    "one_figure_many_times.csv": "conflicting-values/many",
    "doubled_columns_that_disagree.csv": "conflicting-values/many",
    # json
    "deep_json.json": "unreadable/json-too-deep",
    "deep_objects.json": "unreadable/json-too-deep",
    "many_lists.json": "unreadable/too-large",
    "many_objects.json": "unreadable/too-large",
    "many_keys.json": "unreadable/too-large",
    "keys_of_many_objects.json": "unreadable/too-large",
    "repeated_keys.json": "no-data/records",
    "huge_numbers.json": "cell-too-many-digits",
    "no_numbers.json": "cell-not-a-number",
    "huge_exponents.json": "cell-too-many-digits",
    "items_that_are_no_objects.json": "unreadable/too-many-findings",
}


@pytest.mark.skipif(not pathlib.Path("/proc/self/status").exists(), reason="only Linux says how much memory was used")
def test_hostile_files_end_in_bounded_time_and_memory(tmp_path: pathlib.Path) -> None:
    makers = dict(list_files())
    for name in EXPECTED:
        (tmp_path / name).write_bytes(makers[name]())
    script = [sys.executable, "-m", "tests.limits.read_hostile_files", str(make_open_set(tmp_path))]
    command = [*script, *(str(tmp_path / name) for name in EXPECTED)]
    # In a process of its own, so that what the tests themselves need is not counted.
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    assert {name: found for name, found, _, _ in lines} == EXPECTED
    assert [name for name, _, seconds, _ in lines if float(seconds) > PATIENCE * MAX_SECONDS] == []
    assert max(int(megabytes) for *_, megabytes in lines) < MAX_MEGABYTES
