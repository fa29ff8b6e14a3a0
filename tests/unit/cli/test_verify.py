"""`kpi verify` as users call it: a report that stands, one changed by hand, other files, another set, no report."""

import json
import pathlib
import re
import shutil
import zipfile

import openpyxl
import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.render.sentences import find_sentence
from tests.unit.render.test_json_v1 import check_schema
from tests.unit.two_sets import OLD, RESULTS

SET = OLD.replace("kpi: 1\n", "kpi: 1\norganisation: Made up\n", 1) + """\
  - id: more
    title: More
    indicators:
      - id: G
        title: A group
        indicators:
          - id: G1
            title: Share of visits
            weight: 100
            measures: {share: {type: percent, title: Share of visits, not_applicable: allowed}}
            levels:
              1: {when: {share: "> 0"}}
              2: {when: {share: ">= 20"}}
              3: {when: {share: ">= 40"}}
              4: {when: {share: ">= 60"}}
              5: {when: {share: ">= 80"}}
grades: [{title: Good, min: 60}, {title: Fair, min: 0}]
"""  # fmt: skip
# Alpha 64 and 100, Beta 72 and not applicable, Gamma 64 or more (C is blank: 54-64) and 60, Delta reported nothing.
FILE = "code,entity,spent,sites,meetings,share\n1,Alpha,74.6,5,5,90\n2,Beta,85,4,0,n/a\n3,Gamma,80,3,,60\n"
OVERALL = ("--overall", "team=50,more=50")
KINDS = ("report.xlsx", "report.json")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "one.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "one.csv").write_text(FILE, encoding="utf-8")
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, arguments, input=stdin)


MADE = {}
"""The reports made so far, by all that they are made of."""


def make(name, *options, files=("one.csv",)):
    """A report of the files, scored by the set round-one."""
    path, key = pathlib.Path(name), (name, options, *(pathlib.Path(file).read_bytes() for file in files))
    if key not in MADE:
        _make(name, *options, files=files)
        MADE[key] = path.read_bytes()
    path.write_bytes(MADE[key])
    return name


def _make(name, *options, files):
    result = run("score", *files, "--set", "round-one", "-o", name, "--force", *options)
    assert result.exit_code == (1 if "--keep-going" in options else 0), result.stderr


def verify(name, *arguments):
    """Exit code and the json document, which meets its schema."""
    result = run("verify", name, *(arguments or ("one.csv",)), "--format", "json")
    document = json.loads(result.stdout)
    check_schema(document, "kpi.verify-1.json")
    assert document["stands"] == (result.exit_code == 0)
    return result.exit_code, document


def told(document):
    """What differs: kind, who, about what, the two sides."""
    return [
        (one["kind"], (one["entity"] or {}).get("name"), one["part"], one["item"], one["figure"], one["reported"],
         one["computed"])
        for one in document["figures"]["differences"]
    ]  # fmt: skip


def edit_sheet(change, *, number=0, name="report.xlsx"):
    book = openpyxl.load_workbook(name)
    change(book.worksheets[number])
    book.save(name)


def find_row(sheet, entity):
    return next(row for row in sheet.iter_rows() if row[1].value == entity)


def edit_json(change):
    path = pathlib.Path("report.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "options",
    [
        (),
        OVERALL,
        ("--overall", "more=60,team=40"),
        ("--overall", "more=100"),
        ("--lang", "th"),
        ("--fragile",),
    ],
    ids=" ".join,
)
def test_a_report_stands_with_the_options_that_it_names(name, options):
    make(name, *options)
    code, document = verify(name)
    assert (code, told(document), document["set"]["same"]) == (0, [], True)
    assert [one["state"] for one in document["inputs"]] == ["same"]
    assert document["options_from_report"] == ([*options] if "--overall" in options else [])
    assert document["figures"]["compared"] > 40
    assert run("verify", name, "one.csv", "--lang", "th").exit_code == 0


def test_the_other_options_are_named_by_an_xlsx_and_not_by_a_json(here):
    (here / "one.csv").write_text(FILE.replace("74.6", "0.9").replace("85", "oops"), encoding="utf-8")
    options = ("--percent", "points", "--tie-break", "B,A", "--keep-going")
    for name in KINDS:
        make(name, *options)
    code, document = verify("report.xlsx")
    assert (code, document["options_from_report"]) == (0, list(options))
    assert verify("report.xlsx", "one.csv", *options)[1]["options_from_report"] == []
    assert verify("report.json")[0] == 1
    code, document = verify("report.json", "one.csv", *options[:4])
    assert (code, document["options_from_report"]) == (0, ["--keep-going"])
    assert "--tie-break" in run("verify", "report.json", "one.csv").stdout


