"""Verdict marks, which fill with the share, and the small strokes of riders."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assay.report.charts.svg import el
from assay.report.words import colour

_RING = '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_SHAPES: Mapping[str, tuple[str, str]] = {
    "holds": ("mh", '<circle r="7" fill="currentColor"/>'),
    "mostly holds": ("mmh", _RING + '<path d="M0,0V-6.2A6.2,6.2 0 1 1 -6.2,0Z" fill="currentColor"/>'),
    "contested": ("mc", _RING + '<path d="M0,-6.2A6.2,6.2 0 0 1 0,6.2Z" fill="currentColor"/>'),
    "mostly fails": ("mmf", _RING + '<path d="M0,0V-6.2A6.2,6.2 0 0 1 6.2,0Z" fill="currentColor"/>'),
    "fails": ("mf", '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.9"/>'),
    "turns on the reading": ("mr", _RING + '<path d="M-6,0H6" stroke="currentColor" stroke-width="2.2"/>'),
    "vacuous": (
        "mv",
        '<circle r="6.2" fill="none" stroke="currentColor" stroke-width="1.7" stroke-dasharray="2.2 1.7"/>',
    ),
}
_STROKES: Mapping[str, str] = {
    "unresolved": "M-5,-4L5,4M-5,4L5,-4",
    "equilibria": "M-6,0C-2,-6 2,-6 6,-4M-6,0C-2,6 2,6 6,4",
    "precision curve": "M-6,5C-1,5 1,-5 6,-5",
    "uninformative": "M-5,-2H5M-5,2.5H5",
    "modelling constant": "M-4.5,-5.5C-1,-5.5 0,5 4.5,5.5M-.6,0L-4.5,5.5",
    "by construction": "M0,-5.5V5M-5.5,5H5.5",
    "assumed": "M0,-6V2M-3.4,-1L0,2.6L3.4,-1M-5.5,5.5H5.5",
    "floor": "M-6,5H6M-4,1H4M-2,-3H2",
    "vacuous": "M0,-5.5A5.5,5.5 0 1 1 -.1,-5.5",
    "relative": "M-4.5,5L4.5,-5M-3.6,-4.6V-2M3.6,2V4.6",
    "wide reading": "M-6,0H6M-3.4,-2.8L-6.2,0L-3.4,2.8M3.4,-2.8L6.2,0L3.4,2.8",
    "premise": "M-6,-3H6M-6,3H1M4,0L6,3L4,6",
    "selection": "M-6,0H-1M-1,0L5,-5M-1,0L5,5",
    "grid": "M-5.5,-2H5.5M-5.5,2H5.5M-2,-5.5V5.5M2,-5.5V5.5",
    "learning": "M-6,4H-2V0H2V-4H6",
    "misperception": "M-6,0C-3,-4.5 3,-4.5 6,0C3,4.5 -3,4.5 -6,0M-5,5.5L5,-5.5",
}


def definitions() -> Markup:
    """The shapes, once a page, for `use` to name."""
    # The marks of the glance are a copy of their own, which a narrow page can make smaller.
    small = [f'<g id="g{key}"><g class="small"><use href="#{key}"/></g></g>' for key, _ in _SHAPES.values()]
    shapes = [f'<g id="{key}"><circle r="11" fill="transparent"/>{shape}</g>' for key, shape in _SHAPES.values()]
    triangle = '<path id="tri" d="M0,-4.6L4.4,3.4H-4.4Z" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    return Markup(
        '<svg width="0" height="0" class="defs" aria-hidden="true" focusable="false">'
        "<title>Shapes</title><desc>Marks that the charts of this page use.</desc>"
        f"<defs>{''.join(shapes)}{''.join(small)}{triangle}{''.join(_signs())}</defs></svg>"
    )


def key(word: str) -> str:
    """The id of a verdict's mark."""
    return _SHAPES.get(word, _SHAPES["contested"])[0]


def mark(word: str, shape: str | None = None) -> Markup:
    """A verdict's mark, to stand beside its word: hidden from readers of the text alone, which has the word."""
    inner = (
        f'<title>{Markup.escape(word)}</title><desc>The mark of this verdict.</desc><use href="#{key(shape or word)}"/>'
    )
    size = 'viewBox="-8 -8 16 16" width="15" height="15" aria-hidden="true"'
    return Markup(f'<svg class="mk {colour(shape or word)}" {size}>{inner}</svg>')


def stroke(kind: str) -> Markup:
    """A rider's stroke, to stand beside its text."""
    href = f"#r{list(_STROKES).index(kind)}" if kind in _STROKES else "#r"
    return el("svg", el("title", kind), el("desc", "A rider."), el("use", href=href), class_="rk", aria_hidden="true")


def _signs() -> list[Markup]:
    """The strokes of all riders, and that of a rider that is not known here."""
    paths = [(f"r{place}", path) for place, path in enumerate(_STROKES.values())] + [("r", "M-4,0H4")]
    return [el("path", id=name, d=path, fill="none", stroke="currentColor", stroke_width="1.5") for name, path in paths]
