"""A digest of a run, sent to the people who wait for it: e-mail, Slack, Telegram, Feishu,
DingTalk, WeCom …

The services are apprise's; an address may name variables of the environment
(`tgram://$TOKEN/$CHAT`), so that no key stands in config.toml. Addresses are never printed:
they are keys themselves.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from pipeline.console.run_report import (
    Pending,
    RunReport,
    TopicReport,
    cost_in_words,
)
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import ConfigError, ServiceDown, UsageError

if TYPE_CHECKING:
    from apprise import NotifyBase

    from pipeline import config

LIMIT = 4000
"""Bytes of a digest where a service takes more: about what a telephone shows in ten screens."""
PENDING = 8
"""Waiting papers that are named; the others are counted."""
TIMEOUT = 30.0
"""Seconds for one service; a run does not wait longer to end."""
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_REST = "… {count} more lines; `screen status` shows them."


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. Plain text."""

    title: str
    body: str
    alarm: bool = False
    """Somebody should look; services that can show it as a warning."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A service that did not take a message."""

    place: int
    """In [notify] urls, from 1."""
    service: str
    """Its scheme, as written: "tgram"; "" when the whole address is a variable."""
    why: str

    def __str__(self) -> str:
        name = f"{self.place} ({self.service})" if self.service else str(self.place)
        return f"notify.urls {name}: {self.why}"


def due(report: RunReport, when: Literal["news", "always", "trouble"]) -> bool:
    """Whether the run is worth a message."""
    return {"always": True, "news": report.news, "trouble": False}[
        when
    ] or report.trouble


def digest(report: RunReport, limit: int = LIMIT) -> Message:
    """The run in a few lines, the most important first; whole lines are left out beyond the limit.

    Args:
        report: of the run.
        limit: bytes of the body in UTF-8.
    """
    return Message(_title(report), fit(list(_lines(report)), limit), report.trouble)


def send_digest(
    settings: config.Notify, report: RunReport, environ: Mapping[str, str] = os.environ
) -> list[Failure]:
    """Send the digest where one is due. A service that fails is told on stderr and does not
    stop the others.
    """
    if not due(report, settings.when):
        return []
    failures = send(settings.urls, lambda limit: digest(report, limit), environ)
    for failure in failures:
        sys.stderr.write(terminal_safe(f"screen: {failure}") + "\n")
    return failures


def send_test(settings: config.Notify, environ: Mapping[str, str] = os.environ) -> str:
    """Send a test to every address; how many took it.

    Raises:
        UsageError: no address is configured.
        ServiceDown: one did not take it.
    """
    if not settings.urls:
        raise UsageError(
            "No address is configured.",
            step='Add one to config.toml: [notify] urls = ["mailto://…"].',
        )
    test = Message(
        "screen: a test",
        "This is what `screen doctor --notify` sends. Digests of the runs will come here.",
    )
    failures = send(settings.urls, lambda _: test, environ)
    if failures:
        words = "; ".join(map(str, failures))
        raise ServiceDown(
            words + ".",
            step="Correct the address; apprise's documentation lists their forms.",
        )
    return f"{len(settings.urls)} of {len(settings.urls)} addresses took a test"


def check_addresses(settings: config.Notify, environ: Mapping[str, str]) -> str:
    """Read the addresses of messages without sending any; what to tell of them.

    Raises:
        ConfigError: one names a variable that is not set, or no known service.
    """
    for number, url in enumerate(settings.urls, start=1):
        why = _unusable(url, environ)
        if why:
            raise ConfigError(
                f"Address {number} of [notify] urls: {why}.",
                step="apprise's documentation lists the forms, as in mailto://….",
                key="notify.urls",
            )
    return f"{len(settings.urls)} addresses" if settings.urls else "nobody is told"


def _unusable(url: str, environ: Mapping[str, str]) -> str:
    """Why an address cannot be sent to; "" when it can."""
    try:
        address = expand(url, environ)
    except KeyError as error:
        return f"the environment variable {error.args[0]} is not set"
    return "" if _service(address) else "it names no service that is known"


def send(
    urls: Sequence[str], compose: Callable[[int], Message], environ: Mapping[str, str]
) -> list[Failure]:
    """Send a message to each address, composed for the bytes that its service takes.

    Returns:
        The services that did not take it.
    """
    found = (_send_one(url, compose, environ) for url in urls)
    named = (
        (place, url.partition("://"), why)
        for place, (url, why) in enumerate(zip(urls, found, strict=True), 1)
    )
    return [
        Failure(place, scheme[:20] if mark else "", why)
        for place, (scheme, mark, _), why in named
        if why
    ]


