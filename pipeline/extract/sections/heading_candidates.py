"""Rows of a paper that could be headings: set in another style than the text and alone on their
line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.pdf.page import Span
from pipeline.extract.sections.abstract import KEYWORDS
from pipeline.extract.sections.section_numbers import Numbering, numberings


@dataclass(frozen=True, slots=True)
class HeadingCandidatesRules:
    """What sets a heading apart from the text."""

    longest: int = 18
    """Words of a heading."""
    letters: int = 140
    """Letters of a row of a heading."""
    rows: int = 4
    """Rows of a heading."""
    near_size: float = 1.2
    """Points within which numbered headings may differ when their numbers go on."""
    smaller: float = 1.6
    """Points by which bold capitals, and bold letters behind a number, may be smaller than the text
    and still be a heading.
    """
    much_smaller: float = 3.0
    """The same for well-known headings in a font of headings: journals set their last ones small."""
    indent: float = 3.0
    """Of the font size: a centred heading stands so far from its column's edges."""
    leading: float = 1.75
    """Of the font size: the widest distance of two rows of one heading."""
    of_one_style: float = 0.75
    """Of its letters that are bold in a bold heading: formulas in it are not."""
    headings: int = 2
    """Well-known headings from which on a font is one of headings."""
    other_size: float = 0.3
    """Points by which the rows of two headings differ."""
    ended: float = 4.0
    """Of the font size, that a heading in the style of the text leaves free at its end."""
    free: float = 1.0
    """Of the font size, beside the next word: a heading that leaves so much free has ended."""
    letter: float = 0.5
    """Of the font size: a letter's width on average."""
    gap: float = 1.25
    """Of the usual distance of rows: what an unnumbered subsection keeps from the text above."""
    never: re.Pattern[str] = re.compile(
        r"(theorem|lemma|proposition|corollary|definition|proof|remark|example|assumption|claim|algorithm|table|figure|fig\."
        r"|tab\.|input|output|require|ensure|listing|step|acm reference format|author'?s? contacts?"
        r"|corresponding author|dated)\b",
        re.IGNORECASE,
    )
    listed: re.Pattern[str] = re.compile(r"(\s|\.\s?\.\s?)\d{1,3}$")
    code: re.Pattern[str] = re.compile(
        r"[{;]$|\w\(\w*(\)|$)|(^|\s)(for|if|while|return) \(|:=|==|//"
    )
    references: re.Pattern[str] = re.compile(
        r"\W*(references?|bibliography|literature cited|参考文献)\W*",
        re.IGNORECASE,
    )
    first_entry: re.Pattern[str] = re.compile(r"[\[(]?1[\]).]?\s")
    """Begins the first of numbered references."""
    least_text: float = 0.15
    """Of the rows of a paper that stand before its references at least."""
    word: re.Pattern[str] = re.compile(r"[^\W\d_]{3}|[^\W\d_a-zA-Z]")
    sentence_end: re.Pattern[str] = re.compile(r"[.,;]$")


_rules = HeadingCandidatesRules()


