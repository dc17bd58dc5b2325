"""The passage that a quote stands in: its sentence, those around it, and the table it captions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.paper import Document, Figure
from pipeline.summarize.verify.quotes.blocks import TextBlock
from pipeline.summarize.verify.quotes.folding import folded_letters
from pipeline.summarize.verify.quotes.quote_index import QuoteIndex
from pipeline.summarize.verify.tables.table_grid import row_texts

_NEAR = 2
"""Texts on either side of a paragraph that are near it."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote stands."""

    block: TextBlock
    """The paragraph that holds it."""
    held: range
    """The sentences of the paragraph that hold it."""
    around: str
    """The whole paragraph with the two texts before and behind it, titles counted."""
    page: int
    figure: Figure | None = None
    """The figure or table whose caption or text it is."""

    @property
    def text(self) -> str:
        """The sentences that hold it."""
        return " ".join(self.block.sentences[at] for at in self.held)

    @property
    def before(self) -> str:
        """The sentence before them in the same paragraph; "" at its beginning."""
        first = self.held.start
        return self.block.sentences[first - 1] if first else ""

    @property
    def after(self) -> str:
        """The sentence behind them in the same paragraph; "" at its end."""
        behind = self.block.sentences[self.held.stop :]
        return behind[0] if behind else ""

    @property
    def window(self) -> str:
        """The sentences with their neighbours."""
        return " ".join(filter(None, (self.before, self.text, self.after)))

    @property
    def kind(self) -> str:
        """As in Passage."""
        return self.block.kind

    @property
    def is_caption(self) -> bool:
        """Whether the quote is of a caption or stands inside a float."""
        return self.kind in ("caption", "inside")


def locate(
    quote: str,
    quotes: QuoteIndex,
    blocks: Sequence[TextBlock],
    document: Document,
) -> Located | None:
    """Find the passage of a quote; None when the paper does not hold it in one piece."""
    offset = quotes.find(quote)
    if offset is None:
        return None
    number = quotes.text_at(offset)
    place = bisect_right(blocks, number, key=lambda one: one.number) - 1
    block = blocks[place]
    begin = offset - quotes.starts[block.number]
    near = blocks[max(0, place - _NEAR) : place + _NEAR + 1]
    return Located(
        block=block,
        held=block.sentences_at(begin, len(folded_letters(quote))),
        around="\n".join(one.text for one in near),
        page=quotes.pages[number],
        figure=_figure(block, document),
    )


def _figure(block: TextBlock, document: Document) -> Figure | None:
    """The figure or table whose caption, text or rows these are."""
    for figure in document.figures:
        if block.text in (figure.caption, figure.text):
            return figure
    if block.kind != "inside":
        return None
    tables = (one for one in document.figures if one.kind == "table")
    return next((one for one in tables if block.text in row_texts(one)), None)
