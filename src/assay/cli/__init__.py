"""The command line: one file per family of commands, each importing what it needs when it is called."""

from assay.cli.main import main

__all__ = ["main"]
