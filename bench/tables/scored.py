"""Tables of scores: results, ablations, costs and user studies over made-up values."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.tables import values
from bench.tables.contents import (
    Column,
    Content,
    Group,
    name_methods,
    part_into_groups,
)
from bench.tables.values import WORDS, Metric, NumberStyle, Phrase, plain


@dataclass(frozen=True, slots=True)
class Scores:
    """The metrics of a table under their data sets, and how their numbers are written."""

    heads: list[tuple[Phrase, ...]]
    metrics: list[Metric]
    style: NumberStyle
    best: str
    """How the best of a column is marked."""
    align: str
    marks: str
    """Sign of a footnote at some values, or nothing."""

    def columns(self) -> list[Column]:
        return [Column(head, self.align) for head in self.heads]


def _choose_scores(
    rng: random.Random,
    families: tuple[tuple[Metric, ...], ...],
    sets: int,
    each: int,
) -> Scores:
    family = rng.choice(families)
    metrics = rng.sample(family, min(each, len(family)))
    arrows = rng.random() < 0.6
    names = [_head_of(metric, arrows) for metric in metrics]
    above = _set_heads(rng, sets)
    heads = [(*head, name) for head in above for name in names]
    best = rng.choice(["bold", "bold", "both", "both", "colour", "none"])
    style = values.choose_number_style(rng, percent=family is values.LABELS)
    align = rng.choices("cr", [4, 1])[0]
    return Scores(
        heads,
        metrics * len(above),
        style,
        best,
        align,
        rng.choices(["", "†", "*"], [8, 1, 1])[0],
    )


def _head_of(metric: Metric, arrows: bool) -> Phrase:
    return (
        metric.name + plain(" " + metric.better)
        if arrows and metric.better
        else metric.name
    )


def _set_heads(rng: random.Random, sets: int) -> list[tuple[Phrase, ...]]:
    """Name the data sets above the metrics; four of them fall into two tasks."""
    if sets == 0:
        return [()]
    names = [
        plain(name)
        for name in values.distinct(rng, WORDS["sets"], WORDS["set_ends"], sets)
    ]
    if sets < 4:
        return [(name,) for name in names]
    tasks = plain("Same identity"), plain("Cross identity")
    return [
        (tasks[place * 2 // sets], name) for place, name in enumerate(names)
    ]


def _score_rows(
    rng: random.Random, scores: Scores, count: int
) -> list[list[Phrase]]:
    """Draw the values of `count` rows and mark the best of each column."""
    columns = [
        _score_column(rng, scores, metric, count) for metric in scores.metrics
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _score_column(
    rng: random.Random, scores: Scores, metric: Metric, count: int
) -> list[Phrase]:
    style = scores.style
    drawn = [rng.uniform(metric.low, metric.high) for _ in range(count)]
    ranked = sorted(
        range(count), key=drawn.__getitem__, reverse=metric.better == "↑"
    )
    missing = {row for row in range(count) if rng.random() < 0.04}
    phrases = []
    for row, value in enumerate(drawn):
        if row in missing:
            phrases.append(plain(style.missing))
            continue
        written = values.with_error(
            rng, style, values.number(style, value, metric.digits), metric
        )
        place = ranked.index(row) if metric.better else count
        if scores.marks and rng.random() < 0.05:
            written += plain(scores.marks)
        phrases.append(_marked(scores.best, place, written))
    return phrases


def _marked(best: str, place: int, written: Phrase) -> Phrase:
    """Mark the best value bold or in colour, the second best underlined."""
    match best, place:
        case (("bold" | "both"), 0):
            return values.wrapped_in("best", written)
        case "both", 1:
            return values.wrapped_in("underline", written)
        case "colour", (0 | 1 | 2):
            return Phrase(
                written.text, rf"\cellcolor{{rank{'abc'[place]}}}{written.tex}"
            )
    return written


def make_results(rng: random.Random, count: int = 0) -> Content:
    """Methods against metrics on data sets; a few rows where no count is asked for."""
    sets = rng.choice([0, 0, 1, 2, 2, 3, 4])
    scores = _choose_scores(
        rng,
        values.FAMILIES,
        sets,
        rng.randint(3, 7) if sets < 2 else rng.randint(2, 3),
    )
    count = count or rng.randint(4, 14)
    columns = [
        Column(
            (plain(rng.choice(["Method", "Model", "Methods", "Approach"])),),
            "l",
        )
    ]
    stubs = [[name] for name in name_methods(rng, count)]
    if rng.random() < 0.35:
        title, choices = rng.choice(
            [
                ("Backbone", WORDS["backbones"]),
                ("Venue", WORDS["venues"]),
                ("Year", ["2021", "2023"]),
            ]
        )
        columns.append(Column((plain(title),), "c"))
        stubs = [[*stub, plain(rng.choice(choices))] for stub in stubs]
    rows = [
        stub + row
        for stub, row in zip(
            stubs, _score_rows(rng, scores, count), strict=True
        )
    ]
    groups = part_into_groups(rng, rows, 4)
    return Content(
        "results",
        columns + scores.columns(),
        groups,
        len(columns),
        grouped=len(groups) > 1,
    )


def make_costs(rng: random.Random) -> Content:
    """Methods against what they cost."""
    scores = _choose_scores(rng, (values.COST,), 0, rng.randint(3, 6))
    names = name_methods(rng, rng.randint(3, 9))
    rows = [
        [name, *row]
        for name, row in zip(
            names, _score_rows(rng, scores, len(names)), strict=True
        )
    ]
    groups = part_into_groups(rng, rows, 2)
    return Content(
        "costs",
        [Column((plain("Method"),), "l"), *scores.columns()],
        groups,
        1,
        grouped=len(groups) > 1 and rng.random() < 0.5,
    )


def make_ablation(rng: random.Random) -> Content:
    """Parts of a method, on or off or named, against metrics."""
    scores = _choose_scores(
        rng, values.FAMILIES, rng.choice([0, 0, 1, 2]), rng.randint(2, 4)
    )
    count = rng.randint(4, 8)
    stubs, columns = rng.choice([_check_stubs, _without_stubs])(rng, count)
    rows = [
        stub + row
        for stub, row in zip(
            stubs, _score_rows(rng, scores, count), strict=True
        )
    ]
    return Content(
        "ablation",
        columns + scores.columns(),
        part_into_groups(rng, rows, 2),
        len(columns),
    )


def _check_stubs(
    rng: random.Random, count: int
) -> tuple[list[list[Phrase]], list[Column]]:
    number = rng.choice(["({})", "#{}", "Config {}", "M{}"])
    letters = rng.random() < 0.4
    parts = rng.sample(WORDS["parts"], rng.randint(2, 5))
    crossed = rng.choice(["✗", "✗", "", "–"])
    stubs = []
    for row in range(count):
        marks = [
            plain("✓" if rng.random() < 0.3 + row / count else crossed)
            for _ in parts
        ]
        stubs.append(
            [
                plain(number.format("abcdefgh"[row] if letters else row + 1)),
                *marks,
            ]
        )
    above = (plain("Components"),) if rng.random() < 0.3 else ()
    columns = [Column((*above, plain(part))) for part in parts]
    return stubs, [
        Column((plain(rng.choice(["ID", "", "Setting"])),), "l"),
        *columns,
    ]


def _without_stubs(
    rng: random.Random, count: int
) -> tuple[list[list[Phrase]], list[Column]]:
    sign = rng.choice(["w/o ", "− ", "+ "])
    parts = [
        f"{part} {rng.choice(WORDS['modules'])}"
        for part in rng.sample(WORDS["parts"], count - 1)
    ]
    names = [plain(sign + part.lower()) for part in parts]
    names.insert(rng.choice([0, count - 1]), plain("Full model"))
    return [[name] for name in names], [
        Column((plain(rng.choice(["Variant", "Model", "Setting"])),), "l")
    ]


def make_user_study(rng: random.Random) -> Content:
    """Methods against what people think of them: opinion scores or shares of votes."""
    scores = _choose_scores(
        rng, (values.OPINIONS,), rng.choice([0, 0, 0, 2]), rng.randint(3, 5)
    )
    names = name_methods(rng, rng.randint(3, 7))
    rows = [
        [name, *row]
        for name, row in zip(
            names, _score_rows(rng, scores, len(names)), strict=True
        )
    ]
    if rng.random() < 0.3:
        rows = [
            [
                name,
                *(plain(f"{rng.uniform(1, 70):.1f}%") for _ in scores.metrics),
            ]
            for name in names
        ]
    columns = [
        Column((plain(rng.choice(["Method", "Methods", ""])),), "l"),
        *scores.columns(),
    ]
    return Content("user study", columns, [Group("", rows)], 1)
