"""Texts of `--help`, and the words of click, in the language of the locale.

Texts of help stand where a command is declared, in English, and are translated only when help is
asked for, so that no other start pays for it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Collection, Iterator
from typing import IO, Any

import click

from pipeline import translation
from pipeline.translation import mark, mark_several

OF_CLICK = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show this message and exit."),
    mark("Missing command."),
    mark("Missing argument"),
    mark("Missing option"),
    mark("No such command {name!r}."),
    mark("No such option {name!r}."),
    mark("No such option: {name}"),  # of click 8.3
    mark("Option {name!r} does not take a value."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
    mark_several(
        "{value!r} is not {choice}.", "{value!r} is not one of {choices}."
    ),
    mark_several(
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ),
    mark_several(
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ),
    mark_several(
        "Did you mean {possibility}?",
        "(Did you mean one of: {possibilities}?)",
    ),
)
"""Words that click shows by itself; it asks gettext's usual catalogue for them.

Of a message about a count gettext looks for the first form, so that the second may be another one
in another version of click.
"""


def translate_help(command: click.Command) -> None:
    """Put the texts of a command, its options and its subcommands into the user's language."""
    english = inspect.cleandoc(command.help or "")
    said = translation.gettext(english)
    if said != english:
        # click would cut the first line between words, and finds none
        command.short_help = said.partition("\n\n")[0].rstrip("。")
        command.help = said
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = translation.gettext(option.help)
    if isinstance(command, click.Group):
        for one in command.commands.values():
            translate_help(one)


def extract_help(
    file: IO[bytes],
    keywords: Any,
    comment_tags: Collection[str],
    options: Any,
) -> Iterator[tuple[int, Any, Any, Any]]:
    """Find the texts in a module of commands, beside its other messages, for Babel."""
    from babel.messages.extract import extract_python

    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    module = ast.parse(file.read())
    for line, text in _help_in(module):
        yield line, "_", inspect.cleandoc(text), []
    for line, forms in _marked_with_count(module):
        yield line, "ngettext", forms, []


def _help_in(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Give the help of options and the docstrings of commands, with their lines."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and _is_command(node):
            yield node.lineno, ast.get_docstring(node) or ""
        elif isinstance(node, ast.keyword) and node.arg == "help":
            text = ast.literal_eval(node.value)
            yield node.value.lineno, text


def _marked_with_count(
    module: ast.Module,
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give both forms of each message in `mark_several`, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _is_several(node.func):
            yield node.lineno, tuple(map(ast.literal_eval, node.args))


def _is_several(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "mark_several"


def _is_command(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call)
        and ast.unparse(one.func).endswith((".command", ".group"))
        for one in function.decorator_list
    )
