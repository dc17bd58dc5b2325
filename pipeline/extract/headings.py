"""Finds the headings of a paper by learning how this paper sets them.

What is numbered 1, 2, 3 … in one style shows how sections are set; without numbers, well-known names do. What else
stands on a line of its own in that style is a section too; smaller styles and deeper numbers are subsections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.page import Span
from pipeline.extract.rows import Row

LONGEST = 18
"""Words of a heading."""
ROWS = 4
"""Rows of a heading."""
LARGER = 0.8
"""Points by which larger letters than the text's are seen to be larger."""
SAME_SIZE = 0.7
"""Points within which two headings have one size."""
NEAR_SIZE = 1.2
"""Points within which numbered headings may differ when their numbers go on."""
SMALLER = 1.6
"""Points by which bold capitals may be smaller than the text and still be a heading."""
LEADING = 1.75
"""Of the font size: the widest distance of two rows of one heading."""
OF_ONE_STYLE = 0.75
"""Of its letters that are bold in a bold heading: formulas in it are not."""
GAP = 1.25
"""Of the usual distance of rows: what an unnumbered subsection keeps from the text above."""
TITLE_SIZE = 2.2
"""Points by which a repeated title of the paper is larger than its section headings."""

_NUMBER = re.compile(
    r"(?:(?P<word>appendix|annex|chapter|section|kapitel|anhang|annexe)\s+)?"
    r"(?P<number>(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2})*)(?P<stop>[.:)]|(?=\s)|$)\s*(?P<title>.*)",
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    r"(abstract|references?( and notes)?|bibliography|literature( cited)?|works cited"
    r"|acknowledge?ments?|ccs concepts|(index |key ?)(words|terms)( and phrases)?|general terms"
    r"|appendi(x|ces)|supplement(al|ary)( materials?)?"
    r"|supporting information|zusammenfassung|literatur(verzeichnis)?|danksagung|anhang"
    r"|résumé|remerciements|bibliographie|références|摘\s*要|参考文献|致谢|附录|요약|초록|참고문헌|چکیده|منابع)\W*",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(introduction|(related|previous|prior) works?|background|methods?|methodology|approach|overview|motivation"
    r"|(our|proposed) (method|approach)|experiments?|(experimental |main )?results|evaluation|discussions?|conclusions?"
    r"|conclusions? and .*|concluding remarks|results and discussion|discussion and .*|limitations?|preliminaries"
    r"|materials and methods|future works?|ethic\w* (statement|considerations?)|(broader|societal) impacts?.*"
    r"|einleitung|引言|结论)\W*",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(theorem|lemma|proposition|corollary|definition|proof|remark|example|assumption|claim|algorithm|table|figure|fig\."
    r"|tab\.|input|output|require|ensure|listing|step|acm reference format|author'?s? contacts?"
    r"|corresponding author|dated)\b",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(table of )?contents|inhalt(sverzeichnis)?|table des matières|目\s*录", re.IGNORECASE)
_LISTED = re.compile(r"(\s|\.\s?\.\s?)\d{1,3}$")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SENTENCE_END = re.compile(r"[.,;]$")


class Style(NamedTuple):
    """How a heading is set."""

    size: float
    """Of its largest letters, in points."""
    bold: bool
    italic: bool
    caps: bool
    """All capitals, or small capitals."""
    font: str = ""
    """Of most letters."""

    def like(self, other: Style) -> bool:
        """True for the same setting, give or take rounding."""
        return abs(self.size - other.size) <= SAME_SIZE and self[1:4] == other[1:4]

    def near(self, other: Style) -> bool:
        """True for what careless authors take for the same setting."""
        return abs(self.size - other.size) <= NEAR_SIZE and self.bold == other.bold


class Numbering(NamedTuple):
    """The number before a heading."""

    kind: str
    """"arabic", "roman", "letter"."""
    depth: int
    """1 for "3", 2 for "3.1"."""
    value: int
    """Of the first part: 3 for "3.1", 2 for "B"."""
    title: str
    """What follows the number."""
    appendix: bool
    """The word Appendix stands before the number."""


@dataclass(frozen=True)
class Heading:
    """A heading and the rows it takes."""

    title: str
    level: int
    start: int
    """Index of its first row."""
    stop: int
    """Index after its last row."""


@dataclass(frozen=True)
class _Candidate:
    start: int
    stop: int
    text: str
    style: Style
    numberings: tuple[Numbering, ...]
    alone: bool
    """Stands apart from the text above."""
    page: int

    def number(self, kind: str) -> Numbering | None:
        return next((number for number in self.numberings if number.kind == kind), None)


def find_headings(rows: Sequence[Row]) -> list[Heading]:
    """The headings among the rows of a paper, in order."""
    body = body_style(rows)
    candidates = list(_without_contents(_candidates(rows, body)))
    top = _top_style(candidates)
    chain = _best_chain(candidates, top)
    levels = _Levels(candidates, chain, top, body)
    found = ((candidate, levels.of(candidate)) for candidate in candidates)
    return [Heading(candidate.text, level, candidate.start, candidate.stop) for candidate, level in found if level]


def body_style(rows: Iterable[Row]) -> Style:
    """The style of most letters: that of the running text."""
    letters: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for row in rows:
        letters[round(row.size * 2) / 2] += len(row.main.text)
        fonts[row.main.raw[-1]["font"]] += len(row.main.text)
    size = letters.most_common(1)[0][0] if letters else 10.0
    return Style(size, bold=False, italic=False, caps=False, font=fonts.most_common(1)[0][0] if fonts else "")


# ---- candidates ------------------------------------------------------------------------------------------------


def _candidates(rows: Sequence[Row], body: Style) -> Iterator[_Candidate]:
    leading = usual_leading(rows)
    i = end = 0
    while i < len(rows):
        style = _heading_style(rows[i], body)
        if style is None:
            i += 1
            continue
        stop = _extent(rows, i, style, body)
        text = _together(rows[i:stop])
        if stop - i <= ROWS and _plausible(text):
            alone = _apart(rows, i, leading) or end == i  # a subsection may follow its section at once
            yield _Candidate(i, stop, text, style, _numberings(text), alone, rows[i].page)
            end = stop
        i = stop


def _without_contents(candidates: Iterable[_Candidate]) -> Iterator[_Candidate]:
    """Candidates that are no lines of a table of contents, which end in page numbers."""
    listed = False
    for candidate in candidates:
        if listed and _LISTED.search(candidate.text):
            continue
        listed = bool(_CONTENTS.fullmatch(candidate.text))
        if not listed:
            yield candidate


def _heading_style(row: Row, body: Style) -> Style | None:
    """The row's style when it could be (part of) a heading, else None."""
    text = row.text
    if len(text) > 140 or len(text.split()) > LONGEST or row.size < body.size - 3:  # noqa: PLR2004
        return None
    if _ends_plainly(row, body) and not text.isupper():
        return None
    style = style_of(row)
    distinct = style.bold and (style.caps or _SPECIAL.fullmatch(text))
    if style.size < body.size - (SMALLER if distinct else SAME_SIZE):
        return None
    if style.bold or style.caps or style.italic or style.size >= body.size + LARGER:
        return style
    return None


def _ends_plainly(row: Row, body: Style) -> bool:
    """Its last letters are set like the running text: nothing more needs to be looked at."""
    last = next((span for span in reversed(row.lines[-1].raw) if not span["text"].isspace()), None)
    return last is not None and last["font"] == body.font and last["size"] < body.size + LARGER


def style_of(row: Row) -> Style:
    """How the letters of a row are set."""
    spans = [span for line in row.lines for span in line.spans if any(map(str.isalnum, span.text))]
    if not spans:
        return Style(row.size, bold=False, italic=False, caps=False)
    letters = sum(len(span.text) for span in spans)
    bold = sum(len(span.text) for span in spans if span.bold) >= OF_ONE_STYLE * letters and not _runs_in(spans)
    italic = sum(len(span.text) for span in spans if span.italic) >= OF_ONE_STYLE * letters
    font = max(spans, key=lambda span: len(span.text)).font
    return Style(max(span.size for span in spans), bold, italic, _capitals(spans), font)


def _runs_in(spans: Sequence[Span]) -> bool:
    """A bold lead with plain words after it."""
    if not spans[0].bold or spans[-1].bold:
        return False
    led = "".join(span.text for span in spans if span.bold).rstrip()
    return led.endswith((".", ":", "—")) or sum(map(str.isalpha, spans[-1].text)) > 3  # noqa: PLR2004


def _capitals(spans: Sequence[Span]) -> bool:
    text = "".join(span.text for span in spans)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    letters = "".join(words)
    if not letters:
        return False
    if any("csc" in span.font.lower() or "smallcap" in span.font.lower() for span in spans):
        return True
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)  # noqa: PLR2004


def _extent(rows: Sequence[Row], start: int, style: Style, body: Style) -> int:
    """Index after the last row that goes on the heading which begins at `start`."""
    stop = start + 1
    while stop < len(rows) and rows[stop].place == rows[start].place:
        above, row = rows[stop - 1], rows[stop]
        near = 0 < row.baseline - above.baseline <= LEADING * style.size
        if not near or _starts_anew(row, above):
            break
        next_style = _heading_style(row, body)
        if next_style is None or not _goes_on(style, next_style):
            break
        stop += 1
    return stop


def _goes_on(style: Style, other: Style) -> bool:
    return style.like(other) or (style.caps and other.caps and style.near(other))


def _starts_anew(row: Row, above: Row) -> bool:
    """A numbered row is a heading of its own, and so is one after a known name."""
    if _SPECIAL.fullmatch(above.text):
        return True
    return (
        any(number.kind != "roman" or number.value > 1 for number in _numberings(row.text))
        and row.indent <= above.indent + 1
    )


def _together(rows: Sequence[Row]) -> str:
    text = rows[0].text
    for row in rows[1:]:
        text = text[:-1] + row.text if re.search(r"[a-z]-$", text) and row.text[:1].islower() else f"{text} {row.text}"
    return text


def _plausible(text: str) -> bool:
    if len(text.split()) > LONGEST or not any(map(str.isalpha, text)) or _NEVER.match(text) or "@" in text:
        return False
    if _SENTENCE_END.search(text) and not _SPECIAL.fullmatch(text):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and letters >= 0.5 * len(text.replace(" ", ""))  # noqa: PLR2004


def usual_leading(rows: Sequence[Row]) -> float:
    """The usual distance between rows, in points."""
    steps = Counter(round(b.baseline - a.baseline) for a, b in pairwise(rows) if a.place == b.place)
    positive = [(count, step) for step, count in steps.items() if step > 4]  # noqa: PLR2004
    return max(positive)[1] if positive else 12.0


def _apart(rows: Sequence[Row], i: int, leading: float) -> bool:
    if i == 0 or rows[i - 1].place != rows[i].place:
        return True
    return rows[i].baseline - rows[i - 1].baseline >= GAP * leading or rows[i].baseline < rows[i - 1].baseline


def _numberings(text: str) -> tuple[Numbering, ...]:
    """Every way to read the number before a heading: "I" and "C" are letters and Roman numerals."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return ()
    first, *rest = found["number"].split(".")
    title, appendix = found["title"], bool(found["word"]) and found["word"].lower() not in {"section", "chapter"}
    if not title and not appendix and not found["word"]:
        return ()
    if title and title[0].islower() and title[0].isascii():
        return ()
    depth = 1 + len(rest)
    if first.isdigit():
        return (Numbering("arabic", depth, int(first), title, appendix),)
    readings = []
    if first.isupper() and set(first) <= set(_ROMAN):
        readings.append(Numbering("roman", depth, _roman(first), title, appendix))
    if len(first) == 1 and first.isupper() and (found["stop"] or rest or appendix or _titled(title)):
        readings.append(Numbering("letter", depth, ord(first) - 64, title, appendix))
    return tuple(readings)


def _titled(title: str) -> bool:
    """Words after a bare letter that make it a number: "A Proofs" is numbered, "A new method" is not."""
    return bool(title) and title[0].isupper()


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


# ---- levels ----------------------------------------------------------------------------------------------------


def _top_style(candidates: Sequence[_Candidate]) -> Style | None:
    """How this paper sets its sections."""
    for kinds in (("arabic", "roman"), ("letter",)):
        schemes = (scheme for scheme in _schemes(candidates) if scheme[0] in kinds)
        best = max((_chain(candidates, kind, style) for kind, style in schemes), key=_weight, default=[])
        if len(best) >= 2:  # noqa: PLR2004
            return best[0].style
    votes: Counter[Style] = Counter()
    for candidate in candidates:
        if _NAMED.fullmatch(candidate.text) or _SPECIAL.fullmatch(candidate.text):
            votes[candidate.style] += 2 if _NAMED.fullmatch(candidate.text) else 1
    if not votes:
        return best[0].style if best else None
    return max(votes, key=lambda style: (sum(n for other, n in votes.items() if style.like(other)), style.size))


def _schemes(candidates: Sequence[_Candidate]) -> Iterator[tuple[str, Style]]:
    seen: set[tuple[str, Style]] = set()
    for candidate in candidates:
        for number in candidate.numberings:
            key = (number.kind, candidate.style)
            if number.depth == 1 and key not in seen:
                seen.add(key)
                yield key


def _weight(chain: Sequence[_Candidate]) -> tuple[int, float]:
    known = sum(bool(_NAMED.fullmatch(number.title)) for c in chain for number in c.numberings)
    return len(chain) + known, chain[0].style.size if chain else 0.0


def _chain(candidates: Sequence[_Candidate], kind: str, style: Style | None) -> list[_Candidate]:
    """Candidates numbered 1, 2, 3 … in one style; one number may be missing."""
    chain: list[_Candidate] = []
    expected = 1
    for candidate in candidates:
        number = candidate.number(kind)
        if number is None or number.depth != 1 or (style and not candidate.style.like(style)):
            continue
        if expected <= number.value <= expected + 1:
            chain.append(candidate)
            expected = number.value + 1
    return chain


def _best_chain(candidates: Sequence[_Candidate], top: Style | None) -> list[_Candidate]:
    if top is None:
        return []
    kind = max(("arabic", "roman"), key=lambda kind: _weight(_chain(candidates, kind, top)))
    if len(_chain(candidates, kind, top)) < 2:  # noqa: PLR2004
        kind = "letter"
    return _mended(_chain(candidates, kind, top), kind, candidates, top)


def _mended(chain: list[_Candidate], kind: str, candidates: Sequence[_Candidate], top: Style) -> list[_Candidate]:
    """The chain with its missing numbers, where something nearly in its style bears them."""
    place = {id(candidate): (candidate.start, _value(candidate, kind)) for candidate in chain}
    for candidate in candidates:
        value = _value(candidate, kind)
        if not value or id(candidate) in place or not candidate.style.near(top):
            continue
        before = [number for start, number in place.values() if start < candidate.start]
        after = [number for start, number in place.values() if start > candidate.start]
        if max(before, default=0) == value - 1 and min(after, default=value + 1) > value:
            place[id(candidate)] = (candidate.start, value)
    return [candidate for candidate in candidates if id(candidate) in place]


def _value(candidate: _Candidate, kind: str) -> int:
    number = candidate.number(kind)
    return number.value if number and number.depth == 1 else 0


class _Levels:
    """Levels of candidates, once the paper's own style is known."""

    def __init__(
        self, candidates: Sequence[_Candidate], chain: list[_Candidate], top: Style | None, body: Style
    ) -> None:
        self.top, self.body = top, body
        self.chain = {id(candidate) for candidate in chain}
        self.kind = next((n.kind for c in chain[:1] for n in c.numberings), "")
        self.end = next(
            (c.start for c in candidates if re.match(r"(references|bibliography)\W*$", c.text, re.IGNORECASE)), 1 << 30
        )
        self.numbered = len(chain) >= 3  # noqa: PLR2004

    def of(self, candidate: _Candidate) -> int:
        """1 for a section, more for a subsection, 0 for no heading."""
        if id(candidate) in self.chain:
            return 1
        if self.top is None:
            return 1 if _SPECIAL.fullmatch(candidate.text) and candidate.alone else 0
        if candidate.style.size > self.top.size + TITLE_SIZE:
            return 0
        if _SPECIAL.fullmatch(candidate.text):
            return 1 if self._special(candidate) else 0
        if candidate.numberings:
            return self._numbered(candidate)
        return self._unnumbered(candidate)

    def _special(self, candidate: _Candidate) -> bool:
        return candidate.alone or candidate.style.like(self.top or candidate.style)

    def _numbered(self, candidate: _Candidate) -> int:
        assert self.top is not None  # noqa: S101
        number = candidate.numberings[0]
        if number.depth > 1:
            return min(number.depth, 4) if self._stands_out(candidate.style) else 0
        letter = candidate.number("letter")
        if letter and self._appendix(candidate, letter):
            return 1
        like_top = candidate.style.like(self.top)
        if (
            like_top
            and number.kind == self.kind
            and (candidate.start > self.end or self.top.size >= self.body.size + LARGER)
        ):
            return 1
        if letter:
            return 2 if candidate.alone and not like_top else int(like_top)
        return 0

    def _appendix(self, candidate: _Candidate, letter: Numbering) -> bool:
        assert self.top is not None  # noqa: S101
        if letter.appendix or candidate.style.like(self.top):
            return True
        large = candidate.style.size >= self.top.size - SAME_SIZE and candidate.style.bold == self.top.bold
        return candidate.start > self.end and large and candidate.alone

    def _unnumbered(self, candidate: _Candidate) -> int:
        assert self.top is not None  # noqa: S101
        if not candidate.alone or candidate.text[0].islower():
            return 0
        if candidate.style.like(self.top) and candidate.style.font == self.top.font:
            return 1
        if candidate.style.bold or candidate.style.size >= self.body.size + LARGER:
            return 2 if candidate.style.size >= self.body.size - SAME_SIZE else 0
        return 0

    def _stands_out(self, style: Style) -> bool:
        return style.bold or style.italic or style.caps or style.size >= self.body.size + LARGER
