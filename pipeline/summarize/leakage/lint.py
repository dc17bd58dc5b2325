"""`arxiv-screen lint`: the leak check on any Markdown, a line at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.summarize.leakage import rules


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line that should not be published."""

    line: int
    """1-based."""
    reason: str


def _whole(line: str) -> tuple[str, ...]:
    return (line,)


def _reason(line: str, written: tuple[str, ...]) -> str | None:
    found = (
        rules.trace(text)
        if text == line
        else rules.trace(text, rules.leak_odds.stated, rules.leak_odds.alone)
        for text in written
    )
    return next((one.reason for one in found if one), None)


def find_leftovers(
    markdown: str, written: Callable[[str], tuple[str, ...]] = _whole
) -> list[Leftover]:
    """Find every line with a leftover of a prompt, chat or a refusal, in order.

    Of front matter the values are looked at: its keys are a site's. The notice between it and
    the first heading talks to the reader on purpose, and so do the words of the program that wrote
    the post: `written` gives the texts of a line that are not its own. A statement with its quote
    was checked beside its paper when it was made (which may say "please refer to Appendix K"), and
    is refused only where the learned score is sure.
    """
    reasons = (
        (number, _reason(line, written(line)))
        for number, line in _published(markdown)
    )
    return [Leftover(number, reason) for number, reason in reasons if reason]


def _published(markdown: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, as far as a writer is to blame: captions are the paper's."""
    head = _FRONT.match(markdown)
    front = len(head["front"].splitlines()) if head else 0
    notice = front + len(head["notice"].splitlines()) if head else 0
    in_caption = False
    for number, line in enumerate(markdown.splitlines(), start=1):
        in_caption = (
            in_caption or "<figcaption>" in line
        ) and "</figcaption>" not in line
        if in_caption:
            continue
        if number <= front:
            yield number, line.partition(": ")[2].strip("\"'[] ")
        elif number > notice or not line.startswith(">"):
            yield number, line


_FRONT = re.compile(
    r"(?P<front>\ufeff?\s*---\n.*?\n---\n)(?P<notice>(?:[ \t]*\n|>[^\n]*\n)*(?=# )|)",
    re.DOTALL,
)
