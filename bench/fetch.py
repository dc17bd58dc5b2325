"""Fetching against the arXiv server of the workplace.

    python bench/fetch.py [--seconds 120] [--kills 12] [--before PROGRAM]

Is every record the same by the search API and by OAI-PMH, with the right versions and dates? Is
arXiv asked politely through faults and over kills, do PDFs arrive whole, does a real run lose
nothing that the judge would keep, and how many requests does a night cost, beside another build of
the program? Requests keep their real distance, so it takes minutes. Exit 1 when something does not
hold.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row
from pipeline.common.text import strip_accents
from pipeline.config import Arxiv as Settings
from pipeline.config_file import load
from pipeline.errors import ScreenError
from pipeline.fetch.api import SearchApi
from pipeline.fetch.listing_client import ListingClient
from pipeline.fetch.oai import OaiPmh
from pipeline.fetch.pdf_download import PdfDownloads
from pipeline.fetch.query import join_categories
from pipeline.fetch.record_xml import RecordReader
from pipeline.paper import Paper
from pipeline.resources import CONFIG
from pipeline.run.services.composition import open_listings

FAULTS = ("429", "406", "503", "empty", "html", "slow", "cut")
ALL_FAULTS = [f"{name}=0.1" for name in FAULTS]
EVERYTHING = "submittedDate:[199001010000 TO 209912312359]"
CORPUS = workplace.SHARED / "arxiv" / "corpus_records.jsonl"
SHARE_OF_REQUESTS = 0.45
"""Of those of the build before the announcement feed was asked first."""


def at(base: str, **more: Any) -> Settings:
    return Settings(
        api=f"{base}/api/query",
        pdf=f"{base}/pdf",
        oai=f"{base}/oai",
        feed=f"{base}/atom",
        **more,
    )


def reader() -> RecordReader:
    return RecordReader(
        lambda: datetime(2099, 1, 1, tzinfo=UTC), lambda _: None
    )


def search(settings: Settings, query: str) -> list[Paper]:
    return list(SearchApi(ListingClient(settings), reader()).search(query))


def same_records_by_both_routes() -> Iterator[Row]:
    """All records of two years, with 120 revised old papers among them."""
    with workplace.server("arxiv_server.py", "--revise", 120) as base:
        settings = at(base, interval=0.001)
        searched = {paper.id: paper for paper in search(settings, EVERYTHING)}
        oai = OaiPmh(ListingClient(settings), reader())
        found: dict[str, Paper] = {}
        for set_ in (
            "cs",
            "eess",
            "stat",
            "math",
            "physics",
            "q-bio",
            "q-fin",
            "econ",
        ):
            for page in oai.pages(set_, date(2023, 1, 1), date(2025, 12, 31)):
                found |= {paper.id: paper for paper in page}
    yield "records by the search API", len(searched), "", True
    missing = len(searched.keys() - found.keys())
    yield "  of these not by OAI-PMH", missing, "0", not missing
    for field in (
        "version",
        "published",
        "updated",
        "authors",
        "comment",
        "title",
    ):
        wrong = [
            one
            for one in searched.keys() & found.keys()
            if comparable(searched[one], field) != comparable(found[one], field)
        ]
        yield f"  with another {field}", len(wrong), "0", not wrong


def comparable(paper: Paper, field: str) -> object:
    """Give a field; names without accents, some of which the server's TeX leaves out."""
    value = getattr(paper, field)
    return (
        [strip_accents(name) for name in value] if field == "authors" else value
    )


def politeness_with_faults(seconds: float) -> Iterator[Row]:
    """Small pages through all faults until the time is over; who throttles is asked again."""
    served = (
        "--records",
        CORPUS,
        "--rate",
        3,
        "--slow",
        1,
        "--fault",
        *ALL_FAULTS,
    )
    with workplace.server("arxiv_server.py", *served) as base:
        client = ListingClient(at(base, page_size=20))
        api, oai = SearchApi(client, reader()), OaiPmh(client, reader())
        end, whole = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            with contextlib.suppress(ScreenError):
                whole += len(list(api.search(EVERYTHING))) == 46
            with contextlib.suppress(ScreenError):
                list(oai.pages("cs", date(2026, 10, 1), date(2026, 11, 30)))
        yield "whole listings through all faults", whole, "", True
        yield from workplace.politeness(base)


def politeness_over_restarts(kills: int) -> Iterator[Row]:
    """Processes killed at random moments and started again at once."""
    served = ("--records", CORPUS, "--rate", 3, "--latency", 0.2)
    with (
        workplace.server("arxiv_server.py", *served) as base,
        tempfile.TemporaryDirectory() as folder,
    ):
        for _ in range(kills):
            child = os.fork()
            if not child:
                with contextlib.suppress(ScreenError):
                    list_all(at(base, page_size=5), Path(folder))
                os._exit(0)
            time.sleep(random.uniform(0.05, 7.0))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        yield from workplace.politeness(base)


def list_all(settings: Settings, folder: Path) -> None:
    listings = open_listings(settings, folder)
    list(listings.by_ids(f"2611.9{number:04}" for number in range(1000)))


