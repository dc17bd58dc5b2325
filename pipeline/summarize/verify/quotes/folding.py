"""Text in folded form, in which quotes and names are compared.

Compatibility forms, accents, case, hyphens, spaces and punctuation are gone, so that ligatures,
line breaks and the hyphens of either side make no difference.
"""

from __future__ import annotations

import re
import unicodedata

_STROKE = re.compile("[ıøłđæœ]")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_ACCENT = re.compile("[\u00a8\u00b4\u02c6\u02c7\u02d8-\u02dd]")
_APART = re.compile(
    r"(?<=[^\W\d_])\s?[\u00a8\u00b4\u02c6\u02c7\u02d8-\u02dd]\s?(?=[^\W\d_])"
)
"""Accents that a PDF has beside their letters: Lemaˆıtre."""
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
_CJK = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


def words_of(text: str) -> list[str]:
    """Split a text into words in folded form; each Chinese character is one."""
    if text.isascii():
        return text.lower().translate(_SIGNS).split()
    whole = _APART.sub("", text) if _ACCENT.search(text) else text
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", whole)).casefold()
    if _STROKE.search(plain):
        plain = plain.translate(_LETTERS)
    if _CJK.search(plain):
        plain = _CJK.sub(r" \1 ", plain)
    return _WORD.findall(plain)


def fold(text: str) -> str:
    """Keep the letters and digits of a text, in folded form."""
    return "".join(words_of(text))
