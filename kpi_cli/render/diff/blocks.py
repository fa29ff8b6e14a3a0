"""What differs between two sets, in words and gathered under headings, for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, cast

from kpi_cli.render.diff.words import Bounds, name_key, tell_moves, tell_range, tell_value
from kpi_cli.render.report import Comparison, Report
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.scoring.diff import Effect, KeyChange, PartChange, SetDiff
from kpi_cli.scoring.level_moves import LevelMoves
from kpi_cli.scoring.set_parts import Kind

Subject: TypeAlias = tuple[Kind, str]
"""The heading under which a change stands: the set, a section, a group or an indicator."""

_OWN_HEADING = frozenset({"section", "group", "indicator"})
_TURNS = {"came": mark("new"), "went": mark("no longer there")}
_PARTS = {
    "measure": mark("measure {id}"),
    "level": mark("level {id}"),
    "grade": mark("grade {id}"),
}
_ROSTER = {"came": mark("new on the roster: {names}"), "went": mark("no longer on the roster: {names}")}
_MOST_NAMES = 12
_CONCLUSIONS = {
    Effect.READING: mark("No rule and no weight changes; what is read of a results file does."),
    Effect.NONE: mark("No verdict changes: what differs is wording, checks or order alone."),
}


class DiffBlock(NamedTuple):
    """What changes about one subject: `verdicts` and `readings` are sentences, `others` names of keys."""

    id: str
    title: str
    verdicts: tuple[str, ...]
    readings: tuple[str, ...]
    others: tuple[str, ...]


def list_blocks(comparison: Comparison, diff: SetDiff, say: Translator) -> list[DiffBlock]:
    """A block for each subject that changes, in the order of the new set."""
    grouped: dict[Subject, list[PartChange]] = {("set", ""): []}
    for change in diff.changes:
        grouped.setdefault(_subject_of(change), []).append(change)
    for indicator in diff.moves:  # a domain that is spelled out otherwise may be all that differs
        grouped.setdefault(("indicator", indicator), [])
    titles = {**_list_titles(comparison.old), **_list_titles(comparison.new)}
    return [
        _make_block(subject, titles.get(subject, ""), changes, diff.moves.get(subject[1]), say)
        for subject, changes in grouped.items()
        if changes or (subject[1] in diff.moves and not diff.moves[subject[1]].none)
    ]


def _subject_of(change: PartChange) -> Subject:
    part = change.part
    if part.indicator is not None:
        return "indicator", part.indicator
    return (part.kind, part.id) if part.kind in _OWN_HEADING else ("set", "")


def _list_titles(report: Report) -> dict[Subject, str]:
    if report.definition is None:
        return {}
    titles: dict[Subject, str] = {}
    for section in report.definition.sections:
        titles["section", section.id] = section.title
        titles |= {("group", group.id): group.title for group in section.groups}
        titles |= {("indicator", indicator.id): indicator.title for indicator in section}
    return titles


def _make_block(
    subject: Subject, title: str, changes: Sequence[PartChange], moves: LevelMoves | None, say: Translator
) -> DiffBlock:
    told = [(effect, text) for change in changes for effect, text in _tell_change(change, subject, say)]
    told += _tell_roster(changes, say)
    verdicts = [text for effect, text in told if effect is Effect.VERDICT]
    if subject[0] == "indicator" and moves is not None:
        verdicts += tell_moves(moves, say)
    return DiffBlock(
        subject[1] or say("the set"),
        join_lines(title),
        tuple(verdicts),
        tuple(text for effect, text in told if effect is Effect.READING),
        tuple(text for effect, text in told if effect is Effect.NONE),
    )


def _tell_change(change: PartChange, subject: Subject, say: Translator) -> Iterator[tuple[Effect, str]]:
    if change.turn != "changed" and change.part.kind != "roster":
        yield change.effect, _tell_turn(change, subject, say)
    for key in change.keys:
        yield key.effect, _tell_key(change, key, say)


def _tell_turn(change: PartChange, subject: Subject, say: Translator) -> str:
    """`came`, or `measure spent: came` where it is a part of what stands above."""
    turn, part = say(_TURNS[change.turn]), change.part
    if (part.kind, part.id) == subject:
        return turn
    return f"{say(_PARTS[part.kind], id=join_lines(part.id))}: {turn}"


def _tell_key(change: PartChange, key: KeyChange, say: Translator) -> str:
    """`weight: 25 → 20`; of what changes no verdict the name alone, and of a rule that it is only written otherwise."""
    label = name_key(change.part, key.key, say)
    if key.effect is Effect.NONE:
        return say("{key} (written otherwise)", key=label) if key.key in {"when", "policy"} else label
    if key.key == "range":
        old, new = (tell_range(cast(Bounds, bounds), say) for bounds in (key.old, key.new))
    else:
        old, new = (tell_value(value, say) for value in (key.old, key.new))
    return f"{label}: {old} → {new}"


def _tell_roster(changes: Sequence[PartChange], say: Translator) -> Iterator[tuple[Effect, str]]:
    """Who came and who went, in a line each: a roster may be long."""
    for turn, text in _ROSTER.items():
        names = [join_lines(one.title or "") for one in changes if one.part.kind == "roster" and one.turn == turn]
        more = len(names) - _MOST_NAMES
        shown = [*names[:_MOST_NAMES], *([say("and {n} more", n=more)] if more > 0 else [])]
        if names:
            yield Effect.VERDICT, say(text, names=", ".join(shown))


def name_set(report: Report) -> str:
    """The id of a set, and its file."""
    return f"{report.definition.id if report.definition else ''} ({join_lines(report.set_file or '')})"


def conclude(diff: SetDiff, say: Translator) -> str:
    """The last word: whether any verdict changes, and where."""
    if not diff.changes and all(moves.none for moves in diff.moves.values()):
        return say("The two sets say the same.")
    if diff.effect is not Effect.VERDICT:
        return say(_CONCLUSIONS[diff.effect])
    return say("Verdicts change: {parts}", parts=", ".join(_list_grave(diff, say)))


def _list_grave(diff: SetDiff, say: Translator) -> Iterable[str]:
    grave = [_subject_of(change)[1] for change in diff.changes if change.effect is Effect.VERDICT]
    grave += [id_ for id_, moves in diff.moves.items() if not moves.none]
    return dict.fromkeys(id_ or say("the set") for id_ in sorted(grave, key=bool))
