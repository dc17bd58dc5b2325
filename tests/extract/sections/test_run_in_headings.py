"""A numbered heading that runs into its paragraph is a heading, and its text goes on behind it."""

import pytest

from pipeline.extract.sections.sections import read_sections
from tests.extract.typeset import Press


def paper(lead, text="goes on in plain letters in the same row of text"):
    press = Press().heading("1. Introduction").lorem()
    press.heading("2. Method").lorem()
    press.row(text, lead=lead, gap=6).lorem(1, indent=0)
    return press.heading("3. Results").lorem()


def sections(press):
    return {
        section.title: section
        for section in read_sections(press.layouts()).sections
    }


def test_a_numbered_lead_is_a_subsection():
    found = sections(paper("2.1. Speech encoder."))
    part = found["2.1. Speech encoder"]
    assert part.level == 2
    assert part.text.startswith("goes on in plain letters")
    assert "goes on" not in found["2. Method"].text


@pytest.mark.parametrize(
    "lead", ["Data sets.", "2.1 dB.", "Theorem 2.1.", "2.1. See"]
)
def test_other_leads_stay_in_their_paragraph(lead):
    assert list(sections(paper(lead))) == [
        "1. Introduction",
        "2. Method",
        "3. Results",
    ]
