"""PDFs read on a Dask cluster: its executor is one of `concurrent.futures`, so nothing else
changes.

A paper whose worker dies is given to another worker by the scheduler; if that one dies too, it
waits for the next run.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.config import Run
from pipeline.errors import UsageError
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ClusterLimits:
    """How long a cluster is waited for, and how often a worker may die."""

    patience: float = 30.0
    """Seconds for the scheduler to answer and for the first worker to appear."""
    deaths: int = 1
    """Workers that may die over a paper before it counts as their killer: a PDF is read in a
    child of the worker and cannot kill it, so that the second death is no chance.
    """


cluster_limits = ClusterLimits()


@contextmanager
def open_cluster(
    run: Run, patience: float = cluster_limits.patience
) -> Iterator[tuple[Executor, int]]:
    """The executor of the cluster at `run.scheduler`, or of one on this machine, and how many
    papers it takes at once.

    Its calls are not pure: to find equal ones Dask would hash every PDF.

    Raises:
        UsageError: Dask is not installed, the scheduler does not answer, or has no workers.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise UsageError(
            _('executor = "dask" needs the cluster extra.'),
            step=_('pip install "arxiv-screen[cluster]"'),
        ) from error
    with ExitStack() as stack:
        deaths = cluster_limits.deaths
        stack.enter_context(
            dask.config.set({"distributed.scheduler.allowed-failures": deaths})
        )
        address = (
            run.scheduler
            or stack.enter_context(
                _on_this_machine(distributed, run.workers)
            ).scheduler_address
        )
        try:
            client = stack.enter_context(
                distributed.Client(address, timeout=patience)  # type: ignore[no-untyped-call]
            )
            client.wait_for_workers(1, timeout=patience)
        except (OSError, ValueError) as error:
            raise UsageError(
                _(
                    "No Dask scheduler with workers answers at {address}.",
                    address=address,
                ),
                step=_("Check [run] scheduler, or start one."),
            ) from error
        yield client.get_executor(pure=False), _places(client.nthreads())


def lost_with_its_worker(error: Exception) -> bool:
    """Whether a paper was given up because worker after worker died over it."""
    loaded = sys.modules.get("distributed")
    return loaded is not None and isinstance(error, loaded.KilledWorker)


def _places(threads: Mapping[str, int]) -> int:
    """Papers under way: one a thread, and one more on its way to each worker, or workers wait
    for the network.
    """
    return max(1, sum(threads.values())) + len(threads)


def _on_this_machine(distributed: Any, workers: int) -> Any:
    return distributed.LocalCluster(
        n_workers=workers or None,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )
