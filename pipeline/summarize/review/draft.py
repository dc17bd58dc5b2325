"""What the model is asked to write: the review before it is checked. Facts (authors, links) are
not in it.

The fields and what is asked of each are `pipeline.review_fields`; here are their schema, and the
reading of a reply that may have any shape. The schema keeps to what OpenAI's strict mode takes:
every property required, no others allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pipeline.review_fields import BY_KEY, REVIEW_FIELDS, ReviewField

LONGEST_TEXT = 5_000
"""Characters of one text of a reply that are looked at: an abstract has 2,000, a looping model
has no end.
"""


class DraftPart(BaseModel):
    """A piece of the draft: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftStatement(DraftPart):
    """One sentence about the paper and the place that bears it out."""

    text: str = ""
    quote: str = ""
    aspect: str = ""
    """What it is about, where the field has a list of such; see `Claim.aspect`."""


class Affiliation(DraftPart):
    """Where the first author works."""

    institution: str = ""
    """As printed on page 1."""
    affiliation: str = ""
    """The same in the language of the review."""


class Draft(DraftPart):
    """The whole review as the model writes it; empty where it wrote nothing of use.

    `abstract` is asked for only where `[output] translate_abstract` is set.
    """

    summary: DraftStatement = DraftStatement()
    takeaways: tuple[DraftStatement, ...] = ()
    cue: str = ""
    title: str = ""
    affiliation: Affiliation = Affiliation()
    keywords: tuple[str, ...] = ()
    background: tuple[DraftStatement, ...] = ()
    past: tuple[DraftStatement, ...] = ()
    method: tuple[DraftStatement, ...] = ()
    performance: tuple[DraftStatement, ...] = ()
    methods: tuple[DraftStatement, ...] = ()
    significance: tuple[DraftStatement, ...] = ()
    innovation: tuple[DraftStatement, ...] = ()
    results: tuple[DraftStatement, ...] = ()
    workload: tuple[DraftStatement, ...] = ()
    limits: tuple[DraftStatement, ...] = ()
    availability: tuple[DraftStatement, ...] = ()
    abstract: str = ""


ITEMS = tuple(one.key for one in REVIEW_FIELDS if one.key != "abstract")
"""The fields that a whole review has, in the order in which they are written."""
STATEMENTS = tuple(one.key for one in REVIEW_FIELDS if one.shape == "list")
"""The fields that hold lists of statements."""
REQUIRED = tuple(one.key for one in REVIEW_FIELDS if one.required)
"""The fields without which a review is incomplete."""


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
class DraftText:
    """One text of a draft and where it stands."""

    path: str
    text: str
    quote: str | None
    """None where no quote is asked for."""

    @property
    def key(self) -> str:
        """The field that it stands in."""
        return self.path.partition(".")[0]


def short_quote(quote: str, words: int = 25) -> str:
    """Give the beginning of a quote: enough to be found, too little to replace the paper."""
    return " ".join(quote.split()[:words])


def statements(
    draft: Draft, fields: Collection[str] = ITEMS
) -> Iterator[DraftText]:
    """All statements with their quotes, in the order of the draft."""
    for one in REVIEW_FIELDS:
        if one.key not in fields:
            continue
        value = getattr(draft, one.key)
        if one.shape == "line":
            yield DraftText(one.key, value.text, value.quote)
        elif one.shape == "list":
            for place, each in enumerate(value):
                yield DraftText(f"{one.key}.{place}", each.text, each.quote)


def statement_at(draft: Draft, path: str) -> DraftStatement:
    """The statement at a dotted path that `statements` gave."""
    name, _, place = path.partition(".")
    value = getattr(draft, name)
    found: DraftStatement = value[int(place)] if place else value
    return found


def texts(draft: Draft, fields: Collection[str] = ITEMS) -> Iterator[DraftText]:
    """All texts of a draft but the affiliation: statements, texts without a quote, keywords."""
    yield from statements(draft, fields)
    for one in REVIEW_FIELDS:
        if one.key not in fields:
            continue
        if one.shape == "text":
            yield DraftText(one.key, getattr(draft, one.key), None)
        elif one.shape == "words":
            for place, word in enumerate(getattr(draft, one.key)):
                yield DraftText(f"{one.key}.{place}", word, None)


def fields_of(problems: Iterable[Problem]) -> tuple[str, ...]:
    """The names of the fields that hold a problem, in the order of the draft, each once."""
    wanted = {problem.field.partition(".")[0] for problem in problems}
    return tuple(one.key for one in REVIEW_FIELDS if one.key in wanted)


# ---- the schema

_TEXT = {"type": "string"}


