"""Makes the pictures of the guide again: `python docs/th/making/pictures.py`.

It needs LibreOffice, pdftoppm (poppler-utils), Chromium and Thai fonts (fonts-thai-tlwg). Every figure is made up.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from officer import lay_down
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from terminal import draw_terminal, measure_terminal, run_in_terminal

PICTURES = Path(__file__).resolve().parents[1] / "pictures"
COLUMNS = 140
OWNER = "กลุ่มงานประสานฯ"
# What an officer has typed so far: baht spent and allocated, then contracts cleared and due.
TYPED = (
    (3_912_400, 4_080_000, 9, 10),
    (2_643_600, 3_000_000, 9, 10),
    (2_345_678.5, 2_560_000, 13, 20),
    (3_800_000, 4_000_000, 8, 10),
    (2_580_000, 3_000_000, 6, 6),
    (2_450_000, 3_000_000, 5, 5),
)


def main() -> None:
    """Writes every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_down(folder)
        picture_template(folder)
        picture_terminal("terminal-score", folder, "score", "inbox")
        picture_terminal("terminal-refused", folder, "score", "ส่งผิด")
        picture_summary(folder)
        picture_report(folder)


def picture_template(folder: Path) -> None:
    """The template of one owner, half filled in, with the letters of the columns as in Excel."""
    _kpi("template", "--owner", OWNER, "-o", "ประสาน.xlsx", folder=folder)
    book = load_workbook(folder / "ประสาน.xlsx")
    _fill_in(book.worksheets[0])
    book.worksheets[0].print_options.headings = True
    book.save(folder / "filled.xlsx")
    _print_page(folder / "filled.xlsx", 1, "template", dpi=125, box=(20, 60, 1080, 560))


def _fill_in(sheet: Worksheet) -> None:
    for row, (spent, allocated, cleared, due) in enumerate(TYPED, start=8):
        for column, figure in zip("DEIJ", (spent, allocated, cleared, due), strict=True):
            sheet[f"{column}{row}"] = figure


def picture_terminal(picture: str, folder: Path, *arguments: str) -> None:
    """A command and what it prints."""
    lines = _shorten(run_in_terminal(*arguments, folder=folder, columns=COLUMNS))
    page = folder / f"{picture}.html"
    page.write_text(draw_terminal(lines), encoding="utf-8")
    _photograph(page, picture, size=measure_terminal(lines))


def _shorten(lines: list[str]) -> list[str]:
    """The first table and the last lines are enough of a long ranking."""
    return lines if len(lines) < 40 else [*lines[:28], "⋮", *lines[-4:]]


def picture_summary(folder: Path) -> None:
    """The first sheets of the summary workbook, as they are printed."""
    _kpi("score", "inbox", "-o", "สรุปคะแนน.xlsx", folder=folder)
    _print_page(folder / "สรุปคะแนน.xlsx", 1, "summary-ranking", dpi=95)
    _print_page(folder / "สรุปคะแนน.xlsx", 2, "summary-chart", dpi=60)


def picture_report(folder: Path) -> None:
    """The page for a browser: its head, and one district's card."""
    _kpi("score", "inbox", "-o", "รายงาน.html", folder=folder)
    page = folder / "รายงาน.html"
    _photograph(page, "report-ranking", size=(1000, 1010))
    text = page.read_text(encoding="utf-8")
    card = re.search(r'<details class="card" id="(c\d+)" data-find="3112 ', text)
    opened = text.replace(card[0], card[0].replace("<details", "<details open")) if card else text
    alone = "<style>main > :not(:has(#cards)), header, nav, .card:not([open]) { display: none !important }</style>"
    (folder / "card.html").write_text(opened.replace("</head>", f"{alone}</head>"), encoding="utf-8")
    _photograph(folder / "card.html", "report-card", size=(860, 706))


def _kpi(*arguments: str, folder: Path) -> None:
    surroundings = {**os.environ, "KPI_LANG": "th"}
    command = [sys.executable, "-m", "kpi_cli", *arguments, "--quiet"]
    subprocess.run(command, cwd=folder, env=surroundings, check=True, stdout=subprocess.DEVNULL)


def _print_page(
    book: Path, number: int, picture: str, *, dpi: int, box: tuple[int, int, int, int] | None = None
) -> None:
    """Page `number` of a workbook as it is printed, or the `box` of it: left, top, width, height in pixels."""
    office = f"-env:UserInstallation={(book.parent / 'office').as_uri()}"
    command = ["soffice", office, "--headless", "--convert-to", "pdf", "--outdir", str(book.parent), str(book)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cut = [text for name, value in zip("xyWH", box or (), strict=False) for text in (f"-{name}", str(value))]
    pages = ["-f", str(number), "-l", str(number), "-r", str(dpi), "-png", "-singlefile"]
    printed = str(book.with_suffix(".pdf"))
    subprocess.run(["pdftoppm", *pages, *cut, printed, str(PICTURES / picture)], check=True)


def _photograph(page: Path, picture: str, *, size: tuple[int, int]) -> None:
    chromium = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    view = [f"--window-size={size[0]},{size[1]}", f"--user-data-dir={page.parent / 'chromium'}"]
    target = [f"--screenshot={PICTURES / picture}.png", page.as_uri()]
    subprocess.run([*chromium, *view, *target], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
