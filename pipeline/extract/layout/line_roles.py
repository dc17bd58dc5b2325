"""What every line of a page is for: the value that figures hand to sections and facts.

Order of reading (document.py): pages → hidden lines → margins → captions → figures → Layouts →
sections and facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.pdf.page import Line, Page

Role = Literal["body", "margin", "caption", "inside"]
"""`body` is everything that is none of the others: running text, headings, footnotes,
references, front matter. `margin`: running heads, page and line numbers, stamps. `caption`: of
a figure, table or algorithm. `inside`: the text in its box. Hidden text is taken off the pages
before (hidden.py).
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """A page and the role of each of its lines."""

    page: Page
    roles: tuple[Role, ...]
    """One a line, in the order of `page.lines`."""

    def lines(self, *roles: Role) -> Iterator[Line]:
        """Lines of these roles, in the order of the file."""
        return (
            line
            for line, role in zip(self.page.lines, self.roles, strict=True)
            if role in roles
        )

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines of running text, headings, footnotes and front matter, in the order of the
        file.
        """
        return tuple(self.lines("body"))
