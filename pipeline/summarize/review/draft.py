"""What the model is asked to write: the review before it is checked. Facts (authors, links) are
not in it.

The schema keeps to what OpenAI's strict mode takes: every property required, no others allowed. Its
descriptions are few and short, because each call pays for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

SUMMARY_LIMIT = 100
"""Characters of the one-line summary, as in the ChatPaperFree format."""
QUOTE_LIMIT = 25
"""Words of a quote: enough to be found, too few to replace the paper."""
TAKEAWAY_LIMIT = 7
LONGEST_TEXT = 5_000
"""Characters of one text of a reply that are looked at: an abstract has 2,000, a looping model
has no end.
"""


class Part(BaseModel):
    """A piece of the draft: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Statement(Part):
    """One sentence about the paper and the place that bears it out."""

    text: str = ""
    quote: Annotated[
        str, Field(description="verbatim from the paper, contiguous, 5-25 words")
    ] = ""


class Headline(Part):
    """The one-line summary."""

    text: Annotated[str, Field(json_schema_extra={"maxLength": SUMMARY_LIMIT})] = ""
    quote: Annotated[
        str, Field(description="verbatim from the paper, contiguous, 5-25 words")
    ] = ""


class Affiliation(Part):
    """Where the first author works."""

    institution: Annotated[
        str,
        Field(description="of the first author, as printed on page 1; empty if none"),
    ] = ""
    affiliation: Annotated[
        str, Field(description="the same in the language of the review")
    ] = ""


def _items(low: int, high: int) -> Any:
    """How many items the model is asked for. Only asked: fewer or more of them are not an error."""
    return Field(json_schema_extra={"minItems": low, "maxItems": high})


Few = Annotated[tuple[Statement, ...], _items(1, 3)]


class Draft(Part):
    """The whole review as the model writes it; empty where it wrote nothing of use.

    `abstract` is asked for only where `[output] translate_abstract` is set.
    """

    summary: Headline = Headline()
    takeaways: Annotated[tuple[Statement, ...], _items(3, TAKEAWAY_LIMIT)] = ()
    title: Annotated[str, Field(description="the title translated")] = ""
    affiliation: Affiliation = Affiliation()
    keywords: Annotated[tuple[str, ...], _items(3, 6)] = ()
    background: Few = ()
    past: Few = ()
    method: Few = ()
    performance: Few = ()
    methods: Annotated[tuple[Statement, ...], _items(2, 7)] = ()
    significance: Few = ()
    innovation: Few = ()
    results: Few = ()
    workload: Few = ()
    abstract: Annotated[str, Field(description="the abstract translated")] = ""


ITEMS = tuple(name for name in Draft.model_fields if name != "abstract")
"""The fields that a whole review has, in the order of the format."""
STATEMENTS = tuple(
    name
    for name in ITEMS
    if Draft.model_fields[name].annotation == tuple[Statement, ...]
)
"""The fields that hold lists of statements."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one field of a draft cannot be published."""

    check: str
    field: str
    """Dotted path: "summary", "takeaways.2", "keywords.0", "affiliation"."""
    cause: str = ""
    """What is wrong, by the key under which `prompts/LANGUAGE/repair.md` says it; "" = the name
    of the check.
    """
    words: str = ""
    """What gives it away: the unknown names, the leftover, a length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a draft and where it stands."""

    path: str
    text: str
    quote: str | None
    """None where no quote is asked for."""


def statements(draft: Draft, fields: Collection[str] = ITEMS) -> Iterator[Piece]:
    """All statements with their quotes, in the order of the draft."""
    for name in Draft.model_fields:
        value = getattr(draft, name)
        if name not in fields:
            continue
        if isinstance(value, Headline):
            yield Piece(name, value.text, value.quote)
        elif isinstance(value, tuple) and name != "keywords":
            yield from (
                Piece(f"{name}.{place}", each.text, each.quote)
                for place, each in enumerate(value)
            )


def texts(draft: Draft, fields: Collection[str] = ITEMS) -> Iterator[Piece]:
    """All texts of a draft but the affiliation: statements, title, keywords, the translated
    abstract.
    """
    yield from statements(draft, fields)
    for name in ("title", "abstract"):
        if name in fields:
            yield Piece(name, getattr(draft, name), None)
    if "keywords" in fields:
        yield from (
            Piece(f"keywords.{place}", word, None)
            for place, word in enumerate(draft.keywords)
        )


def fields_of(problems: Iterable[Problem]) -> tuple[str, ...]:
    """The names of the fields that hold a problem, in the order of the draft, each once."""
    wanted = {problem.field.partition(".")[0] for problem in problems}
    return tuple(name for name in Draft.model_fields if name in wanted)


