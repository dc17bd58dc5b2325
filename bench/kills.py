"""A night that is killed again and again, with faults on both servers, beside one that nobody
disturbs.

    python bench/kills.py [--kills 200] [--papers 20] [--extractive] [--posting 0.5] [--ratings]
    [--seed 0] [--pdfs FOLDER]

Each kill is `kill -9` of the whole run at a random moment: of its time, or after a random line
of its log or a random request to the model, so that short stages have their share. The share
`--posting` of them falls while posts are written; with `--ratings` a reader rates papers at the
triage page meanwhile, and no rating that was confirmed may be lost. What is left
of a night is run to its end, then another night begins in a new folder, until there were as
many kills as asked for. In the end, of every night: each paper posted once, its files those of
the undisturbed night, the same model requests as there, none sent twice but those in flight at
a kill, no torn file, no lock that stands in the way, arXiv asked politely. Exit 1 when one does
not hold.

A request is in flight at a kill when its answer left the server less than GRACE before it, or
after it.
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.page_reader import reading
from bench.workplace import Row
from pipeline.store import Store

ARXIV_FAULTS = [
    f"{name}=0.03" for name in ("429", "503", "empty", "html", "cut")
]
MODEL_FAULTS = [f"{name}=0.03" for name in ("429", "500")]
"""Faults that change no answer in the end: the undisturbed night must have the same posts."""
CONCURRENCY = 4
GRACE = 0.1
"""Seconds from the server's note of an answer until the answer is in the store; it goes over a
socket in between.
"""
QUIET = 0.5
"""Seconds without a new answer after which the server has read all that a killed run had sent."""
BLINK = 0.4
"""Seconds, at most, between a line of the log, or a request, and the kill that it was chosen
for.
"""
FACES = ("hexo", "vuepress", "markdown", "site", "feed", "index")
LATENCY = 0.5
"""Seconds before each answer of the model."""
NOT_OURS = re.compile(r"screen\.|\.arxiv|\.oai")

Answers = Counter[str]
"""How often each answer was given, or kept. The server's answers depend on nothing but the
request.
"""


@dataclass
class Calm:
    """The undisturbed night."""

    seconds: float = 0.0
    lines: int = 0
    """Of its log."""
    posting: float = 0.0
    """Seconds in which its posts were written."""
    files: dict[str, str] = field(default_factory=dict)
    requests: Answers = field(default_factory=Counter)


@dataclass
class Kills:
    """What the nights have shown."""

    papers: int
    extractive: bool
    draw: random.Random
    pdfs: Path
    posting: float = 0.0
    """Share of the kills that fall while posts are written."""
    ratings: bool = False
    """Whether a reader rates papers at the triage page meanwhile."""
    calm: Calm = field(default_factory=Calm)
    killed: int = 0
    nights: int = 0
    runs: int = 0
    wrong: list[str] = field(default_factory=list)
    stages: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    late: int = 0
    """Answers that had come well before a kill and were not in the store after it."""
    twice: int = 0
    too_fast: int = 0
    closest: float = 1e9
    pages: Counter[int] = field(default_factory=Counter)
    """Answers of the triage page, by status."""

    def blame(self, what: str) -> None:
        """Note what went wrong in this night."""
        self.wrong.append(f"night {self.nights}: {what}")


@dataclass
class Ledger:
    """The model server's log beside the store."""

    out: Path
    log: Path
    model: str
    excused: Answers = field(default_factory=Counter)
    """Answers that were in flight at kills, and may be asked for once more each time."""

    def sent(self) -> list[str]:
        """What the server has answered, in order; answers 429 and 500 are not among them.

        Of a request whose sender was killed between its head and its body, the server answers
        an empty one.
        """
        return [content for _, content in self._answered()]

    def repeated(self) -> Answers:
        """Answers to requests that were sent more than once.

        Two papers may get the same answer, as those do whose statements are all supported.
        """
        answered = self._answered()
        total: Answers = Counter(content for _, content in answered)
        total.subtract(content for _, content in set(answered))
        return +total

    def _answered(self) -> list[tuple[str, str]]:
        """Requests as JSON, each with its answer."""
        lines = (
            self.log.read_text(encoding="utf-8").splitlines(keepends=True)
            if self.log.is_file()
            else []
        )
        answers = [json.loads(line) for line in lines if line.endswith("\n")]
        return [
            (json.dumps(answer["request"]), answer["content"])
            for answer in answers
            if answer["request"]
        ]

    def kept(self) -> Answers:
        """What the store holds."""
        if not (self.out / "screen.db").is_file():
            return Counter()
        with contextlib.closing(
            sqlite3.connect(self.out / "screen.db")
        ) as store:
            if not store.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'calls'"
            ).fetchone():
                return Counter()
            return Counter(
                json.loads(reply)["content"]
                for (reply,) in store.execute("SELECT reply FROM calls")
            )

    def lost(self) -> Answers:
        """What was answered and is not in the store, once the server has answered all that it
        was sent.
        """
        since, seen = time.monotonic(), -1
        while time.monotonic() - since < QUIET:
            found = workplace.stats(self.model)
            if found["in_flight"] or found["calls"] != seen:
                since, seen = time.monotonic(), found["calls"]
            time.sleep(0.02)
        return Counter(self.sent()) - self.kept()


