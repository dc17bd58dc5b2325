"""The paper as text for a prompt: what a review needs, in the paper's own order.

Title and abstract, then each kind of text up to its share of the room, beginnings first: tables
with their captions, the introduction, related work, and most of all method, results and
conclusion; what room is left goes in that order. A table is its rows with their heads, and stands
with its caption behind the paragraph that first names it. References, thanks, listings of prompts
and samples, and what was said before are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.anonymous_manuscript import named_place
from pipeline.common.sentences import split_sentences
from pipeline.llm import estimate_tokens
from pipeline.paper import Document, Figure, Paper, Paragraph, Section
from pipeline.summarize.review.table_excerpt import table_excerpt
from pipeline.summarize.verify.quotes.folding import folded_letters
from pipeline.summarize.verify.tables.own_rank import own_name


@dataclass(frozen=True, slots=True)
class PackLimits:
    """How much of a paper is sent; each token is paid for."""

    beginning: int = 5
    """Sentences of a paragraph that are taken before those of its rest."""
    caption: int = 2
    """Sentences of a caption that are taken before the others."""
    rest: int = 1_000
    """Turn of the rest of a paragraph: behind the beginnings of all of its kind."""
    appendix_until: int = 4_500
    """Tokens up to which an appendix is added."""
    front: int = 900
    """Characters of page 1 above the abstract: title, authors, affiliations."""
    worded: int = 5
    """Letters in words of a paragraph at least."""
    repeated: int = 60
    """Letters from which on a paragraph that was said before is left out."""


limits = PackLimits()
APART = -1
"""The level of a caption: no heading stands over it."""

HEAD, CORE, TABLE, OPENING, OTHER, CAPTION, PAST, APPENDIX, NEVER = range(9)
"""How soon a piece is taken: title and abstract, then method, results and conclusion, tables, …
related work, appendix.
"""


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Words of titles by which sections are rated."""

    left_out: str = (
        "references|bibliography|acknowledge?ments?|funding|author contributions"
        "|conflicts? of interest|checklist|参考文献|致谢|作者贡献"
    )
    listings: str = (
        "prompt|example|qualitative|samples?|transcript|template|questionnaire"
    )
    """Of appendices: texts that were shown to a model or a person, and outputs."""
    thanks: str = r"(?i:acknowledge?ments?|funding)\b|致谢"
    """Begins a paragraph of thanks below the conclusion."""
    own: str = (
        r"\b(?:[Ww]e|[Oo]urs?|[Tt]his (?:paper|work|article))\b|本文|我们"
    )
    """In paragraphs of an introduction that speak of the paper itself."""
    listed: str = r"(?i:contributions?)\b[^.]{0,60}:\s*$|(?i:contributions.{0,40}as follows)|贡献.{0,12}[：:]"
    """Ends the paragraph before a list of contributions."""
    past: str = (
        "related|previous|prior|literature|preliminar|相关|研究现状|综述"
    )
    core: str = (
        "method|approach|model|framework|architecture|proposed|our |algorithm|pipeline|network"
        "|training|loss|experiment|result|evaluation|ablation|comparison|analysis|conclu|discussion"
        "|limitation|future|availability|方法|模型|框架|算法|实验|结果|评测|消融|分析|结论|讨论|局限|展望"
    )
    opening: str = (
        "introduction|motivation|overview|background|引言|绪论|前言|背景"
    )


SHARES = {TABLE: 0.18, CAPTION: 0.10, OPENING: 0.08, PAST: 0.04, CORE: 0.60}
"""Of the room that title and abstract leave, what each kind gets however much the others have.

Of the sentences that careful readers quoted for true statements (bench/packing.py), 72 % are in
6,300 tokens divided so, and 73 % on papers that nobody looked at; by worth alone 67 % and 66 %,
and of those about performance 10 of 33.
"""


words = TitleWords()


