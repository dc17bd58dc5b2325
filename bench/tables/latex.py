"""Tabulars of LaTeX: a grid of cells under a choice of rules, colours and widths."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.tables.grid import Cell, Grid

BOOKTABS, LINES, BARS, FULL, NO_RULES = (
    "booktabs",
    "horizontal rules",
    "bars",
    "full rules",
    "no rules",
)
NATURAL, STAR, STRETCHED, RESIZED = (
    "natural width",
    "tabular*",
    "tabularx",
    "resizebox",
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a tabular looks."""

    rules: str
    width: str
    between_blocks: str
    """LaTeX between two blocks of rows."""
    label_face: str
    """Command of the labels of groups."""
    head_face: str
    label_align: str
    coloured: str
    """What is coloured: nothing, the last row, the labels, every second row or the head."""
    ragged: bool
    narrow_gaps: bool
    doubled: bool
    """Whether the first and the last rule are double."""


def choose_look(rng: random.Random, width: str) -> Look:
    rules = rng.choices(
        [BOOKTABS, LINES, BARS, FULL, NO_RULES], [10, 4, 4, 3, 1]
    )[0]
    gaps = {
        BOOKTABS: [r"\midrule", r"\midrule", r"\addlinespace"],
        NO_RULES: [r"\addlinespace", ""],
    }
    return Look(
        rules=rules,
        width=width,
        between_blocks=rng.choice(gaps.get(rules, [r"\hline"])),
        label_face=rng.choice(["textit", "textbf", "emph", "textrm"]),
        head_face=rng.choice(["textrm", "textrm", "textbf"]),
        label_align=rng.choice("lllc"),
        coloured=rng.choices(
            ["", "last row", "labels", "second rows", "head"], [12, 3, 2, 1, 1]
        )[0],
        ragged=rng.random() < 0.7,
        narrow_gaps=rng.random() < 0.2,
        doubled=rules in {LINES, BARS} and rng.random() < 0.3,
    )


class TabularWriter:
    """Writes one grid in one look."""

    def __init__(self, grid: Grid, look: Look) -> None:
        self.grid = grid
        self.look = look
        self.columns = len(grid.aligns)
        self.bars = self._bars()

    def _bars(self) -> set[int]:
        """Places of vertical rules: 0 is left of the first column."""
        if self.look.rules == FULL:
            return set(range(self.columns + 1))
        return (
            self.grid.groups_end - {self.columns}
            if self.look.rules == BARS
            else set()
        )

    def specification(self) -> str:
        parts = ["|" if 0 in self.bars else ""]
        if self.look.width == STAR:
            parts.append(r"@{\extracolsep{\fill}}")
        for place, align in enumerate(self.grid.aligns):
            parts.append(self._column_type(align))
            parts.append("|" if place + 1 in self.bars else "")
        return "".join(parts)

    def _column_type(self, align: str) -> str:
        if align == "X":
            return "L" if self.look.ragged else "X"
        return "C" if self.look.width == STRETCHED and align == "c" else align

    def tabular(self) -> str:
        """Write the whole environment."""
        opened, name = self._environment()
        gaps = r"\setlength{\tabcolsep}{3pt}" if self.look.narrow_gaps else ""
        return f"{gaps}\\begin{opened}{{{self.specification()}}}\n{self.head()}{self.body()}{self.closing()}\\end{{{name}}}"

    def _environment(self) -> tuple[str, str]:
        if self.look.width == STAR:
            return r"{tabular*}{\linewidth}", "tabular*"
        if self.look.width == STRETCHED or "X" in self.grid.aligns:
            return r"{tabularx}{\linewidth}", "tabularx"
        return "{tabular}", "tabular"

    def head(self) -> str:
        """Write the rows of the head between their rules."""
        lines = [self._outer_rule("\\toprule\n")]
        rows = self.grid.head
        covers = _covers(rows, self.columns)
        for place, row in enumerate(rows):
            colour = (
                "\\rowcolor{shade}"
                if self.look.coloured == "head" and len(rows) == 1
                else ""
            )
            lines.append(
                colour + self._row(row, covers[place], first=place == 0)
            )
            if place + 1 < len(rows):
                lines.append(self._rule_below(row, covers[place : place + 2]))
        lines.append(
            {BOOKTABS: "\\midrule\n", NO_RULES: ""}.get(
                self.look.rules, "\\hline\n"
            )
        )
        return "".join(lines)

    def closing(self) -> str:
        return self._outer_rule("\\bottomrule\n")

    def _outer_rule(self, of_booktabs: str) -> str:
        ruled = "\\hline\\hline\n" if self.look.doubled else "\\hline\n"
        return {BOOKTABS: of_booktabs, NO_RULES: ""}.get(self.look.rules, ruled)

    def body(self) -> str:
        """Write the blocks of rows with what parts them."""
        parts = [
            self._block(block, last=block is self.grid.blocks[-1])
            for block in self.grid.blocks
        ]
        return f"{self.look.between_blocks}\n".join(parts)

    def _block(self, block: list[list[Cell]], *, last: bool) -> str:
        covers = _covers(block, self.columns)
        lines = []
        for place, row in enumerate(block):
            is_last = last and place + 1 == len(block)
            lines.append(self._row_colour(block, place, last=is_last))
            lines.append(self._row(row, covers[place]))
            if self.look.rules == FULL and place + 1 < len(block):
                lines.append(self._rule_below(row, covers[place : place + 2]))
            if (
                self._is_label(row)
                and self.look.between_blocks in {r"\midrule", r"\hline"}
                and self.look.label_align == "c"
            ):
                lines.append(self.look.between_blocks + "\n")
        return "".join(lines)

    def _is_label(self, row: list[Cell]) -> bool:
        return self.columns > 1 and row[0].colspan == self.columns

    def _row_colour(
        self, block: list[list[Cell]], place: int, *, last: bool
    ) -> str:
        if any(cell.rowspan > 1 for cell in block[0]):
            return ""  # a coloured row would cover the label beside it
        coloured = {
            "last row": last,
            "labels": self._is_label(block[place]),
            "second rows": place % 2 == 1,
        }
        return (
            "\\rowcolor{shade}"
            if coloured.get(self.look.coloured, False)
            else ""
        )

    def _rule_below(self, row: list[Cell], covers: list[list[bool]]) -> str:
        """Rule off what ends in this row: heads over several columns, or everything where all rules are drawn."""
        covered, covered_below = covers
        if self.look.rules == NO_RULES:
            return ""
        if self.look.rules == FULL:
            return _partial_rules(covered_below)
        command = "\\cmidrule(lr)" if self.look.rules == BOOKTABS else "\\cline"
        spans = [
            (place, cell.colspan)
            for place, cell in _placed(row, covered)
            if cell.colspan > 1
        ]
        return (
            "".join(
                f"{command}{{{place + 1}-{place + width}}}"
                for place, width in spans
            )
            + "\n"
        )

    def _row(
        self, row: list[Cell], covered: list[bool], *, first: bool = False
    ) -> str:
        written = {place: "" for place, hidden in enumerate(covered) if hidden}
        written |= {
            place: self._cell(cell, place)
            for place, cell in _placed(row, covered)
        }
        mark = r"\tablestart " if first else ""
        return (
            mark
            + " & ".join(written[place] for place in sorted(written))
            + r" \\"
            + "\n"
        )

    def _cell(self, cell: Cell, place: int) -> str:
        tex = cell.phrase.tex
        if cell.head and tex:
            tex = rf"\{self.look.head_face}{{{tex}}}"
        elif self._is_label([cell]) or cell.rowspan > 1:
            tex = rf"\{self.look.label_face}{{{tex}}}"
        if cell.turned and tex:
            tex = rf"\rotatebox[origin=c]{{90}}{{{tex}}}"
        if cell.rowspan > 1 and not cell.top and tex:
            tex = rf"\multirow{{{cell.rowspan}}}{{*}}{{{tex}}}"
        return self._spanning(cell, place, tex) if cell.colspan > 1 else tex

    def _spanning(self, cell: Cell, place: int, tex: str) -> str:
        align = self.look.label_align if self._is_label([cell]) else cell.align
        left = "|" if place == 0 and 0 in self.bars else ""
        right = "|" if place + cell.colspan in self.bars else ""
        return (
            rf"\multicolumn{{{cell.colspan}}}{{{left}{align}{right}}}{{{tex}}}"
        )


