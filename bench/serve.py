"""How fast the triage page answers over a large store: `python bench/serve.py [PAPERS …]`.

Runs a night of the demonstration, fills its store with as many copies as are told (5,000 and
20,000 by default; nights of thirty, other ids and dates, words in a random order, every fifth
summary with 人脸生成), and asks a real `serve` of it over loopback. Prints the seconds of start-up,
the memory, and of each kind of page the 95th percentile by the clock and the mean of the
processor, in milliseconds. Exit 1 where a limit is missed: 1 s, 120 MB, 100 ms of the processor,
so that the verdict is the same while others use the machine.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
SCREEN = (sys.executable, "-m", "pipeline")
ASKED = 40
"""Requests of each kind."""
NIGHT = 30
"""Papers of a night."""
LIMITS = {"start s": 1.0, "memory MB": 120.0, "ms": 100.0}
TOPIC = "Talking Head"


def demo_night(folder: Path) -> Path:
    """The output folder of a demonstration night."""
    out = folder / "output"
    command = [*SCREEN, "--topic", TOPIC, "--demo", "--output", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


def fill(out: Path, papers: int) -> None:
    """Copy the papers of the store until it holds so many posted ones."""
    database = sqlite3.connect(out / "screen.db")
    database.row_factory = sqlite3.Row
    posted = database.execute(
        "SELECT * FROM candidates JOIN records USING (paper_id)"
        " JOIN documents USING (paper_id, version) JOIN reviews USING (paper_id, version)"
        " WHERE stage = 'posted'"
    ).fetchall()
    chance = random.Random(1)
    with database:
        for number in range(papers - len(posted)):
            _add(database, dict(posted[number % len(posted)]), number, chance)
    database.close()


def _add(
    database: sqlite3.Connection,
    row: dict[str, Any],
    number: int,
    chance: random.Random,
) -> None:
    day = date(2026, 11, 29) - timedelta(days=number // NIGHT)
    paper_id = f"{day:%y%m}.{number % 100_000:05d}"
    record, review = json.loads(row["record"]), json.loads(row["review"])
    words = record["abstract"].split()
    chance.shuffle(words)
    record |= {"id": paper_id, "abstract": " ".join(words)}
    record["title"] = " ".join(chance.sample(words, 8))
    record["published"] = record["updated"] = f"{day}T18:00:00Z"
    review["paper_id"] = paper_id
    if number % 5 == 0:
        review["summary"]["text"] += "人脸生成"
    at = f"{day}T20:00:00Z"
    changed = {
        "records": (paper_id, 1, json.dumps(record), at, at, at),
        "candidates": (
            *(paper_id, TOPIC, "posted", chance.random()),
            *(row["reasons"], at, str(day), 1),
        ),
        "documents": (paper_id, 1, row["document"], row["outline"], at),
        "reviews": (
            *(paper_id, 1, row["language"], row["model"]),
            *(json.dumps(review, ensure_ascii=False), at),
        ),
    }
    for table, values in changed.items():
        marks = ", ".join("?" * len(values))
        database.execute(
            f"INSERT OR REPLACE INTO {table} VALUES ({marks})", values
        )


def serve(out: Path) -> tuple[subprocess.Popen[str], str, float]:
    """The server, its address, and the seconds until it was printed."""
    command = [*SCREEN, "serve", "--port", "0", "--output", str(out)]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    return process, address, time.perf_counter() - begun


def memory(process: subprocess.Popen[str]) -> float:
    """Megabytes of the most memory that a process had."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if "VmHWM" in line)
    return int(peak.split()[1]) / 1024


def processor(process: subprocess.Popen[str]) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8")
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def timed(
    process: subprocess.Popen[str], ask: Callable[[int], httpx.Response]
) -> tuple[float, float]:
    """The 95th percentile of an answer and the mean of its processor time, in milliseconds.

    The first answer warms up.
    """
    ask(0).raise_for_status()
    times, used = [], processor(process)
    for number in range(1, ASKED + 1):
        begun = time.perf_counter()
        ask(number).raise_for_status()
        times.append(1000 * (time.perf_counter() - begun))
    mean = 1000 * (processor(process) - used) / ASKED
    return sorted(times)[round(0.95 * (ASKED - 1))], mean


def asked(
    address: str,
) -> Iterator[tuple[str, Callable[[int], httpx.Response]]]:
    """Each kind of page with what asks for it."""
    headers = {"Origin": address.rstrip("/")}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
        shown = client.get("/").text
        token = shown.partition('name="token" value="')[2].partition('"')[0]
        places = shown.split('name="id" value="')[1:]
        ids = [place.partition('"')[0] for place in places]

        def rate(number: int) -> httpx.Response:
            form = {
                "token": token,
                "id": ids[number % len(ids)],
                "topic": TOPIC,
                "rating": ("keep", "skip")[number % 2],
                "order": "1",
            }
            json_please = {"Accept": "application/json"}
            return client.post("/rate", data=form, headers=json_please)

        def paper(number: int) -> httpx.Response:
            return client.get(f"/paper/{ids[number % len(ids)]}")

        def page(_: int, path: str) -> httpx.Response:
            return client.get(path)

        yield "tonight", partial(page, path="/")
        yield "rate", rate
        yield "paper", paper
        yield "archive", partial(page, path="/archive")
        for words in ("speech", "lip closure", "人脸", "人脸生成 speech"):
            yield f"archive {words}", partial(page, path=f"/archive?q={words}")
        yield "trends", partial(page, path="/trends")


def measure(out: Path) -> Iterator[tuple[str, float, float]]:
    """Each figure: its name, what it is by the clock, and what its limit counts."""
    process, address, started = serve(out)
    try:
        yield "start s", started, processor(process)
        for name, ask in asked(address):
            yield f"{name} ms", *timed(process, ask)
        yield "memory MB", memory(process), memory(process)
    finally:
        process.terminate()
        process.wait()


def main() -> int:
    counts = [int(one) for one in sys.argv[1:]] or [5_000, 20_000]
    missed = 0
    for count in counts:
        with tempfile.TemporaryDirectory() as temporary:
            out = demo_night(Path(temporary))
            fill(out, count)
            print(f"-- {count} papers {'p95':>20} {'processor':>10}")
            for name, shown, counted in measure(out):
                limit = next(
                    LIMITS[one] for one in LIMITS if name.endswith(one)
                )
                note = f"   over {limit:g}" if counted > limit else ""
                missed += counted > limit
                print(
                    f"{name:24s} {shown:10.1f} {counted:10.1f}{note}",
                    flush=True,
                )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
