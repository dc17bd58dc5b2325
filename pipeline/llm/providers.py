"""Where the known providers are, what their models cost, and which of them a run uses.

Prices are USD a million tokens, the dearest tier that a review can fall in; the comment at each
says who stated it and when. Change one here or set `[model] price`. A model that is not listed
has an unknown price.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

from pipeline.errors import ConfigError
from pipeline.llm.budget import UNKNOWN, Price


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a model."""

    price: Price = UNKNOWN
    context: int = 0
    """Tokens, input and output together; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider that speaks OpenAI's chat-completions protocol."""

    base_url: str
    name: str = ""
    """Its usual model for this work; "" where only the user can know."""
    key_env: str = ""
    """The environment variable that holds the key; "" when it needs none."""
    url_env: str = ""
    """The environment variable that may name another address, as the provider's own tools read
    it.
    """
    models: Mapping[str, Known] = field(default_factory=dict)
    limit_key: str = "max_tokens"
    """The option that limits the reply."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further options of a request. Reviews need no hidden reasoning: its tokens are paid as
    output.
    """


NO_THINKING = {"thinking": {"type": "disabled"}}

PRESETS: Mapping[str, Preset] = {
    "openai": Preset(
        "https://api.openai.com/v1",
        "gpt-4.1-mini",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        {  # OpenAI's price list as quoted in March 2026; 4.1 and 4o still listed in November 2026
            "gpt-4.1": Known(Price(2.00, 8.00), 1_047_576),
            "gpt-4.1-mini": Known(Price(0.40, 1.60), 1_047_576),
            "gpt-4.1-nano": Known(Price(0.10, 0.40), 1_047_576),
            "gpt-4o": Known(Price(2.50, 10.00), 128_000),
            "gpt-4o-mini": Known(Price(0.15, 0.60), 128_000),
            "gpt-5": Known(Price(1.25, 10.00), 400_000),
            "gpt-5-mini": Known(Price(0.25, 2.00), 400_000),
            "gpt-5-nano": Known(Price(0.05, 0.40), 400_000),
            "gpt-5.4": Known(Price(2.50, 15.00), 272_000),
            "gpt-5.4-mini": Known(Price(0.75, 4.50)),
            "gpt-5.4-nano": Known(Price(0.20, 1.25)),
        },
        "max_completion_tokens",
    ),
    "deepseek": Preset(
        "https://api.deepseek.com",
        "deepseek-flash",
        "DEEPSEEK_API_KEY",
        models={  # api-docs.deepseek.com, autumn 2026: the price of peak hours, twice that of the others
            "deepseek-flash": Known(Price(0.30, 1.20), 1_000_000),
            "deepseek-v4-flash": Known(Price(0.30, 1.20), 1_000_000),
            "deepseek-v4-pro": Known(Price(1.32, 3.96), 1_000_000),
        },
        extra=NO_THINKING,
    ),
    "gemini": Preset(
        "https://generativelanguage.googleapis.com/v1beta/openai",
        "gemini-3.1-flash-lite",
        "GEMINI_API_KEY",
        models={  # Google's price list as quoted in April and May 2026
            "gemini-3.1-flash-lite": Known(Price(0.25, 1.50), 1_048_576),
            "gemini-2.5-flash": Known(Price(0.30, 2.50), 1_048_576),
            "gemini-2.5-flash-lite": Known(Price(0.10, 0.40), 1_048_576),
            "gemini-2.5-pro": Known(Price(2.50, 15.00), 1_048_576),
        },
    ),
    "qwen": Preset(
        "https://dashscope.aliyuncs.com/compatible-mode/v1",
        "qwen-plus",
        "DASHSCOPE_API_KEY",
        # the international price quoted in 2026; mainland China is cheaper
        models={"qwen-plus": Known(Price(0.40, 1.20), 1_000_000)},
    ),
    "glm": Preset(
        "https://open.bigmodel.cn/api/paas/v4",
        "glm-4.7",
        "ZHIPUAI_API_KEY",
        models={  # Z.ai's international prices as collected in 2026
            "glm-4.7": Known(Price(0.60, 2.20), 200_000),
            "glm-4.6": Known(Price(0.60, 2.20), 200_000),
            "glm-4.5-air": Known(Price(0.20, 1.10), 128_000),
            "glm-5": Known(Price(1.00, 3.20)),
            "glm-5.3": Known(Price(1.40, 4.40), 1_048_576),  # August 2026
        },
        extra=NO_THINKING,
    ),
    "moonshot": Preset(
        "https://api.moonshot.cn/v1",
        "kimi-k2.6",
        "MOONSHOT_API_KEY",
        # Moonshot's international price as collected in 2026
        models={"kimi-k2.6": Known(Price(0.95, 4.00), 262_144)},
        extra=NO_THINKING,
    ),
    "ollama": Preset("http://127.0.0.1:11434/v1"),
    "vllm": Preset("http://127.0.0.1:8000/v1"),
    "custom": Preset("", key_env="SCREEN_MODEL_KEY"),
}

