"""Documents with tables: which table in which template, at which place and with which looks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.tables import described, floats, grid, latex, pages, scored
from bench.tables.contents import Content
from bench.tables.floats import (
    COLUMN,
    LONG,
    PAIR,
    SIDEWAYS,
    WIDE,
    WRAPPED,
    Typeset,
)
from bench.tables.grid import Grid
from bench.tables.pages import Template
from bench.tables.values import WORDS

END = "\\end{document}\n"
SIZES = {
    "normalsize": 1.0,
    "small": 0.9,
    "footnotesize": 0.8,
    "scriptsize": 0.7,
}
Maker = Callable[[random.Random], Content]
MAKERS: dict[Maker, int] = {
    scored.make_results: 10,
    scored.make_ablation: 6,
    described.make_hyperparameters: 3,
    described.make_statistics: 4,
    scored.make_user_study: 3,
    described.make_comparison: 3,
    scored.make_costs: 2,
    described.make_measurements: 2,
    described.make_confusion: 1,
}
"""Kinds of tables, and how often each is made."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A document with a table, or with two side by side."""

    index: int
    template: Template
    place: str
    tables: list[Typeset]
    first_number: int
    source: str

    @property
    def name(self) -> str:
        return f"table-{self.index:04}"


def _widest(content: Content) -> float:
    """Estimate the width of a table in ems: half an em a letter, and the gaps."""
    rows = [row for group in content.groups for row in group.rows]
    heads = [column.heads[-1] for column in content.columns]
    letters = [
        max(len(phrase.text) for phrase in column)
        for column in zip(heads, *rows, strict=True)
    ]
    kept = [
        24 if column.align == "X" else most
        for column, most in zip(content.columns, letters, strict=True)
    ]
    return 0.5 * sum(kept) + 1.2 * len(content.columns)


def _choose_grouping(rng: random.Random, content: Content, place: str) -> str:
    if not content.grouped:
        return grid.RULES_ONLY
    if place == LONG:
        return rng.choice(
            [grid.LINE, grid.LINE, grid.RULES_ONLY]
        )  # a label beside rows hangs over the page's end
    choices = [
        grid.LINE,
        grid.LINE,
        grid.LEFT,
        grid.LEFT,
        grid.FIRST_ROW,
        grid.RULES_ONLY,
    ]
    if all(
        len(group.label) <= 1.5 * len(group.rows) for group in content.groups
    ):
        choices += [grid.TURNED] * 6
    return rng.choice(choices)


def _choose_width(rng: random.Random, content: Content, filled: float) -> str:
    """Choose what gives a table its width, by how much of the line it fills."""
    if any(column.align == "X" for column in content.columns):
        return latex.STRETCHED
    if filled > 1:
        return latex.NATURAL  # it will be made smaller
    if filled > 0.7:
        return rng.choice([latex.NATURAL, latex.RESIZED])
    even = [latex.STRETCHED] if filled < 0.5 else []
    return rng.choice(
        [latex.NATURAL, latex.NATURAL, latex.NATURAL, latex.STAR, *even]
    )


def _set_table(
    rng: random.Random, content: Content, template: Template, place: str
) -> Typeset:
    """Choose the looks of a table for its place."""
    line = _line(template, place)
    needed = _widest(content) * template.font
    fitting = [size for size, scale in SIZES.items() if needed * scale < line]
    size = rng.choice(fitting or ["footnotesize", "scriptsize"])
    filled = needed * SIZES[size] / line
    width = (
        latex.NATURAL if place == LONG else _choose_width(rng, content, filled)
    )
    grouping = _choose_grouping(rng, content, place)
    laid = _lay_out(rng, content, grouping)
    return Typeset(
        content,
        laid,
        latex.choose_look(rng, width),
        grouping,
        _caption(rng, content),
        size,
    )


def _lay_out(rng: random.Random, content: Content, grouping: str) -> Grid:
    flat = all(len(column.heads) == 1 for column in content.columns)
    wide = len(content.columns) > 4
    turned = (
        flat
        and wide
        and content.kind in {"ablation", "confusion"}
        and rng.random() < 0.25
    )
    return grid.arrange(
        content, grouping, blank_above=rng.random() < 0.2, turned_heads=turned
    )


