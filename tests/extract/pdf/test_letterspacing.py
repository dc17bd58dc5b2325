"""Words that are set with a space after each letter are words."""

import pytest

from pipeline.extract.pdf.letterspacing import close_letterspacing


@pytest.mark.parametrize(
    ("printed", "closed"),
    [
        ("A B S T R A C T", "ABSTRACT"),
        ("A R T I C L E  I N F O", "ARTICLE INFO"),
        ("C A S E   R E P O RT", "CASE REPORT"),
        ("FI G U R E 3\u2003|Heads", "FIGURE 3\u2003|Heads"),
        ("TA B LE 1 (Continued)", "TABLE 1 (Continued)"),
        ("A B C D", "A B C D"),
        ("J E C Bromberg", "J E C Bromberg"),
        ("A Survey of Heads", "A Survey of Heads"),
    ],
)
def test_letterspaced_capitals_are_closed_up(printed, closed):
    assert close_letterspacing(printed) == closed
