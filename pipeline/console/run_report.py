"""What one run did, as values: the closing table, the digest and `--json` are functions of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from pipeline.common.reason_text import describe_reasons
from pipeline.paper import Reason, Usage
from pipeline.translation import gettext as _
from pipeline.translation import ngettext


@dataclass(frozen=True, slots=True)
class Pending:
    """A paper that could not be finished; the next run tries it again."""

    paper_id: str
    reason: str
    """One line for a person."""
    tries: int = 1
    next_try: dt.datetime | None = None
    """None when it was given up."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A paper as a digest shows it."""

    title: str
    line: str
    """One sentence, from the review's summary."""
    link: str
    score: float = 0.0
    """Of the verdict, 0 to 1."""
    reasons: tuple[Reason, ...] = ()
    """Why it was chosen."""
    language: str = "en"
    """Of `line`, and so of the reader."""
    page: int | None = None
    """Of the PDF, on which the summary rests."""
    page_url: str = ""
    """That page."""
    quote: str = ""
    """The words of the paper on which the summary rests."""
    figure: str = ""
    """File of the method figure; "" where there is none."""

    @property
    def why(self) -> str:
        """Say why it was chosen, in the reader's language."""
        if not self.reasons:
            return ""
        return describe_reasons(self.reasons, self.language)


@dataclass(frozen=True, slots=True)
class TopicReport:
    """One topic of a run."""

    topic: str
    since: dt.date | None = None
    """First announced day that was asked for."""
    until: dt.date | None = None
    """Last announced day that is now covered; None when the topic was not reached."""
    found: int = 0
    """Records that arXiv returned and that were not known before."""
    kept: int = 0
    """Of those, judged on topic."""
    posted: int = 0
    """Papers in full in the posts written by this run."""
    standing: int = 0
    """Papers that the topic's post of the day held before this run."""
    updates: int = 0
    """New versions listed."""
    asides: int = 0
    """Papers beyond the nightly cap."""
    pending: tuple[Pending, ...] = ()
    top: tuple[Highlight, ...] = ()
    """Best first; of a dry run, all that would be read."""
    posts: tuple[str, ...] = ()
    """Paths of the posts that were written."""
    silence: str = ""
    """Why nothing was posted: "arXiv announces nothing on Saturdays", "12 new papers, none on
    topic".
    """


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person should look at, with what to do about it."""

    what: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run, from its start to its last file."""

    run: str
    """Id of the run, as in the log."""
    date: dt.date
    """The reader's date of the night."""
    started: dt.datetime
    """With its time zone."""
    seconds: float
    topics: tuple[TopicReport, ...] = ()
    usage: Usage = field(default_factory=Usage)
    """Of the model, in this run."""
    pages: tuple[str, ...] = ()
    """Paths of the first pages of a site that holds the posts."""
    troubles: tuple[Trouble, ...] = ()
    stopped: bool = False
    """True when the run was told to stop before its end."""
    outcome: Literal["done", "pending", "down"] = "done"
    """Exit 0, 1 and 3."""

    @property
    def posted(self) -> int:
        """Papers posted over all topics."""
        return sum(topic.posted for topic in self.topics)

    @property
    def pending(self) -> int:
        """Papers that wait, over all topics; one that waits in two counts once."""
        return len(
            {paper.paper_id for topic in self.topics for paper in topic.pending}
        )

    @property
    def news(self) -> bool:
        """Whether there is something new to read."""
        return any(topic.posted or topic.updates for topic in self.topics)

    @property
    def trouble(self) -> bool:
        """Whether a person should look."""
        return (
            bool(self.troubles)
            or self.pending > 0
            or self.stopped
            or self.outcome != "done"
        )

    def silence(self, topic: TopicReport) -> str:
        """Why a topic has nothing new, unless a trouble says so already."""
        told = {trouble.what for trouble in self.troubles}
        return (
            "" if f"{topic.topic}: {topic.silence}" in told else topic.silence
        )


def cost_in_words(usage: Usage) -> str:
    """Say what calls have cost: USD, and for how many calls that is unknown."""
    if not usage.unpriced_calls:
        return _("{cost:.4f} USD", cost=usage.cost)
    if usage.unpriced_calls >= usage.calls:
        return _("price unknown")
    return ngettext(
        "{cost:.4f} USD and {count} call of unknown price",
        "{cost:.4f} USD and {count} calls of unknown price",
        usage.unpriced_calls,
        cost=usage.cost,
    )
