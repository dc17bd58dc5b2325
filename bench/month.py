"""A month of nights over real records: is every paper on a topic posted exactly once, and no
version as a new paper?

    python bench/month.py [--first 2024-09-15] [--nights 30] [--topic "Talking Head" --topic
    "Virtual Human / Avatar"]

Each night the arXiv server of ../shared serves what had been submitted by then, each paper in
its newest version, and one run is made at that time. Every PDF is one of the bundled papers,
since records are what this is about. The reviews are extractive, so that no model is needed;
requests to the PDF server are counted in place of model calls.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.run.composition import open_services

from pipeline.config import load
from pipeline.resources import CONFIG
from pipeline.run.run import Night, Orders
from pipeline.run.shutdown import Halt
from pipeline.store import Store

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LABELS = {"Talking Head": "talking-head", "Virtual Human / Avatar": "avatar"}
PAPER = ROOT / "pipeline" / "demo" / "papers" / "0000.00001.pdf"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--first", default="2024-09-15")
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--topic", action="append")
    given = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("bench/month.py needs ../shared")
    topics = given.topic or list(LABELS)
    first = datetime.fromisoformat(given.first).replace(hour=23, tzinfo=UTC)
    records = [
        json.loads(line)
        for line in (SHARED / "arxiv" / "records.jsonl").read_text().splitlines()
    ]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        link_papers(place / "pdfs", records)
        reports = [
            one_night(place, records, topics, first + timedelta(days=night))
            for night in range(given.nights)
        ]
        show(
            place / "out",
            records,
            topics,
            (
                first - timedelta(days=given.nights),
                first + timedelta(days=given.nights - 1),
            ),
            reports,
        )


def base(paper_id: str) -> str:
    return re.sub(r"v\d+$", "", paper_id)


def link_papers(folder: Path, records: list[dict[str, Any]]) -> None:
    folder.mkdir()
    for paper_id in {base(record["id"]) for record in records}:
        (folder / f"{paper_id}.pdf").symlink_to(PAPER)


def one_night(
    place: Path, records: list[dict[str, Any]], topics: list[str], now: datetime
) -> Counter[str]:
    """One run at that time; what it found, posted and fetched."""
    visible = place / "records.jsonl"
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [json.dumps(record) for record in records if record["updated"] <= stamp]
    visible.write_text("\n".join(lines))
    tool = SHARED / "tools" / "arxiv_server.py"
    command = [
        sys.executable,
        tool,
        "--port",
        "0",
        "--records",
        visible,
        "--pdfs",
        place / "pdfs",
    ]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0]  # type: ignore[union-attr,index]
        report = asyncio.run(run(place / "out", address, topics, now))
        with urllib.request.urlopen(f"{address}/stats") as answer:
            counts = json.load(answer)["counts"]
    finally:
        server.kill()
        server.wait()
    return Counter(
        found=sum(topic.found for topic in report.topics),
        posted=sum(topic.posted for topic in report.topics),
        updates=sum(topic.updates for topic in report.topics),
        pending=report.pending,
        pdfs=counts.get("pdf 200", 0),
    )


async def run(out: Path, address: str, topics: list[str], now: datetime) -> Any:
    config = load(
        CONFIG,
        environ={},
        set_={
            "arxiv.api": f"{address}/api/query", "arxiv.pdf": f"{address}/pdf", "arxiv.oai": "", "arxiv.interval": 0.01,
            "arxiv.pdf_interval": 0.0, "model.provider": "extractive", "output.dir": str(out), "arxiv.days": 30,
        },
    )  # fmt: skip
    store = Store.open(out)
    try:
        async with open_services(
            config, store, lambda: now, lambda _: None, Halt()
        ) as services:
            return await Night(
                services, Orders(tuple(config.topic(topic) for topic in topics))
            ).run()
    finally:
        store.close()


def show(
    out: Path,
    records: list[dict[str, Any]],
    topics: list[str],
    span: tuple[datetime, datetime],
    reports: list[Counter[str]],
) -> None:
    total = sum(reports, Counter())
    print(
        f"nights {len(reports)}, "
        + ", ".join(
            f"{name} {total[name]}" for name in ("found", "posted", "updates", "pdfs")
        )
    )
    store = Store.open(out)
    for topic in topics:
        entries = Counter(
            member[0]
            for day, name in store.posts.all()
            if name == topic
            for member in store.posts.members(topic, day)
        )
        on = on_topic(topic, records, span) if topic in LABELS else set()
        twice = sorted(paper_id for paper_id, times in entries.items() if times > 1)
        print(f"{topic}: {len(entries)} papers posted, {len(twice)} more than once")
        print(
            f"  on topic {len(on)}, of these posted {len(on & entries.keys())}, missed {sorted(on - entries.keys())}"
        )
    members = [
        m[0] for day, name in store.posts.all() for m in store.posts.members(name, day)
    ]
    read = len(set(members))
    print(
        f"PDFs fetched {total['pdfs']} for {read} papers in posts; still pending {reports[-1]['pending']}"
    )
    store.close()


def on_topic(
    topic: str, records: list[dict[str, Any]], span: tuple[datetime, datetime]
) -> set[str]:
    """Graded on topic, and submitted in the time that the runs cover."""
    path = SHARED / "labels" / f"{LABELS[topic]}.jsonl"
    graded = {
        row["id"]
        for row in map(json.loads, path.read_text().splitlines())
        if row["grade"] == 2
    }
    low, high = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in span)
    return {
        base(record["id"])
        for record in records
        if base(record["id"]) in graded and low <= record["updated"] <= high
    }


if __name__ == "__main__":
    main()
