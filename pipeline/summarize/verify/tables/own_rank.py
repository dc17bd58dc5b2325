"""In which columns of its main table the paper's own method is not the best."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.common.sentences import split_sentences
from pipeline.paper import Document, Figure, TableLag
from pipeline.summarize.verify.tables.table_grid import (
    Grid,
    GridCell,
    grid_of,
)


@dataclass(frozen=True, slots=True)
class RankForms:
    """What tells a method's row, and which way a column counts."""

    own: re.Pattern[str] = re.compile(
        r"\b(?:ours?|proposed)\b|本文|我们的", re.IGNORECASE
    )
    no_method: re.Pattern[str] = re.compile(
        r"\b(?:g\.?t|ground[- ]truth|oracle|human|upper bound|real|w/o|without|improvement|gain|Δ)\b|^[\d\W]*$",
        re.IGNORECASE,
    )
    """Labels of rows that no method competes with: bounds, ablations, differences."""
    no_comparison: re.Pattern[str] = re.compile(
        r"ablat|variant|component|hyper-?parameter|sensitiv|statistic|消融|变体|组件|超参数",
        re.IGNORECASE,
    )
    """Captions of tables that compare the method with itself."""
    number: re.Pattern[str] = re.compile(
        r"[*†‡(]*([-−]?\d+(?:,\d{3})*(?:\.\d+)?)(?![\d.]*[×xKMB/:])"
    )
    """At the beginning of a cell."""
    more: re.Pattern[str] = re.compile(
        r"↑|⇑|higher is better|\b(?:m?PSNR|SSIM|MS-SSIM|acc(?:uracy)?|F1|mAP|AUROC|AUC|BLEU(?:-\d)?|METEOR|CIDEr"
        r"|ROUGE(?:-\w)?|m?IoU|CSIM|recall|precision)\b",
        re.IGNORECASE,
    )
    less: re.Pattern[str] = re.compile(
        r"↓|⇓|lower is better|\b(?:LPIPS|FID|FVD|KID|RMSE|MAE|MSE|NME|WER|CER|EER|PPL|perplexity)\b",
        re.IGNORECASE,
    )
    cost: re.Pattern[str] = re.compile(
        r"#|\b(?:param|flop|mac|time|size|epoch|step|year|venue|speed|latency|cost|fps|image|train|memory)",
        re.IGNORECASE,
    )
    """Heads of columns that a caption's metric does not speak of."""
    citation: re.Pattern[str] = re.compile(
        r"\s*(?:\[[\d,;\s–-]+\]|\((?:19|20)\d\d[a-z]?\))"
    )
    marks: str = " ↑↓⇑⇓*†‡"
    """Around the name of a column."""


@dataclass(frozen=True, slots=True)
class RankLimits:
    """When a table is taken to be read and understood."""

    tables: int = 2
    """Tables that are looked at."""
    others: int = 2
    """Other methods with a value in a column."""
    columns: int = 2
    """Columns whose direction is known."""
    longest: int = 40
    """Characters of the name of a method."""
    factor: float = 5.0
    """Between two values of a column of which neither was misread."""