def whole_pdfs_through_faults() -> Iterator[Row]:
    """All papers of the corpus, with all faults; patience costs no time here."""

    async def nap(_: float) -> None:
        await asyncio.sleep(0)

    async def download(
        base: str, papers: list[Paper], folder: Path
    ) -> list[Path | BaseException]:
        settings = at(base, pdf_interval=0, patience=1e9)
        async with PdfDownloads(settings, sleep=nap) as pdfs:
            return await asyncio.gather(
                *(pdfs.download(paper, folder) for paper in papers),
                return_exceptions=True,
            )

    served = ("--records", CORPUS, "--only-with-pdf")
    with workplace.server("arxiv_server.py", *served) as base:
        papers = search(at(base, interval=0.001), EVERYTHING)
    faults = ("--slow", 0.1, "--fault", *ALL_FAULTS)
    with (
        workplace.server("arxiv_server.py", *served, *faults) as base,
        tempfile.TemporaryDirectory() as name,
    ):
        results = asyncio.run(download(base, papers, Path(name)))
        files = list(Path(name).iterdir())
    whole = sum(isinstance(result, Path) for result in results)
    right = whole == len(results)
    yield (
        f"whole PDFs of {len(results)} through all faults",
        whole,
        "all",
        right,
    )
    yield "other files left", len(files) - whole, "0", len(files) == whole


def nothing_is_lost_before_judging() -> Iterator[Row]:
    """A real run over a month of the corpus, beside the judge's own word on its records."""
    config = load(CONFIG, environ={})
    with (
        workplace.server("arxiv_server.py", "--records", CORPUS) as base,
        tempfile.TemporaryDirectory() as name,
    ):
        run_program(
            [sys.executable, "-m", "pipeline"],
            base,
            Path(name),
            "--since",
            "2026-10-01",
        )
        kept = kept_papers(Path(name) / "out")
        searched = search(at(base, interval=0.001), EVERYTHING)
    categories = join_categories(map(config.topic, config.topics))
    yield "papers that the run judged", len(kept), "", True
    possible = {
        paper.id
        for paper in searched
        if any(
            one in categories or one.partition(".")[0] in categories
            for one in paper.categories
        )
    }
    lost = possible - kept.keys()
    yield (
        "  announced in the categories and not judged",
        len(lost),
        "0",
        not lost,
    )


def cost_of_a_night(before: str) -> Iterator[Row]:
    """Requests for listings of one dry run over the shipped topics, here and before."""
    here = requests_of([sys.executable, "-m", "pipeline"])
    yield "requests for listings, shipped topics", here, "<= 3", here <= 3
    if before:
        there = requests_of([before])
        yield "  of the build before", there, "", True
        share = here / there
        bound = f"<= {SHARE_OF_REQUESTS}"
        yield "  share", share, bound, share <= SHARE_OF_REQUESTS


def requests_of(program: list[str]) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workplace.make_papers(folder, 40, workplace.SMALL)
        today = datetime.now(UTC).date()
        with workplace.arxiv(folder, "--today", today) as base:
            run_program(program, base, folder)
            counts = workplace.stats(base)["counts"]
    return sum(
        number
        for key, number in counts.items()
        if key[:3] in ("api", "oai", "ato")
    )


def run_program(
    program: list[str], base: str, folder: Path, *arguments: str
) -> None:
    """Run the program with the shipped topics, reviews by itself."""
    addresses = {
        "SCREEN_ARXIV__API": f"{base}/api/query",
        "SCREEN_ARXIV__PDF": f"{base}/pdf",
        "SCREEN_ARXIV__OAI": f"{base}/oai",
        "SCREEN_ARXIV__FEED": f"{base}/atom",
        "SCREEN_ARXIV__PDF_INTERVAL": "0.05",
        "SCREEN_MODEL__PROVIDER": "extractive",
    }
    python_path = (
        {} if len(program) == 1 else {"PYTHONPATH": str(workplace.ROOT)}
    )
    environ = {**os.environ, **addresses, **python_path}
    if len(program) == 1:
        environ.pop("PYTHONPATH", None)
        del environ["SCREEN_ARXIV__FEED"]
    subprocess.run(
        [*program, "--output", str(folder / "out"), *arguments],
        env=environ,
        cwd=folder,
        check=False,
        capture_output=True,
    )


def kept_papers(out: Path) -> dict[str, str]:
    """Give the stage of every paper that was judged."""
    store = sqlite3.connect(out / "screen.db")
    rows = store.execute(
        "SELECT DISTINCT paper_id, stage FROM candidates"
    ).fetchall()
    store.close()
    return dict(rows)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument(
        "--before", default="", help="`screen` of another build"
    )
    args = parser.parse_args()
    parts = {
        "The same records by both routes": same_records_by_both_routes(),
        "PDFs through faults": whole_pdfs_through_faults(),
        "A real run beside the judge": nothing_is_lost_before_judging(),
        "The cost of a night": cost_of_a_night(args.before),
        "Politeness through faults": politeness_with_faults(args.seconds),
        "Politeness over kills": politeness_over_restarts(args.kills),
    }
    return max(workplace.show(title, rows) for title, rows in parts.items())


if __name__ == "__main__":
    sys.exit(main())
