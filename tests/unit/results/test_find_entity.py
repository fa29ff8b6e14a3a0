"""Whom a name or a code on the command line means."""

import pytest

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import EntityKind, RosterEntry
from kpi_cli.results.find_entity import find_entity
from kpi_cli.scoring.figures import Entity

SATUEK, MUEANG = Entity("3111", "สตึก"), Entity("3101", "เมืองบุรีรัมย์")
ROSTER = EntityKind(
    prefixes=("อำเภอ", "อ."),
    roster=(
        RosterEntry(code="3111", name="สตึก", name_en="Satuek"),
        RosterEntry(code="3101", name="เมืองบุรีรัมย์", aliases=("เมือง",)),
        RosterEntry(code="1", name="ก", aliases=("คู่",)),
        RosterEntry(code="2", name="ข", aliases=("คู่",)),
    ),
)
OPEN = EntityKind(prefixes=("อำเภอ",))
ALPHA, BETA = Entity(None, "Alpha Town"), Entity(None, "เบตา")


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("สตึก", SATUEK),
        (" อ.สตึก ", SATUEK),
        ("3111", SATUEK),
        ("๓๑๑๑", SATUEK),
        ("satuek", SATUEK),
        ("เมือง", MUEANG),
    ],
)
def test_on_the_roster(text, entity):
    assert find_entity(text, ROSTER, []) == entity


@pytest.mark.parametrize(("text", "entity"), [("alpha town", ALPHA), ("อำเภอเบตา", BETA)])
def test_without_a_roster_it_is_whoever_was_named(text, entity):
    assert find_entity(text, OPEN, [ALPHA, BETA]) == entity


@pytest.mark.parametrize(
    ("text", "kind", "code", "variant", "suggestion"),
    [
        ("สตก", ROSTER, "unknown-entity", "typed-near", "สตึก"),
        ("นครนายก", ROSTER, "unknown-entity", "typed", None),
        ("คู่", ROSTER, "ambiguous-entity", "", "ก (1), ข (2)"),
        ("Alpa Town", OPEN, "unknown-entity", "typed-near", "Alpha Town"),
        ("", OPEN, "unknown-entity", "typed", None),
    ],
)
def test_nobody_is_guessed(text, kind, code, variant, suggestion):
    found = find_entity(text, kind, [ALPHA, BETA])
    assert isinstance(found, Diagnostic)
    assert (found.code, found.variant, found.params["suggestion"]) == (code, variant, suggestion)
