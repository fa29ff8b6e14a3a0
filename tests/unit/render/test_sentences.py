from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest

from kpi_cli.diagnostics import Diagnostic, Place, Related, Severity
from kpi_cli.render import messages, sentences
from kpi_cli.render.messages import Sentence
from kpi_cli.render.sentences import Words, describe, describe_related, find_sentence, load_words, show_param, summarise
from kpi_cli.render.translate import translate

MADE_UP = Words(
    {
        "gap": Sentence("{value} reaches no level", "write {value} at level {level}"),
        "gap/wide": Sentence("nothing from {low} to {high}"),
        "type": Sentence("`{key}` is {kind}; expected {expected}"),
        "short": Sentence("needs {a_param_nobody_gave}"),
    },
    {"begins": "level {level} begins here"},
    {"number": "a number", "list": "a list"},
)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "load_words", lambda: MADE_UP)


def found(code: str, variant: str = "", **params: object) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, params=params, variant=variant)


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("diagnostic", "sentence"),
    [
        pytest.param(
            found("gap", value=Decimal("80.0"), level=2),
            ("80.0 reaches no level", "write 80.0 at level 2"),
            id="filled",
        ),
        pytest.param(found("gap", "wide", low=1, high=2), ("nothing from 1 to 2", ""), id="variant"),
        pytest.param(found("gap", "narrow", value=1, level=2), ("1 reaches no level", "write 1 at level 2"), id="code"),
        pytest.param(
            found("type", key="a\x1b[2Jb", kind="list", expected=("number", "list")),
            (r"`a\x1b[2Jb` is a list; expected a number, a list", ""),
            id="nouns-and-a-hostile-key",
        ),
        pytest.param(
            found("type", key="{value.__class__}", kind="unheard", expected="number"),
            ("`{value.__class__}` is unheard; expected a number", ""),
            id="braces-of-users-stay-text",
        ),
        pytest.param(found("short", value=1), ("short: value 1", ""), id="missing-parameter"),
        pytest.param(found("nobody-wrote-it", a=1, b=("x", "y")), ("nobody-wrote-it: a 1, b x, y", ""), id="missing"),
        pytest.param(found("nobody-wrote-it"), ("nobody-wrote-it", ""), id="missing-without-parameters"),
    ],
)
def test_describe(diagnostic: Diagnostic, sentence: tuple[str, str]) -> None:
    assert describe(diagnostic, "en") == sentence


@pytest.mark.usefixtures("made_up")
def test_find_sentence_is_loud() -> None:
    with pytest.raises(KeyError):
        find_sentence("nobody-wrote-it", variant="x")


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("related", "text"),
    [
        (Related("begins", Place("x"), {"level": 2}), "level 2 begins here"),
        (Related("begins", Place("x")), "begins"),
        (Related("nobody\x1b", Place("x")), r"nobody\x1b"),
    ],
)
def test_describe_related(related: Related, text: str) -> None:
    assert describe_related(related, "en") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (True, "true"),
        (Decimal("0.10"), "0.10"),
        (Fraction(250, 3), "250/3"),
        (7, "7"),
        (("a", Decimal(1), False), "a, 1, false"),
        ("\u202eabc", r"\u202eabc"),
        ("x" * 3_000_000, "x" * 99 + "…" + "x" * 99),
    ],
)
def test_show_param(value: object, text: str) -> None:
    assert show_param(value) == text


@pytest.mark.parametrize(
    ("severities", "english", "thai"),
    [
        ([], "0 errors, 0 warnings, 0 notes", "ผิดพลาด 0, คำเตือน 0, หมายเหตุ 0"),
        ([Severity.ERROR, *[Severity.NOTE] * 4], "1 error, 0 warnings, 4 notes", "ผิดพลาด 1, คำเตือน 0, หมายเหตุ 4"),
        ([Severity.WARNING, Severity.ERROR, Severity.ERROR, Severity.NOTE], "2 errors, 1 warning, 1 note", None),
    ],
)
def test_summarise(severities: list[Severity], english: str, thai: str | None) -> None:
    diagnostics = [Diagnostic("x", severity) for severity in severities]
    assert summarise(diagnostics, "en") == english
    assert thai is None or summarise(diagnostics, "th") == thai


def test_a_reason_is_told_whole() -> None:
    why = "เพราะเอกสารระบุไว้\nอย่างนั้น " * 20
    finding = Diagnostic(
        "level-gap", Severity.NOTE, None, {"better": 1, "worse": 2, "level": 3, "why": why}, "accepted"
    )
    assert describe(finding, "en").help == "it is accepted: " + " ".join(why.split())


def all_texts() -> Iterator[str]:
    words = load_words()
    for sentence in words.sentences.values():
        yield from filter(None, sentence)
    yield from words.labels.values()
    yield from words.nouns.values()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_is_a_template_in_both_languages() -> None:
    say = translate("th")
    odd = [text for text in all_texts() if placeholders(text) != placeholders(say.template(text))]
    assert odd == []


def test_placeholders_are_plain_names() -> None:
    assert [text for text in all_texts() if not all(map(str.isidentifier, placeholders(text)))] == []


def test_no_sentence_begins_with_a_capital_or_ends_with_a_full_stop() -> None:
    messages = [sentence.message for sentence in load_words().sentences.values()]
    assert [text for text in messages if text.endswith(".")] == []


def test_no_two_families_share_a_sentence_or_tell_a_noun_differently() -> None:
    names = [module.name for module in pkgutil.iter_modules(messages.__path__)]
    families = [importlib.import_module(f"{messages.__name__}.{name}") for name in names]
    keys = [key for family in families for key in (*family.MESSAGES, *family.LABELS)]
    assert sorted(keys) == sorted(set(keys))
    nouns = {(key, noun) for family in families for key, noun in family.NOUNS.items()}
    assert len(nouns) == len(load_words().nouns)
