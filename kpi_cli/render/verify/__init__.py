"""Whether a report still stands."""
