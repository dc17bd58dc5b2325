"""The texts of a paper joined to whole paragraphs, and these split into sentences.

A page break or a formula parts a paragraph in the middle of a sentence; nobody can judge a
statement by half a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pipeline.common.sentences import split_sentences
from pipeline.paper import Passage
from pipeline.summarize.verify.quotes.folding import folded_letters
from pipeline.summarize.verify.quotes.quote_index import QuoteIndex


@dataclass(frozen=True, slots=True)
class JoinForms:
    """Which texts are parts of one paragraph."""

    ended: re.Pattern[str] = re.compile(r"[.!?。！？][\"'”’)\]）】]*\s*$")
    goes_on: re.Pattern[str] = re.compile(r"\s*(?:[a-z]|[,;)，；）])")
    shortest: int = 40
    """Characters of a paragraph that may go on; shorter ones are titles and formulas."""
    kinds: frozenset[str] = frozenset(["abstract", "body", "appendix"])


join_forms = JoinForms()


@dataclass(frozen=True)
class TextBlock:
    """A paragraph, a caption, or the text inside a float."""

    number: int
    """Its place in the paper: the number of its first text."""
    text: str
    kind: str
    """As in Passage."""
    section: str
    """The title above it; "" for none."""
    page: int
    """1-based; 0 for the record."""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Each as it stands in the text."""
        return tuple(split_sentences(self.text)) or (self.text,)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """How many folded letters there are up to the end of each sentence."""
        sizes = (len(folded_letters(one)) for one in self.sentences)
        return tuple(accumulate(sizes))

    def sentences_at(self, begin: int, length: int) -> range:
        """The sentences that hold so many folded letters from an offset on."""
        last = len(self.sentences) - 1
        first = min(bisect_right(self.ends, begin), last)
        final = min(bisect_right(self.ends, begin + length - 1), last)
        return range(first, max(first, final) + 1)


def join_texts(
    quotes: QuoteIndex, origins: Sequence[Passage]
) -> tuple[TextBlock, ...]:
    """The texts of a paper as whole paragraphs, in the same order.

    Args:
        quotes: the texts.
        origins: the passage that each of them is from.
    """
    return tuple(
        _joined(quotes, origins, run) for run in _runs(quotes, origins)
    )


def _runs(
    quotes: QuoteIndex, origins: Sequence[Passage]
) -> Iterator[tuple[int, ...]]:
    """The numbers of the texts of each block."""
    run: tuple[int, ...] = ()
    for number in range(len(quotes.texts)):
        if run and not _goes_on(quotes, origins, number):
            yield run
            run = ()
        run += (number,)
    if run:
        yield run


def _goes_on(
    quotes: QuoteIndex, origins: Sequence[Passage], number: int
) -> bool:
    """Whether a text goes on with the sentence of the one before it."""
    before, here = origins[number - 1], origins[number]
    if before is here:
        return True
    if here.kind not in join_forms.kinds or before.kind != here.kind:
        return False
    if before.section != here.section:
        return False
    text = quotes.texts[number - 1]
    if len(text) < join_forms.shortest or join_forms.ended.search(text):
        return False
    return bool(join_forms.goes_on.match(quotes.texts[number]))


def _joined(
    quotes: QuoteIndex, origins: Sequence[Passage], run: Sequence[int]
) -> TextBlock:
    text = ""
    for number in run:
        parted = text and origins[number] is not origins[number - 1]
        text += (" " if parted else "") + quotes.texts[number]
    first = run[0]
    origin = origins[first]
    return TextBlock(
        first, text, origin.kind, origin.section, quotes.pages[first]
    )
