"""Whether a value that a statement gives for a method, a data set or a metric is theirs.

A value is refused when the tables have it, and every cell with it stands in the row or below the
head of something else than what the statement speaks of, while the statement speaks of another row
or head of the same table. A value that the text gives beside those names is let through; the number
itself is another check's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.common.sentences import split_sentences
from pipeline.paper import Document, Figure
from pipeline.summarize.verify.tables.table_grid import (
    Grid,
    GridCell,
    grid_of,
    is_value,
)
from pipeline.summarize.verify.tables.table_labels import (
    meant,
    misplaced,
    names_in,
    read_label,
    words_in,
)
from pipeline.summarize.verify.tables.told_values import (
    Told,
    has_chinese_subject,
    holds,
    value_forms,
    value_parts,
    values_in,
)


@dataclass(frozen=True, slots=True)
class TableForms:
    """How tables and what is said of them name things."""

    number: re.Pattern[str] = re.compile(r"[-+]?\d*\.?\d+")
    longest_name: int = 40
    """Characters of a name at the head of a column or row; longer ones are sentences."""
    part: re.Pattern[str] = re.compile(r"[,;]\s|(?<=[a-z\d%)\]])\.\s(?=[A-Z])")
    """Ends of clauses in the text of a paper."""
    brackets: re.Pattern[str] = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))")
    signs: re.Pattern[str] = re.compile(r"[^\w@/+.-]+")
    total: re.Pattern[str] = re.compile(
        r"^(?:mean|avg\.?|average|overall|total|all|both)\b|^Δ",
        re.IGNORECASE,
    )
    """Columns that sum up others: a statement names those instead."""
    own: re.Pattern[str] = re.compile(
        r"本文|我们|作者的(?:方法|模型|系统|结果)|\b[Oo]urs?\b|\bthe proposed\b"
        r"|\bauthors['’] (?:own )?(?:method|model|system|entry|approach|network|result|submission)"
    )
    anaphora: re.Pattern[str] = re.compile(
        r"其|该(?:方法|模型|系统|框架|网络|算法|智能体)|\bits?\b"
        r"|\bthe (?:method|model|agent|system|approach|network|framework|algorithm)\b"
    )
    """What may speak of the paper's own method without its name."""
    short_form: re.Pattern[str] = re.compile(
        r"((?:\b[A-Z][\w-]+ ){1,4})\(([A-Z][A-Za-z0-9-]{1,9})\)"
    )
    ours_label: re.Pattern[str] = re.compile(
        r"(?:[Oo]ur )?(\S+) ?[(（]?[Oo]urs\b|[Oo]ur (\S+)$"
    )


table_forms = TableForms()


def named(cell: str) -> str:
    """The name in a cell without citations, arrows and units; "" when it is none."""
    if len(cell) > 2 * table_forms.longest_name:
        return ""
    bare = table_forms.signs.sub(" ", table_forms.brackets.sub("", cell))
    bare = " ".join(bare.split()).strip("-+. ")
    if not 1 < len(bare) <= table_forms.longest_name:
        return ""
    if is_value(bare) or not re.search(r"[A-Z]|[a-z]\d", bare):
        return ""
    return bare


