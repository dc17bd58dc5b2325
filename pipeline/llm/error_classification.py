"""What an error of the endpoint means: try again, ask otherwise, shorten, or stop."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from openai import APIConnectionError, APIStatusError

TOO_MANY = 429
SERVER_ERROR = 500
BAD_REQUEST = (400, 422)
REFUSES_ALL = {
    401: "refuses the key",
    402: "has no credit left",
    403: "does not permit this",
    404: "is not known",
}
TOO_LARGE = 413

LONGEST = 1000
"""Characters of an error that are looked at; 200 are shown."""
ECHO = 24
"""Characters in a row that stand in the request too, from which on they are taken for a
repetition of it.
"""

# Words of the servers behind the presets, of vLLM, llama.cpp and Ollama; none of them has a
# code for all cases.
_LONG = re.compile(
    r"context[ _](length|window|size)|maximum (context|input|prompt|number of tokens)|too (long|many tokens|large)"
    r"|reduce the length|exceeds? (the )?(model|max|limit|available|context)|input length|token limit|上下文|超长|过长",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"response_?format|json_?schema|json_?object|structured output|guided|schema",
    re.IGNORECASE,
)
_OUTPUT = re.compile(
    r"max_(completion_)?tokens|completion tokens|output tokens", re.IGNORECASE
)
_OPTION = re.compile(r"max_(completion_)?tokens|thinking", re.IGNORECASE)
_NO_MODEL = re.compile(
    r"model.{0,60}(not exist|not found|unknown|no such)|(unknown|invalid|no such) model|模型不存在",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(
    r"insufficient_quota|insufficient (balance|quota|credit)|exceeded your current quota|billing"
    r"|余额不足|欠费",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"content.{0,10}(filter|policy|risk)|inspection|safety|sensitive|敏感",
    re.IGNORECASE,
)
_STATED = (
    re.compile(
        r"(?:maximum|max(?:imum)? context|limit)[^\d]{0,60}?([\d,]{4,})", re.IGNORECASE
    ),
    re.compile(
        r"(?:resulted in|requested|you (?:sent|passed)|your (?:prompt|input)[^\d]{0,40}?|contains)\D{0,30}?([\d,]{4,})",
        re.IGNORECASE,
    ),
)


_SECRET = re.compile(
    r"(?<=://)[^\s/@]{1,300}(?=@)|([?&][\w.-]{1,60}=)[^\s&\"')]{1,300}"
)
"""User and password in an address, values in its query."""


class NoCompletion(Exception):
    """The endpoint answered 200 with something that is no chat completion."""


def worth_another_try(error: BaseException) -> bool:
    """Timeouts, lost connections, too many requests, errors of the server and answers that are
    none. Nothing else.
    """
    if isinstance(error, APIStatusError):
        throttled = error.status_code == TOO_MANY and not _NO_CREDIT.search(
            _words(error)
        )
        return throttled or error.status_code >= SERVER_ERROR
    return isinstance(error, APIConnectionError | TimeoutError | NoCompletion)


def retry_after(error: BaseException | None, now: datetime) -> float | None:
    """Seconds that the endpoint asks to wait, stated as a number or as a date (RFC 9110,
    10.2.3).
    """
    if not isinstance(error, APIStatusError):
        return None
    stated = error.response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", stated):
        return float(stated)
    try:
        then = parsedate_to_datetime(stated)
    except (
        ValueError,
        TypeError,
        IndexError,
        OverflowError,
    ):  # what the parser raises for what is no date
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def refuses_all(error: APIStatusError) -> str:
    """Why no call can succeed, in words; "" when another may."""
    words = _words(error)
    if error.status_code == TOO_MANY or error.status_code in BAD_REQUEST:
        if _NO_CREDIT.search(words):
            return REFUSES_ALL[402]
        about_request = form_unsupported(error) or option_unsupported(error)
        unknown = error.code == "model_not_found" or (
            _NO_MODEL.search(words) and not about_request
        )
        return REFUSES_ALL[404] if unknown and error.status_code in BAD_REQUEST else ""
    return REFUSES_ALL.get(error.status_code, "")


def form_unsupported(error: APIStatusError) -> bool:
    """The server does not know this response format or this schema."""
    return (
        error.status_code in BAD_REQUEST
        and not too_long(error)
        and bool(_FORM.search(_words(error)))
    )


def option_unsupported(error: APIStatusError) -> str:
    """The option that the server does not know, "" when it is something else."""
    if error.status_code not in BAD_REQUEST or too_long(error):
        return ""
    found = _OPTION.search(f"{error.param or ''} {_words(error)}")
    return found.group(0).lower() if found else ""


def output_limit(error: APIStatusError, asked: int) -> int:
    """The longest reply that may be asked for, when that is what the server objects to; else 0."""
    words = _words(error)
    if (
        error.status_code not in BAD_REQUEST
        or not _OUTPUT.search(words)
        or "context" in words
    ):
        return 0
    return max(
        (
            int(number)
            for number in re.findall(r"\d{3,7}", words)
            if int(number) < asked
        ),
        default=0,
    )


def too_long(error: APIStatusError) -> bool:
    """The prompt is longer than the model takes."""
    if error.status_code == TOO_LARGE or error.code == "context_length_exceeded":
        return True
    return error.status_code in BAD_REQUEST and bool(_LONG.search(_words(error)))


def refused(error: APIStatusError) -> bool:
    """A filter before the model did not let the text through."""
    return error.status_code in BAD_REQUEST and bool(
        _REFUSED.search(f"{error.code} {_words(error)}")
    )


def stated_limit(error: APIStatusError) -> tuple[int, int]:
    """Tokens that the model takes and tokens that were sent, as the message states them; 0
    where it does not.
    """
    words = _words(error)
    found = [pattern.search(words) for pattern in _STATED]
    limit, sent = (
        int(match.group(1).replace(",", "")) if match else 0 for match in found
    )
    return limit, sent if sent > limit else 0


def one_line(error: BaseException, key: str, sent: str = "") -> str:
    """The error for a user: one short line without the key, secrets of an address and what was
    sent.
    """
    words = (
        _words(error)
        if isinstance(error, APIStatusError)
        else str(error) or type(error).__name__
    )
    if isinstance(error, APIConnectionError) and error.__cause__:
        words = f"{words} {error.__cause__}"
    words = words.replace(key, "…") if len(key) > len("none") else words
    words = _SECRET.sub(lambda found: f"{found[1] or ''}…", words)
    words = re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", words)
    words = _own(words[:LONGEST], " ".join(sent.split()))
    status = f"{error.status_code} " if isinstance(error, APIStatusError) else ""
    return f"{status}{words.strip()[:200]}"


def _own(words: str, sent: str) -> str:
    """The words without each stretch of them, ECHO characters or longer, that stands in the
    text that was sent.
    """
    kept, at = "", 0
    while at < len(words):
        length = ECHO
        while at + length <= len(words) and words[at : at + length] in sent:
            length += 1
        echoed = length > ECHO
        kept += "…" if echoed else words[at]
        at += length - 1 if echoed else 1
    return kept


def _words(error: BaseException) -> str:
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        return f"{body.get('message', '')} {body.get('code', '') or ''}"
    return str(error)
