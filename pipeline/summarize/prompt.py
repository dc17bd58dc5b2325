"""What the model is told: the unchanging part from `prompts/LANGUAGE/`, then the paper as marked data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.shipped import PROMPTS
from pipeline.summarize.draft import Problem
from pipeline.summarize.ledger import Message

REVIEW, REPAIR = "review.md", "repair.md"
PROBLEMS = "{problems}"
"""Stands in repair.md where the problems go."""
MARK = 12
"""Hexadecimal digits of a marker."""

_MARKER = re.compile(r"<{2,}(\s*/?\s*(?:PAPER|END)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts of one language."""

    review: str
    repair: str

    @property
    def version(self) -> str:
        """Changes with the texts; 12 hexadecimal digits."""
        return hashlib.sha256(f"{self.review}\0{self.repair}".encode()).hexdigest()[:12]


def load(folder: Path, language: str) -> Prompts:
    """The texts of a language: those in the user's folder `prompts/`, the shipped ones where it has none.

    Raises:
        ConfigError: no prompts in that language.
    """
    return Prompts(_read(folder, language, REVIEW), _read(folder, language, REPAIR))


def _read(folder: Path, language: str, name: str) -> str:
    for place in (folder, PROMPTS):
        path = place / language / name
        if re.fullmatch(r"[\w-]+", language) and path.is_file():
            return path.read_text(encoding="utf-8").strip()
    known = sorted({path.parent.name for place in (folder, PROMPTS) for path in place.glob(f"*/{REVIEW}")})
    raise ConfigError(
        f'There are no prompts in the language "{language}": {folder / language / name} is missing.',
        step=f"Known are {', '.join(known)}. A further language is a further folder of prompts/.",
        key="output.language",
    )


def review_messages(prompts: Prompts, packed: str) -> list[Message]:
    """The whole prompt: what never changes first, so that providers cache it; the paper last."""
    return [{"role": "system", "content": prompts.review}, {"role": "user", "content": marked(packed)}]


def repair_messages(prompts: Prompts, packed: str, problems: Iterable[tuple[Problem, str]]) -> list[Message]:
    """The same prompt, so that its cache serves again, and what has to be written anew.

    Args:
        prompts: the texts.
        packed: the paper.
        problems: each with what the model wrote there.
    """
    lines = "\n".join(_said(problem, wrote) for problem, wrote in problems)
    return [*review_messages(prompts, packed), {"role": "user", "content": prompts.repair.replace(PROBLEMS, lines)}]


def marked(text: str) -> str:
    """The text between markers that nobody who wrote it can have known: they are made from all of it."""
    defused = _MARKER.sub(r"‹‹\1", text)
    mark = hashlib.sha256(defused.encode()).hexdigest()[:MARK]
    return f"<<<PAPER {mark}>>>\n{defused}\n<<<END {mark}>>>"


def _said(problem: Problem, wrote: str) -> str:
    return f"- {problem.field}: {problem.reason}" + (f" [{wrote}]" if wrote else "")
