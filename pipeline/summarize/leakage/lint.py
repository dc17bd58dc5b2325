"""`screen lint`: the leak check on any Markdown, a line at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.summarize.leakage import rules


@dataclass(frozen=True, slots=True)
class Finding:
    """A line that should not be published."""

    line: int
    """1-based."""
    reason: str


def _never(_: str) -> bool:
    return False


def lint(markdown: str, is_own: Callable[[str], bool] = _never) -> list[Finding]:
    """Find every line with a leftover of a prompt, chat or a refusal, in order.

    Of front matter the values are looked at: its keys are a site's. The notice between it and
    the first heading talks to the reader on purpose, and so do lines that `is_own` knows for
    words of the program that wrote the post.
    """
    reasons = (
        (number, rules.find(line))
        for number, line in _published(markdown)
        if not is_own(line)
    )
    return [Finding(number, reason) for number, reason in reasons if reason]


def _published(markdown: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, as far as a writer is to blame for them."""
    head = _FRONT.match(markdown)
    front = len(head["front"].splitlines()) if head else 0
    notice = front + len(head["notice"].splitlines()) if head else 0
    for number, line in enumerate(markdown.splitlines(), start=1):
        if number <= front:
            yield number, line.partition(": ")[2].strip("\"'[] ")
        elif number > notice or not line.startswith(">"):
            yield number, line


_FRONT = re.compile(
    r"(?P<front>\ufeff?\s*---\n.*?\n---\n)(?P<notice>(?:[ \t]*\n|>[^\n]*\n)*(?=# )|)",
    re.DOTALL,
)
