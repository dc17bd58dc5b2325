"""References to papers: BibTeX, RIS and CSL-JSON, as reference managers and TeX take them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pipeline.citations import latex
from pipeline.citations.author_names import Name, listed_authors, parse_name
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.citations.venues import Venue, venue_of
from pipeline.common.clean import clean_line
from pipeline.paper import Paper

Format = Literal["bibtex", "ris", "csl-json"]


VenueOf = Callable[[Paper], Venue | None]
"""The venue of a paper, None for a preprint."""


@dataclass(frozen=True, slots=True)
class CitationKeyRules:
    """Of what words and letters a citation key is made."""

    light_words: frozenset[str] = frozenset(
        "a an the on of for in to with and from via by is are be as at toward towards into using how what why".split()  # noqa: SIM905
    )
    """Words of a title that a key leaves out."""
    letters: Mapping[int, str] = field(
        default_factory=lambda: str.maketrans(
            {
                "ß": "ss",
                "ø": "o",
                "Ø": "O",
                "ł": "l",
                "Ł": "L",
                "æ": "ae",
                "œ": "oe",
            }
        )
    )
    """For letters that Unicode does not take apart."""


_key_rules = CitationKeyRules()


def format_references(
    papers: Sequence[Paper], form: Format, venue: VenueOf = venue_of
) -> str:
    """References to papers in one of the formats, each paper once, in the order given."""
    once = list({paper.id: paper for paper in papers}.values())
    return {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}[form](
        once, venue
    )


def bibtex(papers: Sequence[Paper], venue: VenueOf = venue_of) -> str:
    """Entries for BibTeX and biblatex, with arXiv's fields eprint, archivePrefix and
    primaryClass.
    """
    named = zip(keys(papers), papers, strict=True)
    return "\n".join(_entry(key, paper, venue(paper)) for key, paper in named)


def ris(papers: Sequence[Paper], venue: VenueOf = venue_of) -> str:
    """Records of tagged lines; a preprint is UNPB, the type for what is not published."""
    return "\r\n".join(
        "".join(
            f"{tag}  - {value}\r\n"
            for tag, value in _tags(paper, venue(paper))
            if value
        )
        + "ER  - \r\n"
        for paper in papers
    )


def csl_json(papers: Sequence[Paper], venue: VenueOf = venue_of) -> str:
    """Items of CSL-JSON 1.0.2, where a preprint is an article of genre "preprint" with a number."""
    named = zip(keys(papers), papers, strict=True)
    items = [_item(key, paper, venue(paper)) for key, paper in named]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def keys(papers: Sequence[Paper]) -> list[str]:
    """Citation keys: family name of the first author, year, first word of weight; a, b, c …
    where two are alike.
    """
    plain = [_key(paper) for paper in papers]
    count = Counter(plain)
    seen: Counter[str] = Counter()
    found = []
    for key in plain:
        seen[key] += 1
        found.append(f"{key}-{_letters(seen[key])}" if count[key] > 1 else key)
    return found


def _key(paper: Paper) -> str:
    words = [
        _ascii(word)
        for word in re.findall(
            r"\w+", latex.unicode(re.sub(r"\$[^$]*\$", " ", paper.title))
        )
    ]
    heavy = (
        word
        for word in words
        if len(word) > 1 and word not in _key_rules.light_words
    )
    word = next(heavy, "")
    author = next((_ascii(name.key) for name in _names(paper)), "")
    return f"{author or 'arxiv' + _ascii(paper.id)}{paper.published.year}{word}"


def _ascii(text: str) -> str:
    letters = text.translate(_key_rules.letters)
    return re.sub(
        r"[^a-z0-9]", "", unicodedata.normalize("NFKD", letters).casefold()
    )


def _letters(number: int) -> str:
    """1 as a, 26 as z, 27 as aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _names(paper: Paper) -> list[Name]:
    authors = listed_authors(map(latex.unicode, paper.authors))
    return [parse_name(author) for author in authors]


def _doi(paper: Paper) -> str:
    """The publisher's DOI, else the one that arXiv registers for every paper."""
    given = re.sub(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:)",
        "",
        clean_line(paper.doi),
        flags=re.IGNORECASE,
    )
    return given.split()[0] if given else f"10.48550/arXiv.{paper.id}"


def _link(paper: Paper) -> str:
    return f"https://arxiv.org/abs/{paper.id}"


