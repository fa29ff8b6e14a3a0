"""A set, and results for it, in which every text that a stranger may choose is hostile."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import yaml

# Each begins as a formula, a command or a path may; what harms elsewhere too follows, so that few names try it all.
NAMES = (
    "\x1b[2J",
    "\x9b2J\x1b]8;;http://example.invalid\x07x\u202egnp",
    '=HYPERLINK("http://example.invalid","x")</script><script>alert(1)</script>',
    '@SUM(1)"><img src=x onerror=alert(1)>| a | b |',
    "+66 [x](javascript:alert(1)) ![x](http://example.invalid/x.png)",
    "-2+3 `x` $x$ {{ 7*7 }} {x} %s%n */ '; DROP TABLE results; --",
    "\t=1+1\n::error::x\n# x\n- x",
    "\r=1+1\u2028%0A::error::x",
    "../../../x",
    "CON",
)


def write_hostile_files(folder: pathlib.Path, name: str) -> None:
    """A set, a changed one and a broken one, results that are read and that are refused: `name` in every text."""
    definition = _make_set(name)
    _write(folder / "set.yaml", definition)
    changed = _make_set(name)
    changed["sections"][0]["indicators"][0]["levels"][5]["when"]["spent"] = ">= 6"
    changed["sections"][0]["indicators"][0]["title"] += " 2"
    _write(folder / "new.yaml", changed)
    _write(folder / "broken.yaml", {**definition, name: name, "scale": name, "round": [name]})
    rows = [{"entity": each, "spent": 50, "kind": name} for each in (name, "Other")]
    _write(folder / "good.json", rows)
    _write(folder / "bad.json", [*rows, {"entity": f"{name} 2", "spent": f"{name}9", "kind": f"no {name}", name: name}])


def _write(path: pathlib.Path, value: Any) -> None:
    text = yaml.safe_dump(value, width=10_000) if path.suffix == ".yaml" else json.dumps(value)
    path.write_text(text, encoding="utf-8")


def _make_set(name: str) -> dict[str, Any]:
    texts = {
        "title": name,
        "organisation": name,
        "source": {"document": name},
        "entity": {"title": f"{name} e", "aliases": [f"{name} a"]},
        "grades": [{"title": name, "min": 0}],
    }
    return {
        "kpi": 1,
        "id": "hostile",
        **texts,
        "sections": [{"id": "team", "title": name, "indicators": [_make(name)]}],
    }


def _make(name: str) -> dict[str, Any]:
    rules = {number: {"spent": f">= {number}"} for number in range(1, 6)}
    return {
        "id": "T1",
        "code": name,
        "title": name,
        "weight": 100,
        "owner": name,
        "note": name,
        "measures": {
            "spent": {"type": "percent", "title": f"{name} s", "unit": name},
            "kind": {"type": "choice", "title": f"{name} k", "choices": [name, "other"]},
        },
        "levels": {
            number: {"text": name, "note": name, "when": {**rule, **({"kind": [name]} if number == 5 else {})}}
            for number, rule in rules.items()
        },
    }
