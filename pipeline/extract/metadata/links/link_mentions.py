"""Collects the web addresses of a paper with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.metadata.links.web_address import (
    bare_address,
    clean_address,
    join_broken,
)
from pipeline.extract.metadata.links.web_address import patterns as addresses
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Line, Link, Span
from pipeline.paper import Paragraph, Section

Place = Literal[
    "front", "abstract", "body", "availability", "note", "mark", "anchor"
]
"""`mark`: a footnote that holds an address alone, judged by the sentence with its mark."""


@dataclass(frozen=True, slots=True)
class MentionLimits:
    """How far around an address its words are looked for."""

    early: int = 2
    """The last page on which papers offer their code before they begin."""
    context: int = 240
    """Letters before an address in which its sentence is looked for."""
    note_words: int = 3
    """Words from which on a footnote says itself what its address is."""
    raised: float = 0.8
    """Of the size before it that a raised mark has at most."""
    before_mark: int = 8
    """Letters before a mark by which its place in the text is found."""
    rows_above: float = 2.6
    """Of the font size: how far above a linked word the line before it stands."""


limits = MentionLimits()


@dataclass(frozen=True, slots=True)
class MentionPatterns:
    """Sentences, statements on availability, marks and words that are links."""

    sentence_start: re.Pattern[str]
    """Where the next sentence begins."""
    availability: re.Pattern[str]
    """A statement on availability."""
    note_mark: re.Pattern[str]
    """The number of a footnote."""
    note_of_code: re.Pattern[str]
    """Begins a note on the paper's own code that stands among the references."""
    anchor_words: re.Pattern[str]
    """Words that are links and say nothing else."""


