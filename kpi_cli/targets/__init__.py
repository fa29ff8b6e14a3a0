"""The same rules elsewhere: compiled from the rule tree to Excel formulas and to SQL, with the same verdict."""