def files(out: Path) -> dict[str, str]:
    """Every file of an output folder by its hash, but the database, the log and the notes of
    times.
    """
    return {
        str(path.relative_to(out)): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not NOT_OURS.match(path.name)
    }


def kill_one(kills: Kills, config: Path, ledger: Ledger) -> bool:
    """Start a run and kill it at a random moment; False when it ended before."""
    reached, end = (
        moment(kills, ledger),
        time.monotonic() + 2 * kills.calm.seconds,
    )
    run = subprocess.Popen(
        workplace.command(config), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=config.parent,
        env=workplace.environment(),
    )  # fmt: skip
    while run.poll() is None and time.monotonic() < end and not reached():
        time.sleep(0.01)
    answered = Counter(ledger.sent())
    time.sleep(GRACE)
    if run.poll() is not None:
        return False
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    account(kills, ledger, answered)
    return True


def moment(kills: Kills, ledger: Ledger) -> Callable[[], bool]:
    """Whether the moment of the next kill has come, for a run that starts now."""
    draw, log, begin = kills.draw, ledger.out / "screen.log", time.monotonic()
    if draw.random() < kills.posting:
        rest = draw.uniform(0.0, kills.calm.posting)
        begun = posts_begun(log)
        return lambda: posts_begun(log) > begun and not time.sleep(rest)
    way = draw.choice(
        ("time", "line") if kills.extractive else ("time", "line", "request")
    )
    if way == "time":
        seconds = draw.uniform(0.3, 1.3 * kills.calm.seconds)
        return lambda: time.monotonic() - begin > seconds
    delay = draw.uniform(0.0, BLINK)
    if way == "line":
        line = lines_of(log) + draw.randint(1, kills.calm.lines)
        return lambda: lines_of(log) >= line and not time.sleep(delay)
    missing = max(1, kills.calm.requests.total() - ledger.kept().total())
    call = workplace.stats(ledger.model)["calls"] + draw.randint(1, missing)
    return lambda: (
        workplace.stats(ledger.model)["calls"] >= call and not time.sleep(delay)
    )


def posts_begun(log: Path) -> int:
    """How often the runs of a night have begun to write posts."""
    return log.read_bytes().count(b" post started") if log.is_file() else 0


def lines_of(log: Path) -> int:
    """How far a run has come."""
    return log.read_bytes().count(b"\n") if log.is_file() else 0


