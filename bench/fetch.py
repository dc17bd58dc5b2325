"""Fetching against the arXiv server of the workplace: is it polite, complete and the same by
both routes?

    python bench/fetch.py [--shared ../shared] [--seconds 120]

Prints each figure beside its bound; exit 1 when one is missed. Requests keep their real
distance, so it takes minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.config import Arxiv as Settings
from pipeline.config import load
from pipeline.errors import ScreenError
from pipeline.fetch.api import Arxiv
from pipeline.fetch.oai import Oai
from pipeline.fetch.pdf_download import Pdfs
from pipeline.fetch.query import Window, queries

ALL_FAULTS = [
    f"{name}=0.1" for name in ("429", "406", "503", "empty", "html", "slow", "cut")
]
EVERYTHING = "submittedDate:[199001010000 TO 209912312359]"


class FileMemory:
    """When arXiv was last asked, as the time of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self) -> float:
        """Wall time, 0 before the first."""
        return self._path.stat().st_mtime if self._path.exists() else 0.0

    def touch(self) -> None:
        """Now."""
        self._path.touch()


@contextlib.contextmanager
def server(shared: Path, *arguments: str) -> Iterator[str]:
    tool = [
        sys.executable,
        "-u",
        str(shared / "tools" / "arxiv_server.py"),
        "--port",
        "0",
        *arguments,
    ]
    process = subprocess.Popen(tool, stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://\S+", process.stdout.readline())[0]
    finally:
        process.kill()
        process.wait()


def at(base: str, **more: object) -> Settings:
    return Settings(
        api=f"{base}/api/query", pdf=f"{base}/pdf", oai=f"{base}/oai", **more
    )


def stats(base: str) -> dict:
    with urllib.request.urlopen(f"{base}/stats") as answer:
        return json.load(answer)


def same_papers_by_both_routes(shared: Path) -> Iterator[tuple[str, object, str, bool]]:
    """Every shipped topic over two years of records."""
    window = Window.of_days(date(2023, 7, 1), date(2024, 12, 31))
    config = load(environ={})
    with server(shared) as base:
        settings = at(base, interval=0.001, page_size=2000)
        for name in config.topics:
            topic = config.topic(name)
            with Arxiv(settings) as arxiv, Oai(settings) as oai:
                searched = {paper.id for paper in arxiv.search(*queries(topic, window))}
                harvested = {paper.id for paper in oai.search(topic, window)}
            yield (
                f"{name}: {len(searched)} papers, differing",
                len(searched ^ harvested),
                "0",
                searched == harvested,
            )


def politeness_with_faults(
    shared: Path, seconds: float
) -> Iterator[tuple[str, object, str, bool]]:
    """Small pages through all faults until the time is over."""
    records = str(shared / "arxiv" / "corpus_records.jsonl")
    with server(
        shared,
        "--records",
        records,
        "--rate",
        "3",
        "--slow",
        "1",
        "--fault",
        *ALL_FAULTS,
    ) as base:
        settings, end = at(base, page_size=20), time.monotonic() + seconds
        whole = 0
        with Arxiv(settings) as arxiv:
            while time.monotonic() < end:
                whole += len(list(arxiv.search(EVERYTHING))) == 46
        yield "whole listings through all faults", whole, "≥ 1", whole >= 1
        yield from _gaps(base, "with faults")


def politeness_over_restarts(
    shared: Path, kills: int
) -> Iterator[tuple[str, object, str, bool]]:
    """Processes killed at random moments and started again at once."""
    with (
        server(shared, "--rate", "3", "--latency", "0.2") as base,
        tempfile.TemporaryDirectory() as folder,
    ):
        for _ in range(kills):
            child = os.fork()
            if not child:
                with contextlib.suppress(ScreenError):
                    list(
                        Arxiv(
                            at(base, page_size=50),
                            memory=FileMemory(Path(folder, "last")),
                        ).search(EVERYTHING)
                    )
                os._exit(0)
            time.sleep(random.uniform(0.05, 7.0))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        yield from _gaps(base, f"over {kills} kills")


def _gaps(base: str, when: str) -> Iterator[tuple[str, object, str, bool]]:
    found = stats(base)
    asked = sum(
        count for name, count in found["counts"].items() if name.startswith("api")
    )
    yield (
        f"{asked} requests {when}: too fast",
        found["too_fast"],
        "0",
        found["too_fast"] == 0,
    )
    yield (
        f"closest gap {when}, s",
        found["closest_s"],
        "≥ 3.0",
        found["closest_s"] >= 3.0,
    )


def whole_pdfs_through_faults(shared: Path) -> Iterator[tuple[str, object, str, bool]]:
    """All papers of the corpus, with all faults; patience costs no time here."""
    records = str(shared / "arxiv" / "corpus_records.jsonl")

    async def nap(_: float) -> None:
        await asyncio.sleep(0)

    async def run(base: str, folder: Path) -> list[object]:
        papers = list(
            Arxiv(at(base, interval=0.001), sleep=lambda _: None).search(EVERYTHING)
        )
        async with Pdfs(at(base, pdf_interval=0, patience=1e9), sleep=nap) as pdfs:
            return await asyncio.gather(
                *(pdfs.download(paper, folder) for paper in papers),
                return_exceptions=True,
            )

    faults = ["--slow", "0.1", "--fault", *ALL_FAULTS]
    with (
        server(shared, "--records", records, "--only-with-pdf", *faults) as base,
        tempfile.TemporaryDirectory() as name,
    ):
        results = asyncio.run(run(base, Path(name)))
        files = list(Path(name).iterdir())
    whole = sum(isinstance(result, Path) for result in results)
    yield (
        f"whole PDFs of {len(results)} through all faults",
        whole,
        str(len(results)),
        whole == len(results),
    )
    yield "other files left", len(files) - whole, "0", len(files) == whole


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--kills", type=int, default=12)
    arguments = parser.parse_args()
    held = True
    for part in (
        same_papers_by_both_routes(arguments.shared),
        whole_pdfs_through_faults(arguments.shared),
        politeness_with_faults(arguments.shared, arguments.seconds),
        politeness_over_restarts(arguments.shared, arguments.kills),
    ):
        for what, figure, bound, good in part:
            print(
                f"{'ok  ' if good else 'MISS'} {what:55} {figure!s:>8}   {bound}",
                flush=True,
            )
            held = held and good
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
