"""What an error of the endpoint means for the next request, as a value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.llm.failures.server_error import ServerError


class ErrorCause(Enum):
    """Why a request got no completion."""

    KEY_REFUSED = auto()
    NO_CREDIT = auto()
    NOT_PERMITTED = auto()
    UNKNOWN_MODEL = auto()
    WRONG_ADDRESS = auto()
    QUOTA_USED_UP = auto()
    """Of the day or month; waiting for minutes does not help."""

    THROTTLED = auto()
    SERVER_TROUBLE = auto()
    UNREACHABLE = auto()
    """No connection."""
    NO_ANSWER = auto()
    """A connection that broke."""
    TIMED_OUT = auto()
    GARBLED = auto()
    """Something that is no completion."""
    WEB_PAGE = auto()
    """Mostly a wrong address, now and then a gateway's notice."""
    INVALID_OUTPUT = auto()
    """The server itself found that the model had not kept to the form."""

    TOO_LONG = auto()
    OUTPUT_OPTION = auto()
    """It objects to the limit of the reply: its name or its size."""
    FORM = auto()
    STRICT = auto()
    STREAM_ONLY = auto()
    SYSTEM_ROLE = auto()
    OTHER_OPTION = auto()
    UNEXPLAINED = auto()

    FILTERED = auto()
    """A filter did not let the text through."""

    @property
    def is_hopeless(self) -> bool:
        """Whether no request of this run can succeed."""
        return self in {
            ErrorCause.KEY_REFUSED,
            ErrorCause.NO_CREDIT,
            ErrorCause.NOT_PERMITTED,
            ErrorCause.UNKNOWN_MODEL,
            ErrorCause.WRONG_ADDRESS,
            ErrorCause.QUOTA_USED_UP,
        }

    @property
    def is_passing(self) -> bool:
        """Whether the same request may succeed a little later."""
        return self in {
            ErrorCause.THROTTLED,
            ErrorCause.SERVER_TROUBLE,
            ErrorCause.UNREACHABLE,
            ErrorCause.NO_ANSWER,
            ErrorCause.TIMED_OUT,
            ErrorCause.GARBLED,
            ErrorCause.WEB_PAGE,
            ErrorCause.INVALID_OUTPUT,
        }


class RequestFailed(Exception):
    """A request that got no completion: why, and what the server said."""

    def __init__(self, cause: ErrorCause, error: ServerError) -> None:
        super().__init__(error.words)
        self.cause = cause
        self.error = error


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """Words that mean a cause when they come with one of these statuses."""

    cause: ErrorCause
    statuses: frozenset[int]
    words: re.Pattern[str]
    unless: re.Pattern[str] | None

    def applies(self, error: ServerError) -> bool:
        """Does that error say so?"""
        if error.status not in self.statuses:
            return False
        excepted = self.unless and self.unless.search(error.text)
        return not excepted and bool(self.words.search(error.text))