def expand(url: str, environ: Mapping[str, str]) -> str:
    """An address with the variables it names. A value that is no whole address is
    percent-encoded where needed.

    Raises:
        KeyError: a variable is not set; its argument is the name.
    """

    def value(match: re.Match[str]) -> str:
        text = environ[match[1] or match[2]]
        return text if "://" in text else quote(text, safe=":/%+-._~=,!")

    return _VARIABLE.sub(value, url)


def fit(lines: Sequence[str], limit: int) -> str:
    """As many whole lines as the bytes allow, and how many are missing; at least the beginning
    of the first.
    """
    whole = "\n".join(lines)
    if _size(whole) <= limit:
        return whole
    for kept in range(len(lines) - 1, 0, -1):
        text = "\n".join([*lines[:kept], _REST.format(count=len(lines) - kept)])
        if _size(text) <= limit:
            return text
    return lines[0].encode()[:limit].decode(errors="ignore")


def _send_one(
    url: str, compose: Callable[[int], Message], environ: Mapping[str, str]
) -> str:
    """What went wrong, or nothing."""
    try:
        address = expand(url, environ)
    except KeyError as error:
        return f"the environment variable {error.args[0]} is not set"
    service = _service(address)
    if service is None:
        return "not an address that apprise knows"
    return "" if _deliver(service, compose) else "the service did not take the message"


def _service(address: str) -> NotifyBase | None:
    from apprise import Apprise

    # Its log quotes addresses and answers of services.
    logging.getLogger("apprise").addFilter(_never)
    made: Any = Apprise.instantiate(address, suppress_exceptions=True)
    return made if hasattr(made, "body_maxlen") else None


def _never(_: logging.LogRecord) -> bool:
    return False


def _deliver(service: NotifyBase, compose: Callable[[int], Message]) -> bool:
    from apprise import Apprise, NotifyFormat, NotifyType

    heading = compose(LIMIT).title
    # Where a service has no title, apprise puts it above the body.
    room = service.body_maxlen - (0 if service.title_maxlen else _size(heading) + 2)
    message = compose(max(1, min(LIMIT, room)))
    box = Apprise()
    box.add(service)
    kind = NotifyType.WARNING if message.alarm else NotifyType.INFO
    return bool(
        box.notify(
            message.body,
            message.title,
            kind,
            body_format=NotifyFormat.TEXT,
            timeout=TIMEOUT,
        )
    )


def _title(report: RunReport) -> str:
    if report.news:
        what = _count(report.posted, "new paper") if report.posted else "updates"
    elif report.outcome == "down":
        what = "could not run"
    else:
        what = "nothing new"
    return f"screen {report.date}: {what}" + (
        ", with trouble" if report.trouble else ""
    )


def _lines(report: RunReport) -> Iterator[str]:
    usage = report.usage
    parts = [f"{_count(report.posted, 'paper')} posted", f"{report.pending} pending"]
    parts += (
        [f"{cost_in_words(usage)} for {_count(usage.calls, 'call')}"]
        if usage.calls
        else []
    )
    yield ", ".join([*parts, f"{report.seconds:.0f} s"]) + "."
    if report.stopped:
        yield "The run was stopped before its end; the next one goes on."
    for trouble in report.troubles:
        yield f"! {_tame(trouble.what)} {_tame(trouble.step)}".rstrip()
    for topic in report.topics:
        yield ""
        yield from _topic(topic, report.silence(topic))
    yield from _pending(report)


def _topic(topic: TopicReport, silence: str) -> Iterator[str]:
    counts = [f"{topic.found} found", f"{topic.kept} kept", f"{topic.posted} posted"]
    counts += [_count(topic.updates, "update")] if topic.updates else []
    counts += [f"{topic.asides} maybe"] if topic.asides else []
    yield f"# {_tame(topic.topic)}: {', '.join(counts)}"
    if silence:
        yield _tame(silence)
    for number, paper in enumerate(topic.top, 1):
        yield f"{number}. {_tame(paper.title, 200)}"
        yield from filter(None, (_tame(paper.line, 200), _link(paper.link)))


def _pending(report: RunReport) -> Iterator[str]:
    waiting: dict[str, Pending] = {
        paper.paper_id: paper for topic in report.topics for paper in topic.pending
    }
    if not waiting:
        return
    yield ""
    yield "# Pending"
    for paper in list(waiting.values())[:PENDING]:
        when = (
            f"next try {paper.next_try:%Y-%m-%d}"
            if paper.next_try
            else "given up; `screen retry` tries again"
        )
        yield f"{_tame(paper.paper_id)}: {_tame(paper.reason, 200)} ({when})"
    if len(waiting) > PENDING:
        yield f"… and {len(waiting) - PENDING} more"


def _tame(text: str, longest: int = 400) -> str:
    """One short line that mentions nobody: services turn `@all` into a call to everyone."""
    line = " ".join(terminal_safe(text).split()).replace("@", "＠")
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _link(address: str) -> str:
    return address if re.fullmatch(r"https?://[\x21-\x7e]+", address) else ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
