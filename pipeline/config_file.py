"""Reads config.toml and the environment into one checked `Config`.

Precedence: the command line, the environment (`SCREEN_SECTION__KEY`), the file, the defaults.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.config import Config, Notify, TopicPart
from pipeline.errors import ConfigError
from pipeline.resources import CONFIG, languages
from pipeline.translation import gettext as _
from pipeline.translation import mark


def _kinds() -> dict[str, str]:
    table = mark("a table")
    number = mark("a number")
    whole = mark("a whole number")
    switch = mark("true or false")
    return {
        "tuple_type": mark("a list"),
        "dict_type": table,
        "model_type": table,
        "string_type": mark("a text in quotes"),
        "too_short": mark("a list that is not empty"),
        "int_type": whole,
        "int_parsing": whole,
        "int_from_float": whole,
        "float_type": number,
        "float_parsing": number,
        "bool_type": switch,
        "bool_parsing": switch,
        "greater_than": mark("more than {gt}"),
        "greater_than_equal": mark("{ge} or more"),
        "less_than_equal": mark("{le} or less"),
        "literal_error": mark("one of {expected}"),
    }


@dataclass(frozen=True, slots=True)
class ConfigFileRules:
    """Names of settings in the environment, and what values of each kind are called."""

    env_prefix: str = "SCREEN_"
    env_level: str = "__"
    wanted: Mapping[str, str] = field(default_factory=_kinds)
    """What a value must be, by pydantic's name of what is wrong with it."""


_rules = ConfigFileRules()


def load(
    path: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    set_: Mapping[str, Any] | None = None,
) -> Config:
    """Read the configuration.

    Args:
        path: the file; without it `config.toml` of the working directory, else the one that is
        shipped.
        environ: where overrides are looked up; `os.environ` by default.
        set_: values of the command line by dotted key; they win over everything.

    Raises:
        ConfigError: no such file, not TOML, an unknown key, a value out of range, a language
            without prompts.
    """
    source, folder = _find(path)
    data = _read(source)
    variables = _override(data, os.environ if environ is None else environ)
    for key, value in (set_ or {}).items():
        _put(data, key.split("."), value)
    try:
        config = Config.model_validate({**data, "folder": folder})
    except ValidationError as error:
        raise _explain(error, source, variables) from error
    _need_prompts(config.output.language, folder / "prompts")
    return config


def _need_prompts(language: str, folder: Path) -> None:
    known = languages(folder)
    if language not in known:
        raise ConfigError(
            _(
                'There are no prompts in the language "{language}"; there are some '
                "in {names}.",
                language=language,
                names=", ".join(known),
            ),
            step=_(
                "Choose one of them for [output] language, or write {value}.",
                value=folder / language,
            ),
            key="output.language",
        )


def salvage(
    path: Path | None, environ: Mapping[str, str] | None = None
) -> Notify:
    """What a file that is broken elsewhere says under [notify], so that somebody can be told;
    else nobody.
    """
    variables = os.environ if environ is None else environ
    asked = {
        name: text
        for name, text in variables.items()
        if name.startswith(f"{_rules.env_prefix}NOTIFY{_rules.env_level}")
    }
    try:
        text = _find(path)[0].read_text(encoding="utf-8", errors="replace")
        section = re.search(
            r"^\[notify\][^\n]*\n(.*?)(?=^\[|\Z)",
            text,
            re.MULTILINE | re.DOTALL,
        )
        data: dict[str, Any] = {
            "notify": tomllib.loads(section[1]) if section else {}
        }
        _override(data, asked)
        return Notify.model_validate(data["notify"])
    except (ConfigError, OSError, tomllib.TOMLDecodeError, ValidationError):
        return Notify()


def _find(path: Path | None) -> tuple[Path, Path]:
    if path is None:
        local = Path("config.toml")
        return (local, Path.cwd()) if local.is_file() else (CONFIG, Path.cwd())
    if not path.is_file():
        raise ConfigError(
            _("There is no file {path}.", path=path),
            step=_("Give --config another path; `{program} init` writes one."),
            key="--config",
        )
    return path, path.resolve().parent


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("{path} is not valid TOML: {error}.", path=path, error=error),
            step=_("Correct that line."),
            key=str(path),
        ) from error
    except OSError as error:
        raise ConfigError(
            _(
                "{path} cannot be read: {strerror}.",
                path=path,
                strerror=error.strerror,
            ),
            key=str(path),
        ) from error
    if "folder" in data:
        raise _unknown("folder", _keys_beside(["folder"]), str(path))
    return data


