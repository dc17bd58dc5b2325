"""PDFs downloaded and read: in processes of this machine, or on a cluster."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import PaperError, ServiceDown
from pipeline.extract.worker import pool
from pipeline.extract.worker.protocol import Reading
from pipeline.fetch.pdf_download import PdfDownloads
from pipeline.paper import Paper
from pipeline.run.services.dask_cluster import lost_with_its_worker
from pipeline.translation import gettext as _


class PooledPdfReader:
    """Downloads PDFs and has them read by an executor."""

    def __init__(
        self,
        config: Config,
        downloads: PdfDownloads,
        executor: Executor,
        at_once: int,
    ) -> None:
        self.at_once = at_once
        self._limits = config.run
        self._downloads, self._executor = downloads, executor

    async def download(self, paper: Paper, folder: Path) -> Path:
        """Fetch a paper's PDF into a folder; raises as PdfDownloads does."""
        return await self._downloads.download(paper, folder)

    async def read(self, path: Path, title: str = "") -> Reading:
        """Read a PDF; `title` is the one in its record, where it has one.

        Raises:
            PaperError: it cannot be read, or takes more than its time or memory.
            ServiceDown: the cluster has gone.
            FileNotFoundError: there is no such file.
        """
        pdf = await asyncio.to_thread(path.read_bytes)
        work = partial(
            pool.read,
            pdf,
            timeout=self._limits.read_timeout,
            memory=self._limits.read_memory,
            draw=True,
            title=title,
            encoders=0,  # papers side by side keep the cores busy
        )
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._executor, work
            )
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) and task.cancelling():
                raise
            raise ServiceDown(
                _("The Dask cluster has gone."),
                step=_("Look at [run] scheduler; run again."),
            ) from error
        except Exception as error:
            if lost_with_its_worker(error):
                raise PaperError(
                    _("the cluster's workers died while they held it"),
                    step=_("Look at their logs."),
                ) from error
            raise

    def abandon(self) -> None:
        """End what is being read now: the run is to stop."""
        pool.abandon()


@asynccontextmanager
async def open_pdf_reader(
    config: Config, sleep: Callable[[float], Awaitable[None]]
) -> AsyncIterator[PooledPdfReader]:
    """Open the reader that the configuration asks for.

    Raises:
        UsageError: the cluster cannot be used.
    """
    with open_executor(config) as (executor, at_once):
        async with PdfDownloads(config.arxiv, sleep=sleep) as downloads:
            yield PooledPdfReader(config, downloads, executor, at_once)


@contextmanager
def open_executor(config: Config) -> Iterator[tuple[Executor, int]]:
    """Give where PDFs are read, and how many at once."""
    if config.run.executor == "dask":
        from pipeline.run.services.dask_cluster import open_cluster

        with open_cluster(config.run) as (executor, workers):
            yield executor, workers
        return
    workers = config.run.workers or os.cpu_count() or 1
    try:
        with ThreadPoolExecutor(workers, thread_name_prefix="read") as threads:
            yield threads, workers
    finally:
        pool.close()
