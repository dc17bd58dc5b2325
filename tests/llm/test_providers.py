"""Which endpoint a configuration and the keys of the environment lead to."""

from __future__ import annotations

import pytest

from pipeline.config import Model, Price
from pipeline.errors import ConfigError
from pipeline.llm.providers import (
    choose_endpoint,
    is_loopback,
    presets,
    providers_by_key,
)

AUTO = providers_by_key()
PRESETS = presets()


def test_without_any_key_the_review_is_extractive():
    assert choose_endpoint(Model(), {}) is None


def test_extractive_wins_over_a_key():
    assert (
        choose_endpoint(Model(provider="extractive"), {"OPENAI_API_KEY": "k"})
        is None
    )


@pytest.mark.parametrize("provider", AUTO)
def test_auto_picks_the_provider_whose_key_is_there(provider):
    endpoint = choose_endpoint(Model(), {PRESETS[provider].key_env: "secret"})
    assert endpoint is not None
    assert (endpoint.provider, endpoint.base_url, endpoint.name) == (
        provider, PRESETS[provider].base_url, PRESETS[provider].name,
    )  # fmt: skip
    assert endpoint.price
    assert endpoint.context >= 100_000


def test_the_key_is_not_in_what_an_endpoint_prints():
    assert "secret" not in repr(
        choose_endpoint(Model(), {"OPENAI_API_KEY": "secret"})
    )


@pytest.mark.parametrize("provider", [*AUTO, "custom"])
def test_a_provider_without_its_key_is_an_error_that_names_the_variable(
    provider,
):
    model = Model(
        provider=provider, base_url="https://example.org/v1", name="m"
    )
    with pytest.raises(ConfigError) as raised:
        choose_endpoint(model, {})
    assert raised.value.exit_code == 2
    assert PRESETS[provider].key_env in str(raised.value)


def test_the_variable_of_the_key_can_be_named():
    endpoint = choose_endpoint(
        Model(provider="qwen", key_env="MY_KEY"),
        {"MY_KEY": "k", "DASHSCOPE_API_KEY": "other"},
    )
    assert endpoint is not None
    assert (endpoint.key, endpoint.key_env) == ("k", "MY_KEY")


def test_an_address_of_the_environment_is_used_and_does_not_have_the_prices_of_the_provider():
    environ = {
        "OPENAI_API_KEY": "test",
        "OPENAI_BASE_URL": "http://127.0.0.1:8200/v1/",
    }
    endpoint = choose_endpoint(Model(), environ)
    assert endpoint is not None
    assert (endpoint.base_url, endpoint.local, bool(endpoint.price)) == (
        "http://127.0.0.1:8200/v1",
        True,
        False,
    )


@pytest.mark.parametrize(
    "provider", ["auto", "custom", "openai", "ollama", "vllm"]
)
def test_a_server_on_this_machine_needs_neither_key_nor_name(provider):
    endpoint = choose_endpoint(
        Model(provider=provider, base_url="http://127.0.0.1:9/v1"), {}
    )
    assert endpoint is not None
    assert endpoint.key
    assert endpoint.local


def test_elsewhere_the_model_has_to_be_named():
    with pytest.raises(ConfigError, match="name"):
        choose_endpoint(
            Model(provider="custom", base_url="https://example.org/v1"),
            {"SCREEN_MODEL_KEY": "k"},
        )


def test_a_custom_provider_needs_an_address():
    with pytest.raises(ConfigError, match="base_url"):
        choose_endpoint(Model(provider="custom"), {"SCREEN_MODEL_KEY": "k"})


def test_a_price_of_the_configuration_wins():
    endpoint = choose_endpoint(
        Model(price=Price(input=7, output=9)), {"OPENAI_API_KEY": "k"}
    )
    assert endpoint is not None
    assert (endpoint.price.input, endpoint.price.output) == (7, 9)