@dataclass(frozen=True)
class TableValues:
    """The tables of a paper, and where its running text gives values."""

    document: Document

    @cached_property
    def grids(self) -> tuple[tuple[Figure, Grid], ...]:
        """Its tables."""
        tables = (one for one in self.document.figures if one.kind == "table")
        return tuple((one, grid) for one in tables if (grid := grid_of(one)))

    def columns(self, figure: Figure) -> list[list[float]]:
        """The numbers of each column of a table."""
        grids = (grid for one, grid in self.grids if one is figure)
        columns = [cells for grid in grids for cells in grid.columns.values()]
        return [list(_numbers_of(cells)) for cells in columns]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names at the heads of columns and rows, the longest first."""
        texts = [
            text
            for _, grid in self.grids
            for line in (*grid.levels, grid.labels)
            for text in line
        ]
        return tuple(sorted({*map(named, texts)} - {""}, key=len, reverse=True))

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Words that name what the paper itself proposes: of its title, and of rows "X (ours)"."""
        labels = [label for _, grid in self.grids for label in grid.labels]
        found = filter(None, map(table_forms.ours_label.match, labels))
        ours = [one[1] or one[2] for one in found]
        others = " ".join(label for label in labels if "urs" not in label)
        own = words_in(" ".join([*ours, self._titled]))
        return own - words_in(others)

    @property
    def _titled(self) -> str:
        """What stands before the colon of the paper's title: the name of its method."""
        name, colon, _ = self.document.title.partition(":")
        return name if colon else ""

    @cached_property
    def prose(self) -> tuple[tuple[str, str], ...]:
        """Abstract, paragraphs and captions, each with the title above it."""
        pieces = [(self.document.abstract, "")]
        for section in self.document.sections:
            if section.kind != "references":
                pieces += [
                    (one.text, section.title) for one in section.paragraphs
                ]
        pieces += [(figure.caption, "") for figure in self.document.figures]
        return tuple(pieces)

    def unfounded(
        self,
        text: str,
        passage: str,
        figure: Figure | None = None,
        *,
        is_row: bool = False,
    ) -> Iterator[tuple[str, str]]:
        """Each value of a statement that the tables give for something else.

        "3.75M parameters and 0.63 GMACs" does not name "Size", the head over 3.75M; of GMACs it
        speaks by 0.63 alone.

        Args:
            text: the statement.
            passage: what its quote stands in; values that it holds are not looked at, but for
                the only one of a statement whose quote is a row of a table.
            figure: the table that was quoted; its values are looked up there first, and whole
                numbers are values too.
            is_row: whether rows of it were quoted and not its caption.

        Returns:
            The values with the labels for which the statement gives them.
        """
        parts = list(self._told(text, figure))
        all_values = [value for part in parts for value in part.values]
        one_of_table = is_row and len(all_values) == 1
        said = self._words(text)
        for told in parts:
            for value in told.values:
                if holds(passage, value) and not one_of_table:
                    continue
                names = self._misplaced(value, told, figure)
                others = {one for part in parts for one in part.values}
                taken = self._heads_of(others - {value}, figure)
                own = self._heads_of([value], figure) - taken
                named = any(read_label(head).words & said for head in own)
                if names and (named or not set(names) <= taken):
                    yield value, ", ".join(names)

    def _heads_of(
        self, values: Iterable[str], figure: Figure | None
    ) -> frozenset[str]:
        """The heads over some values."""
        cells = [
            cell for one in values for _, cell in self._cells_with(one, figure)
        ]
        return frozenset(head for cell in cells for _, head in cell.heads)

    def _told(self, text: str, figure: Figure | None) -> Iterator[Told]:
        whole = figure is not None and figure.kind == "table"
        parts = list(value_parts(text))
        given = " ".join(part for part, compared in parts if not compared)
        everything = self._words(given)
        own = (
            words_in(self._titled)
            if table_forms.anaphora.search(text)
            else frozenset[str]()
        )
        for part, compared in parts:
            if values := values_in(part, whole=whole):
                yield Told(
                    values,
                    self._words(part),
                    everything,
                    names_in(text),
                    compared,
                    own,
                    has_chinese_subject(part),
                )

    def _words(self, text: str) -> frozenset[str]:
        """The words of a text, with "ours" where it speaks of what the paper proposes."""
        words = words_in(text)
        for long, short in self.short_forms:
            if long in text:
                words |= {short}
        own = table_forms.own.search(text) or words & self.own_names
        return words | {"ours"} if own else words

    @cached_property
    def short_forms(self) -> tuple[tuple[str, str], ...]:
        """Long names with the short form that the paper gives them: Decision Diffuser (DD)."""
        texts = " ".join(text for text, _ in self.prose)
        found = dict.fromkeys(table_forms.short_form.findall(texts))
        return tuple((long.strip(), short.lower()) for long, short in found)

    def _misplaced(
        self, value: str, told: Told, figure: Figure | None
    ) -> tuple[str, ...]:
        """The labels that the statement means where no cell with the value is theirs."""
        cells = list(self._cells_with(value, figure))
        if not cells:
            return self._misplaced_in_text(value, told)
        missed: tuple[str, ...] = ()
        for grid, cell in cells:
            names = _rivals(grid, cell, told)
            if not names:
                return ()
            missed += names
        quoted = figure is not None and figure.kind == "table"
        if self._is_said_of(value, told, missed if quoted else ()):
            return ()
        return tuple(dict.fromkeys(missed))

    def _cells_with(
        self, value: str, figure: Figure | None
    ) -> Iterator[tuple[Grid, GridCell]]:
        """The cells with a value: those of one table, if it has any, or else of all."""
        found = [
            (one, grid, cell)
            for one, grid in self.grids
            for cell in grid.cells
            if holds(cell.text, value) and cell.text not in cell.label
        ]
        quoted = [one for one in found if one[0] is figure]
        yield from ((grid, cell) for _, grid, cell in quoted or found)

    def _is_said_of(
        self, value: str, told: Told, meant_labels: Iterable[str]
    ) -> bool:
        """Whether the running text has the value beside a name of the statement.

        They stand in one clause, or in one sentence where the clause names nothing or no other
        value could be meant. One of the labels has to stand there too, if any are given.
        """
        wanted = [read_label(one).words & told.all for one in meant_labels]
        for part, sentence in self._clauses_with(value):
            there = words_in(part)
            words = words_in(sentence)
            if wanted and not any(label <= words for label in wanted):
                continue
            if told.names & there or value_forms.respectively.search(part):
                return True
            alone = len(set(value_forms.value.findall(sentence))) == 1
            silent = not there & self._label_names
            if (alone or silent) and told.names & words_in(sentence):
                return True
        return False

    def _misplaced_in_text(self, value: str, told: Told) -> tuple[str, ...]:
        """The labels that the statement means where each clause with the value has rivals only."""
        parts = [part for part, _ in self._clauses_with(value)]
        missed: tuple[str, ...] = ()
        for part in parts:
            names = (
                ()
                if value_forms.respectively.search(part)
                or told.names & words_in(part)
                else self._rivals_in(part, told)
            )
            if not names:
                return ()
            missed += names
        return tuple(dict.fromkeys(missed))

    def _rivals_in(self, part: str, told: Told) -> tuple[str, ...]:
        """The labels that the statement means and a clause does not, though it means others."""
        there = words_in(part)
        for _, grid in self.grids:
            for line in (*grid.levels, grid.labels):
                ours = meant(line, told.near) or meant(line, told.all)
                theirs = meant(line, there)
                if ours and theirs and not set(ours) & set(theirs):
                    return ours
        return ()

    def _clauses_with(self, value: str) -> Iterator[tuple[str, str]]:
        """The clauses that have a value, each with its sentence and the title above it."""
        for text, title in self.prose:
            if not holds(text, value):
                continue
            for sentence in split_sentences(text):
                for part in table_forms.part.split(sentence):
                    if holds(part, value):
                        yield part, f"{title} {sentence}"

    @cached_property
    def _label_names(self) -> frozenset[str]:
        """The words of all heads and labels that are written as names."""
        texts = [
            text
            for _, grid in self.grids
            for line in (*grid.levels, grid.labels)
            for text in line
        ]
        return frozenset().union(*(read_label(text).names for text in texts))


def _numbers_of(cells: Iterable[GridCell]) -> Iterator[float]:
    """The numbers with which cells begin."""
    for cell in cells:
        if read := table_forms.number.match(cell.text):
            yield float(read[0])


def _rivals(grid: Grid, cell: GridCell, told: Told) -> tuple[str, ...]:
    """What the statement gives a value of this cell to, if that is not the cell's."""
    heads = [head for _, head in cell.heads]
    rows = told.without(heads)
    strange = told.near & told.names - grid.words
    alone = told.compared or told.has_chinese_subject
    near = alone or bool(strange or meant(grid.labels, rows.near))
    said = rows.near if near else rows.all
    is_own = bool(read_label(cell.label).words & told.own)
    is_total = bool(table_forms.total.search(cell.label))
    names = misplaced(cell.label, grid.labels, said)
    if names and not is_own and not is_total:
        return names
    if any(map(table_forms.total.search, heads)):
        return ()
    columns = told.without([cell.label])
    named = any(meant(level, columns.near) for level, _ in cell.heads)
    near = named or told.has_chinese_subject
    said = columns.near if near else columns.all
    for level, head in cell.heads:
        if names := misplaced(head, level, said):
            return names
    return ()
