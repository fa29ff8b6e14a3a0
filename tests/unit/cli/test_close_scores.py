"""Scores that differ in the third decimal: no command and no file rounds one of them into another, or into a grade."""

import re

import openpyxl
import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app


def write_indicator(name, weight, levels):
    rules = ", ".join(f'{level}: {{when: {{m_{name}: ">= {level}"}}}}' for level in range(1, levels + 1))
    return (
        f"      - {{id: {name}, title: {name}, weight: {weight}, measures:"
        f" {{m_{name}: {{type: number, title: Fig {name}, not_applicable: allowed}}}}, levels: {{{rules}}}}}\n"
    )


def write_section(name, weights, levels, share=None):
    own = f"    share: {share}\n" if share else ""
    head = f"  - id: {name}\n    title: {name}\n{own}    indicators:\n"
    return head + "".join(write_indicator(f"{name}{each}", weight, levels) for each, weight in enumerate(weights))


def write_set(levels, *sections, grades=""):
    return f"kpi: 1\nid: close\ntitle: Close\nscale: {levels}\nsections:\n{''.join(sections)}{grades}"


# Level 2 of 3 is exactly 200/3: it looks like the grade from 66.667 on, and is below it.
THIRDS = write_set(
    3,
    write_section("a", [100], 3, share=50),
    write_section("b", [100], 3, share=50),
    grades="grades: [{title: upper, min: 66.667}, {title: lower, min: 0}]\n",
)
# Four fifths of all are 80; level 4 of a0 and 3 of a1 are 79.9998, and look like it.
FIFTHS = write_set(
    5,
    write_section("a", ["99.999", "0.001"], 5),
    grades="grades: [{title: most, min: 80}, {title: some, min: 0}]\n",
)
FIFTHS_RESULTS = "entity,m_a0,m_a1\nEven,4,4\nShort,4,3\nAlone,4,N/A\nSmall,N/A,4\nTop,5,0\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(app, [*arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def write(here, **files):
    for name, text in files.items():
        stem, suffix = name.rsplit("_", 1)
        (here / f"{stem}.{suffix}").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("format_", ["table", "md"])
def test_a_movement_shows_no_score_as_the_grade_that_it_misses(here, format_):
    write(here, set_yaml=THIRDS, old_csv="entity,m_a0,m_b0\nP,1,1\n", new_csv="entity,m_a0,m_b0\nP,2,2\n")
    shown = run("compare", "old.csv", "new.csv", "--set", "set.yaml", "--format", format_)
    assert re.search(r"33\.3333 → 66\.6667 .*\+33\.3333 .*lower", shown)


def test_a_movement_keeps_to_the_grades_of_both_sets(here):
    ungraded = THIRDS.partition("grades:")[0]
    write(here, graded_yaml=THIRDS, plain_yaml=ungraded, one_csv="entity,m_a0,m_b0\nP,2,2\n")
    for old, new in (("graded", "plain"), ("plain", "graded")):
        shown = run("compare", "one.csv", "one.csv", "--set-old", f"{old}.yaml", "--set-new", f"{new}.yaml")
        assert "66.6667" in shown, (old, new)


def test_a_gain_is_not_shown_as_none(here):
    # 50.004 and 50.006 are 50.00 and 50.01, and what lies between them is less than half a hundredth
    tiny = write_set(1, write_section("a", ["50", "0.004", "0.002", "49.994"], 1))
    header = "entity,m_a0,m_a1,m_a2,m_a3\n"
    write(here, set_yaml=tiny, old_csv=f"{header}P,1,1,0,0\n", new_csv=f"{header}P,1,1,1,0\n")
    assert "50.00 → 50.01  +0.002 " in run("compare", "old.csv", "new.csv", "--set", "set.yaml")


@pytest.mark.parametrize("format_", ["table", "md"])
@pytest.mark.parametrize(
    ("entity", "standing", "points"),
    [
        ("Even", "80.0000 of 100 points · rank 2 of 5", ["79.999 of 99.999 points", "0.0008 of 0.001 points"]),
        ("Short", "79.9998 of 100 points · rank 5 of 5", ["79.999 of 99.999 points", "0.0006 of 0.001 points"]),
        ("Alone", "80.0000 of 100 points · rank 2 of 5", ["80.00 of 100 points · weight 99.999"]),
        ("Small", "80.0000 of 100 points · rank 2 of 5", ["80.00 of 100 points · weight 0.001"]),
        ("Top", "99.9990 of 100 points · rank 1 of 5", ["99.999 of 99.999 points", "0.000 of 0.001 points"]),
    ],
)
def test_an_explanation_has_the_decimals_of_its_ranking(here, format_, entity, standing, points):
    write(here, set_yaml=FIFTHS, results_csv=FIFTHS_RESULTS)
    shown = run("explain", "results.csv", entity, "--set", "set.yaml", "--format", format_)
    assert standing in shown
    found = [line.strip(" *") for line in shown.splitlines() if re.search(r"level \d of 5 ·", line)]
    assert [line.partition(" · ")[2] for line in found] == points


def test_so_have_all_pages_and_the_cards(here):
    write(here, set_yaml=FIFTHS, results_csv=FIFTHS_RESULTS)
    run("explain", "results.csv", "--all", "-o", "pages", "--set", "set.yaml", "--quiet")
    assert "79.9998 of 100 points · rank 5 of 5" in (here / "pages" / "Short.md").read_text(encoding="utf-8")
    run("score", "results.csv", "--set", "set.yaml", "-o", "out.html", "--quiet")
    page = (here / "out.html").read_text(encoding="utf-8")
    assert "79.9998 of 100 points · rank 5 of 5" in page
    pieces = re.search(r'"pieces":\[(.*?)\]', page)
    assert pieces is not None
    assert {'"79.999"', '"99.999"', '"0.0006"'} <= {*pieces[1].split(",")}
    assert '"0.00"' not in pieces[1]


def test_what_redistribution_makes_of_a_weight_is_rounded_where_it_is_long(here):
    # without the 40 the others share 100: 30 of them are worth 50, and 10 are worth 100/6
    thirds = write_set(3, write_section("a", [40, 30, 20, 10], 3))
    write(here, set_yaml=thirds, one_csv="entity,m_a0,m_a1,m_a2,m_a3\nP,N/A,3,2,3\n")
    shown = run("explain", "one.csv", "P", "--set", "set.yaml")
    assert "50.00 of 50 points · weight 30" in shown
    assert "22.22 of 33.33 points · weight 20" in shown
    assert "16.67 of 16.67 points · weight 10" in shown


def test_the_table_over_all_sections_shows_their_scores_as_they_do(here):
    write(here, set_yaml=THIRDS, one_csv="entity,m_a0,m_b0\nP,2,3\n")
    shown = run("score", "one.csv", "--set", "set.yaml", "-o", "o.md", "-o", "o.html", "-o", "o.xlsx", "--quiet")
    assert re.search(r" 83\.33 .* 66\.6667 +100\.00", shown.partition("Overall")[2])
    assert "83.33 | upper | 66.6667 | 100.00 |" in (here / "o.md").read_text(encoding="utf-8")
    assert re.search(r">\s*66\.67\s*<", (here / "o.html").read_text(encoding="utf-8")) is None
    sheet = openpyxl.load_workbook(here / "o.xlsx")["Overall"]
    formats = {
        round(cell.value, 2): cell.number_format for row in sheet for cell in row if isinstance(cell.value, float)
    }
    assert formats == {83.33: "0.00", 66.67: "0.0000"}
