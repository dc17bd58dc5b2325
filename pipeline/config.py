"""Everything a user can set, with its defaults; `config_file` reads it from config.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
)

from pipeline.errors import ConfigError
from pipeline.paper import Topic
from pipeline.translation import gettext as _

Positive = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Part(BaseModel):
    """A table of config.toml: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ListingSource = Literal["feed", "api", "oai"]
"""A service that tells what is new: announcement feed, search API, OAI-PMH."""


class Arxiv(Part):
    """Where arXiv is and how politely it is asked."""

    api: str = "https://export.arxiv.org/api/query"
    pdf: str = "https://export.arxiv.org/pdf"
    oai: str = "https://oaipmh.arxiv.org/oai"
    feed: str = "https://rss.arxiv.org/atom"
    sources: Annotated[tuple[ListingSource, ...], Field(min_length=1)] = (
        "feed",
        "api",
        "oai",
    )
    interval: Positive = 3.0
    contact: str = ""
    timeout: Positive = 30.0
    patience: Positive = 2700.0
    page_size: Annotated[int, Field(ge=1, le=2000)] = 1000
    pdf_interval: Annotated[float, Field(ge=0)] = 1.0
    pdf_connections: Annotated[int, Field(ge=1)] = 2
    pdf_limit: Annotated[int, Field(ge=1)] = 100
    days: Annotated[int, Field(ge=1)] = 3


class Price(Part):
    """USD a million tokens."""

    input: Annotated[float, Field(ge=0)] = 0.0
    output: Annotated[float, Field(ge=0)] = 0.0


class Model(Part):
    """The language model that writes the reviews."""

    provider: Literal[
        "auto",
        "extractive",
        "openai",
        "deepseek",
        "gemini",
        "qwen",
        "glm",
        "moonshot",
        "ollama",
        "vllm",
        "custom",
    ] = "auto"
    base_url: str = ""
    name: str = ""
    key_env: str = ""
    concurrency: Annotated[int, Field(ge=1)] = 8
    requests_per_minute: Count = 0
    context: Annotated[int, Field(ge=2000)] = 128_000
    paper_tokens: Annotated[int, Field(ge=1000)] = 6_300
    """How much of a paper is sent; most are whole at 12,000."""
    timeout: Positive = 180.0
    budget_per_run: Annotated[float, Field(ge=0)] = 1.0
    price: Price = Price()
    prices: Mapping[str, Price] = {}
    """By model, for those that `price` is not meant for."""
    fallback: str = ""
    checker: str = ""
    """Model for second opinions; "" = the first one."""
    verify: Literal["model", "rules"] = "model"
    """Whether a second call reads each statement beside its passage."""
    extra: Mapping[str, Any] = {}
    """Further options of each request, as the provider documents them."""
    batch: bool = False
    tokens_per_run: Count = 2_000_000
    """Limit of a run where the price is unknown; 0 = none."""


class Screen(Part):
    """What is kept, and what becomes of repeats."""

    model: Literal["auto"] | bool = "auto"
    limit: Count = 0
    versions: Literal["list", "silent", "review"] = "list"
    repeat: Literal["full", "link"] = "link"
    ratings: str = ""
    boost_authors: tuple[str, ...] = ()
    mute_authors: tuple[str, ...] = ()
    boost_institutions: tuple[str, ...] = ()
    mute_institutions: tuple[str, ...] = ()


class Run(Part):
    """How the night is carried out."""

    executor: Literal["local", "dask"] = "local"
    scheduler: str = ""
    workers: Count = 0
    timezone: str = ""
    read_timeout: Positive = 60.0
    read_memory: Annotated[int, Field(ge=200)] = 2000
    attempts: Annotated[int, Field(ge=1)] = 5
    keep: Count = 2000
    keep_dropped: Annotated[int, Field(ge=7)] = 30
    log: str = "screen.log"

    @field_validator("timezone")
    @classmethod
    def known(cls, name: str) -> str:
        """Refuse a name that is not in the time zone database."""
        if name:
            try:
                ZoneInfo(name)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(
                    f'no time zone is called "{name}"; write it as in "Asia/Shanghai"'
                ) from error
        return name


