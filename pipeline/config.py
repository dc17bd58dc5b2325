"""config.toml and the environment, read into one checked Config.

Precedence: the environment (`SCREEN_SECTION__KEY`), then the file, then the defaults here.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from pipeline.errors import ConfigError
from pipeline.paper import Topic
from pipeline.resources import CONFIG, languages
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ConfigRules:
    """Names of settings in the environment, and what values of each kind are called."""

    env_prefix: str = "SCREEN_"
    env_level: str = "__"
    followed: str = "Followed Authors"
    """The topic of [follow] authors."""
    wanted: Mapping[str, str] = field(
        default_factory=lambda: {
            "tuple_type": "a list",
            "dict_type": "a table",
            "model_type": "a table",
            "string_type": "a text in quotes",
            "too_short": "a list that is not empty",
            "int_type": "a whole number",
            "int_parsing": "a whole number",
            "int_from_float": "a whole number",
            "float_type": "a number",
            "float_parsing": "a number",
            "bool_type": "true or false",
            "bool_parsing": "true or false",
        }
    )
    """What a value must be, by pydantic's name of what is wrong with it."""


_rules = ConfigRules()


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
            *([_rules.followed] if self.follow.authors else []),
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
        if (
            words.casefold() == _rules.followed.casefold()
            and self.follow.authors
        ):
            return Topic(_rules.followed, authors=self.follow.authors)
        for known, part in self.topics.items():
            if known.casefold() == words.casefold():
                return Topic(known, **part.model_dump())
        return Topic(words, configured=False)


def load(
    path: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    set_: Mapping[str, Any] | None = None,
) -> Config:
    """Read the configuration.

    Args:
        path: the file; without it `config.toml` of the working directory, else the one that is
        shipped.
        environ: where overrides are looked up; `os.environ` by default.
        set_: values of the command line by dotted key; they win over everything.

    Raises:
        ConfigError: no such file, not TOML, an unknown key, a value out of range, a language
            without prompts.
    """
    source, folder = _find(path)
    data = _read(source)
    variables = _override(data, os.environ if environ is None else environ)
    for key, value in (set_ or {}).items():
        _put(data, key.split("."), value)
    try:
        config = Config.model_validate({**data, "folder": folder})
    except ValidationError as error:
        raise _explain(error, source, variables) from error
    _need_prompts(config.output.language, folder / "prompts")
    return config


def _need_prompts(language: str, folder: Path) -> None:
    known = languages(folder)
    if language not in known:
        raise ConfigError(
            _(
                'There are no prompts in the language "{language}"; there are some '
                "in {names}.",
                language=language,
                names=", ".join(known),
            ),
            step=_(
                "Choose one of them for [output] language, or write {value}.",
                value=folder / language,
            ),
            key="output.language",
        )


def salvage(
    path: Path | None, environ: Mapping[str, str] | None = None
) -> Notify:
    """What a file that is broken elsewhere says under [notify], so that somebody can be told;
    else nobody.
    """
    variables = os.environ if environ is None else environ
    asked = {
        name: text
        for name, text in variables.items()
        if name.startswith(f"{_rules.env_prefix}NOTIFY{_rules.env_level}")
    }
    try:
        text = _find(path)[0].read_text(encoding="utf-8", errors="replace")
        section = re.search(
            r"^\[notify\][^\n]*\n(.*?)(?=^\[|\Z)",
            text,
            re.MULTILINE | re.DOTALL,
        )
        data: dict[str, Any] = {
            "notify": tomllib.loads(section[1]) if section else {}
        }
        _override(data, asked)
        return Notify.model_validate(data["notify"])
    except (ConfigError, OSError, tomllib.TOMLDecodeError, ValidationError):
        return Notify()


def _find(path: Path | None) -> tuple[Path, Path]:
    if path is None:
        local = Path("config.toml")
        return (local, Path.cwd()) if local.is_file() else (CONFIG, Path.cwd())
    if not path.is_file():
        raise ConfigError(
            _("There is no file {path}.", path=path),
            step=_("Give --config another path; `{program} init` writes one."),
            key="--config",
        )
    return path, path.resolve().parent


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("{path} is not valid TOML: {error}.", path=path, error=error),
            step=_("Correct that line."),
            key=str(path),
        ) from error
    except OSError as error:
        raise ConfigError(
            _(
                "{path} cannot be read: {strerror}.",
                path=path,
                strerror=error.strerror,
            ),
            key=str(path),
        ) from error
    if "folder" in data:
        raise _unknown("folder", _keys_beside(["folder"]), str(path))
    return data