patterns = MentionPatterns(
    sentence_start=re.compile(r"[.!?]['”\")]*\s+(?=[A-Z•])"),
    availability=re.compile(
        r"\W*(data|code|software|materials?|availability)\b.{0,40}\bavailability\b"
        r"|\W*availability\b|\W*(code|data) (and|&) (data|code)\b|verfügbarkeit|disponibilité",
        re.IGNORECASE,
    ),
    note_mark=re.compile(r"\W*(\d{1,2})(?=\D)"),
    note_of_code=re.compile(
        r"\W*\d{0,3}\W*(?:the |our |all |source )*(?:codes?|implementation|data)\b"
        r"[^.]{0,60}\b(?:available|provided|found|released)\b",
        re.IGNORECASE,
    ),
    anchor_words=re.compile(
        r"\W*((at |in |on )?(this|the|our|following)? ?(https? )?"
        r"(link|url|here|code|source code|github|gitlab|repo|repository|project page"
        r"|web ?site|web ?page"
        r"|homepage)( link| page| repository| repo)?)\W*",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class LinkMention:
    """An address with what is said around it."""

    url: str
    sentence: str
    """The words around it, without itself."""
    place: Place
    page: int


Annotated = Sequence[tuple[int, Link]]


def link_mentions(
    layouts: Sequence[Layout],
    front: str,
    sections: Sequence[Section],
    notes: Sequence[Paragraph],
) -> Iterator[LinkMention]:
    """Every address in text, footnotes and link annotations.

    Those in references count only in the notes that physical journals set among them: "[12] Code
    is available at …".
    """
    annotated = [
        (one.page.number, link) for one in layouts for link in _whole_links(one)
    ]
    body = [one for one in sections if one.kind != "references"]
    yield from _in_text(front, "front", 1, annotated)
    for section in body:
        for paragraph in section.paragraphs:
            place = _place_of(section, paragraph)
            yield from _in_text(
                paragraph.text, place, paragraph.page, annotated
            )
    paragraphs = [
        paragraph for section in body for paragraph in section.paragraphs
    ]
    pages = {layout.page.number: layout for layout in layouts}
    for note in _notes_among_references(sections):
        yield from _in_text(note.text, "note", note.page, annotated)
    for note in notes:
        cited = _citing_sentence(note, paragraphs, pages.get(note.page))
        for mention in _in_text(note.text, "note", note.page, annotated):
            silent = len(mention.sentence.split()) < limits.note_words
            yield (
                replace(mention, sentence=cited, place="mark")
                if silent and cited
                else mention
            )
    for layout in layouts:
        yield from _anchors(layout)


def _notes_among_references(
    sections: Sequence[Section],
) -> Iterator[Paragraph]:
    for section in sections:
        if section.kind == "references":
            for entry in section.paragraphs:
                if patterns.note_of_code.match(entry.text):
                    yield entry


def _place_of(section: Section, paragraph: Paragraph) -> Place:
    if section.kind == "abstract":
        return "abstract"
    said = patterns.availability.match(
        section.title
    ) or patterns.availability.match(paragraph.text)
    return "availability" if said else "body"


def _in_text(
    text: str, place: Place, page: int, annotated: Annotated
) -> Iterator[LinkMention]:
    if "." not in text or not any(
        sign in text for sign in ("/", "www.", ".io")
    ):
        return
    text = join_broken(text)
    for found in addresses.address.finditer(text):
        url = _as_annotated(clean_address(found[0]), page, annotated)
        if url and not addresses.not_ours.match(url):
            end = found.start() + len(found[0].rstrip(".!?"))
            yield LinkMention(
                url, _sentence(text, found.start(), end), place, page
            )


def _sentence(text: str, start: int, end: int) -> str:
    before = text[max(0, start - limits.context) : start]
    cuts = [found.end() for found in patterns.sentence_start.finditer(before)]
    after = text[end : end + limits.context // 2]
    stop = patterns.sentence_start.search(after)
    own = before[cuts[-1] :] if cuts else before
    # "See [url]." alone says nothing; the sentence before may
    if len(own.split()) < 2 and cuts:  # noqa: PLR2004
        own = before[cuts[-2] if len(cuts) > 1 else 0 :]
    return f"{own} {after[: stop.start()] if stop else after}".strip()


# ---- footnotes


def _citing_sentence(
    note: Paragraph, paragraphs: Sequence[Paragraph], layout: Layout | None
) -> str:
    """The sentence that has the mark of a footnote, which is what its address is there for."""
    number = patterns.note_mark.match(note.text)
    if number is None or layout is None:
        return ""
    texts = [one.text for one in paragraphs if one.page == note.page]
    for before in _before_raised(layout, number[1]):
        mark = re.compile(rf"{re.escape(before)}\s?{number[1]}(?!\d)")
        for text in texts:
            if found := mark.search(text):
                return _sentence(
                    text, found.end() - len(number[1]), found.end()
                )
    return ""


def _before_raised(layout: Layout, number: str) -> Iterator[str]:
    """The letters before a raised number, wherever it stands on a page."""
    for line in layout.body:
        for span, after in pairwise(line.spans):
            small = after.size <= limits.raised * span.size
            raised = after.flags & 1 or small
            if raised and after.text.strip() == number:
                yield normalise(span.text).strip()[-limits.before_mark :]


# ---- annotations


def _whole_links(layout: Layout) -> Iterator[Link]:
    """The links of a page, those joined that a line's end broke into "https:" and "//…"."""
    waiting: Link | None = None
    for link in layout.page.links:
        uri = link.uri.strip()
        if re.fullmatch(r"https?:/{0,2}", uri):
            waiting = link
        elif waiting is not None and (uri.startswith("//") or "://" not in uri):
            yield Link("https://" + uri.lstrip("/"), link.bbox)
        else:
            yield Link(
                f"https:{uri}" if uri.startswith("//") else uri, link.bbox
            )


def _as_annotated(url: str, page: int, annotated: Annotated) -> str:
    """The address as its annotation has it, where the text breaks it or runs on."""
    bare = bare_address(url)
    for number, link in annotated:
        if abs(number - page) > 1:
            continue
        other = bare_address(link.uri)
        shorter = min(len(bare), len(other))
        if shorter > len("github.com/") and bare[:shorter] == other[:shorter]:
            return link.uri.strip()
    return url


def _anchors(layout: Layout) -> Iterator[LinkMention]:
    """Annotations whose text is a word such as "Code" or "this link", or on early pages an icon."""
    page = layout.page.number
    for link in _whole_links(layout):
        hosted = addresses.repository.match(link.uri) or addresses.pages.match(
            link.uri
        )
        if addresses.not_ours.match(link.uri):
            continue
        words = _under(layout, link)
        if patterns.anchor_words.fullmatch(words):
            sentence = f"{_line_before(layout, link)} {words}".strip()
            yield LinkMention(link.uri, sentence, "anchor", page)
        elif page <= limits.early and hosted and not _is_address(words, link):
            yield LinkMention(link.uri, words, "anchor", page)


def _is_address(words: str, link: Link) -> bool:
    return bare_address(link.uri)[:12] in words.lower().replace(" ", "")


def _under(layout: Layout, link: Link) -> str:
    """The words in the box of a link."""
    parts = [
        _part(span, link)
        for line in _level_lines(layout, link)
        for span in line.spans
    ]
    return " ".join("".join(parts).split())


def _part(span: Span, link: Link) -> str:
    """The words of a span whose middle lies in a link's box; letters are taken as equally wide."""
    x0, _, x1, _ = span.bbox
    letter = (x1 - x0) / max(1, len(span.text))
    words = re.finditer(r"\S+\s*", span.text)
    inside = (
        word[0]
        for word in words
        if link.bbox[0]
        <= x0 + letter * (word.start() + len(word[0].rstrip()) / 2)
        <= link.bbox[2]
    )
    return "".join(inside)


def _level_lines(layout: Layout, link: Link) -> list[Line]:
    _, y0, _, y1 = link.bbox
    return [
        line
        for line in layout.page.lines
        if min(line.bbox[3], y1) - max(line.bbox[1], y0) > 0.5 * (y1 - y0)
    ]


def _line_before(layout: Layout, link: Link) -> str:
    """The line above a link and its own line up to it: the sentence that offers it."""
    x0 = link.bbox[0]
    own = [
        line
        for line in _level_lines(layout, link)
        if line.bbox[0] <= x0 <= line.bbox[2]
    ]
    if not own:
        return ""
    line = own[0]
    above = [
        other.text
        for other in layout.page.lines
        if 0 < line.baseline - other.baseline <= limits.rows_above * line.size
        and min(other.bbox[2], line.bbox[2]) > max(other.bbox[0], line.bbox[0])
    ]
    start = Link(link.uri, (line.bbox[0], link.bbox[1], x0, link.bbox[3]))
    before = "".join(_part(span, start) for span in line.spans)
    text = " ".join([*above, before])
    return patterns.sentence_start.split(text)[-1] if text else ""
