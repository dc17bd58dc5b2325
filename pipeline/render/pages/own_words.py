"""The lines of a post that the program itself writes, for whoever looks for a model's leftovers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.render.pages.labels import WORDS, labels
from pipeline.render.sites.base import TEMPLATES


@dataclass(frozen=True, slots=True)
class OwnWordsRules:
    """How the program's own words are found in a post."""

    place: re.Pattern[str] = re.compile(r"\\\{\w+\\\}")
    filled: str = r"[^；;]{0,80}?"
    """What may stand for `{name}` in a word."""
    between: re.Pattern[str] = re.compile(
        r"(?:[\s\d>#*_:：;；,，。.()（）|-]|</?[a-z][^<>]{0,200}>)*"
    )
    notice: re.Pattern[str] = re.compile(r"\s*>\s*(?:⚠️|🔴)")
    """Notices stand in a quote under a sign; warnings of a paper are among them."""
    quote: re.Pattern[str] = re.compile(
        r"<details class=\"paper-quote\">.*?</details>"
    )
    """The quote of a statement, in the words of the paper."""
    source: re.Pattern[str] = re.compile(
        r"\s*(?:\[PDF\]\(https://arxiv\.org/\S+\)\s|\*\*arXiv\*\*(?:：|: ))"
    )
    """What arXiv itself says of a paper: its comment."""


_rules = OwnWordsRules()


def without_own_words(line: str) -> str:
    """Give what a model wrote of a line: "" for a line of ours, else without the paper's quotes."""
    return "" if is_own_line(line) else _rules.quote.sub("", line)


def is_own_line(line: str) -> bool:
    """Tell whether a whole line holds nothing but words of the program, in any language."""
    if (
        _rules.notice.match(line)
        or _rules.source.match(line)
        or line.strip() in _style()
    ):
        return True
    place = 0
    while place < len(line):
        end = _after(_words(), line, place)
        end = _after(_rules.between, line, place) if end == place else end
        if end == place:
            return False
        place = end
    return bool(line.strip())


def _after(pattern: re.Pattern[str], line: str, place: int) -> int:
    found = pattern.match(line, place)
    return found.end() if found else place


@cache
def _words() -> re.Pattern[str]:
    """Match one word of the program, the longest first."""
    texts = {
        word
        for path in WORDS.glob("*.toml")
        for word in labels(path.stem).values()
    }
    longest_first = sorted(
        (text for text in texts if text.strip()), key=len, reverse=True
    )
    return re.compile(
        "|".join(
            _rules.place.sub(_rules.filled, re.escape(text))
            for text in longest_first
        )
    )


@cache
def _style() -> frozenset[str]:
    """The lines of the style sheet that a post may carry."""
    text = (TEMPLATES / "style.html.j2").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())
