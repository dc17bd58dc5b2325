"""A night that is killed again and again, with faults on both servers, beside one that nobody disturbs.

    python bench/kills.py [--kills 200] [--papers 20] [--extractive] [--seed 0]

Each kill is `kill -9` of the whole run at a random moment; what is left of a night is run to its end, then another
night begins in a new folder, until there were as many kills as asked for. In the end, of every night: each paper posted
once, its files those of the undisturbed night, no model request sent twice but those in flight at a kill, no torn file,
no lock that stands in the way, arXiv asked politely. Exit 1 when one does not hold.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import workplace
from workplace import Row

ARXIV_FAULTS = [f"{name}=0.03" for name in ("429", "503", "empty", "html", "cut")]
MODEL_FAULTS = [f"{name}=0.03" for name in ("429", "500")]
"""Faults that change no answer in the end: the undisturbed night must have the same posts."""
CONCURRENCY = 4
NOT_OURS = re.compile(r"screen\.|\.arxiv|\.oai")


@dataclass
class Kills:
    """What the nights have shown."""

    papers: int
    extractive: bool
    seed: int
    killed: int = 0
    nights: int = 0
    runs: int = 0
    wrong: list[str] = field(default_factory=list)
    stages: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    twice: int = 0
    too_fast: int = 0
    closest: float = 1e9


def files(out: Path) -> dict[str, str]:
    """Every file of an output folder by its hash, but the database, the log and the notes of times."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not NOT_OURS.match(path.name)
    }


def kill_one(config: Path, moment: float) -> bool:
    """Start a run and kill it after so many seconds; False when it ended before."""
    run = subprocess.Popen(
        workplace.command(config), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=config.parent,
        env=workplace.environment(),
    )  # fmt: skip
    try:
        run.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        return True
    return False


def stage(out: Path) -> str:
    """How far the killed run had come, in a word."""
    log = out / "screen.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    last = lines[-1].split() if lines else []
    return last[2] if len(last) > 2 else "start"


def night(kills: Kills, folder: Path, papers: Path, most: int, usual: float, draw: random.Random) -> None:
    """One night with up to `most` kills, run to its end."""
    log = folder / "model.jsonl"
    folder.mkdir()
    arxiv_arguments = ("--rate", 3, "--latency", 0.05, "--seed", kills.nights, "--fault", *ARXIV_FAULTS)
    model_arguments = ("--latency", 0.3, "--log", log, "--seed", kills.nights, "--fault", *MODEL_FAULTS)
    with (
        workplace.arxiv(papers, *arxiv_arguments) as arxiv,
        workplace.server("llm_server.py", *model_arguments) as model,
    ):
        config = settings(folder, arxiv, "" if kills.extractive else model)
        lost = 0
        for _ in range(most):
            if not kill_one(config, draw.uniform(0.3, usual)):
                break
            kills.killed += 1
            kills.stages[stage(folder / "out")] += 1
            before, lost = lost, unrecorded(folder / "out", model, log)
            if lost - before > CONCURRENCY:
                kills.wrong.append(f"night {kills.nights}: {lost - before} answers lost by one kill")
        kills.lost += lost
        ran = finish(kills, config)
        check(kills, folder / "out", ran, lost, log)
        found = workplace.stats(arxiv)
        kills.too_fast += found["too_fast"]
        kills.closest = min(kills.closest, found["closest_s"])


def unrecorded(out: Path, model: str, log: Path) -> int:
    """Requests that were answered, or will be, and are not in the store: those that were in flight at a kill."""
    while workplace.stats(model)["in_flight"]:
        time.sleep(0.02)
    answered = len(log.read_text().splitlines()) if log.is_file() else 0
    if not (out / "screen.db").is_file():
        return answered
    with contextlib.closing(sqlite3.connect(out / "screen.db")) as store:
        tables = store.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone()
        return answered - (store.execute("SELECT count(*) FROM calls").fetchone()[0] if tables else 0)


