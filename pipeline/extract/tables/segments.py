"""Words on one baseline joined to segments: the text of one cell on one line, or a piece of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.pdf.page_words import Word
from pipeline.extract.tables.table_area import Rule, TableArea


@dataclass(frozen=True, slots=True)
class SegmentLimits:
    """Gaps between words, of the font size."""

    baseline: float = 0.3
    """Words on one line differ by no more in height."""
    small: float = 0.8
    """Letters below this size are raised or lowered, where they touch larger ones."""
    touch: float = 0.3
    together: float = 0.08
    """Closer words stand without a space."""
    glued: float = 0.15
    """Closer words are one, whatever they say."""
    numbers: float = 0.2
    """Numbers farther apart are two cells."""
    spaces: tuple[float, float] = 0.2, 0.7
    """Between these lies the widest space inside a cell, below the widest jump of gaps."""
    least: float = 0.42
    """Gaps between cells are wider, at least."""
    jump: float = 1.15
    """A wider gap is this many times the widest space, at least."""
    clear: float = 1.28
    """Of jumps as clear as this the lowest counts."""
    space: float = 0.6
    """The widest space where no jump is found."""
    suffix: float = 0.45
    """Widest space before an arrow or a bracket that belongs to the word before."""
    aligned: float = 0.05
    """A word that begins this near to where other cells do may begin one itself."""
    listed: float = 0.7
    """Widest space in a list of numbers, a range or a bracket."""
    sign: float = 1.2
    """Widest space beside a sign that joins numbers."""


limits = SegmentLimits()


@dataclass(frozen=True, slots=True)
class SegmentsRules:
    """Words of a table that belong together."""

    number: re.Pattern[str] = re.compile(r"^[\[(<>~≈=+±−–-]*[$€£]?[.,]?\d")
    atom: re.Pattern[str] = re.compile(
        r"^(?:[\[(<>~≈=≤≥+±−–-]*[$€£]?[.,]?\d[\d.,:]*(?:[eE][-−+]?\d+)?(?:\(\d+\))?"
        r"[%°KMGBTkx×\])]*[†‡*∗§,]*(?:[±/→(|].*)?|[-–—−]+|[✓✗✔✘×]|N/A|n/a|OOM)$"
    )
    range_begun: re.Pattern[str] = re.compile(r"\d[\d%)\]]*[,;–°′-]$")
    """A number after which another one follows in the same cell."""
    marked: re.Pattern[str] = re.compile(r"[a-z†‡§*∗],$")
    """A mark after which another one follows."""
    joins: frozenset[str] = frozenset(
        [
            "±",
            "×",
            "/",
            "→",
            "+",
            "=",
            "<",
            ">",
            "~",
            "∼",
            "≈",
            "·",
            "−",
            "–",
            ":",
            ",",
            "vs.",
            "vs",
            "∈",
            "≤",
            "≥",
        ]
    )


_rules = SegmentsRules()


@dataclass(slots=True)
class Segment:
    """A piece of a cell on one line."""

    words: list[Word]
    line: int
    x0: float = field(init=False)
    x1: float = field(init=False)
    first: int = -1
    """Column in which it begins."""
    last: int = -1
    """Column in which it ends."""

    def __post_init__(self) -> None:
        self.x0 = self.words[0].x0
        self.x1 = max(word.x1 for word in self.words)

    @property
    def text(self) -> str:
        """Its words, joined as they stand."""
        return join_words(self.words)

    @property
    def middle(self) -> float:
        """X of its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def atom(self) -> bool:
        """A value, a mark or a dash, and no text."""
        texts = [word.text for word in self.words]
        return (
            bool(_rules.atom.match(texts[0]))
            and sum(map(str.isalpha, texts)) <= 1
        )


@dataclass(slots=True)
class TextLine:
    """Segments on one baseline."""

    baseline: float
    top: float
    bottom: float
    segments: list[Segment]


def join_words(words: Sequence[Word]) -> str:
    """Text of words on a line; what touches stands together."""
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        if not word.level:
            gap = max(word.y0 - before.y1, before.y0 - word.y1)
        glued = gap < limits.together * max(before.size, word.size)
        text += word.text if glued else " " + word.text
    return text


def text_lines(area: TableArea) -> list[TextLine]:
    """The level words of a table as lines of segments, from top to bottom."""
    words = _snapped([word for word in area.words if word.level], area.em)
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if (
            groups
            and word.baseline - groups[-1][0].baseline
            <= limits.baseline * area.em
        ):
            groups[-1].append(word)
        else:
            groups.append([word])
    for group in groups:
        group.sort(key=lambda word: word.x0)
    space = _widest_space(groups, area.em)
    lines = [_line(group, i, area, space) for i, group in enumerate(groups)]
    _split_aligned(lines, area.em)
    return lines


def _sticks(a: Word, b: Word) -> bool:
    """Signs have spaces of their own beside them."""
    return (
        a.text in _rules.joins or b.text in _rules.joins or b.text[0] in "↑↓("
    )


def _split_aligned(lines: Sequence[TextLine], em: float) -> None:
    """Part segments before words that begin exactly where the cells of other lines do."""
    starts = np.array([s.x0 for line in lines for s in line.segments])
    for line in lines:
        parts: list[Segment] = []
        alone = len(line.segments) == 1
        for segment in line.segments:
            parts += _aligned_parts(
                segment, starts, em, len(lines), alone=alone
            )
        line.segments = parts


