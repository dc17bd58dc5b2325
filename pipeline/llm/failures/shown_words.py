"""A server's words for a user: one short line without secrets and without what was sent."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from pipeline.llm.providers import NO_KEY


@dataclass(frozen=True, slots=True)
class ShownLimits:
    """How much of a server's words is shown."""

    words: int = 2_000
    """Characters that are looked at."""
    shown: int = 200
    """Characters that are shown."""
    echo: int = 24
    """Characters in a row that stand in the request too, from which on they are taken for a
    repetition of it.
    """
    page: int = 10_000
    """Characters of a web page that are looked at."""


@dataclass(frozen=True, slots=True)
class PagePatterns:
    """What of a text is not shown."""

    hidden: re.Pattern[str] = re.compile(
        r"(?is)<(head|script|style)\b.*?</\1\s*>|<!--.*?-->"
    )
    tag: re.Pattern[str] = re.compile(r"<[^<>]{0,500}>")
    start: re.Pattern[str] = re.compile(
        r"(?i)\s*<(!doctype html|html|head|body)\b"
    )
    secret: re.Pattern[str] = re.compile(
        r"(?<=://)[^\s/@]{1,300}(?=@)|([?&][\w.-]{1,60}=)[^\s&\"')]{1,300}"
    )
    """User and password in an address, values in its query."""
    blank: re.Pattern[str] = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


shown_limits = ShownLimits()
page_patterns = PagePatterns()


def is_web_page(body: str) -> bool:
    """Does that text begin as a web page does?"""
    return page_patterns.start.match(body[:500]) is not None


def plain_text(page: str) -> str:
    """Take the tags from a web page; its title is left where there is nothing else."""
    short = page[: shown_limits.page]
    shown = page_patterns.hidden.sub(" ", short)
    return _without_tags(shown) or _without_tags(short)


def _without_tags(page: str) -> str:
    text = page_patterns.tag.sub(" ", page)
    words = html.unescape(text).split()
    return " ".join(words)


def one_line(words: str, key: str, sent: str = "") -> str:
    """Shorten what a server said for a user.

    Args:
        words: as it said them.
        key: the secret that must not stand in it.
        sent: the text of the request; its repetitions are left out.
    """
    if len(key) > len(NO_KEY):
        words = words.replace(key, "…")
    words = page_patterns.secret.sub(_masked, words)
    words = page_patterns.blank.sub(" ", words)
    looked_at = words[: shown_limits.words]
    told = " ".join(sent.split())
    short = _without_echo(looked_at, told).strip()
    return short[: shown_limits.shown]


def _masked(found: re.Match[str]) -> str:
    return f"{found[1] or ''}…"


def _without_echo(words: str, sent: str) -> str:
    """The words without each longer stretch of them that stands in the text that was sent."""
    kept, at = "", 0
    while at < len(words):
        length = _echoed(words, at, sent)
        kept += "…" if length else words[at]
        at += length or 1
    return kept


def _echoed(words: str, at: int, sent: str) -> int:
    """The length of the stretch from there on that stands in what was sent; 0 if short."""
    length = shown_limits.echo
    while at + length <= len(words) and words[at : at + length] in sent:
        length += 1
    return length - 1 if length > shown_limits.echo else 0
