"""Reading papers with two Dask workers, with one, and with the local pool: python
bench/cluster.py [--papers 200]

Every PDF goes through the run's own way of reading. The three take turns over parts of the
papers, so that whatever else the machine does meets all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row, in_time
from pipeline.config import Config, Run
from pipeline.extract.worker import pool
from pipeline.fetch.pdf_download import PdfDownloads
from pipeline.run.services.pdf_reader import PooledPdfReader, open_executor

SPEEDUP, OVERHEAD = 1.8, 1.15
PARTS = 2
WAYS = {
    "two Dask workers": Run(executor="dask", workers=2),
    "one Dask worker": Run(executor="dask", workers=1),
    "the local pool of two": Run(workers=2),
}


async def read_all(
    config: Config, executor: Executor, readers: int, pdfs: list[Path]
) -> None:
    places = asyncio.Semaphore(readers)
    reader = PooledPdfReader(
        config, PdfDownloads(config.arxiv), executor, readers
    )

    async def one(path: Path) -> None:
        async with places:
            await reader.read(path)

    async with asyncio.TaskGroup() as tasks:
        for path in pdfs:
            tasks.create_task(one(path))


def measure(count: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        pdfs = workplace.make_papers(Path(name), count)
        seconds = dict.fromkeys(WAYS, 0.0)
        opened = {}
        for way, run in WAYS.items():
            config = Config(run=run)
            executor, readers = stack.enter_context(open_executor(config))
            asyncio.run(
                read_all(config, executor, readers, pdfs[:readers])
            )  # every worker has its child
            opened[way] = (config, executor, readers)
        for part in range(PARTS):
            for way, (config, executor, readers) in opened.items():
                begin = time.perf_counter()
                asyncio.run(
                    read_all(config, executor, readers, pdfs[part::PARTS])
                )
                seconds[way] += time.perf_counter() - begin
        two, one, local = seconds.values()
        yield from (
            (f"{count} papers, {way}, s", spent, "", True)
            for way, spent in seconds.items()
        )
        yield (
            "two workers beside one, times as fast",
            one / two,
            f">= {SPEEDUP}",
            in_time(one / two >= SPEEDUP),
        )
        yield (
            "two workers beside the local pool",
            two / local,
            f"<= {OVERHEAD}",
            in_time(two / local <= OVERHEAD),
        )
        pool.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=int, default=200)
    args = parser.parse_args()
    return workplace.show(
        f"Reading {args.papers} papers on a cluster", measure(args.papers)
    )


if __name__ == "__main__":
    sys.exit(main())
