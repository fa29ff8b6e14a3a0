"""What a sheet does while it is filled in: drop-downs, what may be typed, and colours for what cannot be read."""

from __future__ import annotations

from typing import Literal

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import Measure
from kpi_cli.model.answers import NOT_APPLICABLE
from kpi_cli.render.template.plan import Column, Kind, SheetPlan, level_id, possible_id
from kpi_cli.render.template.words import cut_prompt, cut_prompt_title, explain_answer, list_answers
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.rules.values import exact_text
from kpi_cli.targets.excel.answers import is_number, is_readable, is_word
from kpi_cli.targets.excel.formula import any_of

LONGEST_LIST = 255
"""What Excel takes of a list that stands in the rule itself; a longer one stands on a sheet."""
_LONGEST_CONDITION = 255
_UNREADABLE = looks.solid_fill("F4B084")
_DOUBTFUL = looks.solid_fill("FFE699")
_OPEN = looks.solid_fill("FCE4D6")
_HIDE = NumberFormat(numFmtId=200, formatCode=";;;")


def add_validation(sheet: Worksheet, plan: SheetPlan, column: Column, say: Translator, *, choices: str | None) -> None:
    """What may be typed into the cells of a measure; `choices` are the cells in which a long list of answers stands."""
    measure = column.measure
    if measure is None:
        return
    rule = _choose_rule(measure, plan.cell(column.id, plan.first_row).replace("$", ""), say, choices)
    explained = cut_prompt(explain_answer(measure, say))
    rule.allow_blank = True
    rule.promptTitle = cut_prompt_title(join_lines(measure.title))
    rule.errorTitle = cut_prompt_title(say("This cannot be read"))
    rule.prompt = rule.error = explained
    rule.showInputMessage = rule.showErrorMessage = True
    rule.errorStyle = "stop"
    letter = plan.letter(column.id)
    rule.add(f"{letter}{plan.first_row}:{letter}{plan.last_row}")
    sheet.add_data_validation(rule)


def _choose_rule(measure: Measure, cell: str, say: Translator, choices: str | None) -> DataValidation:
    answers = list_answers(measure, say)
    if answers:
        return DataValidation(type="list", formula1=choices or f'"{",".join(answers)}"')
    if measure.not_applicable == "allowed":
        return DataValidation(type="custom", formula1=any_of([is_number(measure, cell), is_word(cell, NOT_APPLICABLE)]))
    low, high = (None if bound is None else exact_text(bound) for bound in measure.bounds)
    kind: Literal["whole", "decimal"] = "whole" if measure.type == "count" else "decimal"
    if low is not None and high is not None:
        return DataValidation(type=kind, operator="between", formula1=low, formula2=high)
    if low is not None:
        return DataValidation(type=kind, operator="greaterThanOrEqual", formula1=low)
    if high is not None:
        return DataValidation(type=kind, operator="lessThanOrEqual", formula1=high)
    return DataValidation(type="custom", formula1=is_number(measure, cell))


def needs_long_list(measure: Measure, say: Translator) -> bool:
    """Whether the answers of a measure must stand on a sheet: they are long, or hold what would end a list."""
    answers = list_answers(measure, say)
    return len(",".join(answers)) > LONGEST_LIST - 2 or any(sign in answer for answer in answers for sign in ',"')


def colour_inputs(sheet: Worksheet, plan: SheetPlan, column: Column) -> None:
    """Red where what was pasted in cannot be read; yellow where 0.85 may be meant for 85."""
    measure = column.measure
    if measure is None:
        return
    cell = plan.cell(column.id, plan.first_row)
    unreadable = f"AND(LEN(TRIM({cell}))>0,NOT({is_readable(measure, cell)}))"
    rules = [(unreadable, DifferentialStyle(fill=_UNREADABLE))]
    if measure.type == "percent":
        doubtful = f"IF(ISNUMBER({cell}),AND({cell}<>0,ABS({cell})<=1),FALSE)"
        rules.append((doubtful, DifferentialStyle(fill=_DOUBTFUL)))
    _add_rules(sheet, plan, column.id, rules)


def colour_computed(sheet: Worksheet, plan: SheetPlan, column: Column) -> None:
    """Nothing shown where nothing is reported yet; marked where missing figures leave it open."""
    row, indicator = plan.first_row, column.indicator
    if column.kind in {Kind.LEVEL, Kind.POINTS} and indicator is not None:
        level, possible = plan.cell(level_id(indicator), row), plan.cell(possible_id(indicator), row)
        unreported = f"COUNTA({plan.inputs_of(indicator, row)})=0"
        is_open = f"IF(ISNUMBER({level}),{possible}>{level},FALSE)"
    elif column.kind is Kind.SCORE:
        score, possible = plan.cell(column.id, row), plan.cell(f"{plan.section.id}:possible", row)
        unreported, is_open = f'{score}=""', f"IF(ISNUMBER({score}),{possible}>{score},FALSE)"
    else:
        return
    hidden, marked = DifferentialStyle(numFmt=_HIDE), DifferentialStyle(fill=_OPEN, font=Font(italic=True))
    _add_rules(sheet, plan, column.id, [(unreported, hidden), (is_open, marked)])


def _add_rules(sheet: Worksheet, plan: SheetPlan, id_: str, rules: list[tuple[str, DifferentialStyle]]) -> None:
    listed: ConditionalFormattingList = sheet.conditional_formatting
    letter = plan.letter(id_)
    for formula, style in rules:
        if len(formula) > _LONGEST_CONDITION:  # a choice among many: what is pasted over it is found by kpi score
            continue
        rule = Rule(type="expression", dxf=style, formula=[formula], stopIfTrue=True)
        listed.add(f"{letter}{plan.first_row}:{letter}{plan.last_row}", rule)
