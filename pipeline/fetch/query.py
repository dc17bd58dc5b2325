"""From a topic to arXiv's query language, and the same question as a predicate on a record.

The two mean the same: `queries` is sent to the search API, `matches` sifts what comes by
OAI-PMH. Both are wide on purpose, since screening judges more narrowly and cannot bring back
what was never asked for.

Query language: https://info.arxiv.org/help/api/user-manual.html, "Details of Query Construction".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import product
from typing import Literal
from urllib.parse import quote_plus

from pipeline.errors import ConfigError
from pipeline.paper import Paper, Topic

QUERY_LIMIT = 6000
"""Characters of an encoded query. Web servers as they are shipped refuse request lines of more
than 8 kB.
"""

PHRASE_WORDS = 12
"""Words of a phrase that are asked for. No term of a field is longer; a pasted abstract is."""

HYPHENATED_WORDS = 3
"""Up to this many words every placing of hyphens is asked for: 2, then 4 forms."""

SCATTERED_WORDS = 3
"""From so many words on they are rarely met together but in their meaning. Two such are:
"talking", "head".
"""

FIELDS = ("ti", "abs")
CATEGORY = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*(?:\.(?:[A-Za-z]+(?:-[A-Za-z]+)*|\*))?")
STOPWORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "via",
        "with",
    ]
)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, both ends in it, to the minute, as arXiv counts: in UTC."""

    since: datetime
    until: datetime
    by: Literal["submitted", "updated"] = "submitted"
    """The date of version 1, or of the newest version."""

    @classmethod
    def of_days(cls, first: date, last: date, zone: tzinfo = UTC) -> Window:
        """Whole days of a time zone, both in it."""
        since = datetime.combine(first, time.min, zone)
        until = datetime.combine(last + timedelta(days=1), time.min, zone) - timedelta(
            minutes=1
        )
        return cls(since.astimezone(UTC), until.astimezone(UTC))

    def whole_days(self) -> Window:
        """Widened to whole days of UTC: OAI-PMH dates a record by the day."""
        first, last = (
            self.since.astimezone(UTC).date(),
            self.until.astimezone(UTC).date(),
        )
        days = Window.of_days(first, last)
        return Window(days.since, days.until, self.by)

    def __contains__(self, moment: datetime) -> bool:
        return _stamp(self.since) <= _stamp(moment) <= _stamp(self.until)

    def __str__(self) -> str:
        field = "submittedDate" if self.by == "submitted" else "lastUpdatedDate"
        return f"{field}:[{_stamp(self.since)} TO {_stamp(self.until)}]"


def queries(
    topic: Topic, window: Window | None = None, *, limit: int = QUERY_LIMIT
) -> list[str]:
    """The questions, not yet URL-encoded, whose answers together are the topic's papers.

    One question as a rule; more when one would be longer than `limit` characters encoded.
    Exclusions hold for the title only: a talking-head paper may well mention attention heads in
    its abstract. Exclusions that do not fit into the half of a question are left to screening.

    Raises:
        ConfigError: a category is not written as arXiv writes them.
    """
    tail = _tail(topic, window, limit)
    groups: list[list[str]] = [[]]
    for term in dict.fromkeys(_alternatives(topic)):
        if groups[-1] and _length(_query([*groups[-1], term], tail)) > limit:
            groups.append([])
        groups[-1].append(term)
    return [_query(group, tail) for group in groups]


def matches(topic: Topic, window: Window | None = None) -> Callable[[Paper], bool]:
    """A predicate that holds for exactly the papers that `queries` finds."""
    wanted = [_words(form) for phrase in _phrases(topic) for form in _forms(phrase)]
    scattered = [_stems(phrase) for phrase in _scattered(topic)]
    excluded = [
        _words(form) for phrase in _clean(topic.exclude) for form in _forms(phrase)
    ]
    categories = _categories(topic)

    def holds(paper: Paper) -> bool:
        title, abstract = _words(paper.title), _words(paper.abstract)
        return (
            (
                window is None
                or (paper.published if window.by == "submitted" else paper.updated)
                in window
            )
            and (
                not categories
                or any(
                    _is_in(mine, asked)
                    for mine in paper.categories
                    for asked in categories
                )
            )
            and not any(_contains(title, phrase) for phrase in excluded)
            and (
                any(
                    _contains(title, phrase) or _contains(abstract, phrase)
                    for phrase in wanted
                )
                or any(
                    all(stem & {*title, *abstract} for stem in stems)
                    for stems in scattered
                )
            )
        )

    return holds


def _query(terms: Sequence[str], tail: str) -> str:
    return f"({' OR '.join(terms)}){tail}"