def _placed(row: list[Cell], covered: list[bool]) -> Iterator[tuple[int, Cell]]:
    """Give each cell of a row with the column in which it begins."""
    place = 0
    for cell in row:
        while covered[place]:
            place += 1
        yield place, cell
        place += cell.colspan


def _covers(rows: list[list[Cell]], columns: int) -> list[list[bool]]:
    """Tell for each place whether a cell of a row above covers it; one row more than there are."""
    covered = [[False] * columns for _ in range(len(rows) + 1)]
    for number, row in enumerate(rows):
        for place, cell in _placed(row, covered[number]):
            for below in range(number + 1, number + cell.rowspan):
                covered[below][place : place + cell.colspan] = [
                    True
                ] * cell.colspan
    return covered


def _partial_rules(covered: list[bool]) -> str:
    """Draw rules over every place that no cell covers."""
    if not any(covered):
        return "\\hline\n"
    return (
        "".join(
            f"\\cline{{{place + 1}-{place + 1}}}"
            for place, hidden in enumerate(covered)
            if not hidden
        )
        + "\n"
    )


def long_table(writer: TabularWriter, caption: str) -> str:
    """Write a table that goes on over pages, its head repeated on each."""
    width = writer.columns
    head = writer.head()
    again = head.replace(r"\tablestart", "")
    rows, _, end = writer.body().rpartition(r"\\")
    closing = writer.closing()
    return (
        f"\\begin{{longtable}}{{{writer.specification()}}}\n\\caption{{{caption}}}\\\\\n{head}\\endfirsthead\n"
        f"\\multicolumn{{{width}}}{{l}}{{\\small Table \\thetable{{}} (continued)}}\\\\\n{again}\\endhead\n"
        f"{closing}\\multicolumn{{{width}}}{{r}}{{\\small Continued on next page}}\\\\\n\\endfoot\n"
        f"{closing}\\endlastfoot\n{rows}\\tableend\\\\{end}\\end{{longtable}}"
    )
