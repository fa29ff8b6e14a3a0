"""Measures sets that were made to be slow through every command that reads one: `python benchmarks/heavy.py`.

Each has as many comparisons as a set may have, in another shape: all in one measure, spread over measures that rules
mix, as the texts of a choice, in hundreds of indicators. Prints a table in Markdown, and exits with 1 where a command
takes more than 5 seconds of the processor or 300 MB, or ends otherwise than with a result or with findings.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from hostile import MAX_MEGABYTES, MAX_SECONDS, MAX_SIZE, PATIENCE
from measuring import KPI, ROOT, Bench, make_surroundings, run_process

from kpi_cli.definition.load import MAX_COMPARISONS

_COMMANDS = {
    "validate": "validate {set}",
    "suggest": "validate {set} --suggest-tests",
    "show": "show --set {set}",
    "show ID": "show T0 --set {set}",
    "sql": "sql --set {set}",
    "try": "try T0 --set {set} {figures}",
    "score": "score {results} --set {set} --percent points",
    "score --fragile": "score {results} --set {set} --percent points --fragile",
    "html": "score {results} --set {set} --percent points -o {folder}/out.html --force",
    "explain": "explain {results} a0 --set {set} --percent points",
    "diff": "diff {other} {set}",
    "template": "template {set} -o {folder}/t.xlsx --force",
}
_HEAD = (
    "kpi: 1\nid: heavy\ntitle: A heavy set\nscale: {scale}\nsections:\n  - id: team\n    title: Team\n    indicators:\n"
)
_MOST = MAX_COMPARISONS - 100


def main() -> int:
    """Writes every set; 1 where a command breaks a bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="TEXT", default="", help="the sets whose name has TEXT")
    parser.add_argument("--commands", metavar="A,B", default=",".join(_COMMANDS), help="the commands of these names")
    options = parser.parse_args()
    held, bench = True, Bench(ROOT, make_surroundings())
    print("| set | kB | command | exit | seconds | MB held |\n|---|---:|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        for title, make in _SETS.items():
            if options.only not in title:
                continue
            places = _write(Path(name), make)
            for command, words in _COMMANDS.items():
                if command not in options.commands.split(","):
                    continue
                cost = run_process((*KPI, *words.format(**places).split()), bench, PATIENCE)
                broken = cost.code not in {0, 1, 2} or cost.processor > MAX_SECONDS
                broken = broken or (cost.megabytes or 0) > MAX_MEGABYTES
                held = held and not broken
                mark = " **broken**" if broken else ""
                size = Path(places["set"]).stat().st_size / 1e3
                shown = f"{cost.code}{mark} | {cost.processor:.1f} | {cost.megabytes or 0:.0f}"
                print(f"| {title} | {size:,.0f} | {command} | {shown} |", flush=True)
    return 0 if held else 1


class _Indicator:
    """Rules over measures, as text of YAML; `measures` are all percent but where one says otherwise."""

    def __init__(
        self, rules: list[str], measures: dict[str, str], policy: str = "highest", text: str = "", cases: int = 0
    ) -> None:
        self.rules, self.measures, self.policy, self.text, self.cases = rules, measures, policy, text, cases

    def write(self, number: int, weight: str) -> str:
        """The indicator with a number of its own, which the ids of its measures have too."""
        measures = "".join(
            f"          m{number}{name}: {{title: m{number}{name}, {kind}}}\n" for name, kind in self.measures.items()
        )
        text = f', text: "{self.text}"' if self.text else ""
        levels = "".join(
            f"          {level}: {{when: {rule.replace('@', f'm{number}')}{text}}}\n"
            for level, rule in enumerate(self.rules, 1)
        )
        case = f"          - {{given: {{m{number}a: 99.999}}, level: 0}}\n"
        tests = f"        tests:\n{case * self.cases}" if self.cases else ""
        return (
            f"      - id: T{number}\n        title: Indicator {number}\n        weight: {weight}\n"
            f"        policy: {self.policy}\n        measures:\n{measures}        levels:\n{levels}{tests}"
        )


_PERCENT = "type: percent"


def _list_points(points: Iterable[str], form: str = "{}") -> str:
    """A rule that a measure equals one of the points; a text of a rule has no room for more than a hundred."""
    every = [f"= {point}" for point in points]
    lists = [", ".join(every[start : start + 100]) for start in range(0, len(every), 100)]
    return "{any: [" + ", ".join(f'{{"@a": "{form.format(some)}"}}' for some in lists) + "]}"


def _make_one_list(form: str) -> Iterator[_Indicator]:
    every = [f"{place / 100:.2f}" for place in range(_MOST)]
    yield _Indicator([_list_points(every[level::5], form) for level in range(5)], {"a": _PERCENT})


def _make_three_measures(count: int, thresholds: int) -> Iterator[_Indicator]:
    each = thresholds // 5
    for _ in range(count):
        yield _Indicator(
            [
                "{any: ["
                + ", ".join(
                    f'{{"@{name}": "{", ".join(f"= {level * each + place}" for place in range(each))}"}}'
                    for name in "abc"
                )
                + "]}"
                for level in range(5)
            ],
            dict.fromkeys("abc", _PERCENT),
        )


def _make_flags(indicators: int, flags: int) -> Iterator[_Indicator]:
    for _ in range(indicators):
        yield _Indicator(
            ["{" + ", ".join(f'"@f{place}": true' for place in range(flags)) + "}"],
            {f"f{place}": "type: flag" for place in range(flags)},
        )


def _make_mixed_flags(indicators: int, flags: int) -> Iterator[_Indicator]:
    for _ in range(indicators):
        yield _Indicator(
            ["{any: [" + ", ".join(f'{{"@f{place}": true}}' for place in range(flags)) + "]}"],
            {f"f{place}": "type: flag" for place in range(flags)},
        )


def _make_hundreds(indicators: int, comparisons: int, form: str = "{}") -> Iterator[_Indicator]:
    for _ in range(indicators):
        yield _Indicator([_list_points(map(str, range(comparisons)), form)], {"a": _PERCENT})


def _make_choices(indicators: int) -> Iterator[_Indicator]:
    names = [f"c{place}" for place in range(300)]
    for _ in range(indicators):
        yield _Indicator(
            [f'{{any: [{{"@a": "{name}"}}, {{"@b": "{name}"}}]}}' for name in names[:5]],
            dict.fromkeys("ab", f"type: choice, choices: [{', '.join(names)}]"),
        )


def _make_mixed(indicators: int) -> Iterator[_Indicator]:
    for _ in range(indicators):
        rules = [
            "{any: [" + ", ".join(f'{{"@{name}": ">= {level * 10}"}}' for name in "abcd") + "]}" for level in range(5)
        ]
        yield _Indicator(rules, dict.fromkeys("abcd", _PERCENT))


def _make_many_levels(indicators: int, levels: int, measures: str) -> Iterator[_Indicator]:
    for _ in range(indicators):
        rules = [
            "{" + ", ".join(f'"@{name}": ">= {level / 2}"' for name in measures) + "}" for level in range(1, levels + 1)
        ]
        yield _Indicator(rules, dict.fromkeys(measures, _PERCENT))


def _make_ladders(indicators: int, levels: int) -> Iterator[_Indicator]:
    for _ in range(indicators):
        steps = range(1, levels + 1)
        rules = [f'{{any: [{{"@a": ">= {step / 2}"}}, {{"@b": ">= {step / 3:.2f}"}}]}}' for step in steps]
        yield _Indicator(rules, dict.fromkeys("ab", _PERCENT), policy="ladder")


def _make_texts(numbers: int) -> Iterator[_Indicator]:
    text = " ".join(f"ร้อยละ {place % 100}.{place % 89}" for place in range(numbers))
    yield _Indicator([f'{{"@a": ">= {20 * level}"}}' for level in range(5)], {"a": _PERCENT}, text=text)


def _make_long_rule_and_text(numbers: int) -> Iterator[_Indicator]:
    text = " ".join(f"มากกว่า {place + 1_000}" for place in range(numbers))
    yield _Indicator([_list_points(f"{place / 100:.2f}" for place in range(_MOST))], {"a": _PERCENT}, text=text)


def _make_cases(cases: int) -> Iterator[_Indicator]:
    rule = _list_points(f"{place / 100:.2f}" for place in range(_MOST))
    yield _Indicator([rule], {"a": _PERCENT}, cases=cases)


_SETS: dict[str, Callable[[], Iterator[_Indicator]]] = {
    "one list of points": lambda: _make_one_list("{}"),
    "one list denied": lambda: _make_one_list("not ({})"),
    "one indicator of three measures": lambda: _make_three_measures(1, 48),
    "66 of three measures": lambda: _make_three_measures(66, 48),
    "15 of three measures": lambda: _make_three_measures(15, 20),
    "99 of 100 flags": lambda: _make_flags(99, 100),
    "250 of 14 mixed flags": lambda: _make_mixed_flags(250, 14),
    "1,000 of 9 comparisons": lambda: _make_hundreds(1_000, 9),
    "100 of 99 comparisons": lambda: _make_hundreds(100, 99),
    "15 of 100 denied": lambda: _make_hundreds(15, 100, "not ({})"),
    "33 of 100 levels": lambda: _make_many_levels(33, 100, "abc"),
    "198 of 5 levels": lambda: _make_many_levels(198, 5, "abcdefghij"),
    "198 of four mixed measures": lambda: _make_mixed(198),
    "45 ladders of 100 levels": lambda: _make_ladders(45, 100),
    "texts of 3,000 numbers": lambda: _make_texts(3_000),
    "30 of 2 x 300 choices": lambda: _make_choices(30),
    "a long rule under a text of 2,000 numbers": lambda: _make_long_rule_and_text(2_000),
    "a long rule with 100 cases": lambda: _make_cases(100),
    "a long rule with 10,000 cases": lambda: _make_cases(10_000),
}


def _write(folder: Path, make: Callable[[], Iterator[_Indicator]]) -> dict[str, str]:
    indicators = list(make())
    scale = len(indicators[0].rules)
    share = Decimal(100_000 // len(indicators)) / 1_000
    first = 100 - share * (len(indicators) - 1)
    blocks = (each.write(number, str(share if number else first)) for number, each in enumerate(indicators))
    text = _HEAD.format(scale=scale) + "".join(blocks)
    places = {name: str(folder / f"{name}.yaml") for name in ("set", "other")}
    Path(places["set"]).write_text(text, encoding="utf-8")
    assert len(text.encode()) < MAX_SIZE, "a set of a megabyte or more"
    Path(places["other"]).write_text(text.replace("= 1", "= 2").replace("true", "false"), encoding="utf-8")
    names = [f"m{number}{name}" for number, each in enumerate(indicators) for name in each.measures]
    lines = [",".join(["entity", *names])] + [
        ",".join([f"a{row}", *(str((row * 7 + place) % 100) for place in range(len(names)))]) for row in range(10)
    ]
    results = folder / "results.csv"
    results.write_text("\n".join([*lines, ""]), encoding="utf-8")
    figures = " ".join(f"m0{name}=1" for name in list(indicators[0].measures)[:20])
    return {**places, "results": str(results), "folder": str(folder), "figures": figures}


if __name__ == "__main__":
    sys.exit(main())
