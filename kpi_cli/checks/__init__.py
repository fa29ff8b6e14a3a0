"""What `kpi validate` proves about a set, one module a family of findings; `check.check_set` is all of it."""
