"""Tells names of institutions from other lines of a front, and cleans them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.pdf.normalize import normalise


@dataclass(frozen=True, slots=True)
class PlaceLimits:
    """How long a place can be."""

    longest: int = 260
    """Letters of a place at most; longer text is no address."""


limits = PlaceLimits()


@dataclass(frozen=True, slots=True)
class PlacePatterns:
    """What tells places from notes and addresses."""

    institution: re.Pattern[str]
    """Words and names of institutions."""
    note: re.Pattern[str]
    """What says something else than where authors work."""
    mail: re.Pattern[str]
    """An electronic address, or several in braces."""
    open_mail: re.Pattern[str]
    """Such braces that a row breaks."""
    rest: re.Pattern[str]
    """What follows a place in the same paragraph."""
    article: re.Pattern[str]
    """An article before a part of an institution."""
    raised_name: re.Pattern[str]
    """Marks behind names, the number of an article."""


patterns = PlacePatterns(
    institution=re.compile(
        r"univ|institu|college|school|faculty|facult[éa]|fakult|depart|dipart|dépar"
        r"|laborator|\blabs?\b"
        r"|research|academ|cent(er|re|ro)\b|zentrum|hospital|clinic|polytech|politec|technolog"
        r"|technische|hochschule|école|ecole|council|ministry|directorate|secretariat"
        r"|observator|museum"
        r"|foundation|agency|\bservice\b|\binc\b|\bcorp|\bltd|\bgmbh\b|\bllc\b|company"
        r"|\bgroup\b|google|\bmeta\b|facebook"
        r"|microsoft|nvidia|openai|deepmind|amazon|\bapple\b|adobe|alibaba|tencent|baidu"
        r"|bytedance|huawei"
        r"|sensetime|megvii|samsung|\bsony\b|\bintel\b|\bibm\b|\bai\b|cnrs|inria|\beth\b"
        r"|epfl|\bmit\b"
        r"|caltech|kaist|\bucla\b|\buc\b|大学|大學|学院|學院|研究|公司|病院|医院|대학|연구|دانشگاه",
        re.IGNORECASE,
    ),
    note=re.compile(
        r"equal|contribut|correspond|\bwork (was )?(done|performed)|intern(ship)?\b|advis|e-?mail"
        r"|electronic address|\b(these|the|both|all|lead) authors?|project lead|part of (the|this)"
        r"|supported|preprint|conference|under review|copyright|permission|proceedings|received"
        r"|accepted|published|https?:|www\.|doi[.:]|orcid|licen[sc]e|student member|senior member"
        r"|©|\(c\) \d{4}|creative commons|rights reserved|open[- ]access|citation:|editor"
        r"|full list of"
        r"|article info|通[讯信]作者|基金",
        re.IGNORECASE,
    ),
    mail=re.compile(r"[{(<\[]?[\w.+,\s|-]*[})\]]?\s*@\s*\S+"),
    open_mail=re.compile(r"\s*\{[\w.+,\s|-]*$"),
    rest=re.compile(
        r"\(?\b(correspond|dated:|full list of author|abstract\b|keywords?\b|key words\b).*$"
        r"|(摘\s*要|关\s*键\s*词|中图分类号).*$|\s*©.*$",
        re.IGNORECASE | re.DOTALL,
    ),
    article=re.compile(r"^the (?=department|school|faculty)", re.IGNORECASE),
    raised_name=re.compile(r"[a-zà-ÿ]\d{1,2}[*,]|^\d+\.\d+/"),
)


def is_institution(text: str) -> bool:
    """Holds a word that institutions are called by, or the name of a well-known one."""
    return patterns.institution.search(text) is not None


def is_note(text: str) -> bool:
    """Says something else than where authors work: contributions, dates, licences, addresses."""
    return patterns.note.search(text) is not None


def is_address_line(text: str) -> bool:
    """A line of electronic addresses and no place."""
    return "@" in text and not is_institution(patterns.mail.sub("", text))


def is_place(text: str) -> bool:
    """May be given as a place: not too long, no list of names, no note or licence."""
    if (
        not re.search(r"[^\W\d_]{2}", text)
        or len(text) > limits.longest
        or is_note(text)
    ):
        return False
    return not patterns.raised_name.search(text)


def clean_place(text: str) -> str:
    """A place without addresses, marks and loose punctuation."""
    text = normalise(text)
    if "@" in text:
        text = patterns.mail.sub("", text)
    text = patterns.open_mail.sub("", patterns.rest.sub("", text))
    if text[:1] in "（(" and text.rstrip(" ,;.:")[-1:] in "）)":
        text = text.rstrip(" ,;.:")[1:-1]
    return patterns.article.sub("", text.strip(" ,;.:·•")).removeprefix("the ")
