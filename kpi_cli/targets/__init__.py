"""The same rules elsewhere."""
