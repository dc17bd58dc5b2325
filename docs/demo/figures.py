"""Draws the demonstration's figures from YAML: diagrams of boxes and arrows, line plots, bar
charts.
"""
# ruff: noqa: INP001

from __future__ import annotations

from typing import Any

from reportlab.graphics.shapes import (
    Drawing,
    Group,
    Line,
    Polygon,
    PolyLine,
    Rect,
    String,
)
from reportlab.lib.colors import Color, HexColor, black

COLOURS = [
    HexColor(code)
    for code in ("#1f5a96", "#c8552b", "#3a8f4d", "#7a4fa3", "#8a6d1f")
]
FILLS = {
    "in": "#e8edf5",
    "net": "#d7e8d4",
    "loss": "#f7dcd2",
    "out": "#fdf3d0",
    "aux": "#ececec",
}
FONT, SMALL = "Helvetica", 7.2


def draw(content: dict[str, Any], width: float) -> Drawing:
    """The drawing a `figure` block describes, `width` points wide."""
    return {"diagram": _diagram, "lines": _lines, "bars": _bars}[
        content["kind"]
    ](content, width)


def _diagram(content: dict[str, Any], width: float) -> Drawing:
    """Boxes on a grid; each is [name, column, row, kind, text, columns wide = 1]. Arrows join
    names: "a > b".
    """
    columns, rows = content["grid"]
    cell, height = width / columns, content.get("row", 40)
    drawing = Drawing(width, rows * height)
    places = {}
    for name, column, row, kind, text, *span in content["boxes"]:
        box = (
            column * cell + 7,
            (rows - 1 - row) * height + 6,
            cell * (span[0] if span else 1) - 14,
            height - 12,
        )
        places[name] = box
        drawing.add(
            Rect(
                *box,
                rx=3,
                ry=3,
                fillColor=HexColor(FILLS[kind]),
                strokeColor=black,
                strokeWidth=0.7,
            )
        )
        lines = text.split("|")
        for n, line in enumerate(lines):
            y = box[1] + box[3] / 2 + (len(lines) / 2 - n - 1) * 8.4 + 2
            drawing.add(
                String(
                    box[0] + box[2] / 2,
                    y,
                    line,
                    fontName=FONT,
                    fontSize=SMALL,
                    textAnchor="middle",
                )
            )
    for arrow in content["arrows"]:
        start, _, end = arrow.partition(" > ")
        _arrow(drawing, places[start], places[end])
    return drawing


def _arrow(
    drawing: Drawing, start: tuple[float, ...], end: tuple[float, ...]
) -> None:
    """From the side of one box to the facing side of the other."""
    if start[0] + start[2] <= end[0]:
        a, b = (
            (start[0] + start[2], _middle(start, end, 1)),
            (end[0], _middle(end, start, 1)),
        )
        head = [(-5, 2.3), (-5, -2.3)]
    elif end[0] + end[2] <= start[0]:
        a, b = (
            (start[0], _middle(start, end, 1)),
            (end[0] + end[2], _middle(end, start, 1)),
        )
        head = [(5, 2.3), (5, -2.3)]
    else:
        up = end[1] > start[1]
        a = (_middle(start, end, 0), start[1] + (start[3] if up else 0))
        b = (_middle(end, start, 0), end[1] + (0 if up else end[3]))
        head = [(-2.3, -5), (2.3, -5)] if up else [(-2.3, 5), (2.3, 5)]
    drawing.add(Line(*a, *b, strokeWidth=0.9))
    drawing.add(
        Polygon(
            [
                *b,
                b[0] + head[0][0],
                b[1] + head[0][1],
                b[0] + head[1][0],
                b[1] + head[1][1],
            ],
            fillColor=black,
        )
    )


def _middle(
    box: tuple[float, ...], other: tuple[float, ...], axis: int
) -> float:
    """Where an arrow leaves a side: the middle of what both boxes share, else of the box."""
    low, high = (
        max(box[axis], other[axis]),
        min(box[axis] + box[axis + 2], other[axis] + other[axis + 2]),
    )
    return (low + high) / 2 if low < high else box[axis] + box[axis + 2] / 2


