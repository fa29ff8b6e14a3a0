"""The command line: one module a command; imports are paid only by the command that needs them."""
