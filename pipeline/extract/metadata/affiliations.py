"""Finds who works where on the first page: by marks, by blocks under the names, or by sentences
in a footnote.

Journals and conferences have three ways. Marks: "Ana Li¹" and below "¹University of …", also in
a footnote, or after the name of the place. Blocks: under each name its place, or one place
under all names. Sentences: "A. Li is with the Department of …" at the foot of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.layout.reading_order import Row
from pipeline.extract.metadata.affiliation_marks import (
    Piece,
    cut_at_marks,
    is_mark,
    marks_in,
)
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Line

NEXT_ROW = 2.0
"""Of the font size: the widest distance of two rows of one block."""
BLOCK_GAP = 2.5
"""Of the font size: pieces of a row further apart belong to different authors."""

ORGANISATION = re.compile(
    r"univ|institu|college|school|faculty|facult[éa]|depart|laborator|\blabs?\b|research|academ|cent(er|re|ro)\b"
    r"|hospital|polytech|politec|technolog|technische|hochschule|école|ecole|\binc\b|\bcorp|\bltd|\bgmbh\b|\bllc\b"
    r"|company|group|google|meta\b|facebook|microsoft|nvidia|openai|deepmind|amazon|apple\b|adobe|alibaba|tencent"
    r"|baidu|bytedance|huawei|sensetime|megvii|samsung|sony|intel\b|ibm\b|\bai\b|cnrs|inria|eth\b|epfl|\bmit\b"
    r"|caltech|kaist|ucla\b|\buc\b|大学|学院|研究|公司|대학|연구|دانشگاه",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"equal|contribut|correspond|\bwork (was )?(done|performed)|intern(ship)?\b|advis|e-?mail|electronic address"
    r"|\b(these|the|both|all|lead) authors?|project lead|part of (the|this)|supported|preprint|conference|under review"
    r"|copyright|permission|proceedings|received|accepted|published|https?:|www\.|doi[.:]|orcid|licen[sc]e"
    r"|student member|senior member",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:is|are|was|were)\s+(?:currently\s+|now\s+|also\s+|both\s+|all\s+)*(?:with|at|affiliated with|from)\s+"
    r"(?P<place>.+?)"
    r"\s*(?=\(?e-?\s?mail|\.\s+(?:[A-Z(•]|$)|\.$|$|\(corresponding)",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?\s*and (?:(?:is )?also )?(?:with|at)\s+", re.IGNORECASE)
_ANONYMOUS = re.compile(r"anonym|double-blind|submission", re.IGNORECASE)
_MEMBERSHIP = re.compile(
    r",?\s*\b(graduate |student |senior |life )*(member|fellow),?\s*(ieee|acm)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[.;]?\s*\(?(Corre|E-?mail|Equal|(These|The|Both|All|Lead) authors? |Work (was )?(done|performed)|†|\*).*$",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r"(?<!\bSt)\.\s+[A-Z†*].*$")
_MAIL = re.compile(r"[{(<\[]?[\w.+,\s|-]*[})\]]?\s*@\s*\S+")


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Where the authors work, as printed."""

    first: str = ""
    """Of the first author; several with "; " between; "" when none is printed."""
    all: tuple[str, ...] = ()


def find_affiliations(
    front: Sequence[Sequence[Line]], notes: Sequence[Row]
) -> Affiliations:
    """Affiliations from the rows between title and abstract, each as lines from left to right,
    and from notes.
    """
    rows = [row for row in front if not _is_mail(row)]
    texts = [_row_text(row) for row in rows]
    if any(_ANONYMOUS.search(text) for text in texts[:4]):
        return Affiliations()
    pieces = [
        piece
        for i, row in enumerate(rows)
        for line in row
        for piece in cut_at_marks(line.raw, line, i)
    ]
    marked = _chosen(_definitions(pieces, rows) or _trailing(pieces), pieces)
    if marked.first:
        return marked
    sentences, blocks = _sentences(texts, notes), _blocks(front)
    if ORGANISATION.search(blocks.first):
        return blocks
    noted = _chosen(_noted(notes), pieces)
    return next((found for found in (noted, sentences, blocks) if found.first), blocks)


# ---- marks
# -----------------------------------------------------------------------------------------------------


def _chosen(places: dict[str, str], pieces: Sequence[Piece]) -> Affiliations:
    """The places of the first author's marks; the first place when no mark fits."""
    if not places:
        return Affiliations()
    first = [places[mark] for mark in _first_marks(pieces) if mark in places] or [
        next(iter(places.values()))
    ]
    return Affiliations(
        "; ".join(dict.fromkeys(first)), tuple(dict.fromkeys(places.values()))
    )


