"""Messages of the command line in the language of the locale."""

import io
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pipeline import PROGRAM
from pipeline.errors import ArxivDown, UsageError
from pipeline.translation import (
    catalogue,
    gettext,
    ngettext,
    prefer_language,
)

PACKAGE = Path(__file__).parents[1] / "pipeline"
CATALOGUES = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po"))


def fields(texts):
    """The names of what is put into a message, in any of its plural forms."""
    parsed = map(string.Formatter().parse, each(texts))
    return {name for parts in parsed for _, name, _, _ in parts if name}


def each(texts):
    """The plural forms of a message; one that has none is its only form."""
    return (texts,) if isinstance(texts, str) else texts


def messages_of_the_code():
    found = extract_from_dir(
        PACKAGE,
        [
            (
                "cli/commands/**.py",
                "pipeline.cli.commands.help_texts:extract_help",
            ),
            ("**.py", "python"),
        ],
        keywords={"_": None, "mark": None, "ngettext": (1, 2)},
    )
    return {message for _, _, message, _, _ in found}


def test_a_message_is_in_the_language_of_the_locale(chinese):
    assert gettext("Run again.") == "请再次运行。"


def test_a_message_without_translation_stays_english(chinese):
    assert gettext("{name} is new here.", name="It") == "It is new here."


def test_nothing_in_a_value_is_taken_for_a_field():
    said = gettext("arXiv has no paper {wanted}.", wanted="{program} {0}")
    assert said == "arXiv has no paper {program} {0}."


def test_the_program_has_its_name_in_every_message():
    assert gettext("Run `{program}` first.") == f"Run `{PROGRAM}` first."


def test_one_thing_and_several_are_told_apart():
    said = [ngettext("{count} call", "{count} calls", n) for n in (1, 2)]
    assert said == ["1 call", "2 calls"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("", "请再次运行。"),
        ("C.UTF-8", "请再次运行。"),
        ("en_GB.UTF-8", "Run again."),
    ],
)
def test_a_language_is_preferred_where_the_locale_names_none(
    monkeypatch, locale, said
):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)
    monkeypatch.setenv("LANGUAGE", "")
    catalogue.cache_clear()
    prefer_language("zh")
    assert gettext("Run again.") == said
    catalogue.cache_clear()


def test_an_empty_message_stays_empty(chinese):
    assert gettext("") == ""


def test_an_error_ends_with_one_full_stop_in_chinese(chinese):
    error = UsageError(gettext('"{text}" is not a date.', text="x"), step="y")
    assert error.advice == "“x”不是日期。y"


def test_the_usual_next_step_of_an_error_is_translated(chinese):
    assert ArxivDown("down").step.startswith("请稍后再运行")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_translates_every_message(path):
    with path.open("rb") as file:
        written = {message.id: message.string for message in read_po(file)}
    written.pop("", None)
    assert set(written) == messages_of_the_code()
    assert all(map(all, map(each, written.values())))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_has_no_field_of_its_own(path):
    with path.open("rb") as file:
        pairs = [(one.id, one.string) for one in read_po(file) if one.id]
    assert [
        (message, text)
        for message, text in pairs
        if not fields(text) <= fields(message)
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_that_of_the_text(path):
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue()
