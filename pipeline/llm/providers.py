"""Where the known providers are, what their models cost, and which of them a run uses."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pipeline.errors import ConfigError
from pipeline.llm.budget import TokenPrice
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.config import Model, Price

NO_KEY = "none"
"""Sent to a server that needs no key; some insist on a word."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of a model."""

    price: TokenPrice | None = None
    context: int = 0
    """Tokens, input and output together; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider that speaks OpenAI's chat-completions protocol; see providers.toml."""

    base_url: str
    name: str = ""
    """Its usual model for this work; "" where only the user can know."""
    key_env: str = ""
    """The environment variable that holds the key; "" when it needs none."""
    url_env: str = ""
    models: Mapping[str, ModelFacts] = field(default_factory=dict)
    limit_key: str = "max_tokens"
    options: Mapping[str, Any] = field(default_factory=dict)

    def facts(self, name: str) -> ModelFacts:
        """Look a model up; a dated release ("gpt-4.1-mini-2025-04-14") is that model too."""
        base = re.sub(r"-(\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest)$", "", name)
        return self.models.get(name) or self.models.get(base) or ModelFacts()


@cache
def presets() -> Mapping[str, Preset]:
    """Read the table of the known providers."""
    path = Path(__file__).with_name("providers.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _preset(part) for name, part in table.items()}


def _preset(part: Mapping[str, Any]) -> Preset:
    models = {
        name: _facts(facts) for name, facts in part.get("models", {}).items()
    }
    return Preset(**{**part, "models": models})


def _facts(stated: Mapping[str, Any]) -> ModelFacts:
    return ModelFacts(TokenPrice(*stated["price"]), stated.get("context", 0))


def providers_by_key() -> tuple[str, ...]:
    """Name the providers that `provider = "auto"` looks for, in this order."""
    table = presets().items()
    return tuple(
        name for name, preset in table if preset.key_env and preset.base_url
    )


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is and how it is called."""

    provider: str
    base_url: str
    name: str
    """"" for a server on this machine: the first model it lists."""
    key: str = field(repr=False)
    """The secret itself; never logged, hashed or stored."""
    context: int
    """Tokens, input and output together."""
    key_env: str = ""
    """Where the key came from."""
    price: TokenPrice | None = None
    """None when it is unknown."""
    fallback: str = ""
    """The model that is asked when the first is down."""
    checker: str = ""
    """The model for second opinions; "" = the first one."""
    prices: Mapping[str, TokenPrice] = field(default_factory=dict)
    """Of the other models, by name."""
    limit_key: str = "max_tokens"
    options: Mapping[str, Any] = field(default_factory=dict)
    """Further options of the provider, left out where the server does not know them."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further options of the user, always sent."""

    @property
    def place(self) -> str:
        """Its address for messages and the store: without what may be a secret in it."""
        return address_for_messages(self.base_url)

    @property
    def local(self) -> bool:
        """On this machine: it needs no key."""
        return is_loopback(self.base_url)

    def price_of(self, model: str) -> TokenPrice | None:
        """Return what that model costs; None when it is unknown."""
        if model in self.prices:
            return self.prices[model]
        own = not self.name or model in (self.name, self.fallback)
        return self.price if own else None


def choose_endpoint(
    model: Model, environ: Mapping[str, str]
) -> Endpoint | None:
    """Find the endpoint that [model] and the keys of the environment lead to.

    Returns:
        None where no model is configured: reviews are extractive then.

    Raises:
        ConfigError: a provider without its key, its address or its model's name.
    """
    provider = _provider(model, environ)
    if not provider:
        return None
    preset = presets()[provider]
    stated = (
        model.base_url or environ.get(preset.url_env, "") or preset.base_url
    )
    base_url = _checked_address(stated.strip(), provider)
    name = _model_name(model, preset, provider, base_url)
    at_home = urlsplit(base_url).hostname == urlsplit(preset.base_url).hostname
    known = preset if at_home else Preset(base_url, limit_key=preset.limit_key)
    facts = known.facts(name)
    price = _price(model.prices.get(name)) or _price(model.price) or facts.price
    return Endpoint(
        provider,
        base_url,
        name,
        key=_key(model, preset, base_url, environ, provider),
        key_env=model.key_env or preset.key_env,
        context=min(model.context, facts.context or model.context),
        price=price,
        fallback=model.fallback,
        checker=model.checker,
        prices=_other_prices(model, known),
        limit_key=preset.limit_key,
        options=known.options,
        extra=model.extra,
    )


def _price(stated: Price | None) -> TokenPrice | None:
    """The price as configured; zeros stand for the known one."""
    if stated is None or not (stated.input or stated.output):
        return None
    return TokenPrice(stated.input, stated.output)


def _other_prices(model: Model, preset: Preset) -> dict[str, TokenPrice]:
    """Prices of the models that may be asked beside the first."""
    names = {model.fallback, model.checker, *model.prices} - {""}
    found = {
        name: _price(model.prices.get(name)) or preset.facts(name).price
        for name in names
    }
    return {name: price for name, price in found.items() if price}


def _provider(model: Model, environ: Mapping[str, str]) -> str:
    if model.provider == "extractive":
        return ""
    if model.provider != "auto":
        return model.provider
    keyed = (
        name
        for name in providers_by_key()
        if environ.get(presets()[name].key_env, "").strip()
    )
    found = next(keyed, "")
    if found and not model.base_url:
        return found
    own_key = environ.get(model.key_env or presets()["custom"].key_env)
    if model.base_url and (is_loopback(model.base_url) or own_key):
        return "custom"
    return found


def _model_name(
    model: Model, preset: Preset, provider: str, base_url: str
) -> str:
    name = model.name or preset.name
    if not name and not is_loopback(base_url):
        raise ConfigError(
            _(
                "[model] name is empty, and {provider} has no usual model.",
                provider=provider,
            ),
            step=_("Name the model it serves."),
            key="model.name",
        )
    return name


def _key(
    model: Model,
    preset: Preset,
    base_url: str,
    environ: Mapping[str, str],
    provider: str,
) -> str:
    """The key; servers on this machine get along without."""
    variable = model.key_env or preset.key_env
    key = environ.get(variable, "").strip() if variable else ""
    if not key.isascii() or not key.isprintable():
        raise ConfigError(
            _(
                "{variable} holds characters that no key has.",
                variable=variable,
            ),
            step=_("Copy the key again."),
            key="model.key_env",
        )
    if not key and not is_loopback(base_url):
        variable = variable or "[model] key_env"
        raise ConfigError(
            _(
                '{variable} is not set, and provider = "{provider}" needs its key '
                "there.",
                variable=variable,
                provider=provider,
            ),
            step=_(
                "Set {variable} in the environment, or choose provider = "
                '"extractive".',
                variable=variable,
            ),
            key="model.key_env",
            variable=variable,
        )
    return key or NO_KEY


def _checked_address(stated: str, provider: str) -> str:
    """The address without a closing slash of its path."""
    if not stated:
        raise ConfigError(
            _(
                'provider = "{provider}" needs [model] base_url.',
                provider=provider,
            ),
            step=_("Name the endpoint's address."),
            key="model.base_url",
        )
    if not _is_address(stated):
        raise ConfigError(
            _("[model] base_url is no address of a model."),
            step=_("Begin it with https://."),
            key="model.base_url",
        )
    parts = urlsplit(stated)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/")))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https")
        return known and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def address_for_messages(url: str) -> str:
    """Take user, password and query from an address: they may hold a key."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def address_of(base_url: str, path: str) -> tuple[str, dict[str, str]]:
    """Join a path to the base address, whose query comes after it.

    Returns:
        The address without a query, and the query.
    """
    parts = urlsplit(base_url)
    joined = parts.path.rstrip("/") + path
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit((parts.scheme, parts.netloc, joined, "", "")), query


def is_loopback(url: str) -> bool:
    """Is that address on this machine?"""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
