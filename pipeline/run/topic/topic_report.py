"""What there is to say of a run, topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.citations.tex_as_text import tex_as_text
from pipeline.common.reason_text import describe_reasons
from pipeline.console.run_report import Highlight, Pending, TopicReport
from pipeline.paper import Paper, Topic
from pipeline.render.pages import page_figures
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
        standing=len(store.posts.members(topic.name, day)) - len(fresh),
        updates=collected.updates,
        asides=len(store.posts.asides(topic.name, day)) if fresh else 0,
        pending=tuple(pending(run, topic)),
        top=tuple(
            _wanted(run, topic)
            if run.options.dry
            else _highlights(run, fresh[:TOP])
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
                Pending(
                    candidate.paper_id, failure.reason, failure.nights, next_try
                )
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


def _highlights(
    run: ScreeningRun, members: list[PostedPaper]
) -> list[Highlight]:
    found = (_highlight(run, member) for member in members)
    return [one for one in found if one]


def _highlight(run: ScreeningRun, member: PostedPaper) -> Highlight | None:
    store, language = run.services.store, run.pipeline.language
    paper = store.papers.get(member.paper_id, member.version)
    review = store.results.review(member.paper_id, language, member.version)
    if not (paper and review):
        return None
    summary = review.summary
    page = f"#page={summary.page}" if summary.page else ""
    return Highlight(
        title=tex_as_text(paper.title),
        line=summary.text,
        link=paper.abs_url,
        score=member.score,
        reasons=member.reasons,
        language=language,
        page=summary.page,
        page_url=f"{paper.pdf_url}{page}",
        quote=summary.quote,
        figure=_figure_file(run, paper),
    )


def _figure_file(run: ScreeningRun, paper: Paper) -> str:
    """Find the file of the method figure, or else of the first one."""
    document = run.services.store.results.outline(paper.id, paper.version)
    first, others = page_figures.shown(document) if document else (None, ())
    figure = first or next(iter(others), None)
    if figure is None:
        return ""
    return str(run.services.config.out / page_figures.source(paper, figure))


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
