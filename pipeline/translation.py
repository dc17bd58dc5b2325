"""Words of the command line in the language of its user, by GNU gettext.

The language is that of the locale: LANGUAGE, LC_ALL, LC_MESSAGES or LANG, in
this order. The catalogues are in locale/; docs/design.md says how one is made.
"""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

from pipeline import PROGRAM


@cache
def catalogue() -> NullTranslations:
    """Read the messages of the locale; without a catalogue they stay English."""
    folder = Path(__file__).with_name("locale")
    return translation(PROGRAM, folder, fallback=True)


def gettext(message: str, /, **values: Any) -> str:
    """Translate a message, then fill its fields as `str.format` does.

    Import it as `_`, the name that Babel looks for. `{program}` is the name
    of this program in every message.
    """
    if not message:
        return ""  # gettext has the head of the catalogue under this name
    words = catalogue().gettext(message)
    return words.format(program=PROGRAM, **values)


def mark(message: str) -> str:
    """Mark a message for translation that is translated where it is shown."""
    return message
