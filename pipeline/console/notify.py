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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from pipeline import PROGRAM
from pipeline.console.digest import Message, digest, digest_limits, size_of
from pipeline.console.digest_card import digest_card
from pipeline.console.digest_mail import MailDigest, digest_mail
from pipeline.console.run_report import RunReport
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import ConfigError, ServiceDown, UsageError
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from apprise import Apprise, NotifyBase

    from pipeline import config


@dataclass(frozen=True, slots=True)
class NotifyRules:
    """How long a service may take, which take cards, and how variables are written."""

    timeout: float = 30.0
    """Seconds for one service; a run does not wait longer to end."""
    cards: frozenset[str] = frozenset({"slack", "dingtalk"})
    """Services that show Markdown as a card and do not refuse what they cannot read."""
    variable: re.Pattern[str] = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


_rules = NotifyRules()


@dataclass(frozen=True, slots=True)
class DeliveryFailure:
    """A service that did not take a message."""

    place: int
    """In [notify] urls, from 1."""
    service: str
    """Its scheme, as written: "tgram"; "" when the whole address is a variable."""
    why: str
    key: str = "notify"
    """Of the configuration in which the address stands."""

    def __str__(self) -> str:
        name = (
            f"{self.place} ({self.service})"
            if self.service
            else str(self.place)
        )
        return _(
            "{key}.urls {name}: {why}", key=self.key, name=name, why=self.why
        )


