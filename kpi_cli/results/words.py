"""The words that stand in cells, as keys after clean-up (the table of DESIGN section 6)."""

from __future__ import annotations

import re

from kpi_cli.model import answers
from kpi_cli.model.names import clean_header

DASHES = "-–—"
MISSING = frozenset(map(clean_header, answers.MISSING))
NOT_APPLICABLE = frozenset(map(clean_header, answers.NOT_APPLICABLE))
FLAGS = {clean_header(word): truth for words, truth in ((answers.YES, True), (answers.NO, False)) for word in words}

# Excel's and LibreOffice's errors as text, and the ##### that a csv keeps of a column too narrow.
ERROR_TEXT = re.compile(r"(?:#[A-Za-z/_0-9]+[!?]|#N/A|#[A-Z_]+_DATA|Err:[0-9]{3}|#{3,})\Z", re.IGNORECASE)
