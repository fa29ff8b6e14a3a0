from __future__ import annotations

from openpyxl import Workbook

from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import write_cell


def test_each_cell_keeps_its_own_look_among_those_that_share_most_of_it() -> None:
    for _ in range(2):  # what one workbook knows is nothing to another
        sheet = Workbook().worksheets[0]
        made = [
            write_cell(sheet, row=1, column=1, value=1.5, number_format="0.00"),
            write_cell(sheet, row=2, column=1, value=1.5, number_format="0.0000"),
            write_cell(sheet, row=3, column=1, value="=1+1"),
            write_cell(sheet, row=4, column=1, value="plain", fill=looks.ABSENT_FILL, border=None),
            write_cell(sheet, row=5, column=1, value=1.5, number_format="0.00", font=looks.BOLD),
            write_cell(sheet, row=6, column=1, value=1.5, number_format="0.00"),
        ]
        assert [cell.number_format for cell in made] == ["0.00", "0.0000", "General", "General", "0.00", "0.00"]
        assert [cell.quotePrefix for cell in made] == [False, False, True, False, False, False]
        assert [cell.font.bold for cell in made] == [False, False, False, False, True, False]
        assert [cell.border.left.style for cell in made] == ["thin", "thin", "thin", None, "thin", "thin"]
        made[5].number_format = "0"  # who changes one changes no other
        assert made[0].number_format == "0.00"
