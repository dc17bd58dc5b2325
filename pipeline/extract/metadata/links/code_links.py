"""Finds the authors' own code and project pages among the web addresses of a paper.

A paper names many repositories: its own, those it builds on, those of data and tools. An
address is the authors' own when the sentence around it offers code, when it stands in the
abstract or the front, or when it bears the paper's or an author's name; words such as "based
on" or "borrowed from" speak against it. Addresses in the references never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.layout.line_roles import Layout
from pipeline.extract.pdf.page import Link
from pipeline.paper import Paragraph, Section

Place = Literal["front", "abstract", "body", "note", "anchor"]

OWN = 3
"""Points from which on an address is the authors' own; `_points` gives them."""
EARLY = 2
"""The last page on which papers offer their code before they begin."""
CONTEXT = 240
"""Characters before an address in which its sentence is looked for."""
NAME = 4
"""Letters from which on a name in an address is no accident."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+|(?<![\w@./-])(?:github\.com|gitlab\.com|bitbucket\.org)/[^\s<>\"“”]+"
    r"|(?<![\w@./-])[\w-]+\.(?:github|gitlab)\.io(?:/[^\s<>\"“”]*)?"
    r"|(?<![\w@./-])(?:[\w-]+\.)+(?:ai|io|com|org|net|edu|dev|me)/[\w./~-]+",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|codeberg\.org|gitee\.com|anonymous\.4open\.science/r"
    r"|sourceforge\.net/projects|code\.google\.com/p)/(?P<owner>[\w.~-]+)(?:/(?P<name>[\w.~-]+))?",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"https?://(?P<owner>[\w-]+)\.(?:github|gitlab)\.io(?:/(?P<name>[\w.~-]+))?",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:doi\.org|arxiv\.org|acm\.org|ieee\.org|creativecommons\.org|orcid\.org|openreview\.net"
    r"|youtu\.be|youtube\.com|springer\.com|sciencedirect\.com|elsevier\.com|wikipedia\.org|google\.com|w3\.org"
    r"|paperswithcode\.com|aclweb\.org|aclanthology\.org|nips\.cc|neurips\.cc|crossmark\.crossref\.org)\b"
    r"|https?://github\.com/anon(ymous)?/?\.*$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(source ?codes?|codes?|codebase|implementations?|repositor(y|ies)|library|github|software|toolkit)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(availab\w*|releas\w*|found|provided?|accessib\w*|accessed|open[- ]?sourced?|public\w*|hosted|share[ds]?|visit"
    r"|see|here|at|in|via|from|link|made)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(releas\w*|open[- ]?sourc\w*|made (publicly )?available|(be|been) made|publish\w*)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(we|our|ours|us|this (work|paper|project))\b", re.IGNORECASE)
_BORROWED = re.compile(
    r"\b(borrow\w*|(is|are|was|were|built|build|builds) (based |built )?(up)?on|adapted|modified|et al|their|licen[cs]e"
    r"|launched by|official (code|implementation|repositor\w+)|re-?implement\w*|downloaded|thanks?|third[- ]party"
    r"|provided by|implementation (of|from|by) (?!our|the (proposed|experiments)|this))",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\b(adopt\w*|we (use|used|employ|employed|follow|followed|utili[sz]ed?|leverage)\b(?! to)|using|use of)",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\b(project|web ?site|web ?page|home ?page|demo|page|supplementary|videos?|results)\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"[.!?]['”\")]*\s+(?=[A-Z•])")
_COMPANIES = {
    "google",
    "microsoft",
    "facebook",
    "research",
    "nvidia",
    "alibaba",
    "tencent",
    "adobe",
    "university",
}


@dataclass(frozen=True, slots=True)
class Links:
    """The authors' own addresses, the surest first."""

    code: tuple[str, ...] = ()
    project: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    url: str
    sentence: str
    """The words around it, without itself."""
    place: Place
    page: int


def find_links(
    layouts: Sequence[Layout],
    front: str,
    title: str,
    sections: Sequence[Section],
    notes: Sequence[Paragraph],
) -> Links:
    """Code and project addresses from text and link annotations; `front` is page 1 above the
    abstract.
    """
    annotated = [
        (layout.page.number, link) for layout in layouts for link in layout.page.links
    ]
    mentions = [*_mentions(front, sections, notes, annotated), *_anchors(layouts)]
    code: dict[str, int] = {}
    project: dict[str, int] = {}
    for mention in mentions:
        points = _points(mention, front, title)
        if points < OWN:
            continue
        repository = _REPOSITORY.match(mention.url)
        if repository or _offers_code(mention):
            code[mention.url] = max(points, code.get(mention.url, 0))
        if not repository and (
            _PAGES.match(mention.url) or _PROJECT.search(mention.sentence)
        ):
            project[mention.url] = max(points, project.get(mention.url, 0))
    return Links(tuple(_ranked(code)), tuple(_ranked(project)))


def _ranked(points: dict[str, int]) -> Iterator[str]:
    seen: set[str] = set()
    for url in sorted(points, key=lambda url: -points[url]):
        key = re.sub(r"^https?://(www\.)?|(\.git)?/?$", "", url.lower())
        if key not in seen:
            seen.add(key)
            yield url


# ---- where addresses stand
# -------------------------------------------------------------------------------------


def _mentions(
    front: str,
    sections: Sequence[Section],
    notes: Sequence[Paragraph],
    annotated: Sequence[tuple[int, Link]],
) -> Iterator[_Mention]:
    yield from _in_text(front, "front", 1, annotated)
    for section in sections:
        if section.kind == "references":
            continue
        place: Place = "abstract" if section.kind == "abstract" else "body"
        for paragraph in section.paragraphs:
            yield from _in_text(paragraph.text, place, paragraph.page, annotated)
    for note in notes:
        yield from _in_text(note.text, "note", note.page, annotated)