@dataclass(frozen=True, slots=True)
class ContextPiece:
    """A paragraph, a heading, a caption: taken whole or not at all."""

    text: str
    worth: int
    turn: int = 0
    """Place within its section: among equals the beginnings of all sections come first."""
    level: int = 0
    """Of a heading; 0 for a paragraph below one, APART for a caption."""


@dataclass
class Floats:
    """The figures and tables that no paragraph has named yet."""

    waiting: list[Figure] = field(default_factory=list)

    def named_in(self, text: str) -> Iterator[Figure]:
        """Those that a paragraph names, the first time that one does."""
        for figure in list(self.waiting):
            if _names(text, figure):
                self.waiting.remove(figure)
                yield figure


def pack_paper(paper: Paper, document: Document, room: int) -> str:
    """The text of the paper in its own order, at most `room` tokens.

    Title and abstract always stand in it, even where they alone are longer than the room.

    Args:
        paper: the record.
        document: what its PDF holds.
        room: tokens as `estimate_tokens` counts them.
    """
    pieces = list(_once(_pieces(paper, document)))
    taken = _choose(pieces, room)
    kept = [piece for place, piece in enumerate(pieces) if place in taken]
    return "\n\n".join(piece.text for piece in _without_bare_headings(kept))


def _once(pieces: Iterable[ContextPiece]) -> Iterator[ContextPiece]:
    """The pieces without longer ones that were said before, as appendices repeat them."""
    seen: set[str] = set()
    for piece in pieces:
        letters = folded_letters(piece.text)
        if len(letters) >= limits.repeated and letters in seen:
            continue
        seen.add(letters)
        yield piece


def _choose(pieces: Sequence[ContextPiece], room: int) -> set[int]:
    """Places of the pieces that fit: each kind's share first, then the worthiest."""
    sizes = [estimate_tokens(piece.text) for piece in pieces]
    order = sorted(
        range(len(pieces)),
        key=lambda place: (pieces[place].worth, pieces[place].turn, place),
    )
    by_worth = {
        worth: list(places)
        for worth, places in groupby(order, key=lambda at: pieces[at].worth)
    }
    taken = set(by_worth.get(HEAD, ()))
    left = room - sum(sizes[place] for place in taken)
    for worth, share in SHARES.items():
        places = by_worth.get(worth, ())
        taken |= _fitting(places, sizes, int(share * left))
    for worth, places in by_worth.items():
        most = min(room, limits.appendix_until) if worth == APPENDIX else room
        rest = [place for place in places if place not in taken]
        used = sum(sizes[place] for place in taken)
        taken |= _fitting(rest, sizes, most - used)
    return taken


def _fitting(
    places: Iterable[int], sizes: Sequence[int], room: int
) -> set[int]:
    """Those of the places whose pieces fit, one after the other."""
    taken = set()
    for place in places:
        if sizes[place] <= room:
            taken.add(place)
            room -= sizes[place]
    return taken


def _without_bare_headings(pieces: list[ContextPiece]) -> list[ContextPiece]:
    """The pieces without headings below which nothing is left."""
    kept: list[ContextPiece] = []
    for piece in reversed(pieces):
        below = kept[-1].level if kept else APART
        if piece.level <= 0 or below == 0 or below > piece.level:
            kept.append(piece)
    return kept[::-1]


def _pieces(paper: Paper, document: Document) -> Iterator[ContextPiece]:
    yield from _opening(paper, document)
    floats = Floats(list(document.figures))
    own = own_name(document.title)
    for section, worth in _rated(document.sections):
        if worth == NEVER:
            continue
        if section.title:
            yield ContextPiece(
                f"## {_line(section.title)}", worth, level=section.level
            )
        for turn, part in _in_turn(section, worth):
            yield from _parted(part.text, worth, turn)
            for figure in floats.named_in(part.text):
                yield from _float(figure, worth, own)
    for figure in floats.waiting:
        yield from _float(figure, OTHER, own)