AUTO = tuple(
    name for name, preset in PRESETS.items() if preset.key_env and preset.base_url
)
"""Providers that `provider = "auto"` looks for, in this order."""


class ModelConfig(Protocol):
    """The keys of `[model]` that choose an endpoint."""

    @property
    def provider(self) -> str: ...  # noqa: D102
    @property
    def base_url(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def key_env(self) -> str: ...  # noqa: D102
    @property
    def context(self) -> int: ...  # noqa: D102
    @property
    def price(self) -> Any: ...  # noqa: D102
    @property
    def prices(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def fallback(self) -> str: ...  # noqa: D102


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
    price: Price = UNKNOWN
    fallback: str = ""
    fallback_price: Price = UNKNOWN
    limit_key: str = "max_tokens"
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its address for messages and the store: without what may be a secret in it."""
        return place_of(self.base_url)

    @property
    def local(self) -> bool:
        """On this machine: costs nothing and needs no key."""
        return is_loopback(self.base_url)


def choose(model: ModelConfig, environ: Mapping[str, str]) -> Endpoint | None:
    """The endpoint that the configuration and the keys of the environment lead to; None for the
    extractive review.

    Raises:
        ConfigError: a provider without its key, its address or its model's name.
    """
    provider = _provider(model, environ)
    if not provider:
        return None
    preset = PRESETS[provider]
    base_url = (
        model.base_url or environ.get(preset.url_env, "") or preset.base_url
    ).rstrip("/")
    if base_url and not _is_address(base_url):
        raise ConfigError(
            "[model] base_url is no address of a model.",
            step="Begin it with https://.",
            key="model.base_url",
        )
    _need(
        base_url,
        "base_url",
        f'provider = "{provider}" needs [model] base_url.',
        "Name the endpoint's address.",
    )
    name = model.name or preset.name
    if not is_loopback(base_url):
        _need(
            name,
            "name",
            f"[model] name is empty, and {provider} has no usual model.",
            "Name the model it serves.",
        )
    at_home = urlsplit(base_url).hostname == urlsplit(preset.base_url).hostname
    known, other = (
        _known(preset, one) if at_home else Known() for one in (name, model.fallback)
    )
    price = _price(model.prices.get(name)) or _price(model.price) or known.price
    return Endpoint(
        provider,
        base_url,
        name,
        key=_key(model, preset, base_url, environ, provider),
        key_env=model.key_env or preset.key_env,
        context=min(model.context, known.context or model.context),
        price=price,
        fallback=model.fallback,
        fallback_price=_price(model.prices.get(model.fallback)) or other.price or price,
        limit_key=preset.limit_key,
        extra=preset.extra if at_home else {},
    )


def _price(stated: Any) -> Price:
    return Price(stated.input, stated.output) if stated else UNKNOWN


def _provider(model: ModelConfig, environ: Mapping[str, str]) -> str:
    if model.provider == "extractive":
        return ""
    if model.provider != "auto":
        return model.provider
    found = next(
        (name for name in AUTO if environ.get(PRESETS[name].key_env, "").strip()), ""
    )
    if found and not model.base_url:
        return found
    if model.base_url and (
        is_loopback(model.base_url)
        or environ.get(model.key_env or PRESETS["custom"].key_env)
    ):
        return "custom"
    return found


def _need(value: str, key: str, message: str, step: str) -> None:
    if not value:
        raise ConfigError(message, step=step, key=f"model.{key}")


def _key(
    model: ModelConfig,
    preset: Preset,
    base_url: str,
    environ: Mapping[str, str],
    provider: str,
) -> str:
    """The key; endpoints on this machine get along without, but the client insists on a word."""
    variable = model.key_env or preset.key_env
    key = environ.get(variable, "").strip() if variable else ""
    if not key.isascii() or not key.isprintable():
        raise ConfigError(
            f"{variable} holds characters that no key has.",
            step="Copy the key again.",
            key="model.key_env",
        )
    if not key and not is_loopback(base_url):
        variable = variable or "[model] key_env"
        raise ConfigError(
            f'{variable} is not set, and provider = "{provider}" needs its key there.',
            step=f'Set {variable} in the environment, or choose provider = "extractive".',
            key="model.key_env",
            variable=variable,
        )
    return key or "none"


def _known(preset: Preset, name: str) -> Known:
    """The model of that name; a dated release ("gpt-4.1-mini-2025-04-14") is that model too."""
    base = re.sub(r"-(\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest)$", "", name)
    return preset.models.get(name) or preset.models.get(base) or Known()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
        )
    except ValueError:
        return False


def place_of(url: str) -> str:
    """An address without user, password and query, which may hold a key."""
    parts = urlsplit(url)
    return urlunsplit(
        (parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")
    )


def is_loopback(url: str) -> bool:
    """Is that address on this machine?"""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