def account(kills: Kills, ledger: Ledger, answered: Answers) -> None:
    """What a kill has cost; `answered` had been answered well before it."""
    kills.killed += 1
    kills.stages[stage(ledger.out)] += 1
    if kills.extractive:
        return
    fresh = ledger.lost() - ledger.excused
    late = fresh & (answered - ledger.excused - ledger.kept())
    if fresh.total() > CONCURRENCY:
        kills.blame(f"{fresh.total()} answers lost by one kill")
    if late:
        kills.blame(
            f"{late.total()} answers had come {GRACE} s before a kill and were not kept"
        )
    kills.in_flight += fresh.total()
    kills.late += late.total()
    ledger.excused += fresh


def stage(out: Path) -> str:
    """How far the killed run had come, in a word."""
    log = out / "screen.log"
    lines = (
        log.read_text(encoding="utf-8", errors="replace").splitlines()
        if log.is_file()
        else []
    )
    last = lines[-1].split() if lines else []
    return last[2] if len(last) > 2 else "start"


def night(kills: Kills, folder: Path, papers: Path, most: int) -> Ledger:
    """One night with up to `most` kills, run to its end."""
    folder.mkdir()
    arxiv_arguments = (
        "--rate",
        3,
        "--latency",
        0.05,
        "--seed",
        kills.nights,
        "--fault",
        *ARXIV_FAULTS,
    )
    log = folder / "model.jsonl"
    model_arguments = (
        "--latency",
        LATENCY,
        "--log",
        log,
        "--seed",
        kills.nights,
        "--fault",
        *MODEL_FAULTS,
    )
    with (
        workplace.arxiv(papers, *arxiv_arguments) as arxiv,
        workplace.server("llm_server.py", *model_arguments) as model,
    ):
        config = settings(folder, arxiv, "" if kills.extractive else model)
        ledger = Ledger(folder / "out", log, model)
        with rated(kills, config, ledger, papers):
            for _ in range(most):
                if not kill_one(kills, config, ledger):
                    break
            ran = finish(kills, config)
        check(kills, ledger, ran)
        found = workplace.stats(arxiv)
        kills.too_fast += found["too_fast"]
        kills.closest = min(kills.closest, found["closest_all_s"])
    return ledger


@contextlib.contextmanager
def rated(
    kills: Kills, config: Path, ledger: Ledger, papers: Path
) -> Iterator[None]:
    """Have a reader rate papers meanwhile, where that is asked for."""
    if not kills.ratings:
        yield
        return
    lines = (papers / "records.jsonl").read_text("utf-8").splitlines()
    ids = [json.loads(line)["id"].removesuffix("v1") for line in lines]
    Store.open(ledger.out).close()  # the page is served from a store
    with reading(config, ids, random.Random(kills.nights)) as reader:
        yield
    kills.pages += reader.answers
    for status in reader.answers:
        if status >= 500:
            kills.blame(f"the triage page has answered {status}")
    for rating in reader.lost(ledger.out):
        kills.blame(f"the rating {rating} is lost")


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
        "output__faces": str(list(FACES)),
    }
    return workplace.configure(folder, arxiv, model, **keys)


def check(kills: Kills, ledger: Ledger, ran: workplace.Ran) -> None:
    """What must hold of a night in the end."""
    if ran.code:
        kills.blame(f"exit {ran.code}")
    check_store(kills, ledger.out)
    for path in ledger.out.rglob("*.part"):
        kills.blame(f"{path.relative_to(ledger.out)} is left over")
    for post in ledger.out.rglob("Talking-Head*.md"):
        shown = Counter(
            re.findall(r"^## .*Study (\d+)", post.read_text(), re.MULTILINE)
        )
        if set(shown.values()) != {1} or len(shown) != kills.papers:
            kills.blame(f"{post.name} shows {dict(shown)}")
    sent = Counter(ledger.sent())
    twice = ledger.repeated()
    kills.twice += twice.total()
    if unexcused := (twice - ledger.excused).total():
        kills.blame(
            f"{unexcused} model requests sent again that were not in flight at a kill"
        )
    if (
        strange := len(sent.keys() ^ kills.calm.requests.keys())
        if kills.calm.requests
        else 0
    ):
        kills.blame(
            f"{strange} model requests that the undisturbed night did not send, or only that one"
        )


