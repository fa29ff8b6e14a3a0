"""Small and large damage to bytes, text and workbooks, drawn from a `random.Random`: the same seed, the same damage."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

NUMBERS = (
    *("0", "-1", "1", "2", "5", "6", "100", "99.995", "0.0001", "-0", "1e400", "1e-400", "9" * 41, "0" * 60 + "1"),
    *("1000000000", "NaN", ".inf", "1_000", "0x10", "010", "1:30", "๙", "4294967296", "2958466", "1048577"),
)
WORDS = (
    *("~", "yes", "[]", "{}", "''", '""', "[80..90)", ">= 80", '">= 80"', '"[80..90], > 95"', "not(3)", "*a", "&a "),
    *("!!str", "<<: *a", "---", "? ", "|", ">", ",", ":", "- ", "}", "#", "\t", "%", "true", "any", "all", "entity"),
    *(
        "lower",
        "none",
        "flag",
        "choice",
        "count",
        "percent",
        "ladder",
        "allowed",
        "\x1b[2J",
        "\x00",
        "\u202e",
        "\ufeff",
    ),
    *("\u2028", "\x85", "=1+1", "<b>", "|", "`", "../../x", "CON", "ก" * 50, "ำ", "เเ", "x" * 40_000, "\r", "\ud800"),
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RULE = re.compile(r'"[^"\n]{0,40}\d[^"\n]{0,40}"')
_XML_PIECE = re.compile(r"<[^>]*>|[^<]+")
_SIGNS = (
    "<",
    "<=",
    "=",
    ">",
    ">=",
    "not",
    "(",
    ")",
    "[",
    "]",
    "..",
    ",",
    " ",
    "true",
    "75",
    "1,250",
    "-.5",
    "80",
    "90",
)


def mutate_bytes(data: bytes, rng: random.Random) -> bytes:
    """`data` with a few bits turned, and pieces cut out, said twice or thrown in."""
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        start = rng.randrange(len(damaged) + 1)
        length = rng.choice((1, 1, 2, 4, 30, 500))
        match rng.randrange(5):
            case 0 if start < len(damaged):
                damaged[start] ^= 1 << rng.randrange(8)
            case 1:
                del damaged[start : start + length]
            case 2:
                damaged[start:start] = damaged[start : start + length]
            case 3:
                damaged[start : start + length] = rng.choice((b"\0", b"\xff", b"<", b"&", b'"', b"PK")) * length
            case _:
                damaged[start:start] = rng.randbytes(min(length, 16))
    return bytes(damaged[: rng.randrange(len(damaged) + 1)] if rng.random() < 0.05 else damaged)


def mutate_parquet_footer(data: bytes, rng: random.Random) -> bytes:
    """A Parquet file whose description of itself is damaged, and still found where its last bytes say."""
    end = len(data) - 8
    start = max(end - int.from_bytes(data[end : end + 4], "little"), 0)
    footer = bytearray(data[start:end])
    for _ in range(rng.randint(1, 3) if footer else 0):
        at = rng.randrange(len(footer))
        footer[at] = rng.choice((footer[at] ^ (1 << rng.randrange(8)), 0, 0xFF, 0x7F, rng.randrange(256)))
    return data[:start] + bytes(footer) + data[end:]


def mutate_text(text: str, rng: random.Random) -> str:
    """`text` with a few lines, words and numbers moved, lost, doubled or replaced."""
    for _ in range(rng.randint(1, 6)):
        text = rng.choice(_TEXT_EDITS)(text, rng)
    return text


def mutate_figures(text: str, rng: random.Random) -> str:
    """`text` with another number or rule here and there: what is still well formed goes further in."""
    for _ in range(rng.randint(1, 4)):
        text = rng.choice((_replace_number, _replace_number, _replace_rule))(text, rng)
    return text


def make_rule(rng: random.Random) -> str:
    """A text that looks like a unary test, or nearly."""
    return "".join(rng.choices(_SIGNS, k=rng.randint(0, 12)))


def _edit_lines(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines[at:at] = lines[at : at + rng.randint(1, 8)] * rng.choice((1, 1, 2, 200))
        case 2:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = " " * rng.randint(1, 4) + lines[at]
        case _:
            lines[at] = lines[at].removeprefix("  ")
    return "\n".join(lines)


def _throw_in_word(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(WORDS) + text[at + rng.choice((0, 0, 1, 5)) :]


def _replace_word(text: str, rng: random.Random) -> str:
    words = list(re.finditer(r"\w+", text))
    if not words:
        return text
    word = rng.choice(words)
    new = rng.choice(words).group() if rng.random() < 0.5 else rng.choice(WORDS)
    return text[: word.start()] + new + text[word.end() :]


def _replace_number(text: str, rng: random.Random) -> str:
    return _replace_one(
        _NUMBER, text, rng, lambda found: rng.choice((*NUMBERS, f"{found}1", f"{found}.5", f"-{found}"))
    )


def _replace_rule(text: str, rng: random.Random) -> str:
    return _replace_one(_RULE, text, rng, lambda _: f'"{make_rule(rng)}"')


def _replace_one(pattern: re.Pattern[str], text: str, rng: random.Random, make: Callable[[str], str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = rng.choice(found)
    return text[: one.start()] + make(one.group()) + text[one.end() :]


_TEXT_EDITS = (_edit_lines, _edit_lines, _throw_in_word, _replace_word, _replace_number, _replace_rule)


def mutate_workbook(data: bytes, rng: random.Random) -> bytes:
    """A workbook with damage in its parts, seldom in its archive: most of what follows opens."""
    if rng.random() < 0.1:
        return mutate_bytes(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return mutate_bytes(data, rng)  # a seed that only seems to be one
    for _ in range(rng.randint(1, 3) if parts else 0):
        at = rng.randrange(len(parts))
        parts[at : at + 1] = _mutate_part(*parts[at], rng)
        parts = parts or [("x", b"")]
    return _pack(parts)


def _mutate_part(name: str, part: bytes, rng: random.Random) -> list[tuple[str, bytes]]:
    match rng.randrange(20):
        case 0:
            return []
        case 1:
            return [(name, part), (name, part)]
        case 2:
            return [(rng.choice((f"../{name}", name.upper(), f"/{name}", "xl/x.xml", "\x1b[2J")), part)]
        case 3 | 4:
            return [(name, mutate_bytes(part, rng))]
        case _:
            text = part.decode("utf-8", "replace")
            return [(name, _mutate_xml(text, rng).encode("utf-8", "surrogatepass"))]


def _mutate_xml(text: str, rng: random.Random) -> str:
    if rng.random() < 0.3:
        return mutate_text(text, rng)
    pieces = _XML_PIECE.findall(text) or [""]
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(pieces))
        match rng.randrange(4):
            case 0:
                pieces[at] = ""
            case 1:
                pieces[at:at] = pieces[at : at + rng.randint(1, 12)] * rng.choice((1, 1, 3, 300))
            case 2:
                pieces[at] = rng.choice((*WORDS, "<!DOCTYPE x>", "&lt;", "&#0;", "<![CDATA[x]]>", "<?x?>"))
            case _:
                pieces[at] = rng.choice((_replace_number, _replace_word))(pieces[at], rng)
    return "".join(pieces)


def _pack(parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, warnings.catch_warnings(action="ignore"):  # a name twice is meant
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
