"""What a paper holds, prepared once so that many statements can be looked up in it fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.paper import Document, Figure, Paper, Passage
from pipeline.summarize.verify import numbers
from pipeline.summarize.verify.quotes.blocks import TextBlock, join_texts
from pipeline.summarize.verify.quotes.folding import folded_letters
from pipeline.summarize.verify.quotes.passages import Located, locate
from pipeline.summarize.verify.quotes.quote_index import (
    QuoteIndex,
    index_quotes,
)
from pipeline.summarize.verify.short_forms import topic_initials
from pipeline.summarize.verify.tables.table_grid import row_texts
from pipeline.summarize.verify.tables.table_values import TableValues


@dataclass(frozen=True)
class Evidence:
    """One paper and its record, ready for the checks."""

    quotes: QuoteIndex
    origins: tuple[Passage, ...]
    """Of each text of `quotes`, the passage that it is from."""
    numbers: numbers.Index
    front: str
    """Page 1 above the text and all affiliations, folded."""
    abstract: str
    """Folded."""
    affiliation: str
    """Of the first author as the PDF has it."""
    document: Document
    """As read, where case and order count."""
    topic: tuple[str, ...]
    """Title and abstract in pieces between punctuation marks."""

    def find(self, quote: str) -> int | None:
        """The page on which a quote stands, or None when the paper does not hold it."""
        offset = self.quotes.find(quote)
        return None if offset is None else self.quotes.page_at(offset)

    def locate(self, quote: str) -> Located | None:
        """The sentences that a quote stands in and what is around them."""
        return locate(quote, self.quotes, self.blocks, self.document)

    @cached_property
    def blocks(self) -> tuple[TextBlock, ...]:
        """Its paragraphs, captions and texts of floats, whole."""
        return join_texts(self.quotes, self.origins)

    def abbreviates(self, letters: str) -> bool:
        """Whether these are the initials of a term of its topic that it says again and again."""
        return letters in self._initials

    @cached_property
    def _initials(self) -> frozenset[str]:
        return topic_initials(self.topic, self.quotes.words)

    def holds(self, letters: str) -> bool:
        """Whether folded letters stand in the paper as a word or as words."""
        return self.quotes.holds(letters)

    def has_stem(self, letters: str) -> bool:
        """Whether a word of the paper begins with these letters."""
        return self.quotes.has_stem(letters)

    @cached_property
    def values(self) -> TableValues:
        """The values of its tables."""
        return TableValues(self.document)

    def prints(self, word: str) -> bool:
        """Whether the PDF has a word in this very case."""
        whole = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
        return any(
            whole.search(text) for text in self.quotes.texts if word in text
        )


def gather_evidence(paper: Paper, document: Document) -> Evidence:
    """Prepare a paper: the passages of its PDF with their pages, then the words of its record."""
    record = (Passage(_record(paper), 0, "front"),)
    facts = (Passage(_facts(document), 0, "front"),)
    rows = [one for figure in document.figures for one in _rows_of(figure)]
    parts = [
        (text, page, passage)
        for passage in (*in_order(document), *record, *facts, *rows)
        for text, page in passage.by_page()
    ]
    counted = "\n".join(
        text for text, _, origin in parts if origin.kind != "references"
    )
    years = f"{paper.published.year} {paper.updated.year}"
    places = (
        document.front,
        *document.affiliations,
        document.first_affiliation,
    )
    topic = f"{paper.title}.{paper.abstract or document.abstract}"
    return Evidence(
        quotes=index_quotes([(text, page) for text, page, _ in parts]),
        origins=tuple(origin for _, _, origin in parts),
        numbers=numbers.index(f"{counted}\n{years}"),
        front=folded_letters("\n".join(places)),
        abstract=folded_letters(paper.abstract),
        affiliation=document.first_affiliation,
        document=document,
        topic=tuple(re.split(r"[.,;:!?()]", topic)),
    )


def _rows_of(figure: Figure) -> Iterator[Passage]:
    """The rows of a table in the forms in which a model may quote them, beside its text."""
    known = {folded_letters(figure.text)}
    for rows in row_texts(figure):
        letters = folded_letters(rows)
        if letters not in known:
            known.add(letters)
            yield Passage(rows, figure.page, "inside")


def in_order(document: Document) -> Iterator[Passage]:
    """The passages as a prompt has them: floats, footnotes and references behind the text.

    So a quote may run over what a page puts between two paragraphs.
    """
    pictures = {
        figure.text for figure in document.figures if figure.kind == "figure"
    }
    return iter(
        sorted(
            document.passages(), key=lambda passage: _rank(passage, pictures)
        )
    )


def _rank(passage: Passage, pictures: set[str]) -> int:
    if passage.kind == "inside":
        return 2 if passage.text in pictures else 1
    return {"caption": 1, "footnote": 3, "references": 4}.get(passage.kind, 0)


def _record(paper: Paper) -> str:
    texts = (paper.title, paper.abstract, paper.comment, paper.journal_ref)
    return "\n".join((*texts, *paper.authors, *paper.categories))


def _facts(document: Document) -> str:
    links = (*document.code_urls, *document.project_urls)
    return "\n".join((document.title, *document.affiliations, *links))