def check_store(kills: Kills, out: Path) -> None:
    """Everything is posted, and the file is whole."""
    with contextlib.closing(sqlite3.connect(out / "screen.db")) as store:
        posted = store.execute(
            "SELECT count(*) FROM candidates WHERE stage = 'posted'"
        ).fetchone()[0]
        if posted != kills.papers:
            kills.blame(f"{posted} posted")
        if store.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            kills.blame("the database is damaged")


def undisturbed(kills: Kills, root: Path, papers: Path) -> Calm:
    """The night that the others are compared with."""
    begin = time.monotonic()
    ledger = night(kills, root / "undisturbed", papers, 0)
    seconds = time.monotonic() - begin
    return Calm(
        seconds,
        lines_of(ledger.out / "screen.log"),
        seconds_of_posting(ledger.out / "screen.log"),
        files(ledger.out),
        Counter(ledger.sent()),
    )


def seconds_of_posting(log: Path) -> float:
    """How long the posts of an undisturbed night took."""
    return float(re.search(r" post done .*?([\d.]+)s", log.read_text())[1])


def measure(kills: Kills, wanted: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        papers = root / "papers"
        workplace.make_papers(papers, kills.papers, kills.pdfs)
        kills.calm = calm = undisturbed(kills, root, papers)
        yield "undisturbed night, s", calm.seconds, "", not kills.wrong
        while kills.killed < wanted:
            kills.nights += 1
            most = min(wanted - kills.killed, kills.draw.randint(3, 12))
            disturbed = files(
                night(kills, root / f"night-{kills.nights}", papers, most).out
            )
            for path in sorted(calm.files.keys() | disturbed.keys()):
                if calm.files.get(path) != disturbed.get(path):
                    kills.blame(f"{path} differs")
        yield from report(kills, wanted)


def report(kills: Kills, wanted: int) -> Iterator[Row]:
    yield "kills", kills.killed, f"= {wanted}", kills.killed == wanted
    yield "nights", kills.nights, "", True
    yield "runs that ended by themselves", kills.runs, "", True
    for name, count in kills.stages.most_common():
        yield f"  killed in or after: {name}", count, "", True
    yield (
        "model requests of an undisturbed night",
        kills.calm.requests.total(),
        "",
        True,
    )
    yield "model requests in flight at kills", kills.in_flight, "", True
    yield (
        f"answers lost that had come {GRACE} s before a kill",
        kills.late,
        "0",
        kills.late == 0,
    )
    yield (
        "model requests sent twice",
        kills.twice,
        f"<= {kills.in_flight}",
        kills.twice <= kills.in_flight,
    )
    for status, count in sorted(kills.pages.items()):
        yield f"answers {status} of the triage page", count, "", status < 500
    yield "API requests too fast", kills.too_fast, "0", kills.too_fast == 0
    yield (
        "closest gap of requests for listings, s",
        kills.closest,
        ">= 3.0",
        kills.closest >= 3.0,
    )
    yield "what went wrong", len(kills.wrong), "0", not kills.wrong
    for line in kills.wrong[:20]:
        yield f"  {line}", "", "", False


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument(
        "--extractive", action="store_true", help="without a model"
    )
    parser.add_argument(
        "--posting",
        type=float,
        default=0.5,
        help="share of the kills that fall while posts are written",
    )
    parser.add_argument(
        "--ratings",
        action="store_true",
        help="with a reader at the triage page",
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--pdfs",
        type=Path,
        default=workplace.SMALL,
        help="other papers than the demonstration's",
    )
    args = parser.parse_args()
    kills = Kills(
        args.papers,
        args.extractive,
        random.Random(args.seed),
        args.pdfs.resolve(),
        args.posting,
        args.ratings,
    )
    return workplace.show(
        f"A night with {args.kills} kills", measure(kills, args.kills)
    )


if __name__ == "__main__":
    sys.exit(main())
