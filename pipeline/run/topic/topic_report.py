"""What there is to say of a run, topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.common.reason_text import describe_reasons
from pipeline.console.run_report import Highlight, Pending, TopicReport
from pipeline.paper import Topic
from pipeline.store.posts import PostedPaper

if TYPE_CHECKING:
    from pipeline.run.run import ScreeningRun

TOP = 3
"""Papers of a topic that a digest names."""


def topic_report(run: ScreeningRun, topic: Topic) -> TopicReport:
    """One topic of a run that has ended."""
    store, day = run.services.store, run.services.now().date()
    gap, collected = run.gaps.get(topic.name), run.collected(topic)
    fresh = run.fresh.get(topic.name, []) if run.posted.get(topic.name) else []
    return TopicReport(
        topic=topic.name,
        since=gap.window.since.date() if gap else None,
        until=gap.window.until.date() if gap else None,
        found=collected.found,
        kept=collected.kept,
        posted=len(fresh),
        updates=collected.updates,
        asides=len(store.posts.asides(topic.name, day)) if fresh else 0,
        pending=tuple(pending(run, topic)),
        top=tuple(
            _wanted(run, topic) if run.options.dry else _highlights(run, fresh[:TOP])
        ),
        posts=run.posted.get(topic.name, ()),
        silence="" if fresh else run.silence.get(topic.name, ""),
    )


def pending(run: ScreeningRun, topic: Topic) -> list[Pending]:
    """Papers that the topic wants and does not have, with their reasons."""
    results, waiting = run.services.store.results, []
    for candidate in run.services.store.papers.wanted(topic.name):
        failure = results.failure(candidate.paper_id)
        if failure:
            next_try = None if failure.gave_up else failure.next_try
            waiting.append(
                Pending(candidate.paper_id, failure.reason, failure.nights, next_try)
            )
        elif candidate.paper_id in run.pipeline.reasons:
            waiting.append(
                Pending(
                    candidate.paper_id,
                    run.pipeline.reasons[candidate.paper_id],
                    0,
                    run.services.now(),
                )
            )
    return waiting


def _highlights(run: ScreeningRun, members: list[PostedPaper]) -> list[Highlight]:
    store, found = run.services.store, []
    for paper_id, version, score, _ in members:
        paper = store.papers.get(paper_id, version)
        review = store.results.review(paper_id, run.pipeline.language, version)
        if paper and review:
            found.append(
                Highlight(paper.title, review.summary.text, paper.abs_url, score)
            )
    return found


def _wanted(run: ScreeningRun, topic: Topic) -> list[Highlight]:
    """What a run that is not dry would read and post, with the verdict's reason in place of a
    summary.
    """
    papers = run.services.store.papers
    language = run.services.config.output.language
    found = [
        (candidate, papers.get(candidate.paper_id))
        for candidate in run.choose(topic)[0]
    ]
    return [
        Highlight(
            paper.title,
            describe_reasons(one.reasons, language),
            paper.abs_url,
            one.score,
        )
        for one, paper in found
        if paper
    ]
