"""A topic given by its words as a proposal for config.toml."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import (
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from typing import Any

from pipeline.common.clean import printable_line
from pipeline.paper import Topic
from pipeline.screen.llm_screening import Ask
from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.query_expansion import leaves_out
from pipeline.screen.terms.thesaurus import Term, load_thesaurus
from pipeline.screen.terms.topic_words import (
    Alternative,
    split_topic,
)
from pipeline.screen.topics.name_spelling import plain_abbreviations, spell_name


@dataclass(frozen=True, slots=True)
class ProposalLimits:
    """How much goes into a proposal."""

    phrases: int = 16
    signs: int = 24
    exclude: int = 12
    categories: int = 6
    part_names: int = 3
    """Names of a part of the topic's name."""
    words: int = 8
    """Words of a phrase at most."""
    description: int = 400
    """Characters of a description."""


proposal_limits = ProposalLimits()

INSTRUCTIONS = """\
You help to set up a search for new arXiv papers on a research topic. Given the topic and a first
proposal, give a better one.
name: the usual English name, at most six words.
phrases: phrases that papers on the topic have in title or abstract, lower case.
signs: further phrases that show it, too wide or too rare to search for; "a + b" wants both in one
sentence.
exclude: phrases of other subjects that share words with it.
categories: arXiv categories, as in cs.CV.
description: one or two sentences that say what belongs to it.
"""


def _list_of(kind: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": kind}}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "phrases": _list_of("string"),
        "signs": _list_of("string"),
        "exclude": _list_of("string"),
        "categories": _list_of("string"),
        "description": {"type": "string"},
    },
    "required": [
        "name",
        "phrases",
        "signs",
        "exclude",
        "categories",
        "description",
    ],
    "additionalProperties": False,
}


def propose_topic(bare: Topic) -> Topic:
    """Propose phrases, signs and categories for a bare topic, from the thesaurus.

    Raises:
        UsageError: its name is an abbreviation of several terms.
    """
    title = spell_name(bare.name)
    alternatives = split_topic(title)
    terms = [term for one in alternatives for term in _terms(one)]
    wholes = [text for one in alternatives for text in _phrases(one)]
    names = [name for one in alternatives for name in _names(one)]
    kinds = [kind for term in terms for kind in term.kinds]
    apart = [sign for one in alternatives for sign in _apart(one)]
    return Topic(
        name=title[:1].upper() + title[1:],
        phrases=_distinct([*wholes, *names])[: proposal_limits.phrases],
        signs=_distinct([*kinds, *apart], but=[*wholes, *names])[
            : proposal_limits.signs
        ],
        categories=_categories(alternatives, terms),
        description=_describe(title, names, kinds),
    )


def _terms(alternative: Alternative) -> Sequence[Term]:
    """Terms of which an alternative is a name or the abbreviation."""
    thesaurus, part = (
        load_thesaurus(),
        compile_phrase(" ".join(alternative.words)),
    )
    terms = (
        *thesaurus.find(part.content),
        *thesaurus.by_abbreviation.get(part.abbreviation.upper(), ()),
    )
    return [term for term in terms if not term.is_word]


def _names(alternative: Alternative) -> Iterator[str]:
    """Other names of the whole; none that leaves a word out, since each phrase is enough."""
    part = compile_phrase(" ".join(alternative.words))
    for term in _terms(alternative):
        for name in (*term.names, *plain_abbreviations(term)):
            if not leaves_out(compile_phrase(name), part):
                yield name


def _phrases(alternative: Alternative) -> Iterator[str]:
    yield from alternative.quoted
    if alternative.text:
        yield alternative.text


def _apart(alternative: Alternative) -> Iterator[str]:
    """Two parts of a name in one sentence, each by any of its names: "human + motion synthesis"."""
    words = alternative.words
    for at in range(1, len(words)):
        ours, theirs = (
            _part_names(words[:at]),
            _part_names(words[at:]),
        )
        if len(ours) > 1 or len(theirs) > 1 or len(words) == 2:  # noqa: PLR2004 - a pair
            yield from (
                f"{first} + {second}" for first in ours for second in theirs
            )