def _override(
    data: dict[str, Any], environ: Mapping[str, str]
) -> dict[str, str]:
    """Lay `SCREEN_A__B=value` over the data, a topic's name written with `_` for what is not a
    letter or digit.

    Returns:
        The variable's name by the dotted key it sets.
    """
    variables = {}
    for name, text in sorted(environ.items()):
        if (
            not name.startswith(_rules.env_prefix)
            or _rules.env_level not in name
        ):
            continue
        keys = (
            name.removeprefix(_rules.env_prefix).lower().split(_rules.env_level)
        )
        if keys[0] == "topics" and len(keys) > 1:
            keys[1] = next(
                (
                    known
                    for known in data.get("topics", {})
                    if _env_name(known) == keys[1]
                ),
                keys[1],
            )
        _put(data, keys, _value(text, keys))
        variables[".".join(keys)] = name
    return variables


def _env_name(topic: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", topic.lower()).strip("_")


def _value(text: str, keys: list[str]) -> Any:
    """The text as a TOML value, unless the key holds a string or the text is no TOML."""
    if _holds_text(keys):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _holds_text(keys: list[str]) -> bool:
    part, _dot, name = ".".join(keys).rpartition(".")
    section = Config.model_fields.get(part)
    kind = section.annotation if section else TopicPart
    if (
        not (isinstance(kind, type) and issubclass(kind, BaseModel))
        or name not in kind.model_fields
    ):
        return False
    return kind.model_fields[name].annotation is str


def _put(data: dict[str, Any], keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        inner = data.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ConfigError(
                _(
                    "{names} is not a key: {key} holds a value.",
                    names=".".join(keys),
                    key=key,
                ),
                key=".".join(keys),
            )
        data = inner
    data[keys[-1]] = value


def _explain(
    error: ValidationError, file: Path, variables: Mapping[str, str]
) -> ConfigError:
    """The first problem in the words of the file, or of the variable that brought it."""
    problem = error.errors()[0]
    place = [str(step) for step in problem["loc"]]
    key = ".".join(place)
    source = next(
        (
            name
            for name_key, name in variables.items()
            if f"{key}.".startswith(f"{name_key}.")
            or f"{name_key}.".startswith(f"{key}.")
        ),
        str(file),
    )
    if problem["type"] == "extra_forbidden":
        return _unknown(key, _keys_beside(place), source)
    given = problem.get("input")
    text = problem["msg"].removeprefix("Value error, ")
    step = _("Correct that value.")
    if problem["type"] in _rules.wanted:
        wanted = _(_rules.wanted[problem["type"]], **problem.get("ctx", {}))
        text = _("it must be {wanted}", wanted=wanted)
    if problem["type"] == "tuple_type":
        item = json.dumps(given, ensure_ascii=False, default=str)
        line = f"{place[-1]} = [{item}]"
        step = _("Write it as {line}.", line=line)
    return ConfigError(
        _(
            "{key} in {source}: {text} (given: {given!r}).",
            key=key,
            source=source,
            text=text,
            given=given,
        ),
        step=step,
        key=key,
    )


def _keys_beside(place: list[str]) -> list[str]:
    """Names that may stand where the unknown one does."""
    part: type[BaseModel] = Config
    for step in place[:-1]:
        if part is Config and step == "topics":
            part = TopicPart
        elif step in part.model_fields:
            kind = part.model_fields[step].annotation
            part = (
                kind
                if isinstance(kind, type) and issubclass(kind, BaseModel)
                else part
            )
    return [name for name in part.model_fields if name != "folder"]


def _unknown(key: str, known: list[str], source: str) -> ConfigError:
    name = key.rpartition(".")[2]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    step = (
        _('Did you mean "{name}"?', name=close[0])
        if close
        else _("Known here: {names}.", names=", ".join(known))
    )
    return ConfigError(
        _("{key} in {source} is not a known key.", key=key, source=source),
        step=step,
        key=key,
    )