def _in_text(
    text: str, place: Place, page: int, annotated: Sequence[tuple[int, Link]]
) -> Iterator[_Mention]:
    if "." not in text or (
        "/" not in text and "www." not in text and ".io" not in text
    ):
        return
    for found in _ADDRESS.finditer(text):
        url = _whole(_clean(found[0]), page, annotated)
        if url and not _NOT_OURS.match(url):
            end = found.start() + len(found[0].rstrip(".!?"))
            yield _Mention(url, _sentence(text, found.start(), end), place, page)


def _clean(url: str) -> str:
    url = url.rstrip(".,;:!?'’\"*†‡")
    while url.endswith((")", "]", "}")) and url.count(url[-1]) > url.count(
        {")": "(", "]": "[", "}": "{"}[url[-1]]
    ):
        url = url[:-1].rstrip(".,;:")
    return url if url.lower().startswith("http") else f"https://{url}"


def _whole(url: str, page: int, annotated: Sequence[tuple[int, Link]]) -> str:
    """The address as its annotation has it, where the text breaks it or runs on."""
    bare = _bare(url)
    for number, link in annotated:
        if abs(number - page) > 1:
            continue
        other = _bare(link.uri)
        shorter = min(len(bare), len(other))
        if shorter > len("github.com/") and bare[:shorter] == other[:shorter]:
            return link.uri.strip()
    return url


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.strip()).rstrip("/").lower()


def _sentence(text: str, start: int, end: int) -> str:
    before = text[max(0, start - CONTEXT) : start]
    cuts = [found.end() for found in _SENTENCE_START.finditer(before)]
    after = text[end : end + CONTEXT // 2]
    stop = _SENTENCE_START.search(after)
    own = before[cuts[-1] :] if cuts else before
    if len(own.split()) < 2 and cuts:  # noqa: PLR2004  "See [url]." alone says nothing; the sentence before may
        own = before[cuts[-2] if len(cuts) > 1 else 0 :]
    return f"{own} {after[: stop.start()] if stop else after}".strip()


def _anchors(layouts: Sequence[Layout]) -> Iterator[_Mention]:
    """Annotations of the first pages whose text is a word such as "Code", or an icon."""
    for layout in layouts[:EARLY]:
        for link in layout.page.links:
            if _NOT_OURS.match(link.uri) or not (
                _REPOSITORY.match(link.uri) or _PAGES.match(link.uri)
            ):
                continue
            words = _under(layout, link)
            if _bare(link.uri)[:12] not in words.lower().replace(" ", ""):
                yield _Mention(link.uri.strip(), words, "anchor", layout.page.number)


def _under(layout: Layout, link: Link) -> str:
    """The words in the box of a link."""
    x0, y0, x1, y1 = link.bbox
    inside = (
        span["text"]
        for line in layout.page.lines
        if min(line.bbox[3], y1) - max(line.bbox[1], y0) > 0.5 * (y1 - y0)
        for span in line.raw
        if min(span["bbox"][2], x1) - max(span["bbox"][0], x0)
        > 0.3 * (span["bbox"][2] - span["bbox"][0])
    )
    return " ".join("".join(inside).split())


# ---- whose they are
# --------------------------------------------------------------------------------------------


def _points(mention: _Mention, front: str, title: str) -> int:
    """How much speaks for the authors' own address; less than OWN is not enough."""
    sentence = mention.sentence
    offered = bool(_OFFER.search(sentence))
    released = bool(_CODE.search(sentence) and _RELEASE.search(sentence))
    points = (
        2
        if offered and _CODE.search(sentence)
        else int(offered and len(sentence.split()) > 1)
    )
    points += released
    points += bool(_WE.search(sentence))
    points += {"front": 3, "abstract": 2, "anchor": 2}.get(
        mention.place, int(mention.page <= EARLY)
    )
    points += 2 if _named(mention.url, front, title) else 0
    points += 1 if mention.place == "anchor" and _CODE.search(sentence) else 0
    others = _BORROWED.search(sentence) or (_USED.search(sentence) and not released)
    return points - (3 if others else 0)


def _offers_code(mention: _Mention) -> bool:
    """The sentence says that code is there, though the address is no repository."""
    early = mention.page <= EARLY or bool(_WE.search(mention.sentence))
    return (
        early
        and mention.place != "front"
        and bool(re.search(r"\bcodes?\b", mention.sentence, re.IGNORECASE))
    )


def _named(url: str, front: str, title: str) -> bool:
    """Bears the name of the paper's method or of an author."""
    found = _REPOSITORY.match(url) or _PAGES.match(url)
    if not found:
        return False
    owner, name = found["owner"] or "", found["name"] or ""
    if _method(title, name) or _method(title, owner):
        return True
    authors = (
        word.lower()
        for word in re.findall(r"[^\W\d_]+", front[len(title) :])
        if len(word) >= NAME
    )
    return any(word in owner.lower() for word in authors if word not in _COMPANIES)


def _method(title: str, name: str) -> bool:
    """A repository is called like the title's first words, or like what stands before its colon."""
    plain, head = _letters(name), _letters(title.partition(":")[0])
    if len(plain) < NAME or len(head) < NAME:
        return bool(plain) and plain == head
    return (
        plain.startswith(head)
        or head.startswith(plain)
        or _first_word(name) == _first_word(title) != ""
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _first_word(text: str) -> str:
    words: Iterable[str] = re.findall(r"[^\W_]+", text.lower())
    return next((word for word in words if len(word) > NAME), "")
