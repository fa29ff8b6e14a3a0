"""A report held against its inputs, in words: the verdict, the set, the files, and what each difference is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_cli.render.headings import entity_title
from kpi_cli.render.report import Verification
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.scoring.figures import InputFile
from kpi_cli.scoring.verify import Difference, FileMatch, FileState, Kind
from kpi_cli.scoring.verify_texts import TextDifference

_SHOWN_HASH = 12


def say_verdict(verification: Verification, say: Translator) -> str:
    """Whether the report stands, in one sentence."""
    file = join_lines(verification.file)
    if verification.stands:
        return say("{file} stands: its set, its files and its figures are these.", file=file)
    if verification.figures is None:
        return say("{file} does not stand: these files are not ranked, so no figure can be compared.", file=file)
    if verification.differences:
        return say("{file} does not stand: its figures are not those of these files.", file=file)
    if verification.texts:
        return say("{file} does not stand: its figures are those of these files, but its words are not.", file=file)
    if verification.same_set:
        return say(
            "{file} does not stand: its figures are those of these files, but it was made from others.", file=file
        )
    if _names_no_set(verification):
        return say("{file} does not stand: its figures are these, but it does not say by which set.", file=file)
    return say("{file} does not stand: its figures are these, but it was made by another set.", file=file)


def _names_no_set(verification: Verification) -> bool:
    return verification.set_id is None and verification.set_sha256 is None


def say_set(verification: Verification, say: Translator) -> str:
    """Whether the set is that of the report, by its id and its fingerprint."""
    used, sha256 = verification.report.definition, verification.report.set_sha256 or ""
    here = f"{used.id if used else ''} (sha256 {sha256[:_SHOWN_HASH]}…)"
    if verification.same_set:
        return say("set: {set}, the same", set=here)
    if _names_no_set(verification):
        return say("set: the report does not say which; computed by {set}", set=here)
    there = f"{join_lines(verification.set_id or '')} (sha256 {(verification.set_sha256 or '')[:_SHOWN_HASH]}…)"
    return say("set: {there} in the report; computed by another, {set}", there=there, set=here)


def say_file(match: FileMatch, say: Translator) -> str:
    """What became of a file, by its fingerprint."""
    old, new = match.reported, match.given
    if match.state is FileState.MISSING:
        return say("{file}: named by the report, not given", file=_show_file(old))
    if match.state is FileState.EXTRA:
        return say("{file}: given, not named by the report", file=_show_file(new))
    if match.state is FileState.CHANGED:
        return say(
            "{file}: changed since; the report was made from {other}", file=_show_file(new), other=_show_hash(old)
        )
    if old and new and old.file != new.file:
        return say("{file}: the same, called {other} in the report", file=_show_file(new), other=join_lines(old.file))
    return say("{file}: the same", file=_show_file(new))


def _show_file(file: InputFile | None) -> str:
    return f"{join_lines(file.file)} ({_show_hash(file)})" if file else ""


def _show_hash(file: InputFile | None) -> str:
    return f"sha256 {join_lines(file.sha256[:_SHOWN_HASH])}…" if file else ""


def say_figures(verification: Verification, say: Translator) -> str:
    """How many figures were compared, and how many differ."""
    if verification.figures is None:
        return say("figures: none computed")
    if not verification.differences:
        return say("figures: {n} compared, all as in the report", n=f"{verification.figures:,}")
    return say(
        "figures: {n} compared, differences {found}",
        n=f"{verification.figures:,}",
        found=f"{len(verification.differences):,}",
    )


def say_texts(verification: Verification, say: Translator) -> Iterator[str]:
    """How many texts differ beside the figures, or why they are not compared."""
    if verification.figures is None:
        return
    if verification.texts is None:
        yield say("texts beside the figures: not compared, with another version, set or file they are others")
    elif not verification.texts:
        yield say("texts beside the figures: all as in the report")
    else:
        yield say("texts beside the figures: differences {found}", found=f"{len(verification.texts):,}")


def say_options(verification: Verification, say: Translator) -> Iterator[str]:
    """The options that only the report names, and those that a json cannot name."""
    if verification.taken:
        yield say("options taken from the report: {options}", options=join_lines(" ".join(verification.taken)))
    if verification.suffix == ".json" and not verification.same_figures:
        yield say("a json report does not name --percent and --tie-break: give them again where the scoring had them")


def say_version(verification: Verification, say: Translator) -> Iterator[str]:
    """Where another version wrote the report: what that may do."""
    here = verification.report.version
    if verification.version != here:
        there = join_lines(verification.version or "?")
        yield say("made by kpi {there}, computed by kpi {here}: words and columns may differ", there=there, here=here)


_FIGURES = {
    "rank": mark("rank"),
    "score": mark("score"),
    "possible": mark("possible score"),
    "exact": mark("exact score"),
    "complete": mark("reporting"),
    "grade": mark("grade"),
    "title": mark("lines above the table"),
    "level": mark("level"),
    "possible_level": mark("possible level"),
    "points": mark("points"),
    "weight": mark("weight or share"),
    "status": mark("status"),
    "value": mark("value"),
    "incomplete": mark("incomplete"),
    "not_applicable": mark("n/a"),
    "absent": mark("not reported"),
}
_PARTS = {"details": mark("Details"), "levels": mark("Levels")}


def list_difference_header(verification: Verification, say: Translator) -> list[str]:
    """The titles of the columns."""
    entity = entity_title(verification.report.definition, say)
    return [say("section"), entity, say("figure"), say("in the report"), say("computed"), say("cell")]


def list_difference_texts(one: Difference, titles: Mapping[str, str], say: Translator) -> list[str]:
    """The columns of a difference; of what one side lacks as a whole, which of the two has it."""
    section = say("Overall") if one.section == "overall" else titles.get(one.section, join_lines(one.section))
    entity = join_lines(one.entity.name) if one.entity else ""
    if one.figure is None:
        there, not_there = say("there"), say("not there")
        sides = [there, not_there] if one.kind is Kind.ADDED else [not_there, there]
    else:
        sides = [join_lines(one.reported or "-"), join_lines(one.computed or "-")]
    return [section, entity, _name_figure(one, say), *sides, join_lines(one.cell or "")]


def list_text_texts(one: TextDifference, say: Translator, *, of_sheets: bool) -> list[str]:
    """The same columns for a text; where a json has it stands in the place of the figure."""
    whole = one.reported is one.computed is None
    sides = [one.reported or "-", one.computed or "-"]
    if whole:
        there, not_there = say("there"), say("not there")
        sides = [there, not_there] if one.kind is Kind.ADDED else [not_there, there]
    place = join_lines(one.place)
    about = [join_lines(one.part), "", say("the whole sheet") if whole else say("text")]
    return [*(about if of_sheets else ["", "", place]), *map(join_lines, sides), place]


def _name_figure(one: Difference, say: Translator) -> str:
    """`T1 level`, `Details: budget_spent value`, or what is there or not as a whole."""
    part = say(_PARTS[one.part]) + ": " if one.part in _PARTS else ""
    if one.figure is not None:
        return f"{part}{join_lines(one.item or '')} {_say_figure(one.figure, say)}".strip()
    if one.item:
        return part + join_lines(one.item)
    return part + (say("the whole row") if one.entity else say("the whole table"))


def _say_figure(figure: str, say: Translator) -> str:
    if figure.startswith("level "):
        return say("level {n}", n=figure.removeprefix("level "))
    return say(_FIGURES[figure])
