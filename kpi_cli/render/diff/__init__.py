"""What a change of definition changes."""
