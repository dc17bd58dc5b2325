"""The sentences of a section as they can be shown: bullets and numbers of lists taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.common.sentences import split_sentences
from pipeline.paper import Paragraph, Section


@dataclass(frozen=True, slots=True)
class RunningTextRules:
    """Signs of lists."""

    bullet: re.Pattern[str] = re.compile(
        r"\s*(?:[•▪●◦‣∙·–—*-]|[\[(]?(?:\d{1,2}|[ivx]{1,4}|[a-f])[\])]|\d{1,2}\.)\s+(?=\S)"
    )
    """What begins an entry of a list: "•", "(1)", "ii)", "3."."""
    inline: re.Pattern[str] = re.compile(
        r"(?<=[:;,.])\s+(?:and |and, )?(?=\(?(?:\d|i{1,3}|iv|v)\)\s+[A-Z])"
    )
    """Where an entry begins in the middle of a paragraph: ": 1) We propose"."""
    list_head: re.Pattern[str] = re.compile(
        r"\bcontributions?\b.{0,80}(?:are|is|include|can be|as follows|summari[sz]ed|threefold|:)"
        r"|\bcontributions?\b[^.]{0,30}[:.]?$|贡献(?:如下|包括|有|主要)|主要贡献",
        re.IGNORECASE,
    )
    """What announces a list of contributions."""
    label: re.Pattern[str] = re.compile(
        r"(?P<background>background|context|introduction|rationale)"
        r"|(?P<method>(?:aims?|objectives?|purpose|goals?)(?: of the study)?|design|setting|(?:materials"
        r"|patients|subjects)? ?(?:and )?methods?"
        r"|methodology|approach|study design|participants|interventions?|main outcome measures?)"
        r"|(?P<result>(?:main )?(?:results|findings)|results and discussion)"
        r"|(?P<meaning>conclusions?|discussion|interpretation|significance|implications)",
        re.IGNORECASE,
    )
    """Labels of the parts of a structured abstract, by the role of what follows."""
    labelled: re.Pattern[str] = re.compile(
        r"([A-Z][a-z]+)\s+(?=(?:The|This|These|We|To|An?|In|Our|All|For|From|Data|Patients|Participants)\b)"
        r"|([A-Z][A-Za-z ]{3,30})[:.—–](?:\s+(?=[A-Z0-9])|$)"
    )
    """A label with its sign, alone, or before a word that begins a sentence."""
    title: int = 4
    """Words of a number or a title that an entry begins with: "1.", "Distillation."."""
    most: int = 6
    """Entries of a list of contributions."""


_rules = RunningTextRules()


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A sentence where it stands."""

    text: str
    page: int
    contribution: bool = False
    """Whether it begins an entry of the list of contributions."""
    part: str = ""
    """Of a structured abstract, the role that its label gives it: "result"."""


def pieces_of(section: Section) -> Iterator[TextPiece]:
    """Give the sentences of a section in order."""
    entries, part = 0, ""
    for paragraph in section.paragraphs:
        begins = bool(_rules.bullet.match(paragraph.text))
        entries = entries if begins else 0
        for text, page in _sentences(paragraph):
            bare = _without_bullet(text)
            if section.kind == "abstract":
                bare, part = _without_label(bare, part)
            begins = begins or bare != text
            titled = len(bare.split()) <= _rules.title
            listed = begins and entries > 0 and not titled
            yield TextPiece(bare, page, listed, part)
            entries -= listed
            begins = begins and titled
            if _rules.list_head.search(text):
                entries = _rules.most


def _without_bullet(text: str) -> str:
    found = _rules.bullet.match(text)
    return text[found.end() :] if found else text


def _without_label(text: str, part: str) -> tuple[str, str]:
    """The sentence without the label of its part, and that part, or else the part before."""
    found = _rules.labelled.match(text)
    words = found[found.lastindex or 0].strip() if found else ""
    label = _rules.label.fullmatch(words)
    if found is None or label is None:
        return text, part
    return text[found.end() :] or text, label.lastgroup or part


def _sentences(paragraph: Paragraph) -> Iterator[tuple[str, int]]:
    """The sentences of a paragraph with their pages; entries in a line are parted."""
    end = 0
    for text in split_sentences(paragraph.text):
        begin = max(0, paragraph.text.find(text, end))
        end = begin + len(text)
        for part in _rules.inline.split(text):
            yield part, paragraph.page_at(begin)
