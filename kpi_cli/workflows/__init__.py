"""load -> check -> read -> score, as values: what a command does, without a word printed."""

from kpi_cli.workflows.query import QueryOptions, QueryRun, write_query
from kpi_cli.workflows.scoring import (
    PercentReading,
    Reading,
    ScoreOptions,
    ScoreRun,
    read_files,
    read_results,
    score_files,
)
from kpi_cli.workflows.sets import ChosenSet, choose_set, load_set, load_set_file
from kpi_cli.workflows.streaming import StreamRun, stream_file
from kpi_cli.workflows.validation import ValidateRun, validate_files

__all__ = [
    "ChosenSet",
    "PercentReading",
    "QueryOptions",
    "QueryRun",
    "Reading",
    "ScoreOptions",
    "ScoreRun",
    "StreamRun",
    "ValidateRun",
    "choose_set",
    "load_set",
    "load_set_file",
    "read_files",
    "read_results",
    "score_files",
    "stream_file",
    "validate_files",
    "write_query",
]
