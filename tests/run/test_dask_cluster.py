"""Reading on a Dask cluster: a real one, of two worker processes on this machine."""

import asyncio
import os
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from functools import partial

import pytest

from pipeline.config import Config, Run
from pipeline.errors import PaperError, ServiceDown, UnreadablePdf, UsageError
from pipeline.extract.worker import pool
from pipeline.run.services.dask_cluster import open_cluster
from pipeline.run.services.pdf_reader import PooledPdfReader
from tests.run.place import PDFS, reading_of

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster():
    with open_cluster(Run(executor="dask", workers=2)) as (executor, readers):
        assert readers == 4, "two at work and two on their way"
        yield executor


def die_once(mark):
    """Ends the worker that runs it, the first time."""
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return "done"


def die(mark):
    os._exit(1)


def same(reading):
    return replace(reading.document, seconds=0.0), dict(reading.pictures)


def test_a_paper_read_on_the_cluster_is_what_it_is_when_read_here(cluster):
    pdf = (PDFS / "0000.00001.pdf").read_bytes()
    there = cluster.submit(
        partial(pool.read, pdf, timeout=60, memory=2000, draw=True)
    ).result(60)
    assert same(there) == same(reading_of(pdf))


def test_what_is_wrong_with_a_paper_is_told_as_here(cluster):
    with pytest.raises(UnreadablePdf):
        cluster.submit(
            partial(pool.read, b"no PDF", timeout=60, memory=2000, draw=True)
        ).result(60)


def test_a_worker_that_dies_costs_its_paper_one_more_try(cluster, tmp_path):
    assert cluster.submit(die_once, tmp_path / "mark").result(60) == "done"


def test_what_kills_every_worker_is_given_up(cluster, tmp_path):
    with pytest.raises(distributed.scheduler.KilledWorker):
        cluster.submit(die, tmp_path).result(60)
    assert cluster.submit(abs, -1).result(60) == 1


def test_a_scheduler_that_does_not_answer_is_said_to_be_so():
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        with (
            pytest.raises(UsageError, match="scheduler"),
            open_cluster(Run(scheduler=address), patience=0.2),
        ):
            pass


class Failing:
    """An executor whose work ends in an error."""

    def __init__(self, error):
        self.error = error

    def submit(self, work):
        future = Future()
        future.set_exception(self.error)
        return future


def read_by(error, folder):
    (folder / "a.pdf").write_bytes(b"%PDF")
    reader = PooledPdfReader(Config(), None, Failing(error), at_once=1)
    asyncio.run(reader.read(folder / "a.pdf"))


def test_a_cluster_that_goes_away_is_a_service_that_is_down(tmp_path):
    with pytest.raises(ServiceDown):
        read_by(CancelledError(), tmp_path)


def test_a_paper_that_loses_worker_after_worker_says_so_in_plain_words(
    tmp_path,
):
    with pytest.raises(PaperError, match="workers died"):
        read_by(
            distributed.KilledWorker("read", "tcp://127.0.0.1:1", 1), tmp_path
        )


def test_another_error_of_reading_stays_what_it_is(tmp_path):
    with pytest.raises(ZeroDivisionError):
        read_by(ZeroDivisionError(), tmp_path)
