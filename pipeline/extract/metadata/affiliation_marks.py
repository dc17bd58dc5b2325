"""Marks that tie authors to places: the text of a front or a footnote, cut before each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.extract.metadata.affiliation_blocks import limits as block_limits
from pipeline.extract.metadata.places import (
    clean_place,
    is_institution,
    is_note,
)
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Line, Span

_signs = "+*∗†‡§¶‖#⋆★✉✝⊕⊗◇♠♣♡♢"


@dataclass(frozen=True, slots=True)
class MarkLimits:
    """How marks are raised; of the font size."""

    raised: float = 0.8
    """Of the row's font size that raised marks have at most."""
    raised_line: float = 0.9
    """Of the size beside it that a mark in a line of its own has at most."""
    higher: float = 0.1
    """How much higher such a mark stands than the line beside it."""


limits = MarkLimits()


@dataclass(frozen=True, slots=True)
class MarkPatterns:
    """Marks, and what stands around them."""

    marks: re.Pattern[str]
    """Nothing but marks: signs, numbers, single letters."""
    orcid: re.Pattern[str]
    """An identifier of a researcher."""
    raised_digits: re.Pattern[str]
    """Digits typed as raised ones."""
    level: dict[int, int]
    """From raised digits to level ones."""
    symbols: re.Pattern[str]
    """Signs alone."""
    single: re.Pattern[str]
    """One mark."""
    tail: re.Pattern[str]
    """Notes behind a place."""
    next_number: re.Pattern[str]
    """A number before a place in running text."""
    numbered: re.Pattern[str]
    """A number in plain type before a name."""


patterns = MarkPatterns(
    marks=re.compile(
        rf"(?:(?:\d{{1,4}}|X|(?<![^\W\d_])[a-zΑ-ω](?![^\W\d_])"
        rf"|[{_signs}])[\s,;.&+()\[\]−–-]*|[\s,;.&+()\[\]−–-]+)+"
    ),
    orcid=re.compile(r"\[?\d{4}[−–-]\d{4}[−–-]\d{4}[−–-]\d{3,4}X?\s*\]?"),
    raised_digits=re.compile(
        "([\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:,[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*)"
    ),
    level=str.maketrans(
        "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079",
        "0123456789",
    ),
    symbols=re.compile(rf"[{_signs}]+"),
    single=re.compile(rf"\d{{1,2}}|[a-zΑ-ω]|[{_signs}]"),
    tail=re.compile(
        r"[.;]?\s*\(?(Corre|E-?mail|Equal|(These|The|Both|All|Lead) authors? "
        r"|Work (was )?(done|performed)"
        r"|Full list of author|†|\*).*$",
        re.IGNORECASE,
    ),
    next_number=re.compile(r"(?:^|(?<=[\s.;,]))(\d{1,2})\.?\s?(?=[^\W\d_])"),
    numbered=re.compile(r"(\d{1,2})\s*(?=[A-Z])"),
)


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """Part of a row: text after a mark, or the text that stands before the first mark."""

    mark: str
    text: str
    line: Line
    row: int
    raised: bool = True
    """False: the mark is a number in plain type, which may be part of an address."""


def cut_at_marks(
    spans: Sequence[Span], line: Line, row: int
) -> Iterator[MarkedPiece]:
    """The spans of a line, cut before each mark."""
    mark, text = "", ""
    for span in _raised_apart(spans):
        if is_mark(span, line):
            if text.strip():
                yield MarkedPiece(mark, text, line, row)
                mark, text = "", ""
            mark += span.text
        else:
            text += span.text
    if text.strip() or mark.strip():
        yield _numbered(MarkedPiece(mark, text, line, row))


