"""`screen lint`: the leak check on any Markdown, a line at a time."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.summarize import leaks


@dataclass(frozen=True, slots=True)
class Finding:
    """A line that should not be published."""

    line: int
    """1-based."""
    reason: str


def lint(markdown: str) -> list[Finding]:
    """Every line with a leftover of a prompt, chat or a refusal, in order."""
    lines = markdown.splitlines()
    reasons = ((number, leaks.find(line)) for number, line in enumerate(lines, start=1))
    return [Finding(number, reason) for number, reason in reasons if reason]
