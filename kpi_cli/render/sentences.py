"""Diagnostics to sentences: the words of a code, in a language, with the values that it found filled in."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from kpi_cli.diagnostics import Diagnostic, Related, Severity, count_severities
from kpi_cli.render import messages
from kpi_cli.render.cell_words import tell_cell
from kpi_cli.render.messages import Sentence
from kpi_cli.render.text import clean_text, cut_middle, join_lines
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.rules.cells import Cell
from kpi_cli.rules.values import exact_text

# The parameters whose value may be a key of NOUNS.
_NOUN_PARAMS = frozenset({"expected", "kind", "problem"})
# The parameters that are sentences of an author, and never cut: a reason that lacks its middle is none.
_WHOLE_PARAMS = frozenset({"why"})


class Words(NamedTuple):
    """Every sentence, label and noun that the families in `render/messages` bring; a family is a file there."""

    sentences: Mapping[str, Sentence]
    labels: Mapping[str, str]
    nouns: Mapping[str, str]


def describe(diagnostic: Diagnostic, language: Language) -> Sentence:
    """The message and the help of `diagnostic`; where a sentence is missing, its code and parameters."""
    say = translate(language)
    try:
        sentence = find_sentence(diagnostic.code, variant=diagnostic.variant)
        params = _show_params(diagnostic.params, say)
        return Sentence(*(say.template(text).format_map(params) for text in sentence))
    except (KeyError, IndexError):
        # A sentence or a parameter that nobody wrote: the tests find it, and a user still learns the most.
        return Sentence(_list_params(diagnostic))


def find_sentence(code: str, *, variant: str = "") -> Sentence:
    """The English sentence of a code and variant, else of the code alone; KeyError where there is none."""
    sentences = load_words().sentences
    return sentences.get(f"{code}/{variant}") or sentences[code]


def describe_related(related: Related, language: Language) -> str:
    """What a second place has to do with it; where the label is missing, its key."""
    say = translate(language)
    try:
        return say.template(load_words().labels[related.label]).format_map(_show_params(related.params, say))
    except (KeyError, IndexError):
        return clean_text(related.label)


@cache
def load_words() -> Words:
    """The words of all families, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(messages.__path__))
    families = [importlib.import_module(f"{messages.__name__}.{name}") for name in names]
    return Words(_merge(families, "MESSAGES"), _merge(families, "LABELS"), _merge(families, "NOUNS"))


def _merge(families: Iterable[object], table: str) -> dict[str, Any]:
    return {key: words for family in families for key, words in getattr(family, table, {}).items()}


def _show_params(params: Mapping[str, object], say: Translator) -> dict[str, str]:
    return {name: _show_named(name, value, say) for name, value in params.items()}


def _show_named(name: str, value: object, say: Translator) -> str:
    if name in _NOUN_PARAMS:
        return _show_noun(value, say)
    if isinstance(value, Cell):
        return cut_middle(tell_cell(value, say))
    return join_lines(str(value)) if name in _WHOLE_PARAMS else show_param(value)


def _show_noun(value: object, say: Translator) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_show_noun(part, say) for part in value)
    noun = load_words().nouns.get(value) if isinstance(value, str) else None
    return show_param(value) if noun is None else say.template(noun)


def show_param(value: object) -> str:
    """A parameter as it stands in a sentence: numbers in full, names clean and not absurdly long."""
    match value:
        case None:
            return "-"
        case bool() | Decimal() | Fraction():
            return exact_text(value)
        case tuple() | list():
            return ", ".join(map(show_param, value))
        case _:
            return clean_text(cut_middle(str(value)))


def _list_params(diagnostic: Diagnostic) -> str:
    params = ", ".join(f"{name} {show_param(value)}" for name, value in diagnostic.params.items())
    return f"{diagnostic.code}: {params}" if params else diagnostic.code


def summarise(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """`2 errors, 0 warnings, 4 notes`."""
    say, found = translate(language), count_severities(diagnostics)
    return ", ".join(
        (
            say.count("{n} error", "{n} errors", n=found[Severity.ERROR]),
            say.count("{n} warning", "{n} warnings", n=found[Severity.WARNING]),
            say.count("{n} note", "{n} notes", n=found[Severity.NOTE]),
        )
    )
