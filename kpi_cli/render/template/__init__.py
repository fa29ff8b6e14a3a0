"""The workbook to fill in: where its columns stand, their header, cells to fill in, formulas, and its guide."""
