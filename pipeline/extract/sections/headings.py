"""Finds the headings of a paper by learning how this paper sets them.

What is numbered 1, 2, 3 … in one style shows how sections are set; without numbers, well-known
names do. What else stands on a line of its own in that style is a section too; smaller styles
and deeper numbers are subsections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.sections.heading_candidates import (
    CONTENTS,
    LARGER,
    NAMED,
    SAME_SIZE,
    SPECIAL,
    Candidate,
    HeadingStyle,
    find_candidates,
)
from pipeline.extract.sections.section_numbers import Numbering


@dataclass(frozen=True, slots=True)
class HeadingsRules:
    """Names and sizes of headings."""

    title_size: float = 2.2
    """Points by which a repeated title of the paper is larger than its section headings."""
    smaller: float = 1.6
    """Points by which a subsection in a font of headings may be smaller than the text."""
    closing: re.Pattern[str] = re.compile(
        r"(conclusions?|concluding remarks|conclusions? and .*|references|bibliography)\W*",
        re.IGNORECASE,
    )
    names: int = 3
    """Well-known sections without numbers that say more than numbers of other headings."""
    name_words: int = 9
    """Words of a name that is not known but shows how sections are set; sentences have more."""
    abstract: re.Pattern[str] = re.compile(
        r"(a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary)\W*", re.IGNORECASE
    )
    """May be larger than the sections: it belongs to the front."""


_rules = HeadingsRules()


NAMED_VOTES, SPECIAL_VOTES = 4, 3
"""Votes of a well-known section for its style, and of all those around the text together: these
are often set smaller.
"""


@dataclass(frozen=True)
class Heading:
    """A heading and the rows it takes."""

    title: str
    level: int
    start: int
    """Index of its first row."""
    stop: int
    """Index after its last row."""


def find_headings(rows: Sequence[Row], body: HeadingStyle) -> list[Heading]:
    """The headings among the rows of a paper, in order; `body` is the style of its text."""
    candidates = list(find_candidates(rows, body))
    top = _top_style(candidates)
    chain = _best_chain(candidates, top)
    levels = _Levels(candidates, chain, top, body)
    found = [(candidate, levels.of(candidate)) for candidate in candidates]
    return [
        Heading(candidate.text, level, candidate.start, candidate.stop)
        for candidate, level in _with_back_matter(found)
        if level
    ]


def _with_back_matter(
    found: Sequence[tuple[Candidate, int]],
) -> Iterator[tuple[Candidate, int]]:
    """Unknown names between the known ones after the text ("Ethical approval"), set like them,
    are sections too.
    """
    text = [c.start for c, _ in found if NAMED.fullmatch(_bare(c))]
    closing = [
        (candidate.start, candidate.style)
        for candidate, level in found
        if level == 1
        and SPECIAL.fullmatch(candidate.text)
        and candidate.start > max(text, default=0)
    ]
    for candidate, level in found:
        around = [
            start for start, style in closing if style.like(candidate.style)
        ]
        among = around and around[0] < candidate.start < around[-1]
        yield candidate, 1 if level == 2 and among else level  # noqa: PLR2004


def _top_style(candidates: Sequence[Candidate]) -> HeadingStyle | None:
    """How this paper sets its sections."""
    for kinds in (("arabic", "roman"), ("letter",)):
        schemes = (
            scheme for scheme in _schemes(candidates) if scheme[0] in kinds
        )
        best = max(
            (_chain(candidates, kind, style) for kind, style in schemes),
            key=_weight,
            default=[],
        )
        if len(best) >= 2 and _shows_sections(best, candidates):  # noqa: PLR2004
            return best[0].style
    named = _named_style(candidates)
    if named:
        return named
    if not any(NAMED.fullmatch(_bare(c)) for c in candidates):
        large = _largest_style(candidates)
        if large:
            return large
    votes = _votes(candidates)
    if not votes:
        return best[0].style if best else None
    return max(
        votes,
        key=lambda style: (
            sum(n for other, n in votes.items() if style.like(other)),
            style.size,
        ),
    )


def _votes(candidates: Sequence[Candidate]) -> Counter[HeadingStyle]:
    """Votes of well-known headings for the style of sections."""
    votes: Counter[HeadingStyle] = Counter()
    for candidate in candidates:
        numbered = [n.title for n in candidate.numberings if n.depth == 1]
        if any(map(NAMED.fullmatch, [candidate.text, *numbered])):
            votes[candidate.style] += NAMED_VOTES
        elif (
            SPECIAL.fullmatch(candidate.text)
            and votes[candidate.style] < SPECIAL_VOTES
        ):
            votes[candidate.style] += 1
    return +votes


def _shows_sections(
    chain: Sequence[Candidate], candidates: Sequence[Candidate]
) -> bool:
    """The numbered headings are sections: one of them is well known, or no others that are set
    larger, or are well known, stand without numbers.
    """
    if _knows(chain):
        return True
    large = _largest_style(candidates)
    if large and large.size > chain[0].style.size + SAME_SIZE:
        return False
    return _named_style(candidates) is None


def _largest_style(candidates: Sequence[Candidate]) -> HeadingStyle | None:
    """The largest style of several headings without numbers, of names that are not known; those
    at the end ("Funding") are often set smaller.
    """
    styles = [c.style for c in candidates if _is_unknown_name(c)]
    several = (s for s in styles if sum(map(s.like, styles)) >= _rules.names)
    return max(several, key=lambda style: style.size, default=None)


def _is_unknown_name(candidate: Candidate) -> bool:
    known = candidate.numberings or SPECIAL.fullmatch(candidate.text)
    short = len(candidate.text.split()) <= _rules.name_words
    return candidate.alone and short and not known


def _knows(chain: Sequence[Candidate]) -> bool:
    """A well-known name is among the headings of a chain."""
    return any(NAMED.fullmatch(n.title) for c in chain for n in c.numberings)


def _named_style(candidates: Sequence[Candidate]) -> HeadingStyle | None:
    """The style in which several well-known sections stand without numbers."""
    names = [c.style for c in candidates if NAMED.fullmatch(c.text) and c.alone]
    best = max(
        names, key=lambda style: sum(map(style.like, names)), default=None
    )
    return best if best and sum(map(best.like, names)) >= _rules.names else None


def _schemes(
    candidates: Sequence[Candidate],
) -> Iterator[tuple[str, HeadingStyle]]:
    seen: set[tuple[str, HeadingStyle]] = set()
    for candidate in candidates:
        for number in candidate.numberings:
            key = (number.kind, candidate.style)
            if number.depth == 1 and key not in seen:
                seen.add(key)
                yield key


def _weight(chain: Sequence[Candidate]) -> tuple[int, float]:
    known = sum(
        bool(NAMED.fullmatch(number.title))
        for c in chain
        for number in c.numberings
    )
    return len(chain) + known, chain[0].style.size if chain else 0.0


def _chain(
    candidates: Sequence[Candidate], kind: str, style: HeadingStyle | None
) -> list[Candidate]:
    """Candidates numbered 1, 2, 3 … in one style; one number may be missing."""
    chain: list[Candidate] = []
    expected = 1
    for candidate in candidates:
        number = candidate.number(kind)
        if (
            number is None
            or number.depth != 1
            or (style and not candidate.style.like(style))
        ):
            continue
        if expected <= number.value <= expected + 1:
            chain.append(candidate)
            expected = number.value + 1
    return chain


def _best_chain(
    candidates: Sequence[Candidate], top: HeadingStyle | None
) -> list[Candidate]:
    if top is None:
        return []
    kind = max(
        ("arabic", "roman"),
        key=lambda kind: _weight(_chain(candidates, kind, top)),
    )
    if (
        len(_chain(candidates, "letter", top))
        > 1
        >= len(_chain(candidates, kind, top))
    ):
        kind = "letter"
    chain = _chain(candidates, kind, top)
    if not chain:  # smaller ones are points of a list
        least = top.size - SAME_SIZE
        candidates = [c for c in candidates if c.style.size >= least]
    return _mended(chain, kind, candidates, top)


def _mended(
    chain: list[Candidate],
    kind: str,
    candidates: Sequence[Candidate],
    top: HeadingStyle,
) -> list[Candidate]:
    """The chain with its missing numbers, where something nearly in its style bears them."""
    place = {
        id(candidate): (candidate.start, _value(candidate, kind))
        for candidate in chain
    }
    for candidate in candidates:
        value = _value(candidate, kind)
        near = candidate.style.near(top) or _same_font(candidate.style, top)
        if not value or id(candidate) in place or not near:
            continue
        before = [
            number
            for start, number in place.values()
            if start < candidate.start
        ]
        after = [
            number
            for start, number in place.values()
            if start > candidate.start
        ]
        if (
            max(before, default=0) == value - 1
            and min(after, default=value + 1) > value
        ):
            place[id(candidate)] = (candidate.start, value)
    return [candidate for candidate in candidates if id(candidate) in place]


def _bare(candidate: Candidate) -> str:
    """Its text without the number."""
    return next((n.title for n in candidate.numberings), candidate.text)


def _value(candidate: Candidate, kind: str) -> int:
    number = candidate.number(kind)
    return number.value if number and number.depth == 1 else 0


class _Levels:
    """Levels of candidates, once the paper's own style is known."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        chain: list[Candidate],
        top: HeadingStyle | None,
        body: HeadingStyle,
    ) -> None:
        self.top, self.body = top, body
        self.chain = {id(candidate) for candidate in chain}
        self.kind = next((n.kind for c in chain[:1] for n in c.numberings), "")
        self.end = next(
            (
                c.start
                for c in candidates
                if re.match(
                    r"(references|bibliography)\W*$", c.text, re.IGNORECASE
                )
            ),
            1 << 30,
        )
        self.numbered = len(chain) >= 3  # noqa: PLR2004
        self.closing = max(
            (c.start for c in candidates if _rules.closing.fullmatch(_bare(c))),
            default=-1,
        )

    def of(self, candidate: Candidate) -> int:
        """1 for a section, more for a subsection, 0 for no heading."""
        if id(candidate) in self.chain:
            return 1
        if self.top is None:
            return (
                1
                if SPECIAL.fullmatch(candidate.text) and candidate.alone
                else 0
            )
        large = candidate.style.size > self.top.size + _rules.title_size
        if large and not _rules.abstract.fullmatch(candidate.text):
            return 0
        if SPECIAL.fullmatch(candidate.text):
            return 1 if self._special(candidate) else 0
        if candidate.numberings:
            return self._numbered(candidate)
        return self._unnumbered(candidate)

    def _special(self, candidate: Candidate) -> bool:
        return candidate.alone or candidate.style.like(
            self.top or candidate.style
        )

    def _numbered(self, candidate: Candidate) -> int:
        assert self.top is not None  # noqa: S101
        number = candidate.numberings[0]
        if number.depth > 1:
            return (
                min(number.depth, 4) if self._stands_out(candidate.style) else 0
            )
        letter = candidate.number("letter")
        if letter and self._appendix(candidate, letter):
            return 1
        like_top = candidate.style.like(self.top)
        if (
            like_top
            and number.kind == self.kind
            and (
                candidate.start > self.end
                or self.top.size >= self.body.size + LARGER
            )
        ):
            return 1
        if not letter:
            return 0
        if candidate.start < self.closing and self.kind != "letter":
            return 2 if candidate.alone else 0
        return 2 if candidate.alone and not like_top else int(like_top)

    def _appendix(self, candidate: Candidate, letter: Numbering) -> bool:
        assert self.top is not None  # noqa: S101
        if letter.appendix:
            return True
        if self.kind != "letter" and candidate.start < self.closing:
            return False  # a subsection: appendices follow the conclusion
        if candidate.style.like(self.top):
            return True
        large = (
            candidate.style.size >= self.top.size - SAME_SIZE
            and candidate.style.bold == self.top.bold
        )
        return candidate.start > self.end and large and candidate.alone

    def _unnumbered(self, candidate: Candidate) -> int:
        assert self.top is not None  # noqa: S101
        own = candidate.style.font in self.body.heading_fonts
        if not candidate.alone or (candidate.text[0].islower() and not own):
            return 0
        if candidate.style.like(self.top) and _same_font(
            candidate.style, self.top
        ):
            return 2 if CONTENTS.fullmatch(candidate.text) else 1
        if self._known_section(candidate):
            return 1
        if (
            candidate.style.bold
            or candidate.style.size >= self.body.size + LARGER
        ):
            step = _rules.smaller if own else SAME_SIZE
            return 2 if candidate.style.size >= self.body.size - step else 0
        return 0

    def _known_section(self, candidate: Candidate) -> bool:
        """A well-known name that is set no smaller than the sections, in another font or size:
        typesetters do not take the same one each time.
        """
        assert self.top is not None  # noqa: S101
        style, top = candidate.style, self.top
        if self.numbered or not NAMED.fullmatch(candidate.text):
            return False
        larger = style.size >= top.size and style.bold == top.bold
        return style.like(top) or (larger and style.caps == top.caps)

    def _stands_out(self, style: HeadingStyle) -> bool:
        return (
            style.bold
            or style.italic
            or style.caps
            or style.size >= self.body.size + LARGER
        )


def _same_font(a: HeadingStyle, b: HeadingStyle) -> bool:
    """Subsets of one font may differ in a number at the end of their names."""
    return a.font.rstrip("0123456789") == b.font.rstrip("0123456789")