def _in_turn(section: Section, worth: int) -> Iterator[tuple[int, Paragraph]]:
    """The paragraphs worth sending, each with its turn.

    Those of an introduction that speak of the paper itself come behind its first one, and so do
    the items behind "our contributions are"; what others did can wait.
    """
    listed = False
    for place, part in enumerate(section.paragraphs):
        if _is_formula(part.text) or re.match(words.thanks, part.text):
            continue
        own = worth == OPENING and (listed or re.search(words.own, part.text))
        yield (min(place, 1) if own else place), part
        listed = listed or bool(re.search(words.listed, part.text))


def _is_formula(text: str) -> bool:
    """Whether less than half of a paragraph is words: a displayed equation's remains."""
    letters = sum(map(len, re.findall(r"[^\W\d_]{3,}", text)))
    signs = len("".join(text.split()))
    return letters < max(limits.worded, signs / 2)


def _parted(
    text: str, worth: int, turn: int = 0, *, caption: bool = False
) -> Iterator[ContextPiece]:
    """The beginning of a paragraph or caption, and its rest."""
    level = APART if caption else 0
    first = limits.caption if caption else limits.beginning
    sentences = list(split_sentences(_line(text)))
    beginning, rest = sentences[:first], sentences[first:]
    yield ContextPiece(" ".join(beginning), worth, turn, level)
    if rest:
        yield ContextPiece(" ".join(rest), worth, turn + limits.rest, level)


def _opening(paper: Paper, document: Document) -> Iterator[ContextPiece]:
    yield ContextPiece(f"Title: {_line(paper.title or document.title)}", HEAD)
    if known := _line(named_place(document.first_affiliation)):
        yield ContextPiece(f"First author's affiliation: {known}", HEAD)
    if document.front:
        yield ContextPiece(
            f"First page: {_line(document.front[: limits.front])}", HEAD
        )
    yield ContextPiece(f"Abstract: {_line(_abstract(paper, document))}", HEAD)


def _float(figure: Figure, section: int, own: str) -> Iterator[ContextPiece]:
    """A caption, and the rows of a table; those of an appendix are worth no more than it."""
    late = section == APPENDIX
    worth = APPENDIX if late else CAPTION
    yield from _parted(figure.caption, worth, caption=True)
    if figure.kind != "figure" and (figure.text or figure.cells):
        rows = table_excerpt(figure, own)
        yield ContextPiece(rows, APPENDIX if late else TABLE, level=APART)


def _names(text: str, figure: Figure) -> bool:
    """Whether a paragraph names a figure or table: Fig. 2, Table 3."""
    kinds = {
        "figure": r"Fig(?:ure|\.)?s?|图",
        "table": r"Tab(?:le|\.)?s?|表",
        "algorithm": r"Alg(?:orithm|\.)?s?|算法",
    }
    label = re.escape(figure.label)
    return bool(
        re.search(rf"(?:{kinds[figure.kind]})\s*{label}(?![\d.]*\d)", text)
    )


def _abstract(paper: Paper, document: Document) -> str:
    """As printed, since quotes are looked up there; arXiv's where the PDF shows none."""
    printed = [
        section.text
        for section in document.sections
        if section.kind == "abstract"
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
            level: rate
            for level, rate in parents.items()
            if level < section.level
        } | {section.level: worth}
        yield section, worth


def _rate(section: Section) -> int | None:
    title = section.title.lower()
    if section.kind in ("references", "abstract") or re.search(
        words.left_out, title
    ):
        return NEVER
    if section.kind == "appendix":
        return NEVER if re.search(words.listings, title) else APPENDIX
    kinds = ((PAST, words.past), (CORE, words.core), (OPENING, words.opening))
    return next(
        (worth for worth, known in kinds if re.search(known, title)), None
    )


def _line(text: str) -> str:
    """One line that ends as a sentence does, so that what follows does not read as a part of it."""
    line = " ".join(text.replace("\ufffd", " ").split())
    return (
        f"{line}." if line[-1:].isalnum() or line.endswith((")", "]")) else line
    )