def _caption(rng: random.Random, content: Content) -> str:
    part = rng.choice(WORDS["parts"]).lower()
    said = {
        "results": "Quantitative comparison with the state of the art",
        "ablation": f"Ablation of the {part} module",
        "hyperparameters": "Hyperparameters of training",
        "statistics": "Statistics of data sets",
        "user study": "Results of the user study",
        "comparison": "Comparison of related work",
        "costs": "Cost of methods",
        "measurements": "Measured quantities",
        "confusion": "Confusion matrix",
    }
    ends = [
        "",
        f" on unseen {part}",
        ". Best in bold, second best underlined",
        f" for {part} (higher is better)",
    ]
    return said[content.kind] + rng.choice(ends) + "."


def _choose_place(
    rng: random.Random, template: Template, content: Content
) -> str:
    """Choose where a table goes by the width that it needs, sometimes by chance."""
    needed = _widest(content) * template.font * SIZES["footnotesize"]
    chance = rng.random()
    if template.turns and (needed > 1.3 * template.width or chance < 0.03):
        return SIDEWAYS
    if template.two_columns and (
        needed > 1.3 * template.column or chance < 0.1
    ):
        return WIDE
    if (
        not template.two_columns
        and needed < 0.65 * template.width
        and chance < 0.6
    ):
        return WRAPPED
    return COLUMN


def _line(template: Template, place: str) -> float:
    """Give the width of the line in which a table stands."""
    widths = {
        COLUMN: template.column,
        WRAPPED: template.width / 2,
        PAIR: 0.48 * template.width,
        SIDEWAYS: 600.0,
    }
    return widths.get(place, template.width)


def _fitting(
    rng: random.Random, maker: Maker, template: Template, place: str
) -> Typeset:
    """Make tables until one is no wider than its place in small letters."""
    line = _line(template, place)
    while True:
        content = maker(rng)
        needed = _widest(content) * template.font * SIZES["scriptsize"]
        if needed < line:
            return _set_table(rng, content, template, place)


def _make_long(rng: random.Random) -> Content:
    return scored.make_results(rng, rng.randint(55, 95))


def _choose_tables(
    rng: random.Random, template: Template
) -> tuple[str, list[Typeset]]:
    chance = rng.random()
    if chance < 0.14 and not template.two_columns:
        return LONG, [_fitting(rng, _make_long, template, LONG)]
    if chance > 0.93:
        return PAIR, [
            _fitting(rng, maker, template, PAIR)
            for maker in (scored.make_costs, scored.make_user_study)
        ]
    maker = rng.choices(list(MAKERS), list(MAKERS.values()))[0]
    content = maker(rng)
    place = _choose_place(rng, template, content)
    return place, [_set_table(rng, content, template, place)]


def make_sample(seed: int, index: int) -> Sample:
    """Make one document from the seed and its number."""
    rng = random.Random(f"{seed} {index}")
    template = rng.choice(pages.TEMPLATES)
    place, tables = _choose_tables(rng, template)
    first = rng.randint(1, 9)
    source = _write_document(rng, template, place, tables, first)
    return Sample(index, template, place, tables, first, source)


def _write_document(
    rng: random.Random,
    template: Template,
    place: str,
    tables: list[Typeset],
    first: int,
) -> str:
    """Write text, perhaps a figure, the tables and more text, with a front or from the middle of a paper."""
    parts = [
        pages.preamble(template),
        f"\\begin{{document}}\n\\setcounter{{table}}{{{first - 1}}}\n",
    ]
    if rng.random() < 0.5 or template.front == "acm":
        parts.append(pages.front(rng, template))
    if place == WRAPPED:
        text = pages.plain_text(
            rng
        )  # a list or a formula would run into the table
        return "".join(
            [
                *parts,
                floats.set_float(rng, template, place, tables),
                text,
                pages.prose(rng, 6),
                END,
            ]
        )
    parts.append(pages.prose(rng, rng.randint(1, 4)))
    if rng.random() < 0.4:
        parts.append(
            pages.figure(rng, wide=template.two_columns and rng.random() < 0.3)
        )
    if place == LONG:
        parts.append(floats.set_long(tables[0]))
    else:
        parts.append(floats.set_float(rng, template, place, tables))
    after = rng.randint(12, 20) if template.two_columns else rng.randint(5, 10)
    return "".join([*parts, pages.prose(rng, after), END])
