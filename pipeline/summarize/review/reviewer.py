"""A paper reviewed by a model: one call, the checks, a second reading, one repair of what failed.

The checks run beside the event loop: an answer to another paper that arrives meanwhile is
written down at once, since it is paid for and a kill must not lose it.
"""

from __future__ import annotations

import dataclasses
import json
from asyncio import to_thread
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.config import Model
from pipeline.errors import ContextExceeded, ReviewIncomplete, ScreenError
from pipeline.llm import Form, Message, ModelClient, Reply, estimate_tokens
from pipeline.paper import Document, Paper, Review
from pipeline.review_fields import keys_in
from pipeline.summarize.review.draft import (
    ITEMS,
    Draft,
    Problem,
    fields_of,
    parse,
    replace,
    schema,
    statements,
)
from pipeline.summarize.review.finalize import Checked, Source, accept
from pipeline.summarize.review.paper_context import pack_paper
from pipeline.summarize.review.prompts import (
    Prompts,
    load_prompts,
    repair_messages,
    review_messages,
)
from pipeline.summarize.review.questions import (
    questions_of,
    repair_passages,
    unsupported,
)
from pipeline.summarize.review.second_reading import Answers, SecondReader
from pipeline.summarize.verify.checks import check
from pipeline.summarize.verify.evidence import gather_evidence
from pipeline.summarize.verify.quotes.mentions import about_paper
from pipeline.translation import gettext as _
from pipeline.translation import mark

FAILED = {
    "refused": mark("the model refused to write the review"),
    "truncated": mark("the replies of the model broke off"),
    "overlong": mark("the replies of the model were longer than allowed"),
    "empty": mark("the model sent empty replies"),
    "thinking": mark(
        "the model spent its replies on thinking; switch that off in [model] extra"
    ),
    "": mark("the replies of the model held no review"),
}
NOTHING = ((), ("affiliation",))
"""Failed fields that are no reason for another call: the PDF itself names the affiliation."""


@dataclass(frozen=True, slots=True)
class ReviewLimits:
    """How a review is written."""

    smallest: int = 500
    """Tokens of a paper with which a review still makes sense: title, abstract and little more."""
    shrinks: int = 12
    """Times a paper is shortened because its endpoint refuses it as too long."""
    wrote: int = 240
    """Characters of a failed statement that are said back to the model."""
    unreadable: tuple[str, ...] = ("not JSON", "overlong")
    """Faults of a model that cannot do what is asked in this form."""
    chance: tuple[str, ...] = ("refused", "truncated", "empty", "thinking")
    """Faults that may be gone the next time."""


review_limits = ReviewLimits()


def _divisions() -> dict[int, tuple[tuple[str, ...], ...]]:
    head = keys_in("head", "facts")
    middle = keys_in("summary", "methods")
    rest = keys_in("conclusion", "after")
    return {
        1: (head + middle + rest,),
        2: (head + middle, rest),
        3: (head, middle, rest),
    }


DIVISIONS = _divisions()
"""The fields of each call, by the number of calls that a review is divided into."""


async def review(
    paper: Paper,
    document: Document,
    *,
    model: ModelClient,
    language: str,
    translate_abstract: bool = False,
    prompts: Path,
    paper_tokens: int = Model().paper_tokens,
    verify: bool = False,
    answers: Answers | None = None,
) -> Review:
    """Have the model write the review of a paper, and keep of it what the paper bears out.

    Args:
        paper: the record of arXiv.
        document: what the PDF holds.
        model: the client; shared by all papers of a run.
        language: a folder of prompts.
        translate_abstract: ask for the abstract in that language too.
        prompts: the user's folder of prompts; the shipped ones stand in for what it lacks.
        paper_tokens: how much of the paper is sent at most, in tokens.
        verify: have statements and passages read a second time, by the endpoint's checker.
        answers: where the second reader's answers are kept from run to run.

    Raises:
        ReviewIncomplete: after the repair an item was still empty.
        ContextExceeded: even the shortest form of the paper is too long.
        BudgetReached, ModelDown, ModelRejected: the call was not made or not answered.
        ConfigError: no prompts in that language.
    """
    fields = (*ITEMS, "abstract") if translate_abstract else ITEMS
    texts = load_prompts(prompts, language)
    evidence = await to_thread(gather_evidence, paper, document)
    reader = SecondReader(model, texts.support, answers) if verify else None
    source = Source(paper, document, evidence, language)
    writing = Writing(source, model, texts, fields, reader, paper_tokens)
    try:
        return await writing.run()
    except ReviewIncomplete as error:
        for reply in writing.replies:
            model.discard(reply)
        raise writing.explain(error) from error
    except ScreenError:
        raise
    except Exception:  # a slip of ours: what the model sent is asked for again
        for reply in writing.replies:
            model.discard(reply)
        raise


