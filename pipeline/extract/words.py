"""Text as a reader would type it: ligatures and composed accents normalised, words broken at line ends joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SPACES = re.compile(r"\s+")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": "-"}
)
_ACCENTS = dict(
    zip("`´¨ˆ˜¯˘˙˚˝ˇ¸", "\u0300\u0301\u0308\u0302\u0303\u0304\u0306\u0307\u030a\u030b\u030c\u0327", strict=True)
)
_LOOSE = re.compile("([" + "".join(_ACCENTS) + r"])\s?([A-Za-zıȷ])")
_BROKEN = re.compile(r"[^\W\d_]-$")


def normal(text: str) -> str:
    """NFC, ligatures split, accents that TeX set beside their letter put on it, spaces single."""
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    text = _LOOSE.sub(_composed, text.translate(_LIGATURES))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _composed(found: re.Match[str]) -> str:
    letter = {"ı": "i", "ȷ": "j"}.get(found[2], found[2])
    return letter + _ACCENTS[found[1]]


def joined(lines: Sequence[str]) -> str:
    """Lines as one string: a word that a hyphen breaks at a line's end is whole again."""
    text = ""
    for line in map(normal, lines):
        if _BROKEN.search(text) and line[:1].islower():
            text = text[:-1] + line
        elif text:
            text += " " + line
        else:
            text = line
    return text
