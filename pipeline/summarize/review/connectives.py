"""Words at the beginning of a statement that tie it to the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConnectiveForms:
    """Words that hang in the air where the statement before was left out."""

    chinese: re.Pattern[str] = re.compile(
        r"(?:然后|接着|随后|此外|另外|例如|比如)(?:[，,]\s*)?[再还]?"
        r"|(?:因此|所以|但是?|然而|不过|同时|其次|再次|继而|进而|接下来|之后|而后|最后|第[二三四五六](?:步)?|其[二三四])[，,：:、]\s*还?"
        r"|[(（]?[2-9][)）.、]\s*(?!\d)"
    )
    english: re.Pattern[str] = re.compile(
        r"(?:then|subsequently|thereafter|afterwards?|after that)\b,?\s+(?!,)"
        r"|(?:next|also|for example|for instance|therefore|thus|hence|however|in contrast"
        r"|besides|in addition|additionally|moreover|furthermore|likewise"
        r"|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|finally|lastly)\s*,\s+"
        r"|\(?[2-9][).]\s+",
        re.IGNORECASE,
    )
    least: int = 6
    """Characters that are left of a statement."""


_forms = ConnectiveForms()


def without_connective(text: str) -> str:
    """Give a statement without the word that ties it to the one before; whole where it has none."""
    found = _forms.chinese.match(text) or _forms.english.match(text)
    rest = text[found.end() :].lstrip() if found else ""
    if len(rest) < _forms.least:
        return text
    return rest[0].upper() + rest[1:] if found else text
