"""PDFs read on a Dask cluster: its executor is one of `concurrent.futures`, so nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager

from pipeline.config import Run
from pipeline.errors import UsageError


@contextmanager
def open_cluster(run: Run) -> Iterator[tuple[Executor, int]]:
    """The executor of the cluster at `run.scheduler`, or of one on this machine, and how many papers it reads at once.

    Raises:
        UsageError: Dask is not installed, or the scheduler does not answer.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            'executor = "dask" needs the cluster extra.', step='pip install "arxiv-screen[cluster]"'
        ) from error
    with ExitStack() as stack:
        address = run.scheduler
        if not address:
            workers = run.workers or None
            cluster = distributed.LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=workers, threads_per_worker=1, dashboard_address=None
            )
            address = stack.enter_context(cluster).scheduler_address
        try:
            client = stack.enter_context(
                distributed.Client(address, timeout=run.read_timeout)  # type: ignore[no-untyped-call]
            )
        except OSError as error:
            raise UsageError(
                f"No Dask scheduler answers at {address}.", step="Check [run] scheduler, or start one."
            ) from error
        yield client.get_executor(retries=1), max(1, sum(client.nthreads().values()))
