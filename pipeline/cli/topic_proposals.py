"""What `arxiv-screen topics add` does: words become a checked proposal for config.toml."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten
from typing import Any

from pipeline.cli.topic_names import read_topic
from pipeline.common.atomic import write_atomically
from pipeline.common.output_layout import output_names
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import ScreenError, StoreError, UsageError, from_os
from pipeline.paper import Paper, Topic, Verdict
from pipeline.run.services.topic_judge import TopicJudge, judge_rules
from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.topics.proposal import (
    format_proposal,
    propose_topic,
    refine_proposal,
)
from pipeline.store import Store
from pipeline.translation import gettext as _

NEAREST = 10
"""Papers that are shown: the nearest to the line between kept and dropped."""


def add_topic(
    config: Config, words: str, file: Path | None, *, write: bool
) -> None:
    """Print a topic's proposal with what it would keep; add it to config.toml with `write`.

    Raises:
        UsageError: nothing of the words is known, there is such a topic, or no file to write to.
    """
    target = file or Path("config.toml")
    if write:
        _need_file(target)
    bare = read_topic(config, words)
    first = bare if bare.configured else propose_topic(bare)
    if config.topic(first.name).configured:
        raise UsageError(
            _('"{first}" is in config.toml already.', first=first.name),
            step=_("Change it there."),
        )
    _tell_reading(bare.name, first.name)
    proposal = asyncio.run(_refine(config, first, words))
    for line in format_proposal(proposal).splitlines():
        sys.stdout.write(terminal_safe(line) + "\n")
    _show_effect(config, proposal)
    if write:
        _write(target, proposal)
    else:
        sys.stderr.write(
            _("Nothing was written; --write adds it to config.toml.") + "\n"
        )


def _need_file(file: Path) -> None:
    """Make sure that there is a file to write to, before anything is asked for it.

    Raises:
        UsageError: there is none.
    """
    if not file.is_file():
        raise UsageError(
            _("There is no {file} to write to.", file=file),
            step=_("`{program} init` writes one; or give --config FILE."),
        )


def _tell_reading(name: str, read: str) -> None:
    """Say how an abbreviation was understood."""
    if compile_phrase(name).content != compile_phrase(read).content:
        words = _('"{name}" is understood as "{read}".', name=name, read=read)
        sys.stderr.write(terminal_safe(words) + "\n")


@contextmanager
def _store_of(config: Config) -> Iterator[Store]:
    """The store, for the costs of the model; where there is none, one that is thrown away."""
    with ExitStack() as stack:
        folder = config.out
        if not (folder / output_names.database).is_file():
            folder = Path(stack.enter_context(TemporaryDirectory()))
        yield stack.enter_context(closing(Store.open(folder)))


async def _refine(config: Config, proposal: Topic, words: str) -> Topic:
    """Let the model better the proposal, where one is configured and answers."""
    if not config.screen.model or config.model.provider == "extractive":
        return proposal
    from pipeline.run.services.composition import open_model
    from pipeline.run.shutdown import StopSignal

    with _store_of(config) as store:
        try:
            async with open_model(config, store, StopSignal()) as model:
                if model is None:
                    return proposal

                async def ask(
                    messages: list[dict[str, str]], schema: dict[str, Any]
                ) -> Any:
                    reply = await model.ask(
                        messages, schema, title="topic", urgent=True
                    )
                    return reply.data or {}

                return await refine_proposal(proposal, words, ask)
        except ScreenError as error:
            sys.stderr.write(
                terminal_safe(
                    _(
                        "{message} The thesaurus alone decides.",
                        message=error.message,
                    )
                )
                + "\n"
            )
            return proposal


def _show_effect(config: Config, topic: Topic) -> None:
    """Tell on stderr how many of the last announced papers the topic would keep."""
    try:
        store = Store.open(config.out, create=False)
    except StoreError as error:
        words = _(
            "How many papers it would keep is not known. {advice}",
            advice=error.advice,
        )
        sys.stderr.write(terminal_safe(words) + "\n")
        return
    with closing(store):
        papers = store.papers.recent(judge_rules.background)
        verdicts = (
            TopicJudge(config, store).judge(topic, papers, papers)
            if papers
            else ()
        )
    if not verdicts:
        return
    kept = sum(verdict.keep for verdict in verdicts)
    words = _(
        "Of the last {count} papers it would keep {kept}. Nearest to the line:",
        count=len(verdicts),
        kept=kept,
    )
    sys.stderr.write(f"{words}\n")
    titles = {paper.id: paper for paper in papers}
    near = sorted(verdicts, key=lambda one: abs(one.score - topic.threshold))[
        :NEAREST
    ]
    for verdict in sorted(near, key=lambda one: -one.score):
        sys.stderr.write(
            terminal_safe(_line(verdict, titles[verdict.paper_id])) + "\n"
        )


def _line(verdict: Verdict, paper: Paper) -> str:
    mark = "keep" if verdict.keep else "drop"
    title = shorten(paper.title, 80, placeholder=" …")
    return f"  {mark} {verdict.score:.2f} {paper.id} {title}"


def _write(file: Path, topic: Topic) -> None:
    """Add a topic at the end of a config.toml, whole or not at all."""
    try:
        text = file.read_text(encoding="utf-8")
        write_atomically(file, f"{text.rstrip()}\n\n{format_proposal(topic)}")
    except OSError as error:
        raise from_os(error, file) from error
    sys.stderr.write(terminal_safe(_("Written to {file}", file=file)) + "\n")
