"""Notes beside the text in narrower, smaller print: dates, addresses, licences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.layout.text_geometry import (
    Indices,
    PageText,
    column_limits,
    free_strips,
    is_text_column,
    row_count,
)


def find_margin_notes(text: PageText, lines: Indices) -> Indices:
    """Lines of a narrow column beside the text, in smaller print: dates, addresses, licences."""
    for start, stop in free_strips(text, lines, column_limits.margin_gap):
        left = text.x1[lines] <= (start + stop) / 2
        for side, at_left in ((left, True), (~left, False)):
            notes, main = lines[side], lines[~side]
            if _beside(text, notes, main, at_left=at_left):
                return notes
    return lines[:0]


def _beside(
    text: PageText, notes: Indices, main: Indices, *, at_left: bool
) -> bool:
    """Notes in narrower, smaller print beside text that has an edge towards them."""
    letters, others = text.letters[notes].sum(), text.letters[main].sum()
    few = letters <= column_limits.margin_share * (letters + others)
    if not few or not is_text_column(text, main):
        return False
    narrow = _width(text, notes) <= column_limits.margin_width * _width(
        text, main
    )
    small = (
        _mean_size(text, notes)
        <= _mean_size(text, main) - column_limits.margin_size
    )
    edge = (text.x0 if at_left else text.x1)[main]
    return (
        narrow
        and small
        and _edge_share(edge, text.letters[main]) >= column_limits.margin_edge
        and row_count(text, notes) >= column_limits.margin_rows
        and any(_has_word(text.lines[i].text) for i in notes.tolist())
    )


def _edge_share(
    edges: NDArray[np.float64], letters: NDArray[np.float64]
) -> float:
    """The share of letters in lines that begin or end at the most frequent place."""
    _, which = np.unique(np.round(edges / 3), return_inverse=True)
    return float(np.bincount(which, weights=letters).max() / letters.sum())


def _width(text: PageText, lines: Indices) -> float:
    return float(text.x1[lines].max() - text.x0[lines].min())


def _mean_size(text: PageText, lines: Indices) -> float:
    """Font size of a letter on average, in points."""
    sizes = [text.lines[i].size for i in lines.tolist()]
    return float(np.average(sizes, weights=text.letters[lines]))


def _has_word(words: str) -> bool:
    return any(
        sum(map(str.isalpha, word)) >= column_limits.label
        for word in words.split()
    )
