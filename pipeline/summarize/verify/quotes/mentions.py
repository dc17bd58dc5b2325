"""What a statement names and its own passage does not: the sentences of the paper that tell it.

A quote seldom says the name of the method, the data set of its table, or the number that stands
two sentences before it. The nearest sentences that do are shown with it, and for a name that
stands nowhere near the sentence that introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.paper import Figure
from pipeline.summarize.verify import numbers
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.named_entities import latin, names_nothing
from pipeline.summarize.verify.quotes.blocks import TextBlock
from pipeline.summarize.verify.quotes.folding import (
    folded_letters,
    stands_in,
    words_of,
)
from pipeline.summarize.verify.quotes.passage_text import (
    ShownLine,
    sentence_lines,
    table_lines,
)
from pipeline.summarize.verify.quotes.passages import Located


@dataclass(frozen=True, slots=True)
class MentionSearch:
    """How far, how often and by which words what is missing is looked for."""

    reach: int = 3
    """Paragraphs on either side that are near."""
    near: int = 2
    """Sentences that are added from there."""
    names: int = 1
    """Names whose introduction is shown with one statement: the others are seldom its subject."""
    shortest: int = 40
    """Characters of a sentence that introduces a name."""
    letters: int = 3
    """Letters of a name that is looked for."""
    smallest: float = 2.0
    """Whole numbers up to this stand anywhere and tell nothing."""
    prose: frozenset[str] = frozenset(
        ["abstract", "body", "appendix", "caption", "footnote"]
    )
    introduced: re.Pattern[str] = re.compile(
        r"\b(?:propos|introduc|present|call|term|dub|nam|denot|refer|collect|construct)\w*"
        r"|提出|称为|简称|记为|构建",
        re.IGNORECASE,
    )
    table: re.Pattern[str] = re.compile(
        r"(?:\bTab(?:le|\.)|表)\s?([A-Z]?\d+|[IVX]+)\b"
    )
    own: re.Pattern[str] = re.compile(
        r"\b(?:we|this (?:paper|work|article)|our)\b.{0,60}\b(?:propos|introduc|present|develop|show)"
        r"|本文|我们",
        re.IGNORECASE,
    )
    han: re.Pattern[str] = re.compile(r"[\u3400-\u9fff]")


limits = MentionSearch()


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers and folded names of a statement that what is shown does not have."""

    numbers: tuple[numbers.Number, ...]
    names: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.names)

    def without(self, text: str) -> Missing:
        """What is still missing when a text is shown too."""
        known, words = _contents(text)
        return Missing(
            tuple(one for one in self.numbers if not known.holds(one)),
            tuple(name for name in self.names if not stands_in(name, words)),
        )

    def found_in(self, text: str) -> int:
        """How many of them a text has; a number is worth more than a name."""
        rest = self.without(text)
        found = len(self.numbers) - len(rest.numbers)
        return 2 * found + len(self.names) - len(rest.names)


@lru_cache(maxsize=4096)
def _contents(text: str) -> tuple[numbers.Index, tuple[str, ...]]:
    return numbers.index(text), tuple(words_of(text))


def missing_in(statement: str, shown: Sequence[ShownLine]) -> Missing:
    """The numbers and names of a statement that lines do not have."""
    language = "zh" if limits.han.search(statement) else "en"
    told = numbers.read_numbers(statement)
    names = {
        folded_letters(name)
        for name in latin(statement, language)
        if not names_nothing(name)
    }
    wanted = Missing(
        tuple(one for one in told if _tells(one)),
        tuple(sorted(name for name in names if len(name) >= limits.letters)),
    )
    return wanted.without("\n".join(line.text for line in shown))


def _tells(number: numbers.Number) -> bool:
    return number.value > limits.smallest or number.step < 1


def mention_lines(
    statement: str,
    located: Located,
    shown: Sequence[ShownLine],
    evidence: Evidence,
) -> list[ShownLine]:
    """The lines that tell what a statement mentions and its passage, as shown, does not."""
    missing = missing_in(statement, shown)
    if not missing:
        return []
    added: list[ShownLine] = []
    for block, at in _nearest(missing, located, evidence):
        added += sentence_lines(block, [at])
        missing = missing.without(block.sentences[at])
    if missing.numbers:
        added += _table_lines(statement, missing, located, evidence)
    known = missing.without(about_paper(evidence))
    for name in known.names[: limits.names]:
        added += _introduction(name, evidence)
    return added


def _nearest(
    missing: Missing, located: Located, evidence: Evidence
) -> Iterator[tuple[TextBlock, int]]:
    """The sentences near a quote that have most of what is missing."""
    places = list(_near_sentences(located, evidence))
    for _ in range(limits.near):
        worth = [missing.found_in(block.sentences[at]) for block, at in places]
        best = max(worth, default=0)
        if not best:
            return
        block, at = places[worth.index(best)]
        yield block, at
        missing = missing.without(block.sentences[at])


def _near_sentences(
    located: Located, evidence: Evidence
) -> Iterator[tuple[TextBlock, int]]:
    """The sentences of a quote's paragraph and of those near it, the nearest paragraphs first."""
    here = evidence.blocks.index(located.block)
    order = sorted(
        range(len(evidence.blocks)), key=lambda place: abs(place - here)
    )
    for place in order[: 2 * limits.reach + 1]:
        block = evidence.blocks[place]
        if block.kind in limits.prose:
            yield from ((block, at) for at in range(len(block.sentences)))


def _table_lines(
    statement: str, missing: Missing, located: Located, evidence: Evidence
) -> Iterator[ShownLine]:
    """The rows with the missing numbers in a table that the quote's paragraph names."""
    for figure in _tables_named(located.block.text, evidence):
        if missing.found_in(figure.text) and figure is not located.figure:
            yield from table_lines(figure, statement, evidence)
            return


def _tables_named(text: str, evidence: Evidence) -> Iterator[Figure]:
    labels = limits.table.findall(text)
    for figure in evidence.document.figures:
        if figure.kind == "table" and figure.label in labels:
            yield figure


def _introduction(name: str, evidence: Evidence) -> Iterable[ShownLine]:
    """The sentence that introduces a name: in brackets behind its long form, or where it is given."""
    places = [
        (block, at)
        for block in evidence.blocks
        if block.page and block.kind in limits.prose
        for at, text in enumerate(block.sentences)
        if len(text) >= limits.shortest and stands_in(name, _contents(text)[1])
    ]
    if not places:
        return []
    block, at = max(
        places,
        key=lambda place: _introduces(name, place[0].sentences[place[1]]),
    )
    return sentence_lines(block, [at])


def _introduces(name: str, sentence: str) -> int:
    inside = re.findall(r"[(（]([^()（）]+)[)）]", sentence)
    if any(folded_letters(one) == name for one in inside):
        return 2
    return 1 if limits.introduced.search(sentence) else 0


def about_paper(evidence: Evidence) -> str:
    """The title, and the sentence of the abstract that says what the authors do."""
    title = evidence.document.title
    blocks = (one for one in evidence.blocks if one.kind == "abstract")
    sentences = [text for block in blocks for text in block.sentences]
    own = (text for text in sentences if limits.own.search(text))
    return "\n".join(filter(None, (title, next(own, ""))))
