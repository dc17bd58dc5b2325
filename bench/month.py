"""A month of nights over real records, with random outages of each source.

    python bench/month.py [--first 2024-09-15] [--nights 30] [--down 0.3] [--skip 0.1] [--seed 0]

Each night a feed announces what was submitted the day before; the search API and OAI-PMH show
what was announced, now and then a day late. Each of the three is down with the probability
`--down`, a night is not run at all with that of `--skip`; the last two nights are good ones. Every
PDF is one of the bundled papers, since records are what this is about, the reviews are extractive,
and waits take no time. Every paper on topic must be judged, none may be posted twice, and no
revised old paper as a new one. Exit 1 when something does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row
from pipeline.config import Config
from pipeline.config_file import load
from pipeline.console.run_report import RunReport
from pipeline.fetch.query import is_listed_in, topic_categories
from pipeline.resources import CONFIG
from pipeline.run.run import RunOptions, ScreeningRun
from pipeline.run.services.composition import open_services
from pipeline.run.shutdown import StopSignal
from pipeline.store import Store

LABELS = {"Talking Head": "talking-head", "Virtual Human / Avatar": "avatar"}
PAPER = workplace.SMALL / "0000.00001.pdf"
DAY = timedelta(days=1)
Record = dict[str, Any]


@dataclass(frozen=True)
class Night:
    """What one night is like."""

    day: date
    down: frozenset[str] = frozenset()
    late: bool = False
    """The search API and OAI-PMH do not show the newest announcement yet."""

    @property
    def now(self) -> datetime:
        """When the run begins: 21:10 UTC."""
        return datetime(
            self.day.year, self.day.month, self.day.day, 21, 10, tzinfo=UTC
        )


class Hasty(StopSignal):
    """Lets waits pass at once; the clock says that they took their time."""

    def __init__(self) -> None:
        self.waited = 0.0
        super().__init__(lambda: time.monotonic() + self.waited)

    def sleep(self, seconds: float) -> None:
        self.waited += seconds

    async def asleep(self, seconds: float) -> None:
        self.waited += seconds
        await asyncio.sleep(0)


@contextmanager
def throttling() -> Iterator[str]:
    """Serve nothing but "Rate exceeded."; its address."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self.send_response(429)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def plan_nights(args: argparse.Namespace, chance: random.Random) -> list[Night]:
    first = date.fromisoformat(args.first)
    nights = [Night(first)]
    for number in range(1, args.nights - 2):
        down = frozenset(
            name
            for name in ("feed", "api", "oai")
            if chance.random() < args.down
        )
        if chance.random() >= args.skip:
            nights.append(
                Night(first + number * DAY, down, chance.random() < args.down)
            )
    last = first + (args.nights - 1) * DAY
    return [*nights, Night(last - DAY), Night(last)]


def base(paper_id: str) -> str:
    return re.sub(r"v\d+$", "", paper_id)


def read_records() -> list[Record]:
    """Read the records; all versions of a paper say when its first one was submitted."""
    path = workplace.SHARED / "arxiv" / "records.jsonl"
    records = [
        json.loads(line) for line in path.read_text("utf-8").splitlines()
    ]
    first: dict[str, str] = {}
    for one in sorted(records, key=lambda one: str(one["published"])):
        first.setdefault(base(one["id"]), one["published"])
    return [{**one, "published": first[base(one["id"])]} for one in records]


