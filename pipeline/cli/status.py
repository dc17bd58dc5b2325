"""How things stand, read from the store: `arxiv-screen status`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.cli.topic_names import read_configured_topic
from pipeline.common.dates import as_date
from pipeline.common.output_layout import MEGABYTE, output_names
from pipeline.common.reason_text import describe_reasons
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.paper import Usage
from pipeline.store import Store
from pipeline.store.papers import TopicCandidate
from pipeline.translation import gettext as _


def standing(config: Config) -> dict[str, Any]:
    """Runs, pending papers, spending, coverage and space, as JSON values.

    Raises:
        StoreError: nothing has been screened yet.
    """
    store = Store.open(config.out, create=False)
    try:
        return {
            "runs": [_run(night) for night in store.nights.latest(10)],
            "pending": list(_pending(store)),
            "spending": [
                {"day": one.day.isoformat(), "model": one.model, "calls": one.usage.calls,
                 "input_tokens": one.usage.input_tokens, "output_tokens": one.usage.output_tokens,
                 "usd": _usd(one.usage), "unpriced_calls": one.usage.unpriced_calls}
                for one in store.ledger.spending()
            ],
            "topics": [_topic(store, name) for name in store.papers.topics()],
            "damaged": dict(store.database.damaged),
            "disk": {name: _size(config.out / name) for name in (output_names.pdfs, output_names.pictures)},
        }  # fmt: skip
    finally:
        store.close()


def _usd(usage: Usage) -> float | None:
    """What is known of a cost; None where no call's price is known."""
    known = usage.calls > usage.unpriced_calls
    return round(usage.cost, 6) if known else None


def _run(night: Any) -> dict[str, Any]:
    report = json.loads(night.report) if night.report else {}
    return {
        "run": night.id,
        "started": night.started.isoformat(),
        "ended": night.ended.isoformat() if night.ended else None,
        "posted": sum(topic["posted"] for topic in report.get("topics", ())),
        "outcome": report.get("outcome", "interrupted"),
        "troubles": [trouble["what"] for trouble in report.get("troubles", ())],
    }


def _pending(store: Store) -> Iterator[dict[str, Any]]:
    for name in store.papers.topics():
        for candidate in store.papers.wanted(name):
            failure = store.results.failure(candidate.paper_id)
            yield {
                "id": candidate.paper_id,
                "topic": name,
                "score": candidate.score,
                "reason": failure.reason
                if failure
                else _("waits for the next run"),
                "nights": failure.nights if failure else 0,
                "next_try": failure.next_try.isoformat()
                if failure and not failure.gave_up
                else None,
                "gave_up": bool(failure and failure.gave_up),
            }


def _topic(store: Store, name: str) -> dict[str, Any]:
    days = store.coverage.days(name)
    since = min(days).isoformat() if days else None
    until = max(days).isoformat() if days else None
    return {"topic": name, "covered_since": since, "covered_until": until}


def _size(folder: str | Path) -> int:
    """Bytes of all files in a folder."""
    try:
        with os.scandir(folder) as found:
            return sum(
                _size(one.path) if one.is_dir() else one.stat().st_size
                for one in found
            )
    except OSError:  # not there, or taken away by a run at work
        return 0


def show_status(config: Config, *, as_json: bool) -> None:
    """Print how things stand."""
    found = standing(config)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for title, name, columns in (
        (_("Runs"), "runs", "run started outcome posted troubles"),
        (_("Pending"), "pending", "id topic reason nights next_try"),
        (
            _("Spending"),
            "spending",
            "day model calls input_tokens output_tokens usd",
        ),
        (_("Topics"), "topics", "topic covered_since covered_until"),
    ):
        _table(title, found[name], columns.split())
    for line in _remarks(found, keep=config.run.keep):
        print(line)


def _remarks(found: Mapping[str, Any], *, keep: int) -> Iterator[str]:
    """What is damaged, and the space that is taken; `keep` in MB."""
    for table, rows in found["damaged"].items():
        yield _(
            "Damaged: {rows} of {table}; `{program} doctor --store` names them",
            rows=rows,
            table=table,
        )
    space = ", ".join(
        _("{name} {value:.1f} MB", name=name, value=size / MEGABYTE)
        for name, size in found["disk"].items()
    )
    yield _(
        "Space: {space} (kept up to {keep} MB in all)", space=space, keep=keep
    )


def show_judged(config: Config, topic: str, day: str, *, as_json: bool) -> None:
    """Print everything judged, kept and dropped."""
    with closing(Store.open(config.out, create=False)) as store:
        known = store.papers.topics()
        name = (
            read_configured_topic(config, topic, known).name if topic else None
        )
        judged = store.papers.judged(name, as_date(day) if day else None)
        rows = [_judged_row(one) for one in judged]
    if as_json:
        sys.stdout.writelines(
            json.dumps(row, ensure_ascii=False) + "\n" for row in rows
        )
    else:
        _columns(rows, ("date", "score", "stage", "id", "topic", "why"))


def _judged_row(one: TopicCandidate) -> dict[str, Any]:
    return {
        "id": one.paper_id,
        "topic": one.topic,
        "date": one.judged.date().isoformat(),
        "score": round(one.score, 3),
        "stage": one.stage,
        "why": describe_reasons(one.reasons),
        "reasons": [
            [reason.kind, reason.phrase, reason.weight]
            for reason in one.reasons
        ],
    }


def _columns(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows in aligned columns: a table of rich takes a minute for twenty thousand."""
    cells = [
        [terminal_safe(str(row[column])) for column in columns] for row in rows
    ]
    widths = [
        max(map(len, column)) for column in zip(columns, *cells, strict=True)
    ]
    for line in ([*columns], *cells):
        padded = (
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        )
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def _table(
    title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(
            *(Text(terminal_safe(_cell(row, column))) for column in columns)
        )
    Console().print(table if rows else _("{title}: none", title=title))


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row[column]
    if column == "usd" and value is None:
        return _("unknown")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