@dataclass
class Writing:
    """One paper on its way through the model."""

    source: Source
    model: ModelClient
    prompts: Prompts
    fields: tuple[str, ...]
    reader: SecondReader | None
    paper_tokens: int
    replies: list[Reply] = field(default_factory=list)

    async def run(self) -> Review:
        """The review, divided into as few calls as the model can manage."""
        for parts in range(self.model.capabilities().parts, max(DIVISIONS) + 1):
            begun = len(self.replies)
            checked = await self._write(parts)
            source = dataclasses.replace(
                self.source, model=self.replies[0].model
            )
            try:
                accepted = await to_thread(accept, checked, source)
            except ReviewIncomplete:
                readable = all(map(self._readable, self.replies[begun:]))
                if parts == max(DIVISIONS) or readable:
                    raise
            else:
                self._learn(parts)
                return accepted
        raise AssertionError

    def explain(self, error: ReviewIncomplete) -> ReviewIncomplete:
        """The error, or a plainer one where nothing of any reply could be used."""
        if not self.replies or any(map(self._used, self.replies)):
            return error
        fault = self.replies[-1].fault
        return ReviewIncomplete(
            f"{self.source.paper.id}: {_(FAILED.get(fault, FAILED['']))}.",
            step=error.step,
            missing=list(self.fields),
            fault=fault,
        )

    async def _write(self, parts: int) -> Checked:
        """Write, check, repair once what failed, and check that again."""
        draft, problems, whole = await self._draft(parts)
        first = await self._check(draft, problems)
        first = dataclasses.replace(first, written=len(list(statements(draft))))
        wrong = _worth_asking(draft, first.problems)
        if not whole or fields_of(wrong) in NOTHING:
            return first
        mended, problems = await self._repair(draft, wrong)
        second = await self._check(mended, problems)
        return dataclasses.replace(second, written=first.written)

    async def _draft(self, parts: int) -> tuple[Draft, list[Problem], bool]:
        """The first draft and what is wrong with its form.

        Returns:
            The draft, its problems, and whether each of its calls gave something.
        """
        draft, problems = Draft(), list[Problem]()
        for group in DIVISIONS[parts]:
            wanted = [name for name in self.fields if name in group]
            part, wrong = await self._ask(wanted)
            values = {name: getattr(part, name) for name in wanted}
            draft = draft.model_copy(update=values)
            problems += wrong
            if parts > 1 and not self._used(self.replies[-1]):
                return draft, problems, False
        return draft, problems, True

    async def _check(
        self, draft: Draft, problems: Sequence[Problem]
    ) -> Checked:
        """The draft with all that is wrong with it: its form, the rules, the second reader."""
        missing = {problem.field for problem in problems}
        evidence, language = self.source.evidence, self.source.language
        found = await to_thread(
            check, draft, evidence, language, self.fields, self.prompts.told
        )
        wrong = [*problems, *(one for one in found if one.field not in missing)]
        if self.reader is None:
            return Checked(draft, tuple(wrong))
        questions = await to_thread(questions_of, draft, wrong, evidence)
        about, paper_id = about_paper(evidence), self.source.paper.id
        support = await self.reader.read(questions, paper_id, about)
        return Checked(draft, (*wrong, *unsupported(support)), support)

    async def _repair(
        self, draft: Draft, problems: list[Problem]
    ) -> tuple[Draft, list[Problem]]:
        """The draft with what failed asked for once more; in a lower form if it was unreadable."""
        failed = fields_of(problems)
        said = [(problem, _wrote(draft, problem.field)) for problem in problems]
        passages = await to_thread(
            repair_passages, draft, problems, self.source.evidence
        )
        form: Form | None = None
        if not self._used(self.replies[-1]):
            said = [(Problem("schema", "*", "no_json"), "")]
            passages, form = "", _lower(self.replies[-1])
        part, _ = await self._ask(failed, said, form, passages)
        if form and self._used(self.replies[-1]):
            self.model.learn(form=form)
        return replace(draft, part, {problem.field for problem in problems}), []

    async def _ask(
        self,
        fields: Collection[str],
        said: Sequence[tuple[Problem, str]] = (),
        form: Form | None = None,
        passages: str = "",
    ) -> tuple[Draft, list[Problem]]:
        shape = schema(fields, self.source.language, repair=bool(said))
        for _attempt in range(review_limits.shrinks):
            messages = self._messages(
                said, estimate_tokens(json.dumps(shape)), passages
            )
            try:
                reply = await self.model.ask(
                    messages,
                    shape,
                    paper_id=self.source.paper.id,
                    prompt_version=self.prompts.version,
                    form=form,
                    urgent=bool(said),
                )
            except ContextExceeded:
                continue
            self.replies.append(reply)
            return await to_thread(parse, reply.data, fields)
        raise self._too_long()

    def _messages(
        self, said: Sequence[tuple[Problem, str]], taken: int, passages: str
    ) -> list[Message]:
        """The prompt, with the passages, or as much of the paper as fits beside `taken` tokens.

        Raises:
            ContextExceeded: too little room for a paper.
        """

        def messages(packed: str) -> list[Message]:
            if said:
                return repair_messages(self.prompts, packed, said)
            return review_messages(self.prompts, packed)

        sent = sum(
            estimate_tokens(message["content"]) for message in messages("")
        )
        room = self.model.room() - taken - sent
        if passages and estimate_tokens(passages) <= room:
            return messages(passages)
        if room < review_limits.smallest:
            raise self._too_long()
        return messages(
            pack_paper(
                self.source.paper,
                self.source.document,
                min(room, self.paper_tokens),
            )
        )

    def _too_long(self) -> ContextExceeded:
        return ContextExceeded(
            _(
                "{id}: even the shortest form of the paper is longer than the "
                "model takes.",
                id=self.source.paper.id,
            ),
            step=_("Choose a model with a larger context in [model]."),
        )

    def _readable(self, reply: Reply) -> bool:
        """Whether the model managed the form of the reply, whatever else is wrong with it."""
        return reply.fault in review_limits.chance or (
            reply.fault not in review_limits.unreadable and self._used(reply)
        )

    def _used(self, reply: Reply) -> bool:
        """Whether anything of the reply was what was asked for."""
        return bool(reply.data) and any(
            name in self.fields for name in reply.data or ()
        )

    def _learn(self, parts: int) -> None:
        """Keep that the model writes whole reviews, or that it never did and manages parts."""
        if parts == 1:
            self.model.learn(whole=True)
        elif not self.model.capabilities().whole:
            self.model.learn(parts=parts)