def _tail(topic: Topic, window: Window | None, limit: int) -> str:
    """What every question of the topic ends with."""
    tail = ""
    if categories := _categories(topic):
        tail += f" AND ({' OR '.join(f'cat:{category}' for category in categories)})"
    if window:
        tail += f" AND {window}"
    for phrase in _clean(topic.exclude):
        terms = " OR ".join(f'ti:"{form}"' for form in _forms(phrase))
        if _length(tail + terms) <= limit // 2:
            tail += f" ANDNOT ({terms})"
    return tail


def _alternatives(topic: Topic) -> Iterable[str]:
    """Terms of which one must hold."""
    for phrase in _phrases(topic):
        yield from (f'{field}:"{form}"' for form in _forms(phrase) for field in FIELDS)
    for phrase in _scattered(topic):
        yield "(" + " AND ".join(f"({_any_number(word)})" for word in phrase) + ")"


def _scattered(topic: Topic) -> list[list[str]]:
    """Phrases whose telling words may also stand apart, as "speech-driven 3D facial animation"
    puts one between.
    """
    least = SCATTERED_WORDS if topic.configured else 1
    return [
        telling
        for phrase in _phrases(topic)
        if len(telling := _telling(phrase)) >= least
    ]


def _any_number(word: str) -> str:
    return " OR ".join(
        f'{field}:"{form}"' for form in (word, *_other_number(word)) for field in FIELDS
    )


def _phrases(topic: Topic) -> list[list[str]]:
    """Each phrase as words. Without phrases the name is one, or several with a slash or comma
    between.
    """
    return (
        _clean(topic.phrases)
        or _clean(re.split(r"\s+/\s+|\s*[,;|]\s*", topic.name))
        or _clean([topic.name])
    )


def _clean(phrases: Iterable[str]) -> list[list[str]]:
    return [words for phrase in phrases if (words := _split(phrase)[:PHRASE_WORDS])]


def _split(text: str) -> list[str]:
    """Letters and digits only: nothing of the query language survives."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in STOPWORDS]


def _forms(words: Sequence[str]) -> list[str]:
    """With spaces, with hyphens, in the other number; two words also as one: lip sync,
    lip-sync, lip syncs, lipsync.
    """
    gaps = (
        product(" -", repeat=len(words) - 1)
        if len(words) <= HYPHENATED_WORDS
        else [" " * (len(words) - 1)]
    )
    forms = [
        "".join(word + gap for word, gap in zip(words, [*gap, ""], strict=True))
        for gap in gaps
    ]
    forms += [" ".join([*words[:-1], other]) for other in _other_number(words[-1])]
    if len(words) == 2:  # noqa: PLR2004 - two words written as one are common, three are not
        forms.append("".join(words))
    return list(dict.fromkeys(forms))


def _other_number(word: str) -> list[str]:
    """The plural of a singular and the other way round, by the regular rules of English."""
    if not word.isascii() or not word.isalpha() or len(word) < 3:  # noqa: PLR2004 - "3d", "of" have no plural
        return []
    if word.endswith("ies"):
        return [f"{word[:-3]}y"]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return [word[:-1]]
    if re.search(r"[^aeiou]y$", word):
        return [f"{word[:-1]}ies"]
    return [f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word) else f"{word}s"]


def _categories(topic: Topic) -> list[str]:
    """As `cat:` takes them; a whole archive ("cs") also as all of its classes ("cs.*")."""
    for category in topic.categories:
        if not CATEGORY.fullmatch(category):
            raise ConfigError(
                f'"{category}" is not an arXiv category.',
                step='Write it as in "cs.CV".',
                key=f"topics.{topic.name}.categories",
            )
    return [
        form
        for category in dict.fromkeys(topic.categories)
        for form in ([category] if "." in category else [category, f"{category}.*"])
    ]


def _is_in(category: str, asked: str) -> bool:
    return category.startswith(asked[:-1]) if asked.endswith("*") else category == asked


def _words(text: str) -> list[str]:
    """Words as arXiv's index compares them: without case, accents, hyphens and the plural s."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    )
    return [_stem(word) for word in re.findall(r"[^\W_]+", plain.lower())]


def _stem(word: str) -> str:
    return re.sub(r"(?<=[a-z]{3})s$", "", word)


def _stems(words: Sequence[str]) -> list[set[str]]:
    """For each word the stems that count as it."""
    return [
        {stem for form in (word, *_other_number(word)) for stem in _words(form)}
        for word in words
    ]


def _contains(text: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return (
        any(
            text[start : start + size] == phrase
            for start in range(len(text) - size + 1)
        )
        if size
        else False
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M")


def _length(query: str) -> int:
    return len(quote_plus(query))