def due(report: RunReport, when: Literal["news", "always", "trouble"]) -> bool:
    """Tell whether the run is worth a message."""
    return {"always": True, "news": report.news, "trouble": False}[
        when
    ] or report.trouble


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in the forms that services take."""

    text: Callable[[int], Message]
    """In plain text of at most so many bytes."""
    card: Callable[[int], Message] | None = None
    """In Markdown of at most so many bytes."""
    mail: Callable[[], MailDigest] | None = None
    """In HTML, with pictures."""


def digest_letter(report: RunReport) -> Letter:
    """Give the digest of a run in every form."""
    return Letter(
        lambda limit: digest(report, limit),
        lambda limit: digest_card(report, limit),
        lambda: digest_mail(report),
    )


def send_digest(
    settings: config.Notify,
    report: RunReport,
    environ: Mapping[str, str] = os.environ,
) -> list[DeliveryFailure]:
    """Send the digest to everyone to whom it is due, each with the topics that he follows.

    A service that fails is told on stderr and does not stop the others.
    """
    failures: list[DeliveryFailure] = []
    for place, receiver in enumerate(receivers_of(settings)):
        own = report_on(report, receiver.topics)
        if due(own, receiver.when):
            key = (
                _("notify.receivers {place}", place=place)
                if place
                else "notify"
            )
            failures += send(receiver.urls, digest_letter(own), environ, key)
    for failure in failures:
        sys.stderr.write(terminal_safe(f"{PROGRAM}: {failure}") + "\n")
    return failures


def receivers_of(settings: config.Notify) -> list[config.Receiver]:
    """List who is told: the addresses for everything first, then the receivers in order."""
    from pipeline.config import Receiver

    return [
        Receiver(urls=settings.urls, when=settings.when),
        *settings.receivers,
    ]


def report_on(report: RunReport, topics: Sequence[str]) -> RunReport:
    """Give the report on some topics only; on all where none is named."""
    if not topics:
        return report
    chosen = tuple(one for one in report.topics if one.topic in topics)
    return replace(report, topics=chosen)


def send_test(
    settings: config.Notify, environ: Mapping[str, str] = os.environ
) -> str:
    """Send a test to every address, and count those that took it.

    Raises:
        UsageError: no address is configured.
        ServiceDown: one did not take it.
    """
    told = [one for one in receivers_of(settings) if one.urls]
    if not told:
        raise UsageError(
            _("No address is configured."),
            step=_('Add one to config.toml: [notify] urls = ["mailto://…"].'),
        )
    test = Message(
        _("{program}: a test"),
        _(
            "This is what `{program} doctor --notify` sends. Digests of the "
            "runs will come here."
        ),
    )
    letter = Letter(lambda _: test)
    failures = [
        one for each in told for one in send(each.urls, letter, environ)
    ]
    if failures:
        words = "; ".join(map(str, failures))
        raise ServiceDown(
            words + ".",
            step=_(
                "Correct the address; apprise's documentation lists their forms."
            ),
        )
    number = sum(len(each.urls) for each in told)
    return _("{number} of {number} addresses took a test", number=number)


def check_addresses(settings: config.Notify, environ: Mapping[str, str]) -> str:
    """Read the addresses of messages without sending any; what to tell of them.

    Raises:
        ConfigError: one names a variable that is not set, or no known service.
    """
    for number, url in enumerate(settings.urls, start=1):
        why = _unusable(url, environ)
        if why:
            raise ConfigError(
                _(
                    "Address {number} of [notify] urls: {why}.",
                    number=number,
                    why=why,
                ),
                step=_(
                    "apprise's documentation lists the forms, as in mailto://…."
                ),
                key="notify.urls",
            )
    return (
        _("{count} addresses", count=len(settings.urls))
        if settings.urls
        else _("nobody is told")
    )


def _unusable(url: str, environ: Mapping[str, str]) -> str:
    """Why an address cannot be sent to; "" when it can."""
    try:
        address = expand(url, environ)
    except KeyError as error:
        return _(
            "the environment variable {name} is not set", name=error.args[0]
        )
    return "" if _service(address) else _("it names no service that is known")


def send(
    urls: Sequence[str],
    letter: Letter,
    environ: Mapping[str, str],
    key: str = "notify",
) -> list[DeliveryFailure]:
    """Send a message to each address, in the form and the length that its service takes.

    Args:
        urls: addresses; they may name variables of the environment.
        letter: the message.
        environ: the environment.
        key: of the configuration in which the addresses stand.

    Returns:
        The services that did not take it.
    """
    failures = []
    for place, url in enumerate(urls, 1):
        why = _send_one(url, letter, environ)
        scheme, mark, _ = url.partition("://")
        if why:
            failures.append(
                DeliveryFailure(place, scheme[:20] if mark else "", why, key)
            )
    return failures


def expand(url: str, environ: Mapping[str, str]) -> str:
    """Fill the variables that an address names.

    A value that is no whole address is percent-encoded where needed.

    Raises:
        KeyError: a variable is not set; its argument is the name.
    """

    def value(match: re.Match[str]) -> str:
        text = environ[match[1] or match[2]]
        return text if "://" in text else quote(text, safe=":/%+-._~=,!")

    return _rules.variable.sub(value, url)


def _send_one(url: str, letter: Letter, environ: Mapping[str, str]) -> str:
    """Send a letter to one address; what went wrong, or nothing."""
    try:
        address = expand(url, environ)
    except KeyError as error:
        return _(
            "the environment variable {name} is not set", name=error.args[0]
        )
    service = _service(address)
    if service is None:
        return _("not an address that apprise knows")
    plain = "format=text" in address
    taken = _deliver(
        service, replace(letter, card=None, mail=None) if plain else letter
    )
    return "" if taken else _("the service did not take the message")


def _service(address: str) -> NotifyBase | None:
    from apprise import Apprise

    # Its log quotes addresses and answers of services.
    logging.getLogger("apprise").addFilter(_never)
    made: Any = Apprise.instantiate(address, suppress_exceptions=True)
    return made if hasattr(made, "body_maxlen") else None


def _never(_: logging.LogRecord) -> bool:
    return False


def _deliver(service: NotifyBase, letter: Letter) -> bool:
    """Send in the best form that the service shows well; text where a card is not taken."""
    scheme = str(service.secure_protocol or service.protocol)
    if letter.mail and scheme == "mailtos":
        return _send_mail(service, letter.mail())
    if (
        letter.card
        and scheme in _rules.cards
        and _send_text(service, letter.card, "markdown")
    ):
        return True
    return _send_text(service, letter.text, "text")


def _send_text(
    service: NotifyBase,
    compose: Callable[[int], Message],
    form: Literal["text", "markdown"],
) -> bool:
    from apprise import NotifyType

    heading = compose(digest_limits.size).title
    # Where a service has no title, apprise puts it above the body.
    room = service.body_maxlen - (
        0 if service.title_maxlen else size_of(heading) + 2
    )
    message = compose(max(1, min(digest_limits.size, room)))
    kind = NotifyType.WARNING if message.alarm else NotifyType.INFO
    return bool(
        _box(service).notify(
            message.body,
            message.title,
            kind,
            body_format=form,
            timeout=_rules.timeout,
        )
    )


def _send_mail(service: Any, mail: MailDigest) -> bool:
    """Send a mail with its pictures in it; apprise adds the same as plain text."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in mail.pictures]
        for file in files:
            file.write_bytes(mail.pictures[file.name])
        service.inline = True
        return bool(
            _box(service).notify(
                mail.html,
                mail.title,
                body_format="html",
                attach=[str(file) for file in files],
                timeout=_rules.timeout,
            )
        )


def _box(service: NotifyBase) -> Apprise:
    from apprise import Apprise

    box = Apprise()
    box.add(service)
    return box