def finish(kills: Kills, config: Path) -> workplace.Ran:
    """Run until nothing is pending any more."""
    for _ in range(5):
        kills.runs += 1
        ran = workplace.run(config)
        if ran.code == 0:
            break
        sys.stderr.write(ran.stderr[-600:])
    return ran


def settings(folder: Path, arxiv: str, model: str) -> Path:
    """The configuration of one night."""
    keys = {
        "output__dir": '"out"',
        "arxiv__pdf_interval": "0.0",
        "run__timezone": '"UTC"',
        "model__concurrency": str(CONCURRENCY),
    }
    return workplace.configure(folder, arxiv, model, **keys)


def check(kills: Kills, out: Path, ran: workplace.Ran, in_flight: int, log: Path) -> None:
    """What must hold of a night in the end."""
    if ran.code:
        kills.wrong.append(f"night {kills.nights}: exit {ran.code}")
    store = sqlite3.connect(out / "screen.db")
    posted = store.execute("SELECT count(*) FROM candidates WHERE stage = 'posted'").fetchone()[0]
    if posted != kills.papers:
        kills.wrong.append(f"night {kills.nights}: {posted} posted")
    if store.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        kills.wrong.append(f"night {kills.nights}: the database is damaged")
    for path in out.rglob("*.part"):
        kills.wrong.append(f"night {kills.nights}: {path.relative_to(out)} is left over")
    for post in out.rglob("*.md"):
        shown = Counter(re.findall(r"^## .*Study (\d+)", post.read_text(), re.MULTILINE))
        if set(shown.values()) != {1} or len(shown) != kills.papers:
            kills.wrong.append(f"night {kills.nights}: {post.name} shows {dict(shown)}")
    requests = [json.loads(line)["request"]["messages"] for line in log.open()] if log.is_file() else []
    twice = len(requests) - len({json.dumps(request) for request in requests})
    kills.twice += twice
    if twice > in_flight:
        kills.wrong.append(f"night {kills.nights}: {twice} model requests sent again, {in_flight} were in flight")


def measure(kills: Kills, wanted: int) -> Iterator[Row]:
    draw = random.Random(kills.seed)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        papers = root / "papers"
        workplace.make_papers(papers, kills.papers, workplace.SMALL)
        begin = time.monotonic()
        night(kills, root / "undisturbed", papers, 0, 0.0, draw)
        usual = time.monotonic() - begin
        calm = files(root / "undisturbed" / "out")
        yield "undisturbed night, s", usual, "", not kills.wrong
        while kills.killed < wanted:
            kills.nights += 1
            folder = root / f"night-{kills.nights}"
            night(kills, folder, papers, min(wanted - kills.killed, draw.randint(3, 12)), usual, draw)
            disturbed = files(folder / "out")
            different = sorted(path for path in calm.keys() | disturbed.keys() if calm.get(path) != disturbed.get(path))
            kills.wrong += [f"night {kills.nights}: {path} differs" for path in different]
        yield "kills", kills.killed, f"= {wanted}", kills.killed == wanted
        yield "nights", kills.nights, "", True
        yield "runs that ended by themselves", kills.runs, "", True
        for stage_name, count in kills.stages.most_common():
            yield f"  killed after a line of: {stage_name}", count, "", True
        yield "model requests in flight at kills", kills.lost, "", True
        yield "model requests sent twice", kills.twice, f"<= {kills.lost}", kills.twice <= kills.lost
        yield "API requests too fast", kills.too_fast, "0", kills.too_fast == 0
        yield "closest gap of API requests, s", kills.closest, ">= 3.0", kills.closest >= 3.0
        yield "what went wrong", len(kills.wrong), "0", not kills.wrong
        for line in kills.wrong[:20]:
            yield f"  {line}", "", "", False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument("--extractive", action="store_true", help="without a model")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    kills = Kills(args.papers, args.extractive, args.seed)
    return not workplace.show(f"A night with {args.kills} kills", measure(kills, args.kills))


if __name__ == "__main__":
    sys.exit(main())
