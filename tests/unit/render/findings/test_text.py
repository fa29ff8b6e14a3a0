from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity
from kpi_cli.render import sentences
from kpi_cli.render.findings.text import render_diagnostics
from kpi_cli.render.messages import Sentence
from kpi_cli.render.sentences import Words

SOURCE = """\
levels:
  1:
    when: {plan_achieved: "< 80"}
  2:
    text: ที่นี่ "น้ำดื่ม" when: "> 80"
"""
WORDS = Words(
    {
        "gap": Sentence("{value} reaches no level", 'write "<= 80" at level 1'),
        "plain": Sentence("something is {value}"),
    },
    {"ends": "level {level} ends here", "begins": "level {level} begins here"},
    {},
)
ENDS = Place("draft.yaml", 3, 28, 3, 32)
BEGINS = Place("draft.yaml", 5, 35, 5, 39)


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "load_words", lambda: WORDS)


def render(*diagnostics: Diagnostic, source: str = SOURCE, **options: object) -> str:
    fixed: dict[str, object] = {"sources": {"draft.yaml": source}, "language": "en", "colour": False}
    return render_diagnostics(diagnostics, **{**fixed, **options})  # type: ignore[arg-type]


def plain(
    place: Place | Path | None, severity: Severity = Severity.ERROR, value: str = "amiss", **more: object
) -> Diagnostic:
    return Diagnostic("plain", severity, place, {"value": value}, **more)  # type: ignore[arg-type]


GAP = Diagnostic(
    "gap",
    Severity.ERROR,
    ENDS,
    {"value": 80},
    indicator="T2",
    related=(Related("ends", ENDS, {"level": 1}), Related("begins", BEGINS, {"level": 2})),
)


def test_of_a_long_line_each_place_is_shown_above_its_mark() -> None:
    source = f"{'a' * 10}first{'b' * 150}second{'c' * 100}"
    places = [Place("draft.yaml", 1, at, 1, at + length) for at, length in ((166, 6), (11, 5), (172, 3))]
    related = tuple(Related("ends", place, {"level": 1}) for place in places[1:])
    drawn = render(plain(places[0], related=related), source=source).splitlines()[1:]
    shown = [(line, mark) for line, mark in itertools.pairwise(drawn) if set("^-") & set(mark)]
    spans = [(line, mark.index(sign), mark.count(sign)) for line, mark in shown for sign in "^-" if sign in mark]
    assert [line[at : at + length] for line, at, length in spans][:2] == ["first", "second"]
    assert [line.lstrip()[:1] for line in drawn] == ["1", "|", "1", "|", "|"]


def test_excerpt_with_carets_and_labels() -> None:
    assert (
        render(GAP)
        == """\
draft.yaml:3:28: error[gap] T2: 80 reaches no level
    3 |     when: {plan_achieved: "< 80"}
      |                            ^^^^ level 1 ends here
    5 |     text: ที่นี่ "น้ำดื่ม" when: "> 80"
      |                            ---- level 2 begins here
   help: write "<= 80" at level 1
"""
    )


def test_thai() -> None:
    lines = render(GAP, language="th").splitlines()
    assert lines[0].startswith("draft.yaml:3:28: ผิดพลาด[gap] T2: ")
    assert lines[-1].startswith("   วิธีแก้: ")


@pytest.mark.parametrize(
    ("line", "place", "drawn"),
    [
        pytest.param("abc", Place("draft.yaml", 1, 2, 1, 3), ["    1 | abc", "      |  ^"], id="one-character"),
        pytest.param("abc", Place("draft.yaml", 1, 2), ["    1 | abc", "      |  ^"], id="no-end"),
        pytest.param("abc", Place("draft.yaml", 1, 4, 1, 4), ["    1 | abc", "      |    ^"], id="after-the-line"),
        pytest.param("abc", Place("draft.yaml", 1, 2, 7, 1), ["    1 | abc", "      |  ^^"], id="goes-on-below"),
        pytest.param("abc", Place("draft.yaml", 1), ["    1 | abc"], id="no-column"),
        pytest.param("a\tbc", Place("draft.yaml", 1, 3, 1, 5), [r"    1 | a\tbc", "      |    ^^"], id="after-a-tab"),
        pytest.param(
            "\x1b[2Jab", Place("draft.yaml", 1, 5, 1, 7), [r"    1 | \x1b[2Jab", "      |        ^^"], id="escape"
        ),
        pytest.param("ที่a", Place("draft.yaml", 1, 4, 1, 5), ["    1 | ที่a", "      |  ^"], id="after-thai-marks"),
        pytest.param("日a", Place("draft.yaml", 1, 2, 1, 3), ["    1 | 日a", "      |   ^"], id="after-wide-letters"),
        pytest.param("abc", Place("draft.yaml", 9, 1, 9, 2), [], id="past-the-end"),
    ],
)
def test_carets_stand_under_the_place(line: str, place: Place, drawn: list[str]) -> None:
    assert render(plain(place), source=line).splitlines()[1:] == drawn


