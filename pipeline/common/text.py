"""Text made comparable: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORDS = re.compile(r"[\W_]+")


def strip_accents(text: str) -> str:
    """Decompose to compatibility forms (NFKD) and drop the combining marks."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def fold_text(text: str) -> str:
    """Drop case, accents and compatibility forms, keep everything else."""
    return strip_accents(text).casefold()


def fold_words(text: str) -> str:
    """Fold, and put one space for whatever is neither letter nor digit."""
    return _NOT_WORDS.sub(" ", fold_text(text)).strip()


def fold_letters(text: str) -> str:
    """Fold, and keep nothing but letters and digits."""
    return _NOT_WORDS.sub("", fold_text(text))
