"""Text of arXiv records written for BibTeX: accents as UTF-8, everything TeX acts on made
harmless, capitals kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.common.clean import clean_line


@dataclass(frozen=True, slots=True)
class LatexRules:
    """What of LaTeX is read, and what would do harm."""

    accent: re.Pattern[str] = re.compile(
        r"\{?\\(?:([`'^\"~=.])\s*|([uvHcdbkr])(?=[{ ]) *)(?:\{\\?([A-Za-zıȷ])\}|\\?([A-Za-zı]))\}?"
    )
    letter: re.Pattern[str] = re.compile(
        r"\{\\(ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j)\}|\\(ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j)(?![A-Za-z])(?:\{\}| )?"
    )
    math: re.Pattern[str] = re.compile(r"\$(?:[^$\\]|\\[^$])+\$")
    # Commands that read or write files, define, or loop: no formula needs them.
    harmful: re.Pattern[str] = re.compile(
        r"\\(?:input|include\w*|openin|openout|read|write\w*|immediate|csname|expandafter|catcode|def|[egx]def|let|"
        r"newcommand|renewcommand|loop|special|usepackage|href|url|lua\w*|shipout|jobname|message|errmessage)(?![A-Za-z])"
    )
    kept: re.Pattern[str] = re.compile(
        r"[^\W_][A-Z]|^(?=.*[A-Z])(?=.*\d)|(?<!\w)[B-HJ-Z](?![\w'’])"
    )
    """NeRF, 3D, GPT-4, Llama 3, X-ray; not Audio-Driven, which is only a title's capital."""


_rules = LatexRules()


@dataclass(frozen=True, slots=True)
class LatexSigns:
    """Commands of letters and accents, and what they print."""

    accents: Mapping[str, str] = field(
        default_factory=lambda: dict(
            zip(
                "`'^\"~=.uvHcdbkr",
                "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a",
                strict=True,
            )
        )
    )
    """Combining characters of Unicode for the commands of The TeXbook, chapter 9."""
    letters: Mapping[str, str] = field(
        default_factory=lambda: {
            "ss": "ß",
            "ae": "æ",
            "AE": "Æ",
            "oe": "œ",
            "OE": "Œ",
            "o": "ø",
            "O": "Ø",
            "l": "ł",
            "L": "Ł",
            "aa": "å",
            "AA": "Å",
            "i": "ı",
            "j": "ȷ",
        }
    )
    special: Mapping[int, str] = field(
        default_factory=lambda: str.maketrans(
            {
                "\\": r"\textbackslash{}",
                "{": r"\textbraceleft{}",
                "}": r"\textbraceright{}",
                "$": r"\$",
                "%": r"\%",
                "&": r"\&",
                "#": r"\#",
                "_": r"\_",
                "~": r"\textasciitilde{}",
                "^": r"\textasciicircum{}",
            }
        )
    )
    """How a character that means something to LaTeX is printed."""


_signs = LatexSigns()


def unicode(text: str) -> str:
    r"""Text with TeX's accents and letters as characters: `Schr\"odinger` as Schrödinger.
    Formulas are left alone.
    """
    parts = _rules.math.split(text)
    formulas = _rules.math.findall(text)
    plain = [
        _rules.letter.sub(
            lambda found: _signs.letters[found[1] or found[2]],
            _rules.accent.sub(_accent, part),
        )
        for part in parts
    ]
    return "".join(
        part + formula
        for part, formula in zip(plain, [*formulas, ""], strict=True)
    )


def escape_latex(text: str) -> str:
    """One line for a field in braces. Sound formulas stay, in braces so that no style changes
    their letters.
    """
    return "".join(
        _formula(part) if is_formula else _plain(part)
        for is_formula, part in _parts(clean_line(unicode(text)))
    )


def title(text: str) -> str:
    """A title for a field in braces, with braces around what keeps its capitals: NeRF, 3D,
    BERT-like, names.
    """
    parts = list(_parts(clean_line(unicode(text))))
    names = _sentence_case(parts)
    out, first = "", True
    for is_formula, part in parts:
        if is_formula:
            out += _formula(part)
        else:
            out += "".join(
                _word(word, names and not (first and at == 0))
                for at, word in enumerate(_split(part))
            )
        first = False
    return out


def verbatim(text: str) -> str:
    """An identifier or address for a field that is printed as it is: what could end the field
    is percent-encoded.
    """
    return re.sub(
        r"[\\{}\s\"<>^`|]",
        lambda found: "".join(f"%{b:02X}" for b in found[0].encode()),
        clean_line(text),
    )


def _accent(found: re.Match[str]) -> str:
    accent, letter = found[1] or found[2], found[3] or found[4]
    base = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", base + _signs.accents[accent])


def _parts(text: str) -> list[tuple[bool, str]]:
    """The text cut into plain parts and formulas that can do no harm."""
    parts: list[tuple[bool, str]] = []
    end = 0
    for found in _rules.math.finditer(text):
        if _sound(found[0]):
            parts += [(False, text[end : found.start()]), (True, found[0])]
            end = found.end()
    return [*parts, (False, text[end:])]


def _sound(formula: str) -> bool:
    level = 0
    for mark in re.sub(r"\\\\", "", formula):
        level += (mark == "{") - (mark == "}")
        if level < 0:
            return False
    amount = formula.count("\\{") - formula.count("\\}")
    return (
        level == 0
        and amount == 0
        and "%" not in formula
        and not _rules.harmful.search(formula)
    )


def _formula(text: str) -> str:
    return f"{{{text}}}"


def _plain(text: str) -> str:
    return text.translate(_signs.special)


def _split(text: str) -> list[str]:
    """Words with the white space after them."""
    return re.findall(r"\S+\s*|\s+", text)


def _word(word: str, name: bool) -> str:
    """A word, in braces when a style that lowers titles would spoil it."""
    core = word.strip()
    capital = name and core[:1].isupper()
    if not core or not (_rules.kept.search(core) or capital):
        return _plain(word)
    inner = re.match(r"(\W*)(.*?)(\W*)$", core, re.DOTALL)
    assert inner is not None  # noqa: S101 - the pattern matches everything
    return f"{_plain(inner[1])}{{{_plain(inner[2])}}}{_plain(inner[3])}{word[len(core) :]}"


def _sentence_case(parts: list[tuple[bool, str]]) -> bool:
    """Whether most long words begin small, so that the others are names."""
    words = [
        word
        for is_formula, part in parts
        if not is_formula
        for word in part.split()
    ][1:]
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]  # noqa: PLR2004 - letters; short ones are "of"
    return len(long) > 1 and sum(word[0].islower() for word in long) * 2 > len(
        long
    )
