"""What a paper holds, prepared once so that many statements can be looked up in it fast.

Everything is compared folded: compatibility forms, accents, case, hyphens, spaces and
punctuation are gone, so that ligatures, line breaks and the hyphens of either side make no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.paper import Document, Paper, Passage
from pipeline.summarize.verify import numbers
from pipeline.summarize.verify.table_results import Results

ANCHOR = 14
"""Letters of a piece of a quote that is looked up exactly to find where the quote may stand."""
SAME_PLACE = 24
"""Letters by which two pieces of one quote may be shifted against each other."""
CANDIDATES = 3
"""Places that are compared with a quote letter by letter."""
ALIKE = 91.0
"""Percent of letters that a quote and its place share, from which on they differ by slips only."""
SLIP = 9
"""Letters in a row that may be left out or put in: about one word."""
LONGEST_QUOTE = 1_000
"""Characters of a quote that is looked up; 25 words of any paper are fewer."""
CITATION = 60
"""Letters of a citation that may be left out of a quote."""
_NEGATION = frozenset(
    {
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
    }
)
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)
"""Words that a short form leaves out."""
LONGEST_FORM = 7
"""Letters of a short form."""
LEAST_TERM = 3
"""Words of a term that is abbreviated, and letters of each; two initials stand in any paper."""
SAID_AGAIN = 3
"""Times a paper says what is abbreviated, if the quote does not hold it."""
_STROKE = re.compile("[ıøłđæœ]")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_ACCENT = re.compile("[\u00a8\u00b4\u02c6\u02c7\u02d8-\u02dd]")
_APART = re.compile(
    r"(?<=[^\W\d_])\s?[\u00a8\u00b4\u02c6\u02c7\u02d8-\u02dd]\s?(?=[^\W\d_])"
)
"""Accents that a PDF has beside their letters: Lemaˆıtre."""
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
_CJK = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


def words_of(text: str) -> list[str]:
    """The words of a text in folded form; each Chinese character is one."""
    if text.isascii():
        return text.lower().translate(_SIGNS).split()
    whole = _APART.sub("", text) if _ACCENT.search(text) else text
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", whole)).casefold()
    plain = plain.translate(_LETTERS) if _STROKE.search(plain) else plain
    return _WORD.findall(_CJK.sub(r" \1 ", plain) if _CJK.search(plain) else plain)


def fold(text: str) -> str:
    """The letters and digits of a text in folded form."""
    return "".join(words_of(text))


@dataclass(frozen=True)
class Evidence:
    """One paper, folded."""

    words: tuple[str, ...]
    ends: tuple[int, ...]
    """Offset in `letters` where each word ends."""
    letters: str
    passages: tuple[int, ...]
    """Offsets in `letters` where each passage begins."""
    pages: tuple[int, ...]
    """The page of each passage; 0 for what stands in the record and not in the PDF."""
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
    _found: dict[str, int | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was looked up before: each quote is, by several checks."""

    def find(self, quote: str) -> int | None:
        """The page on which the quote stands, or None when the paper does not hold it in one
        piece.
        """
        if quote not in self._found:
            self._found[quote] = self._look_up(quote)
        return self._found[quote]

    def abbreviates(self, letters: str) -> bool:
        """Whether these are the initials of a term of its title or abstract that it says again
        and again.
        """
        return letters in self._initials

    @cached_property
    def _initials(self) -> frozenset[str]:
        topic = frozenset(
            run for sentence in self.topic for run in _runs(words_of(sentence))
        )
        counted = Counter(run for run in _runs(self.words) if run in topic)
        return frozenset(
            "".join(word[0] for word in run)
            for run, times in counted.items()
            if times >= SAID_AGAIN
        )

    def _look_up(self, quote: str) -> int | None:
        wanted = words_of(quote[: LONGEST_QUOTE + 1])
        letters = "".join(wanted)
        if not letters or len(quote) > LONGEST_QUOTE:
            return None
        offset = self._whole(letters)
        if offset is None:
            offset = self._nearly(wanted, letters)
        return None if offset is None else self.page(offset)

    def page(self, offset: int) -> int:
        """The page of a letter; 1-based, 0 for the record."""
        return self.pages[bisect_right(self.passages, offset) - 1]

    def holds(self, letters: str) -> bool:
        """Whether folded letters stand in the paper as a word or as words; a plural s makes no
        difference.
        """
        for offset in _all(self.letters, letters):
            end = offset + len(letters)
            if self._begins(offset) and (
                self._begins(end)
                or (self.letters[end] == "s" and self._begins(end + 1))
            ):
                return True
        return False

    @cached_property
    def results(self) -> Results:
        """Its values by data set and metric."""
        return Results(self.document)

    def prints(self, word: str) -> bool:
        """Whether the PDF has a word in this very case."""
        whole = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
        return any(
            whole.search(passage.text)
            for passage in self.document.passages()
            if word in passage.text
        )

    def has_stem(self, letters: str) -> bool:
        """Whether a word of the paper begins with these letters."""
        return any(map(self._parts, _all(self.letters, letters)))

    def _parts(self, offset: int) -> bool:
        """Whether a word begins there, or the text ends."""
        place = bisect_left(self.ends, offset)
        return offset == 0 or (place < len(self.ends) and self.ends[place] == offset)

    def _begins(self, offset: int) -> bool:
        """A word boundary, or a change between letters and digits or between alphabets."""
        if self._parts(offset):
            return True
        before, after = self.letters[offset - 1], self.letters[offset]
        return (
            before.isdigit() != after.isdigit() or before.isascii() != after.isascii()
        )

    def _whole(self, letters: str) -> int | None:
        """Where the letters stand in the PDF, at the beginning of a word if they do so anywhere."""
        places = [at for at in _all(self.letters, letters) if self.page(at)]
        return next(
            (at for at in places if self._parts(at)),
            places[0] if len(letters) > ANCHOR and places else None,
        )

    def _nearly(self, wanted: list[str], letters: str) -> int | None:
        found: list[tuple[float, int]] = []
        for shift in self._shifts(letters):
            low = max(0, shift - SAME_PLACE)
            window = self.letters[low : shift + len(letters) + SAME_PLACE + CITATION]
            match = fuzz.partial_ratio_alignment(
                letters, window, score_cutoff=ALIKE - 20
            )
            if match is not None and self.page(low + match.dest_start):
                start = low + match.dest_start
                found.append((self._agreement(wanted, letters, start), -start))
        score, start = max(found, default=(0.0, 0))
        return -start if score >= ALIKE else None

    def _shifts(self, letters: str) -> list[int]:
        """Where the quote would begin if its pieces stand where they were found; most often
        voted first.
        """
        votes: Counter[int] = Counter()
        for begin in range(0, max(1, len(letters) - ANCHOR + 1), ANCHOR // 2):
            for at in list(_all(self.letters, letters[begin : begin + ANCHOR]))[:20]:
                votes[max(0, at - begin) // SAME_PLACE] += 1
        return [place * SAME_PLACE for place, _ in votes.most_common(CANDIDATES)]

    def _agreement(self, wanted: list[str], letters: str, start: int) -> float:
        """Percent of letters shared with the text from `start` on; 0 if more than slips tell
        them apart.
        """
        text = self.letters[start : self._end(letters, start)]
        steps = list(Levenshtein.opcodes(letters, text))
        while steps and steps[-1].tag == "insert":
            steps.pop()
        sizes = [
            max(step.src_end - step.src_start, step.dest_end - step.dest_start)
            for step in steps
            if step.tag != "equal"
            and not (
                step.tag == "insert"
                and _is_citation(text[step.dest_start : step.dest_end])
            )
        ]
        end = start + (steps[-1].dest_end if steps else 0)
        if max(sizes, default=0) > SLIP or not self._same_sense(wanted, start, end):
            return 0.0
        return 100.0 * (1 - sum(sizes) / len(letters))

    def _end(self, letters: str, start: int) -> int:
        """Where a quote ends that begins at `start`: behind its last letters, if they stand
        about there.
        """
        last = letters[-ANCHOR // 2 :]
        low = start + len(letters) - len(last) - SLIP
        at = self.letters.find(last, low, low + CITATION + 2 * SLIP)
        return start + len(letters) if at < 0 else at + len(last)

    def _same_sense(self, wanted: list[str], start: int, end: int) -> bool:
        """No number and no negation of the quote may differ from the text between two offsets."""
        first, last = (
            bisect_right(self.ends, start),
            bisect_right(self.ends, end - 1) + 1,
        )
        text = self.words[first:last]
        here, there = Counter(text), Counter(wanted)
        digits = [word for word in there if any(letter.isdigit() for letter in word)]
        if any(here[word] < there[word] for word in digits):
            return False
        return all(here[word] == there[word] for word in _NEGATION) and _denied(
            wanted
        ) <= _denied(text)


def initials(words: Sequence[str]) -> frozenset[str]:
    """The initials of all runs of words, with and without the small ones among them."""
    large = [word for word in words if word not in _SMALL]
    runs = (
        each[start:end] for each in (words, large) for start, end in _spans(len(each))
    )
    return frozenset("".join(word[0] for word in run) for run in runs)


def _spans(size: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        yield from (
            (start, end)
            for end in range(start + 2, min(start + LONGEST_FORM, size) + 1)
        )


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Runs of three and more words that could make up a term: longer ones, without the small
    ones.
    """
    large = [
        word if len(word) > 1 and word.isalpha() else ""
        for word in words
        if word not in _SMALL
    ]
    for start, end in _spans(len(large)):
        if end - start >= LEAST_TERM and all(
            len(word) >= LEAST_TERM for word in large[start:end]
        ):
            yield tuple(large[start:end])


def _denied(words: Sequence[str]) -> set[tuple[str, str]]:
    """What each negation stands before."""
    return {(one, other) for one, other in pairwise(words) if one in _NEGATION}


def _is_citation(letters: str) -> bool:
    """Digits alone, or names with a year."""
    return len(letters) <= CITATION and (
        letters.isdigit() or bool(re.search(r"(?:19|20)\d\d", letters))
    )


def _all(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _in_order(document: Document) -> Iterator[Passage]:
    """The passages as a prompt has them, so that a quote may run over what a page puts between
    two paragraphs.
    """
    drawn = {figure.text for figure in document.figures if figure.kind == "figure"}
    late = {"caption": 1, "inside": 1, "footnote": 3, "references": 4}
    return iter(
        sorted(
            document.passages(),
            key=lambda one: (
                2
                if one.kind == "inside" and one.text in drawn
                else late.get(one.kind, 0)
            ),
        )
    )


def gather(paper: Paper, document: Document) -> Evidence:
    """Fold a paper: the passages of the PDF with their pages, then the words of its record."""
    parts = [
        (text, page, passage.kind)
        for passage in _in_order(document)
        for text, page in passage.by_page()
    ]
    record = "\n".join(
        (
            paper.title,
            paper.abstract,
            paper.comment,
            paper.journal_ref,
            *paper.authors,
            *paper.categories,
        )
    )
    parts.append((record, 0, "front"))
    parts.append(
        (
            "\n".join(
                (
                    document.title,
                    *document.affiliations,
                    *document.code_urls,
                    *document.project_urls,
                )
            ),
            0,
            "front",
        )
    )
    words: list[str] = []
    sizes = []
    for text, _, _ in parts:
        found = words_of(text)
        words += found
        sizes.append(sum(map(len, found)))
    ends = tuple(accumulate(map(len, words)))
    counted = "\n".join(text for text, _, kind in parts if kind != "references")
    return Evidence(
        words=tuple(words),
        ends=ends,
        letters="".join(words),
        passages=(0, *accumulate(sizes[:-1])),
        pages=tuple(page for _, page, _ in parts),
        numbers=numbers.index(
            f"{counted}\n{paper.published.year} {paper.updated.year}"
        ),
        front=fold(
            "\n".join(
                (document.front, *document.affiliations, document.first_affiliation)
            )
        ),
        abstract=fold(paper.abstract),
        affiliation=document.first_affiliation,
        document=document,
        topic=tuple(
            re.split(
                r"[.,;:!?()]", f"{paper.title}.{paper.abstract or document.abstract}"
            )
        ),
    )
