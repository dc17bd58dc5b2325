r"""TeX in JSON: `\beta` with one backslash is the legal escape `\b` and four letters.

Read as JSON it becomes a control character and " eta". Here the escapes that were meant as TeX
get their second backslash before the text is read; so do those that JSON does not know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EscapePatterns:
    """How escapes of JSON look."""

    any: re.Pattern[str]
    """A backslash and what it may belong to: a code point, a word, a sign."""
    code_point: re.Pattern[str]
    signs: str
    """Of one letter or sign."""
    blanks: str
    """The letters of those that stand for a blank."""


escapes = EscapePatterns(
    any=re.compile(r"\\(u[0-9a-fA-F]{4}|[a-zA-Z]+|.|$)", re.DOTALL),
    code_point=re.compile(r"u[0-9a-fA-F]{4}"),
    signs='"\\/bfnrt',
    blanks="nrt",
)


@cache
def tex_commands() -> frozenset[str]:
    """Read the commands that begin with an escape for a blank."""
    path = Path(__file__).with_name("tex_commands.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    commands = (line for line in lines if not line.startswith("#"))
    return frozenset(commands)


def keep_tex(text: str) -> str:
    r"""Double the backslashes of JSON text that do not begin an escape that was meant."""
    return escapes.any.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    whole = found[0]
    escape = found[1]
    return whole if _is_json(escape) else f"\\{whole}"


def _is_json(escape: str) -> bool:
    """Was that meant as an escape of JSON? A blank and a word that no TeX command is, was."""
    if len(escape) == 1:
        return escape in escapes.signs
    if escapes.code_point.fullmatch(escape):
        return True
    is_blank = escape != "" and escape[0] in escapes.blanks
    return is_blank and escape not in tex_commands()
