"""Texts of `--help` in the language of the locale.

They stand where a command is declared, in English, and are translated only when help is asked
for, so that no other start pays for it.
"""

from __future__ import annotations

import ast
import gettext
import inspect
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

import click

from pipeline import PROGRAM, translation
from pipeline.translation import mark

OF_CLICK = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show this message and exit."),
)
"""Words that click shows by itself; it asks gettext's usual catalogue for them."""


def translate_help(command: click.Command) -> None:
    """Put the texts of a command, its options and its subcommands into the user's language."""
    gettext.bindtextdomain(
        PROGRAM, Path(translation.__file__).parent / "locale"
    )
    gettext.textdomain(PROGRAM)
    _translate(command)


def _translate(command: click.Command) -> None:
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
            _translate(one)


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
    for line, text in _help_in(ast.parse(file.read())):
        yield line, "_", inspect.cleandoc(text), []


def _help_in(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Give the help of options and the docstrings of commands, with their lines."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and _is_command(node):
            yield node.lineno, ast.get_docstring(node) or ""
        elif isinstance(node, ast.keyword) and node.arg == "help":
            text = ast.literal_eval(node.value)
            yield node.value.lineno, text


def _is_command(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call)
        and ast.unparse(one.func).endswith((".command", ".group"))
        for one in function.decorator_list
    )
