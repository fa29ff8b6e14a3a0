"""The parts of an xlsx report: cells and their looks, the ranking sheets, the lists that follow them."""
