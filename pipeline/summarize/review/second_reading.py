"""The second check: a reader of nothing but statements and their passages says what is supported.

One call asks about all statements of a paper; a long review goes in two. An answer is kept under
the hash of reader, statement and passage, and is never asked for again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args

from pipeline.errors import ContextExceeded, ReviewIncomplete
from pipeline.llm import Message, ModelClient, estimate_tokens
from pipeline.summarize.review.prompts import marked
from pipeline.summarize.verify.quotes.passage_text import (
    ShownLine,
    passage_text,
    passage_texts,
)

Support = Literal["supported", "contradicted", "not said"]
"""What a passage says of a statement; the good one first."""


@dataclass(frozen=True, slots=True)
class SecondReadingRules:
    """How much is asked at once, and under which version answers are kept."""

    call_tokens: int = 4_500
    """Tokens of statements and passages in one call."""
    version: str = "2"
    """Of the questions; a changed one gets the next number, so that no old answer is taken."""


second_reading_rules = SecondReadingRules()


class Answers(Protocol):
    """Where answers are kept from run to run; the store is one."""

    def recall(self, key: str) -> str | None:
        """What was kept under a key, or None."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        ...


@dataclass(frozen=True, slots=True)
class SupportQuestion:
    """A statement and the passage that shall bear it out."""

    path: str
    """Where the statement stands in the draft."""
    statement: str
    lines: tuple[ShownLine, ...]
    """Its passage."""


@dataclass(frozen=True)
class SecondReader:
    """Asks a model about statements and keeps its answers."""

    model: ModelClient
    prompt: str
    answers: Answers | None = None
    known: dict[str, Support] = field(default_factory=dict)
    """The answers of this run, by key."""

    async def read(
        self,
        questions: Sequence[SupportQuestion],
        paper_id: str,
        about: str = "",
    ) -> dict[str, Support]:
        """What the passages say, by the path of each statement; absent where no answer came.

        Args:
            questions: the statements with their passages.
            paper_id: whose they are.
            about: the title of the paper and what it is about.

        Raises:
            BudgetReached, ModelDown, ModelRejected: the call was not made or not answered.
        """
        keys = {one.path: await self._key(one) for one in questions}
        found = {
            path: known
            for path, key in keys.items()
            if (known := self._kept(key))
        }
        for group in question_batches(
            one for one in questions if one.path not in found
        ):
            told = await self._ask(group, paper_id, about)
            for path, support in told.items():
                self._keep(keys[path], support)
            found |= told
        return found

    async def _ask(
        self, group: Sequence[SupportQuestion], paper_id: str, about: str
    ) -> dict[str, Support]:
        try:
            reply = await self.model.ask(
                self._messages(group, about),
                answer_schema(len(group)),
                title="support",
                paper_id=paper_id,
                prompt_version=_hash(self.prompt)[:12],
                model=self.model.endpoint.checker,
                urgent=True,
            )
        except (ContextExceeded, ReviewIncomplete):
            return {}
        told = read_answers(reply.data, group)
        if not told:
            self.model.discard(reply)
        return told

    def _messages(
        self, group: Sequence[SupportQuestion], about: str
    ) -> list[Message]:
        text = questions_text(group, about)
        return [
            {"role": "system", "content": self.prompt},
            {"role": "user", "content": marked(text)},
        ]

    async def _key(self, question: SupportQuestion) -> str:
        name = self.model.endpoint.checker or await self.model.name()
        passage = passage_text(question.lines)
        parts = [name, self.prompt, question.statement, passage]
        return (
            f"support {second_reading_rules.version} {_hash(json.dumps(parts))}"
        )

    def _kept(self, key: str) -> Support | None:
        if key in self.known:
            return self.known[key]
        known = self.answers.recall(key) if self.answers else None
        return next((one for one in get_args(Support) if one == known), None)

    def _keep(self, key: str, support: Support) -> None:
        self.known[key] = support
        if self.answers:
            self.answers.remember(key, support)


def question_batches(
    questions: Iterable[SupportQuestion],
) -> Iterator[list[SupportQuestion]]:
    """Questions in groups of one call each; a line that repeats in a group is sent once."""
    group: list[SupportQuestion] = []
    shown = set[ShownLine]()
    used = 0
    for one in questions:
        size = _size(one, shown)
        if group and used + size > second_reading_rules.call_tokens:
            yield group
            group, shown, used = [], set(), 0
            size = _size(one, shown)
        group.append(one)
        shown |= set(one.lines)
        used += size
    if group:
        yield group


def _size(question: SupportQuestion, shown: Collection[ShownLine]) -> int:
    """The tokens of a statement and of its lines that are not yet shown."""
    new = (line.text for line in question.lines if line not in shown)
    return estimate_tokens(question.statement) + sum(map(estimate_tokens, new))


def questions_text(group: Sequence[SupportQuestion], about: str = "") -> str:
    """The passages in the order of the paper, then the statements, each with its passages.

    Args:
        group: the questions of a call.
        about: what stands above the passages: the title of the paper.
    """
    blocks = list(passage_texts(line for one in group for line in one.lines))
    places = {one.block: place for place, one in enumerate(blocks, 1)}
    lines = [about] if about else []
    for one in blocks:
        lines += [f"# {one.title}"] if one.title else []
        lines.append(f"P{places[one.block]}: {one.text}")
    for number, question in enumerate(group, 1):
        used = sorted({places[line.block] for line in question.lines})
        marks = ", ".join(f"P{place}" for place in used)
        lines.append(f"s{number} [{marks}]: {question.statement}")
    return "\n\n".join(lines)


def answer_schema(size: int) -> dict[str, Any]:
    """The JSON schema of the answers to so many statements."""
    names = [f"s{number}" for number in range(1, size + 1)]
    return {
        "type": "object",
        "properties": {name: {"$ref": "#/$defs/Support"} for name in names},
        "required": names,
        "additionalProperties": False,
        "$defs": {
            "Support": {"type": "string", "enum": list(get_args(Support))}
        },
    }


def read_answers(
    data: object, group: Sequence[SupportQuestion]
) -> dict[str, Support]:
    """The answers of a reply of any shape; what is none is left out."""
    given: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    known = get_args(Support)
    told = (
        (one.path, given.get(f"s{number}"))
        for number, one in enumerate(group, 1)
    )
    return {
        path: next(one for one in known if one == said)
        for path, said in told
        if isinstance(said, str) and said in known
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