def _part_names(words: Sequence[str]) -> list[str]:
    text = " ".join(words).lower()
    terms = load_thesaurus().find(compile_phrase(text).content)
    names = [name for term in terms for name in term.names]
    return list(_distinct([text, *names]))[: proposal_limits.part_names]


def _distinct(texts: Iterable[str], but: Iterable[str] = ()) -> tuple[str, ...]:
    """Each phrase once, however it is written."""
    seen = {compile_phrase(text).words for text in but}
    found = []
    for text in texts:
        words = compile_phrase(text).words
        if words and words not in seen:
            seen.add(words)
            found.append(text)
    return tuple(found)


def _categories(
    alternatives: Sequence[Alternative], terms: Sequence[Term]
) -> tuple[str, ...]:
    """The categories of the terms; where the name is no term, of terms with the most of its words."""
    if not terms:
        words = {
            word
            for one in alternatives
            for word in compile_phrase(" ".join(one.words)).content
        }
        terms = _related(words)
    counts = Counter(category for term in terms for category in term.categories)
    return tuple(
        name for name, _ in counts.most_common(proposal_limits.categories)
    ) or ("cs",)


def _related(words: set[str]) -> list[Term]:
    shared = [
        (
            len(words & set(compile_phrase(term.en).content)),
            term,
        )
        for term in load_thesaurus().terms
    ]
    most = max(
        (count for count, term in shared if not term.is_word),
        default=0,
    )
    return [
        term for count, term in shared if count == most > 0 and not term.is_word
    ]


def _describe(name: str, names: Sequence[str], kinds: Sequence[str]) -> str:
    others = [
        text for text in _distinct(names, but=[name]) if not text.isupper()
    ]
    parts = [name[:1].upper() + name[1:]]
    if others:
        parts.append(f"also called {', '.join(others[:6])}")
    if kinds:
        parts.append(f"for example {', '.join(_distinct(kinds)[:6])}")
    return ("; ".join(parts) + ".")[: proposal_limits.description]


async def refine_proposal(proposal: Topic, words: str, ask: Ask) -> Topic:
    """Let a model better a proposal, by one call; what it says amiss is left out."""
    told = {
        "topic": words,
        "proposal": {
            "name": proposal.name,
            "phrases": proposal.phrases,
            "signs": proposal.signs,
            "categories": proposal.categories,
        },
    }
    messages = [
        {"role": "system", "content": INSTRUCTIONS},
        {
            "role": "user",
            "content": json.dumps(told, ensure_ascii=False),
        },
    ]
    answer = await ask(messages, SCHEMA)
    return replace(
        proposal,
        phrases=_distinct([*proposal.phrases, *_texts(answer, "phrases")])[
            : proposal_limits.phrases
        ],
        signs=_distinct(
            [*proposal.signs, *_texts(answer, "signs")],
            but=proposal.phrases,
        )[: proposal_limits.signs],
        exclude=_distinct(_texts(answer, "exclude"), but=proposal.phrases)[
            : proposal_limits.exclude
        ],
        categories=_checked_categories(answer) or proposal.categories,
        description=_line(answer.get("description")) or proposal.description,
    )


def _texts(answer: Mapping[str, Any], key: str) -> list[str]:
    found = answer.get(key)
    texts = [_line(text) for text in found] if isinstance(found, list) else []
    return [
        text
        for text in texts
        if text and len(text.split()) <= proposal_limits.words
    ]


def _line(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return printable_line(text, proposal_limits.description)


def _checked_categories(
    answer: Mapping[str, Any],
) -> tuple[str, ...]:
    known = {
        category
        for term in load_thesaurus().terms
        for category in term.categories
    }
    return tuple(
        text for text in _texts(answer, "categories") if text in known
    )[: proposal_limits.categories]


def format_proposal(topic: Topic) -> str:
    """Write a topic as a table for config.toml."""
    lists = {
        "phrases": topic.phrases,
        "signs": topic.signs,
        "categories": topic.categories,
        "exclude": topic.exclude,
    }
    lines = [f"[topics.{_quote(topic.name)}]"]
    lines += [
        f"{key} = [{', '.join(map(_quote, values))}]"
        for key, values in lists.items()
    ]
    lines += [
        f"description = {_quote(topic.description)}",
        f"threshold = {topic.threshold}",
    ]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    """A TOML basic string; JSON escapes what TOML wants escaped, and DEL besides."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
