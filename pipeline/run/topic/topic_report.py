"""What there is to say of a run, topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.common.reason_text import describe_reasons
from pipeline.console.run_report import Highlight, Pending, TopicReport
from pipeline.paper import Topic
from pipeline.store.posts import PostedPaper

if TYPE_CHECKING:
    from pipeline.run.run import Night

TOP = 3
"""Papers of a topic that a digest names."""


def topic_report(night: Night, topic: Topic) -> TopicReport:
    """One topic of a run that has ended."""
    store, day = night.services.store, night.services.now().date()
    haul = night.hauls.get(topic.name)
    fresh = night.fresh.get(topic.name, []) if night.posted.get(topic.name) else []
    return TopicReport(
        topic=topic.name,
        since=haul.window.since.date() if haul else None,
        until=haul.window.until.date() if haul else None,
        found=haul.found if haul else 0,
        kept=haul.kept if haul else 0,
        posted=len(fresh),
        updates=haul.updates if haul else 0,
        asides=len(store.posts.asides(topic.name, day)) if fresh else 0,
        pending=tuple(pending(night, topic)),
        top=tuple(
            _wanted(night, topic)
            if night.orders.dry
            else _highlights(night, fresh[:TOP])
        ),
        posts=night.posted.get(topic.name, ()),
        silence="" if fresh else night.silence.get(topic.name, ""),
    )


def pending(night: Night, topic: Topic) -> list[Pending]:
    """Papers that the topic wants and does not have, with their reasons."""
    results, waiting = night.services.store.results, []
    for candidate in night.services.store.papers.wanted(topic.name):
        failure = results.failure(candidate.paper_id)
        if failure:
            next_try = None if failure.gave_up else failure.next_try
            waiting.append(
                Pending(candidate.paper_id, failure.reason, failure.nights, next_try)
            )
        elif candidate.paper_id in night.lanes.reasons:
            waiting.append(
                Pending(
                    candidate.paper_id,
                    night.lanes.reasons[candidate.paper_id],
                    0,
                    night.services.now(),
                )
            )
    return waiting


def _highlights(night: Night, members: list[PostedPaper]) -> list[Highlight]:
    store, found = night.services.store, []
    for paper_id, version, score, _ in members:
        paper = store.papers.get(paper_id, version)
        review = store.results.review(paper_id, night.lanes.language, version)
        if paper and review:
            found.append(
                Highlight(paper.title, review.summary.text, paper.abs_url, score)
            )
    return found


def _wanted(night: Night, topic: Topic) -> list[Highlight]:
    """What a run that is not dry would read and post, with the verdict's reason in place of a
    summary.
    """
    papers = night.services.store.papers
    language = night.services.config.output.language
    found = [
        (candidate, papers.get(candidate.paper_id))
        for candidate in night.choose(topic)[0]
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
