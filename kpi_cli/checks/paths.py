"""Where the indicators of a model stand in its file, as keys and indices."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.model import Group, Indicator, IndicatorSet


def iterate_indicator_paths(definition: IndicatorSet) -> Iterator[tuple[tuple[str | int, ...], Indicator]]:
    """Every indicator with the keys that lead to it from the root of the file."""
    for number, section in enumerate(definition.sections):
        for index, item in enumerate(section.indicators):
            keys = ("sections", number, "indicators", index)
            if isinstance(item, Group):
                for inner, indicator in enumerate(item.indicators):
                    yield (*keys, "indicators", inner), indicator
            else:
                yield keys, item