@cache
def error_rules() -> tuple[ErrorRule, ...]:
    """Read the rules of error_rules.toml; the first that applies counts."""
    path = Path(__file__).with_name("error_rules.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(map(_rule, table["rule"]))


def _rule(part: Mapping[str, Any]) -> ErrorRule:
    unless = part.get("unless")
    return ErrorRule(
        ErrorCause[part["cause"]],
        frozenset(part["statuses"]),
        _any_of(part["words"]),
        _any_of(unless) if unless else None,
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_BY_STATUS = {
    401: ErrorCause.KEY_REFUSED,
    402: ErrorCause.NO_CREDIT,
    403: ErrorCause.NOT_PERMITTED,
    404: ErrorCause.WRONG_ADDRESS,
    405: ErrorCause.WRONG_ADDRESS,
    408: ErrorCause.SERVER_TROUBLE,
    409: ErrorCause.SERVER_TROUBLE,
    410: ErrorCause.WRONG_ADDRESS,
    413: ErrorCause.TOO_LONG,
    425: ErrorCause.THROTTLED,
    429: ErrorCause.THROTTLED,
    498: ErrorCause.THROTTLED,
}


@dataclass(frozen=True, slots=True)
class TokenPatterns:
    """How servers state what they take and what was sent, in tokens."""

    limit: re.Pattern[str] = re.compile(
        r"(?:maximum|max(?:imum)? context|limit|must be <=|n_ctx"
        r"|context (?:size|length|window)[^\d>]{0,30})[^\d]{0,60}?([\d,]{4,})",
        re.IGNORECASE,
    )
    sent: re.Pattern[str] = re.compile(
        r"(?:resulted in|requested|you (?:sent|passed)|your (?:prompt|input)[^\d]{0,40}?"
        r"|contains|request has|first|input of|token count|given:)\D{0,30}?([\d,]{4,})",
        re.IGNORECASE,
    )
    more_than: re.Pattern[str] = re.compile(
        r"([\d,]{4,})(?: tokens)? ?> ?([\d,]{4,})\b(?! ?-)"
    )
    """Sent, and the limit; not where something is subtracted from it."""


token_patterns = TokenPatterns()


def classify(error: ServerError) -> ErrorCause:
    """Tell what an error means."""
    if error.status == 429 and _never_fits(error):  # noqa: PLR2004
        return ErrorCause.TOO_LONG
    if error.status == 429 and _no_credit(error):  # noqa: PLR2004
        return ErrorCause.NO_CREDIT
    if error.shape == "html" and error.status in (200, 400, 422):
        return ErrorCause.WEB_PAGE
    if error.status not in (401, 402):
        for rule in error_rules():
            if rule.applies(error):
                return rule.cause
    return _by_status(error.status)


def _by_status(status: int) -> ErrorCause:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:  # noqa: PLR2004
        return ErrorCause.SERVER_TROUBLE
    if status < 300:  # noqa: PLR2004
        return ErrorCause.GARBLED
    return ErrorCause.WRONG_ADDRESS if status < 400 else ErrorCause.UNEXPLAINED  # noqa: PLR2004


def _never_fits(error: ServerError) -> bool:
    """A quota of tokens a minute that this one request alone would pass."""
    limit, sent = stated_limit(error)
    return 0 < limit < sent


def _no_credit(error: ServerError) -> bool:
    """The words that both an empty account and a minute's quota have, and no time to wait."""
    said = re.search(
        r"exceeded your current quota|billing|insufficient",
        error.text,
        re.IGNORECASE,
    )
    return bool(said) and error.wait is None


def stated_limit(error: ServerError) -> tuple[int, int]:
    """Read the tokens that the model takes and those that were sent; 0 where not stated."""
    limit = _first_number(token_patterns.limit, error.words)
    sent = _first_number(token_patterns.sent, error.words)
    compared = token_patterns.more_than.search(error.words)
    if compared:
        sent, limit = map(_number, compared.groups())
    limit = error.context or limit
    sent = error.prompt or sent
    return limit, sent if sent > limit else 0


def _first_number(pattern: re.Pattern[str], words: str) -> int:
    found = pattern.search(words)
    return _number(found[1]) if found else 0


def _number(text: str) -> int:
    digits = text.replace(",", "")[:9]
    return int(digits) if digits else 0


def allowed_output(error: ServerError, asked: int) -> int:
    """Read the longest reply that may be asked for, below what was asked; 0 where not stated."""
    stated = re.findall(r"(?<![\w-])\d{3,7}(?![\w-])", error.words)
    smaller = (number for number in map(int, stated) if number < asked)
    return max(smaller, default=0)


def objects_to_type(error: ServerError) -> bool:
    """Does it refuse the type of the form, rather than something in the schema?"""
    of_type = re.search(
        r"json_schema|response_format[. ]type|type must be", error.text
    )
    of_schema = re.search(
        r"(?i)m(?:ax|in)(?:Length|Items)|invalid schema|compile|keyword|permitted",
        error.text,
    )
    return bool(of_type) and not of_schema
