"""One-character slips of the shipped set: the share that `--strict` catches, and that docs/mutations.md says it all."""

from __future__ import annotations

import importlib.util
import pathlib
import re
import sys
from functools import cache
from types import ModuleType

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "mutations.md").read_text(encoding="utf-8")
SAMPLE = 700
BAR = 95


@cache
def mutations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutations", ROOT / "benchmarks" / "mutations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its processes find the module by name
    spec.loader.exec_module(module)
    return module


@cache
def shipped() -> str:
    return mutations().SHIPPED_SET.read_text(encoding="utf-8")


@cache
def missed_in_sample() -> tuple[list[object], list[object]]:
    """A sample of all changes that are wrong, and those of it that pass."""
    module, text = mutations(), shipped()
    pieces = module.list_pieces(text)
    sample = module.choose_sample(module.list_mutations(text), SAMPLE)
    passed = [each for each in sample if not module.is_caught_in_piece(text, pieces, each)]
    missed = [each for each in passed if not module.is_harmless(text, each)]
    return [each for each in sample if each not in passed or each in missed], missed


def test_the_share_that_is_caught_is_above_the_bar() -> None:
    wrong, missed = missed_in_sample()
    assert len(wrong) > SAMPLE / 2
    assert 100 * (len(wrong) - len(missed)) >= BAR * len(wrong)


def test_what_is_missed_is_explained() -> None:
    explained = {tuple(cells) for cells in re.findall(r"^\| (\S+) \| (\w+) \|", PAGE, re.MULTILINE)}
    _, missed = missed_in_sample()
    assert {(each.spot.indicator, each.spot.kind) for each in missed} <= explained


def test_no_rule_weight_or_level_is_missed() -> None:
    _, missed = missed_in_sample()
    assert {each.spot.kind for each in missed} <= {"text", "range"}


def test_a_piece_of_the_set_speaks_for_the_whole() -> None:
    module, text = mutations(), shipped()
    pieces = module.list_pieces(text)
    few = module.choose_sample(module.list_mutations(text), 30)
    assert [module.is_caught(text, each) for each in few] == [
        module.is_caught_in_piece(text, pieces, each) for each in few
    ]


def test_every_place_that_counts_is_changed() -> None:
    kinds = {spot.kind for spot in mutations().list_spots(shipped())}
    assert kinds == {
        *("rule", "weight", "range", "scale", "level number", "text"),
        *("tests: figure", "tests: level", "accept"),
    }


def test_a_digit_becomes_every_other_one_and_is_left_out_and_doubled() -> None:
    rule = "levels: {1: {when: {a: '> ๕'}}}"
    changes = [each for each in mutations().list_mutations(rule) if each.spot.kind == "rule"]
    assert [each.text for each in changes if rule[each.spot.index] == "๕"] == [*"๐๑๒๓๔๖๗๘๙", "", "๕๕"]
    assert [each.text for each in changes if rule[each.spot.index] == ">"] == ["<", "=", "", ">>"]
    assert mutations().list_mutations("title: 2564") == []