class Output(Part):
    """What is written, and in which language."""

    dir: str = "output"
    faces: tuple[str, ...] = ("hexo",)
    language: str = "zh"
    translate_abstract: bool = False


class Site(Part):
    """The source folder of a blog."""

    source: str = ""


class WebSite(Part):
    """The face `site`: pages of its own, without a blog."""

    url: str = ""
    """Where it will be, absolute, for what needs that: the feed and the sitemap."""
    pictures: Literal["method", "all"] = "method"
    """A small copy of the method figure, or all figures too, as large as they are."""


class Web(Part):
    """The triage page of `arxiv-screen serve`."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8765


class Weekly(Part):
    """The group's weekly report."""

    file: str = ""
    readers: tuple[str, ...] = ()


class Daily(Part):
    """The daily reading log."""

    file: str = ""


class Receiver(Part):
    """Somebody who is told after a run."""

    urls: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """What he is told of; empty is everything."""
    when: Literal["news", "always", "trouble"] = "news"


class Notify(Part):
    """Who is told after a run."""

    urls: tuple[str, ...] = ()
    when: Literal["news", "always", "trouble"] = "news"
    receivers: tuple[Receiver, ...] = ()
    """Further ones, each with topics of his own."""


class Zotero(Part):
    """A library whose papers count as liked."""

    library: str = ""
    """ "users/123" or "groups/456"; a number alone is a user's."""
    collection: str = ""
    """Key of a collection; "" for the whole library."""
    save: str = ""
    """Key of the collection into which kept papers are written; "" for none."""
    endpoint: str = "https://api.zotero.org"
    key_env: str = "ZOTERO_API_KEY"


class Follow(Part):
    """People and places whose papers are wanted whatever they are about."""

    topic: ClassVar[str] = "Followed Authors"
    """The topic of what the authors announce."""
    authors: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()


class TopicPart(Part):
    """One topic as it stands in the file."""

    phrases: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    description: str = ""
    threshold: Share = 0.5


class Config(Part):
    """Everything a user can set."""

    arxiv: Arxiv = Arxiv()
    model: Model = Model()
    screen: Screen = Screen()
    run: Run = Run()
    output: Output = Output()
    hexo: Site = Site()
    vuepress: Site = Site()
    site: WebSite = WebSite()
    web: Web = Web()
    weekly: Weekly = Weekly()
    daily: Daily = Daily()
    notify: Notify = Notify()
    zotero: Zotero = Zotero()
    follow: Follow = Follow()
    topics: Mapping[str, TopicPart] = Field(default_factory=dict)
    folder: Path = Field(default_factory=Path.cwd, exclude=True)
    """Where relative paths start. Not a key of the file."""

    def path(self, name: str) -> Path:
        """A path of the configuration, absolute; `~` is the home folder."""
        return (self.folder / Path(name).expanduser()).resolve()

    @property
    def out(self) -> Path:
        """The output folder."""
        return self.path(self.output.dir)

    @property
    def nightly_topics(self) -> tuple[str, ...]:
        """Names of the topics that a night screens: those of the file, and the followed authors."""
        return (
            *self.topics,
            *([Follow.topic] if self.follow.authors else []),
        )

    def topic(self, name: str) -> Topic:
        """The topic of that name (any case), or one whose phrase is the name itself.

        Raises:
            ConfigError: the name holds no word.
        """
        words = " ".join(name.split())
        if not re.search(r"\w", words):
            raise ConfigError(
                _("A topic needs at least one word."),
                step=_('Name one, as in --topic "Talking Head".'),
                key="topic",
            )
        if words.casefold() == Follow.topic.casefold() and self.follow.authors:
            return Topic(Follow.topic, authors=self.follow.authors)
        for known, part in self.topics.items():
            if known.casefold() == words.casefold():
                return Topic(known, **part.model_dump())
        return Topic(words, configured=False)
