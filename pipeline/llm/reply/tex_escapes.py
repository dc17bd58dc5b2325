r"""TeX in JSON: `\beta` with one backslash is the legal escape `\b` and four letters.

Read as JSON it becomes a control character and " eta". Here the escapes that were meant as TeX
get their second backslash before the text is read; so do those that JSON does not know.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[a-zA-Z]+|.|$)", re.DOTALL)

_CODE_POINT = re.compile(r"u[0-9a-fA-F]{4}")


@cache
def tex_commands() -> frozenset[str]:
    """Read the commands that begin with an escape for a blank."""
    path = Path(__file__).with_name("tex_commands.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def keep_tex(text: str) -> str:
    r"""Double the backslashes of JSON text that do not begin an escape that was meant."""
    return _ESCAPE.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    whole, escape = found[0], found[1]
    return whole if _is_json(escape) else f"\\{whole}"


def _is_json(escape: str) -> bool:
    """Was that meant as an escape of JSON? A blank and a word that no TeX command is, was."""
    if len(escape) == 1:
        return escape in '"\\/bfnrt'
    if _CODE_POINT.fullmatch(escape):
        return True
    return escape[:1] in ("n", "r", "t") and escape not in tex_commands()
