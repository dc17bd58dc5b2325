"""Text in folded form, in which quotes and names are compared.

Compatibility forms, accents, case, hyphens, spaces and punctuation are gone, so that ligatures,
line breaks and the hyphens of either side make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
)
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}


@dataclass(frozen=True, slots=True)
class FoldForms:
    """Signs that folding takes apart."""

    stroke: re.Pattern[str] = re.compile("[ıøłđæœ]")
    accent: re.Pattern[str] = re.compile(
        "[\u00a8\u00b4\u02c6\u02c7\u02d8-\u02dd]"
    )
    apart: re.Pattern[str] = re.compile(
        r"(?<=[^\W\d_])\s?[\u00a8\u00b4\u02c6\u02c7\u02d8-\u02dd]\s?(?=[^\W\d_])"
    )
    """Accents that a PDF has beside their letters: Lemaˆıtre."""
    marks: re.Pattern[str] = re.compile(
        "[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
    )
    word: re.Pattern[str] = re.compile(r"[^\W_]+")
    cjk: re.Pattern[str] = re.compile(
        "([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
    )


fold_forms = FoldForms()


def words_of(text: str) -> list[str]:
    """Split a text into words in folded form; each Chinese character is one."""
    if text.isascii():
        return text.lower().translate(_SIGNS).split()
    whole = (
        fold_forms.apart.sub("", text)
        if fold_forms.accent.search(text)
        else text
    )
    plain = fold_forms.marks.sub(
        "", unicodedata.normalize("NFKD", whole)
    ).casefold()
    if fold_forms.stroke.search(plain):
        plain = plain.translate(_LETTERS)
    if fold_forms.cjk.search(plain):
        plain = fold_forms.cjk.sub(r" \1 ", plain)
    return fold_forms.word.findall(plain)


def folded_letters(text: str) -> str:
    """Keep the letters and digits of a text, in folded form."""
    return "".join(words_of(text))


def stands_in(name: str, words: Sequence[str]) -> bool:
    """Tell whether a folded name is one of the words or several in a row; a plural s is fine."""
    return any(
        f"{name}s".startswith(word) and _begins_there(name, words[at:])
        for at, word in enumerate(words)
    )


def _begins_there(name: str, words: Sequence[str]) -> bool:
    joined = ""
    for word in words:
        joined += word
        if joined in (name, f"{name}s"):
            return True
        if not name.startswith(joined):
            return False
    return False
