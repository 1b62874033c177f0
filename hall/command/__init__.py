"""The `antrean` command, a file for each group of its subcommands; `hall.__main__` runs it."""
