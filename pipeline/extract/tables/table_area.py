"""What a table's box holds, turned so that its text is level: words, rules, fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from pipeline.extract.pdf.page import LEVEL_COSINE, Drawing, Page
from pipeline.extract.pdf.page_words import ASCENT, DESCENT, Word, read_words
from pipeline.paper import BBox

Move = Callable[[BBox], BBox]


@dataclass(frozen=True, slots=True)
class AreaLimits:
    """Sizes of marks in a table; of the font size where nothing else is said."""

    same_rule: float = 1.6
    """Points between two rules that are one: double rules, pieces of one drawn by rows."""
    joint: float = 1.2
    """Points between two pieces of one rule."""
    underline_gap: float = 0.32
    """At most this far below the baseline a rule as wide as its text underlines it."""
    underline_edge: float = 0.25
    """An underline ends within this of its text."""
    full: float = 0.85
    """Share of the table's width from which on a rule runs across it; cut ones have gaps."""
    edge: float = 0.8
    """A rule that runs across ends this near to the table's sides."""


limits = AreaLimits()


class Rule(NamedTuple):
    """A straight line: level ones run from `start` to `end` in x at y = `place`, upright ones
    the other way round.
    """

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TableArea:
    """The content of a box, level."""

    words: tuple[Word, ...]
    em: float
    """Font size of most letters, in points."""
    level_rules: tuple[Rule, ...]
    """From top to bottom; no underlines."""
    upright_rules: tuple[Rule, ...]
    x0: float
    x1: float

    def full_rules(self) -> list[float]:
        """Y of the level rules that run from one side of the table to the other."""
        found: dict[float, list[Rule]] = {}
        for rule in self.level_rules:
            found.setdefault(rule.place, []).append(rule)
        return sorted(
            place for place, pieces in found.items() if self._across(pieces)
        )

    def _across(self, pieces: list[Rule]) -> bool:
        length = sum(rule.end - rule.start for rule in pieces)
        starts = (
            min(rule.start for rule in pieces)
            <= self.x0 + limits.edge * self.em
        )
        ends = (
            max(rule.end for rule in pieces) >= self.x1 - limits.edge * self.em
        )
        return starts and ends and length >= limits.full * (self.x1 - self.x0)


def read_area(page: Page, box: BBox) -> TableArea | None:
    """The words and rules inside a box (points, unrotated page); None where it has no words."""
    rules = [d.bbox for d in page.drawings if _is_rule_in(d, box)]
    bars = [rule for rule in rules if rule[2] - rule[0] < rule[3] - rule[1]]
    words = _seen(page, read_words(page, box, bars))
    turned = sum(len(word.text) for word in words if not word.level)
    if 2 * turned > sum(len(word.text) for word in words):
        bars = [rule for rule in rules if rule not in bars]
        words = _seen(page, read_words(page, box, bars))
    if not words:
        return None
    move, words = _level(page, words)
    return area_of(words, [move(rule) for rule in rules])


def area_of(words: Sequence[Word], rules: Sequence[BBox]) -> TableArea:
    """An area of level words and of rules given as their boxes."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    em = sizes.most_common(1)[0][0] or 1.0
    level = [box for box in rules if box[2] - box[0] >= box[3] - box[1]]
    upright = [
        (b[1], b[0], b[3], b[2]) for b in rules if b[2] - b[0] < b[3] - b[1]
    ]
    level = [box for box in level if not _underlines(box, words, em)]
    across = join_rules(level)
    x0, x1 = _sides(words, across)
    return TableArea(
        tuple(words), em, tuple(across), tuple(join_rules(upright)), x0, x1
    )


def _sides(words: Sequence[Word], level: Sequence[Rule]) -> tuple[float, float]:
    """Where the table begins and ends: its long rules say, else its words."""
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    long = [rule for rule in level if rule.end - rule.start >= (x1 - x0) / 2]
    if not long:
        return x0, x1
    return min(rule.start for rule in long), max(rule.end for rule in long)


def _seen(page: Page, words: list[Word]) -> list[Word]:
    """Words that stand on the page's lines: what is hidden was taken from these before."""
    if not words:
        return words
    lines = np.array([line.bbox for line in page.lines], dtype=float).reshape(
        -1, 4
    )
    x = np.array([(word.x0 + word.x1) / 2 for word in words])[:, None]
    y = np.array([(word.y0 + word.y1) / 2 for word in words])[:, None]
    across = (lines[:, 0] - 1 <= x) & (x <= lines[:, 2] + 1)
    along = (lines[:, 1] - 2 <= y) & (y <= lines[:, 3] + 2)
    seen = np.any(across & along, axis=1)
    return [word for word, shown in zip(words, seen, strict=True) if shown]


