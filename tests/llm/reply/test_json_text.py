"""JSON in what models send: found in any surroundings, mended where the slip is clear."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.reply.json_text import find_object

KEYS = ("summary", "past")
GOOD = {
    "summary": {"text": "a", "quote": "b"},
    "past": [{"text": "c", "quote": "d"}],
}
TEXT = json.dumps(GOOD)
HALVES = [json.dumps({key: GOOD[key]}) for key in KEYS]
DRAFT = '{"summary": "a draft", "plan": "' + "x" * 900 + '"}'

plain = st.text(st.characters(exclude_characters="{}`\\"), max_size=40)
printable = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
objects = st.dictionaries(
    printable, printable | st.lists(printable), min_size=1
)


@given(objects, plain, plain)
def test_a_whole_object_is_found_inside_any_chat(value, before, after):
    fenced = f"{before}\n```json\n{json.dumps(value, ensure_ascii=False)}\n```\n{after}"
    assert find_object(fenced, tuple(value)) == value


@given(objects, st.integers(min_value=0))
def test_an_object_that_breaks_off_yields_what_was_finished(value, cut):
    text = json.dumps(value)
    cut %= len(text)
    found = find_object(text[:cut], partial=True)
    assert found is None or set(found) <= set(value)


@pytest.mark.parametrize(
    "text",
    [
        f"<think>maybe {DRAFT}</think>\n{TEXT}",
        f"Thinking: {DRAFT}\n</think>\n{TEXT}",
        f"<thinking>{DRAFT}</thinking>{TEXT}",
        f"[THINK]{DRAFT}[/THINK]{TEXT}",
        f"◁think▷{DRAFT}◁/think▷{TEXT}",
        f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{TEXT}<|im_end|>",
        f"\ufeff{TEXT}",
        f"[{TEXT}]",
        f'{{"review": {TEXT}}}',
        json.dumps({"review": TEXT}),
        json.dumps(TEXT),
        f"{TEXT}\n\nLet me know if {{you}} need more! }}",
        f'I used {{braces}} and {{"example": 1}}.\n```json\n{TEXT}\n```',
        TEXT.replace("summary", "Summary").replace("past", "PAST"),
        TEXT[:-1] + ",}",
        TEXT.replace('"', "&quot;"),
        TEXT.replace('", "', '"， "')
        .replace(': "', '："')
        .replace(": [", "：["),
        f"```json\n{HALVES[0]}\n```\nand\n```json\n{HALVES[1]}\n```",
        TEXT.replace('"', '\\"'),
        f"review({TEXT})",
        TEXT[:-1] + ", ...}",
        TEXT.replace("{", "{ // 审稿\n", 1),
        TEXT.replace("{", "{ /* a comment */", 1),
        TEXT.replace(', "past"', '\n"past"'),
        TEXT.replace('"', "'"),
        TEXT.replace('{"summary"', "{summary"),
        TEXT.replace("}", "}" + "\n" * 200),
        TEXT[:-1] + ', "confidence": NaN}',
    ],
)
def test_the_object_that_was_asked_for_is_found(text):
    found = find_object(text, KEYS)
    assert found is not None
    assert {key: found[key] for key in KEYS} == GOOD


def test_of_drafts_written_aloud_the_last_counts():
    draft = TEXT.replace('"a"', '"a long first try that is not what was meant"')
    aloud = f"First: {draft}\nNo, rather: {TEXT}\nYes {{that}} is it."
    assert find_object(aloud, KEYS) == GOOD


def test_line_breaks_and_tabs_in_a_string_are_read():
    found = find_object(TEXT.replace('"a"', '"a\nb\tc"'), KEYS)
    assert found is not None
    assert found["summary"]["text"] == "a\nb\tc"


def test_quotation_marks_in_a_string_are_read_where_it_is_clear_where_it_ends():
    found = find_object(TEXT.replace('"a"', '"the "best" one"'), KEYS)
    assert found is not None
    assert found["summary"]["text"] == 'the "best" one'


def test_a_thought_that_a_paper_speaks_of_is_no_thought():
    text = TEXT.replace('"a"', '"between <think> and </think> {tags}"')
    found = find_object(text, KEYS)
    assert found is not None
    assert found["past"] == GOOD["past"]


def test_mending_never_takes_one_field_for_the_text_of_another():
    text = '{"summary": {"text": "a, "quote": "b"}, "past": [{"text": "c", "quote": "d"}]}'
    found = find_object(text, KEYS) or {}
    assert "quote" not in str(found.get("summary", {}).get("text", ""))


def test_an_object_that_breaks_off_though_nobody_says_so_loses_its_last_string():
    found = find_object(TEXT[: TEXT.index('"c"') + 2], KEYS)
    assert found == {"summary": GOOD["summary"], "past": [{}]}


def test_of_nested_objects_that_break_off_the_outer_one_counts():
    text = '```json\n{"summary": {"text": "a", "quote": "b"}, "past": [{"text": "c", "quote": "d"}, {"text": "e'
    assert find_object(text, KEYS, partial=True) == {
        "summary": {"text": "a", "quote": "b"},
        "past": [{"text": "c", "quote": "d"}, {}],
    }


@given(st.text())
def test_no_text_breaks_the_search(text):
    find_object(text, KEYS)
    find_object(text, KEYS, partial=True)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        '{"a":' * 50_000,
        "[" * 100_000,
        '{"summary": "' + 'word "x" ' * 10_000,
        '{"summary": "' + "\\" * 100_000,
        "</think>" * 20_000,
        '{"summary": [' + "[1, " * 30_000,
        "{" + " " * 100_000 + "}",
        '{"summary": ' + "\n" * 100_000,
    ],
)
def test_a_flood_is_given_up_soon(text):
    begun = time.process_time()
    find_object(text, KEYS)
    assert time.process_time() - begun < 5