def _aligned_parts(
    segment: Segment,
    starts: NDArray[np.float64],
    em: float,
    lines: int,
    *,
    alone: bool,
) -> list[Segment]:
    """`alone`: nothing else is on the line, as with the label of a group."""
    cuts = []
    for i in range(1, len(segment.words)):
        a, b = segment.words[i - 1], segment.words[i]
        if (
            b.x0 - a.x1 < limits.glued * em
            or a.text in _rules.joins
            or b.text in _rules.joins
            or goes_on(segment.words[:i], b)
            or (alone and b.text[0].islower())
            or _is_word(b.text)
        ):
            continue
        there = int((np.abs(starts - b.x0) < limits.aligned * em).sum())
        if there >= max(2, lines // 4) and b.text[0].isalnum():
            cuts.append(i)
    return split_segment(segment, cuts)


def _is_word(text: str) -> bool:
    """A word in small letters: it begins no cell as close as that to the word before."""
    return len(text) > 3 and text.isalpha() and text.islower()  # noqa: PLR2004


def split_segment(segment: Segment, cuts: Sequence[int]) -> list[Segment]:
    """A segment cut before some of its words."""
    if not cuts:
        return [segment]
    edges = [0, *cuts, len(segment.words)]
    return [
        Segment(segment.words[a:b], segment.line) for a, b in pairwise(edges)
    ]


def _widest_space(groups: Sequence[Sequence[Word]], em: float) -> float:
    """What parts spaces inside of cells from gaps between them, of the font size."""
    gaps = sorted(
        (b.x0 - a.x1) / em
        for group in groups
        for a, b in pairwise(group)
        if b.x0 - a.x1 > limits.glued * em and not _sticks(a, b)
    )
    low, high = limits.spaces
    jumps = [
        (b / a, a, b)
        for a, b in pairwise(gaps)
        if low <= a <= high and limits.least <= b <= 2 * high
    ]
    if not jumps:
        below = [gap for gap in gaps if gap <= high]
        return limits.space if below else low
    ratio, a, b = max(
        jumps, key=lambda jump: (min(jump[0], limits.clear), -jump[1])
    )
    return (a * b) ** 0.5 if ratio > limits.jump else limits.space


def _snapped(words: list[Word], em: float) -> list[Word]:
    """Small letters beside a larger word on the larger word's baseline."""
    large = [word for word in words if word.size >= limits.small * em]
    return [
        word if word.size >= limits.small * em else _beside(word, large, em)
        for word in words
    ]


def _beside(small: Word, large: Iterable[Word], em: float) -> Word:
    for word in large:
        gap = max(small.x0 - word.x1, word.x0 - small.x1)
        marked = _rules.marked.search(word.text)
        widest = limits.listed if marked else limits.touch
        near = -0.5 * em < gap < widest * em
        if near and abs(word.baseline - small.baseline) < 0.6 * em:
            return small._replace(baseline=word.baseline)
    return small


def _line(
    words: list[Word], number: int, area: TableArea, space: float
) -> TextLine:
    runs: list[list[Word]] = []
    for word in words:
        if runs and not _parted(runs[-1], word, area, space):
            runs[-1].append(word)
        else:
            runs.append([word])
    return TextLine(
        sorted(word.baseline for word in words)[len(words) // 2],
        min(word.y0 for word in words),
        max(word.y1 for word in words),
        [Segment(run, number) for run in runs],
    )


def _parted(
    run: Sequence[Word], b: Word, area: TableArea, space: float
) -> bool:
    """A word stands in another cell than the run of words before it."""
    a = run[-1]
    gap = (b.x0 - a.x1) / area.em
    if _ruled(a, b, area.upright_rules):
        return True
    if (
        a.text in _rules.joins
        or b.text in _rules.joins
        or a.text.endswith(("±", "×", "(", "/"))
    ):
        return gap > limits.sign
    if goes_on(run, b) or _is_next_mark(a, b, area.em):
        return gap > limits.listed
    if gap <= limits.glued or (b.text[0] in "↑↓(" and gap <= limits.suffix):
        return False
    if (
        _rules.number.match(a.text)
        and _rules.number.match(b.text)
        and b.text[0] not in "(±["
    ):
        return gap > limits.numbers
    return gap > space


def _is_next_mark(a: Word, b: Word, em: float) -> bool:
    """A small raised mark after another and a comma: "0.16 a, b"."""
    return b.size < limits.small * em and bool(_rules.marked.search(a.text))


def goes_on(run: Sequence[Word], b: Word) -> bool:
    """A list, a range or a bracket that the words before `b` have begun: "(0.97, 1.75)"."""
    if _rules.range_begun.search(run[-1].text) and b.text[0].isdigit():
        return True
    text = " ".join(word.text for word in run)
    opened = sum(map(text.count, "([{"))
    return opened > sum(map(text.count, ")]}"))


def _ruled(a: Word, b: Word, rules: Sequence[Rule]) -> bool:
    y = (b.y0 + b.y1) / 2
    return any(
        a.x1 - 0.6 <= rule.place <= b.x0 + 0.6 and rule.start <= y <= rule.end
        for rule in rules
    )
