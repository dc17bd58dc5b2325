"""Front matter reads back as it was written, whatever stands in it."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.clean import clean_line
from pipeline.render.sites.frontmatter import (
    _dump,
    _slow,
    front_matter,
)
from tests.render.sample_posts import HOSTILE

VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.sampled_from(["yes", "null", "1e3", "0o7", "1:30", "~", "-"]),
)


@given(VALUES)
def test_any_text_reads_back_and_never_ends_the_block(text: str) -> None:
    text = clean_line(text)
    made = front_matter(
        {"title": text, "tags": [text], "toc": None, "last": True}
    )
    first, head, rest = made.split("---\n", 2)
    assert (first, rest) == ("", "")
    assert yaml.safe_load(head) == {
        "title": text,
        "tags": [text],
        "toc": None,
        "last": True,
    }


@given(VALUES)
def test_a_string_that_another_yaml_version_may_take_for_a_number_is_quoted(
    text: str,
) -> None:
    line = front_matter({"a": clean_line(text)}).splitlines()[1]
    assert line.startswith('a: "') or line[3:4].isalpha() or line[3:4] == "'"


def test_an_empty_value_stands_empty() -> None:
    assert (
        front_matter({"toc": None, "title": "Talking Head"})
        == "---\ntoc:\ntitle: Talking Head\n---\n"
    )


@given(st.text(st.characters(max_codepoint=0x1FFFF)), st.lists(st.text()))
def test_the_writer_in_c_writes_what_the_one_in_python_writes(
    text: str, texts: list[str]
) -> None:
    values = {"title": text, "authors": texts, "score": 0.5, "toc": None}
    assert front_matter(values) == f"---\n{_dump(values, _slow)}---\n"
