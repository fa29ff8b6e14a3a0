"""Trials: a command, its options and the files that it reads, all drawn from one seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.fuzz.mutations import (
    make_rule,
    mutate_bytes,
    mutate_figures,
    mutate_parquet_footer,
    mutate_text,
    mutate_workbook,
)
from tests.fuzz.odd_parquet import make_odd_parquet
from tests.fuzz.seeds import (
    FIGURES,
    NAMES,
    SUFFIXES,
    load_seeds,
    make_sound_table,
    make_table,
    write_report,
    write_table,
)

MAX_SIZE = 1_000_000
"""What is promised of time and memory is promised of files below this."""
_IDS = ("T1", "T2", "T3.1", "I6", "A", "B", "team", "individual", "one", "", "t1", "\x1b[2J", "ก", "T1,T1", "__class__")
_ODD = (
    "",
    "-",
    ",",
    "=",
    "a=b=c",
    "team=50,individual=50",
    "team=1e999",
    "team=NaN",
    "one=100",
    "=",
    "T1=5",
    "[",
    "*",
    "?",
)
_ODD_FILES = (
    "-",
    "",
    ".",
    "/dev",
    "~",
    "nothing.csv",
    "[",
    "*",
    "**",
    "a\x1b[2J.csv",
    "/dev/null",
    "CON",
    "x" * 300,
    "-x",
)


class Trial(NamedTuple):
    """One command, the files of its folder, which of them is standard input, and a command that must say the same."""

    arguments: tuple[str, ...]
    files: dict[str, bytes]
    standard_input: str | None = None
    twin: tuple[str, ...] = ()


Kind = Callable[[random.Random], Trial]


def make_trial(seed: int, kinds: tuple[str, ...] = ()) -> tuple[str, Trial]:
    """The trial of that seed, of one of `kinds` (all of them if none is named), with the name of its kind."""
    rng = random.Random(seed)
    kind = rng.choice(kinds or tuple(KINDS))
    return kind, KINDS[kind](rng)


def _try_results(suffix: str) -> Kind:
    def make(rng: random.Random) -> Trial:
        name, text = _pick_set(rng)
        mutate = _MUTATE.get(suffix, mutate_bytes)
        data = mutate(_pick_results(suffix, text, rng), rng) if rng.random() < 0.9 else rng.randbytes(200)
        file = f"results{suffix}"
        arguments = ("score", file, *_pick_set_option(name, rng), *_pick_score_options(rng))
        return Trial(arguments, {file: data, **_sets(name, text)})

    return make


def _try_bulk(suffix: str, make_data: Callable[[str, random.Random], bytes]) -> Kind:
    """The same file through DuckDB and through Python: where both answer, they agree."""

    def make(rng: random.Random) -> Trial:
        name, text = _pick_set(rng)
        output = rng.choice((".parquet", ".csv", ".json"))
        percent = ("--percent", rng.choice(("points", "fraction", "refuse")))
        options = (*_pick_some(rng, percent, ("--strict",)), *_pick_common(rng))
        command = ("score", f"in{suffix}", *_pick_set_option(name, rng), *options)
        engines = (("-o", f"out{output}", "--engine", "duckdb"), ("-o", f"twin{_TWIN[output]}", "--engine", "python"))
        own, twin = ((*command, *options) for options in engines)
        return Trial(own, {f"in{suffix}": make_data(text, rng), **_sets(name, text)}, twin=twin)

    return make


_TWIN = {".csv": ".csv", ".json": ".json", ".parquet": ".json"}
"""What the Python engine writes, to be held against what DuckDB wrote."""


def _make_csv(definition: str, rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return write_table(make_sound_table(definition, rng), ".csv")
    data = _pick_results(".csv", definition, rng)
    return data if rng.random() < 0.3 else _mutate_bytes_or_text(data, rng)


def _make_damaged_parquet(definition: str, rng: random.Random) -> bytes:
    data = make_odd_parquet(definition, rng) if rng.random() < 0.5 else _pick_results(".parquet", definition, rng)
    return rng.choice((mutate_parquet_footer, mutate_parquet_footer, mutate_bytes))(data, rng)


def _mutate_bytes_or_text(data: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.3:
        return mutate_bytes(data, rng)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp874"))
    return mutate_text(data.decode("utf-8", "replace"), rng).encode(encoding, "ignore")


_MUTATE = {
    ".xlsx": mutate_workbook,
    ".ods": mutate_workbook,
    ".csv": _mutate_bytes_or_text,
    ".json": _mutate_bytes_or_text,
}


def _pick_set(rng: random.Random) -> tuple[str, str]:
    """The shipped set half of the time, else one of all seeds."""
    sets = load_seeds().sets
    shipped = next(iter(sets))
    name = shipped if rng.random() < 0.5 else rng.choice(list(sets))
    return name, sets[name]


def _sets(name: str, text: str) -> dict[str, bytes]:
    """The set as a file, but for the shipped one, which is found by its id with its roster."""
    return {} if name.startswith("indicators") else {"set.yaml": text.encode("utf-8", "replace")}


def _pick_set_option(name: str, rng: random.Random) -> tuple[str, ...]:
    if rng.random() < 0.02:
        return ("--set", rng.choice(_ODD_FILES))
    return () if name.startswith("indicators") else ("--set", "set.yaml")


def _pick_results(suffix: str, definition: str, rng: random.Random) -> bytes:
    seeds = list(load_seeds().results[suffix].values())
    if rng.random() < 0.5 or not seeds:
        return write_table(make_table(definition, rng), suffix)
    return rng.choice(seeds)


def _pick_some(rng: random.Random, *options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for option in options if rng.random() < 0.3 for word in option)


def _pick_common(rng: random.Random) -> tuple[str, ...]:
    return _pick_some(rng, ("--lang", rng.choice(("th", "en"))), ("--quiet",))


def _pick_reading(rng: random.Random) -> tuple[str, ...]:
    percent = rng.choice(("points", "fraction", "refuse"))
    return (*_pick_some(rng, ("--percent", percent), ("--keep-going",), ("--keep-going",)), *_pick_common(rng))


def _pick_score_options(rng: random.Random) -> tuple[str, ...]:
    output = rng.choice(("xlsx", "csv", "json", "md", "html"))
    return (
        *_pick_some(
            rng,
            ("--format", rng.choice(("table", "json", "csv", "md", "html"))),
            ("-o", f"out.{output}"),
            ("--notes",),
        ),
        *(("--overall", rng.choice(_ODD)) if rng.random() < 0.1 else ()),
        *(("--tie-break", rng.choice(_IDS)) if rng.random() < 0.1 else ()),
        *(("--missing",) if rng.random() < 0.1 else ()),
        *(("--fragile", "--within", rng.choice(FIGURES)) if rng.random() < 0.1 else ()),
        *_pick_reading(rng),
    )


def _mutate_set(text: str, rng: random.Random) -> bytes:
    if rng.random() < 0.1:
        return mutate_bytes(text.encode(), rng)
    mutate = mutate_figures if rng.random() < 0.6 else mutate_text
    return mutate(text, rng).encode("utf-8", "surrogatepass")


def _try_set(rng: random.Random) -> Trial:
    _, text = _pick_set(rng)
    files = {"set.yaml": _mutate_set(text, rng), "rosters/buriram.csv": b"code,name\n1,a\n2,b\n"}
    output = rng.choice(("text", "json", "github", "sarif"))
    command = rng.choice(
        (
            ("validate", "set.yaml", "--format", output, *_pick_some(rng, ("--strict",), ("--notes",))),
            ("validate", "set.yaml", "--suggest-tests"),
            (
                "show",
                "set.yaml",
                *_pick_some(rng, (rng.choice(_IDS),)),
                "--format",
                rng.choice(("table", "md", "json")),
            ),
            ("template", "set.yaml", "-o", "out.xlsx", *_pick_some(rng, ("--section", rng.choice(_IDS)), ("--plain",))),
            ("sql", "set.yaml", "--dialect", rng.choice(("duckdb", "postgresql", "spark", "sqlite"))),
        )
    )
    return Trial((*command, *_pick_common(rng)), files)


def _try_set_with_results(rng: random.Random) -> Trial:
    """A set that may have lost something, and a table that was made for it."""
    _, text = _pick_set(rng)
    suffix = rng.choice(SUFFIXES)
    file = f"results{suffix}"
    files = {"set.yaml": _mutate_set(text, rng), file: write_table(make_table(text, rng), suffix)}
    command = rng.choice(
        (
            ("score", file, *_pick_score_options(rng)),
            ("explain", file, rng.choice((*NAMES, "Name 1", "Name 0")), *_pick_some(rng, (rng.choice(_IDS),))),
            ("explain", file, "--all", "-o", "pages"),
            ("validate", file),
        )
    )
    reading = _pick_reading(rng) if command[0] == "explain" else ()
    return Trial((*command, "--set", "set.yaml", *reading), files)


def _try_two_sets(rng: random.Random) -> Trial:
    _, text = _pick_set(rng)
    files = {"old.yaml": text.encode("utf-8", "replace"), "new.yaml": _mutate_set(text, rng)}
    files |= {
        "rosters/buriram.csv": b"code,name\n1,a\n2,b\n",
        "results.csv": write_table(make_table(text, rng), ".csv"),
    }
    output = ("--format", rng.choice(("table", "md", "json")))
    command = rng.choice(
        (
            ("diff", "old.yaml", "new.yaml", *_pick_some(rng, ("--results", "results.csv"))),
            ("compare", "results.csv", "results.csv", "--set-old", "old.yaml", "--set-new", "new.yaml"),
        )
    )
    return Trial((*command, *output, *_pick_reading(rng)), files)


def _try_report(rng: random.Random) -> Trial:
    """A report that was damaged, or made of other figures, held against its inputs."""
    _, text = _pick_set(rng)
    suffix = rng.choice((".json", ".xlsx"))
    files = {"set.yaml": text.encode("utf-8", "replace"), "results.csv": write_table(make_table(text, rng), ".csv")}
    report = write_report(suffix, text if rng.random() < 0.5 else _mutate_set(text, rng).decode("utf-8", "replace"))
    files[f"report{suffix}"] = _MUTATE[suffix](report, rng)
    output = rng.choice((("--format", "json"), (), ("--set", "set.yaml")))
    return Trial(("verify", f"report{suffix}", "results.csv", *output, *_pick_common(rng)), files)


def _try_options(rng: random.Random) -> Trial:
    _, text = _pick_set(rng)
    files = {"set.yaml": text.encode("utf-8", "replace"), "results.csv": write_table(make_table(text, rng), ".csv")}
    files |= {"rosters/buriram.csv": "code,name\n3101,เมืองบุรีรัมย์\n2,สตึก\n".encode()}
    some_file = rng.choice((*_ODD_FILES, "results.csv"))
    measures = [f"{measure}={rng.choice((*FIGURES, make_rule(rng)))}" for measure in make_table(text, rng)[0][1:]]
    command = rng.choice(
        (
            ("try", rng.choice(_IDS), *rng.choices((*measures, *_ODD), k=rng.randint(0, 3)), "--set", "set.yaml"),
            ("score", some_file, "--overall", rng.choice(_ODD), "--tie-break", rng.choice(_IDS), "--set", "set.yaml"),
            ("score", "results.csv", "-o", f"{rng.choice(_ODD_FILES)}.csv", "--set", rng.choice((*_ODD_FILES, *_IDS))),
            ("explain", some_file, rng.choice(NAMES), rng.choice(_IDS), "--set", "set.yaml"),
            ("explain", "results.csv", "--all", "-o", rng.choice(_ODD_FILES), "--set", "set.yaml"),
            ("compare", some_file, "results.csv", "--tie-break", rng.choice(_IDS), "--set", rng.choice(_ODD_FILES)),
            ("diff", some_file, "set.yaml"),
            ("show", rng.choice((*_ODD_FILES, *_IDS)), rng.choice(_IDS)),
            ("validate", some_file, rng.choice(_ODD_FILES), "--format", rng.choice((*_ODD, "github", "sarif"))),
            ("template", "set.yaml", "-o", f"{rng.choice(_ODD_FILES)}.xlsx", "--owner", rng.choice((*NAMES, *_ODD))),
            ("sql", "set.yaml", "--table", rng.choice((*_IDS, *_ODD, "a.b.c.d", 'a"b')), "--section", rng.choice(_IDS)),
            ("init", rng.choice(_ODD_FILES)),
        )
    )
    stdin = rng.choice((None, "results.csv", "set.yaml"))
    return Trial((*command, *_pick_common(rng)), files, stdin)


KINDS: dict[str, Kind] = {
    "xlsx": _try_results(".xlsx"),
    "csv": _try_results(".csv"),
    "json": _try_results(".json"),
    "ods": _try_results(".ods"),
    "xls": _try_results(".xls"),
    "parquet": _try_results(".parquet"),
    "csv through DuckDB": _try_bulk(".csv", _make_csv),
    "damaged Parquet through DuckDB": _try_bulk(".parquet", _make_damaged_parquet),
    "odd Parquet through DuckDB": _try_bulk(".parquet", make_odd_parquet),
    "report": _try_report,
    "set": _try_set,
    "set and results": _try_set_with_results,
    "two sets": _try_two_sets,
    "options": _try_options,
}
"""What is tried, by the name of what is damaged."""
