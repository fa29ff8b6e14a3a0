"""Golden files: what a renderer prints, as it is meant to be seen. Accept a change with `pytest --snapshot-update`."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "render"


class GoldenFile(SingleFileSnapshotExtension):
    """One readable file for each name, `tests/golden/render/<name>.txt`."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def dirname(cls, *, test_location: object) -> str:
        return str(FOLDER)

    @classmethod
    def get_snapshot_name(cls, *, test_location: object, index: object = 0) -> str:
        return str(index)


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(GoldenFile)
