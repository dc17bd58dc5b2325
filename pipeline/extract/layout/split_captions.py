"""Takes lines apart in which several captions stand side by side.

Word processors centre captions under figures side by side with runs of spaces, and the PDF then
holds one line of
text: "Fig. 8. One thing          Fig. 9. Another".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.figures.caption_detection import begins
from pipeline.extract.pdf.page import Line, Page


@dataclass(frozen=True, slots=True)
class SplitRules:
    """Where one caption of a line ends and the next one begins."""

    spaces: str = " " * 4
    """A run of so many is no space between words, nor one after a full stop."""
    run: re.Pattern[str] = re.compile(rf"{spaces} *(?=\S)")
    space_width: float = 0.25
    """Of the font size: a space in Times and most text fonts."""


_rules = SplitRules()


def parted(page: Page) -> Page:
    """The page with every caption on a line of its own."""
    if not any(_spaced(line) for line in page.lines):
        return page
    return replace(
        page, lines=tuple(part for line in page.lines for part in _parts(line))
    )


def _spaced(line: Line) -> bool:
    return len(line.spans) == 1 and _rules.spaces in line.spans[0].text.strip()


def _parts(line: Line) -> Iterator[Line]:
    """The captions of a line, when it begins with one and another follows a run of spaces; else
    the line.
    """
    text = line.spans[0].text.rstrip() if line.level and _spaced(line) else ""
    cuts = [
        run.end()
        for run in _rules.run.finditer(text)
        if begins(text[run.end() :])
    ]
    if not cuts or not begins(text.lstrip()):
        yield line
        return
    for start, stop in pairwise((0, *cuts, len(text))):
        yield _part(line, text, start, stop)


def _part(line: Line, text: str, start: int, stop: int) -> Line:
    """Letters `start` to `stop` of a line in one font; their place is reckoned, since only
    whole spans have boxes.
    """
    words = text[start:stop].rstrip()
    x0, x1 = _place(line, text, start), _place(line, text, start + len(words))
    box = (x0, line.bbox[1], x1, line.bbox[3])
    span = line.spans[0]._replace(
        text=words, bbox=box, origin=(x0, line.baseline)
    )
    text_of_part = " ".join(words.split())
    return replace(line, spans=(span,), bbox=box, text=text_of_part)


def _place(line: Line, text: str, index: int) -> float:
    """Where a letter stands: spaces have their usual width, the others share the rest."""
    x0, _, x1, _ = line.bbox
    spaces, before = text.count(" "), text[:index].count(" ")
    space = min(_rules.space_width * line.size, (x1 - x0) / len(text))
    letter = (x1 - x0 - spaces * space) / max(1, len(text) - spaces)
    return x0 + before * space + (index - before) * letter
