"""Floats of LaTeX: tables with their captions at their places on a page."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.tables import latex
from bench.tables.contents import Content
from bench.tables.grid import Grid
from bench.tables.latex import Look, TabularWriter
from bench.tables.pages import Template

COLUMN, WIDE, SIDEWAYS = "column", "wide", "sideways"
LONG, PAIR, WRAPPED = "long", "side by side", "wrapped"


@dataclass(frozen=True, slots=True)
class Typeset:
    """One table as it is to be set."""

    content: Content
    grid: Grid
    look: Look
    grouping: str
    caption: str
    size: str

    def traits(self, place: str) -> list[str]:
        """Name the choices of looks, to count faults by them."""
        cells = [cell for row in self.grid.rows() for cell in row]
        known = {
            "head of several rows": len(self.grid.head) > 1,
            "turned cells": any(cell.turned for cell in cells),
            "wrapped text": "X" in self.grid.aligns,
            "colours": bool(self.look.coloured),
            "errors": any("±" in cell.phrase.text for cell in cells),
        }
        found = [name for name, holds in known.items() if holds]
        return [
            place,
            self.look.rules,
            self.look.width,
            self.grouping,
            self.size,
            *found,
        ]


def _tabular(one: Typeset, number: int) -> str:
    written = TabularWriter(one.grid, one.look).tabular()
    if one.look.width == latex.RESIZED:
        written = rf"\resizebox{{\linewidth}}{{!}}{{{written}}}"
    return rf"\measured{{{number}}}{{{written}}}"


def _captioned(
    rng: random.Random, one: Typeset, number: int, *, above: bool
) -> str:
    note = rng.random() < 0.1
    below = (
        "\n\n\\smallskip\\footnotesize $^\\dagger$ Trained with extra data.\n"
        if note
        else "\n"
    )
    caption = f"\\caption{{{one.caption}}}\n"
    table = f"{{\\{one.size} {_tabular(one, number)}\\par}}{below}"
    return "\\smallskip\n".join([caption, table] if above else [table, caption])


def set_float(
    rng: random.Random, template: Template, place: str, tables: list[Typeset]
) -> str:
    """Put one table, or two side by side, into a float."""
    above = template.roman or rng.random() < 0.55
    star = (
        "*" if template.two_columns and place in {WIDE, SIDEWAYS, PAIR} else ""
    )
    if place == PAIR:
        boxes = [
            _captioned(rng, one, number, above=above)
            for number, one in enumerate(tables)
        ]
        halves = [
            f"\\begin{{minipage}}[t]{{0.48\\textwidth}}\\centering\n{box}\\end{{minipage}}"
            for box in boxes
        ]
        return (
            f"\\begin{{table{star}}}[t]\n"
            + "\\hfill\n".join(halves)
            + f"\n\\end{{table{star}}}\n"
        )
    inside = _captioned(rng, tables[0], 0, above=above)
    if place == WRAPPED:
        return f"\\begin{{wraptable}}{{r}}{{0.5\\linewidth}}\n\\centering\n{inside}\\end{{wraptable}}\n"
    name = ("sidewaystable" if place == SIDEWAYS else "table") + star
    where = (
        "" if place == SIDEWAYS else rng.choice(["[t]", "[t]", "[tb]", "[h]"])
    )
    return f"\\begin{{{name}}}{where}\n\\centering\n{inside}\\end{{{name}}}\n"


def set_long(one: Typeset) -> str:
    marked = r"\renewcommand\tablestart{\marked{start 0}}\renewcommand\tableend{\marked{end 0}}"
    return f"{{\\{one.size}{marked}\n{latex.long_table(TabularWriter(one.grid, one.look), one.caption)}\n}}\n"
