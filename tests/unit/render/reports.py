"""Reports made by hand: a small agreement of two sections, and four districts that show every state of a row."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kpi_cli.diagnostics import Diagnostic, Place, Related, Severity
from kpi_cli.model import (
    Accept,
    EntityKind,
    Grade,
    Group,
    Indicator,
    IndicatorSet,
    Level,
    Measure,
    Ratio,
    Section,
    Source,
)
from kpi_cli.render.report import Report
from kpi_cli.rules.ast import AllOf, Compare, Is, Operator, Rule, Test
from kpi_cli.scoring.figures import Entity, Figure, InputFile
from kpi_cli.scoring.scorecard import (
    EntityScore,
    GroupScore,
    IndicatorScore,
    Overall,
    Scorecard,
    SectionRanking,
    Status,
    Total,
)

SHA = "ab" * 32
FILE = "results.xlsx"


def compare(measure: str, operator: Operator, threshold: str) -> Test:
    return Test(measure, Compare(operator, Decimal(threshold)))


def ladder_levels(measure: str, thresholds: tuple[str, ...]) -> dict[int, Level]:
    texts = (f"ไม่น้อยกว่าร้อยละ {threshold}" for threshold in thresholds)
    rules = (compare(measure, ">=", threshold) for threshold in thresholds)
    return {
        number: Level(text=text, when=AllOf((rule,)))
        for number, (text, rule) in enumerate(zip(texts, rules, strict=True), start=1)
    }


def percent_indicator(id_: str, measure: str, weight: int, **more: object) -> Indicator:
    levels = ladder_levels(measure, ("60", "70", "80", "90", "100"))
    return Indicator.model_validate(
        {
            "id": id_,
            "title": f"ร้อยละความสำเร็จ {id_}",
            "weight": Decimal(weight),
            "owner": "กลุ่มงานส่งเสริมฯ",
            "measures": {measure: Measure(type="percent", title=f"ร้อยละ {id_}", unit="%", aliases=("PO",))},
            "levels": levels,
            **more,
        }
    )


SPENDING = Indicator(
    id="T1",
    code="ตัวชี้วัดที่ ๑",
    title="ร้อยละของการใช้จ่ายเงินงบประมาณ",
    weight=Decimal(50),
    owner="กลุ่มงานประสานฯ",
    measures={
        "spent": Measure(type="percent", title="ร้อยละที่ใช้จ่าย", ratio=Ratio(part="spent_baht", whole="budget_baht")),
        "spent_baht": Measure(type="number", title="เงินที่ใช้จ่าย", unit="บาท"),
        "budget_baht": Measure(type="number", title="เงินที่ได้รับจัดสรร", unit="บาท"),
    },
    levels=ladder_levels("spent", ("60", "70", "80", "90", "100")),
    accept=(Accept(code="text-mismatch", level=1, why="เอกสารไม่ได้กำหนดค่าที่ 60 พอดี"),),
    note="อ่านตามที่พิมพ์",
)
STEPS = Indicator(
    id="I1",
    title="ระดับความสำเร็จของกองทุน",
    weight=Decimal(100),
    policy="ladder",
    measures={
        "plan": Measure(type="flag", title="มีแผน"),
        "share": Measure(type="percent", title="หนี้คงเหลือ", better="lower", not_applicable="allowed"),
    },
    levels={
        number: Level(
            text=f"ขั้นที่ {number} <มีแผน> | `และ` หนี้",
            when=AllOf((Test("plan", Is(flag=True)), compare("share", "<", str(60 - 10 * number)))),
            note="ไม่รวมหนี้ที่ตัดจ่าย" if number == 5 else None,
        )
        for number in range(1, 6)
    },
)
SET = IndicatorSet(
    kpi=1,
    id="small-set",
    title="ตัวชี้วัดและค่าเป้าหมาย รอบที่ ๑",
    organisation="สำนักงานพัฒนาชุมชนจังหวัด",
    source=Source(document="ที่ บร ๐๐๑๙/ว ๑"),
    entity=EntityKind(title="อำเภอ"),
    sections=(
        Section(
            id="team",
            title="ตัวชี้วัดงานรายทีม",
            indicators=(
                SPENDING,
                Group(
                    id="T2",
                    title="นโยบายสำคัญ",
                    indicators=(
                        percent_indicator("T2.1", "po", 30, note="ถ้อยคำแก้แล้ว"),
                        percent_indicator("T2.2", "garden", 20),
                    ),
                ),
            ),
        ),
        Section(id="individual", title="ตัวชี้วัดงานรายบุคคล", indicators=(STEPS,)),
    ),
)


def figure(value: object, raw: str, cell: str) -> Figure:
    return Figure(value=value, raw=raw, cell=f"{FILE}[Team!{cell}]")  # type: ignore[arg-type]


def level_score(
    id_: str,
    weight: int,
    level: int | None,
    possible: int | None = None,
    *,
    points: Fraction | None = None,
) -> IndicatorScore:
    status = Status.NOT_APPLICABLE if level is None else Status.SCORED if possible is None else Status.INCOMPLETE
    if points is None and level is not None:
        points = Fraction(weight * level, 5)
    return IndicatorScore(id_, Decimal(weight), status, level, level if possible is None else possible, points)


NANG_RONG = Entity("3104", "นางรอง")
SATUEK = Entity("3111", "สตึก")
PAKHAM = Entity("3112", "ปะคำ")
CHAMNI = Entity("3118", "ชำนิ")


def group(points: Fraction | int | None) -> tuple[GroupScore, ...]:
    return (GroupScore("T2", None if points is None else Fraction(points), Decimal(50)),)


TEAM = SectionRanking(
    "team",
    "ตัวชี้วัดงานรายทีม",
    (
        EntityScore(
            1,
            NANG_RONG,
            Total(
                Fraction(92),
                Fraction(92),
                complete=True,
                reported=True,
                grade=None,
                groups=group(42),
                indicators=(
                    level_score("T1", 50, 5),
                    level_score("T2.1", 30, 5),
                    level_score("T2.2", 20, 3),
                ),
            ),
            figures={
                "spent": figure(Fraction(250, 3), "", "C5"),
                "spent_baht": figure(Decimal("250.50"), "250.50", "D5"),
                "po": figure(Decimal(100), "๑๐๐%", "E5"),
                "garden": figure(Decimal("85.0"), "85.0", "F5"),
            },
        ),
        EntityScore(
            2,
            SATUEK,
            Total(
                Fraction(250, 3),
                Fraction(250, 3),
                complete=True,
                reported=True,
                grade=None,
                groups=group(None),
                indicators=(
                    level_score("T1", 50, 4, points=Fraction(250, 3)),
                    level_score("T2.1", 30, None),
                    level_score("T2.2", 20, None),
                ),
            ),
        ),
        EntityScore(
            3,
            PAKHAM,
            Total(
                Fraction(54),
                Fraction(72),
                complete=False,
                reported=True,
                grade=None,
                groups=group(24),
                indicators=(
                    level_score("T1", 50, 3),
                    level_score("T2.1", 30, 2, 5),
                    level_score("T2.2", 20, 3),
                ),
            ),
        ),
        EntityScore(
            None,
            CHAMNI,
            Total(
                None,
                None,
                complete=False,
                reported=False,
                grade=None,
                groups=group(0),
                indicators=(
                    level_score("T1", 50, 0, 5),
                    level_score("T2.1", 30, 0, 5),
                    level_score("T2.2", 20, 0, 5),
                ),
            ),
        ),
    ),
)


def individual_row(entity: Entity, *, level: int | None, rank: int | None = None) -> EntityScore:
    """One row of the section `individual`; without a level, of one that has not reported."""
    score = None if level is None else Fraction(20 * level)
    scores = (level_score("I1", 100, level or 0, 5 if level is None else None),)
    reported = level is not None
    total = Total(score, score, complete=reported, reported=reported, grade=None, indicators=scores)
    return EntityScore(rank, entity, total)


INDIVIDUAL_EMPTY = SectionRanking(
    "individual",
    "ตัวชี้วัดงานรายบุคคล",
    tuple(individual_row(entity, level=None) for entity in (NANG_RONG, SATUEK, PAKHAM, CHAMNI)),
)
DIAGNOSTICS = (
    Diagnostic(
        "cell-made-up",
        Severity.NOTE,
        Place(FILE, cell=f"{FILE}[Team!C9]"),
        {"value": Decimal("89.96"), "shown": "90%"},
        indicator="T1",
        level=3,
        witness={"spent": Decimal("89.96"), "plan": True, "share": None, "ratio": Fraction(1, 3)},
        related=(Related("also-here", Place(FILE, cell=f"{FILE}[Team!C10]")),),
    ),
    Diagnostic("row-made-up", Severity.NOTE, Place(FILE)),
)


def make_report(**changes: object) -> Report:
    """The report of the small set, `individual` as yet without figures."""
    fields: dict[str, object] = {
        "definition": SET,
        "set_file": "small_set.yaml",
        "set_sha256": SHA,
        "inputs": (InputFile(FILE, "cd" * 32),),
        "version": "0.1.0",
        "scorecard": Scorecard((TEAM, INDIVIDUAL_EMPTY)),
        "diagnostics": DIAGNOSTICS,
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def grade_row(row: EntityScore, rank: int | None, score: Fraction | None, grade: str | None) -> EntityScore:
    total = Total(score, score, complete=row.complete, reported=row.reported, grade=grade)
    return EntityScore(rank, row.entity, total)


def make_overall_report() -> Report:
    """The same with grades, both sections reported, and an overall ranking by shares from the command line."""
    ranked = ((1, SATUEK, 5), (2, NANG_RONG, 4), (3, PAKHAM, 3), (None, CHAMNI, None))
    individual = SectionRanking(
        "individual",
        "ตัวชี้วัดงานรายบุคคล",
        tuple(individual_row(entity, level=level, rank=rank) for rank, entity, level in ranked),
    )
    nang_rong, satuek, pakham, chamni = TEAM.rows
    rows = (
        # (250/3 + 100) / 2 = 91.666..., (92 + 80) / 2 = 86, (54 + 60) / 2 = 57
        grade_row(satuek, 1, Fraction(275, 3), "ดีเด่น"),
        grade_row(nang_rong, 2, Fraction(86), "ดี"),
        grade_row(pakham, 3, Fraction(57), "พอใช้"),
        grade_row(chamni, None, None, None),
    )
    grades = (
        Grade(title="ดีเด่น", min=Decimal(90)),
        Grade(title="ดี", min=Decimal(80)),
        Grade(title="พอใช้", min=Decimal(0)),
    )
    overall = Overall({"team": Decimal(50), "individual": Decimal(50)}, from_command_line=True, rows=rows)
    return make_report(
        definition=SET.model_copy(update={"grades": grades}),
        scorecard=Scorecard((TEAM, individual), overall),
        diagnostics=(),
    )


def rule_of(*rules: Rule) -> AllOf:
    return AllOf(rules)
