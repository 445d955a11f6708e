"""What a page is made of, read with the standard library's parser, strictly: every tag that is opened is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr", "col", "base"})


@dataclass
class Element:
    """An element with its attributes, its text and its children."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, in order."""
        return "".join(self.pieces)

    def walk(self) -> list[Element]:
        """This element and all below it."""
        return [self, *(below for child in self.children for below in child.walk())]

    def find(self, tag: str) -> list[Element]:
        """All elements of a tag below this one."""
        return [element for element in self.walk() if element.tag == tag]

    def inside(self, tag: str) -> bool:
        """Whether some element of that tag is above this one."""
        above = self.parent
        while above is not None:
            if above.tag == tag:
                return True
            above = above.parent
        return False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]
        self.problems: list[str] = []

    def _add(self, tag: str, attributes: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attributes]
        if len(set(names)) < len(names):
            self.problems.append(f"an attribute twice: {tag} {names}")
        made = Element(tag, {name: value or "" for name, value in attributes}, self.open[-1])
        self.open[-1].children.append(made)
        return made

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = self._add(tag, attrs)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.pieces.append(data)


def read_page(html: str) -> Element:
    """The page as a tree. Fails where a tag is left open or closed in the wrong order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.problems, reader.problems[:5]
    assert len(reader.open) == 1, [element.tag for element in reader.open]
    return reader.root
