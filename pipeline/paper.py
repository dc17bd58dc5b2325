"""The shared vocabulary: what the stages hand to one another. Frozen values, no behaviour
beyond reading them.

Topic ─fetch─▶ Paper ─screen─▶ Verdict ─extract─▶ Document ─summarize─▶ Review ─render─▶ Post
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

BBox = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points on the unrotated page, origin top left."""


def slug_of(paper_id: str) -> str:
    """Give an id as a portable file name: old ids hold a slash."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", paper_id)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a group wants to hear of. Without phrases, the name is the phrase."""

    name: str
    phrases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    description: str = ""
    threshold: float = 0.5
    signs: tuple[str, ...] = ()
    """Further phrases, used in judging only and never in a query; "a + b" wants both in one
    sentence.
    """
    configured: bool = True
    """False for a topic given by its bare words on the command line."""
    authors: tuple[str, ...] = ()
    """People whose papers are wanted whatever they are about; nothing else counts then."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of an arXiv record, as arXiv states it."""

    id: str
    """Without version: "2409.03605" or "cs/0112017". The identity of a paper."""
    version: int
    """From 1; 0 for a PDF of the reader's own, which is not on arXiv."""
    title: str
    abstract: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    """Primary category first."""
    published: datetime
    """Of version 1, in UTC."""
    updated: datetime
    """Of this version, in UTC."""
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""

    @property
    def versioned_id(self) -> str:
        """The id with its version: `2409.03605v1`."""
        return f"{self.id}v{self.version}"

    @property
    def abs_url(self) -> str:
        """The paper's page on arXiv; "" for a PDF of one's own."""
        return (
            f"https://arxiv.org/abs/{self.versioned_id}" if self.version else ""
        )

    @property
    def pdf_url(self) -> str:
        """The paper's PDF on arXiv, `#page=N` may follow; "" for a PDF of one's own."""
        return (
            f"https://arxiv.org/pdf/{self.versioned_id}" if self.version else ""
        )

    @property
    def slug(self) -> str:
        """The id as a portable file name: old ids hold a slash."""
        return slug_of(self.id)


