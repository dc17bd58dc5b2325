"""Words of the command line in the language of its user, by GNU gettext.

The language is that of the locale: LANGUAGE, LC_ALL, LC_MESSAGES or LANG, in
this order. The catalogues are in locale/; docs/design.md says how one is made.
"""

from __future__ import annotations

import os
from functools import cache
from gettext import (
    NullTranslations,
    bindtextdomain,
    textdomain,
    translation,
)
from pathlib import Path
from typing import Any

from pipeline import PROGRAM


@cache
def catalogue() -> NullTranslations:
    """Read the messages of the locale; without a catalogue they stay English."""
    return translation(PROGRAM, _folder(), fallback=True)


def _folder() -> Path:
    return Path(__file__).with_name("locale")


def translate_libraries() -> None:
    """Let libraries that ask gettext's usual catalogue, as click does, find this one."""
    bindtextdomain(PROGRAM, _folder())
    textdomain(PROGRAM)


def gettext(message: str, /, **values: Any) -> str:
    """Translate a message, then fill its fields as `str.format` does.

    Import it as `_`, the name that Babel looks for. `{program}` is the name
    of this program in every message.
    """
    if not message:
        return ""  # gettext has the head of the catalogue under this name
    words = catalogue().gettext(message)
    return words.format(program=PROGRAM, **values)


def ngettext(one: str, several: str, count: int, /, **values: Any) -> str:
    """Translate a message about a count, which is `{count}` in it."""
    words = catalogue().ngettext(one, several, count)
    return words.format(program=PROGRAM, count=count, **values)


def prefer_language(language: str) -> None:
    """Speak that language where the locale names none, as under cron."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    set_ = {os.environ.get(name, "").partition(".")[0] for name in names}
    if not set_ - {"", "C", "POSIX"}:
        os.environ["LANGUAGE"] = language
        catalogue.cache_clear()


def mark(message: str) -> str:
    """Mark a message for translation that is translated where it is shown."""
    return message


def mark_several(one: str, several: str) -> tuple[str, str]:
    """Mark a message of another library about a count, with both its forms.

    Only in cli/commands/, where help_texts.py looks for it.
    """
    return one, several
