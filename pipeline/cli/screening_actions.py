"""What `arxiv-screen topics` and `judge` do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.topic_names import read_configured_topic, read_topic
from pipeline.common.reason_text import describe_reasons
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import UsageError, why
from pipeline.paper import Paper, Topic, Verdict
from pipeline.screen.records import read_record
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.store import Store


def show_topics(config: Config, *, as_json: bool) -> None:
    """Print each topic and its queries."""
    from pipeline.fetch.query import listing_query, topic_categories

    if not config.topics:
        sys.stderr.write(_("config.toml has no topic.") + "\n")
    for name in config.topics:
        asked = [listing_query(topic_categories(config.topic(name)))]
        if as_json:
            sys.stdout.write(
                json.dumps(
                    {"topic": name, "queries": asked}, ensure_ascii=False
                )
                + "\n"
            )
        else:
            sys.stdout.writelines(
                terminal_safe(line) + "\n"
                for line in (name, *(f"  {query}" for query in asked))
            )


def judge_records(
    config: Config, name: str, records: Path | None, *, with_model: bool = False
) -> None:
    """Print a verdict a line for records of a file; offline unless the model is asked.

    Raises:
        UsageError: no topic, no such file, a line that is no record, no model to ask.
    """
    topic = read_topic(config, name)
    papers = list(_read(records))
    from pipeline.screen.rank import judge_papers

    verdicts: Sequence[Verdict] = judge_papers(topic, papers)
    if with_model:
        import asyncio

        verdicts = asyncio.run(_ask_model(config, topic, verdicts, papers))
    for verdict in verdicts:
        sys.stdout.write(json.dumps(_said(verdict), ensure_ascii=False) + "\n")


async def _ask_model(
    config: Config,
    topic: Topic,
    verdicts: Sequence[Verdict],
    papers: Sequence[Paper],
) -> Sequence[Verdict]:
    """Ask the model about the uncertain verdicts; its opinions are kept in the store.

    Raises:
        UsageError: no model is configured, or [screen] model is false.
    """
    from pipeline.run.services.composition import open_model
    from pipeline.run.services.topic_judge import TopicJudge
    from pipeline.run.shutdown import StopSignal
    from pipeline.store import Store

    with closing(Store.open(config.out)) as store:
        async with open_model(config, store, StopSignal()) as model:
            if model is None or not config.screen.model:
                raise UsageError(
                    _("There is no model to ask."),
                    step=_(
                        'Set [model] in config.toml, and [screen] model to "auto".'
                    ),
                )
            return await TopicJudge(config, store, model).ask_model(
                topic, verdicts, papers
            )


def _said(verdict: Verdict) -> dict[str, object]:
    return {
        "id": verdict.paper_id,
        "score": verdict.score,
        "keep": verdict.keep,
        "why": describe_reasons(verdict.reasons),
    }


def _read(records: Path | None) -> Iterator[Paper]:
    if records is None:
        raise UsageError(
            _("Which records?"),
            step=_(
                "Give --records FILE, JSON lines as arXiv's records are, or --again."
            ),
        )
    try:
        with records.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _record(records, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            _(
                "{records} cannot be read: {why}.",
                records=records,
                why=why(error),
            ),
            step=_("Give a file of JSON lines."),
        ) from error


def _record(path: Path, number: int, line: str) -> Paper:
    try:
        return read_record(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            _(
                "{path}, line {number}, is no record: {error}.",
                path=path,
                number=number,
                error=error,
            ),
            step=_("Correct or remove that line."),
        ) from error


def judge_again(config: Config, name: str, *, apply: bool) -> None:
    """Judge again what is in the store; print what changes, and write it with `apply`.

    Raises:
        StoreError: nothing has been screened yet.
        UsageError: the store knows no such topic.
    """
    from pipeline.store import Store

    with closing(Store.open(config.out, create=False)) as store:
        known = store.papers.topics()
        topics = (
            [read_configured_topic(config, name, known)]
            if name
            else map(config.topic, known)
        )
        changes = [
            pair for topic in topics for pair in _changes(config, store, topic)
        ]
        for old, new in changes:
            sys.stdout.write(terminal_safe(_change_line(old, new)) + "\n")
        if apply:
            store.papers.judge([new for _, new in changes], datetime.now(UTC))
    if not changes:
        sys.stderr.write(_("No verdict changes.") + "\n")
    elif not apply:
        sys.stderr.write(_("Nothing was written; --apply writes it.") + "\n")


def _change_line(old: Verdict, new: Verdict) -> str:
    said = describe_reasons(new.reasons)
    return f"{_mark(new)} {new.paper_id} {old.score:.2f} → {new.score:.2f} [{new.topic}] {said}"


def _mark(verdict: Verdict) -> str:
    return "keep" if verdict.keep else "drop"


def _changes(
    config: Config, store: Store, topic: Topic
) -> Iterator[tuple[Verdict, Verdict]]:
    """Papers not posted yet whose keeping changes."""
    from pipeline.run.services.topic_judge import TopicJudge, judge_rules

    papers = store.papers.of(topic.name)
    judge = TopicJudge(config, store)
    background = store.papers.recent(judge_rules.background)
    verdicts = judge.judge(topic, papers, background)
    for new in judge.recall_opinions(topic, verdicts):
        old = store.papers.candidate(new.paper_id, topic.name)
        if (
            old
            and old.stage in ("kept", "dropped")
            and (old.stage == "kept") != new.keep
        ):
            yield old.verdict, new
