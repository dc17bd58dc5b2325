"""What an error of the endpoint means for the next request, as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from pipeline.llm.reply.server_error import ServerError


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
    NO_ANSWER = auto()
    """No connection, or one that broke."""
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


HOPELESS = frozenset(
    {
        ErrorCause.KEY_REFUSED,
        ErrorCause.NO_CREDIT,
        ErrorCause.NOT_PERMITTED,
        ErrorCause.UNKNOWN_MODEL,
        ErrorCause.WRONG_ADDRESS,
        ErrorCause.QUOTA_USED_UP,
    }
)
"""No request of this run can succeed."""

PASSING = frozenset(
    {
        ErrorCause.THROTTLED,
        ErrorCause.SERVER_TROUBLE,
        ErrorCause.NO_ANSWER,
        ErrorCause.TIMED_OUT,
        ErrorCause.GARBLED,
        ErrorCause.WEB_PAGE,
        ErrorCause.INVALID_OUTPUT,
    }
)
"""The same request may succeed a little later."""

REFUSED = (400, 422)
ANY: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """Words that mean a cause when they come with one of these statuses; () = with any."""

    cause: ErrorCause
    statuses: tuple[int, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def applies(self, error: ServerError) -> bool:
        """Does that error say so?"""
        if self.statuses and error.status not in self.statuses:
            return False
        if self.unless and self.unless.search(error.text):
            return False
        return bool(self.pattern.search(error.text))


def _rule(
    cause: ErrorCause, statuses: tuple[int, ...], words: str, unless: str = ""
) -> ErrorRule:
    without = re.compile(unless, re.IGNORECASE) if unless else None
    return ErrorRule(cause, statuses, re.compile(words, re.IGNORECASE), without)


RULES = (
    _rule(
        ErrorCause.FILTERED,
        (200, 400, 403, 422, 451, 500),
        r"content.{0,10}(filter|policy|risk|management)|data_?inspection|inappropriate"
        r"|safety (system|setting|filter|reason)|sensitive|敏感|moderation|flagged"
        r"|responsible.?ai|recitation|prohibited.?content|prompt.{0,12}blocked|不安全|违规",
    ),
    _rule(
        ErrorCause.NO_CREDIT,
        (429,),
        r"insufficient_quota|exceeded_current_quota|account balance|余额不足|欠费",
    ),
    _rule(
        ErrorCause.QUOTA_USED_UP, (429,), r"per[_ -]?day|daily (limit|quota)|当日|每日"
    ),
    _rule(
        ErrorCause.KEY_REFUSED,
        (200, 400, 403),
        r"api[_ -]?key[_ ](not valid|invalid|is invalid|expired|not found)"
        r"|(invalid|incorrect|wrong|missing|expired|malformed).{0,12}\b(api[_ -]?key|token|credential)"
        r"|invalid_?api_?key|authentication|unauthori[sz]ed|鉴权|api.?key.{0,6}(无效|错误|不正确)",
        unless=r"tokens?\b.{0,20}(limit|maximum)|max_",
    ),
    _rule(
        ErrorCause.NO_CREDIT,
        (200, 400, 403),
        r"insufficient[_ ](balance|quota|credit|funds)|arrear|good standing|余额不足|欠费"
        r"|exceeded your current (token )?quota|billing|payment required|overdue|out of credits",
    ),
    _rule(
        ErrorCause.NOT_PERMITTED,
        (200, 400, 451),
        r"(country|region|territory|location).{0,40}not (be )?(supported|available)"
        r"|not (supported|available) in your (country|region)|must be verified|access denied"
        r"|permission.?denied|account.{0,30}(suspended|disabled|deactivated|blocked)|账号.{0,8}(禁用|封禁)",
    ),
    _rule(
        ErrorCause.INVALID_OUTPUT,
        (*REFUSED, 500),
        r"json_validate_failed|failed_generation|failed to (validate|generate|parse|produce).{0,20}json"
        r"|(model|output|generated).{0,30}(not valid|invalid) json|tool_use_failed",
    ),
    _rule(
        ErrorCause.STREAM_ONLY,
        (*REFUSED, 500),
        r"only supports? (the )?stream|non-?streaming|enable the stream|stream.{0,30}must be.{0,10}true"
        r"|streaming is (required|only)|requires? stream|仅支持流式|只支持流式",
    ),
    _rule(
        ErrorCause.SYSTEM_ROLE,
        (*REFUSED, 500),
        r"developer instruction|system.{0,3}(role|messages?|instructions?|prompts?).{0,40}"
        r"(not|n't|un)\s?(supported|enabled|allowed|permitted)|(not|n't) support.{0,30}\bsystem\b"
        r"|only user and assistant roles|roles must alternate|(role|input).{0,20}[\"'`]system[\"'`]",
    ),
    _rule(
        ErrorCause.OUTPUT_OPTION,
        (*REFUSED, 500),
        r"max_(completion_|output_)?tokens\W{0,3}(must be (less|smaller|at most|between|in)|should be)",
    ),
    _rule(
        ErrorCause.OUTPUT_OPTION,
        (*REFUSED, 500),
        r"max_(completion_|output_)?tokens|max_new_tokens|completion tokens|output tokens",
        unless=r"context|prompt|\binputs?\W{0,2} (length|tokens?)|response_format",
    ),
    _rule(
        ErrorCause.TOO_LONG,
        (200, 413, 500, *REFUSED),
        r"context[ _](length|window|size|limit)|maximum (context|input|prompt|number of tokens)"
        r"|too (long|many tokens|large)|reduce the length|input length|token limit|string_above_max"
        r"|exceeds? (the )?(model|max|limit|available|context)|must be <=|when context|上下文|超长|过长",
    ),
    _rule(
        ErrorCause.OTHER_OPTION,
        REFUSED,
        r"enable_thinking|\bthinking\b|chat_template_kwargs|reasoning_effort|stream_options"
        r"|(unknown|unrecognized|unexpected|unsupported).{0,30}(\bextra|field|parameter)",
        unless=r"response_?format|json_?schema|\bstrict\b|max_(completion_)?tokens",
    ),
    _rule(
        ErrorCause.STRICT,
        REFUSED,
        r"(unrecognized|unknown|unsupported|unexpected|extra|not (supported|permitted|allowed))"
        r".{0,60}\bstrict\b|\bstrict\b.{0,60}(unknown|not (supported|permitted|allowed)|unsupported)",
    ),
    _rule(
        ErrorCause.UNKNOWN_MODEL,
        (200, 404, *REFUSED),
        r"(model|deployment)_?not_?(found|exist)"
        r"|(model|deployment).{0,60}(not exist|not found|unknown|no such|not a valid model)"
        r"|(unknown|invalid|no such) model|no endpoints found for|no models? (is |are )?loaded|not a valid model"
        r"|model.{0,40}(deprecated|decommissioned|retired|shut down)|模型.{0,12}不存在",
        unless=r"response_?format|json_?schema|max_(completion_)?tokens|thinking",
    ),
    _rule(
        ErrorCause.FORM,
        (200, 404, 500, 501, *REFUSED),
        r"response_?format|json_?schema|json_?object|structured output|guided|grammar|schema"
        r"|requested parameters",
    ),
    _rule(
        ErrorCause.THROTTLED,
        REFUSED,
        r"overloaded|try again|temporar|rate.?limit|too many requests|server is busy|capacity",
    ),
)
"""In this order; the first that applies counts. Words of the servers behind the presets, of
gateways before them, of vLLM, llama.cpp, LM Studio and Ollama; none has a code for all cases.
"""

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

_LIMIT = re.compile(
    r"(?:maximum|max(?:imum)? context|limit|must be <=|context (?:size|length|window)[^\d>]{0,30}|n_ctx)"
    r"[^\d]{0,60}?([\d,]{4,})",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"(?:resulted in|requested|you (?:sent|passed)|your (?:prompt|input)[^\d]{0,40}?|contains"
    r"|request has|first|input of|token count|given:)\D{0,30}?([\d,]{4,})",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"([\d,]{4,})(?: tokens)? ?> ?([\d,]{4,})\b(?! ?-)")


def classify(error: ServerError) -> ErrorCause:
    """Tell what an error means."""
    if error.status == 429 and _never_fits(error):  # noqa: PLR2004
        return ErrorCause.TOO_LONG
    if error.status == 429 and _no_credit(error):  # noqa: PLR2004
        return ErrorCause.NO_CREDIT
    if error.shape == "html" and error.status in (200, *REFUSED):
        return ErrorCause.WEB_PAGE
    if error.status not in (401, 402):
        for rule in RULES:
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
        r"exceeded your current quota|billing|insufficient", error.text, re.IGNORECASE
    )
    return bool(said) and error.wait is None


def stated_limit(error: ServerError) -> tuple[int, int]:
    """Read the tokens that the model takes and those that were sent; 0 where not stated."""
    limit, sent = (_first_number(each, error.words) for each in (_LIMIT, _SENT))
    more = _MORE_THAN.search(error.words)
    if more:
        sent, limit = (_number(part) for part in more.groups())
    limit, sent = error.context or limit, error.prompt or sent
    return limit, sent if sent > limit else 0


def _first_number(pattern: re.Pattern[str], words: str) -> int:
    found = pattern.search(words)
    return _number(found[1]) if found else 0


def _number(text: str) -> int:
    digits = text.replace(",", "")[:9]
    return int(digits) if digits else 0


def allowed_output(error: ServerError, asked: int) -> int:
    """Read the longest reply that may be asked for, below what was asked; 0 where not stated."""
    numbers = (int(number) for number in re.findall(r"\d{3,7}", error.words))
    return max((number for number in numbers if number < asked), default=0)


def objects_to_type(error: ServerError) -> bool:
    """Does it refuse the type of the form, rather than something in the schema?"""
    return bool(
        re.search(r"json_schema|response_format\.type|type must be", error.text)
    ) and not re.search(
        r"(?i)m(?:ax|in)(?:Length|Items)|invalid schema|compile|keyword|permitted",
        error.text,
    )
