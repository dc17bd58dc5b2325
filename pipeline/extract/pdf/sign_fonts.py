"""Signs of fonts that name their glyphs by numbers, so that no reader can tell what they say.

Typesetters of several publishers (3B2's "AdvP4C4E74" in papers of Elsevier, Springer, Wiley and
Oxford) embed the minus sign as a glyph "C0": MuPDF gives U+FFFD for it, and "¼" for the equals
sign. The numbers are places in TeX's font of symbols, cmsy (Knuth, The TeXbook, appendix F).

Where a font has no outlines, pdfTeX embeds it as pictures (Type 3) and names each letter by its
code in TeX's encodings OT1 or T1: ligatures have the codes of control characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Signs = Mapping[str, Mapping[int, str]]
"""By font and by the code of a letter: what it shows."""


def _symbols() -> dict[int, str]:
    return {
        0: "−", 1: "·", 2: "×", 3: "∗", 4: "÷", 6: "±", 14: "°", 15: "•",
        17: "≡", 20: "≤", 21: "≥", 24: "∼", 25: "≈", 33: "→", 35: "↓",
        34: "↑", 49: "∞", 50: "∈",
    }  # fmt: skip


def _taken() -> dict[str, str]:
    return {"¼": "=", "½": "[", "þ": "+", "ð": "(", "Þ": ")"}


@dataclass(frozen=True, slots=True)
class SignFonts:
    """What is known of such fonts."""

    name: re.Pattern[str] = re.compile(
        r"AdvP4C4E74|AdvMT_SY|TeX_CM_Maths_Symbols"
    )
    unknown: str = "\ufffd"
    """What MuPDF gives for a letter without a meaning."""
    trace: re.Pattern[str] = re.compile("[\ufffd¼½þðÞ]")
    """Letters that such fonts leave in a text."""
    symbols: Mapping[int, str] = field(default_factory=_symbols)
    """By place in cmsy."""
    taken: Mapping[str, str] = field(default_factory=_taken)
    """Letters by whose codes signs are shown."""
    difference: re.Pattern[str] = re.compile(r"(\d+)(?=[\s/])|/([^\s/\[\]]+)")
    glyph: re.Pattern[str] = re.compile(r"C(\d{1,3})")


_fonts = SignFonts()


def _companions() -> dict[int, str]:
    return dict(zip(range(0x84, 0x8A), "†‡‖‰•℃", strict=True))


def _ligatures() -> dict[str, str]:
    codes = "\x0b\x0c\x0d\x0e\x0f\x1b\x1c\x1d\x1e\x1f"
    letters = ("ff", "fi", "fl", "ffi", "ffl")
    return dict(zip(codes, 2 * letters, strict=True))


@dataclass(frozen=True, slots=True)
class TexCodes:
    """Codes of TeX's encodings that are control characters elsewhere.

    They count beside letters only: fonts of symbols have other signs there.
    """

    ligatures: Mapping[str, str] = field(default_factory=_ligatures)
    companions: Mapping[int, str] = field(default_factory=_companions)
    """Signs of the text companion fonts (TS1), daggers among them, by their codes."""
    ligature: re.Pattern[str] = re.compile(
        "(?<=[^\\W\\d_])[\x0b-\x0f\x1b-\x1f]|[\x0b-\x0f\x1b-\x1f](?=[^\\W\\d_])"
    )
    quote: re.Pattern[str] = re.compile(
        "(?P<opens>\x10)(?=\\w)|(?<=[\\w.,!?])\x11"
    )
    """In T1; OT1 has its quotes where ASCII has other signs."""
    dash: re.Pattern[str] = re.compile("(?<=\\w)(?:\x15|(?P<long>\x16))(?=\\w)")


tex_codes = TexCodes()


def read_tex_codes(text: str) -> str:
    """Write ligatures, quotes, dashes and signs of TeX's fonts in place of their codes."""
    text = tex_codes.ligature.sub(
        lambda found: tex_codes.ligatures[found[0]],
        text.translate(tex_codes.companions),
    )
    text = tex_codes.quote.sub(
        lambda found: "“" if found["opens"] else "”", text
    )
    return tex_codes.dash.sub(lambda found: "—" if found["long"] else "–", text)


def leaves_traces(texts: Iterator[str]) -> bool:
    """Texts hold letters that fonts of signs leave."""
    return any(_fonts.trace.search(text) for text in texts)


def read_signs(page: Any) -> Signs:
    """The signs of the fonts of a `pymupdf.Page`; empty for pages without such fonts."""
    found: dict[str, dict[int, str]] = {}
    for xref, _, _, name, *_ in _fonts_of(page):
        if _fonts.name.search(name):
            font = name.partition("+")[2] or name
            found.setdefault(font, {}).update(_signs_of(page.parent, xref))
    return found


def _fonts_of(page: Any) -> list[Any]:
    """The fonts of a page; none where PyMuPDF cannot say the name of a broken one."""
    try:
        fonts: list[Any] = page.get_fonts()
    except TypeError:
        return []
    return fonts


def _signs_of(document: Any, xref: int) -> dict[int, str]:
    kind, names = document.xref_get_key(xref, "Encoding/Differences")
    if kind != "array":
        return dict(_fonts.symbols)
    signs: dict[int, str] = {}
    code = 0
    for found in _fonts.difference.finditer(names):
        if found[1]:
            code = int(found[1])
            continue
        glyph = _fonts.glyph.fullmatch(found[2])
        if glyph:
            place = int(glyph[1])
            signs[code] = _fonts.symbols.get(place, _fonts.unknown)
        code += 1
    return signs


def mend_signs(
    blocks: Sequence[dict[str, Any]],
    coded: Sequence[dict[str, Any]],
    signs: Signs,
) -> None:
    """Write the signs into the spans of a page's text, in place.

    `coded` is the same text with codes for letters that are not known.
    """
    for font, own in signs.items():
        said = _said(coded, font, own)
        spans = [span for span in _spans(blocks) if span["font"] == font]
        missing = sum(s["text"].count(_fonts.unknown) for s in spans)
        following = iter(said if missing == len(said) else missing * "\ufffd")
        for span in spans:
            span["text"] = "".join(
                _shown(letter, following) for letter in span["text"]
            )


def _shown(letter: str, following: Iterator[str]) -> str:
    if letter == _fonts.unknown:
        return next(following)
    return _fonts.taken.get(letter, letter)


def _said(
    coded: Sequence[dict[str, Any]], font: str, own: Mapping[int, str]
) -> list[str]:
    """The signs of one font in the order of a page."""
    return [
        own[ord(letter)]
        for span in _spans(coded)
        if span["font"] == font
        for letter in span["text"]
        if ord(letter) in own
    ]


def mend_letters(blocks: Sequence[dict[str, Any]], signs: Signs) -> None:
    """Write the signs into the letters of a page's text with codes, in place."""
    for span in _spans(blocks):
        own = signs.get(span["font"])
        for char in span["chars"] if own is not None else ():
            letter = char["c"]
            known = own.get(ord(letter)) if own else None
            char["c"] = known or _fonts.taken.get(letter, letter)


def _spans(blocks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        for line in block.get("lines", ()):
            yield from line["spans"]
