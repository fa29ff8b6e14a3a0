"""The rule language: what a level asks of its measures, as a tree, with its parser, printer and evaluation."""