def test_lines_count_as_in_yaml() -> None:
    shown = render(plain(Place("draft.yaml", 4, 1)), source="one\r\ntwo\rthree\x0cstill\nfour")
    assert shown.splitlines()[1] == "    4 | four"


def test_long_lines_are_cut_around_the_place() -> None:
    source = "ก่" * 1_000_000 + "BAD" + "x" * 1_000_000
    line, carets = render(plain(Place("draft.yaml", 1, 2_000_001, 1, 2_000_004)), source=source).splitlines()[1:]
    assert line == "    1 | …" + "ก่" * 20 + "BAD" + "x" * 53 + "…"
    assert carets == "      | " + " " * 21 + "^^^"


def test_two_places_on_one_line() -> None:
    related = Related("begins", Place("draft.yaml", 3, 5, 3, 9), {"level": 1})
    lines = render(plain(ENDS, related=(related,))).splitlines()
    assert lines[1:] == [
        '    3 |     when: {plan_achieved: "< 80"}',
        "      |                            ^^^^",
        "      |     ---- level 1 begins here",
    ]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param(None, "error[plain] something is amiss", id="nowhere"),
        pytest.param(Path(("sections", 0)), "error[plain] something is amiss", id="never-placed"),
        pytest.param(Place("a.yaml"), "a.yaml: error[plain] something is amiss", id="file"),
        pytest.param(Place("a.yaml", 3, 4), "a.yaml:3:4: error[plain] something is amiss", id="file-without-a-source"),
        pytest.param(Place("\x1b.yaml"), r"\x1b.yaml: error[plain] something is amiss", id="hostile-name"),
        pytest.param(
            Place("a.xlsx", cell="a.xlsx[รายทีม!C19]"), "a.xlsx[รายทีม!C19]  error[plain]  something is amiss", id="cell"
        ),
    ],
)
def test_heads(place: Place | Path | None, line: str) -> None:
    assert render(plain(place)) == f"{line}\n"


def test_cells_are_aligned_and_their_help_too() -> None:
    gap = Diagnostic("gap", Severity.WARNING, Place("b.xlsx", cell="b.xlsx[ก่ำ!C9]"), {"value": 80})
    assert (
        render(plain(Place("a", cell="results.xlsx[Team!C19]")), gap)
        == """\
results.xlsx[Team!C19]  error[plain]  something is amiss
b.xlsx[ก่ำ!C9]           warning[gap]  80 reaches no level
                        help: write "<= 80" at level 1
"""
    )


def test_related_elsewhere_is_a_line() -> None:
    related = (
        Related("begins", Place("a", cell="a.csv[C5]"), {"level": 1}),
        Related("ends", Path(("x",)), {"level": 2}),
    )
    lines = render(plain(Place("a", cell="a.csv[C9]"), related=related)).splitlines()
    assert lines == ["a.csv[C9]  error[plain]  something is amiss", " " * 11 + "a.csv[C5]: level 1 begins here"]


def test_show_chooses_severities() -> None:
    diagnostics = [plain(None, severity, severity.value) for severity in Severity]
    shown = render(*diagnostics, show=(Severity.ERROR, Severity.WARNING))
    assert shown == "error[plain] something is error\nwarning[plain] something is warning\n"
    assert render(show=()) == ""


def test_excerpts_stand_apart() -> None:
    assert render(plain(None), GAP, plain(None)).count("\n\n") == 2


def test_colour_only_where_asked_for() -> None:
    assert "\x1b[" not in render(GAP)
    coloured = render(GAP, colour=True)
    assert "\x1b[31;1merror[gap]\x1b[0m" in coloured
    assert coloured.count("\x1b[") == 2 * coloured.count("\x1b[0m")


def test_no_rich_and_no_openpyxl_to_print_diagnostics() -> None:
    imports = "import sys, kpi_cli.render.findings.text, kpi_cli.render.json_v1"
    code = f"{imports}; print({{'rich', 'openpyxl'}} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_a_cut_line_never_begins_with_a_mark_without_its_letter() -> None:
    line, carets = render(
        plain(Place("draft.yaml", 1, 102, 1, 103)), source="ก่" * 50 + "xBAD" + "x" * 100
    ).splitlines()[1:]
    assert line.startswith("    1 | …" + "ก่" * 19 + "xBAD")
    assert carets == "      | " + " " * 21 + "^"
