"""Letters as a reader would type them: ligatures split, accents composed, invisible characters
dropped.

TeX's older fonts print an accent and a letter one after the other ("F´ısica"); the PDF then
says so too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.extract.pdf.hidden_text import UNSEEN

# Spacing accents and the combining characters they stand for (Unicode 16, chapter 7.9).
ACCENTS = {
    "\u00b4": "\u0301",
    "\u02ca": "\u0301",
    "\u00a8": "\u0308",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u00b8": "\u0327",
    "\u02c7": "\u030c",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02db": "\u0328",
    "`": "\u0300",
}
LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u3000": " ",
    }
)


@dataclass(frozen=True, slots=True)
class NormalizeRules:
    """Letters that are written otherwise, and marks that stand beside them."""

    # After a letter a space may follow the accent ("Schr¨ odinger"); the grave accent counts only
    # within a word.
    before: re.Pattern[str] = re.compile(
        "(?:(?<=[^\\W\\d_])([\u00b4\u00a8\u02c6\u02dc\u00b8\u02c7\u02d8\u02da\u02dd]) ?"
        "|([\u00b4\u02ca\u00a8\u02c6\u02dc\u00b8\u02c7\u00af\u02d8\u02d9\u02da\u02dd\u02db])|(?<=[^\\W\\d_])(`))"
        "([A-Za-z\u0131\u0237])"
    )
    styled: re.Pattern[str] = re.compile("[\U0001d400-\U0001d7ff]")
    control: re.Pattern[str] = re.compile("[\x00-\x1f\x7f-\x9f]+")
    changed: re.Pattern[str] = re.compile(
        "["
        + "".join(map(chr, LIGATURES))
        + "".join(ACCENTS)
        + UNSEEN.pattern.strip("[]+")
        + "\U0001d400-\U0001d7ff\x00-\x1f\x7f-\x9f]"
    )
    """Anything that the steps of `normalise` before composing look for."""


_rules = NormalizeRules()


def normalise(text: str) -> str:
    """One line of text in NFC, on one line, spaces collapsed."""
    if (
        text.isascii()
        and text.isprintable()
        and "`" not in text
        and "  " not in text
    ):
        return text.strip()
    if not _rules.changed.search(text):
        return " ".join(unicodedata.normalize("NFC", text).split())
    text = UNSEEN.sub("", text.translate(LIGATURES))
    text = _rules.control.sub(" ", text)
    text = _rules.styled.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), text
    )
    text = _rules.before.sub(_compose, text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _compose(found: re.Match[str]) -> str:
    accent = ACCENTS[found[1] or found[2] or found[3]]
    letter = {"\u0131": "i", "\u0237": "j"}.get(found[4], found[4])
    composed = unicodedata.normalize("NFC", letter + accent)
    return composed if len(composed) == 1 else found[0]
