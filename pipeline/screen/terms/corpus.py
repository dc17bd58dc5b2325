"""Papers read once for all topics: words, tf-idf rows and places in the reduced space."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.common.tfidf import Rows
from pipeline.paper import Paper
from pipeline.screen.terms.background import Background
from pipeline.screen.terms.paper_text import PaperText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int32]
    Nearest = tuple[NDArray[np.intp], Floats]
    """Places of papers, in no order, and their similarities."""


class Corpus:
    """A collection of papers under the statistics of a background.

    `learn`: the words of these papers count too, so that a field which the background does not
    know has its own.
    """

    def __init__(
        self,
        texts: Iterable[PaperText],
        background: Background,
        *,
        learn: bool = False,
    ) -> None:
        self.texts: Sequence[PaperText] = tuple(texts)
        self._counted = [text.terms for text in self.texts]
        self.background = (
            background.extended(self._counted) if learn else background
        )
        self._places = {
            _key(text.paper): at for at, text in enumerate(self.texts)
        }
        self._nearest: dict[tuple[int, int], Nearest] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def find(self, paper: Paper) -> int | None:
        """The place of a paper; None where it was not read, or had another text then."""
        place = self._places.get(_key(paper))
        return (
            place
            if place is not None and self.texts[place].paper == paper
            else None
        )

    @cached_property
    def rows(self) -> Rows:
        """The tf-idf of each paper."""
        return self.background.rows(self._counted)

    @cached_property
    def reduced(self) -> NDArray[np.float32]:
        """The place of each paper in the reduced space, a row a paper."""
        return self.background.reduce(self.rows)

    @cached_property
    def _postings(self) -> Rows:
        """Per term the papers that have it."""
        return self.rows.transposed(len(self.background.terms))

    def nearest(self, terms: Integers, weights: Floats, most: int) -> Nearest:
        """Find the papers whose words are most like a row of tf-idf weights."""
        return _highest(self._alike(terms, weights), most)

    def nearest_to(self, place: int, most: int) -> Nearest:
        """Find the papers most like one of these, without itself; each is looked for once."""
        known = self._nearest.get((place, most))
        if known is None:
            alike = self._alike(*self.rows.row(place))
            alike[place] = 0
            known = _highest(alike, most)
            self._nearest[place, most] = known
        return known

    def _alike(self, terms: Integers, weights: Floats) -> Floats:
        """Cosine similarity of each paper to a row."""
        import numpy as np

        starts = self._postings.starts
        counts = starts[terms + 1] - starts[terms]
        first = np.repeat(starts[terms] - counts.cumsum() + counts, counts)
        spots = first + np.arange(len(first))
        there = self._postings.weights[spots] * np.repeat(weights, counts)
        papers = self._postings.terms[spots]
        alike = np.bincount(papers, weights=there, minlength=len(self))
        return alike.astype(np.float32)


class PaperReader:
    """Reads papers, each once, as long as it is wanted again."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], PaperText] = {}

    def read(self, papers: Iterable[Paper]) -> list[PaperText]:
        """Read papers, keep them for the next call, and forget the others."""
        texts = [self._read(paper) for paper in papers]
        self._known = {_key(text.paper): text for text in texts}
        return texts

    def _read(self, paper: Paper) -> PaperText:
        known = self._known.get(_key(paper))
        return known if known and known.paper == paper else PaperText(paper)


def _highest(alike: Floats, most: int) -> Nearest:
    most = min(most, len(alike))
    order = alike.argpartition(-most)[-most:]
    return order, alike[order]


def _key(paper: Paper) -> tuple[str, int]:
    return paper.id, paper.version
