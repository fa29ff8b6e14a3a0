"""What the YAML parser says of text that it cannot read, by its own words; it speaks English alone, and tersely."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

MESSAGES: dict[str, Sentence] = {}
LABELS: dict[str, str] = {}

NOUNS: dict[str, str] = {
    "could not find expected ':'": "a colon is missing",
    "did not find expected key": "something belongs to no key",
    "did not find expected ',' or '}'": "a comma or a closing brace is missing",
    "did not find expected ',' or ']'": "a comma or a closing bracket is missing",
    "did not find expected '-' indicator": "an item of this list does not begin with a dash",
    "did not find expected node content": "a value is missing",
    "did not find expected <document start>": "the text goes on after its end",
    "did not find expected alphabetic or numeric character": "`&` or `*` stands without a name",
    "did not find expected comment or line break": "something stands behind the sign that begins a block of text",
    "found unexpected end of stream": "the file ends first",
    "found unexpected document indicator": "`---` stands before the end",
    "found character that cannot start any token": "no value begins with this character",
    "found unknown escape character": "the backslash in double quotes does not go with this character",
    "found undefined tag handle": "this tag is not known",
    "found incompatible YAML document": "this is another version of YAML",
    "found a tab character where an indentation space is expected": "a tab stands where the text is indented",
    "block sequence entries are not allowed in this context": "a list cannot begin here",
    "mapping keys are not allowed in this context": "a key cannot begin here",
}
