"""Every file that is refused has a sentence of its own; the other sentences are tried wherever files are read."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import kpi_cli.results
from kpi_cli.render.messages import definition, reports, results, targets


def raised() -> list[tuple[str, set[str]]]:
    """The variant and the parameters of each `UnreadableError` in the package."""
    found = []
    for path in sorted(Path(kpi_cli.results.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UnreadableError":
                keywords = {str(keyword.arg) for keyword in node.keywords}
                found += [
                    (part.value, keywords)
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
    return found


@pytest.mark.parametrize(("variant", "params"), raised())
def test_a_refused_file_has_a_sentence(variant: str, params: set[str]) -> None:
    sentence = {**results.MESSAGES, **reports.MESSAGES, **targets.MESSAGES}[f"unreadable/{variant}"]
    fields = {name for text in sentence for _, name, _, _ in string.Formatter().parse(text) if name}
    assert fields <= params | {"file"}
    assert sentence.help


def test_families_do_not_overwrite_each_other() -> None:
    assert not results.MESSAGES.keys() & (definition.MESSAGES.keys() | targets.MESSAGES.keys())
    assert not results.LABELS.keys() & definition.LABELS.keys()
    assert not results.NOUNS.keys() & definition.NOUNS.keys()
