"""The words of the posts, one file of `words/` a language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pipeline.review_fields import field_labels

WORDS = Path(__file__).parents[1] / "words"
FALLBACK = "en"

Labels = dict[str, str]


@cache
def labels(language: str) -> Labels:
    """The words of a language, the names of the review's fields among them; English where there
    is no file for it, or a word is missing in it.
    """
    known = {file.stem: file for file in WORDS.glob("*.toml")}
    words = field_labels(language) | _read(known[FALLBACK])
    return words | _read(known[language]) if language in known else words


def _read(path: Path) -> Labels:
    return {
        key: str(value)
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }
