"""Names of topics as they are given on the command line."""

from __future__ import annotations

import sys

from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.paper import Topic
from pipeline.translation import gettext as _


def read_topic(config: Config, name: str) -> Topic:
    """Understand the name of a topic; how it was understood goes to stderr.

    Raises:
        UsageError: it misspells a configured topic, or nothing of it is known.
        ConfigError: it holds no word.
    """
    topic = config.topic(name)
    if topic.configured:
        return topic
    from pipeline.screen.topics.understanding import understand_topic

    found = understand_topic(name, config.topic, config.topics)
    if found.note:
        sys.stderr.write(terminal_safe(found.note) + "\n")
    return found.topic


def read_configured_topic(config: Config, name: str, known: list[str]) -> Topic:
    """Understand the name of a topic that is configured, or that the store knows.

    Raises:
        UsageError: it is neither.
    """
    stored = {one.casefold(): one for one in known}
    topic = config.topic(stored.get(name.strip().casefold(), name))
    if topic.configured or topic.name in known:
        return topic
    from pipeline.errors import UsageError
    from pipeline.screen.topics.understanding import find_near_miss

    near = find_near_miss(topic.name, [*config.topics, *known])
    raise UsageError(
        _('There is no topic "{topic}".', topic=topic.name),
        step=_('Did you mean "{near}"?', near=near)
        if near
        else _("Topics: {names}.", names=", ".join([*config.topics])),
    )
