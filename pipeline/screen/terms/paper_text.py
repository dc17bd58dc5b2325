"""A paper's words, read once for all topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from pipeline.paper import Paper
from pipeline.screen.terms.abbreviation_definitions import (
    Stems,
    read_definitions,
)
from pipeline.screen.terms.phrases import STOP_WORDS
from pipeline.screen.terms.tokenizer import (
    Place,
    read_sentences,
)

TITLE_COUNT = 3
"""A word of the title counts as often as this many in the abstract."""


class PaperText:
    """Title, abstract and comment as sentences; the rest is computed when it is first needed."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.sentences = read_sentences(paper)

    @cached_property
    def words(self) -> frozenset[str]:
        """All stems and, for abbreviations, all words as written."""
        words: set[str] = set()
        for sentence in self.sentences:
            words.update(sentence.stems, sentence.raw)
        return frozenset(words)

    @cached_property
    def definitions(self) -> Mapping[str, Stems]:
        """Abbreviations that the paper defines, with the content stems of their long forms."""
        return dict(read_definitions(self.paper.abstract))

    @cached_property
    def terms(self) -> Mapping[str, int]:
        """Content stems of title and abstract with how often they stand there."""
        words: list[str] = []
        for sentence in self.sentences:
            if sentence.stands is Place.TITLE:
                words.extend(sentence.stems * TITLE_COUNT)
            elif sentence.stands is not Place.COMMENT:
                words.extend(sentence.stems)
        found = Counter(words)
        return {
            word: count
            for word, count in found.items()
            if word not in STOP_WORDS
        }
