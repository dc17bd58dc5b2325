"""The words inside a box of a page with their places, from the page's display list.

Lines of text are not enough for tables: MuPDF joins cells that stand less than 0.8 em apart.
Only the letters inside the box are laid out again, which takes a fraction of a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.extract.pdf.page import LEVEL_COSINE, Page, named_bold
from pipeline.extract.pdf.sign_fonts import (
    mend_letters,
    read_tex_codes,
    tex_codes,
)
from pipeline.paper import BBox

ASCENT, DESCENT = 0.72, 0.22
"""Of the font size: the height of letters above and below the baseline; the boxes that fonts
claim differ by far more.
"""


@dataclass(frozen=True, slots=True)
class PageWordsRules:
    """Which letters make a word."""

    raised: float = 0.5
    """Of its size: raised and lowered letters stand no farther from the baseline."""
    gap: float = 0.2
    """Of the font size: letters of one word stand closer."""
    edge: float = 0.6
    """Points by which the boxes of letters may reach over a bar beside them."""


_rules = PageWordsRules()


DINGBATS = {
    "\x13": "✓", "\x14": "✔", "\x15": "✕", "\x16": "✖", "\x17": "✗", "\x18": "✘",
    "3": "✓", "4": "✔", "5": "✕", "6": "✖", "7": "✗", "8": "✘",
}  # fmt: skip
"""Codes of Zapf Dingbats and of TeX's bbding, whose fonts often say no characters."""


Letter = dict[str, Any]
"""PyMuPDF's of a character: `c`, `bbox`, `origin`."""
Parting = Callable[[Letter, Letter, float], bool]


class Word(NamedTuple):
    """Letters without a space between them."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    """y of the baseline of its line; of text that runs up or down, x."""
    size: float
    """Font size of its largest letter, in points."""
    bold: bool
    direction: tuple[float, float]
    """Unit vector of writing: (1, 0) is level, (0, -1) reads upwards."""

    @property
    def level(self) -> bool:
        """Written from left to right."""
        return self.direction[0] > LEVEL_COSINE


def read_words(page: Page, box: BBox, bars: Sequence[BBox] = ()) -> list[Word]:
    """The words whose middle lies in a box (points, unrotated page), in the order of the file.

    Letters on two sides of one of the `bars`, boxes of thin rules, are in two words.
    """
    if page.display is None:
        return []
    raw = _text_page(page.display, box, coded=bool(page.signs)).extractRAWDICT()
    if page.signs:
        mend_letters(raw["blocks"], page.signs)
    lines = (line for block in raw["blocks"] for line in block.get("lines", ()))
    words = (word for line in lines for word in _words_of(line, bars))
    return [word for word in words if _in(word, box)]


def _text_page(display: Any, box: BBox, *, coded: bool) -> Any:
    """The text of a display list inside a box only; `coded`: unknown letters as their codes."""
    import pymupdf
    from pymupdf import mupdf

    text = mupdf.FzStextPage(mupdf.FzRect(*box))
    flags = pymupdf.TEXT_IGNORE_ACTUALTEXT
    flags |= pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE if coded else 0
    options = mupdf.FzStextOptions(flags)
    device = mupdf.fz_new_stext_device(text, options)
    mupdf.fz_run_display_list(
        display.this,
        device,
        mupdf.FzMatrix(),
        mupdf.FzRect(*box),
        mupdf.FzCookie(),
    )
    mupdf.fz_close_device(device)
    found = pymupdf.TextPage(text)
    found.this.m_internal.mediabox.x0 = -1e6
    found.this.m_internal.mediabox.y0 = -1e6
    found.this.m_internal.mediabox.x1 = 1e6
    found.this.m_internal.mediabox.y1 = 1e6
    return found


def _in(word: Word, box: BBox) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _words_of(line: dict[str, Any], bars: Sequence[BBox]) -> Iterator[Word]:
    """The words of one line of MuPDF's; raised and lowered letters take the line's baseline."""
    spans = [span for span in line["spans"] if span["chars"]]
    if not spans:
        return
    main = max(
        spans, key=lambda span: (round(span["size"], 1), len(span["chars"]))
    )
    direction = line["dir"]
    level = direction[0] > LEVEL_COSINE
    baseline = main["chars"][0]["origin"][1 if level else 0]
    apart = _parting(line, bars)
    run: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for span in spans:
        for char in span["chars"]:
            space = _is_space(char["c"])
            if run and (space or apart(run[-1][1], char, span["size"])):
                yield _word(run, direction, baseline)
                run = []
            if not space:
                run.append((span, char))
    if run:
        yield _word(run, direction, baseline)


def _crosses(bar: BBox, line: BBox) -> bool:
    """A rule goes through a line of text."""
    across = line[0] < bar[2] and bar[0] < line[2]
    return across and line[1] < bar[3] and bar[1] < line[3]


def _parting(line: dict[str, Any], bars: Sequence[BBox]) -> Parting:
    """Tells for two letters of a line and their size whether a bar stands between them, or a gap.

    A gap without a space: MuPDF leaves the space out beside signs of some fonts.
    """
    along, down = line["dir"]
    axis = 0 if abs(along) > abs(down) else 1
    backwards = line["dir"][axis] < 0
    crossing = [bar for bar in bars if _crosses(bar, line["bbox"])]
    places = [(bar[axis] + bar[axis + 2]) / 2 for bar in crossing]

    def apart(before: Letter, char: Letter, size: float) -> bool:
        if backwards:
            before, char = char, before
        start, end = before["bbox"][axis + 2], char["bbox"][axis]
        if end - start > _rules.gap * size:
            return True
        low, high = start - _rules.edge, end + _rules.edge
        between = (place for place in places if low <= place <= high)
        return bool(places) and next(between, None) is not None

    return apart


def _word(
    run: list[tuple[dict[str, Any], dict[str, Any]]],
    direction: tuple[float, float],
    baseline: float,
) -> Word:
    lefts, tops, rights, bottoms = zip(
        *[char["bbox"] for _, char in run], strict=True
    )
    x0, y0, x1, y1 = min(lefts), min(tops), max(rights), max(bottoms)
    whole = run[0][0] is run[-1][0]
    spans = [run[0][0]] if whole else [span for span, _ in run]
    sizes = [span["size"] for span in spans]
    size = max(sizes)
    text = read_tex_codes("".join([_letter(*letter) for letter in run]))
    bold = any(span["flags"] & 16 or named_bold(span["font"]) for span in spans)
    level = direction[0] > LEVEL_COSINE
    largest = run[sizes.index(size)][1]
    own: float = largest["origin"][1 if level else 0]
    if abs(own - baseline) > _rules.raised * max(size, 1.0):
        baseline = own
    if level:
        y0, y1 = max(y0, own - ASCENT * size), min(y1, own + DESCENT * size)
    return Word(text, x0, y0, x1, y1, baseline, size, bold, direction)


def _is_space(letter: str) -> bool:
    return letter.isspace() and letter not in tex_codes.ligatures


@lru_cache(maxsize=1024)
def _is_dingbats(font: str) -> bool:
    name = font.lower()
    return "dingbat" in name or "bbding" in name or "pzd" in name


def _letter(span: dict[str, Any], char: dict[str, Any]) -> str:
    letter: str = char["c"]
    if _is_dingbats(span["font"]):
        return DINGBATS.get(letter, letter)
    if letter in "◦∘" and len(span["chars"]) == 1:
        return "°"
    return letter
