"""`screen lint`: the leak check on any Markdown, a line at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.summarize import leaks


@dataclass(frozen=True, slots=True)
class Finding:
    """A line that should not be published."""

    line: int
    """1-based."""
    reason: str


def lint(markdown: str) -> list[Finding]:
    """Every line with a leftover of a prompt, chat or a refusal, in order.

    The notice between a post's front matter and its first heading talks to the reader on purpose.
    """
    lines = markdown.splitlines()
    notice = len(found[0].splitlines()) if (found := _NOTICE.match(markdown)) else 0
    reasons = ((number, leaks.find(line)) for number, line in enumerate(lines, start=1))
    return [
        Finding(number, reason)
        for number, reason in reasons
        if reason and not (number <= notice and lines[number - 1].startswith(">"))
    ]


_NOTICE = re.compile(r"---\n.*?\n---\n(?:[ \t]*\n|>[^\n]*\n)*(?=# )", re.DOTALL)
