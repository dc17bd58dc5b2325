"""The passage that a quote stands in: its sentence, those around it, and the table it captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.common.sentences import split_sentences
from pipeline.paper import Document, Figure
from pipeline.summarize.verify.quotes.folding import folded_letters
from pipeline.summarize.verify.quotes.quote_index import QuoteIndex

_NEAR = 2
"""Texts on either side of a paragraph that are near it."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote stands."""

    text: str
    """The sentences that hold it."""
    before: str
    """The sentence before them in the same paragraph; "" at its beginning."""
    after: str
    """The sentence behind them in the same paragraph; "" at its end."""
    around: str
    """The whole paragraph with the two before and the two behind it, titles counted."""
    page: int
    kind: str
    """As in Passage."""
    figure: Figure | None = None
    """The figure or table whose caption or text it is."""

    @property
    def window(self) -> str:
        """The sentences with their neighbours."""
        return " ".join(filter(None, (self.before, self.text, self.after)))

    @property
    def is_caption(self) -> bool:
        """Whether the quote is of a caption or stands inside a float."""
        return self.kind in ("caption", "inside")


def locate(
    quote: str, quotes: QuoteIndex, kinds: Sequence[str], document: Document
) -> Located | None:
    """Find the passage of a quote; None when the paper does not hold it in one piece."""
    offset = quotes.find(quote)
    if offset is None:
        return None
    number = quotes.text_at(offset)
    begin = offset - quotes.starts[number]
    before, held, after = _sentences(
        quotes.texts[number], begin, len(folded_letters(quote))
    )
    around = quotes.texts[max(0, number - _NEAR) : number + _NEAR + 1]
    return Located(
        text=held,
        before=before,
        after=after,
        around="\n".join(around),
        page=quotes.pages[number],
        kind=kinds[number],
        figure=_figure(quotes.texts[number], document),
    )


def _sentences(text: str, begin: int, length: int) -> tuple[str, str, str]:
    """The sentence before, those that hold the letters, and the one behind.

    Args:
        text: a paragraph.
        begin: offset of the first letter among its folded letters.
        length: how many letters.
    """
    parts = list(split_sentences(text))
    ends = list(accumulate(len(folded_letters(part)) for part in parts))
    if not parts:
        return "", text, ""
    first = next(
        (at for at, end in enumerate(ends) if end > begin), len(parts) - 1
    )
    final = begin + length
    last = next(
        (at for at, end in enumerate(ends) if end >= final), len(parts) - 1
    )
    before = parts[first - 1] if first else ""
    after = parts[last + 1] if last + 1 < len(parts) else ""
    return before, " ".join(parts[first : last + 1]), after


def _figure(text: str, document: Document) -> Figure | None:
    for figure in document.figures:
        if text in (figure.caption, figure.text):
            return figure
    return None
