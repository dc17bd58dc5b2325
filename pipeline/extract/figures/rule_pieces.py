"""Level rules that are drawn piece by piece, one for each column of a table."""

from __future__ import annotations

import numpy as np

from pipeline.extract.figures.box_array import BoxArray
from pipeline.extract.pdf.page import RULE_THICKNESS

JOINT = 1.2
"""Points between two pieces of one rule, and by which they differ in height."""


def lengthen_pieces(boxes: BoxArray) -> BoxArray:
    """The boxes; each piece of a level rule is as long as all pieces that touch end to end."""
    thin = boxes.height <= RULE_THICKNESS
    level = (thin & (boxes.width > boxes.height)).nonzero()[0]
    if len(level) < 2:  # noqa: PLR2004 - two pieces are the least
        return boxes
    place = np.round(boxes.middle_y[level] / JOINT)
    order = level[np.lexsort((boxes.x0[level], place))]
    begins, ends = boxes.x0[order], boxes.x1[order]
    apart = np.abs(np.diff(boxes.middle_y[order])) > JOINT
    gaps = begins[1:] - ends[:-1]
    # PyMuPDF 2.0 gives a stroke's box room at both ends, so that pieces overlap.
    apart |= (gaps > JOINT) | (gaps < -RULE_THICKNESS)
    starts = np.concatenate(([0], apart.nonzero()[0] + 1))
    lengths = np.diff(np.append(starts, len(order)))
    x0, x1 = boxes.x0.copy(), boxes.x1.copy()
    x0[order] = np.repeat(np.minimum.reduceat(begins, starts), lengths)
    x1[order] = np.repeat(np.maximum.reduceat(ends, starts), lengths)
    return BoxArray(x0, boxes.y0, x1, boxes.y1)
