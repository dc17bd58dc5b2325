"""The words of a paper, folded, in which a quote is found in spite of the slips of either side.

A quote is looked up letter by letter; where it does not stand as it is, the places that share most
of its pieces are compared with it, and one is taken if slips alone tell them apart: a few wrong
letters, a left out citation, but no other number and no negation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from pipeline.summarize.verify.quotes.folding import words_of


@dataclass(frozen=True, slots=True)
class QuoteLimits:
    """How far a quote may be from its place."""

    anchor: int = 14
    """Letters of a piece of a quote that is looked up exactly to find where it may stand."""
    shift: int = 24
    """Letters by which two pieces of one quote may be shifted against each other."""
    candidates: int = 3
    """Places that are compared with a quote letter by letter."""
    places: int = 20
    """Places of one piece that are counted; a piece that stands more often says little."""
    alike: float = 91.0
    """Percent of letters that a quote and its place share."""
    alike_roughly: float = 71.0
    """The same of a first comparison that does not yet leave out citations."""
    slip: int = 9
    """Letters in a row that may be left out or put in: about one word."""
    citation: int = 60
    """Letters of a citation that may be left out of a quote."""
    longest: int = 1_000
    """Characters of a quote that is looked up; 25 words of any paper are fewer."""


limits = QuoteLimits()
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "cannot",
        "neither",
        "nor",
        "none",
        "不",
        "未",
        "无",
        "没",
    ]
)
"""Words that a quote may neither lose nor gain."""


@dataclass(frozen=True)
class QuoteIndex:
    """Texts of a paper with their pages, folded into one row of letters."""

    texts: tuple[str, ...]
    """As read, in the order in which they are folded."""
    pages: tuple[int, ...]
    """The page of each text; 0 for what stands in the record and not in the PDF."""
    words: tuple[str, ...]
    ends: tuple[int, ...]
    """Offset in `letters` where each word ends."""
    letters: str
    starts: tuple[int, ...]
    """Offset in `letters` where each text begins."""
    _found: dict[str, int | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was looked up before: each quote is, by several checks."""

    def find(self, quote: str) -> int | None:
        """The offset where a quote begins, or None when it does not stand in one piece."""
        if quote not in self._found:
            self._found[quote] = self._look_up(quote)
        return self._found[quote]

    def text_at(self, offset: int) -> int:
        """The number of the text in which a letter stands."""
        return bisect_right(self.starts, offset) - 1

    def page_at(self, offset: int) -> int:
        """The page of a letter; 1-based, 0 for the record."""
        return self.pages[self.text_at(offset)]

    def holds(self, letters: str) -> bool:
        """Whether folded letters stand in the paper as words; a plural s makes no difference."""
        return any(
            self._begins(offset) and self._stops(offset + len(letters))
            for offset in _all(self.letters, letters)
        )

    def has_stem(self, letters: str) -> bool:
        """Whether a word of the paper begins with these letters."""
        return any(map(self._parts, _all(self.letters, letters)))

    def _stops(self, end: int) -> bool:
        plural = self.letters[end : end + 1] == "s" and self._begins(end + 1)
        return self._begins(end) or plural

    def _parts(self, offset: int) -> bool:
        """Whether a word begins there, or the text ends."""
        place = bisect_left(self.ends, offset)
        return offset == 0 or (
            place < len(self.ends) and self.ends[place] == offset
        )

    def _begins(self, offset: int) -> bool:
        """A word boundary, or a change between letters and digits or between alphabets."""
        if self._parts(offset):
            return True
        before, after = self.letters[offset - 1], self.letters[offset]
        if before.isdigit() != after.isdigit():
            return True
        return before.isascii() != after.isascii()

    def _look_up(self, quote: str) -> int | None:
        wanted = words_of(quote[: limits.longest + 1])
        letters = "".join(wanted)
        if not letters or len(quote) > limits.longest:
            return None
        offset = self._whole(letters)
        return self._nearly(wanted, letters) if offset is None else offset

    def _whole(self, letters: str) -> int | None:
        """Where the letters stand in the PDF, at the beginning of a word if they do so anywhere."""
        places = [at for at in _all(self.letters, letters) if self.page_at(at)]
        for at in places:
            if self._parts(at):
                return at
        return places[0] if places and len(letters) > limits.anchor else None

    def _nearly(self, wanted: list[str], letters: str) -> int | None:
        found: list[tuple[float, int]] = []
        for shift in self._shifts(letters):
            low = max(0, shift - limits.shift)
            high = shift + len(letters) + limits.shift + limits.citation
            match = fuzz.partial_ratio_alignment(
                letters,
                self.letters[low:high],
                score_cutoff=limits.alike_roughly,
            )
            if match is not None and self.page_at(low + match.dest_start):
                start = low + match.dest_start
                found.append((self._agreement(wanted, letters, start), -start))
        score, start = max(found, default=(0.0, 0))
        return -start if score >= limits.alike else None

    def _shifts(self, letters: str) -> list[int]:
        """Where the quote would begin by the places of its pieces, most often voted first."""
        votes: Counter[int] = Counter()
        last = max(1, len(letters) - limits.anchor + 1)
        for begin in range(0, last, limits.anchor // 2):
            piece = letters[begin : begin + limits.anchor]
            for at in list(_all(self.letters, piece))[: limits.places]:
                votes[max(0, at - begin) // limits.shift] += 1
        most = votes.most_common(limits.candidates)
        return [place * limits.shift for place, _ in most]

    def _agreement(self, wanted: list[str], letters: str, start: int) -> float:
        """Percent of letters shared with the text from `start` on; 0 if more than slips differ."""
        text = self.letters[start : self._end(letters, start)]
        steps = list(Levenshtein.opcodes(letters, text))
        while steps and steps[-1].tag == "insert":
            steps.pop()
        sizes = list(_slips(steps, text))
        end = start + (steps[-1].dest_end if steps else 0)
        if max(sizes, default=0) > limits.slip:
            return 0.0
        if not self._same_sense(wanted, start, end):
            return 0.0
        return 100.0 * (1 - sum(sizes) / len(letters))

    def _end(self, letters: str, start: int) -> int:
        """Where a quote ends that begins at `start`: behind its last letters, if they are near."""
        last = letters[-limits.anchor // 2 :]
        low = start + len(letters) - len(last) - limits.slip
        at = self.letters.find(
            last, low, low + limits.citation + 2 * limits.slip
        )
        return start + len(letters) if at < 0 else at + len(last)

    def _same_sense(self, wanted: list[str], start: int, end: int) -> bool:
        """No number and no negation of the quote may differ from the text between two offsets."""
        first = bisect_right(self.ends, start)
        last = bisect_right(self.ends, end - 1) + 1
        text = self.words[first:last]
        here, there = Counter(text), Counter(wanted)
        digits = [word for word in there if any(map(str.isdigit, word))]
        if any(here[word] < there[word] for word in digits):
            return False
        if any(here[word] != there[word] for word in NEGATIONS):
            return False
        return _denied(wanted) <= _denied(text)


def index_quotes(texts: Sequence[tuple[str, int]]) -> QuoteIndex:
    """Fold texts with their pages."""
    words: list[str] = []
    sizes: list[int] = []
    for text, _ in texts:
        found = words_of(text)
        words += found
        sizes.append(sum(map(len, found)))
    return QuoteIndex(
        texts=tuple(text for text, _ in texts),
        pages=tuple(page for _, page in texts),
        words=tuple(words),
        ends=tuple(accumulate(map(len, words))),
        letters="".join(words),
        starts=(0, *accumulate(sizes[:-1])),
    )


def _slips(steps: Sequence[Opcode], text: str) -> Iterator[int]:
    """The letters of each difference that is no left out citation."""
    for step in steps:
        if step.tag == "equal":
            continue
        put_in = text[step.dest_start : step.dest_end]
        if step.tag == "insert" and _is_citation(put_in):
            continue
        yield max(
            step.src_end - step.src_start, step.dest_end - step.dest_start
        )


def _denied(words: Sequence[str]) -> set[tuple[str, str]]:
    """What each negation stands before."""
    return {(one, other) for one, other in pairwise(words) if one in NEGATIONS}


def _is_citation(letters: str) -> bool:
    """Digits alone, or names with a year."""
    if len(letters) > limits.citation:
        return False
    return letters.isdigit() or bool(re.search(r"(?:19|20)\d\d", letters))


def _all(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)
