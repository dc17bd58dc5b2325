"""Finds the title of a paper: on its first pages, or as its record or its PDF name it.

The largest letters are not always the title's: journals print their own name above it, and the
kind of the article. So each block of the front is weighed by its size, its words, and whether
names stand below it; what the paper's other lines cite as a journal with volume or year is none.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.metadata.affiliation_blocks import row_text
from pipeline.extract.pdf.page import Line


@dataclass(frozen=True, slots=True)
class TitleLimits:
    """What is one block of the front, and what each of its traits weighs."""

    step: float = 0.9
    """Points by which rows of one title may differ in size."""
    text_size: float = 12.5
    """Points; in letters no larger, weight alone may part the title from the names below it."""
    leading: float = 2.0
    """Of the font size: the widest distance of two rows of a title."""
    piece_gap: float = 1.0
    """Of the font size: pieces of another size that stand further apart are no part of it."""
    kind_gap: float = 0.4
    """Of the font size: "Open" stands at least so far before a title."""
    rows: int = 10
    """Rows of a title at most."""
    words: int = 8
    """Words from which on a block is as wordy as a title needs to be."""
    size_weight: float = 2.0
    words_weight: float = 1.5
    authors_weight: float = 0.7
    prose_weight: float = 4.0
    names: float = 0.75
    """Of the words of a list of authors that begin with a capital."""
    alike: float = 0.9
    """Similarity of letters from which a known title is the printed one."""
    known_words: int = 3
    """Words of a PDF's own title at least: shorter ones are names of files."""


limits = TitleLimits()


@dataclass(frozen=True, slots=True)
class TitleRules:
    """What is printed beside a title, and which words of it are no names."""

    marks: re.Pattern[str] = re.compile(r"[\s*∗†‡§¶⋆★✉♠♣♡♢]+$")
    kind: re.Pattern[str] = re.compile(
        r"((original|research|review|regular|short|brief|full|case|clinical|trial|technical|special"
        r"|progress|edge|letter|letters|open|access|article|articles|paper|papers|report|reports"
        r"|communication|communications|contribution|study|protocol|perspective|survey|editorial"
        r"|commentary|note|invited|feature|systematic|mini|rapid|data|descriptor|methods?|resource"
        r"|to|the|editor|and|of|in|full-length|peer-reviewed)[\s:|·-]*)+",
        re.IGNORECASE,
    )
    furniture: re.Pattern[str] = re.compile(
        r"\bdoi\b|https?:|www\.|\bissn\b|\bvol(ume)?\b\.?\s*\d|©|copyright|\d\s?\(\d+\)\s?[:,]\s?\d"
        r"|@|\breceived\b|\baccepted\b|\bpublished\b|\bavailable (on|at)\b|contents lists"
        r"|under review|preprint|\barxiv:|文章编号|第.{0,6}卷",
        re.IGNORECASE,
    )
    venue: re.Pattern[str] = re.compile(
        r"(international |european |american |ieee |acm |the )*(journal|proceedings|transactions|annals"
        r"|archives|bulletin|revue|conference|workshop|symposium) (of|on|for|in)\b|proceedings\b"
        r"|.*\b(conference|convention|symposium|workshop)\b.*\b(19|20)\d\d\b",
        re.IGNORECASE,
    )
    between_names: re.Pattern[str] = re.compile(
        r"[^\W\d_]\s?[\d*∗†‡§¶,·•]|\band\b|&"
    )
    cjk_names: re.Pattern[str] = re.compile(
        r"([\u4e00-\u9fff\uac00-\ud7af]{2,4}[\d*∗,，、\s]*){1,8}"
    )
    particles: frozenset[str] = frozenset(
        [
            "and",
            "de",
            "der",
            "den",
            "van",
            "von",
            "la",
            "le",
            "el",
            "al",
            "di",
            "da",
            "del",
            "bin",
            "ibn",
            "und",
            "et",
            "y",
            "e",
        ]
    )


_rules = TitleRules()


@dataclass(frozen=True, slots=True)
class Title:
    """The title and where it ends."""

    text: str
    page: int
    """1-based; 0 when the title is not printed."""
    bottom: float
    """Baseline of its last row."""


@dataclass(slots=True)
class _Block:
    """Rows of one size and weight, close to one another."""

    pieces: list[list[Line]]
    page: int
    size: float
    bold: bool

    @property
    def bottom(self) -> float:
        return self.pieces[-1][0].baseline

    @property
    def text(self) -> str:
        return _joined([row_text(piece) for piece in self.pieces])


def find_title(
    front: Sequence[Row],
    furniture: Sequence[str],
    *,
    record: str = "",
    own: str = "",
) -> Title:
    """The title among the rows of the front.

    `furniture` are the running heads and notes of the paper; `record` is the title in the
    paper's record, which is taken as it is, and `own` the one in the PDF's metadata, which is
    taken where it is printed too.
    """
    blocks = list(_blocks(front))
    for known in (record, _unescaped(own)):
        printed = _printed(blocks, known) if known else None
        if printed:
            return Title(record or printed.text, printed.page, printed.bottom)
    chosen = _chosen(blocks, [*furniture, *(row.text for row in front)])
    if chosen is None:
        return Title(record, 0, 0.0)
    return Title(
        record or _rules.marks.sub("", chosen.text), chosen.page, chosen.bottom
    )


