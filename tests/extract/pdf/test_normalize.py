"""Letters come out as a reader would type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.pdf.normalize import normalise


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("e\ufb03cient \ufb01le", "efficient file"),
        ("F\u00b4\u0131sica", "Física"),
        ("M\u00b4exico", "México"),
        ("Schr\u00a8 odinger", "Schrödinger"),
        ("G\u00a8odel", "Gödel"),
        ("Fran\u00b8cois", "François"),
        ("Universit`a", "Università"),
        ("Pa\u02c7sa", "Paša"),
        ("Ångstro\u0308m", "Ångström"),
        ("\U0001d465 \u2208 \U0001d40d", "x ∈ N"),
        ("a\u00a0b\u2009c", "a b c"),
        ("in\u200bvis\u202eible", "invisible"),
        ("page\x08 one\ttwo", "page one two"),
        (" one ", "one"),
        ("a `quoted' word", "a `quoted' word"),
        ("x\u02c6 2", "x\u02c6 2"),
        (" ", ""),
        (" plain words ", "plain words"),
    ],
)
def test_print_becomes_plain_text(printed, typed):
    assert normalise(printed) == typed


@given(st.text())
def test_the_result_is_one_clean_line_and_stays_as_it_is(text):
    once = normalise(text)
    assert once == " ".join(once.split())
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(letter) == "Cc" for letter in once)
    assert normalise(once) == normalise(normalise(once))
