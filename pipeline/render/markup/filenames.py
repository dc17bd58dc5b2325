"""File names that every system takes, made from names that anyone may have written."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilenamesRules:
    """Names that file systems refuse, and characters that no file name has."""

    longest: int = 80
    """Bytes of a name without its extension: a path of several such names stays under the 255
    bytes a name may have on Linux and macOS, and the 260 characters a path may have on Windows.
    """
    # Devices of Windows, and the pages of a folder.
    reserved: re.Pattern[str] = re.compile(
        r"(?i)(?:(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|(?:index|readme)$)"
    )
    lost: re.Pattern[str] = re.compile(r"[^\w\s/.-]")
    between: re.Pattern[str] = re.compile(r"[^\w.]+")


filename_rules = FilenamesRules()


def portable(name: str) -> str:
    """A short file name of letters, digits, `_`, `.` and `-`.

    Names that differ in more than spaces, hyphens and slashes get different file names: where
    something was lost (a character, the end of a long name), a few digits of the name's SHA-256
    follow.
    """
    whole = unicodedata.normalize("NFC", name)
    words = filename_rules.between.sub(
        "-", re.sub(r"[^\w./\s-]", "", whole)
    ).strip("-._")
    words = re.sub(r"\.{2,}", ".", words)
    short = _cut(words)
    if (
        short
        and short == words
        and not filename_rules.lost.search(whole)
        and not filename_rules.reserved.match(short)
    ):
        return short
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[
        :8
    ]
    return (
        f"{short}-{digest}"
        if short and not filename_rules.reserved.match(short)
        else f"x-{digest}"
    )


def _cut(name: str) -> str:
    return (
        name.encode()[: filename_rules.longest]
        .decode(errors="ignore")
        .rstrip("-._")
    )
