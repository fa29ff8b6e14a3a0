"""YAML to model: a tree of values with their places, the structure it must have, and the model made of it."""
