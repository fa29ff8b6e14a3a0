"""The report for a browser: what the page shows as frozen values, a module a part; the templates hold its looks."""
