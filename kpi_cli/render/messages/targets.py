"""The sentences of what cannot be compiled: what an engine would not keep exact, names that it cannot tell apart."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_ELSEWHERE = "ask for duckdb, postgresql or spark"

MESSAGES: dict[str, Sentence] = {
    "sql-inexact/measure": Sentence("`{measure}` is {kind}, and {dialect} keeps no exact decimals", _ELSEWHERE),
    "sql-inexact/score": Sentence(
        "the scores of section `{section}` have decimals, and {dialect} keeps none of them exact", _ELSEWHERE
    ),
    "sql-inexact/digits": Sentence(
        "{threshold}, with which `{measure}` is compared, has more digits than {dialect} computes with exactly",
        "use a threshold of fewer digits, or `kpi score`",
    ),
    "sql-inexact/negative-whole": Sentence(
        "`{whole}` may be negative, and a percent of it cannot be compared in one step", "give `{whole}` a range from 0"
    ),
    "sql-inexact/weights": Sentence(
        "the weights of section `{section}` have more digits than {dialect} adds up exactly",
        "use weights of fewer digits, or `kpi score`",
    ),
    "sql-table": Sentence(
        "`{table}` is no name of a table for {dialect}", "such as results, or warehouse.results; quote other letters"
    ),
    "sql-name/alike": Sentence(
        "`{name}` and `{other}` differ in capitals only, and to {dialect} that is one name", "rename one of them"
    ),
    "sql-name/too-long": Sentence(
        "columns named after `{name}` would be longer than the {limit} letters that {dialect} keeps", "shorten it"
    ),
    "sql-name/unprintable": Sentence(
        "`{name}` has characters that cannot be seen, and a query would carry them to a terminal", "remove them"
    ),
}

LABELS: dict[str, str] = {}
NOUNS: dict[str, str] = {}