def test_what_the_command_line_says_counts_and_not_the_report():
    make("report.xlsx", *OVERALL)
    code, document = verify("report.xlsx", "one.csv", "--overall", "team=60,more=40")
    assert (code, document["options_from_report"]) == (1, [])
    assert {one["section"] for one in document["figures"]["differences"]} == {"overall"}


def change_level(sheet):
    find_row(sheet, "Alpha")[5].value = 5  # A is 2


def change_score(sheet):
    find_row(sheet, "Alpha")[2].value = 99


def change_rank(sheet):
    find_row(sheet, "Alpha")[0].value = 1


def change_grade(sheet):
    find_row(sheet, "Alpha")[4].value = "Excellent"


def blank_level(sheet):
    find_row(sheet, "Alpha")[5].value = None


def put_formula(sheet):
    find_row(sheet, "Alpha")[2].value = "=90+9"


def change_open_level(sheet):
    find_row(sheet, "Gamma")[7].value = 5  # 0-5


def remove_banner(sheet):
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("provisional"))
    row[0].value = None


def change_weight(sheet):
    row = next(row for row in sheet.iter_rows() if row[5].value == 60)
    row[5].value = 70


def remove_row(sheet):
    sheet.delete_rows(find_row(sheet, "Alpha")[0].row)


def rename(sheet):
    find_row(sheet, "Alpha")[1].value = "Alhpa"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (change_level, [("changed", "Alpha", None, "A", "level", "5", "2")]),
        (change_score, [("changed", "Alpha", None, None, "score", "99", "64")]),
        (change_rank, [("changed", "Alpha", None, None, "rank", "1", "2")]),
        (change_grade, [("changed", "Alpha", None, None, "grade", "Excellent", "Good")]),
        (blank_level, [("missing", "Alpha", None, "A", None, None, None)]),
        (put_formula, [("changed", "Alpha", None, None, "score", "=", "64")]),
        (change_open_level, [("changed", "Gamma", None, "C", "level", "5", "0-5")]),
        (remove_banner, None),
        (change_weight, [("changed", None, None, "A", "weight", "70", "60")]),
        (remove_row, [("missing", "Alpha", None, None, None, None, None)]),
        (
            rename,
            [
                ("missing", "Alpha", None, None, None, None, None),
                ("added", "Alhpa", None, None, None, None, None),
            ],
        ),
    ],
)
def test_a_workbook_changed_by_hand_does_not_stand(change, expected):
    make("report.xlsx")
    edit_sheet(change)
    code, document = verify("report.xlsx")
    found = told(document)
    if expected is None:
        assert [one[4] for one in found] == ["title"]
    elif change in (remove_row, rename):
        # Who is missing in the ranking still stands in the details: that part alone is missing.
        assert [one[:2] for one in found] == [one[:2] for one in expected]
    else:
        assert found == expected
    assert (code, document["set"]["same"], document["inputs"][0]["state"]) == (1, True, "same")


FOREIGN = ' xmlns:z="urn:z" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="z"'
CHOICE = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"


def hide_cell(true, forged):
    return forged + true.replace("<", "<z:").replace("<z:/", "</z:")


def hide_value(true, forged):
    return forged.replace("</c>", f"<z:v>{true}</z:v></c>")


def hide_in_extension(true, forged):
    return forged.replace("</c>", f"<extLst><ext>{true}</ext></extLst></c>")


def give_twice(true, forged):
    return forged + true


def give_two_values(true, forged):
    return forged.replace("</c>", true[true.index("<v>") :])


def give_alternatives(true, forged):
    return CHOICE.format(forged, true)


