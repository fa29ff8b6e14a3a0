from __future__ import annotations

import pytest

from kpi_cli.render.translate import mark, translate
from tools import catalogue


@pytest.mark.parametrize(("language", "text"), [("en", "full marks 100"), ("th", "คะแนนเต็ม 100")])
def test_both_languages(language: str, text: str) -> None:
    assert translate(language)("full marks 100") == text  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "th"])
def test_no_words_stay_no_words(language: str) -> None:
    say = translate(language)  # type: ignore[arg-type]
    assert (say(""), say.template("")) == ("", "")


def test_what_is_not_translated_is_english() -> None:
    assert translate("th")("nobody said {this}", this="ก") == "nobody said ก"


def test_counts_follow_the_language() -> None:
    shown = [translate(language).count("{n} error", "{n} errors", n=n) for language in ("en", "th") for n in (1, 2)]  # type: ignore[arg-type]
    assert shown == ["1 error", "2 errors", "ผิดพลาด 1", "ผิดพลาด 2"]


def test_mark_leaves_text_alone() -> None:
    assert mark("some words") == "some words"


def test_catalogue_has_every_word_and_no_other() -> None:
    read = catalogue.read_catalogue()
    assert catalogue.find_missing(read) == []
    assert catalogue.find_stale(read) == []


def test_mo_is_the_compilation_of_po() -> None:
    compiled = catalogue.compile_catalogue(catalogue.read_catalogue())
    committed = (catalogue.FOLDER / "kpi.mo").read_bytes()
    assert catalogue.read_words(committed) == catalogue.read_words(compiled)


def test_words_are_found_where_they_are_marked() -> None:
    source = """
say("one", n=1); mark("two"); page.say("three"); say.count("{n} four", "{n} fours", n=2)
say(f"{five}"); "text".count("six"); other("seven"); say("")
"""
    assert set(catalogue.find_marked(source)) == {"one", "two", "three", "{n} four", "{n} fours"}


def test_help_is_found_where_it_stands() -> None:
    source = """
HELP = "one"
EXAMPLES = "kpi two"
Option = Annotated[str, typer.Option("--three", help="four", metavar="FIVE")]
"""
    assert list(catalogue.find_help(source)) == ["one", "four"]
