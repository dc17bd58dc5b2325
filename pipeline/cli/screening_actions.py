"""What `screen topics`, `judge` and `rate` do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from pipeline.common.reason_text import describe_reasons
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import UsageError, why
from pipeline.fetch.query import listing_query, topic_categories
from pipeline.paper import Paper, Topic, Verdict
from pipeline.run.services.topic_judge import BACKGROUND, TopicJudge, ratings_of
from pipeline.screen.learning import ratings
from pipeline.screen.learning.lesson import Choice
from pipeline.screen.records import read_record
from pipeline.store import Store
from pipeline.store.runs import Rated


def show_topics(config: Config, *, as_json: bool) -> None:
    """Print each topic and its queries."""
    for name in config.topics:
        asked = [listing_query(topic_categories(config.topic(name)))]
        if as_json:
            sys.stdout.write(
                json.dumps({"topic": name, "queries": asked}, ensure_ascii=False) + "\n"
            )
        else:
            sys.stdout.writelines(
                terminal_safe(line) + "\n"
                for line in (name, *(f"  {query}" for query in asked))
            )


def judge_records(config: Config, name: str, records: Path | None) -> None:
    """Print a verdict a line for records in a file or on stdin.

    Raises:
        UsageError: no topic, no such file, a line that is no record.
    """
    topic = config.topic(name)
    papers = list(_read(records))
    from pipeline.screen.rank import judge_papers

    for verdict in judge_papers(topic, papers):
        sys.stdout.write(json.dumps(_said(verdict), ensure_ascii=False) + "\n")


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
            "Which records?",
            step="Give --records FILE, JSON lines as arXiv's records are, or --again.",
        )
    try:
        with records.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _record(records, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{records} cannot be read: {why(error)}.",
            step="Give a file of JSON lines.",
        ) from error


def _record(path: Path, number: int, line: str) -> Paper:
    try:
        return read_record(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            f"{path}, line {number}, is no record: {error}.",
            step="Correct or remove that line.",
        ) from error


def judge_again(config: Config, name: str, *, apply: bool) -> None:
    """Judge again what is in the store; print what changes, and write it with `apply`.

    Raises:
        StoreError: nothing has been screened yet.
    """
    store = Store.open(config.out, create=False)
    try:
        for topic in (
            [config.topic(name)] if name else map(config.topic, store.papers.topics())
        ):
            changed = list(_changes(config, store, topic))
            for old, new in changed:
                said = describe_reasons(new.reasons, config.output.language)
                line = f"{_mark(new)} {new.paper_id} {old.score:.2f} → {new.score:.2f} [{topic.name}] {said}"
                sys.stdout.write(terminal_safe(line) + "\n")
            if apply:
                store.papers.judge([new for _, new in changed], datetime.now(UTC))
    finally:
        store.close()
    if not apply:
        sys.stderr.write("Nothing was written; --apply writes it.\n")


def _mark(verdict: Verdict) -> str:
    return "keep" if verdict.keep else "drop"


def _changes(
    config: Config, store: Store, topic: Topic
) -> Iterator[tuple[Verdict, Verdict]]:
    """Papers not posted yet whose keeping changes."""
    papers = store.papers.of(topic.name)
    for new in TopicJudge(config, store).judge(
        topic, papers, store.papers.recent(BACKGROUND)
    ):
        old = store.papers.candidate(new.paper_id, topic.name)
        if (
            old
            and old.stage in ("kept", "dropped")
            and (old.stage == "kept") != new.keep
        ):
            yield old.verdict, new


def rate(config: Config, paper_id: str, rating: str, topic: str) -> None:
    """Note a reader's word on a paper.

    Raises:
        UsageError: no id, a word that is none of keep and skip, a paper that was never screened.
    """
    choices: tuple[Choice, ...] = get_args(Choice)
    choice = next((one for one in choices if one == rating), None)
    if not paper_id or choice is None:
        raise UsageError(
            "A rating is an id and a word.", step="As in: screen rate 2409.03605 keep"
        )
    store = Store.open(config.out, create=False)
    try:
        topics = (
            [config.topic(topic).name] if topic else store.papers.topics_of(paper_id)
        )
        paper = store.papers.get(paper_id)
        if paper is None or not topics:
            raise UsageError(
                f"{paper_id} has not been screened.",
                step="Only papers that arXiv listed can be rated.",
            )
        for name in topics:
            store.nights.rate(
                Rated(
                    paper_id,
                    name,
                    choice,
                    datetime.now(UTC),
                    paper.title,
                    paper.abstract,
                )
            )
    finally:
        store.close()


def export_ratings(config: Config) -> None:
    """Print all ratings as JSON lines."""
    store = Store.open(config.out, create=False)
    try:
        sys.stdout.write(ratings.dump_ratings(ratings_of(config, store)))
    finally:
        store.close()


def import_ratings(config: Config, path: Path) -> None:
    """Keep the ratings of a file.

    Raises:
        UsageError: it cannot be read, or a line is no rating.
    """
    try:
        read = ratings.load_ratings(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read: {why(error)}.", step="Give a file of JSON lines."
        ) from error
    store = Store.open(config.out)
    try:
        for one in read.entries:
            store.nights.rate(
                Rated(one.id, one.topic, one.rating, one.at, one.title, one.abstract)
            )
    finally:
        store.close()
    sys.stderr.write(f"{len(read.entries)} ratings\n")
