"""What the measurements of a night share.

An arXiv and a model on this machine, papers in any number, and the program run as cron runs it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus" / "pdfs"
SMALL = ROOT / "pipeline" / "demo" / "papers"
TOPIC = "Talking Head"
ARXIV_FAULTS = ("429", "406", "503", "empty", "html", "slow", "cut")
MODEL_FAULTS = (
    "429",
    "500",
    "truncate",
    "notjson",
    "placeholder",
    "refuse",
    "number",
    "misquote",
    "english",
    "empty",
    "schema",
)
Row = tuple[str, object, str, bool | None]
"""What was measured, the figure, its bound, whether it holds; None when it does not on a
machine this slow or busy.
"""
WRONG, LATE = 1, 3
"""Exit codes of a measurement: something is wrong; nothing is, but a time was missed. 2 is a
wrong command line.
"""


def in_time(holds: bool) -> bool | None:
    """For a row whose bound is a time: no machine with other work is wrong for that."""
    return holds or None


@dataclass(frozen=True)
class Ran:
    """One run of the program that has ended."""

    code: int
    seconds: float
    report: dict[str, Any]
    stderr: str

    @property
    def posted(self) -> int:
        """Papers posted over all topics."""
        return sum(topic["posted"] for topic in self.report.get("topics", ()))

    @property
    def pending(self) -> int:
        """Papers that wait."""
        return sum(
            len(topic["pending"]) for topic in self.report.get("topics", ())
        )


@contextlib.contextmanager
def server(tool: str, *arguments: object) -> Iterator[str]:
    """One of the shared servers on a free port; its address."""
    command = [
        sys.executable,
        "-u",
        str(SHARED / "tools" / tool),
        "--port",
        "0",
        *map(str, arguments),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield re.search(r"http://[\w.:]+", process.stdout.readline())[0]
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def arxiv(folder: Path, *arguments: object) -> Iterator[str]:
    """The shared arXiv with the papers of `folder` (see `make_papers`)."""
    papers = (
        "--records",
        folder / "records.jsonl",
        "--pdfs",
        folder / "pdfs",
        "--only-with-pdf",
    )
    with server("arxiv_server.py", *papers, *arguments) as base:
        yield base


def stats(base: str) -> dict[str, Any]:
    """What a server has counted."""
    with urllib.request.urlopen(f"{base}/stats") as answer:
        return json.load(answer)


def make_papers(folder: Path, count: int, pdfs: Path = CORPUS) -> list[Path]:
    """Records of last night in any number, all on topic, with PDFs that repeat; the PDFs in
    their order.
    """
    (folder / "pdfs").mkdir(parents=True)
    originals = sorted(pdfs.glob("*.pdf"))
    chosen = [originals[number % len(originals)] for number in range(count)]
    now = datetime.now(UTC)
    with (folder / "records.jsonl").open("w", encoding="utf-8") as records:
        for number, original in enumerate(chosen):
            paper_id = f"{now:%y%m}.{number:05d}"
            (folder / "pdfs" / f"{paper_id}.pdf").symlink_to(original)
            moment = now - timedelta(hours=12, seconds=number)
            records.write(
                json.dumps(
                    _record(paper_id, number, f"{moment:%Y-%m-%dT%H:%M:%SZ}")
                )
                + "\n"
            )
    return chosen


def _record(paper_id: str, number: int, moment: str) -> dict[str, Any]:
    return {
        "id": f"{paper_id}v1",
        "title": f"Talking Head Generation, Study {number}",
        "authors": [f"Ada Example {number}", "Bo Sample"],
        "abstract": f"We study talking head generation driven by speech. Study {number} animates a talking face.",
        "categories": ["cs.CV"],
        "published": moment,
        "updated": moment,
        "comment": "",
    }


def configure(
    folder: Path, arxiv_base: str, model_base: str = "", **keys: str
) -> Path:
    """A config.toml for these servers; further keys as `section__key="TOML value"`."""
    values = {
        "arxiv__api": f'"{arxiv_base}/api/query"',
        "arxiv__pdf": f'"{arxiv_base}/pdf"',
        "arxiv__oai": f'"{arxiv_base}/oai"',
        "arxiv__feed": f'"{arxiv_base}/atom"',
        "model__provider": '"custom"' if model_base else '"extractive"',
        "model__budget_per_run": "1000.0",
        **keys,
    }
    if model_base:
        values |= {
            "model__base_url": f'"{model_base}/v1"',
            "model__name": '"stand-in"',
        }
    lines: dict[str, list[str]] = {}
    for name, value in values.items():
        section, _, key = name.partition("__")
        lines.setdefault(section, []).append(f"{key} = {value}")
    topic = f'[topics."{TOPIC}"]\nphrases = ["talking head", "talking face"]\ncategories = ["cs.CV"]\n'
    text = "\n".join(
        f"[{section}]\n" + "\n".join(body) + "\n"
        for section, body in lines.items()
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text + topic, encoding="utf-8")
    return folder / "config.toml"


def command(config: Path, *arguments: str) -> list[str]:
    """The program with this configuration; a command first, where there is one."""
    first, rest = (
        (arguments[:1], arguments[1:])
        if arguments and not arguments[0].startswith("-")
        else ((), arguments)
    )
    return [
        sys.executable,
        "-m",
        "pipeline",
        *first,
        "--config",
        str(config),
        *rest,
    ]


def environment(**values: str) -> dict[str, str]:
    """The environment of a run: this checkout, and no key but the one of the local model."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith("_API_KEY")
    }
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "SCREEN_MODEL__KEY_ENV": "LOCAL_KEY",
        "LOCAL_KEY": "local-key-for-bench",
        **values,
    }


def run(
    config: Path, *arguments: str, limit: float = 3600.0, **values: str
) -> Ran:
    """Run the program to its end."""
    begin = time.monotonic()
    done = subprocess.run(
        command(config, *arguments, "--json"), check=False,
        capture_output=True, text=True, timeout=limit, env=environment(**values), cwd=config.parent,
    )  # fmt: skip
    seconds = time.monotonic() - begin
    return Ran(
        done.returncode,
        seconds,
        json.loads(done.stdout) if done.stdout else {},
        done.stderr,
    )


def politeness(base: str) -> Iterator[Row]:
    """How arXiv's search API, OAI-PMH and feed were asked."""
    found = stats(base)
    yield (
        "API requests too fast",
        found["too_fast"],
        "0",
        found["too_fast"] == 0,
    )
    closest = found["closest_all_s"]
    yield (
        "closest gap of requests for listings, s",
        "none" if closest > 1e6 else closest,
        ">= 3.0",
        closest >= 3.0,
    )


def show(title: str, rows: Iterator[Row] | Sequence[Row]) -> int:
    """Print the table as it grows; the exit code."""
    print(
        f"\n{title} (load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)",
        flush=True,
    )
    seen = set()
    for name, figure, bound, holds in rows:
        shown = f"{figure:.2f}" if isinstance(figure, float) else str(figure)
        mark = {True: "ok", None: "LATE", False: "MISS"}[holds]
        print(f"  {mark:4} {name:58} {shown:>12}   {bound}", flush=True)
        seen.add(holds)
    return WRONG if False in seen else LATE if None in seen else 0
