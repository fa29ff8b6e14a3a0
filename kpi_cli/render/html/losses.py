"""Where the points are lost: a section's indicators by what they cost on average, and how many stand at each level."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from kpi_cli.model import IndicatorSet
from kpi_cli.render.numbers import level_step, show_number
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.scoring.losses import Loss, count_losses
from kpi_cli.scoring.scorecard import SectionRanking


class LevelShare(NamedTuple):
    """How many entities stand at a level: `step` colours it, `width` is per cent of all to whom it applies."""

    level: int
    entities: int
    step: int
    width: str


class LossRow(NamedTuple):
    """An indicator: points lost on average, the same as per cent of the largest loss, and its levels."""

    id: str
    title: str
    lost: str
    bar: str
    levels: tuple[LevelShare, ...]
    not_applicable: int
    spoken: str


class LossTable(NamedTuple):
    """The losses of a section, the largest first."""

    title: str
    rows: tuple[LossRow, ...]


def build_loss_table(ranking: SectionRanking, definition: IndicatorSet, say: Translator) -> LossTable:
    """What the province loses in one section."""
    losses = [loss for loss in count_losses(ranking, scale=definition.scale) if loss.lost is not None]
    losses.sort(key=lambda loss: -(loss.lost or Fraction()))
    titles = {indicator.id: join_lines(indicator.title) for indicator in definition.indicators}
    most = max((loss.lost for loss in losses if loss.lost), default=None)
    rows = (
        LossRow(
            id=loss.id,
            title=titles[loss.id],
            lost=show_number(loss.lost or Fraction()),
            bar=show_number(100 * (loss.lost or Fraction()) / most) if most else "0",
            levels=tuple(_share_levels(loss, definition.scale)),
            not_applicable=loss.not_applicable,
            spoken=_speak_levels(loss, say),
        )
        for loss in losses
    )
    return LossTable(join_lines(ranking.title), tuple(rows))


def _share_levels(loss: Loss, scale: int) -> Iterator[LevelShare]:
    applicable = sum(loss.levels)
    for level, count in enumerate(loss.levels):
        if count:
            yield LevelShare(level, count, level_step(level, scale), show_number(Fraction(100 * count, applicable)))


def _speak_levels(loss: Loss, say: Translator) -> str:
    """What the coloured strip shows, for those who hear the page."""
    return ", ".join(
        say("level {level}: {n}", level=level, n=count) for level, count in enumerate(loss.levels) if count
    )
