"""`python -m kpi_cli`: the same as `kpi`, where the folder of its script is not on the path."""

from kpi_cli.cli.main import main

main()