_forms, _limits = RankForms(), RankLimits()


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that counts one way: the cells of the method itself, and of others."""

    name: str
    sign: int
    """1 where more is better, -1 where less is."""
    own: GridCell
    others: tuple[GridCell, ...]


def lags_of(document: Document, name: str) -> tuple[TableLag, ...]:
    """The columns of a main table in which another method has the better value.

    Main tables are the first two that set the method beside others in columns whose direction
    their heads or captions tell; of these the first with such a column. None are given where the
    method leads in no column: then its row, or the table, may have been misread.

    Args:
        document: what the PDF holds.
        name: what the title calls the method; "" for nothing.
    """
    compared = (
        (figure, columns)
        for figure in document.figures
        if len(columns := list(_columns(figure, name))) >= _limits.columns
    )
    found = (
        _sure_lags(columns, figure)
        for figure, columns in islice(compared, _limits.tables)
    )
    return next(filter(None, found), ())


def own_name(title: str) -> str:
    """The name that a title gives to its method, as in "PyNeRF: Pyramidal …"; "" for none."""
    name, colon, _ = title.partition(":")
    return name.strip() if colon and len(name.split()) <= 2 else ""  # noqa: PLR2004


def _sure_lags(
    columns: Sequence[_Column], figure: Figure
) -> tuple[TableLag, ...]:
    lags = [lag for one in columns if (lag := _lag(one, figure))]
    if len(lags) == len(columns) or not all(map(_is_near, lags)):
        return ()
    return tuple(lags)


def _is_near(lag: TableLag) -> bool:
    """Whether the two values are of one size."""
    low, high = sorted((abs(_float(lag.own)), abs(_float(lag.best))))
    return high <= _limits.factor * low


def _columns(figure: Figure, name: str) -> Iterator[_Column]:
    if figure.kind != "table" or not figure.cells:
        return
    if _forms.no_comparison.search(figure.caption):
        return
    grid = grid_of(figure)
    if grid is None or not _is_unambiguous(grid):
        return
    is_own = _own_row(name)
    by_column = grid.columns
    signs = {heads: _sign(" ".join(heads)) for heads in by_column}
    of_all = 0 if any(signs.values()) else _caption_sign(figure)
    for heads, cells in by_column.items():
        told = _forms.cost.search(" ".join(heads))
        sign = signs[heads] or (0 if told else of_all)
        rated = _rated(cells)
        own = [cell for cell in rated if is_own.search(cell.label)]
        if sign and len(own) == 1 and len(rated) > _limits.others:
            others = tuple(cell for cell in rated if cell is not own[0])
            yield _Column(_column_name(heads), sign, own[0], others)


def _is_unambiguous(grid: Grid) -> bool:
    """Whether each row has its own label, and each column its own heads."""
    places = [
        (cell.label, tuple(head for _, head in cell.heads))
        for cell in grid.cells
    ]
    return bool(grid.levels) and len(set(places)) == len(places)


def _own_row(name: str) -> re.Pattern[str]:
    if not name:
        return _forms.own
    named = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    return re.compile(f"{_forms.own.pattern}|{named}", re.IGNORECASE)


def _caption_sign(figure: Figure) -> int:
    """Which way all values count, where the caption begins with their metric."""
    first = next(split_sentences(figure.caption.partition(figure.label)[2]), "")
    second = next(iter(list(split_sentences(figure.caption))[1:2]), "")
    return _sign(first) or _sign(second)


def _sign(text: str) -> int:
    """1 where more is better, -1 where less is, 0 where a text does not say."""
    more, less = _forms.more.search(text), _forms.less.search(text)
    if bool(more) == bool(less):
        return 0
    return 1 if more else -1


def _rated(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of methods with a value; none where a method's row cannot be told or read."""
    found = [cell for cell in cells if not _forms.no_method.search(cell.label)]
    if any(not cell.label for cell in found):
        return []
    return [cell for cell in found if _forms.number.match(cell.text)]


def _lag(column: _Column, figure: Figure) -> TableLag | None:
    def rank(cell: GridCell) -> float:
        return column.sign * _value(cell)

    own, best = column.own, max(column.others, key=rank)
    method = _forms.citation.sub("", best.label).strip()
    if rank(best) <= rank(own) or len(method) > _limits.longest:
        return None
    return TableLag(
        table=figure.label,
        page=figure.page,
        column=column.name,
        own=_printed(own),
        best=_printed(best),
        method=method,
    )


def _value(cell: GridCell) -> float:
    return _float(_printed(cell))


def _float(printed: str) -> float:
    return float(printed.replace(",", "").replace("−", "-"))


def _printed(cell: GridCell) -> str:
    found = _forms.number.match(cell.text)
    return found[1] if found else ""


def _column_name(heads: Sequence[str]) -> str:
    """The heads of a column, from the top, without arrows."""
    named = (_forms.citation.sub("", head) for head in heads)
    bare = (head.strip(_forms.marks) for head in named)
    return " ".join(dict.fromkeys(filter(None, bare)))
