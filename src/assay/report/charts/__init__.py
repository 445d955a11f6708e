"""Inline SVG charts, one file each: no script, no view box, x in percent, text in pixels."""
