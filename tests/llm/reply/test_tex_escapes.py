r"""TeX with one backslash is legal JSON and means something else: `\beta` is `\b` and "eta"."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.reply.tex_escapes import keep_tex, tex_commands


def read(text):
    return json.loads(keep_tex(f'"{text}"'))


@pytest.mark.parametrize(
    "tex",
    [
        *(r"\beta", r"\theta", r"\nabla", r"\frac{a}{b}", r"\rho", r"\text{max}", r"\tau", r"\nu", r"\neq"),
        *(r"\right", r"\rightarrow", r"\alpha", r"\gamma", r"\(", r"\)", r"\[", r"\_", r"\%"),
        *(r"\upsilon", r"\underline{x}", r"\mathbf{v}", r"\sum", r"\bar{x}", r"\forall"),
        r"\nabla_\theta f",
        r"\times\times",
    ],
)  # fmt: skip
def test_a_command_with_one_backslash_keeps_it(tex):
    assert read(tex) == tex


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\\beta", r"\beta"),
        (r"\\\\beta", r"\\beta"),
        (r"one\ntwo", "one\ntwo"),
        (r"one\nNext", "one\nNext"),
        (r"a\tb", "a\tb"),
        (r"\"quoted\" \/ \\", '"quoted" / \\'),
        ("\\u4e2d\\u6587", "中文"),
        (r"\n\n- item", "\n\n- item"),
    ],
)
def test_what_was_meant_as_json_is_read_as_json(written, meant):
    assert read(written) == meant


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_proper_json_is_changed_but_for_commands(text):
    written = json.dumps(text)
    commands = tuple(tex_commands())
    for blank in "\n\r\t":
        letter = {"\n": "n", "\r": "r", "\t": "t"}[blank]
        rests = [c[1:] for c in commands if c.startswith(letter)]
        if any(f"{blank}{rest}" in text for rest in rests if rest):
            return
    if "\b" in text or "\f" in text:
        return
    assert json.loads(keep_tex(written)) == text


def test_a_backslash_at_the_end_breaks_nothing():
    assert keep_tex("\\") == "\\\\"
