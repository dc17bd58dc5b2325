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
        ("a b s t r a c t", "abstract"),
        ("i n f o", "info"),
        ("R e f e r e n c e s", "References"),
        ("a b c d e", "a b c d e"),
        ("O r i g i n a l r e s e a r c h", "O r i g i n a l r e s e a r c h"),
        ("x z y w t", "x z y w t"),
        ("i f o c", "i f o c"),
        ("A B C D", "A B C D"),
        ("J E C Bromberg", "J E C Bromberg"),
        ("A Survey of Heads", "A Survey of Heads"),
    ],
)
def test_letterspaced_words_are_closed_up(printed, closed):
    assert close_letterspacing(printed) == closed