def _raised_apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, with marks that are typed as raised digits ("¹University of …") in spans of
    their own.
    """
    for span in spans:
        if not patterns.raised_digits.search(span.text):
            yield span
            continue
        for part in filter(None, patterns.raised_digits.split(span.text)):
            if patterns.raised_digits.fullmatch(part):
                level = part.translate(patterns.level)
                yield span._replace(text=level, flags=span.flags | 1)
            else:
                yield span._replace(text=part)


def _numbered(piece: MarkedPiece) -> MarkedPiece:
    """A number in plain type before a name is a mark too."""
    found = (
        patterns.numbered.match(piece.text.lstrip())
        if not piece.mark.strip()
        else None
    )
    if found is None:
        return piece
    rest = piece.text.lstrip()[found.end() :]
    return MarkedPiece(found[1], rest, piece.line, piece.row, raised=False)


def is_mark(span: Span, line: Line) -> bool:
    """Whether a span of a line is nothing but marks: signs such as a dagger, or raised numbers
    and letters.
    """
    text = span.text.strip()
    if not text:
        return False
    if patterns.symbols.fullmatch(text):
        return True
    small = span.size <= limits.raised * _largest(line)
    raised = bool(span.flags & 1) or small
    return raised and bool(patterns.marks.fullmatch(text))


def _largest(line: Line) -> float:
    return max(span.size for span in line.spans)


def marks_in(text: str) -> list[str]:
    """The single marks of a run of them: "1,2∗" holds three."""
    return patterns.single.findall(patterns.orcid.sub("", text))


def join_marks(row: Sequence[Line]) -> list[Line]:
    """A row whose marks stand in lines of their own, each joined to the line that follows."""
    joined: list[Line] = []
    waiting: list[Span] = []
    for k, line in enumerate(row):
        after = row[k + 1] if k + 1 < len(row) else None
        if joined and _belongs_to(line, joined[-1], after):
            joined[-1] = _with_spans(joined[-1], after=_raised(line))
        elif after is not None and _is_raised_line(line, after):
            waiting += _raised(line)
        elif waiting:
            joined.append(_with_spans(line, before=waiting))
            waiting = []
        else:
            joined.append(line)
    if waiting and joined:
        joined[-1] = _with_spans(joined[-1], after=waiting)
    return joined or list(row)


def _belongs_to(mark: Line, before: Line, after: Line | None) -> bool:
    """A line of marks stands nearer to the line before it than to the one after."""
    if not _is_raised_line(mark, before):
        return False
    near = mark.bbox[0] - before.bbox[2]
    return after is None or near <= after.bbox[0] - mark.bbox[2]


def _with_spans(
    line: Line, *, before: Sequence[Span] = (), after: Sequence[Span] = ()
) -> Line:
    return replace(line, spans=(*before, *line.spans, *after))


def _raised(line: Line) -> list[Span]:
    """The spans of a line, flagged as raised."""
    return [span._replace(flags=span.flags | 1) for span in line.spans]


def _is_raised_line(line: Line, beside: Line) -> bool:
    """A line of nothing but marks, smaller and higher than the one beside it."""
    if (
        not patterns.marks.fullmatch(line.text)
        or line.size > limits.raised_line * beside.size
    ):
        return False
    return line.baseline < beside.baseline - limits.higher * beside.size


def first_marks(pieces: Sequence[MarkedPiece]) -> list[str]:
    """The marks after the first name."""
    for piece, after in pairwise(pieces):
        if not piece.mark.strip() and re.search(r"[^\W\d_]{2}", piece.text):
            return marks_in(after.mark) or _typed_number(piece.text)
    return _typed_number(pieces[0].text) if pieces else []


def _typed_number(names: str) -> list[str]:
    """The number behind the first name where it is typed and not raised: "Ana Li 1, Ben Ho 2"."""
    found = re.match(r"[^\d,]+?\s?(\d{1,2})\b", names)
    return [found[1]] if found else []


# ---- places with marks


def places_after_marks(
    pieces: Sequence[MarkedPiece], rows: Sequence[Sequence[Line]]
) -> dict[str, str]:
    """Place by mark, for text behind marks; a place may go on in the rows below."""
    found: dict[str, str] = {}
    lines = {
        number: list(group)
        for number, group in groupby(pieces, key=lambda one: id(one.line))
    }
    begun = {id(piece) for piece in _beginning(lines.values())}
    for piece in pieces:
        if id(piece) not in begun or not piece.text.strip():
            continue
        text = normalise(piece.text)
        if lines[id(piece.line)][-1] is piece:
            text += _continued(piece, rows, lines, begun)
        text = patterns.tail.sub("", text)
        place = "" if is_note(text) else clean_place(text)
        if place:
            found.update(
                {
                    mark: place
                    for mark in marks_in(piece.mark)
                    if mark not in found
                }
            )
    return found


def _beginning(lines: Iterable[Sequence[MarkedPiece]]) -> Iterator[MarkedPiece]:
    """The pieces that begin a place: behind a mark at the start of a line, or the next number."""
    highest = 0
    for line in lines:
        open_line = False
        for piece in line:
            mark = piece.mark.strip()
            number = int(mark) if mark.isdecimal() else 0
            following = number == highest + 1 and is_institution(piece.text)
            in_order = piece.raised or number <= highest + 1
            at_start = piece is line[0] and in_order and _names_a_place(piece)
            if mark and (at_start or open_line or following):
                open_line = True
                highest = max(highest, number)
                yield piece


def _names_a_place(piece: MarkedPiece) -> bool:
    """Words behind a mark, and no name that goes on from the row above."""
    words = re.search(r"[^\W\d_]{2}", piece.text)
    return words is not None and not piece.text.lstrip().startswith(
        (",", "and ")
    )


def _continued(
    piece: MarkedPiece,
    rows: Sequence[Sequence[Line]],
    lines: Mapping[int, Sequence[MarkedPiece]],
    begun: set[int],
) -> str:
    """What stands under a place without a mark of its own, up to the next mark."""
    text, above = "", piece.line
    for row in rows[piece.row + 1 :]:
        below = next((line for line in row if _is_under(line, above)), None)
        if below is None or abs(below.size - piece.line.size) > 1:
            break
        parts = lines.get(id(below), ())
        if (
            not parts
            or (parts[0].mark.strip() and parts[0].raised)
            or id(parts[0]) in begun
        ):
            break
        said = parts[0].text if len(parts) > 1 else below.text
        if "@" in said or is_note(said):
            break
        text += " " + normalise(said)
        above = below
        if len(parts) > 1:
            break
    return text


def _is_under(line: Line, above: Line) -> bool:
    near = (
        0 < line.baseline - above.baseline <= block_limits.next_row * above.size
    )
    shared = min(line.bbox[2], above.bbox[2]) - max(line.bbox[0], above.bbox[0])
    return near and shared > 0


def places_before_marks(pieces: Sequence[MarkedPiece]) -> dict[str, str]:
    """Place by the mark that follows it: "Massachusetts Institute of Technology‡"."""
    found: dict[str, str] = {}
    for piece, after in pairwise(pieces):
        alone = after.line is piece.line and not after.text.strip()
        place = clean_place(piece.text)
        if alone and is_institution(place) and not is_note(place):
            found.update(
                {
                    mark: place
                    for mark in marks_in(after.mark)
                    if mark not in found
                }
            )
    return found


def numbered_places(text: str) -> dict[str, str]:
    """Place by number from running text that counts them: "1School of …, 2. Center for …"."""
    found: dict[str, str] = {}
    number, begin = 0, 0
    for match in patterns.next_number.finditer(text):
        if int(match[1]) != number + 1:
            continue
        if number:
            found[str(number)] = clean_place(text[begin : match.start()])
        number, begin = number + 1, match.end()
    if number:
        found[str(number)] = clean_place(text[begin:])
    return {mark: place for mark, place in found.items() if place}