LEFT, FOOT, TOP = 34, 26, 14
"""Points kept free for the labels of the axes and for the legend."""


def _lines(content: dict[str, Any], width: float) -> Drawing:
    drawing, x, y = _axes(
        content,
        width,
        content["x"]["ticks"],
        [str(tick) for tick in content["x"]["ticks"]],
    )
    for n, (name, values) in enumerate(content["series"].items()):
        points = [
            coordinate
            for at, value in zip(content["x"]["ticks"], values, strict=True)
            for coordinate in (x(at), y(value))
        ]
        drawing.add(PolyLine(points, strokeColor=COLOURS[n], strokeWidth=1.3))
        for at, value in zip(content["x"]["ticks"], values, strict=True):
            drawing.add(
                Rect(
                    x(at) - 1.6,
                    y(value) - 1.6,
                    3.2,
                    3.2,
                    fillColor=COLOURS[n],
                    strokeColor=None,
                )
            )
        _legend(drawing, n, len(content["series"]), name, COLOURS[n])
    return drawing


def _bars(content: dict[str, Any], width: float) -> Drawing:
    groups = content["x"]["ticks"]
    drawing, x, y = _axes(content, width, [-0.5, len(groups) - 0.5], groups)
    count = len(content["series"])
    bar = (x(1) - x(0)) * 0.8 / count
    for n, (name, values) in enumerate(content["series"].items()):
        for at, value in enumerate(values):
            left = x(at) + (n - count / 2) * bar
            foot = y(content["y"]["ticks"][0])
            drawing.add(
                Rect(
                    left,
                    foot,
                    bar * 0.92,
                    y(value) - foot,
                    fillColor=COLOURS[n],
                    strokeColor=None,
                )
            )
        _legend(drawing, n, count, name, COLOURS[n])
    return drawing


def _axes(
    content: dict[str, Any], width: float, span: list[float], labels: list[str]
) -> tuple[Drawing, Any, Any]:
    """The frame of a chart and the two scales: values to points."""
    height = content.get("height", 130)
    drawing = Drawing(width, height)
    ticks = content["y"]["ticks"]
    right = width - 8

    def x(value: float) -> float:
        return LEFT + (value - span[0]) / (span[-1] - span[0]) * (right - LEFT)

    def y(value: float) -> float:
        return FOOT + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (
            height - FOOT - TOP
        )

    for tick in ticks:
        drawing.add(
            Line(
                LEFT,
                y(tick),
                right,
                y(tick),
                strokeColor=Color(0.85, 0.85, 0.85),
                strokeWidth=0.5,
            )
        )
        drawing.add(
            String(
                LEFT - 4,
                y(tick) - 2.5,
                str(tick),
                fontName=FONT,
                fontSize=SMALL,
                textAnchor="end",
            )
        )
    at = span if len(span) == len(labels) else range(len(labels))
    for value, label in zip(at, labels, strict=True):
        drawing.add(
            String(
                x(value),
                FOOT - 10,
                label,
                fontName=FONT,
                fontSize=SMALL,
                textAnchor="middle",
            )
        )
    drawing.add(
        PolyLine([LEFT, height - TOP, LEFT, FOOT, right, FOOT], strokeWidth=0.8)
    )
    drawing.add(
        String(
            (LEFT + right) / 2,
            4,
            content["x"]["label"],
            fontName=FONT,
            fontSize=SMALL + 0.5,
            textAnchor="middle",
        )
    )
    label = String(
        0,
        0,
        content["y"]["label"],
        fontName=FONT,
        fontSize=SMALL + 0.5,
        textAnchor="middle",
    )
    drawing.add(
        Group(label, transform=(0, 1, -1, 0, 8, (FOOT + height - TOP) / 2))
    )
    return drawing, x, y


def _legend(
    drawing: Drawing, n: int, count: int, name: str, colour: Color
) -> None:
    left = drawing.width - 8 - (count - n) * 62
    drawing.add(
        Rect(left, drawing.height - 8, 6, 6, fillColor=colour, strokeColor=None)
    )
    drawing.add(
        String(
            left + 9, drawing.height - 7.5, name, fontName=FONT, fontSize=SMALL
        )
    )
