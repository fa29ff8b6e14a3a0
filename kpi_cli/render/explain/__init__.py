"""Why each level, and what the next one takes."""