def test_a_dated_release_has_the_price_and_context_of_its_model():
    plain = choose_endpoint(Model(name="gpt-4o-mini"), {"OPENAI_API_KEY": "k"})
    dated = choose_endpoint(
        Model(name="gpt-4o-mini-2024-07-18"), {"OPENAI_API_KEY": "k"}
    )
    assert plain is not None
    assert dated is not None
    assert (
        dated.price
        == plain.price
        != choose_endpoint(Model(name="gpt-4o"), {"OPENAI_API_KEY": "k"}).price
    )


def test_an_unknown_model_has_an_unknown_price_and_the_configured_context():
    endpoint = choose_endpoint(
        Model(name="gpt-99", context=50_000), {"OPENAI_API_KEY": "k"}
    )
    assert endpoint is not None
    assert not endpoint.price
    assert endpoint.context == 50_000


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8200/v1", True),
        ("http://127.8.8.8/v1", True),
        ("http://[::1]:80/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://localhost.example.org/v1", False),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://192.168.1.5/v1", False),
        ("nonsense", False),
    ],
)
def test_an_address_on_this_machine_is_known_as_such(url, local):
    assert is_loopback(url) is local


@pytest.mark.parametrize("key", ["“sk-1”", "sk-1\nsk-2", "密钥"])
def test_a_key_that_no_header_can_carry_is_said_without_showing_it(key):
    with pytest.raises(ConfigError) as raised:
        choose_endpoint(Model(provider="openai"), {"OPENAI_API_KEY": key})
    assert key not in str(raised.value)


def test_blanks_around_a_key_do_not_matter():
    endpoint = choose_endpoint(Model(), {"OPENAI_API_KEY": " sk-1\n"})
    assert endpoint is not None
    assert endpoint.key == "sk-1"


@pytest.mark.parametrize(
    "url", ["api.example.org/v1", "ftp://example.org", "https://"]
)
def test_an_address_that_is_none_is_an_error(url):
    with pytest.raises(ConfigError, match="address"):
        choose_endpoint(
            Model(provider="custom", base_url=url, name="m"),
            {"SCREEN_MODEL_KEY": "k"},
        )


@pytest.mark.parametrize(
    "address",
    [
        "htp://ann:pw@host/v1",
        "http://[bad/v1",
        "http://host:port/v1",
        "https:///v1",
    ],
)
def test_what_is_no_address_is_told_without_showing_it(address):
    with pytest.raises(ConfigError) as raised:
        choose_endpoint(
            Model(provider="custom", base_url=address, name="m"),
            {"SCREEN_MODEL_KEY": "k"},
        )
    assert raised.value.key == "model.base_url"
    assert "pw" not in raised.value.advice


def test_the_address_for_messages_holds_nothing_secret():
    address = "https://ann:pw@models.example:8443/v1?key=k1&x=2#y"
    endpoint = choose_endpoint(
        Model(provider="custom", base_url=address, name="m"),
        {"SCREEN_MODEL_KEY": "k"},
    )
    assert endpoint is not None
    assert endpoint.base_url == address
    assert endpoint.place == "https://models.example:8443/v1"


def test_each_model_has_its_own_price():
    of = {
        "big": Price(input=3.0, output=15.0),
        "small": Price(input=0.1, output=0.4),
    }
    custom = {
        "provider": "custom",
        "base_url": "https://models.example/v1",
        "fallback": "small",
    }
    endpoint = choose_endpoint(
        Model(name="big", prices=of, **custom), {"SCREEN_MODEL_KEY": "k"}
    )
    assert endpoint is not None
    assert (endpoint.price.input, endpoint.price_of("small").output) == (
        3.0,
        0.4,
    )


def test_a_fallback_of_unknown_price_costs_what_the_model_does():
    custom = {
        "provider": "custom",
        "base_url": "https://models.example/v1",
        "fallback": "small",
    }
    endpoint = choose_endpoint(
        Model(name="big", price=Price(input=3.0, output=15.0), **custom),
        {"SCREEN_MODEL_KEY": "k"},
    )
    assert endpoint is not None
    assert endpoint.price_of("small") == endpoint.price