def schema(fields: Collection[str] = ITEMS) -> dict[str, Any]:
    """The JSON schema of those fields of the draft: for the whole review, a part of it or a
    repair.
    """
    whole = dict(_whole())
    whole["properties"] = {
        name: part for name, part in whole["properties"].items() if name in fields
    }
    used = str(whole["properties"])
    whole["$defs"] = {
        name: part
        for name, part in whole["$defs"].items()
        if f"#/$defs/{name}'" in used
    }
    return {
        key: value
        for key, value in _strict(whole).items()
        if value != {} or key == "properties"
    }


@cache
def _whole() -> dict[str, Any]:
    return Draft.model_json_schema()


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _strict(node: Any) -> Any:
    """The same schema without titles, defaults and docstrings, and with every property required."""
    if isinstance(node, list):
        return [_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    drop = {"title", "default"} | (
        {"description"} if node.get("type") == "object" else set()
    )
    out = {key: _each(key, value) for key, value in node.items() if key not in drop}
    if node.get("type") == "object":
        out |= {"required": list(node["properties"]), "additionalProperties": False}
    return out


def _each(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):
        return {name: _strict(part) for name, part in value.items()}
    return _strict(value)


def parse(
    value: object, fields: Collection[str] = ITEMS
) -> tuple[Draft, list[Problem]]:
    """Read what the model sent, field by field, so that one bad field does not cost the others.

    Args:
        value: the decoded JSON, of any shape.
        fields: the fields that were asked for.

    Returns:
        The draft, empty where a field was absent or had another shape, and a `schema` problem
        for each of those. Keys that nobody asked for are dropped.
    """
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    kept: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in Draft.model_fields:
        if name not in fields:
            continue
        if name not in given:
            problems.append(Problem("schema", name, "missing"))
            continue
        kept[name], wrong = _read(name, given[name])
        problems += wrong
    return Draft.model_construct(**kept), problems


def _read(name: str, value: Any) -> tuple[Any, list[Problem]]:
    kind: Any = Draft.model_fields[name].annotation
    if get_origin(kind) is not tuple:
        got, wrong = _item(kind, value, name)
        return (kind() if got is None else got), wrong
    if not isinstance(value, list | tuple):
        return (), [Problem("schema", name, "list")]
    limit = _whole()["properties"][name]["maxItems"]
    items, problems = [], []
    for place, each in enumerate(value[:limit]):
        got, wrong = _item(get_args(kind)[0], each, f"{name}.{place}")
        items.append(get_args(kind)[0]() if got is None else got)
        problems += wrong
    return tuple(items), problems


def _item(kind: Any, value: Any, path: str) -> tuple[Any, list[Problem]]:
    if isinstance(value, Mapping):
        value = (
            {key: each for key, each in value.items() if key in kind.model_fields}
            if kind is not str
            else value
        )
    size = max((len(each) for each in _strings(value)), default=0)
    if size > LONGEST_TEXT:
        return None, [Problem("length", path, words=f"{size} > {LONGEST_TEXT}")]
    try:
        return _adapter(kind).validate_python(value, strict=True), _absent(
            kind, value, path
        )
    except ValidationError as error:
        return None, [Problem("schema", path, words=error.errors()[0]["msg"].lower())]


def _strings(value: Any) -> Iterator[str]:
    yield from (
        each
        for each in (value.values() if isinstance(value, Mapping) else [value])
        if isinstance(each, str)
    )


def _absent(kind: Any, value: Any, path: str) -> list[Problem]:
    missing = (
        [] if kind is str else [key for key in kind.model_fields if key not in value]
    )
    return [Problem("schema", path, "key", key) for key in missing]


def replace(draft: Draft, part: Draft, failed: Collection[str]) -> Draft:
    """The draft with what failed taken out and the second try put in its place.

    Args:
        draft: the first try.
        part: the second try; only its non-empty fields are used.
        failed: dotted paths of the problems. "takeaways" (without a number) replaces the whole
        list.
    """
    changes: dict[str, Any] = {}
    for name in {path.partition(".")[0] for path in failed}:
        old, new = getattr(draft, name), getattr(part, name)
        if not isinstance(old, tuple) or name in failed:
            changes[name] = new or old
            continue
        changes[name] = _mended(
            old,
            new,
            {place for place in range(len(old)) if f"{name}.{place}" in failed},
        )
    return draft.model_copy(update=changes)


def _mended(
    old: tuple[Any, ...], new: tuple[Any, ...], wrong: Collection[int]
) -> tuple[Any, ...]:
    """The list with new items in the places of the wrong ones, so that steps stay in order."""
    fresh = iter([each for each in new if each not in old])
    mended = (
        next(fresh, None) if place in wrong else each for place, each in enumerate(old)
    )
    return tuple(each for each in mended if each is not None)