def _year(paper: Paper, venue: Venue | None) -> int:
    return (venue.year if venue else None) or paper.published.year


def _note(paper: Paper, venue: Venue | None) -> str:
    """What is known of the publication in words: the journal reference, else that it is
    accepted.
    """
    if venue is None:
        return ""
    stated = clean_line(paper.journal_ref) or "Accepted"
    return f"{stated} ({venue.note})" if venue.note else stated


def _container(venue: Venue) -> str:
    return (
        f"{venue.full} Workshops"
        if venue.kind == "workshop" and "workshop" not in venue.full.lower()
        else venue.full
    )


# BibTeX


def _entry(key: str, paper: Paper, venue: Venue | None) -> str:
    kind, place = "misc", ""
    if venue:
        kind, place = (
            ("article", "journal")
            if venue.kind == "journal"
            else ("inproceedings", "booktitle")
        )
    fields = {
        "title": latex.title(tex_as_text(paper.title)),
        "author": " and ".join(_author(name) for name in _names(paper)),
        place: latex.escape_latex(_container(venue)) if venue else "",
        "year": str(_year(paper, venue)),
        "eprint": latex.verbatim(paper.id),
        "archivePrefix": "arXiv",
        "primaryClass": latex.verbatim(paper.categories[0])
        if paper.categories
        else "",
        "doi": latex.verbatim(_doi(paper)),
        "url": _link(paper),
        "note": latex.escape_latex(_note(paper, venue)),
    }
    lines = [
        f"  {name} = {{{value}}}" for name, value in fields.items() if value
    ]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _author(name: Name) -> str:
    """A name for BibTeX's `author`; what is not a person's stays whole in braces, and so does
    an "and".
    """
    if name.literal:
        return f"{{{latex.escape_latex(name.literal)}}}"
    return re.sub(r"\band\b", "{and}", latex.escape_latex(name.sorted))


# RIS


def _tags(paper: Paper, venue: Venue | None) -> list[tuple[str, str]]:
    kind = "UNPB"
    if venue:
        kind = "JOUR" if venue.kind == "journal" else "CONF"
    day = paper.published.strftime("%Y/%m/%d")
    return [
        ("TY", kind),
        *[("AU", name.literal or _ris_name(name)) for name in _names(paper)],
        ("TI", clean_line(tex_as_text(paper.title))),
        ("T2", clean_line(_container(venue)) if venue else ""),
        ("PY", str(_year(paper, venue))),
        ("DA", "" if venue else day),
        ("AB", clean_line(tex_as_text(paper.abstract))),
        ("DO", _doi(paper)),
        ("UR", _link(paper)),
        ("L1", f"https://arxiv.org/pdf/{paper.id}"),
        ("PB", "" if venue else "arXiv"),
        ("AN", f"arXiv:{paper.id}"),
        ("N1", _note(paper, venue)),
        *[("KW", clean_line(category)) for category in paper.categories],
    ]


def _ris_name(name: Name) -> str:
    """RIS wants "Family, Given, Suffix"."""
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix)))


# CSL-JSON


def _item(key: str, paper: Paper, venue: Venue | None) -> dict[str, Any]:
    kind = "article"
    if venue:
        kind = (
            "article-journal" if venue.kind == "journal" else "paper-conference"
        )
    item = {
        "id": key,
        "type": kind,
        "title": clean_line(tex_as_text(paper.title)),
        "author": [_csl_name(name) for name in _names(paper)],
        "issued": {"date-parts": [_issued(paper.published.date(), venue)]},
        "container-title": clean_line(_container(venue)) if venue else "",
        "publisher": "" if venue else "arXiv",
        "genre": "" if venue else "preprint",
        "number": "" if venue else f"arXiv:{paper.id}",
        "abstract": clean_line(tex_as_text(paper.abstract)),
        "DOI": _doi(paper),
        "URL": _link(paper),
        "note": "\n".join(
            filter(
                None,
                (
                    f"arXiv:{paper.id} [{', '.join(paper.categories[:1])}]",
                    _note(paper, venue),
                ),
            )
        ),
    }
    return {name: value for name, value in item.items() if value}


def _issued(day: date, venue: Venue | None) -> list[int]:
    if venue and venue.year and venue.year != day.year:
        return [venue.year]
    return [day.year] if venue else [day.year, day.month, day.day]


def _csl_name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: value for part, value in parts.items() if value}