ReasonKind = Literal[
    "title",
    "abstract",
    "mention",
    "similar",
    "exclude",
    "author",
    "institution",
    "rated",
    "ratings",
    "model",
    "withdrawn",
    "sentence",
]
"""What a reason rests on: a phrase in the title, in the abstract, or named only as an example;
likeness to the topic's papers; an excluded phrase; a name that is boosted, muted or followed; the
reader's rating of this paper, or of others like it; the model; a notice of withdrawal; or a
sentence that an earlier version of the program wrote.
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a paper or against it."""

    kind: ReasonKind
    phrase: str = ""
    """The words found, the name, or what the model said; "" where the kind says it all."""
    weight: float = 1.0
    """Above 0 where it speaks for the paper, below 0 where it speaks against it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is this paper about this topic?"""

    paper_id: str
    topic: str
    score: float
    """0 to 1."""
    keep: bool
    reasons: tuple[Reason, ...] = ()
    """The strongest first."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text as one string: hyphens joined, ligatures and accents normalised.

    A paragraph that runs over a page break is two, so that every quote has its page; the
    sentence on the break is in the first of them, whole.
    """

    text: str
    page: int
    """Where it begins; 1-based."""
    turn: tuple[int, int] | None = None
    """Offset in `text` from which on it stands on another page, and that page; None when all is
    on one page.
    """

    def page_at(self, offset: int) -> int:
        """The page on which the letter at `offset` of `text` stands."""
        return (
            self.turn[1] if self.turn and offset >= self.turn[0] else self.page
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading of any level."""

    title: str
    level: int
    """1 for a section or an appendix, 2 for a subsection …"""
    page: int
    paragraphs: tuple[Paragraph, ...] = ()
    kind: Literal["body", "abstract", "references", "appendix"] = "body"

    @property
    def text(self) -> str:
        """The paragraphs, a blank line between them."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as it is printed."""

    text: str
    rowspan: int = 1
    """Rows that it covers, its own among them."""
    colspan: int = 1
    """Columns that it covers, its own among them."""
    head: bool = False
    """True for the heads of columns; labels of rows and of groups of rows stand in the body."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A captioned figure, table or algorithm."""

    kind: Literal["figure", "table", "algorithm"]
    label: str
    """"2", "IV", "S3", "A.1": the number as printed."""
    page: int
    bbox: BBox
    """Without the caption."""
    caption: str
    """Whole, beginning with the label as printed: "Figure 2. Overview of …"."""
    file: str = ""
    """Name of its picture, once drawn."""
    text: str = ""
    """The text inside its box in reading order; a table's numbers are here."""
    cells: tuple[tuple[Cell, ...], ...] = ()
    """Of a table, row by row, as in HTML: a row holds the cells that begin in it. Empty where the
    structure could not be read.
    """


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the document that a quote may come from."""

    text: str
    page: int
    kind: Literal[
        "abstract",
        "body",
        "appendix",
        "references",
        "caption",
        "inside",
        "footnote",
        "front",
    ]
    section: str = ""
    turn: tuple[int, int] | None = None
    """As in Paragraph."""

    def by_page(self) -> tuple[tuple[str, int], ...]:
        """The text with its page; in two parts where it turns the page."""
        if self.turn is None:
            return ((self.text, self.page),)
        offset, page = self.turn
        return ((self.text[:offset], self.page), (self.text[offset:], page))


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that the file holds and a reader of the page cannot see."""

    page: int
    """1-based."""
    how: str
    """"white", "in the colour of its ground", "tiny", "invisible", "off the page", "covered"."""
    text: str
    """Whole, as the file has it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF holds."""

    pages: int
    title: str
    abstract: str
    language: str
    """ISO 639-1 code of the running text: "en", "zh"; "" when unknown."""
    authors: tuple[str, ...] = ()
    """Names on page 1, as printed."""
    affiliations: tuple[str, ...] = ()
    first_affiliation: str = ""
    code_urls: tuple[str, ...] = ()
    project_urls: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    framework: str | None = None
    """Label of the figure that shows the method at a glance."""
    front: str = ""
    """Page 1 above the abstract: title, authors, affiliations, as printed."""
    footnotes: tuple[Paragraph, ...] = ()
    warnings: tuple[str, ...] = ()
    """What a reader of the review should know: not a paper, pages without text …"""
    hidden: tuple[HiddenText, ...] = ()
    """What was taken off its pages because no reader can see it."""
    seconds: float = 0.0
    """Time of reading, without drawing the pictures."""

    def passages(self) -> Iterator[Passage]:
        """Every piece of text with its page, in the order of the paper; references included."""
        if self.front:
            yield Passage(self.front, 1, "front")
        if self.abstract and not any(
            section.kind == "abstract" for section in self.sections
        ):
            yield Passage(self.abstract, 1, "abstract")
        for section in self.sections:
            yield Passage(
                section.title, section.page, section.kind, section.title
            )
            for paragraph in section.paragraphs:
                yield Passage(
                    paragraph.text,
                    paragraph.page,
                    section.kind,
                    section.title,
                    paragraph.turn,
                )
        for figure in self.figures:
            yield Passage(figure.caption, figure.page, "caption")
            if figure.text:
                yield Passage(figure.text, figure.page, "inside")
        for note in self.footnotes:
            yield Passage(note.text, note.page, "footnote")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the review and where the paper says so."""

    text: str
    quote: str = ""
    """Verbatim from the paper, at most 25 words."""
    page: int | None = None
    """Where the quote stands; None when there is no quote."""
    unchecked: bool = False
    """True when the second check was asked for and gave no answer on it."""
    aspect: str = ""
    """Of availability, what it is about: "code", "data", "weights", "compute"."""


@dataclass(frozen=True, slots=True)
class Account:
    """How the statements that a review shows were checked, and how many were taken out."""

    method: Literal["", "rules", "model"] = ""
    """"rules": quotes, numbers, names, values and wording against the passage; "model": by these
    and by a second call; "" for reviews without checks, and for those of older versions.
    """
    shown: int = 0
    """Statements that passed, those not answered for left out."""
    removed: int = 0
    """Statements that failed, and failed again or were not written anew."""
    unchecked: int = 0
    """Statements that are shown without an answer of the second call."""
    omitted: tuple[str, ...] = ()
    """Where statements that failed stood in their lists, among all that were written:
    "methods.1" was the second step.
    """


@dataclass(frozen=True, slots=True)
class TableLag:
    """A column of a table in which another method has a better value than the paper's own."""

    table: str
    """Its label, as printed: "2"."""
    page: int
    column: str
    """What the column is called: "INSTA PSNR"."""
    own: str
    """The method's best value, as printed."""
    best: str
    method: str
    """Whose value that is."""


@dataclass(frozen=True, slots=True)
class Review:
    """The ChatPaperFree review of one paper version; `review_fields` tells its fields.

    Authors and links are not in it: they are facts of the source.
    """

    paper_id: str
    version: int
    language: str
    model: str
    """The model that wrote it as the endpoint names it, or "extractive"."""
    summary: Claim
    """One line."""
    takeaways: tuple[Claim, ...]
    title: str
    """Translated; the original title in English reviews and in extractive ones."""
    affiliation: str
    """Of the first author."""
    keywords: tuple[str, ...]
    background: tuple[Claim, ...]
    past: tuple[Claim, ...]
    method: tuple[Claim, ...]
    performance: tuple[Claim, ...]
    methods: tuple[Claim, ...]
    """7: the steps."""
    significance: tuple[Claim, ...]
    innovation: tuple[Claim, ...]
    results: tuple[Claim, ...]
    """8 (3), performance."""
    workload: tuple[Claim, ...]
    limits: tuple[Claim, ...] = ()
    """What the authors or the numbers admit."""
    availability: tuple[Claim, ...] = ()
    """Code, data, weights, compute, as far as the paper says; see `Claim.aspect`."""
    cue: str = ""
    """Why to read or to skip it: the model's opinion, not the paper's."""
    cue_pages: tuple[int, ...] = ()
    """Pages of the statements that its facts come from."""
    abstract: str = ""
    """The abstract translated, where configured."""
    lags: tuple[TableLag, ...] = ()
    """Where the paper's own method is not the best of its main table, as the table prints it."""
    account: Account = Account()
    warnings: tuple[str, ...] = ()

    @property
    def extractive(self) -> bool:
        """True when the sentences are the paper's own."""
        return self.model == "extractive"


@dataclass(frozen=True, slots=True)
class Usage:
    """What model calls cost."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    """USD, of the calls whose price is known."""
    seconds: float = 0.0
    unpriced_calls: int = 0
    """Calls whose price is unknown."""
    unpriced_tokens: int = 0
    """Input and output tokens of those."""


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One answered model call."""

    hash: str
    """Name of the request, equal for equal requests."""
    model: str
    """As the endpoint names it."""
    prompt_version: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    """Of the input, those the endpoint had in its cache; 0 when it does not say."""
    cost: float | None
    """USD; None when the price is unknown."""
    seconds: float
    reply: str
    """A JSON object: what the endpoint sent, enough to read it again without asking."""
    paper_id: str
    """The paper it was about; several are joined by commas."""
    at: datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in a post."""

    paper: Paper
    verdict: Verdict
    document: Document
    review: Review
    see: str = ""
    """Name of the topic whose post of the same night shows it in full, when this one only links
    there.
    """
    see_file: str = ""
    """File name, without extension, of that topic's posts."""


@dataclass(frozen=True, slots=True)
class Update:
    """A new version of a paper that was posted before: one line at the end of a post."""

    paper: Paper
    changes: tuple[str, ...]
    """What changed in words: "title", "abstract", "comment: accepted by CVPR 2027", "withdrawn"."""
    posted: date | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A paper beyond the nightly cap: title, score and one sentence in the "maybe" list."""

    paper: Paper
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Post:
    """What one topic's post of one date holds; every face is a function of it."""

    topic: Topic
    date: date
    written: datetime
    """Local time of the reader; stays the same when the post is rendered again."""
    file_name: str
    """Of the topic's posts, without extension; no two topics share one."""
    language: str
    entries: Sequence[Entry]
    """By score, best first. Of a long post they are made when they are looked at."""
    updates: tuple[Update, ...] = ()
    asides: tuple[Aside, ...] = ()
    shown_before: frozenset[str] = frozenset()
    """Ids of papers that other posts of the same date show before this one."""
