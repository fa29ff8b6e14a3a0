"""Results files to records: files to tables, headers to measures, cells to values, rows to entities."""
