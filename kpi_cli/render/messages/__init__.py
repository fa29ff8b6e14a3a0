"""The English sentences of every diagnostic, by code, or by code and variant (`rule-syntax/thousands`).

English is the message id; the catalogues in `locale/` translate it. `{name}` is filled from the parameters of the
diagnostic. A parameter called `expected`, `kind` or `problem` names words in `NOUNS`, so that they are translated too.
"""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """What is wrong, and what to do about it (empty where the message says it all)."""

    message: str
    help: str = ""
