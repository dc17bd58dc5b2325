"""The paper as text for a prompt: all of it where it fits, else what a review needs most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.llm import estimate_tokens
from pipeline.paper import Document, Figure, Paper, Section

APPENDIX_UNTIL = 24_000
"""Tokens up to which an appendix is added: a review seldom needs one, and each token is paid."""
APART = -1
FRONT = 1_500
"""Characters of page 1 above the abstract: title, authors, affiliations."""

HEAD, CORE, OPENING, OTHER, CAPTION, TABLE, PAST, APPENDIX, NEVER = range(9)
"""How soon a piece is taken: title and abstract, then method, results and conclusion, … related
work, appendix.
"""

_LAST = (
    "references|bibliography|acknowledge?ments?|funding|author contributions|conflicts? of interest"
    "|参考文献|致谢|作者贡献"
)
_PAST = "related|previous|prior|literature|preliminar|相关|研究现状|综述"
_CORE = (
    "method|approach|model|framework|architecture|proposed|our |algorithm|pipeline|network|training|loss"
    "|experiment|result|evaluation|ablation|comparison|analysis|conclu|discussion|limitation|future"
    "|方法|模型|框架|算法|实验|结果|评测|消融|分析|结论|讨论|局限|展望"
)
_OPENING = "introduction|motivation|overview|background|引言|绪论|前言|背景"
_WORTH = ((PAST, _PAST), (CORE, _CORE), (OPENING, _OPENING))


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading, a caption: taken whole or not at all."""

    text: str
    worth: int
    turn: int = 0
    """Place within its section: among equals the beginnings of all sections come first."""
    level: int = 0
    """Of a heading; 0 for a paragraph below one, APART for a caption."""


def pack(paper: Paper, document: Document, room: int) -> str:
    """The text of the paper in its own order, at most `room` tokens as `tokens.estimate` counts
    them.

    Title and abstract always stand in it, even where they alone are longer than the room.
    """
    pieces = list(_pieces(paper, document))
    taken = _choose(pieces, room)
    kept = [piece for place, piece in enumerate(pieces) if place in taken]
    return "\n\n".join(piece.text for piece in _without_bare_headings(kept))


def _choose(pieces: list[Piece], room: int) -> set[int]:
    """Places of the pieces that fit, the worthiest first."""
    taken, used = set(), 0
    order = sorted(
        range(len(pieces)),
        key=lambda place: (pieces[place].worth, pieces[place].turn, place),
    )
    for place in order:
        piece = pieces[place]
        size = estimate_tokens(piece.text)
        limit = min(room, APPENDIX_UNTIL) if piece.worth == APPENDIX else room
        if piece.worth == HEAD or used + size <= limit:
            taken.add(place)
            used += size
    return taken


def _without_bare_headings(pieces: list[Piece]) -> list[Piece]:
    """The pieces without headings below which nothing is left."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        below = kept[-1].level if kept else APART
        if piece.level <= 0 or below == 0 or below > piece.level:
            kept.append(piece)
    return kept[::-1]


def _pieces(paper: Paper, document: Document) -> Iterator[Piece]:
    yield Piece(f"Title: {_line(paper.title or document.title)}", HEAD)
    if document.first_affiliation:
        yield Piece(
            f"First author's affiliation: {_line(document.first_affiliation)}", HEAD
        )
    if document.front:
        yield Piece(f"First page: {_line(document.front[:FRONT])}", HEAD)
    yield Piece(f"Abstract: {_line(_abstract(paper, document))}", HEAD)
    for section, worth in _rated(document.sections):
        if worth == NEVER:
            continue
        if section.title:
            yield Piece(f"## {_line(section.title)}", worth, level=section.level)
        yield from (
            Piece(_line(part.text), worth, turn)
            for turn, part in enumerate(section.paragraphs)
        )
    yield from _figures(document.figures)


def _abstract(paper: Paper, document: Document) -> str:
    """As printed, since quotes are looked up there; arXiv's where the PDF shows none."""
    printed = [
        section.text for section in document.sections if section.kind == "abstract"
    ]
    return document.abstract or " ".join(printed) or paper.abstract


def _rated(sections: Iterable[Section]) -> Iterator[tuple[Section, int]]:
    """Each section with its worth; a subsection has its section's unless its own title says
    otherwise.
    """
    parents: dict[int, int] = {}
    for section in sections:
        own = _rate(section)
        above = next(
            (
                parents[level]
                for level in range(section.level - 1, 0, -1)
                if level in parents
            ),
            OTHER,
        )
        worth = (
            own
            if own == NEVER
            or (own is not None and above not in (NEVER, PAST, APPENDIX))
            else above
        )
        parents = {
            level: rate for level, rate in parents.items() if level < section.level
        } | {section.level: worth}
        yield section, worth


def _rate(section: Section) -> int | None:
    title = section.title.lower()
    if section.kind in ("references", "abstract") or re.search(_LAST, title):
        return NEVER
    if section.kind == "appendix":
        return APPENDIX
    return next((worth for worth, words in _WORTH if re.search(words, title)), None)


def _figures(figures: Iterable[Figure]) -> Iterator[Piece]:
    for figure in figures:
        yield Piece(_line(figure.caption), CAPTION, level=APART)
        if figure.kind != "figure" and figure.text:
            yield Piece(_line(figure.text), TABLE, level=APART)


def _line(text: str) -> str:
    """One line that ends as a sentence does, so that what follows does not read as a part of it."""
    line = " ".join(text.replace("\ufffd", " ").split())
    return f"{line}." if line[-1:].isalnum() or line.endswith((")", "]")) else line
