"""What the fields of a set are made of: exact numbers, identifiers, rules, and the frozen base of every part."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from kpi_cli.rules.ast import AllOf, AnyOf, Rule, Test
from kpi_cli.rules.printer import print_rule
from kpi_cli.rules.values import canonical_number

RESERVED_MEASURE_IDS = frozenset({"any", "all", "not", "code", "entity"})
MEASURE_ID = r"[a-z][a-z0-9_]*"
ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"


def _as_decimal(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_rule(value: object) -> object:
    if not isinstance(value, Test | AllOf | AnyOf):
        raise PydanticCustomError("rule_type", "a rule is expected")
    return value


Number = Annotated[
    Decimal,
    BeforeValidator(_as_decimal),
    PlainSerializer(canonical_number, return_type=str),
    WithJsonSchema({"type": "number"}),
]
Identifier = Annotated[str, Field(pattern=f"^{ID}$")]
if TYPE_CHECKING:
    When: TypeAlias = Rule
else:
    # Only looked at, never built from parts: `definition.when` has read it.
    When = Annotated[
        Any,
        PlainValidator(_as_rule),
        PlainSerializer(print_rule, return_type=str),
        WithJsonSchema({"type": "object"}),
    ]
GivenValue: TypeAlias = Number | bool | str | None
MeasureType: TypeAlias = Literal["percent", "number", "count", "flag", "choice"]
Better: TypeAlias = Literal["higher", "lower", "none"]
Range: TypeAlias = tuple[Number | None, Number | None]


class Part(BaseModel):
    """What all parts of a set share: frozen, no unknown key, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
