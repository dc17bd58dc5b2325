"""Names that stand in a manuscript where its authors are not to be told: "First Author",
"Institution A", "Affiliation".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ORDINAL = r"(?:first|second|third|fourth|fifth|last|\d?1st|\d?2nd|\d?3rd|\dth)"
_NUMBER = r"(?:\d{1,2}|[a-e]|one|two|three|four)"
_PERSONAL = (
    r"(?:first|last|given|family|middle|full)[\s-]?names?|surname|names?"
)


@dataclass(frozen=True, slots=True)
class PlaceholderForms:
    """What the templates of conferences and journals print for people and places."""

    person: re.Pattern[str] = re.compile(
        r"(?:anonymous|anonymi[sz]ed)\b.*|double[- ]blind\b.*|匿名.*"
        rf"|authors?(?:\(s\))?(?:\s*(?:{_NUMBER}|names?|list))?"
        rf"|{_ORDINAL}\s+(?:co-?)?authors?(?:\s+names?)?"
        rf"|(?:{_ORDINAL}\s+)?(?:{_PERSONAL})(?:\s+(?:{_PERSONAL}))*"
        r"|(?:paper|submission)\s*(?:id|number|no\.?)?\s*[#\d]*"
        r"|第?[一二三四]?作者(?:姓名|[一二三四甲乙丙\da-e])?|姓名",
        re.IGNORECASE,
    )
    place: re.Pattern[str] = re.compile(
        r"(?:anonymous|anonymi[sz]ed)\b.*|double[- ]blind\b.*|匿名.*"
        rf"|(?:(?:{_ORDINAL}|your|the|some|authors?|author'?s)\s+)?"
        r"(?:institutions?|affiliations?|organi[sz]ations?)(?:\(s\))?"
        rf"(?:[\s/]*(?:{_NUMBER}|names?|address|line\s*\d?))*"
        rf"|(?:institute|university|department|company|school|lab)\s*(?:{_NUMBER}|names?)"
        r"|(?:dept\.?|department)?\s*names?\s+of\s+(?:the\s+)?(?:organi[sz]ation|institution)s?"
        r"(?:\s*\(of aff.*)?"
        r"|(?:作者)?(?:单位|机构|学校)(?:名称|全称)?\s*[一二三四甲乙丙\da-e]?",
        re.IGNORECASE,
    )
    said: re.Pattern[str] = re.compile(
        r"\banonym(?:ous|i[sz]ed)\b|double[- ]blind|匿名", re.IGNORECASE
    )
    """Of the front of a paper."""
    around: str = " \t\n*†‡§.:()（）"
    """Marks and blanks around a name."""


_forms = PlaceholderForms()


def is_placeholder_person(name: str) -> bool:
    """Tell whether a name stands for an author who is not named."""
    return bool(_forms.person.fullmatch(name.strip(_forms.around)))


def is_placeholder_place(name: str) -> bool:
    """Tell whether a name, with or without its city, stands for an institution not named."""
    first = re.split(r"[,;，；]", name)[0].strip(_forms.around)
    return bool(_forms.place.fullmatch(first))


def names_nobody(front: str, authors: Iterable[str]) -> bool:
    """Tell whether a manuscript hides its authors: none is a person's name, and it says so.

    Args:
        front: page 1 above the abstract.
        authors: the names that stand there.
    """
    names = tuple(authors)
    return not named_people(names) and bool(names or _forms.said.search(front))


def named_people(names: Iterable[str]) -> tuple[str, ...]:
    """Give the names of real people."""
    return tuple(one for one in names if not is_placeholder_person(one))


def named_place(name: str) -> str:
    """Give the name of an institution; "" for what stands in the place of one."""
    return "" if is_placeholder_place(name) else name
