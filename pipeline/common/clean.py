"""Text and values from outside made fit to store, and to be read on one line."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class CleanRules:
    """Characters that are taken out of text."""

    lone_surrogate: re.Pattern[str] = re.compile("[\ud800-\udfff]")
    control: re.Pattern[str] = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    # Bidirectional controls (Unicode UAX 9), zero-width and invisible characters, tags and
    # annotations: they change what a reader sees, or hide text from him. U+200C and U+200D stay
    # where a script or an emoji needs them.
    invisible: re.Pattern[str] = re.compile(
        "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
        "\ufff9-\ufffb\U000e0000-\U000e0fff]|[\u200c\u200d](?![^\\x00-\\x7f\\s])|(?<![^\\x00-\\x7f\\s])[\u200c\u200d]"
    )
    unprintable: re.Pattern[str] = re.compile(
        "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
    )
    spaces: re.Pattern[str] = re.compile(r"\s+")
    marks: re.Pattern[str] = re.compile(
        r"(?<=[\u0300-\u036f\u0489]{3})[\u0300-\u036f\u0489]+"
    )


_rules = CleanRules()


@dataclass(frozen=True, slots=True)
class StorageLimits:
    """What a stored JSON value may be."""

    depth: int = 60
    """Levels of lists and objects that are kept; what lies deeper becomes None."""
    whole: int = 2**63 - 1
    """The largest whole number of SQLite; larger ones are cut to it."""


_limits = StorageLimits()


def storable_text(text: str) -> str:
    """Replace half characters, which no UTF-8 file takes, and drop control characters."""
    return _rules.control.sub("", _rules.lone_surrogate.sub("\ufffd", text))


def storable(value: Any, depth: int = _limits.depth) -> Any:
    """Make a JSON value storable: text cleaned, numbers within SQLite's, nesting cut."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | float):
        return _storable_number(value)
    if depth <= 0:
        return None
    if isinstance(value, Mapping):
        return {
            storable_text(str(key)): storable(of, depth - 1)
            for key, of in value.items()
        }
    return [storable(each, depth - 1) for each in value]


def _storable_number(value: float) -> float | None:
    """Cut whole numbers to SQLite's; None for what JSON has no number for."""
    if isinstance(value, int):
        return max(-_limits.whole, min(_limits.whole, value))
    return value if math.isfinite(value) else None


def clean_line(text: str) -> str:
    """Give the text on one line without control, invisible or reordering characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _rules.lone_surrogate.sub(
        "\ufffd", unicodedata.normalize("NFC", _rules.spaces.sub(" ", text))
    )
    return _rules.spaces.sub(
        " ", _rules.marks.sub("", drop_invisible(text))
    ).strip()


def printable_line(text: str, longest: int) -> str:
    """Give the first `longest` characters of the text on one line, those that print."""
    line = " ".join(text.split())
    return "".join(sign for sign in line if sign.isprintable())[:longest]


def drop_invisible(text: str) -> str:
    """Drop control characters and those that show nothing or turn the writing direction."""
    return _rules.invisible.sub("", _rules.unprintable.sub("", text))


def safe_url(address: str) -> str:
    """Give the address as a Markdown link may hold it; "" unless it is http or https."""
    if not re.match(r"https?://[^\s/]", address, re.IGNORECASE):
        return ""
    line = clean_line(address).replace(" ", "%20")
    quoted = quote(line, safe="%/:?#@!$&'*+,;=~-._[]")
    return quoted.replace("[", "%5B").replace("]", "%5D")