def write_visible(path: Path, records: list[Record], last: date) -> Path:
    """Write what was submitted or revised up to a day."""
    lines = [
        json.dumps(one) for one in records if one["updated"][:10] <= f"{last}"
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run_night(place: Path, records: list[Record], night: Night) -> RunReport:
    """One run at that time."""
    yesterday = night.day - DAY
    fresh = write_visible(place / "fresh.jsonl", records, yesterday)
    shown = fresh
    if night.late:
        shown = write_visible(place / "late.jsonl", records, yesterday - DAY)
    pdfs = ("--pdfs", place / "pdfs")
    with ExitStack() as stack:
        down = stack.enter_context(throttling())
        feed = stack.enter_context(
            workplace.server(
                "arxiv_server.py",
                "--records",
                fresh,
                *pdfs,
                "--today",
                night.day,
            )
        )
        archive = stack.enter_context(
            workplace.server("arxiv_server.py", "--records", shown, *pdfs)
        )
        addresses = {
            "feed": f"{feed}/atom",
            "api": f"{archive}/api/query",
            "oai": f"{archive}/oai",
        }
        addresses |= {name: f"{down}/{name}" for name in night.down}
        config = configure(place / "out", feed, addresses)
        return asyncio.run(run(config, night.now))


def configure(out: Path, pdfs: str, addresses: dict[str, str]) -> Config:
    keys = {f"arxiv.{name}": address for name, address in addresses.items()}
    keys |= {"arxiv.pdf": f"{pdfs}/pdf", "output.dir": str(out)}
    values: dict[str, Any] = {
        "arxiv.interval": 0.001,
        "arxiv.pdf_interval": 0.0,
        "model.provider": "extractive",
    }
    return load(CONFIG, environ={}, set_=keys | values)


async def run(config: Config, now: datetime) -> RunReport:
    store = Store.open(config.out)
    topics = tuple(map(config.topic, LABELS))
    try:
        async with open_services(
            config, store, lambda: now, lambda _: None, Hasty()
        ) as services:
            return await ScreeningRun(services, RunOptions(topics)).run()
    finally:
        store.close()


def measure(args: argparse.Namespace) -> Iterator[Row]:
    chance = random.Random(args.seed)
    nights, records = plan_nights(args, chance), read_records()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "pdfs").mkdir()
        for paper_id in {base(record["id"]) for record in records}:
            (place / "pdfs" / f"{paper_id}.pdf").symlink_to(PAPER)
        reports = [run_night(place, records, night) for night in nights]
        outcomes = Counter(report.outcome for report in reports)
        yield "nights run", len(nights), f"of {args.nights}", True
        for outcome, count in outcomes.items():
            yield f"  that ended as {outcome}", count, "", True
        yield "still pending", reports[-1].pending, "0", not reports[-1].pending
        first, last = nights[0].day, nights[-1].day
        yield from compare(place / "out", records, first, last)


def compare(
    out: Path, records: list[Record], first: date, last: date
) -> Iterator[Row]:
    store, config = Store.open(out), load(CONFIG, environ={})
    for topic in LABELS:
        categories = topic_categories(config.topic(topic))
        announced = first_versions(records, first, last)
        wanted = {
            paper_id
            for paper_id in on_topic(topic) & announced.keys()
            if is_listed_in(announced[paper_id]["categories"], categories)
        }
        judged = {one.paper_id for one in store.papers.judged(topic)}
        posted = Counter(
            one.paper_id
            for day, name in store.posts.all()
            if name == topic
            for one in store.posts.members(topic, day)
        )
        lost = sorted(wanted - judged)
        yield f"{topic}: on topic", len(wanted), "", True
        yield "  never judged", len(lost), "0", not lost
        yield "  judged and dropped", len(wanted - posted.keys()), "", True
        yield "  posted", len(posted), "", True
        twice = [paper_id for paper_id, times in posted.items() if times > 1]
        yield "  posted twice", len(twice), "0", not twice
        limit = f"{first - timedelta(days=4)}"
        old = [one for one in judged if published(records, one) < limit]
        yield "  old papers taken for new ones", len(old), "0", not old
    yield (
        "records still incomplete",
        len(store.papers.incomplete()),
        "0",
        not (store.papers.incomplete()),
    )
    store.close()


def first_versions(
    records: list[Record], first: date, last: date
) -> dict[str, Record]:
    """Give the papers whose first version was submitted in time to be announced."""
    low, high = f"{first - DAY}", f"{last - DAY}"
    return {
        base(one["id"]): one
        for one in records
        if low <= one["published"][:10] <= high and one["updated"][:10] <= high
    }


def published(records: list[Record], paper_id: str) -> str:
    return min(
        one["published"] for one in records if base(one["id"]) == paper_id
    )


def on_topic(topic: str) -> set[str]:
    path = workplace.SHARED / "labels" / f"{LABELS[topic]}.jsonl"
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return {row["id"] for row in rows if row["grade"] == 2}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--first", default="2024-09-15")
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--down", type=float, default=0.3)
    parser.add_argument("--skip", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if not workplace.SHARED.is_dir():
        sys.exit("bench/month.py needs ../shared")
    title = (
        f"A month of {args.nights} nights, each source down with {args.down}"
    )
    return workplace.show(title, measure(args))


if __name__ == "__main__":
    sys.exit(main())
