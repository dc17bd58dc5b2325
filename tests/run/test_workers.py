"""Papers on their way: bounded, resumed from the last finished stage, each failing alone."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from pipeline.common.arxiv_id import ArxivId
from pipeline.config import Config, Output
from pipeline.errors import (
    BatchPending,
    BudgetReached,
    DiskFull,
    ModelDown,
    ModelRejected,
    PaperError,
    UnreadablePdf,
)
from pipeline.paper import ModelCall, Reason, Verdict
from pipeline.run.services import Services
from pipeline.run.workers import PaperPipeline, work_limits
from pipeline.store import Store
from tests.samples import NIGHT, document, paper, review

CALL = ModelCall(
    *("v1:1", "tiny", "1", 10, 10, 0, 0.1, 1.0, "{}", paper(1).id, NIGHT),
)


@dataclass
class Reading:
    document: object
    pictures: dict = field(default_factory=lambda: {"figure-1.png": b"png"})


@dataclass
class Stage:
    """A stage of the world, with its workers."""

    world: object
    at_once: int

    def __getattr__(self, name):
        return getattr(self.world, name)


class World:
    """Stages that note what they were asked, and fail where they are told to."""

    def __init__(self, folder):
        self.calls, self.events = [], []
        self.trouble = {}
        self.waiting = None
        self.muted = {}
        self.store = Store.open(folder)
        self.services = Services(
            config=Config(output=Output(dir=str(folder))),
            store=self.store,
            now=lambda: NIGHT,
            searcher=None,
            judge=self,
            pdf_reader=Stage(self, 2),
            reviewer=Stage(self, 3),
            tell=self.events.append,
        )

    async def send_batch(self):
        return 0

    def _note(self, stage, paper_id):
        self.calls.append((stage, paper_id))
        if error := self.trouble.get((stage, paper_id)):
            raise error

    def weigh(self, topic, read, verdict):
        return self.muted.get(verdict.paper_id, verdict)

    async def download(self, one, folder):
        self._note("download", one.id)
        if self.waiting:
            await self.waiting.wait()
        folder.mkdir(exist_ok=True)
        self.services.pdf(one).write_bytes(one.id.encode())
        return self.services.pdf(one)

    async def read(self, path, title=""):
        self._note("read", path.read_bytes().decode())
        return Reading(document())

    async def review(self, one, read):
        self._note("review", one.id)
        return review(int(one.id[-5:]), one.version)

    def keep(self, *numbers):
        self.store.papers.add([paper(number) for number in numbers], NIGHT)
        self.store.papers.judge(
            [
                Verdict(paper(n).id, "Talking Head", 0.9, keep=True)
                for n in numbers
            ],
            NIGHT,
        )

    def run(self, *numbers):
        self.keep(*numbers)
        pipeline = PaperPipeline(self.services, "zh")

        async def work():
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(pipeline.run())
                await pipeline.add(
                    ArxivId(paper(number).id) for number in numbers
                )
                await pipeline.close()

        asyncio.run(work())
        return pipeline

    def reviewed(self, number):
        return self.store.results.has_review(paper(number).id, 1, "zh")


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.store.close()


def test_every_paper_comes_to_its_review_with_its_pictures(world):
    world.run(*range(1, 41))
    assert all(world.reviewed(number) for number in range(1, 41))
    assert (
        world.services.pictures(paper(7)) / "figure-1.png"
    ).read_bytes() == b"png"


def test_a_paper_goes_on_from_the_last_stage_in_the_store(world):
    world.run(1)
    world.store.database.write("DELETE FROM reviews")
    world.calls.clear()
    world.run(1)
    assert world.calls == [("review", paper(1).id)]


def test_a_finished_paper_asks_nothing_of_anybody(world):
    world.run(1)
    world.calls.clear()
    world.run(1)
    assert world.calls == []


@pytest.mark.parametrize("stage", ["download", "read", "review"])
@pytest.mark.parametrize(
    ("error", "word"),
    [
        (PaperError("no"), "no"),
        (UnreadablePdf("damaged"), "damaged"),
        (ValueError("a bug"), "unexpected ValueError"),
    ],
)
def test_a_failing_paper_does_not_stop_the_others(world, stage, error, word):
    world.trouble[stage, paper(2).id] = error
    world.run(1, 2, 3)
    assert [world.reviewed(number) for number in (1, 2, 3)] == [
        True,
        False,
        True,
    ]
    failure = world.store.results.failure(paper(2).id)
    assert failure.stage == stage
    assert word in failure.reason


def test_one_lost_call_is_not_the_end_of_the_model(world):
    world.trouble["review", paper(1).id] = ModelDown(
        "the model does not answer", passing=True
    )
    pipeline = world.run(*range(1, 11))
    assert not pipeline.down
    assert world.reviewed(10)
    assert pipeline.reasons == {paper(1).id: "the model does not answer"}


def test_a_model_that_answered_for_no_paper_is_down_however_few_there_were(
    world,
):
    error = ModelDown("the model does not answer", passing=True)
    world.trouble["review", paper(1).id] = error
    lanes = world.run(1)
    assert lanes.down == {"review": error}


def test_a_wrong_key_stops_the_stage_at_once(world):
    for number in range(1, 31):
        world.trouble["review", paper(number).id] = ModelRejected(
            "the key is refused"
        )
    pipeline = world.run(*range(1, 31))
    assert str(pipeline.down["review"]) == "the key is refused"
    assert (
        len([call for call in world.calls if call[0] == "review"])
        <= world.services.reviewer.at_once
    )


def test_a_model_that_is_down_is_asked_no_more_and_costs_no_paper_a_try(world):
    for number in range(1, 31):
        world.trouble["review", paper(number).id] = ModelDown(
            "the model does not answer"
        )
    pipeline = world.run(*range(1, 31))
    assert (
        len([call for call in world.calls if call[0] == "review"])
        <= world.services.reviewer.at_once
    )
    assert world.store.results.failures() == []
    assert set(pipeline.reasons.values()) == {"the model does not answer"}
    assert world.store.results.has_document(paper(30).id, 1)


def test_that_a_key_is_refused_is_told_once_however_many_papers_were_under_way(
    world,
):
    for number in range(1, 10):
        world.trouble["review", paper(number).id] = ModelRejected(
            "the key is refused"
        )
    pipeline = world.run(*range(1, 10))
    assert [
        event.detail for event in world.events if event.outcome == "failed"
    ] == ["the key is refused"]
    assert len(pipeline.reasons) == 9


def test_a_spent_budget_costs_no_paper_a_try(world):
    world.trouble["review", paper(1).id] = BudgetReached(
        "the budget of this run is spent"
    )
    pipeline = world.run(1, 2)
    assert world.reviewed(2)
    assert world.store.results.failures() == []
    assert pipeline.reasons[paper(1).id] == "the budget of this run is spent"


def test_a_batch_is_sent_when_all_reviews_are_asked_for(world):
    async def send():
        world.calls.append(("batch", ""))
        return 2

    world.send_batch = send
    world.run(1, 2)
    assert world.calls[-1] == ("batch", "")


def test_a_batch_that_cannot_be_sent_leaves_its_papers_waiting(world):
    async def send():
        raise ModelDown("no batches today")

    world.send_batch = send
    pipeline = world.run(1)
    assert pipeline.down["review"].message == "no batches today"


def test_what_waits_in_a_batch_costs_no_paper_a_try(world):
    world.trouble["review", paper(1).id] = BatchPending("it waits in a batch")
    pipeline = world.run(1, 2)
    assert world.reviewed(2)
    assert world.store.results.failures() == []
    assert pipeline.reasons[paper(1).id] == "it waits in a batch"


def test_an_unexpected_error_gives_no_reply_about_that_paper_again(world):
    for number in (1, 2):
        call = replace(CALL, hash=f"v1:{number}", paper_id=paper(number).id)
        world.store.ledger.record(call)
    world.trouble["review", paper(1).id] = UnicodeEncodeError(
        "utf-8", "\ud83d", 0, 1, "surrogates not allowed"
    )
    world.run(1, 2)
    assert world.store.ledger.find("v1:1") is None
    assert world.store.ledger.find("v1:2") == "{}"
    (failure,) = world.store.results.failures()
    assert "UnicodeEncodeError" in failure.reason


def test_a_full_disk_ends_the_run(world):
    world.trouble["read", paper(3).id] = DiskFull("no space")
    with pytest.raises(ExceptionGroup) as caught:
        world.run(1, 2, 3)
    assert caught.group_contains(DiskFull)
    assert world.store.results.failures() == []


def test_a_paper_fed_for_two_topics_goes_once(world):
    world.run(1, 1)
    assert len(world.calls) == 3


def test_what_waits_between_pipeline_is_bounded(world):
    async def work():
        world.waiting = asyncio.Event()
        pipeline = PaperPipeline(world.services, "zh")
        running = asyncio.create_task(pipeline.run())
        ids = [ArxivId(paper(number).id) for number in range(1, 201)]
        feeding = asyncio.create_task(pipeline.add(ids))
        while not (
            blocked := len(world.calls)
            >= world.services.config.arxiv.pdf_connections
        ):
            await asyncio.sleep(0)
        for _ in range(50):
            await asyncio.sleep(0)
        assert not feeding.done()
        assert len(world.calls) == world.services.config.arxiv.pdf_connections
        pipeline.stop()
        world.waiting.set()
        await feeding
        await pipeline.close()
        await running
        return blocked

    world.keep(*range(1, 201))
    assert asyncio.run(work())
    assert work_limits.queue < 200


def test_stopping_finishes_what_is_in_hand_and_begins_nothing(world):
    async def work():
        world.waiting = asyncio.Event()
        pipeline = PaperPipeline(world.services, "zh")
        running = asyncio.create_task(pipeline.run())
        await pipeline.add(ArxivId(paper(number).id) for number in range(1, 11))
        while not world.calls:
            await asyncio.sleep(0)
        pipeline.stop()
        world.waiting.set()
        await pipeline.close()
        await running
        return pipeline

    world.keep(*range(1, 11))
    pipeline = asyncio.run(work())
    assert len(world.calls) == world.services.config.arxiv.pdf_connections
    assert len(pipeline.reasons) == 10
    assert all(world.services.pdf(paper(number)).is_file() for number in (1, 2))


def test_a_paper_whose_institution_is_muted_is_read_and_then_dropped(world):
    world.muted[paper(1).id] = Verdict(
        paper(1).id,
        "Talking Head",
        0.1,
        keep=False,
        reasons=(Reason("institution", "Institute", -8.0),),
    )
    world.run(1, 2)
    assert not world.reviewed(1)
    assert world.reviewed(2)
    assert (
        world.store.papers.candidate(paper(1).id, "Talking Head").stage
        == "dropped"
    )


def test_a_paper_asked_for_by_its_id_is_reviewed_whatever_the_topics_say(world):
    async def work():
        pipeline = PaperPipeline(world.services, "zh", whatever=True)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(pipeline.run())
            await pipeline.add([ArxivId(paper(1).id)])
            await pipeline.close()

    world.store.papers.add([paper(1)], NIGHT)
    asyncio.run(work())
    assert world.reviewed(1)


def test_what_does_not_end_is_given_up_some_seconds_after_the_stop(
    world, monkeypatch
):
    hasty = replace(work_limits, grace=0.0)
    monkeypatch.setattr("pipeline.run.workers.work_limits", hasty)
    abandoned = []

    async def work():
        world.waiting = asyncio.Event()  # never set: a byte a second, for ever
        pipeline = PaperPipeline(world.services, "zh")
        running = asyncio.create_task(pipeline.run())
        await pipeline.add([ArxivId(paper(1).id)])
        while not world.calls:
            await asyncio.sleep(0)
        world.abandon = lambda: abandoned.append(1)
        pipeline.stop()
        await pipeline.close()
        await running
        return pipeline

    world.keep(1)
    pipeline = asyncio.run(work())
    assert pipeline.reasons == {paper(1).id: "the run was stopped before it"}
    assert world.store.results.failures() == []
    assert abandoned == [1]
