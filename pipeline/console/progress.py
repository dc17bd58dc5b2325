"""Progress on stderr: bars with counts and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.console.events import Event, Stage, Tell
from pipeline.console.sanitize import terminal_safe

LANES: tuple[Stage, ...] = ("download", "read", "review")


@contextmanager
def progress() -> Iterator[Tell]:
    """Somebody to tell events to while a run lasts."""
    if sys.stderr.isatty():
        with _bars() as tell:
            yield tell
    else:
        yield _line


def _line(event: Event) -> None:
    if event.outcome not in ("done", "failed", "note"):
        return
    what = [event.stage, event.paper_id or event.topic]
    what += [f"{event.count} papers"] if event.count else []
    what += [f"{event.seconds:.1f} s"] if event.seconds else []
    what += ["failed:"] if event.outcome == "failed" else []
    what += [event.detail] if event.detail else []
    sys.stderr.write(terminal_safe(" ".join(filter(None, what))) + "\n")


@contextmanager
def _bars() -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=Console(stderr=True), transient=True
    ) as bars:
        tasks = {stage: bars.add_task(stage, total=0) for stage in LANES}
        totals: Counter[Stage] = Counter()

        def tell(event: Event) -> None:
            if event.outcome == "expected":
                totals.update(dict.fromkeys(LANES, event.count))
            elif event.stage in tasks and event.outcome == "done":
                bars.advance(tasks[event.stage])
            elif event.stage in tasks and event.outcome == "failed":
                totals.subtract(LANES[LANES.index(event.stage) :])
            for stage, task in tasks.items():
                bars.update(task, total=totals[stage])
            if event.outcome in ("failed", "note") or (
                event.stage in ("fetch", "screen") and event.detail
            ):
                said = (
                    f"{event.paper_id or event.topic} {event.detail}".lstrip()
                )
                bars.console.print(terminal_safe(said), markup=False)

        yield tell
