r"""The authors of a record in arXiv's raw form: one string in TeX.

    A. B\'{e}rard (1), C. D and E. F (2) ((1) Place, Town, (2) Other Place)
    Ada Example (University of Somewhere), Bo Sample Jr

https://info.arxiv.org/help/prep.html#author: names are parted by commas or "and"; affiliations
stand in brackets behind a name, or numbered in one bracket at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.fetch.atom_entries import split_names


@dataclass(frozen=True, slots=True)
class AuthorListRules:
    """How authors are parted in one string."""

    and_: re.Pattern[str] = re.compile(r",?\s+(?:and|&)\s+")
    for_: re.Pattern[str] = re.compile(
        r"\s+for the\s+(?=.*collaboration)", re.IGNORECASE
    )
    colon: re.Pattern[str] = re.compile(
        r"(?<=collaboration):\s+", re.IGNORECASE
    )
    longest: int = 50_000
    """Characters of a list of authors that are read: those of the largest collaborations."""


_rules = AuthorListRules()


def read_authors(raw: str) -> tuple[str, ...]:
    """Give the names of a raw list of authors, without affiliations, in plain letters."""
    names = _without_brackets(_plain(raw[: _rules.longest]))
    names = _rules.colon.sub(", ", _rules.for_.sub(", ", names))
    return split_names(_rules.and_.sub(", ", " ".join(names.split())))


def _plain(raw: str) -> str:
    r"""Turn TeX into letters: B\'{e}rard is Bérard."""
    if not re.search(r"[\\{}$~]", raw):
        return raw
    try:
        text: str = _latex().latex_to_text(raw)
    except Exception:  # noqa: BLE001 - whatever a hostile list of names does to the library
        text = re.sub(r"\\[a-zA-Z]+|[\\{}$]", "", raw)
    return text


@cache
def _latex() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True)


def _without_brackets(text: str) -> str:
    """Leave out what stands in brackets, at any depth; an unclosed one runs to the end."""
    depth, kept = 0, []
    for sign in text:
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(sign)
    return "".join(kept)