def _is_rule_in(drawing: Drawing, box: BBox) -> bool:
    if not drawing.is_rule or drawing.white:
        return False
    x0, y0, x1, y1 = drawing.bbox
    inside = x0 <= box[2] + 2 and x1 >= box[0] - 2 and y0 <= box[3] + 2
    return inside and y1 >= box[1] - 2


def _level(page: Page, words: list[Word]) -> tuple[Move, list[Word]]:
    """Turn words of which most run up or down; and how to turn what else is there."""
    letters: Counter[int] = Counter()
    for word in words:
        down = word.direction[1]
        turn = -1 if down < -LEVEL_COSINE else 1 if down > LEVEL_COSINE else 0
        letters[turn] += len(word.text)
    turn = letters.most_common(1)[0][0]
    if not turn:
        return _stay, words
    move = partial(_up if turn < 0 else _down, page.width, page.height)
    return move, [_turned(word, move, turn, page.width) for word in words]


def _up(_: float, height: float, b: BBox) -> BBox:
    return height - b[3], b[0], height - b[1], b[2]


def _down(width: float, _: float, b: BBox) -> BBox:
    return b[1], width - b[2], b[3], width - b[0]


def _stay(box: BBox) -> BBox:
    return box


def _turned(word: Word, move: Move, turn: int, width: float) -> Word:
    x0, y0, x1, y1 = move((word.x0, word.y0, word.x1, word.y1))
    x, y = word.direction
    direction = (-y, x) if turn < 0 else (y, -x)
    baseline = word.baseline if turn < 0 else width - word.baseline
    if direction[0] > LEVEL_COSINE:
        y0 = max(y0, baseline - ASCENT * word.size)
        y1 = min(y1, baseline + DESCENT * word.size)
    return word._replace(
        x0=x0, y0=y0, x1=x1, y1=y1, baseline=baseline, direction=direction
    )


def _underlines(rule: BBox, words: Sequence[Word], em: float) -> bool:
    """A rule close below words that begin and end where it does."""
    x0, y0, x1, y1 = rule
    edge = limits.underline_edge * em
    gap = limits.underline_gap * em
    over = [word for word in words if 0 <= (y0 + y1) / 2 - word.baseline <= gap]
    starts = any(abs(word.x0 - x0) <= edge for word in over)
    return starts and any(abs(word.x1 - x1) <= edge for word in over)


def join_rules(boxes: Sequence[BBox]) -> list[Rule]:
    """Boxes of level rules as lines: double ones as one, pieces in a row as one."""
    boxes = sorted(boxes, key=lambda box: (box[1] + box[3]) / 2)
    groups: list[list[BBox]] = []
    for box in boxes:
        place = (box[1] + box[3]) / 2
        if groups and place - _place(groups[-1][-1]) <= limits.same_rule:
            groups[-1].append(box)
        else:
            groups.append([box])
    return [rule for group in groups for rule in _pieces(group)]


def _place(box: BBox) -> float:
    return (box[1] + box[3]) / 2


def _pieces(group: list[BBox]) -> list[Rule]:
    place = sum(map(_place, group)) / len(group)
    pieces: list[Rule] = []
    for box in sorted(group):
        if pieces and box[0] - pieces[-1].end <= limits.joint:
            last = pieces[-1]
            pieces[-1] = last._replace(end=max(last.end, box[2]))
        else:
            pieces.append(Rule(place, box[0], box[2]))
    return pieces
