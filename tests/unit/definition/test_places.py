import pytest

from kpi_cli.definition.places import find_node, locate_diagnostics
from kpi_cli.definition.tree import Scalar, compose_tree
from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity

TEXT = """\
id: small
sections:
  - id: team
    title: "Te\\u0061m 'x'"
    rule: 'it''s > 5'
    long: "one
      two"
    when: {m: &r "< 75%", n: *r}
    note: |
      block
levels: {1: a, "1": b}
x: !!str tagged
"""


def _locate(path: Path) -> tuple[int | None, ...]:
    tree = compose_tree(TEXT)
    assert tree is not None
    diagnostic = Diagnostic("code", Severity.ERROR, path, related=(Related("label", path),))
    (found,) = locate_diagnostics([diagnostic], tree=tree, text=TEXT, file="draft.yaml")
    place = found.place
    assert isinstance(place, Place)
    assert place.file == "draft.yaml"
    assert found.related[0].place == place
    return place.line, place.column, place.end_line, place.end_column


_TEAM = ("sections", 0)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (Path(("id",)), (1, 5, 1, 10)),
        (Path(("id",), on_key=True), (1, 1, 1, 3)),
        (Path(("id",), span=(1, 3)), (1, 6, 1, 8)),
        (Path(()), (1, 1, 1, 10)),
        # a list or mapping in lines below its key: the key
        (Path(("sections",)), (2, 1, 2, 9)),
        (Path(_TEAM), (3, 5, 3, 13)),
        (Path((*_TEAM, "when")), (8, 11, 8, 33)),
        (Path((*_TEAM, "when", "n")), (8, 30, 8, 32)),
        # what is missing: what should hold it
        (Path((*_TEAM, "weight")), (3, 5, 3, 13)),
        (Path(("nothing", "at", "all")), (1, 1, 1, 10)),
        (Path((*_TEAM, "when", "x"), on_key=True), (8, 5, 8, 9)),
        (Path(("sections", 7)), (2, 1, 2, 9)),
        (Path((*_TEAM, "title", "x")), (4, 12, 4, 27)),
        # inside a scalar
        (Path((*_TEAM, "title"), span=(2, 3)), (4, 15, 4, 21)),
        (Path((*_TEAM, "title"), span=(3, 4)), (4, 21, 4, 22)),
        (Path((*_TEAM, "rule"), span=(2, 3)), (5, 14, 5, 16)),
        (Path((*_TEAM, "rule"), span=(5, 8)), (5, 18, 5, 21)),
        (Path((*_TEAM, "rule"), span=(8, 9)), (5, 21, 5, 22)),
        (Path((*_TEAM, "when", "m"), span=(4, 5)), (8, 23, 8, 24)),
        (Path(("x",), span=(0, 2)), (12, 10, 12, 12)),
        # where text and file do not agree: the whole of it, on its first line
        (Path((*_TEAM, "long"), span=(5, 6)), (6, 11, 6, 15)),
        (Path((*_TEAM, "when", "n"), span=(4, 5)), (8, 30, 8, 32)),
        (Path((*_TEAM, "note"), span=(1, 2)), (9, 11, 9, 12)),
        # a number is not its text
        (Path(("levels", 1)), (11, 13, 11, 14)),
        (Path(("levels", "1")), (11, 21, 11, 22)),
        (Path(("levels", "1"), on_key=True), (11, 16, 11, 19)),
    ],
)
def test_a_path_leads_to_its_place(path: Path, place: tuple[int, ...]) -> None:
    assert _locate(path) == place


def test_a_place_stays_where_it_is() -> None:
    tree = compose_tree(TEXT)
    assert tree is not None
    diagnostic = Diagnostic("code", Severity.ERROR, Place("other.csv", 3))
    assert locate_diagnostics([diagnostic], tree=tree, text=TEXT, file="draft.yaml") == [diagnostic]


def test_a_duplicate_key_leads_to_the_first() -> None:
    tree = compose_tree("a: 1\na: 2\n")
    assert tree is not None
    node = find_node(tree, ("a",))
    assert isinstance(node, Scalar)
    assert node.text == "1"
    assert find_node(tree, ("b",)) is None
    assert find_node(tree, ("a", 0)) is None


def test_many_findings_in_a_long_mapping_cost_no_time() -> None:
    text = "".join(f"k{number}: 1\n" for number in range(20_000))
    tree = compose_tree(text)
    assert tree is not None
    found = [Diagnostic("code", Severity.ERROR, Path((f"k{number}",))) for number in range(20_000)]
    last = locate_diagnostics(found, tree=tree, text=text, file="draft.yaml")[-1]
    assert last.place == Place("draft.yaml", 20_000, 9, 20_000, 10)
