"""Files that are too large to hold: DuckDB keeps the rows, and what is not plain there is read as everywhere.

A plain figure (`85.5`) is read by DuckDB itself. Every other text (`๘๕ %`, `มี`, `1,250`) goes once through the reader
of cells, and rows in doubt go through the reader of tables: no verdict and no refusal depends on the engine. What
would need the whole file at once (rows to be merged, several tables) is refused as `engine-limit`.
"""
