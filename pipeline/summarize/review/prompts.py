"""What the model is told: the unchanging part from `prompts/LANGUAGE/`, then the paper as
marked data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.llm import Message
from pipeline.resources import PROMPTS, languages
from pipeline.summarize.review.draft import Problem
from pipeline.translation import gettext as _

REVIEW, REPAIR, SUPPORT = "review.md", "repair.md", "support.md"


@dataclass(frozen=True, slots=True)
class PromptForms:
    """How the texts of prompts are written."""

    problems: str = "{problems}"
    """Stands in repair.md where the problems go."""
    words: str = "{words}"
    """Stands in what is said of a problem where the words go that show it."""
    last: str = "en"
    """The language of what no folder says."""
    mark: int = 12
    """Hexadecimal digits of a marker."""
    rule: re.Pattern[str] = re.compile(r"^-{3,}\s*$", re.MULTILINE)
    cause: re.Pattern[str] = re.compile(r"^(\w+):\s*(\S.*?)\s*$", re.MULTILINE)
    marker: re.Pattern[str] = re.compile(
        r"(?<!<)<{2,}(\s*/?\s*(?:PAPER|END)\b)", re.IGNORECASE
    )


prompt_forms = PromptForms()


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts of one language."""

    review: str
    repair: str
    support: str = ""
    """What the second reader is told."""
    causes: Mapping[str, str] = field(default_factory=dict)
    """What is said of each kind of problem."""

    @property
    def told(self) -> str:
        """All that a model is told, but for the paper."""
        texts = (self.review, self.repair, self.support, *self.causes.values())
        return "\n".join(texts)

    @property
    def version(self) -> str:
        """Changes with the texts; 12 hexadecimal digits."""
        return hashlib.sha256(
            f"{self.review}\0{self.repair}\0{sorted(self.causes.items())}".encode()
        ).hexdigest()[:12]


def load_prompts(folder: Path, language: str) -> Prompts:
    """The texts of a language: those in the user's folder `prompts/`, the shipped ones where it
    has none.

    Raises:
        ConfigError: no prompts in that language.
    """
    repair = _read(folder, language, REPAIR)
    shipped = [
        _read(PROMPTS, each, REPAIR)
        for each in (prompt_forms.last, language)
        if (PROMPTS / each / REPAIR).is_file()
    ]
    causes = {
        key: said for text in (*shipped, repair) for key, said in _causes(text)
    }
    return Prompts(
        review=_read(folder, language, REVIEW),
        repair=prompt_forms.rule.split(repair)[0].strip(),
        support=_support(folder, language),
        causes=causes,
    )


def _support(folder: Path, language: str) -> str:
    """What the second reader is told, in English where a language has no such file."""
    known = any(
        (place / language / SUPPORT).is_file() for place in (folder, PROMPTS)
    )
    return _read(folder, language if known else prompt_forms.last, SUPPORT)


def _causes(repair: str) -> list[tuple[str, str]]:
    """The lines `key: what is said` below the rule in repair.md."""
    return [
        (key, said)
        for part in prompt_forms.rule.split(repair)[1:]
        for key, said in prompt_forms.cause.findall(part)
    ]


def _read(folder: Path, language: str, name: str) -> str:
    for place in (folder, PROMPTS):
        path = place / language / name
        if re.fullmatch(r"[\w-]+", language) and path.is_file():
            return path.read_text(encoding="utf-8").strip()
    raise ConfigError(
        _(
            'There are no prompts in the language "{language}": {value} is '
            "missing.",
            language=language,
            value=folder / language / name,
        ),
        step=_(
            "Known are {names}. A further language is a further folder of "
            "prompts/.",
            names=", ".join(languages(folder)),
        ),
        key="output.language",
    )


def review_messages(prompts: Prompts, packed: str) -> list[Message]:
    """The whole prompt: what never changes first, so that providers cache it; the paper last."""
    return [
        {"role": "system", "content": prompts.review},
        {"role": "user", "content": marked(packed)},
    ]


def repair_messages(
    prompts: Prompts, packed: str, problems: Iterable[tuple[Problem, str]]
) -> list[Message]:
    """The same prompt, so that its cache serves again, and what has to be written anew.

    Args:
        prompts: the texts.
        packed: the paper.
        problems: each with what the model wrote there.
    """
    lines = "\n".join(
        _said(prompts, problem, wrote) for problem, wrote in problems
    )
    return [
        *review_messages(prompts, packed),
        {
            "role": "user",
            "content": prompts.repair.replace(prompt_forms.problems, lines),
        },
    ]


def marked(text: str) -> str:
    """The text between markers that nobody who wrote it can have known: they are made from all
    of it.
    """
    defused = prompt_forms.marker.sub(r"‹‹\1", text)
    mark = hashlib.sha256(defused.encode()).hexdigest()[: prompt_forms.mark]
    return f"<<<PAPER {mark}>>>\n{defused}\n<<<END {mark}>>>"


def _said(prompts: Prompts, problem: Problem, wrote: str) -> str:
    cause = problem.cause or problem.check
    reason = prompts.causes.get(cause, cause).replace(
        prompt_forms.words, " ".join(problem.words.split())
    )
    return f"- {problem.field}: {reason}" + (f" [{wrote}]" if wrote else "")