@pytest.mark.parametrize(
    ("forge", "expected"),
    [
        (hide_cell, 1),
        (hide_value, 1),
        (hide_in_extension, 1),
        (give_twice, 2),
        (give_two_values, 2),
        (give_alternatives, 2),
    ],
)
def test_a_forged_workbook_that_hides_the_figures_does_not_stand(forge, expected):
    """Where office programs show a forged score, the true one lies beside it for whoever reads it otherwise."""
    make("report.xlsx")
    assert verify("report.xlsx")[0] == 0
    with zipfile.ZipFile("report.xlsx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = next(name for name in parts if "worksheets/" in name and re.search(_SCORE, parts[name]))
    true = re.search(_SCORE, parts[name])[0]
    forged = true.replace("<v>64</v>", "<v>99</v>")
    sheet = parts[name].replace("<worksheet", f"<worksheet{FOREIGN}", 1)
    parts[name] = sheet.replace(true, forge(true, forged), 1)
    with zipfile.ZipFile("report.xlsx", "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    result = run("verify", "report.xlsx", "one.csv")
    assert (result.exit_code, "stands:" in result.stdout) == (expected, False), result.output


_SCORE = r'<c r="C\d+"[^>]*><v>64</v></c>'


def test_the_cell_that_says_it_is_named():
    make("report.xlsx")
    edit_sheet(change_level)
    page = run("verify", "report.xlsx", "one.csv")
    assert (page.exit_code, "report.xlsx[Team!F8]" in page.stdout) == (1, True), page.stdout
    assert "does not stand" in page.stdout


def test_the_details_are_held_to_the_figures_too():
    make("report.xlsx")
    number = openpyxl.load_workbook("report.xlsx").sheetnames.index("Details")

    def change(sheet):
        rows = [row for row in sheet.iter_rows(min_row=2) if (row[1].value, row[2].value) == ("Alpha", "A")]
        rows[0][4].value, rows[0][7].value, rows[0][8].value = 99, 5, 60

    edit_sheet(change, number=number)
    assert told(verify("report.xlsx")[1]) == [
        ("changed", "Alpha", "details", "spent", "value", "99", "74.6"),
        ("changed", "Alpha", "details", "spent", "level", "5", "2"),
        ("changed", "Alpha", "details", "spent", "points", "60", "24"),
    ]


def test_how_many_reach_each_level_is_a_figure():
    make("report.xlsx")
    number = openpyxl.load_workbook("report.xlsx").sheetnames.index("Levels")

    def change(sheet):
        row = next(row for row in sheet.iter_rows() if row[0].value == "A")
        row[7].value = 9  # id, title, levels 0 to 5

    edit_sheet(change, number=number)
    assert told(verify("report.xlsx")[1]) == [("changed", None, "levels", "A", "level 5", "9", "0")]


def test_rows_sorted_by_the_user_are_the_same_report():
    make("report.xlsx")

    def turn(sheet):
        rows = [find_row(sheet, name) for name in ("Alpha", "Beta", "Gamma", "Delta")]
        values = [[cell.value for cell in row] for row in rows]
        for row, others in zip(rows, values[::-1], strict=True):
            for cell, value in zip(row, others, strict=True):
                cell.value = value

    edit_sheet(turn)
    assert verify("report.xlsx")[0] == 0


def told_texts(document):
    """Which texts differ: kind, sheet or list, place, the two sides."""
    assert document["texts"]["compared"]
    return [tuple(one.values()) for one in document["texts"]["differences"]]


def swap(sheet, one, other):
    sheet[one].value, sheet[other].value = sheet[other].value, sheet[one].value


def find_cell(sheet, text):
    """The first cell with that text."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def swap_texts(one, other):
    return lambda sheet: swap(sheet, find_cell(sheet, one).coordinate, find_cell(sheet, other).coordinate)


def rewrite(start, text):
    def change(sheet):
        cells = (cell for row in sheet.iter_rows() for cell in row)
        next(cell for cell in cells if str(cell.value).startswith(start)).value = text

    return change


def swap_names(sheet):
    book = sheet.parent
    book["Team"].title, book["More"].title = "x", "Team"
    book["x"].title = "More"


def add_sheet(sheet):
    other = sheet.parent.create_sheet("Final ranking", 0)
    other.append(["place", "entity"])
    other.append([1, "Delta"])


def write_under(sheet):
    row = max(find_row(sheet, name)[0].row for name in ("Alpha", "Beta", "Gamma", "Delta"))
    assert sheet.cell(row + 1, 2).value is None
    sheet.cell(row + 1, 2).value = "Alpha: disqualified"


def remove_option(sheet):
    sheet.delete_rows(find_cell(sheet, "option").row)


@pytest.mark.parametrize(
    ("sheet", "change", "expected"),
    [
        ("Team", swap_texts("score", "possible score"),
         [("changed", "possible score", "score"), ("changed", "score", "possible score")]),
        ("Team", swap_texts("rank", "score"), [("changed", "score", "rank"), ("changed", "rank", "score")]),
        ("Levels", swap_texts("level 0", "level 3"),
         [("changed", "level 3", "level 0"), ("changed", "level 0", "level 3")]),
        ("Levels", swap_texts("Budget spent", "Meetings"),
         [("changed", "Meetings", "Budget spent"), ("changed", "Budget spent", "Meetings")]),
        ("Levels", rewrite("provisional", None),
         [("missing", None, "provisional: 1 entity incomplete, 1 entity not reported")]),
        ("Levels", rewrite("equal scores", "equal scores were ranked by C (--tie-break)"),
         [("changed", "equal scores were ranked by C (--tie-break)", "equal scores were ranked by A (--tie-break)")]),
        ("Details", rewrite("Team", "More"), [("changed", "More", "Team")]),
        ("Details", swap_texts("level", "points"), [("changed", "points", "level"), ("changed", "level", "points")]),
        ("Details", lambda sheet: setattr(find_cell(sheet, "74.6"), "value", "90"), [("changed", "90", "74.6")]),
        ("Details", rewrite("one.csv[C2]", "one.csv[C3]"), [("changed", "one.csv[C3]", "one.csv[C2]")]),
        ("Indicators", rewrite("Meetings", "Gatherings"), [("changed", "Gatherings", "Meetings")]),
        ("Chart Team", rewrite("Team · full marks 100", "Team · full marks 90"),
         [("changed", "Team · full marks 90", "Team · full marks 100")]),
        ("Made from", rewrite("equal scores", "equal scores were ranked by C"),
         [("changed", "equal scores were ranked by C", "equal scores were ranked by A (--tie-break)")]),
        ("Made from", remove_option,
         [("missing", None, "option"), ("missing", None, "equal scores were ranked by A (--tie-break)")]),
        ("Team", write_under, [("added", "Alpha: disqualified", None)]),
        ("Team", rewrite("0: not even", "0: not measured"),
         [("changed", "0: not measured", "0: not even the first level is reached")]),
        ("Team", add_sheet, [("added", None, None)]),
        ("Made from", lambda sheet: setattr(sheet, "title", "Sources"),
         [("missing", None, None), ("added", None, None)]),
    ],
)  # fmt: skip
def test_what_stands_beside_the_figures_is_held_to_them_too(sheet, change, expected):
    make("report.xlsx", "--tie-break", "A")
    edit_sheet(change, number=openpyxl.load_workbook("report.xlsx").sheetnames.index(sheet))
    code, document = verify("report.xlsx")
    found = [(kind, said, right) for kind, _, _, said, right in told_texts(document)]
    assert (code, told(document), found) == (1, [], expected)


def test_names_of_sheets_that_were_swapped_are_seen():
    make("report.xlsx")
    edit_sheet(swap_names)
    code, document = verify("report.xlsx")
    assert (code, told(document)) == (1, [])
    assert ("missing", "Team", "report.xlsx[Team!I5]", None, "reporting") in told_texts(document)


def test_a_sheet_that_is_hidden_is_seen():
    make("report.xlsx")
    edit_sheet(lambda sheet: setattr(sheet, "sheet_state", "veryHidden"), number=1)
    code, document = verify("report.xlsx")
    place = "report.xlsx[Chart Team]"
    assert (code, told_texts(document)) == (1, [("added", "Chart Team", place, "hidden", None)])


def test_a_text_is_named_with_its_cell_on_the_page():
    make("report.xlsx")
    edit_sheet(write_under)
    said = run("verify", "report.xlsx", "one.csv").stdout
    assert "but its words are not" in said
    assert "texts beside the figures: differences 1" in said
    assert "Alpha: disqualified" in said
    assert "report.xlsx[Team!B11]" in said
    assert run("verify", "report.xlsx", "one.csv", "--lang", "th").exit_code == 1


def test_a_sheet_more_is_one_line_of_the_page():
    make("report.xlsx")
    edit_sheet(add_sheet)
    said = run("verify", "report.xlsx", "one.csv").stdout
    assert "the whole sheet" in said
    assert "report.xlsx[Final ranking]" in said


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_place_to_sign_may_be_filled_in(language):
    make("report.xlsx", "--lang", language)

    def sign(sheet, text="somebody"):
        for row in sheet.iter_rows():
            for cell in row:
                if ".........." in str(cell.value):
                    cell.value = cell.value.replace("." * 46, text)

    edit_sheet(sign)
    assert verify("report.xlsx")[0] == 0
    edit_sheet(lambda sheet: setattr(find_cell(sheet, "(somebody)"), "value", "somebody, and Delta is first"))
    assert verify("report.xlsx")[0] == 1


def test_looks_are_not_compared():
    make("report.xlsx")

    def change(sheet):
        sheet.column_dimensions["C"].width = 40
        sheet["A1"].font = openpyxl.styles.Font(size=30)
        sheet.row_dimensions[8].hidden = True

    edit_sheet(change)
    assert verify("report.xlsx")[0] == 0


def find_alpha(document):
    return next(row for row in document["sections"][0]["ranking"] if row["entity"]["name"] == "Alpha")


def find_delta(document):
    return next(row for row in document["sections"][0]["ranking"] if row["entity"]["name"] == "Delta")


def swap_titles(document):
    one, other = document["sections"]
    one["title"], other["title"] = other["title"], one["title"]


ALPHA = "sections[team].ranking[Alpha]"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda document: document["set"].update(title="Other"),
         [("changed", "set", "set.title", '"Other"', '"Made up, round 1"')]),
        (swap_titles, [("changed", "sections", "sections[team].title", '"More"', '"Team"'),
                       ("changed", "sections", "sections[more].title", '"Team"', '"More"')]),
        (lambda document: document.pop("diagnostics"),
         [("missing", None, "diagnostics", None, "[...]"), ("missing", "diagnostics", "diagnostics[0]", None, None)]),
        (lambda document: document["diagnostics"].clear(),
         [("changed", None, "diagnostics", "[]", "[...]"), ("missing", "diagnostics", "diagnostics[0]", None, None)]),
        (lambda document: document["diagnostics"].append({"code": "own"}),
         [("added", "diagnostics", "diagnostics[1]", None, None)]),
        (lambda document: document["diagnostics"][0].update(message="All is well"),
         [("changed", "diagnostics", "diagnostics[0].message", '"All is well"', None)]),
        (lambda document: document.update(final=[1]), [("added", None, "final", "[...]", None)]),
        (lambda document: document["inputs"][0].update(note="x"),
         [("added", "inputs", "inputs[0]", None, None)]),
        (lambda document: find_alpha(document).update(final_score=99),
         [("added", "sections[team]", f"{ALPHA}.final_score", "99", None)]),
        (lambda document: find_alpha(document).update({"a b": {"c": [{"id": "d"}, None, {}]}}),
         [("added", "sections[team]", f'{ALPHA}."a b".c[#1]', "null", None),
          ("added", "sections[team]", f'{ALPHA}."a b".c[#2]', "{}", None),
          ("added", "sections[team]", f'{ALPHA}."a b".c[d].id', '"d"', None)]),
        (lambda document: find_alpha(document)["entity"].update(head="X"),
         [("added", "sections[team]", f"{ALPHA}.entity.head", '"X"', None)]),
        (lambda document: find_alpha(document)["indicators"][0]["values"]["spent"].update(raw="90"),
         [("changed", "sections[team]", f"{ALPHA}.indicators[A].values.spent.raw", '"90"', '"74.6"')]),
        (lambda document: document["overall"].update(title="x"), [("added", "overall", "overall.title", '"x"', None)]),
        (lambda document: find_alpha(document)["indicators"][0].update(gone=None),
         [("added", "sections[team]", f"{ALPHA}.indicators[A].gone", "null", None)]),
        (lambda document: find_delta(document).pop("exact"),
         [("missing", "sections[team]", "sections[team].ranking[Delta].exact", None, "null")]),
        (lambda document: document["set"].update(file="elsewhere.yaml"), []),
    ],
)  # fmt: skip
def test_every_key_of_a_json_is_held_to_what_is_written_again(here, change, expected):
    (here / "one.csv").write_text(FILE.replace("share\n", "share,remark\n"), encoding="utf-8")
    make("report.json", *OVERALL)
    edit_json(change)
    code, document = verify("report.json")
    found = [(*one[:4], None if one[2].endswith("message") else one[4]) for one in told_texts(document)]
    assert (code, told(document), found) == (int(bool(expected)), [], expected)


def test_a_key_of_a_json_is_named_on_the_page():
    make("report.json")
    edit_json(lambda document: find_alpha(document).update(final_score=99))
    said = run("verify", "report.json", "one.csv").stdout
    assert "final_score" in said
    assert "cell" not in said


def test_a_hostile_depth_is_one_difference():
    make("report.json")
    deep = []
    for _ in range(400):
        deep = [deep]
    edit_json(lambda document: find_alpha(document).update(deep=deep))
    ((_, _, place, said, _),) = told_texts(verify("report.json")[1])
    assert (place.endswith("[#0]"), said) == (True, "[...]")


@pytest.mark.parametrize("name", KINDS)
def test_words_of_another_version_are_not_compared(name):
    make(name)
    if name.endswith("json"):
        edit_json(lambda document: document.update(kpi_version="0.0.1", extra=1))
    else:
        edit_sheet(rewrite("kpi ", "kpi 0.0.1"), number=-1)
        edit_sheet(write_under)
    code, document = verify(name)
    assert (code, document["texts"]) == (0, {"compared": False, "differences": []})
    assert "texts beside the figures: not compared" in run("verify", name, "one.csv").stdout


@pytest.mark.parametrize("name", KINDS)
def test_reports_beside_the_results_come_and_go(here, name):
    (here / "inbox").mkdir()
    shutil.move("one.csv", "inbox/one.csv")
    _make(f"inbox/{name}", files=("inbox",))
    assert verify(f"inbox/{name}", "inbox")[0] == 0  # now it lies among them
    _make(f"inbox/{name}", files=("inbox",))
    assert verify(f"inbox/{name}", "inbox")[0] == 0
    assert verify(f"inbox/{name}", "inbox/one.csv")[0] == 0


@pytest.mark.parametrize("name", KINDS)
def test_files_are_called_otherwise_in_every_text(here, name):
    """Two files that give names to each other, one of which ends as the other does; a finding names a cell."""
    text = FILE.replace("3,Gamma,80,3,,60\n", "")
    (here / "a.csv").write_text(text, encoding="utf-8")
    (here / "aa.csv").write_text("code,entity,spent\n9,Gama,3\n3,Gamma,80\n", encoding="utf-8")
    _make(name, "--keep-going", files=("a.csv", "aa.csv"))
    (here / "a.csv").rename(here / "c.csv")
    (here / "aa.csv").rename(here / "d.csv")
    code, document = verify(name, "c.csv", "d.csv")
    assert (code, told_texts(document)) == (0, [])


def test_a_sheet_taken_away_is_one_difference():
    make("report.xlsx", *OVERALL)
    book = openpyxl.load_workbook("report.xlsx")
    del book["Overall"]
    book.save("report.xlsx")
    assert told(verify("report.xlsx")[1]) == [("missing", None, None, None, None, None, None)]


def test_a_report_without_what_it_was_made_from_does_not_stand():
    make("report.xlsx")
    book = openpyxl.load_workbook("report.xlsx")
    del book["Made from"]
    book.save("report.xlsx")
    code, document = verify("report.xlsx", "one.csv", "--set", "round-one")
    assert (code, document["report"]["set"]) == (1, {"id": None, "sha256": None})
    assert [one["state"] for one in document["inputs"]] == ["extra"]
    assert (told(document), document["texts"]["compared"]) == ([], False)
    said = run("verify", "report.xlsx", "one.csv", "--set", "round-one").stdout
    assert "does not say by which set" in said
    assert "does not say which" in said


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda row: row.update(score=99.0), [("changed", "Alpha", None, None, "score", "99", "64")]),
        (lambda row: row.update(score=64), []),
        (lambda row: row.update(exact="64.0"), [("changed", "Alpha", None, None, "exact", "64.0", "64")]),
        (lambda row: row.update(complete=False), [("changed", "Alpha", None, None, "complete", "false", "true")]),
        (lambda row: row.update(grade=None), [("missing", "Alpha", None, None, "grade", None, "Good")]),
        (lambda row: row["indicators"][0].update(level=5), [("changed", "Alpha", None, "A", "level", "5", "2")]),
        (
            lambda row: row["indicators"][0].update(status="incomplete"),
            [("changed", "Alpha", None, "A", "status", "incomplete", "scored")],
        ),
        (
            lambda row: row["indicators"][0]["values"]["spent"].update(value="90"),
            [("changed", "Alpha", None, "spent", "value", "90", "74.6")],
        ),
        (lambda row: row["indicators"].pop(), [("missing", "Alpha", None, "C", None, None, None),
                                               ("missing", "Alpha", None, "meetings", None, None, None)]),
    ],
)  # fmt: skip
def test_a_json_changed_by_hand(change, expected):
    make("report.json")
    edit_json(
        lambda document: change(
            next(row for row in document["sections"][0]["ranking"] if row["entity"]["name"] == "Alpha")
        )
    )
    code, document = verify("report.json")
    assert (code, told(document)) == (int(bool(expected)), expected)


def test_the_order_of_a_json_is_no_figure_and_a_row_of_it_is_one():
    make("report.json")
    edit_json(lambda document: document["sections"][0]["ranking"].reverse())
    assert verify("report.json")[0] == 0
    edit_json(lambda document: document["sections"][0]["ranking"].pop())
    assert told(verify("report.json")[1]) == [("missing", "Beta", None, None, None, None, None)]


@pytest.mark.parametrize("name", KINDS)
def test_files_that_changed_without_changing_a_figure(here, name):
    make(name)
    (here / "one.csv").write_text(FILE + "\n", encoding="utf-8")
    code, document = verify(name)
    assert (code, told(document), document["inputs"][0]["state"]) == (1, [], "changed")
    said = run("verify", name, "one.csv").stdout
    assert "its figures are those of these files, but it was made from others" in said
    assert "changed since" in said


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_known_by_its_content_wherever_it_lies(here, name):
    make(name)
    (here / "archive").mkdir()
    shutil.move("one.csv", "archive/two.csv")
    assert verify(name, "archive")[0] == 0
    assert "the same, called one.csv in the report" in run("verify", name, "archive/two.csv").stdout


def test_the_files_that_a_report_names_are_never_opened(here):
    make("report.json")
    (here / "two.csv").write_text(FILE.replace("74.6", "90"), encoding="utf-8")
    code, document = verify("report.json", "two.csv")
    assert [one["state"] for one in document["inputs"]] == ["missing", "extra"]
    assert code == 1
    assert ("changed", "Alpha", None, None, "score", "64", "100") in told(document)


def test_a_file_more_or_less_is_said(here):
    (here / "two.csv").write_text("code,entity,spent\n4,Delta,90\n", encoding="utf-8")
    make("report.xlsx", files=("one.csv", "two.csv"))
    code, document = verify("report.xlsx", "one.csv")
    assert (code, [one["state"] for one in document["inputs"]]) == (1, ["same", "missing"])
    assert verify("report.xlsx", "one.csv", "two.csv")[0] == 0


@pytest.mark.parametrize("name", KINDS)
def test_another_set_is_said_and_so_is_what_it_changes(here, name):
    make(name)
    path = here / "indicators" / "one.yaml"
    path.write_text("# a comment\n" + SET, encoding="utf-8")
    assert verify(name)[0] == 0
    path.write_text(SET.replace("Meetings", "Gatherings"), encoding="utf-8")
    code, document = verify(name)
    assert (code, document["set"]["same"]) == (1, False)
    path.write_text(SET.replace('spent: ">= 90"', 'spent: ">= 70"'), encoding="utf-8")
    code, document = verify(name)
    assert (code, document["set"]["same"]) == (1, False)
    assert ("changed", "Alpha", None, "A", "level", "2", "5") in told(document)
    assert "computed by another" in run("verify", name, "one.csv").stdout


def test_figures_that_another_set_makes_too_are_said_to_be_so(here):
    make("report.json")
    (here / "indicators" / "one.yaml").write_text(SET.replace("organisation: Made up", "organisation: Other"))
    result = run("verify", "report.json", "one.csv")
    assert (result.exit_code, "made by another set" in result.stdout) == (1, True)


def test_a_set_that_is_not_found_must_be_named(here):
    make("report.json")
    (here / "indicators" / "one.yaml").rename(here / "moved.yaml")
    assert run("verify", "report.json", "one.csv").exit_code == 2
    assert run("verify", "report.json", "one.csv", "--set", "moved.yaml").exit_code == 0


def test_files_that_are_not_ranked_leave_nothing_to_compare(here):
    make("report.json")
    (here / "one.csv").write_text(FILE.replace("85", "oops"), encoding="utf-8")
    code, document = verify("report.json")
    assert (code, document["figures"]) == (1, {"compared": None, "differences": []})
    result = run("verify", "report.json", "one.csv")
    assert "cell-not-a-number" in result.stderr
    assert "not ranked" in result.stdout


def test_another_version_is_a_note():
    make("report.json")
    edit_json(lambda document: document.update(kpi_version="0.0.1"))
    result = run("verify", "report.json", "one.csv")
    assert (result.exit_code, "made by kpi 0.0.1" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "is-empty"),
        (b"a,b\n1,2\n", "not-a-report"),
        (b"<html>", "not-a-report"),
        (b"[]", "not-a-report"),
        (b"{}", "not-a-report"),
        (b'{"schema": "kpi.compare/1"}', "not-a-report"),
        (b'{"schema": 1}', "not-a-report"),
        (b"{", "not-json"),
        (b'{"schema": "kpi.score/1"' + b', "a": ' + b"[" * 100_000, "json-too-deep"),
        (b'{"schema": "kpi.score/1", "set": []}', "broken-report"),
        (b'{"schema": "kpi.score/1", "set": {"id": 1}}', "broken-report"),
        (b'{"schema": "kpi.score/1", "inputs": {}}', "broken-report"),
        (b'{"schema": "kpi.score/1", "inputs": ["a"]}', "broken-report"),
        (b'{"schema": "kpi.score/1", "kpi_version": "1", "kpi_version": "2"}', "broken-report"),
        (b'{"schema": "kpi.score/1", "set": {"id": "round-one"}, "sections": [{"ranking": [{}]}]}', "broken-report"),
        (b'{"schema": "kpi.score/1", "set": {"id": "round-one"}, "sections": [{"id": "team", "ranking": [1]}]}',
         "broken-report"),
        (b'{"schema": "kpi.score/1", "set": {"id": "round-one"}, "sections": [{"id": "team", "ranking": [{"entity":'
         b'{"name": "Alpha"}, "score": [1]}]}]}', "broken-report"),
        (b"PK\x03\x04", "broken-workbook"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(here, content, code):
    (here / "report.json").write_bytes(content)
    result = run("verify", "report.json", "one.csv", "--format", "json")
    document = json.loads(result.stdout)
    check_schema(document, "kpi.verify-1.json")
    assert result.exit_code == 2, result.output
    start = find_sentence("unreadable", variant=code).message.partition("{")[0]
    assert document["diagnostics"][0]["message"].startswith(start)
    assert (document["stands"], document["report"]) == (False, None)
    assert result.stderr


def test_a_workbook_of_results_is_no_report(here):
    book = openpyxl.Workbook()
    book.active.append(["entity", "spent"])
    book.save(here / "results.xlsx")
    assert run("verify", "results.xlsx", "one.csv").exit_code == 2


def test_a_report_that_ranks_nobody_is_refused(here):
    (here / "bad.csv").write_text(FILE.replace("85", "oops"), encoding="utf-8")
    text = run("score", "bad.csv", "--set", "round-one", "--format", "json").stdout
    (here / "report.json").write_text(text, encoding="utf-8")
    result = run("verify", "report.json", "one.csv")
    assert (result.exit_code, "no ranking" in result.stderr) == (2, True)


def test_options_that_nobody_has_are_not_guessed_at():
    make("report.xlsx", *OVERALL)

    def change(sheet):
        row = next(row for row in sheet.iter_rows() if str(row[1].value).startswith("--"))
        row[1].value = "--overall team=50,more=60"

    edit_sheet(change, number=-1)
    result = run("verify", "report.xlsx", "one.csv")
    assert (result.exit_code, "team=50,more=60" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report.json"], "FILE"),
        (["-", "-"], "standard input"),
        (["nowhere.json", "one.csv"], "nowhere.json"),
        (["*.csv", "one.csv"], "one report"),
        (["report.json", "nowhere.csv"], "nowhere.csv"),
        (["report.json", "one.csv", "--overall", "team=1"], "100"),
        (["report.json", "one.csv", "--tie-break", "Z"], "Z"),
        (["report.json", "one.csv", "--set", "nowhere"], "nowhere"),
    ],
)
def test_usage(here, arguments, said):
    make("report.json")
    (here / "two.csv").write_text(RESULTS, encoding="utf-8")
    result = run("verify", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_either_may_come_through_a_pipe(here):
    make("report.json")
    assert run("verify", "-", "one.csv", stdin=(here / "report.json").read_bytes()).exit_code == 0
    assert run("verify", "report.json", "-", stdin=FILE).exit_code == 0


def test_quiet_says_nothing_beside_the_data():
    make("report.json")
    result = run("verify", "report.json", "one.csv", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_long_list_is_cut_on_the_page_and_whole_in_json(here):
    make("report.json")
    (here / "one.csv").write_text(
        "code,entity,spent,sites,meetings,share\n1,Alpha,2,1,1,2\n2,Beta,2,1,1,2\n3,Gamma,2,1,1,2\n4,Delta,2,1,1,2\n"
    )
    count = len(verify("report.json")[1]["figures"]["differences"])
    assert count > 50
    assert f"and {count - 40} more" in run("verify", "report.json", "one.csv").stdout


def test_a_hostile_name_does_not_reach_the_terminal():
    make("report.json")
    edit_json(lambda document: document["sections"][0]["ranking"][0]["entity"].update(name="\x1b[2J\u202eAlpha"))
    result = run("verify", "report.json", "one.csv")
    assert result.exit_code == 1
    assert not {"\x1b", "\u202e"} & set(result.stdout)


def test_a_folder_of_reports_is_refused_whatever_else_lies_in_it(here):
    for kind in KINDS:
        make(kind)
    (here / "readme.txt").write_text("x", encoding="utf-8")
    result = run("verify", ".", "one.csv", "--lang", "en")
    assert result.exit_code == 2
    assert "`.` is more than one file" in result.stderr
