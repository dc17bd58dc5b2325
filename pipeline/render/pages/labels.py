"""Read the words of the posts, one file of `words/` a language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pipeline.review_fields import field_labels

WORDS = Path(__file__).parents[1] / "words"
SINGULAR = "_one"
"""Ends the key of a label's singular; a language may do without."""

Labels = dict[str, str]


@cache
def labels(language: str) -> Labels:
    """Give the words of a language and the names of the review's fields.

    English stands in where there is no file, or a word is missing.
    """
    known = {file.stem: file for file in WORDS.glob("*.toml")}
    words = field_labels(language) | _read(known["en"])
    if language not in known:
        return words
    own = _read(known[language])
    plural = {key for key in words if key.removesuffix(SINGULAR) in own}
    return {key: words[key] for key in words if key not in plural} | own


def counted(words: Labels, key: str, count: int) -> str:
    """Fill the `{count}` of a label, in the singular where there is one for it."""
    one = key + SINGULAR
    chosen = words[one] if count == 1 and one in words else words[key]
    return chosen.replace("{count}", str(count))


def _read(path: Path) -> Labels:
    return {
        key: str(value)
        for key, value in tomllib.loads(
            path.read_text(encoding="utf-8")
        ).items()
    }
