"""The whole scoring as one SQL query: `query` lays it out, the other modules each compile a part of it.

A row of the table is an entity, a column a measure; NULL is missing. SQL's own three-valued logic is the strong Kleene
logic of `rules.evaluate`, so a rule becomes one condition, and unknown stays unknown.
"""
