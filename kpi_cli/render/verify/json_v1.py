"""The JSON contract `kpi.verify/1`: a report held against its inputs."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.json_v1 import Json, diagnostic_objects, set_object
from kpi_cli.render.report import Verification
from kpi_cli.render.translate import Language
from kpi_cli.scoring.figures import InputFile
from kpi_cli.scoring.verify import Difference, FileMatch
from kpi_cli.scoring.verify_texts import TextDifference
from kpi_cli.version import VERSION

VERIFY_SCHEMA = "kpi.verify/1"


def verify_document(verification: Verification | None, found: Iterable[Diagnostic], language: Language) -> Json:
    """The `kpi.verify/1` document; without a verification the diagnostics say why, and nothing stands."""
    return {
        "schema": VERIFY_SCHEMA,
        "kpi_version": VERSION,
        "stands": verification is not None and verification.stands,
        **(_UNKNOWN if verification is None else _verification_fields(verification)),
        "diagnostics": diagnostic_objects(found, language),
    }


_UNKNOWN: Json = {
    "report": None,
    "set": None,
    "inputs": [],
    "options_from_report": [],
    "figures": {"compared": None, "differences": []},
    "texts": {"compared": False, "differences": []},
}


def _verification_fields(verification: Verification) -> Json:
    return {
        "report": {
            "file": verification.file,
            "kpi_version": verification.version,
            "set": {"id": verification.set_id, "sha256": verification.set_sha256},
        },
        "set": {**(set_object(verification.report) or {}), "same": verification.same_set},
        "inputs": [_file_object(match) for match in verification.files],
        "options_from_report": list(verification.taken),
        "figures": {
            "compared": verification.figures,
            "differences": [_difference_object(one) for one in verification.differences],
        },
        "texts": {
            "compared": verification.texts is not None,
            "differences": [_text_object(one) for one in verification.texts or ()],
        },
    }


def _file_object(match: FileMatch) -> Json:
    return {
        "state": match.state.value,
        "reported": _input_object(match.reported),
        "given": _input_object(match.given),
    }


def _input_object(file: InputFile | None) -> Json | None:
    return None if file is None else {"file": file.file, "sha256": file.sha256}


def _difference_object(one: Difference) -> Json:
    return {
        "kind": one.kind.value,
        "section": one.section,
        "entity": None if one.entity is None else {"code": one.entity.code, "name": one.entity.name},
        "part": one.part or None,
        "item": one.item or None,
        "figure": one.figure,
        "reported": one.reported,
        "computed": one.computed,
        "cell": one.cell,
    }


def _text_object(one: TextDifference) -> Json:
    return {
        "kind": one.kind.value,
        "part": one.part or None,
        "place": one.place,
        "reported": one.reported,
        "computed": one.computed,
    }