# ---- blocks
def _blocks(front: Sequence[Row]) -> Iterator[_Block]:
    pieces = [
        (row.page, piece)
        for row in front
        for piece in _pieces(row)
        if _wordy(piece)
    ]
    pieces.sort(key=lambda item: (item[0], item[1][0].baseline))
    found: list[_Block] = []
    for page, piece in pieces:
        block = next(
            (b for b in reversed(found) if _goes_on(b, page, piece)), None
        )
        if block:
            block.pieces.append(piece)
        else:
            main = _main(piece)
            found.append(_Block([piece], page, main.size, main.bold))
    return map(_without_kind, found)


def _pieces(row: Row) -> Iterator[list[Line]]:
    """The lines of a row, parted where letters of another size or "Open" stand apart."""
    piece = [row.lines[0]]
    for before, line in pairwise(row.lines):
        gap = line.bbox[0] - before.bbox[2]
        other = abs(line.size - before.size) > limits.step
        kind = _rules.kind.fullmatch(before.text) is not None
        reach = limits.kind_gap if kind else limits.piece_gap
        if (other or kind) and gap > reach * max(line.size, before.size):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _goes_on(block: _Block, page: int, piece: list[Line]) -> bool:
    main, above = _main(piece), block.pieces[-1]
    step = main.baseline - block.bottom
    left, right = above[0].bbox[0], above[-1].bbox[2]
    shared = piece[0].bbox[0] < right and piece[-1].bbox[2] > left
    return (
        page == block.page
        and 0 < step <= limits.leading * block.size
        and abs(main.size - block.size) <= limits.step
        and (main.bold == block.bold or main.size > limits.text_size)
        and shared
    )


def _without_kind(block: _Block) -> _Block:
    """The block without "Research Article" above the title."""
    pieces = block.pieces
    while len(pieces) > 1 and _rules.kind.fullmatch(row_text(pieces[0])):
        pieces = pieces[1:]
    return _Block(pieces, block.page, block.size, block.bold)


def _main(piece: Sequence[Line]) -> Line:
    return max(piece, key=lambda line: len(line.text))


def _wordy(piece: Sequence[Line]) -> bool:
    return sum(sum(map(str.isalpha, line.text)) for line in piece) > 2  # noqa: PLR2004


def _joined(rows: Sequence[str]) -> str:
    text = ""
    for row in rows:
        broken = text.endswith("-") and text[-2:-1].isalpha()
        text = text + row if broken else f"{text} {row}"
    return _rules.marks.sub("", text).strip()


# ---- a title that is known
def _unescaped(title: str) -> str:
    text = html.unescape(title)
    return text if len(text.split()) >= limits.known_words else ""


def _printed(blocks: Sequence[_Block], known: str) -> _Block | None:
    """The block, or the rows of one, that print a known title."""
    wanted = _letters(known)
    best, most = None, limits.alike
    for block in blocks:
        for start in range(len(block.pieces)):
            for stop in range(start + 1, len(block.pieces) + 1):
                rows = block.pieces[start:stop]
                alike = _likeness(
                    wanted, _letters("".join(map(row_text, rows)))
                )
                if alike >= most:
                    best, most = (
                        _Block(rows, block.page, block.size, block.bold),
                        alike,
                    )
    return best


def _likeness(a: str, b: str) -> float:
    """Similarity of two texts, 0 to 1; 0 at once when one is much longer."""
    if abs(len(a) - len(b)) > (1 - limits.alike) * max(len(a), 1):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


# ---- a title that is not
def _chosen(blocks: Sequence[_Block], others: Sequence[str]) -> _Block | None:
    """The block of most weight; furniture only where there is nothing else."""
    cited = [_letters(text) for text in others if any(map(str.isdecimal, text))]
    titles = [block for block in blocks if not _is_furniture(block.text, cited)]
    kept = titles or blocks
    largest = max((block.size for block in kept), default=0.0)
    followed = list(zip(kept, (*kept[1:], None), strict=False))
    best = max(
        followed,
        key=lambda pair: _weight(pair[0], pair[1], largest),
        default=(None, None),
    )
    return best[0]


def _weight(block: _Block, below: _Block | None, largest: float) -> float:
    words = min(_words(block.text), limits.words) / limits.words
    authors = below is not None and _are_names(below.text)
    short = len(block.pieces) <= limits.rows
    return (
        limits.size_weight * block.size / largest
        + limits.words_weight * words
        + limits.authors_weight * (authors - _are_names(block.text))
        - limits.prose_weight * (not short)
    )


def _words(text: str) -> int:
    """Words, two letters of a script without spaces counting as one."""
    wide = sum("\u3000" <= letter <= "\ud7ff" for letter in text)
    return len(text.split()) + wide // 2


def _is_furniture(text: str, cited: Sequence[str]) -> bool:
    """The kind of the article, the journal's name, an address or a date."""
    if (
        _rules.kind.fullmatch(text)
        or _rules.furniture.search(text)
        or _rules.venue.match(text)
    ):
        return True
    words, name = text.split(), _letters(text)
    if (
        len(words) > limits.known_words
        and sum(len(w) == 1 for w in words) > len(words) / 2
    ):
        return True  # letterspaced: "R E V I E W"
    return _words(text) <= limits.words and any(
        name in other and len(other) > len(name) for other in cited
    )


def _are_names(text: str) -> bool:
    """A list of authors: most words are names, with marks or commas between them."""
    if _rules.cjk_names.fullmatch(text):
        return True
    words = [
        word
        for word in re.findall(r"[^\W\d_]+", text)
        if word not in _rules.particles
    ]
    capitals = sum(word[0].isupper() for word in words)
    if len(words) < 2 or capitals < limits.names * len(words):  # noqa: PLR2004
        return False
    return len(words) <= 4 or bool(_rules.between_names.search(text))  # noqa: PLR2004
