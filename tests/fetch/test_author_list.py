"""Authors in TeX, as arXiv's raw records have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.author_list import read_authors


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (
            r"A. B\'{e}rard (1), C. D ((1) Place, (2) Place)",
            ("A. Bérard", "C. D"),
        ),
        (
            r"Jos\'e Garc\'ia, Ada {\O}rsted and Ivan Petrov\v{c}",
            ("José García", "Ada Ørsted", "Ivan Petrovč"),
        ),
        (r"L. H\'eon \& M. X, N.~K\"{u}hn", ("L. Héon", "M. X", "N. Kühn")),
        ("Ada Example, Jr., Bo (Univ. of X, Town), Ce", ("Ada Example Jr.", "Bo", "Ce")),
        (
            "G. Aad, B. Abbott for the ATLAS Collaboration",
            ("G. Aad", "B. Abbott", "ATLAS Collaboration"),
        ),
        ("ATLAS Collaboration: G. Aad, B. Abbott", ("ATLAS Collaboration", "G. Aad", "B. Abbott")),
        (r"{\L}ukasz Kaiser, Fran\c{c}ois Cha\~nez", ("Łukasz Kaiser", "François Chañez")),
        ("Ada Example, and Bo Sample", ("Ada Example", "Bo Sample")),
        ("Ada (unclosed, Bo", ("Ada",)),
        ("李明, Ada", ("李明", "Ada")),
        ("", ()),
    ],
)  # fmt: skip
def test_names_come_in_plain_letters_without_affiliations(raw, names):
    assert read_authors(raw) == names


@given(st.text())
def test_any_text_gives_names_without_brackets_and_commas(raw):
    for name in read_authors(raw):
        assert name == name.strip() != ""
        assert not set(name) & {"(", ","}
