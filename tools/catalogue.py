"""The Thai catalogue held to the words of the program: every one of them is in the .po, and the .mo is its compilation.

usage: python tools/catalogue.py          checks, and compiles kpi.po to kpi.mo
       python tools/catalogue.py check    only checks, and fails where the .mo is not that of the .po

New words are added to the .po by hand: what is missing is printed as entries to fill in.
"""

from __future__ import annotations

import ast
import gettext
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from kpi_cli.render.sentences import load_words  # noqa: E402 - found through the line above

FOLDER = ROOT / "kpi_cli" / "locale" / "th" / "LC_MESSAGES"
# The functions whose literal first arguments are words for people.
_MARKERS = frozenset({"mark", "say", "words", "fail_usage", "progress"})
_PLURAL_MARKERS = frozenset({"count"})


def collect_words() -> set[str]:
    """Every word for people in the program: sentences, labels, nouns, and what is marked in the code."""
    words = load_words()
    told = {text for sentence in words.sentences.values() for text in sentence if text}
    told |= {*words.labels.values(), *words.nouns.values()}
    for file in (ROOT / "kpi_cli").rglob("*.py"):
        told |= set(find_marked(file.read_text(encoding="utf-8")))
    for file in (ROOT / "kpi_cli" / "cli").glob("*.py"):
        told |= set(find_help(file.read_text(encoding="utf-8")))
    return told


def find_marked(source: str) -> Iterator[str]:
    """The literals that `source` hands to a marker: `say("...")`, `mark("...")`, `say.count("...", "...")`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = 1 if name in _MARKERS else 2 if name in _PLURAL_MARKERS else 0
        texts = [getattr(argument, "value", None) for argument in node.args[:wanted]]
        # `str.count` has the name of the plural marker, and no words for people.
        yield from (text for text in texts if isinstance(text, str) and text and (wanted == 1 or "{n}" in text))


def find_help(source: str) -> Iterator[str]:
    """The help of the command that `source` is, and of its options."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assign(targets=[ast.Name(id="HELP")], value=ast.Constant(value=str() as text)):
                yield text
            case ast.keyword(arg="help", value=ast.Constant(value=str() as text)):
                yield text


def read_catalogue() -> Catalog:
    """The catalogue as its .po says."""
    with (FOLDER / "kpi.po").open("rb") as stream:
        return read_po(stream, locale="th")


def find_missing(catalogue: Catalog) -> list[str]:
    """The words of the program that the catalogue does not translate."""
    translated: set[str] = set()
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if all(texts):
            translated |= {message.id} if isinstance(message.id, str) else set(message.id)
    return sorted(collect_words() - translated)


def find_stale(catalogue: Catalog) -> list[str]:
    """The entries of the catalogue that the program does not say."""
    told = collect_words()
    ids = (message.id if isinstance(message.id, str) else message.id[0] for message in catalogue)
    return sorted(id_ for id_ in ids if id_ and id_ not in told)


def compile_catalogue(catalogue: Catalog) -> bytes:
    """The bytes of the .mo."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def read_words(compiled: bytes) -> dict[object, str]:
    """What a .mo translates, without its header: that names the Babel that wrote it."""
    return {key: text for key, text in vars(gettext.GNUTranslations(io.BytesIO(compiled)))["_catalog"].items() if key}


def main(arguments: list[str]) -> int:
    """Checks, compiles unless told only to check, and says what is missing."""
    catalogue = read_catalogue()
    missing, stale, compiled = find_missing(catalogue), find_stale(catalogue), compile_catalogue(catalogue)
    for id_ in missing:
        sys.stdout.write(f'msgid {_quote(id_)}\nmsgstr ""\n\n')
    for id_ in stale:
        sys.stdout.write(f"no longer said: {_quote(id_)}\n")
    target = FOLDER / "kpi.mo"
    if arguments != ["check"]:
        target.write_bytes(compiled)
    elif not target.exists() or read_words(target.read_bytes()) != read_words(compiled):
        sys.stdout.write("kpi.mo is not that of kpi.po: run python tools/catalogue.py\n")
        return 1
    return 1 if missing or stale else 0


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
