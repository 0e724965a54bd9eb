"""`python -m collector` is `newskeep`."""

from collector.cli import main

main()