def _worth_asking(draft: Draft, problems: Sequence[Problem]) -> list[Problem]:
    """The problems without repetitions in a list that has more to say: leaving those out costs
    no call.
    """
    failed = {problem.field for problem in problems}
    kept = {
        piece.path.partition(".")[0]
        for piece in statements(draft)
        if piece.path not in failed
    }
    repeats = {
        problem.field for problem in problems if problem.check == "repeat"
    }
    other = {problem.field for problem in problems if problem.check != "repeat"}
    idle = {path for path in repeats - other if path.partition(".")[0] in kept}
    return [problem for problem in problems if problem.field not in idle]


def _lower(reply: Reply) -> Form | None:
    """The form for a model that did not take the schema from the request; None where chance
    spoilt the reply.
    """
    if reply.fault in review_limits.chance:
        return None
    return "text" if reply.form in ("json_object", "text") else "json_object"


def _wrote(draft: Draft, path: str) -> str:
    """What the draft holds at a dotted path, as one short line."""
    node: Any = draft.model_dump()
    for step in path.split("."):
        try:
            node = node[int(step)] if step.isdigit() else node[step]
        except (KeyError, IndexError, TypeError):
            return ""
    text = json.dumps(node, ensure_ascii=False) if node else ""
    return (
        text
        if len(text) <= review_limits.wrote
        else f"{text[: review_limits.wrote]}…"
    )
