"""The defences of kpi, each as the code that is it and the test that guards it; `defences.py` takes them out."""

from __future__ import annotations

from typing import NamedTuple


class Defence(NamedTuple):
    """A defence: the lines of code that are it, what stands there without it, and the test that fails then."""

    name: str
    file: str
    code: str
    without: str
    test: str


_NAMES = "tests/safety/test_hostile_names.py"
_PRINTED = f"{_NAMES}::test_what_is_printed_is_text_and_nothing_else"
_FILES = f"{_NAMES}::test_files_hold_text_too"
_WORKBOOKS = "tests/unit/results/test_xlsx_file.py"
_NAMESPACES = "tests/unit/results/test_xlsx_names.py"
_TWICE = f"{_NAMESPACES}::test_what_is_given_twice_is_refused_by_its_place"
_OUTPUTS = "tests/unit/cli/test_outputs.py"
_VERIFY = "tests/unit/cli/test_verify.py"
_PARQUET = "tests/unit/results/test_parquet_file.py"
_PACKED = f"{_PARQUET}::test_a_small_file_that_unpacks_to_a_large_one_is_unreadable"
_TREES = "tests/unit/definition/test_tree.py::test_what_makes_no_tree_is_placed"
DEFENCES = (
    Defence("depth of YAML", "definition/tree.py", "if depth > MAX_DEPTH:", "if False:", _TREES),
    Defence("aliases of YAML", "definition/tree.py", "if self.size > MAX_SIZE:", "if False:", _TREES),
    Defence(
        "depth of rules",
        "rules/parser.py",
        "if self.depth > MAX_DEPTH:",
        "if False:",
        "tests/unit/rules/test_parser.py::test_bad_unary_tests",
    ),
    Defence(
        "digits of numbers",
        "rules/values.py",
        "None if len(text) > MAX_DIGITS else drop",
        "drop",
        "tests/unit/rules/test_values.py::test_parse_number_refuses_what_only_decimal_would_take",
    ),
    Defence(
        "no document types",
        "results/xlsx_xml.py",
        "    parser.StartDoctypeDeclHandler = _refuse_declarations\n",
        "",
        f"{_WORKBOOKS}::test_a_document_type_is_refused_whatever_it_declares",
    ),
    Defence(
        "size of zip",
        "results/xlsx_archive.py",
        "or any(map(_is_bomb, members)):",
        "or False:",
        f"{_WORKBOOKS}::test_workbooks_that_cannot_be_read",
    ),
    Defence(
        "formulas in csv",
        "render/csv_file.py",
        'return f"\'{shown}" if _FORMULA.match(text) else shown',
        "return shown",
        _PRINTED,
    ),
    Defence("formulas in xlsx", "render/xlsx/cells.py", "        cell.quotePrefix = True\n", "        pass\n", _FILES),
    Defence("text in xlsx", "render/xlsx/cells.py", '    cell.data_type = "s"', "    pass", _FILES),
    Defence("controls in xlsx", "render/xlsx/cells.py", 'return _UNWANTED.sub("", text)', "return text", _FILES),
    Defence("HTML", "render/html_file.py", "autoescape=True", "autoescape=False", _PRINTED),
    Defence(
        "markdown", "render/markdown.py", r'return _SPECIAL.sub(r"\\\1", join_lines(text))', "return text", _PRINTED
    ),
    Defence(
        "terminal", "render/text.py", "    if text.isprintable():\n        return text", "    return text", _PRINTED
    ),
    Defence(
        "controls in json",
        "render/json_text.py",
        "return quoted if quoted.isprintable() else",
        "return quoted or",
        _PRINTED,
    ),
    Defence("lines of annotations", "render/findings/github.py", '"\\n": "%0A"', "", _PRINTED),
    Defence("texts of queries", "targets/sql/exact.py", "if not name.isprintable():", "if False:", _PRINTED),
    Defence(
        "names of pages",
        "cli/page_names.py",
        "    kept = (char if _is_kept(char)",
        "    return text\n    kept = (char if _is_kept(char)",
        f"{_NAMES}::test_pages_lie_in_their_folder_whatever_they_are_called",
    ),
    Defence(
        "rosters stay inside",
        "definition/roster.py",
        "return path if path.is_relative_to(folder.resolve()) else None",
        "return path",
        "tests/unit/definition/test_roster.py::test_a_roster_that_cannot_be_read",
    ),
    Defence(
        "inputs are never written",
        "cli/outputs.py",
        "if any(is_same_file(path, item) for item in inputs):",
        "if False:",
        f"{_OUTPUTS}::test_a_link_to_an_input_is_the_input",
    ),
    Defence(
        "tags of YAML",
        "definition/data.py",
        "if node.tag is not None:",
        "if False:",
        "tests/unit/definition/test_data.py::test_what_yaml_would_swallow_is_found_where_it_stands",
    ),
    Defence(
        "size while unpacking",
        "results/xlsx_xml.py",
        "if too_much or self.elements > self.room.elements:",
        "if False:",
        f"{_WORKBOOKS}::test_every_bound",
    ),
    Defence(
        "rows of a small workbook",
        "results/room.py",
        "return SMALL_REPORT_ROOM if own else SMALL_ROOM",
        "return ROOM",
        f"{_WORKBOOKS}::test_a_large_workbook_may_hold_what_a_small_one_may_not",
    ),
    Defence(
        "places of short rows",
        "results/read.py",
        "if count > MAX_PLACES]",
        "if False]",
        "tests/unit/results/test_read.py::test_short_rows_have_a_bound_too",
    ),
    Defence(
        "codes that are read as one",
        "definition/structure.py",
        "seen.setdefault(clean_code(code), (code, keys))",
        "seen.setdefault(code, (code, keys))",
        "tests/unit/definition/test_structure.py::test_what_else_must_agree",
    ),
    Defence(
        "digits of a fraction",
        "results/cell_number.py",
        "fraction = move_point(number, 2)",
        "fraction = number.scaleb(2)",
        "tests/unit/results/test_cell.py::test_a_fraction_becomes_points_to_the_last_digit",
    ),
    Defence(
        "too little memory",
        "cli/main.py",
        "except MemoryError:",
        "except ZeroDivisionError:",
        "tests/unit/cli/test_main.py::test_too_little_memory_is_no_defect",
    ),
    Defence(
        "rows of a small csv file",
        "results/csv_file.py",
        "if len(data) < SMALL and len(rows) > MAX_SMALL_ROWS:",
        "if False:",
        "tests/unit/results/test_csv_file.py::test_a_small_file_has_no_room_for_so_many_rows",
    ),
    Defence(
        "parts given twice",
        "results/xlsx_archive.py",
        "if len(names) < len(members):",
        "if False:",
        f"{_WORKBOOKS}::test_a_part_that_is_given_twice_is_refused",
    ),
    Defence(
        "namespaces of elements",
        "results/xlsx_xml.py",
        "element = counts.get(name) or _pass_over(part, name, counts, is_root=not around)",
        "element = next((counts[key] for key in counts if key.endswith(name[name.find(SEPARATOR) :])), _PASSED)",
        f"{_NAMESPACES}::test_only_what_has_its_name_in_the_namespace_of_workbooks_counts",
    ),
    Defence(
        "cells given twice",
        "results/xlsx_sheet.py",
        "if column in self.given:",
        "if False:",
        _TWICE,
    ),
    Defence(
        "values given twice",
        "results/xlsx_sheet.py",
        "        if self.value is not None:\n            raise",
        "        if False:\n            raise",
        _TWICE,
    ),
    Defence(
        "different formats of a workbook",
        "results/number_format.py",
        "if len(formats) > MAX_FORMATS:",
        "if False:",
        f"{_NAMESPACES}::test_the_formats_of_cells_have_bounds",
    ),
    Defence(
        "alternatives below a root",
        "results/xlsx_xml.py",
        "        if name in FIGURES:",
        "        if False:",
        f"{_NAMESPACES}::test_alternatives_that_hold_what_figures_are_read_from_are_refused",
    ),
    Defence("rows given twice", "results/xlsx_sheet.py", "if self.row <= before:", "if False:", _TWICE),
    Defence(
        "covered cells of ods",
        "results/ods_file.py",
        "Element(reader.begin_cell, reader.finish_covered),",
        'Element(reader.begin_cell, reader.finish_cell, _name(_TEXT, {"p": paragraph})),',
        "tests/unit/results/test_ods_file.py::test_only_what_is_seen_and_has_its_name_in_a_namespace_of_odf_counts",
    ),
    Defence(
        "names of namespaces",
        "results/xlsx_xml.py",
        "if uri is not None and len(uri) > MAX_NAMESPACE:",
        "if False:",
        f"{_NAMESPACES}::test_the_name_of_a_namespace_has_a_bound",
    ),
    Defence(
        "repeated rows of ods",
        "results/xlsx_xml.py",
        "if self.rows > room.rows or self.cells > room.cells:",
        "if False:",
        "tests/unit/results/test_ods_file.py::test_every_bound",
    ),
    Defence(
        "broken xls",
        "results/xls_file.py",
        "except Exception as error:",
        "except ZeroDivisionError as error:",
        "tests/unit/results/test_xls_file.py::test_what_cannot_be_read",
    ),
    Defence(
        "open quotes of csv",
        "results/csv_file.py",
        "strict=True)\n    csv.field",
        "strict=False)\n    csv.field",
        "tests/unit/results/test_csv_file.py::test_what_would_swallow_rows_is_an_error",
    ),
    Defence(
        "lines of csv",
        "results/csv_file.py",
        "if len(line) >= MAX_LINE:",
        "if False:",
        "tests/unit/results/test_csv_file.py::test_every_bound_of_csv",
    ),
    Defence(
        "depth of json",
        "results/json_file.py",
        "except RecursionError:",
        "except ZeroDivisionError:",
        "tests/unit/results/test_json_file.py::test_what_is_no_list_of_objects",
    ),
    Defence(
        "digits of json",
        "results/json_file.py",
        "if len(text) > MAX_DIGITS or text",
        "if text",
        "tests/unit/results/test_json_file.py::test_a_number_of_5000_digits_is_not_computed_with",
    ),
    Defence(
        "keys given twice",
        "results/json_file.py",
        "if counts[key] > 1",
        "if False",
        "tests/unit/results/test_json_file.py::test_a_key_given_twice_is_seen",
    ),
    Defence(
        "half a Parquet file",
        "results/parquet_file.py",
        "except duckdb.Error:",
        "except ZeroDivisionError:",
        f"{_PARQUET}::test_half_a_file_is_unreadable",
    ),
    Defence(
        "rows of Parquet",
        "results/parquet_bounds.py",
        "if size < SMALL and rows > MAX_SMALL_ROWS:",
        "if False:",
        _PACKED,
    ),
    Defence(
        "rows of Parquet to hold",
        "results/parquet_bounds.py",
        "if held and size < SMALL and rows > MAX_SMALL_HELD_ROWS:",
        "if False:",
        _PACKED,
    ),
    Defence(
        "what grows when it is written",
        "workflows/packed.py",
        "if entities <= most:",
        "if True:",
        "tests/unit/test_packed.py::test_the_fullest_file_is_written_and_one_entity_more_is_refused",
    ),
    Defence(
        "comparisons of a set",
        "definition/load.py",
        "if before <= MAX_COMPARISONS < comparisons:",
        "if False:",
        "tests/unit/definition/test_load.py::test_the_comparisons_of_all_rules_together_have_a_bound",
    ),
    Defence(
        "searches of a proof",
        "space/allowance.py",
        "        if steps > self.left:\n",
        "        if False:\n",
        "tests/unit/space/test_search.py::test_the_searches_of_a_run_share_what_is_left",
    ),
    Defence(
        "trials of next levels",
        "scoring/next_level.py",
        "        plan.allowance.take(plan.comparisons)\n",
        "",
        "tests/unit/scoring/test_next_level.py::test_all_that_a_run_tries_is_counted_before",
    ),
    Defence(
        "trials of suggested cases",
        "checks/suggest.py",
        "    trials.take(cost)",
        "    pass",
        "tests/unit/cli/test_suggestions.py::test_where_there_is_no_room_for_cases_it_is_said",
    ),
    Defence(
        "measures of an indicator",
        "definition/structure.py",
        '"measures", MAX_MEASURES)',
        '"measures", 10_000)',
        "tests/unit/definition/test_structure.py::test_so_many_measures_has_no_indicator",
    ),
    Defence(
        "width of a set for DuckDB",
        "results/bulk/limits.py",
        "if width > SMALL_WIDTH:",
        "if False:",
        "tests/limits/test_wide_files.py::test_a_set_that_is_too_wide_is_refused_for_a_small_file_alone",
    ),
    Defence(
        "few rows at a time",
        "workflows/stream_out.py",
        "return _SMALL_GROUP if self.is_small else _GROUP",
        "return _GROUP",
        "tests/limits/test_wide_files.py::test_small_files_and_the_widest_set_take_bounded_time_and_memory",
    ),
    Defence("cells of Parquet", "results/parquet_bounds.py", "if held and cells > most:", "if False:", _PACKED),
    Defence("texts of Parquet", "results/parquet_bounds.py", "if longest > MAX_TEXT:", "if False:", _PACKED),
    Defence(
        "characters of Parquet",
        "results/parquet_bounds.py",
        "if most is not None and total > most:",
        "if False:",
        _PACKED,
    ),
    Defence(
        "packing of Parquet",
        "results/parquet_bounds.py",
        "if unpacked > max(RATIO_FROM, MAX_RATIO * size):",
        "if False:",
        _PACKED,
    ),
    Defence(
        "what DuckDB raises",
        "results/parquet_file.py",
        "except (RuntimeError, UnicodeDecodeError) as error:",
        "except ZeroDivisionError as error:",
        "tests/fuzz/test_found.py::test_it_is_mended",
    ),
    Defence(
        "names as patterns",
        "results/parquet_file.py",
        "return glob.escape(str(path.absolute()))",
        "return str(path)",
        f"{_PARQUET}::test_a_name_with_the_signs_of_a_pattern_is_that_file_alone",
    ),
    Defence(
        "extensions of DuckDB",
        "results/parquet_file.py",
        '"autoload_known_extensions": False',
        '"autoload_known_extensions": True',
        f"{_PARQUET}::test_duckdb_fetches_and_loads_nothing_whatever_a_file_asks_for",
    ),
    Defence(
        "pipes in a folder",
        "results/inputs.py",
        "elif path.exists() and not path.is_file():",
        "elif False:",
        "tests/unit/results/test_inputs.py::test_a_pipe_in_a_folder_is_not_waited_for",
    ),
    Defence(
        "policy of the page",
        "render/html/templates/report.html.j2",
        "default-src 'none'; ",
        "",
        "tests/unit/render/test_html_file.py::test_the_policy_lets_this_script_run_and_nothing_else",
    ),
    Defence(
        "titles in comments of SQL",
        "targets/sql/preface.py",
        "' '.join(line.split())",
        "line",
        "tests/unit/targets/sql/test_query.py::test_a_title_cannot_leave_its_comment",
    ),
    Defence(
        "figures of a report",
        "workflows/verify.py",
        "differences = compare_claims(claims, computed)",
        "differences: tuple[Difference, ...] = ()",
        f"{_VERIFY}::test_a_workbook_changed_by_hand_does_not_stand",
    ),
    Defence(
        "texts of a report",
        "workflows/verify.py",
        "texts = compare_lines(reported, list_lines(again, report, computed))",
        "texts: tuple[TextDifference, ...] = ()",
        f"{_VERIFY}::test_what_stands_beside_the_figures_is_held_to_them_too",
    ),
    Defence(
        "hashes of a report",
        "workflows/verify.py",
        "files = match_files(report.inputs, scored.report.inputs)",
        "files = match_files(report.inputs, report.inputs)",
        f"{_VERIFY}::test_files_that_changed_without_changing_a_figure",
    ),
    Defence(
        "files that a report names",
        "workflows/verify.py",
        "_score_again(read, find_files(arguments), options, on_file)",
        "_score_again(read, find_files([each.file for each in read.inputs]), options, on_file)",
        f"{_VERIFY}::test_the_files_that_a_report_names_are_never_opened",
    ),
    Defence(
        "what stands there",
        "cli/outputs.py",
        "if os.path.lexists(path) and not force:",
        "if False:",
        f"{_OUTPUTS}::test_what_must_not_be_written_is_refused_before_any_work",
    ),
    Defence(
        "devices of Windows",
        "cli/outputs.py",
        " or (ON_WINDOWS and _DEVICE.match(path.name))",
        "",
        f"{_OUTPUTS}::test_the_devices_of_windows_are_files_elsewhere",
    ),
    Defence(
        "written beside",
        "cli/outputs.py",
        '    with file.beside.open("xb") as stream:',
        '    file.target.write_bytes(data[:9])\n    with file.beside.open("xb") as stream:',
        "tests/faults/test_writing.py::test_a_file_that_may_not_grow",
    ),
    Defence(
        "all files or none",
        "cli/outputs.py",
        "        _move_back(file)\n",
        "        pass\n",
        f"{_OUTPUTS}::test_a_second_file_that_is_open_elsewhere_leaves_all_as_they_were",
    ),
    Defence(
        "told to stop",
        "cli/console.py",
        "signal.signal(number, _exit_once)",
        "pass",
        "tests/faults/test_writing.py::test_being_stopped_at_any_moment",
    ),
)
