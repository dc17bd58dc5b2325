"""Many boxes as four arrays, so that one comparison judges them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.paper import BBox

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BoxArray:
    """Edges of boxes, in points."""

    x0: Numbers
    y0: Numbers
    x1: Numbers
    y1: Numbers

    @classmethod
    def of(cls, boxes: Iterable[BBox]) -> BoxArray:
        """Make it of single boxes."""
        edges = np.fromiter(chain.from_iterable(boxes), float).reshape(-1, 4)
        return cls(*edges.T)

    @classmethod
    def joined(cls, parts: Sequence[BoxArray]) -> BoxArray:
        """Join several, in this order."""
        columns = zip(*(part.edges for part in parts), strict=True)
        return cls(*(np.concatenate(column) for column in columns))

    @property
    def edges(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The four arrays."""
        return self.x0, self.y0, self.x1, self.y1

    def __len__(self) -> int:
        return len(self.x0)

    def __getitem__(self, which: Any) -> BoxArray:
        """The boxes of a mask, or of an array of indices."""
        return BoxArray(*(edge[which] for edge in self.edges))

    @property
    def width(self) -> Numbers:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> Numbers:
        """Points."""
        return self.y1 - self.y0

    @property
    def middle_x(self) -> Numbers:
        """Where their upright middles lie."""
        return (self.x0 + self.x1) / 2

    @property
    def middle_y(self) -> Numbers:
        """Where their level middles lie."""
        return (self.y0 + self.y1) / 2

    @property
    def hull(self) -> BBox:
        """The box around all of them; there must be one."""
        left, top = float(self.x0.min()), float(self.y0.min())
        return left, top, float(self.x1.max()), float(self.y1.max())

    def shared_width(self, x0: float, x1: float) -> Numbers:
        """Points that each shares with the width from x0 to x1; negative where none."""
        return np.minimum(self.x1, x1) - np.maximum(self.x0, x0)

    def shared_height(self, y0: float, y1: float) -> Numbers:
        """Points that each shares with the height from y0 to y1; negative where none."""
        return np.minimum(self.y1, y1) - np.maximum(self.y0, y0)

    def clipped(self, box: BBox, which: Mask) -> BoxArray:
        """Cut some of them at a box."""
        x0, y0, x1, y1 = box
        cut_x = (
            np.where(which, np.clip(edge, x0, x1), edge)
            for edge in (self.x0, self.x1)
        )
        cut_y = (
            np.where(which, np.clip(edge, y0, y1), edge)
            for edge in (self.y0, self.y1)
        )
        left, right = cut_x
        top, bottom = cut_y
        return BoxArray(left, top, right, bottom)


def width(box: BBox) -> float:
    """Points."""
    return box[2] - box[0]


def height(box: BBox) -> float:
    """Points."""
    return box[3] - box[1]


def area(box: BBox) -> float:
    """Square points, at least one."""
    return max(1.0, width(box) * height(box))


def distance(a: BBox, b: BBox) -> float:
    """White between two boxes."""
    return max(0.0, a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])
