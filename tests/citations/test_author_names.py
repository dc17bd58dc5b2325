"""Names are cut as bibliographies want them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citations.author_names import Name, listed_authors, parse_name
from pipeline.common.clean import clean_line


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", Name("Ada", "", "Lovelace")),
        ("Jan van der Berg", Name("Jan", "van der", "Berg")),
        (
            "Charles de la Vallée Poussin",
            Name("Charles", "de la", "Vallée Poussin"),
        ),
        ("Dirk Van Gucht", Name("Dirk", "", "Van Gucht")),
        ("Toon Van de Maar", Name("Toon", "", "Van de Maar")),
        ("Nadia De la Cruz", Name("Nadia", "", "De la Cruz")),
        ("Badri K V", Name("Badri K", "", "V")),
        ("Thi Van Nguyen", Name("Thi Van", "", "Nguyen")),
        ("Martin King Jr.", Name("Martin", "", "King", "Jr.")),
        ("Ann B. van Dyke III", Name("Ann B.", "van", "Dyke", "III")),
        ("King, Jr., Martin", Name("Martin", "", "King", "Jr.")),
        ("Martin King, Jr.", Name("Martin", "", "King", "Jr.")),
        ("van der Berg, Jan", Name("Jan", "van der", "Berg")),
        ("张三", Name("三", "", "张")),
        ("欧阳小明", Name("小明", "", "欧阳")),
        ("ATLAS Collaboration", Name(literal="ATLAS Collaboration")),
        ("The Big Model Team", Name(literal="The Big Model Team")),
        ("OpenHeads", Name(literal="OpenHeads")),
        ("E. T. A. Hoffmann", Name("E. T. A.", "", "Hoffmann")),
        ("Zoë O'Brien-Smith", Name("Zoë", "", "O'Brien-Smith")),
        ("...", Name(literal="...")),
        ("Gerard 't Hooft", Name("Gerard", "'t", "Hooft")),
        ("Jan van 't Hoff", Name("Jan", "van 't", "Hoff")),
        ("The Anh Nguyen", Name("The Anh", "", "Nguyen")),
        ("The Lamp Developers", Name(literal="The Lamp Developers")),
    ],
)
def test_a_name_is_cut_into_its_parts(text, name):
    assert parse_name(text) == name


@given(st.text(max_size=60))
def test_no_letter_of_a_name_is_lost(text):
    name = parse_name(text)
    parts = (
        f"{name.given}{name.particle}{name.family}{name.suffix}{name.literal}"
    )
    kept = clean_line(text).replace(",", "").replace(" ", "").replace(";", "")
    assert sorted(
        parts.replace(",", "").replace(" ", "").replace(";", "")
    ) == sorted(kept)


def test_marks_and_et_al_are_no_authors():
    authors = [
        "LAMP Collaboration",
        ":",
        "Ada Lovelace",
        "Jan Berg et al.",
        "et al.",
    ]
    assert listed_authors(authors) == [
        "LAMP Collaboration",
        "Ada Lovelace",
        "Jan Berg",
    ]