def _noted(notes: Sequence[Row]) -> dict[str, str]:
    """Place by mark from the footnotes of page 1, whose rows are whole lines."""
    rows = [note for note in notes if note.page == 1]
    pieces: list[Piece] = []
    for i, note in enumerate(rows):
        spans = [
            span
            for line in note.lines
            for span in (*line.raw, {**line.raw[-1], "text": " "})
        ]
        pieces.extend(cut_at_marks(spans, note.lines[0], i))
    found = _definitions(pieces, [note.lines for note in rows])
    return {
        mark: _FIRST_SENTENCE.sub("", place)
        for mark, place in found.items()
        if ORGANISATION.search(place)
    }


def _definitions(
    pieces: Sequence[Piece], rows: Sequence[Sequence[Line]]
) -> dict[str, str]:
    """Place by mark, for lines that begin with a mark; a place may go on in the rows below."""
    found: dict[str, str] = {}
    begun = {
        id(piece.line)
        for piece in pieces
        if piece.mark.strip() and _starts(piece, pieces)
    }
    for piece in pieces:
        if id(piece.line) not in begun or not piece.text.strip():
            continue
        last = piece is [other for other in pieces if other.line is piece.line][-1]
        text = normalise(piece.text) + (_continued(piece, rows, begun) if last else "")
        text = _TAIL.sub("", text)
        place = "" if _NOTE.search(text) else _place(text)
        if place:
            found.update(
                {mark: place for mark in marks_in(piece.mark) if mark not in found}
            )
    return found


