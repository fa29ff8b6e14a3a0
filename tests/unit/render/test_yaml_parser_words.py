"""The words of the YAML parser are a language's too: they are looked up as the parser spells them."""

from __future__ import annotations

import pytest
import yaml

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.render.messages.yaml_parser import NOUNS
from kpi_cli.render.sentences import describe

BROKEN = {
    "could not find expected ':'": "a: 1\nb\nc: 2",
    "did not find expected key": "a: 'it's'",
    "did not find expected ',' or '}'": "a: {b: 1\nc: 2",
    "did not find expected ',' or ']'": "a: [1\nb: 2",
    "did not find expected '-' indicator": "- a\nb: 1\n",
    "did not find expected node content": "a: ]",
    "did not find expected <document start>": "---\n- a\n...\nfoo: 1\n- b",
    "did not find expected alphabetic or numeric character": "a: & b",
    "did not find expected comment or line break": "a: |5x\n b",
    "found unexpected end of stream": "a: 'x",
    "found unexpected document indicator": 'a: "\n---\n"',
    "found character that cannot start any token": "a: @x",
    "found unknown escape character": 'a: "\\q"',
    "found undefined tag handle": "a: !x!y z",
    "found incompatible YAML document": "%YAML 3.0\n---\na: 1",
    "found a tab character where an indentation space is expected": "a: |\n\tb",
    "block sequence entries are not allowed in this context": "a: - b",
    "mapping keys are not allowed in this context": "a: ? b",
}


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="the words are those of libyaml")
@pytest.mark.parametrize("problem", NOUNS)
def test_words_are_spelt_as_the_parser_spells_them(problem: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(BROKEN[problem], Loader=yaml.CSafeLoader))
    assert caught.value.problem == problem


@pytest.mark.parametrize(
    ("problem", "english", "thai"),
    [
        ("could not find expected ':'", "a colon is missing", "ขาดเครื่องหมาย `:`"),
        ("words that nobody foresaw", "words that nobody foresaw", "words that nobody foresaw"),
    ],
)
def test_words_of_the_parser_in_both_languages(problem: str, english: str, thai: str) -> None:
    finding = Diagnostic("yaml-syntax", Severity.ERROR, None, {"problem": problem}, "parser")
    assert describe(finding, "en").message == f"YAML cannot be read here: {english}"
    assert describe(finding, "th").message == f"อ่าน YAML ตรงนี้ไม่ได้: {thai}"
