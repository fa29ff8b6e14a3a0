"""Findings for people and for programs: text with the source line, GitHub annotations, SARIF."""