def schema(
    fields: Collection[str] = ITEMS,
    language: str = "zh",
    *,
    repair: bool = False,
) -> dict[str, Any]:
    """The JSON schema of those fields: for the whole review, a part of it or a repair.

    A quote stands before its text, since models write in order and shall choose it first.

    Args:
        fields: keys of the fields.
        language: ISO 639-1 code; limits of length depend on it.
        repair: ask for at least one entry of a list, where one may be all that is needed.
    """
    wanted = [one for one in REVIEW_FIELDS if one.key in fields]
    properties = {one.key: _property(one, language, repair) for one in wanted}
    shape = _object(properties)
    if any(one.shape == "list" and not one.aspects for one in wanted):
        how = "verbatim from the paper, contiguous, 5-25 words"
        quote = {**_TEXT, "description": how}
        shape["$defs"] = {"Statement": _object({"quote": quote, "text": _TEXT})}
    return shape


def _property(one: ReviewField, language: str, repair: bool) -> dict[str, Any]:
    if one.shape == "line":
        limit = one.longest_in(language, LONGEST_TEXT)
        return _object({"quote": _TEXT, "text": {**_TEXT, "maxLength": limit}})
    if one.shape == "affiliation":
        return _object(
            {
                "institution": {
                    **_TEXT,
                    "description": "of the first author, as printed on page 1; empty if none",
                },
                "affiliation": {
                    **_TEXT,
                    "description": "the same in the language of the review",
                },
            }
        )
    if one.shape == "text":
        return (
            {**_TEXT, "description": one.description}
            if one.description
            else {**_TEXT}
        )
    items = _TEXT if one.shape == "words" else _entry(one)
    fewest = min(one.fewest, 1) if repair else one.fewest
    return {
        "type": "array",
        "items": items,
        "minItems": fewest,
        "maxItems": one.most,
    }


def _entry(one: ReviewField) -> dict[str, Any]:
    if not one.aspects:
        return {"$ref": "#/$defs/Statement"}
    aspect = {"type": "string", "enum": list(one.aspects)}
    return _object({"aspect": aspect, "quote": _TEXT, "text": _TEXT})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# ---- the reply


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def parse(
    value: object, fields: Collection[str] = ITEMS
) -> tuple[Draft, list[Problem]]:
    """Read what the model sent, field by field, so that one bad field does not cost the others.

    Args:
        value: the decoded JSON, of any shape.
        fields: the fields that were asked for.

    Returns:
        The draft, empty where a field was absent or had another shape, and a `schema` problem
        for each of those; of fields that may stay empty only where others are absent too. Keys
        that nobody asked for are dropped.
    """
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    broken = any(name in fields and name not in given for name in REQUIRED)
    kept: dict[str, Any] = {}
    problems: list[Problem] = []
    for one in REVIEW_FIELDS:
        if one.key not in fields:
            continue
        if one.key not in given:
            if broken or one.required:
                problems.append(Problem("schema", one.key, "missing"))
            continue
        kept[one.key], wrong = _read(one.key, given[one.key])
        problems += wrong
    return Draft.model_construct(**kept), problems


def _read(name: str, value: Any) -> tuple[Any, list[Problem]]:
    kind: Any = Draft.model_fields[name].annotation
    if get_origin(kind) is not tuple:
        got, wrong = _item(kind, value, name)
        return (kind() if got is None else got), wrong
    if not isinstance(value, list | tuple):
        return (), [Problem("schema", name, "list")]
    kind = get_args(kind)[0]
    items: list[Any] = []
    problems: list[Problem] = []
    for place, each in enumerate(value[: BY_KEY[name].most]):
        got, wrong = _item(kind, each, f"{name}.{place}")
        items.append(kind() if got is None else got)
        problems += wrong
    return tuple(items), problems


def _item(kind: Any, value: Any, path: str) -> tuple[Any, list[Problem]]:
    if isinstance(value, Mapping) and kind is not str:
        known = kind.model_fields
        value = {key: each for key, each in value.items() if key in known}
    size = max((len(each) for each in _strings(value)), default=0)
    if size > LONGEST_TEXT:
        return None, [Problem("length", path, words=f"{size} > {LONGEST_TEXT}")]
    try:
        read = _adapter(kind).validate_python(value, strict=True)
    except ValidationError as error:
        return None, [
            Problem("schema", path, words=error.errors()[0]["msg"].lower())
        ]
    return read, _absent(kind, value, path)


def _strings(value: Any) -> Iterator[str]:
    parts = value.values() if isinstance(value, Mapping) else [value]
    yield from (each for each in parts if isinstance(each, str))


def _absent(kind: Any, value: Any, path: str) -> list[Problem]:
    if kind is str:
        return []
    wanted = [key for key in kind.model_fields if key != "aspect"]
    return [
        Problem("schema", path, "key", key)
        for key in wanted
        if key not in value
    ]


# ---- the repair


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
        wrong = {
            place for place in range(len(old)) if f"{name}.{place}" in failed
        }
        changes[name] = _mended(old, new, wrong)
    return draft.model_copy(update=changes)


def _mended(
    old: tuple[Any, ...], new: tuple[Any, ...], wrong: Collection[int]
) -> tuple[Any, ...]:
    """The list with new items in the places of the wrong ones, so that steps stay in order; empty
    ones where there are too few.
    """
    fresh = iter([each for each in new if each not in old])
    return tuple(
        next(fresh, type(each)()) if place in wrong else each
        for place, each in enumerate(old)
    )
