"""Assay puts a strategic argument to trial."""

__version__ = "0.1.0"