def _starts(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """The first piece of its line, and no name that goes on from the row above."""
    first = next(other for other in pieces if other.line is piece.line)
    return (
        first is piece
        and bool(re.search(r"[^\W\d_]{2}", piece.text))
        and not piece.text.lstrip().startswith((",", "and "))
    )


def _continued(piece: Piece, rows: Sequence[Sequence[Line]], begun: set[int]) -> str:
    """What stands under a place without a mark of its own."""
    text, above = "", piece.line
    for row in rows[piece.row + 1 :]:
        below = [line for line in row if _under(line, above)]
        if (
            not below
            or id(below[0]) in begun
            or "@" in below[0].text
            or _NOTE.search(below[0].text)
        ):
            break
        if (
            any(is_mark(span, below[0]) for span in below[0].raw)
            or abs(below[0].size - piece.line.size) > 1
        ):
            break
        text += " " + normalise(below[0].text)
        above = below[0]
    return text


def _under(line: Line, above: Line) -> bool:
    near = 0 < line.baseline - above.baseline <= NEXT_ROW * above.size
    return (
        near and min(line.bbox[2], above.bbox[2]) - max(line.bbox[0], above.bbox[0]) > 0
    )


def _trailing(pieces: Sequence[Piece]) -> dict[str, str]:
    """Place by the mark that follows it: "Massachusetts Institute of Technology‡"."""
    found: dict[str, str] = {}
    for piece, after in pairwise(pieces):
        place = _place(normalise(piece.text))
        if (
            after.line is piece.line
            and not after.text.strip()
            and ORGANISATION.search(place)
            and not _NOTE.search(place)
        ):
            found.update(
                {mark: place for mark in marks_in(after.mark) if mark not in found}
            )
    return found


def _first_marks(pieces: Sequence[Piece]) -> list[str]:
    """The marks after the first name."""
    for piece, after in pairwise(pieces):
        if not piece.mark.strip() and re.search(r"[^\W\d_]{2}", piece.text):
            return marks_in(after.mark)
    return []


# ---- blocks
# ----------------------------------------------------------------------------------------------------


def _blocks(rows: Sequence[Sequence[Line]]) -> Affiliations:
    """What stands under each name, or after it on its line."""
    names = next((i for i, row in enumerate(rows) if _is_names(_row_text(row))), None)
    if names is None:
        return Affiliations()
    inline = _inline(rows[names:])
    if inline.first:
        return inline
    places = [
        place
        for piece in _apart(rows[names])
        for place in [_below(piece, rows[names + 1 :])]
        if place
    ]
    first = _below(_apart(rows[names])[0], rows[names + 1 :])
    later = [
        _place(_row_text(row))
        for row in rows[names + 1 :]
        if ORGANISATION.search(_row_text(row))
    ]
    every = tuple(dict.fromkeys(places or later))
    return Affiliations(first or "".join(every[:1]), every)


def _is_names(text: str) -> bool:
    return (
        bool(re.search(r"[^\W\d_]{2}", text))
        and not _NOTE.search(_MEMBERSHIP.sub("", text))
        and "@" not in text
    )


def _inline(rows: Sequence[Sequence[Line]]) -> Affiliations:
    """Name, place and country in one row, as ACM journals print them."""
    places = []
    for row in rows:
        name, comma, place = _row_text(row).partition(",")
        if (
            comma
            and len(name.split()) <= 5  # noqa: PLR2004
            and not ORGANISATION.search(name)
            and ORGANISATION.search(place)
        ):
            places.append(_place(place))
        elif not places:
            break
    return Affiliations(places[0] if places else "", tuple(dict.fromkeys(places)))


def _apart(row: Sequence[Line]) -> list[tuple[float, float, Line]]:
    """x0, x1 of the parts of a row that belong to different authors."""
    parts = [(row[0].bbox[0], row[0].bbox[2], row[0])]
    for line in row[1:]:
        x0, x1, _ = parts[-1]
        if line.bbox[0] - x1 > BLOCK_GAP * line.size:
            parts.append((line.bbox[0], line.bbox[2], line))
        else:
            parts[-1] = (x0, line.bbox[2], line)
    return parts


def _below(part: tuple[float, float, Line], rows: Sequence[Sequence[Line]]) -> str:
    """The place under one author: rows that overlap, up to a gap or the next name."""
    x0, x1, above = part
    lines: list[str] = []
    for row in rows:
        under = [line for line in row if min(x1, line.bbox[2]) > max(x0, line.bbox[0])]
        if (
            not under
            or under[0].baseline - above.baseline > 1.6 * NEXT_ROW * part[2].size
        ):
            break
        if under[0].baseline - above.baseline > NEXT_ROW * part[2].size and lines:
            break
        text = normalise(" ".join(line.text for line in under))
        above = under[0]
        if "@" in text or _NOTE.search(text):
            if lines:
                break
        elif lines or not (len(under) > 1 or _names(text)):
            lines.append(text)
    return _place(" ".join(lines))


def _names(text: str) -> bool:
    """More names of a list that goes on."""
    return not ORGANISATION.search(text) and bool(re.search(r",|\band\b|\d", text))


# ---- sentences
# -------------------------------------------------------------------------------------------------


def _sentences(texts: Sequence[str], notes: Sequence[Row]) -> Affiliations:
    """What "A. Author is with the Department of …" says in the notes of the first page."""
    joined = ""
    for note in notes:
        if note.page == 1:
            joined = (
                joined[:-1] + note.text
                if joined.endswith("-")
                else f"{joined} {note.text}"
            )
    author = (
        _MEMBERSHIP.sub("", texts[0]).split(",")[0].split(" and ")[0] if texts else ""
    )
    surname = normalise(re.sub(r"[\W\d_]+$", "", author)).split()[-1:] or [""]
    found: list[tuple[bool, str]] = []
    start = 0
    for match in _WITH.finditer(joined):
        subject = joined[
            max(start, joined.rfind(". ", start, match.start())) : match.start()
        ]
        place = "; ".join(_place(part) for part in _ALSO.split(match["place"]))
        if ORGANISATION.search(place) or "," in place or "nstitution" in place:
            found.append((surname[0].lower() in subject.lower(), place))
        start = match.end()
    own = [place for mine, place in found if mine and surname[0]]
    return Affiliations(
        (own or [place for _, place in found] or [""])[0],
        tuple(dict.fromkeys(p for _, p in found)),
    )


# ---- text
# ------------------------------------------------------------------------------------------------------


def _row_text(row: Sequence[Line]) -> str:
    return normalise(" ".join(line.text for line in row))


def _is_mail(row: Sequence[Line]) -> bool:
    text = _row_text(row)
    return "@" in text and not ORGANISATION.search(_MAIL.sub("", text))


def _place(text: str) -> str:
    """A place without addresses, marks and loose punctuation."""
    text = _MAIL.sub("", normalise(text)) if "@" in text else normalise(text)
    text = re.sub(r"\(?\b(correspond|dated:).*$", "", text, flags=re.IGNORECASE)
    return re.sub(
        r"^(the )(?=department|school|faculty)",
        "",
        text.strip(" ,;.:·•"),
        flags=re.IGNORECASE,
    )
