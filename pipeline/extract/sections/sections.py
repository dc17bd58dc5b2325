"""The text of a paper as sections: abstract, body, references, appendices, each paragraph with
its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.extract.layout.footnotes import read_footnotes, split_footnotes
from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.layout.reading_order import Row, read_rows
from pipeline.extract.metadata.front_matter import (
    ABSTRACT,
    names_abstract,
    split_front,
)
from pipeline.extract.sections.abstract import (
    KEYWORDS,
    LABEL,
    SUMMARY,
    abstract_end,
)
from pipeline.extract.sections.heading_candidates import (
    CONTENTS,
    body_style,
    usual_leading,
)
from pipeline.extract.sections.headings import Heading, find_headings
from pipeline.extract.sections.paragraphs import (
    Setting,
    read_paragraphs,
    setting_of,
)
from pipeline.extract.sections.run_in_headings import part_headings
from pipeline.paper import Paragraph, Section

Kind = Literal["body", "abstract", "references", "appendix"]


@dataclass(frozen=True, slots=True)
class SectionsRules:
    """Headings of references and appendices, and marks of footnotes."""

    references: re.Pattern[str] = re.compile(
        r"\W*(references?( and notes)?|bibliography|literature( cited)?|works cited|literatur(verzeichnis)?|références"
        r"|bibliographie|参考文献|참고문헌|منابع)\W*",
        re.IGNORECASE,
    )
    appendix: re.Pattern[str] = re.compile(
        r"(appendi(x|ces)|annex|supplement\w*|anhang|附录|부록)\b",
        re.IGNORECASE,
    )
    footnote_mark: re.Pattern[str] = re.compile(r"(?<=[^\W\d_)][.!?])\d{1,2}$")
    lettered: re.Pattern[str] = re.compile(r"[A-Z](\.\d+)*[.:]?\s")
    entry: re.Pattern[str] = re.compile(r"\[\d{1,3}\]\s?\S")
    roman: re.Pattern[str] = re.compile(r"(II|III|IV)[.:]?\s")
    label_rows: int = 30
    """Rows of a labelled part of an abstract at most; sections have more."""
    entries: int = 5
    """Numbered entries after the first from which on rows without a heading are a list of
    references.
    """


_rules = SectionsRules()


@dataclass(frozen=True, slots=True)
class Text:
    """What is left of a paper without its figures and margins."""

    front: tuple[Row, ...]
    """Title, authors, affiliations."""
    notes: tuple[Row, ...]
    """Rows of the footnotes, for affiliations."""
    abstract: str
    sections: tuple[Section, ...]
    """Text before the first heading is a section without a title."""
    footnotes: tuple[Paragraph, ...]


def read_sections(layouts: Sequence[Layout]) -> Text:
    """The running text of a paper, from the `body` lines of its pages."""
    every = read_rows(layouts)
    beside = [row for row in every if row.margin]
    inside = [row for row in every if not row.margin]
    style = body_style(inside)
    front, rows = split_front(inside, style.size)
    rows, notes = split_footnotes(rows, style.size)
    rows = list(part_headings(rows, style.font))
    setting = setting_of(rows, usual_leading(rows), style.size)
    headings = _with_labels(find_headings(rows, style))
    sections = tuple(_sections(rows, headings, setting, titled=bool(front)))
    return Text(
        tuple(front),
        (*notes, *beside),
        _abstract(sections),
        sections,
        read_footnotes([*notes, *beside], setting),
    )


def _with_labels(headings: Sequence[Heading]) -> list[Heading]:
    """The headings, those of an abstract's own parts ("Background", "Methods") one level down.

    They are its parts when the text has headings of the same names, or an introduction, after,
    and no text stands between the abstract's name and the first of them.
    """
    start = next(
        (i for i, h in enumerate(headings) if _is_abstract(h)), len(headings)
    )
    if headings and headings[0].start == 0 and start > 0:
        start = -1  # an abstract of labelled parts without its name
    elif _has_text(headings, start):
        return list(headings)
    stop = start + 1
    names: set[str] = set()
    for heading in headings[start + 1 :]:
        name = heading.title.strip(" .:").lower()
        if (
            name in names
            or not LABEL.fullmatch(name)
            or (name == "introduction" and names)
        ):
            break
        names.add(name)
        stop += 1
    rest = {heading.title.strip(" .:").lower() for heading in headings[stop:]}
    numbered = any(re.match(r"(1|I)[.:]?\s", h.title) for h in headings[stop:])
    if not names or not (numbered or rest & {*names, "introduction"}):
        return list(headings)
    if _longest(headings[start + 1 : stop + 1]) > _rules.label_rows:
        return list(headings)
    parts = (
        replace(h, level=max(2, h.level)) for h in headings[start + 1 : stop]
    )
    return [*headings[: start + 1], *parts, *headings[stop:]]


def _longest(headings: Sequence[Heading]) -> int:
    """The most rows between two headings that follow one another."""
    return max((b.start - a.stop for a, b in pairwise(headings)), default=0)


def _has_text(headings: Sequence[Heading], i: int) -> bool:
    """Rows stand between a heading and the next one."""
    pair = headings[i : i + 2]
    return len(pair) == 2 and pair[0].stop < pair[1].start  # noqa: PLR2004


def _begins_with_label(headings: Sequence[Heading]) -> bool:
    """The first part of an abstract without its name."""
    first = headings[0] if headings else None
    if first is None or first.start > 0 or first.level == 1:
        return False
    return LABEL.fullmatch(first.title) is not None


def _is_abstract(heading: Heading) -> bool:
    return heading.level == 1 and bool(ABSTRACT.fullmatch(heading.title))


def _sections(
    rows: Sequence[Row],
    headings: Sequence[Heading],
    setting: Setting,
    *,
    titled: bool,
) -> Iterator[Section]:
    first = headings[0].start if headings else len(rows)
    yield from _untitled(rows[:first], setting, titled=titled)
    kind: Kind = "abstract" if _begins_with_label(headings) else "body"
    begun = False
    lettered = not any(
        _rules.roman.match(heading.title) for heading in headings
    )
    stops = [*(heading.start for heading in headings[1:]), len(rows)]
    for heading, stop in zip(headings, stops, strict=False):
        page = rows[heading.start].page
        kind = _kind(heading, kind, begun=begun, lettered=lettered)
        begun = begun or kind == "body"
        inside = rows[heading.stop : stop]
        if kind == "references":
            split = len(inside)
        else:
            split = (
                abstract_end(inside)
                if kind == "abstract" and inside
                else _unheaded_references(inside)
            )
        text = read_paragraphs(
            inside[:split], setting, entries=kind == "references"
        )
        yield Section(heading.title, heading.level, page, text, kind)
        yield from _unheaded(inside[split:], setting)


def _kind(
    heading: Heading, before: Kind, *, begun: bool, lettered: bool
) -> Kind:
    """What a heading begins; subsections belong to their section. `begun`: sections stand before it, so it is
    no abstract. `lettered`: "I." and "C." are no Roman numerals.
    """
    if _rules.references.fullmatch(heading.title):
        return "references"
    if heading.level > 1:
        part = before != "abstract" or LABEL.fullmatch(heading.title)
        return (
            before if part and not CONTENTS.fullmatch(heading.title) else "body"
        )
    if ABSTRACT.fullmatch(heading.title) and not begun:
        return "abstract"
    if _rules.appendix.match(heading.title) or before in {
        "references",
        "appendix",
    }:
        return "appendix"
    return (
        "appendix"
        if lettered
        and before != "abstract"
        and _rules.lettered.match(heading.title)
        else "body"
    )


def _untitled(
    rows: Sequence[Row], setting: Setting, *, titled: bool
) -> Iterator[Section]:
    """The text before the first heading: an abstract with its name run in or left out, then
    what follows it.

    Without a title above it, text without the word Abstract is none.
    """
    if not rows:
        return
    end = abstract_end(rows) if titled or names_abstract(rows[0]) else 0
    yield from _leading_abstract(rows[:end], setting)
    yield from _unheaded(rows[end:], setting)


def _unheaded(rows: Sequence[Row], setting: Setting) -> Iterator[Section]:
    """Text without a heading of its own, and the references at its end."""
    split = _unheaded_references(rows)
    if split:
        yield Section(
            "", 1, rows[0].page, read_paragraphs(rows[:split], setting), "body"
        )
    if split < len(rows):
        yield _references(rows[split:], setting)


def _leading_abstract(
    rows: Sequence[Row], setting: Setting
) -> Iterator[Section]:
    if not rows:
        return
    abstract = read_paragraphs(rows, setting)
    lead = ABSTRACT.match(abstract[0].text)
    if lead:
        first = abstract[0].text[lead.end() :]
        page = abstract[0].page
        begun = (Paragraph(first, page),) if first else ()
        abstract = (*begun, *abstract[1:])
    if abstract:
        yield Section("", 1, rows[0].page, abstract, "abstract")


def _unheaded_references(rows: Sequence[Row]) -> int:
    """Index of the first entry of a list of references without a heading, or the number of rows."""
    for i, row in enumerate(rows):
        if (
            row.text.startswith("[1]")
            and sum(
                bool(_rules.entry.match(later.text)) for later in rows[i + 1 :]
            )
            >= _rules.entries
        ):
            return i
        if (
            row.raised_number == 1
            and sum(later.raised_number is not None for later in rows[i + 1 :])
            >= _rules.entries
        ):
            return i
    return len(rows)


def _references(rows: Sequence[Row], setting: Setting) -> Section:
    return Section(
        "",
        1,
        rows[0].page,
        read_paragraphs(rows, setting, entries=True),
        "references",
    )


def _abstract(sections: Sequence[Section]) -> str:
    """The abstract as one paragraph with the labels of its parts, without keywords."""
    texts: list[str] = []
    for section in sections:
        if section.kind != "abstract":
            if texts:
                break
            continue
        if texts and section.level == 1:
            break  # the same in another language
        if SUMMARY.fullmatch(section.title):
            break
        texts += [section.title] if section.level > 1 else []
        texts += _before_keywords(section)
    return _rules.footnote_mark.sub("", " ".join(texts))


def _before_keywords(section: Section) -> Iterator[str]:
    for paragraph in section.paragraphs:
        if KEYWORDS.match(paragraph.text):
            return
        yield paragraph.text