LARGER = 0.8
"""Points by which larger letters than the text's are seen to be larger."""
SAME_SIZE = 0.7
"""Points within which two headings have one size."""
SPECIAL = re.compile(
    r"(a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|references?( and notes)?|bibliography|literature( cited)?|works cited"
    r"|acknowledge?ments?|ccs concepts|(index |key ?)(words|terms)( and phrases)?|general terms"
    r"|(declaration of )?(competing|conflicts? of|conflicting) interests?|conflicts? of interest( statement)?"
    r"|author(s['’]|['’]?s)? (contributions?|details|information)|funding( information| sources)?"
    r"|data (and code )?availability( statement)?|availability of data( and materials?)?|ethics approval( .*)?"
    r"|ethics (statement|declarations?)|consent for publication|abbreviations|nomenclature|disclosures?"
    r"|additional (files?|information|material)|pre-publication history|publisher['’]s note"
    r"|appendi(x|ces)|supplement(al|ary)( materials?)?"
    r"|supporting information|zusammenfassung|literatur(verzeichnis)?|danksagung|anhang"
    r"|résumé|remerciements|bibliographie|références|摘\s*要|参考文献|致谢|附录|요약|초록|참고문헌|چکیده|منابع)\W*",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(introduction|(related|previous|prior) works?|background|methods?|methodology|approach|overview|motivation"
    r"|(our|proposed) (method|approach)|experiments?|(experimental |main )?results|evaluation|discussions?|conclusions?"
    r"|conclusions? and .*|concluding remarks|results and discussion|discussion and .*|limitations?|preliminaries"
    r"|(materials?|patients|subjects|participants) and methods|experimental (section|procedures?)"
    r"|future works?|ethic\w* (statement|considerations?)|(broader|societal) impacts?.*"
    r"|einleitung|fazit|zusammenfassung und .*"
    r"|引言|绪论|相关工作|实验|结论|结语|总结|はじめに|おわりに|まとめ|関連研究|実験|考察|結論|서론|결론)\W*",
    re.IGNORECASE,
)


"""Sections that many papers have: they show how a paper sets its headings."""
CONTENTS = re.compile(
    r"(table of )?contents|inhalt(sverzeichnis)?|table des matières|目\s*录",
    re.IGNORECASE,
)


class HeadingStyle(NamedTuple):
    """How a heading is set."""

    size: float
    """Of its largest letters, in points."""
    bold: bool
    italic: bool
    caps: bool
    """All capitals, or small capitals."""
    font: str = ""
    """Of most letters."""
    heading_fonts: frozenset[str] = frozenset()
    """Of the text's style alone: other fonts, in which well-known headings are set."""
    heading_sizes: frozenset[tuple[str, float]] = frozenset()
    """Likewise: these fonts with the sizes of such headings, rounded to half points."""

    def like(self, other: HeadingStyle) -> bool:
        """True for the same setting, give or take rounding."""
        return (
            abs(self.size - other.size) <= SAME_SIZE and self[1:4] == other[1:4]
        )

    def near(self, other: HeadingStyle) -> bool:
        """True for what careless authors take for the same setting."""
        return (
            abs(self.size - other.size) <= _rules.near_size
            and self.bold == other.bold
        )


@dataclass(frozen=True)
class Candidate:
    """One or more rows that could be a heading."""

    start: int
    """Index of its first row."""
    stop: int
    """Index after its last row."""
    text: str
    style: HeadingStyle
    numberings: tuple[Numbering, ...]
    """Every way to read the number before it."""
    alone: bool
    """Stands apart from the text above."""

    def number(self, kind: str) -> Numbering | None:
        """Its number read as "arabic", "roman" or "letter"."""
        return next(
            (number for number in self.numberings if number.kind == kind), None
        )


def body_style(rows: Sequence[Row]) -> HeadingStyle:
    """The style of most letters before the references: that of the running text."""
    letters: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for row in rows[: _references_start(rows)]:
        letters[_half_points(row.size)] += len(row.main.text)
        fonts[row.main.spans[-1].font] += len(row.main.text)
    size = letters.most_common(1)[0][0] if letters else 10.0
    font = fonts.most_common(1)[0][0] if fonts else ""
    sizes = _heading_sizes(rows, font)
    fonts_of = Counter(own for own, _ in sizes)
    known = {own for own, n in fonts_of.items() if n >= _rules.headings}
    return HeadingStyle(
        size,
        bold=False,
        italic=False,
        caps=False,
        font=font,
        heading_fonts=frozenset(known),
        heading_sizes=frozenset(sizes),
    )


def _references_start(rows: Sequence[Row]) -> int:
    """Index of the heading of the references: long lists outweigh a short text.

    A heading among the first rows is a line of a table of contents.
    """
    first = round(_rules.least_text * len(rows))
    for i in range(first, len(rows)):
        if _rules.references.fullmatch(rows[i].text):
            return i
    return len(rows)


def _heading_sizes(rows: Sequence[Row], font: str) -> list[tuple[str, float]]:
    """Fonts other than the text's, and sizes, of well-known headings that stand alone in their
    rows.

    Publishers' fonts often do not say that they are bold.
    """
    return [
        (row.lines[0].font, _half_points(row.size))
        for row in rows
        if row.lines[0].font != font and _is_known(row.text)
    ]


def _is_known(text: str) -> bool:
    """A well-known heading, with or without its number."""
    title = _title(text)
    known = NAMED.fullmatch(title) or SPECIAL.fullmatch(text)
    return known is not None


def _half_points(size: float) -> float:
    return round(size * 2) / 2


def find_candidates(
    rows: Sequence[Row], body: HeadingStyle
) -> Iterator[Candidate]:
    """What could be a heading, in order; lines of a table of contents are none. `body` is the
    style of the text.

    Where headings are set like the text (typescripts, scans with recognized text), well-known
    ones that stand alone are candidates.
    """
    found = list(_standing(rows, body))
    named = sum(bool(NAMED.fullmatch(_title(c.text))) for c in found)
    if named < _rules.headings:
        found = list(_standing(rows, body, plain=True))
    return _without_contents(found)


def _standing(
    rows: Sequence[Row], body: HeadingStyle, *, plain: bool = False
) -> Iterator[Candidate]:
    leading = usual_leading(rows)
    i = end = 0
    while i < len(rows):
        style = _heading_style(rows[i], body)
        if style is None and (
            _begins_references(rows, i, body)
            or (plain and _is_plain_name(rows, i, leading))
        ):
            style = heading_style(rows[i])
        if style is None:
            i += 1
            continue
        stop = _extent(rows, i, style, body)
        text = _together(rows[i:stop])
        if stop - i <= _rules.rows and _plausible(text):
            alone = (
                _apart(rows, i, leading) or end == i
            )  # a subsection may follow its section at once
            yield Candidate(i, stop, text, style, numberings(text), alone)
            end = stop
        i = stop


def _is_plain_name(rows: Sequence[Row], i: int, leading: float) -> bool:
    """A well-known heading in the style of the text, between two paragraphs."""
    row = rows[i]
    if not _is_known(row.text) or row.text[0].islower():
        return False
    if row.slack < _rules.ended * row.size:
        return False
    return _apart(rows, i, leading) or rows[i - 1].text.endswith((".", ":"))


def _begins_references(rows: Sequence[Row], i: int, body: HeadingStyle) -> bool:
    """The name of the references above the first of them, in whatever style."""
    following = rows[i + 1] if i + 1 < len(rows) else None
    if following is None or not _rules.references.fullmatch(rows[i].text):
        return False
    small = rows[i].size < body.size - _rules.much_smaller
    first = _rules.first_entry.match(following.text)
    return not small and (first is not None or following.raised_number == 1)


def _without_contents(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates that are no lines of a table of contents, which end in page numbers."""
    listed = False
    for candidate in candidates:
        if listed and _rules.listed.search(candidate.text):
            continue
        listed = bool(CONTENTS.fullmatch(candidate.text))
        yield candidate


def _heading_style(row: Row, body: HeadingStyle) -> HeadingStyle | None:
    """The row's style when it could be (part of) a heading, else None."""
    text = row.text
    if (
        len(text) > _rules.letters
        or len(text.split()) > _rules.longest
        or row.size < body.size - _rules.much_smaller
    ):
        return None
    plain = _ends_plainly(row, body) and not text.isupper()
    if plain and not _is_centred(row):
        return None
    known = SPECIAL.fullmatch(text) is not None
    if plain:
        return heading_style(row) if known else None
    style = heading_style(row)
    own = _is_in(row, body.heading_fonts)
    if own and not style.bold:
        style = style._replace(bold=True)
    known = (
        known or (row.main.font, _half_points(row.size)) in body.heading_sizes
    )
    if style.size < body.size - _least_step(
        style, own=own, known=known, text=text
    ):
        return None
    if (
        style.bold
        or style.caps
        or style.italic
        or style.size >= body.size + LARGER
    ):
        return style
    return None


def _least_step(
    style: HeadingStyle, *, own: bool, known: bool, text: str
) -> float:
    """Points by which a heading may be smaller than the text."""
    if own and (known or NAMED.fullmatch(_title(text))):
        return _rules.much_smaller
    told = known or bool(numberings(text))
    distinct = own or (style.bold and (style.caps or told))
    return _rules.smaller if distinct else SAME_SIZE


def _is_centred(row: Row) -> bool:
    even = abs(row.indent - row.slack) <= 2 * row.size
    return even and row.indent > _rules.indent * row.size


def _is_in(row: Row, fonts: frozenset[str]) -> bool:
    """All words of a row are in these fonts; an apostrophe may be in another."""
    return bool(fonts) and all(
        span.font in fonts
        for line in row.lines
        for span in line.spans
        if any(map(str.isalnum, span.text))
    )


def _ends_plainly(row: Row, body: HeadingStyle) -> bool:
    """Its last letters are set like the running text: nothing more needs to be looked at."""
    last = next(
        (
            span
            for span in reversed(row.lines[-1].spans)
            if not span.text.isspace()
        ),
        None,
    )
    return (
        last is not None
        and last.font == body.font
        and last.size < body.size + LARGER
    )


def heading_style(row: Row) -> HeadingStyle:
    """How the letters of a row are set."""
    spans = [
        span
        for line in row.lines
        for span in line.spans
        if any(map(str.isalnum, span.text))
    ]
    if not spans:
        return HeadingStyle(row.size, bold=False, italic=False, caps=False)
    worded = [span for span in spans if any(map(str.isalpha, span.text))]
    counted = worded or spans  # the number may be set as the text is
    least = _rules.of_one_style * sum(map(_letters, counted))
    bold = sum(_letters(span) for span in counted if span.bold) >= least
    italic = sum(_letters(span) for span in counted if span.italic) >= least
    return HeadingStyle(
        max(span.size for span in spans),
        bold and not _runs_in(spans),
        italic,
        _capitals(spans),
        max(spans, key=_letters).font,
    )


def _letters(span: Span) -> int:
    return len(span.text.rstrip())


def _runs_in(spans: Sequence[Span]) -> bool:
    """A bold lead with plain words after it."""
    if not spans[0].bold or spans[-1].bold:
        return False
    led = "".join(span.text for span in spans if span.bold).rstrip()
    return (
        led.endswith((".", ":", "—"))
        or sum(map(str.isalpha, spans[-1].text)) > 3  # noqa: PLR2004
    )


def _capitals(spans: Sequence[Span]) -> bool:
    text = "".join(span.text for span in spans)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    letters = "".join(words)
    if not letters:
        return False
    if any(
        "csc" in span.font.lower() or "smallcap" in span.font.lower()
        for span in spans
    ):
        return True
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.9 * len(  # noqa: PLR2004
        letters
    )


def _extent(
    rows: Sequence[Row], start: int, style: HeadingStyle, body: HeadingStyle
) -> int:
    """Index after the last row that goes on the heading which begins at `start`."""
    stop = start + 1
    while stop < len(rows) and rows[stop].place == rows[start].place:
        above, row = rows[stop - 1], rows[stop]
        near = 0 < row.baseline - above.baseline <= _rules.leading * style.size
        if not near or _starts_anew(row, above):
            break
        next_style = _heading_style(row, body)
        if next_style is None or not _goes_on(style, next_style):
            break
        stop += 1
    return stop


def _goes_on(style: HeadingStyle, other: HeadingStyle) -> bool:
    return style.like(other) or (
        style.caps and other.caps and style.near(other)
    )


def _starts_anew(row: Row, above: Row) -> bool:
    """A numbered row is a heading of its own, and so is one after a known or a short name."""
    if SPECIAL.fullmatch(above.text):
        return True
    capital = row.text[:1].isupper() or not row.text.isascii()
    if capital and NAMED.fullmatch(_title(above.text)):
        return True
    other = (
        row.main.font != above.main.font
        or abs(row.size - above.size) > _rules.other_size
    )
    if capital and other and _has_room(above, row):
        return True
    return (
        any(
            number.kind != "roman" or number.value > 1
            for number in numberings(row.text)
        )
        and row.indent <= above.indent + 1
    )


def _title(text: str) -> str:
    """A heading without its number."""
    return next((number.title for number in numberings(text)), text)


def _has_room(above: Row, row: Row) -> bool:
    """The row above has room for the first word of this one, from the column's left edge on."""
    word = len(row.text.split(" ", 1)[0]) * _rules.letter * row.size
    left = abs(above.indent) <= row.size and abs(row.indent) <= row.size
    return (
        left
        and above.slack >= word + _rules.free * row.size
        and above.text[-1:] != "-"
    )


def _together(rows: Sequence[Row]) -> str:
    text = rows[0].text
    for row in rows[1:]:
        text = (
            text[:-1] + row.text
            if re.search(r"[a-z]-$", text) and row.text[:1].islower()
            else f"{text} {row.text}"
        )
    return text


def _plausible(text: str) -> bool:
    if (
        len(text.split()) > _rules.longest
        or not any(map(str.isalpha, text))
        or _rules.never.match(text)
        or _names_keywords(text)
        or "@" in text
    ):
        return False
    if _rules.sentence_end.search(text) and not _may_end(text):
        return False
    if not SPECIAL.fullmatch(text) and not (
        _rules.word.search(text) and not _rules.code.search(text)
    ):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and letters >= 0.5 * len(text.replace(" ", ""))  # noqa: PLR2004


def _names_keywords(text: str) -> bool:
    """The word with the keywords behind it; alone it is a heading."""
    found = KEYWORDS.match(text)
    return found is not None and any(map(str.isalpha, text[found.end() :]))


def _may_end(text: str) -> bool:
    """Known names and numbered headings may end in a full stop: "Appendix B. Parity."."""
    if SPECIAL.fullmatch(text) or NAMED.fullmatch(_title(text)):
        return True
    return (
        text.endswith(".") and bool(numberings(text)) and text.count(". ") <= 1
    )


def usual_leading(rows: Sequence[Row]) -> float:
    """The usual distance between rows, in points."""
    steps = Counter(
        round(b.baseline - a.baseline)
        for a, b in pairwise(rows)
        if a.place == b.place
    )
    positive = [(count, step) for step, count in steps.items() if step > 4]  # noqa: PLR2004
    return max(positive)[1] if positive else 12.0


def _apart(rows: Sequence[Row], i: int, leading: float) -> bool:
    if i == 0 or rows[i - 1].place != rows[i].place:
        return True
    return (
        rows[i].baseline - rows[i - 1].baseline >= _rules.gap * leading
        or rows[i].baseline < rows[i - 1].baseline
    )