def _override(
    data: dict[str, Any], environ: Mapping[str, str]
) -> dict[str, str]:
    """Lay `SCREEN_A__B=value` over the data, a topic's name written with `_` for what is not a
    letter or digit.

    Returns:
        The variable's name by the dotted key it sets.
    """
    variables = {}
    for name, text in sorted(environ.items()):
        if (
            not name.startswith(_rules.env_prefix)
            or _rules.env_level not in name
        ):
            continue
        keys = (
            name.removeprefix(_rules.env_prefix).lower().split(_rules.env_level)
        )
        if keys[0] == "topics" and len(keys) > 1:
            keys[1] = next(
                (
                    known
                    for known in data.get("topics", {})
                    if _env_name(known) == keys[1]
                ),
                keys[1],
            )
        _put(data, keys, _value(text, keys))
        variables[".".join(keys)] = name
    return variables


def _env_name(topic: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", topic.lower()).strip("_")


def _value(text: str, keys: list[str]) -> Any:
    """The text as a TOML value, unless the key holds a string or the text is no TOML."""
    if _holds_text(keys):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _holds_text(keys: list[str]) -> bool:
    part, _, name = ".".join(keys).rpartition(".")
    section = Config.model_fields.get(part)
    kind = section.annotation if section else TopicPart
    if (
        not (isinstance(kind, type) and issubclass(kind, BaseModel))
        or name not in kind.model_fields
    ):
        return False
    return kind.model_fields[name].annotation is str


def _put(data: dict[str, Any], keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        inner = data.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ConfigError(
                _(
                    "{names} is not a key: {key} holds a value.",
                    names=".".join(keys),
                    key=key,
                ),
                key=".".join(keys),
            )
        data = inner
    data[keys[-1]] = value


def _explain(
    error: ValidationError, file: Path, variables: Mapping[str, str]
) -> ConfigError:
    """The first problem in the words of the file, or of the variable that brought it."""
    problem = error.errors()[0]
    place = [str(step) for step in problem["loc"]]
    key = ".".join(place)
    source = next(
        (
            name
            for name_key, name in variables.items()
            if f"{key}.".startswith(f"{name_key}.")
            or f"{name_key}.".startswith(f"{key}.")
        ),
        str(file),
    )
    if problem["type"] == "extra_forbidden":
        return _unknown(key, _keys_beside(place), source)
    given = problem.get("input")
    text = problem["msg"].removeprefix("Value error, ")
    step = "Correct that value."
    if problem["type"] in _rules.wanted:
        text = f"it must be {_rules.wanted[problem['type']]}"
    if problem["type"] == "tuple_type":
        given_text = json.dumps(given, ensure_ascii=False, default=str)
        step = f"Write it as {place[-1]} = [{given_text}]."
    return ConfigError(
        _(
            "{key} in {source}: {text} (given: {given!r}).",
            key=key,
            source=source,
            text=text,
            given=given,
        ),
        step=step,
        key=key,
    )


def _keys_beside(place: list[str]) -> list[str]:
    """Names that may stand where the unknown one does."""
    part: type[BaseModel] = Config
    for step in place[:-1]:
        if part is Config and step == "topics":
            part = TopicPart
        elif step in part.model_fields:
            kind = part.model_fields[step].annotation
            part = (
                kind
                if isinstance(kind, type) and issubclass(kind, BaseModel)
                else part
            )
    return [name for name in part.model_fields if name != "folder"]


def _unknown(key: str, known: list[str], source: str) -> ConfigError:
    name = key.rpartition(".")[2]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    step = (
        f'Did you mean "{close[0]}"?'
        if close
        else f"Known here: {', '.join(known)}."
    )
    return ConfigError(
        _("{key} in {source} is not a known key.", key=key, source=source),
        step=step,
        key=key,
    )
