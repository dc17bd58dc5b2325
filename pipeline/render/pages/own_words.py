"""The lines of a post that the program itself writes, for whoever looks for a model's leftovers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
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
        r"(?:[\s\d>#*_:：;；,，、。.()（）|-]|</?[a-z][^<>]{0,200}>)*"
    )
    notice: re.Pattern[str] = re.compile(r"\s*>\s*(?:⚠️|🔴)")
    """Notices stand in a quote under a sign; warnings of a paper are among them."""
    quote: re.Pattern[str] = re.compile(
        r"<details class=\"paper-quote\">.*?<q>(?P<shown>.*?)</q>.*?</details>"
        r"|<sup><a href=\"[^\"]*\"(?: title=\"(?P<hidden>[^\"]*)\")?>p\d+</a></sup>"
    )
    """The quote of a statement, in the words of the paper, or its page alone."""
    marker: re.Pattern[str] = re.compile(
        r"[\s◌；;]*(?:(?:[-*>]|\d+\.|\(\d+\))\s+)*"
    )
    """What begins an entry of a list, or parts a statement from the one before."""
    own_letters: int = 24
    """Letters of a quote that a statement shares with it where the paper itself says so."""
    source: re.Pattern[str] = re.compile(
        r"\s*(?:\[PDF\]\(https://arxiv\.org/\S+\)\s|\*\*arXiv\*\*(?:：|: ))"
    )
    """What arXiv itself says of a paper: its comment."""


_rules = OwnWordsRules()


def without_own_words(line: str) -> tuple[str, ...]:
    """Give the texts of a line that a model wrote: none of a line of ours, else the whole line.

    Of a line with quotes each statement is given without its label; one that repeats its quote
    is the paper's. What a model was asked for under a label of ours alone (keywords, the cue
    whether to read) is given without it.
    """
    if is_own_line(line):
        return ()
    told = tuple(_statements(line))
    if told or _rules.quote.search(line):
        return told
    label = _labelled().match(line)
    return (line[label.end() :] if label else line,)


def _statements(line: str) -> Iterator[str]:
    """The statements of a line that stand before a quote or behind the last one."""
    place = 0
    for quote in _rules.quote.finditer(line):
        text = _trimmed(line[place : quote.start()])
        if not _repeats(text, quote["shown"] or quote["hidden"] or ""):
            yield from _own_removed(text)
        place = quote.end()
    if place:
        yield from _own_removed(_trimmed(line[place:]))


def _own_removed(text: str) -> Iterator[str]:
    """The text, unless it holds nothing but words of the program."""
    if any(map(str.isalnum, text)) and not is_own_line(text):
        yield text


def _trimmed(text: str) -> str:
    """The text without the marker of a list, the labels at its beginning, and what tells that a
    statement was left out before it.
    """
    place, before = _after(_rules.marker, text, 0), -1
    while before < place:
        before = place
        place = _after(_labels(), text, place)
        place = _after(_omission(), text, place)
    return text[place:].strip()


def _repeats(text: str, quote: str) -> bool:
    """Whether a statement is its quote, which may be shorter."""
    said, written = _letters(text), _letters(quote)
    begun = written[: _rules.own_letters]
    return len(begun) == _rules.own_letters and said.startswith(begun)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", html.unescape(text)).casefold()


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
    words = map(re.escape, _longest_first())
    return re.compile(
        "|".join(_rules.place.sub(_rules.filled, word) for word in words),
        re.IGNORECASE,
    )


def _longest_first() -> list[str]:
    """The words of the program in all languages."""
    words = {
        word
        for path in WORDS.glob("*.toml")
        for word in labels(path.stem).values()
        if word.strip()
    }
    return sorted(words, key=len, reverse=True)


@cache
def _labels() -> re.Pattern[str]:
    """Match a word of the program with a colon: "**Limits**: "."""
    words = [re.escape(word) for word in _longest_first() if "{" not in word]
    one = "|".join(words)
    return re.compile(
        rf"(?:\*\*)?(?:{one})(?:(?:、|, )(?:{one}))*(?:\*\*)?\s*[:：]\s*",
        re.IGNORECASE,
    )


@cache
def _omission() -> re.Pattern[str]:
    """Match what stands where statements were left out: "（有 2 条未通过核对，已删去）"."""
    words = [
        re.escape(told).replace(r"\{count\}", r"\d+")
        for path in WORDS.glob("*.toml")
        for key, told in labels(path.stem).items()
        if key.startswith("omitted")
    ]
    return re.compile(rf"\s*[(（](?:{'|'.join(words)})[)）]\s*")


@cache
def _labelled() -> re.Pattern[str]:
    """Match the label of keywords or of the cue at the beginning of a line."""
    texts = {
        re.escape(labels(path.stem)[key])
        for path in WORDS.glob("*.toml")
        for key in ("cue", "keywords")
    }
    return re.compile(
        rf"\s*(?:\d+\. )?\*\*(?:{'|'.join(sorted(texts))})\*\*[^:：]{{0,30}}[:：]"
    )


@cache
def _style() -> frozenset[str]:
    """The lines of the style sheet that a post may carry."""
    text = (TEMPLATES / "style.html.j2").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())
