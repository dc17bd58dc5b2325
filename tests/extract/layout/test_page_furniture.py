"""What stands around the text of a page is known by its place and by its coming back."""

from pipeline.extract.layout.page_furniture import find_margins
from tests.extract.leaf import LEFT, RIGHT, Leaf


def marginal(leaf):
    """Texts in the margins of each page."""
    pages = leaf.pages()
    found = find_margins(pages)
    return [
        {page.lines[i].text for i in around.lines}
        for page, around in zip(pages, found, strict=True)
    ]


def paper(count=4, *, head="", number=True):
    leaf = first = Leaf()
    for page in range(1, count + 1):
        leaf.prose(80, 690)
        if head:
            leaf.text(200, 40, head, 8)
        if number:
            leaf.text(300, 750, str(page), 9)
        leaf = leaf.next() if page < count else leaf
    return first


def test_page_numbers_are_marginal():
    assert marginal(paper()) == [{"1"}, {"2"}, {"3"}, {"4"}]


def test_a_running_head_is_marginal_with_its_number():
    found = marginal(paper(head="A Paper About Very Little"))
    assert all("A Paper About Very Little" in texts for texts in found)


def test_the_first_line_of_text_is_not_marginal_though_it_repeats():
    leaf = Leaf().text(54, 50, "Chapter", 10).prose(52, 690)
    leaf.next().text(54, 50, "Chapter", 10).prose(52, 690)
    assert marginal(leaf) == [set(), set()]


def test_line_numbers_of_a_review_are_marginal():
    leaf = Leaf()
    leaf.prose(60, 700, LEFT).prose(60, 700, RIGHT)
    for number in range(50):
        leaf.text(20, 70 + 12 * number, f"{number:03d}", 7)
    assert len(marginal(leaf)[0]) == 50


def test_the_stamp_of_arxiv_is_marginal():
    leaf = (
        Leaf()
        .prose(60, 700)
        .text(30, 550, "arXiv:2409.03605v1  [cs.CV]  5 Sep 2024", 20, rotate=90)
    )
    assert marginal(leaf)[0] == {"arXiv:2409.03605v1 [cs.CV] 5 Sep 2024"}


def test_a_single_page_has_no_running_head():
    assert marginal(Leaf().text(200, 40, "Once only", 8).prose(80, 690)) == [
        set()
    ]


def test_the_text_lies_between_head_and_foot():
    pages = paper(head="A Paper About Very Little").pages()
    around = find_margins(pages)[1]
    assert 40 <= around.top < 80
    assert 690 < around.bottom <= 750


def test_a_page_number_or_a_number_in_the_text_does_not_hide_line_numbers():
    leaf = Leaf()
    for row in range(30):
        leaf.text(20, 100 + 12 * row, str(200 + row), size=7)
    leaf.text(24, 340.5, "3", size=7).text(20, 700, "7", size=7)
    assert marginal(leaf)[0] == {str(200 + row) for row in range(30)}


def test_a_few_line_numbers_at_an_edge_are_set_like_those_of_another():
    leaf = first = Leaf()
    for row in range(30):
        leaf.text(20, 100 + 12 * row, str(1 + row), size=7)
    leaf = leaf.next()
    for row in range(3):
        leaf.text(590, 100 + 12 * row, str(31 + row), size=7)
    leaf.text(590, 500, "8", size=9)
    assert marginal(first)[1] == {"31", "32", "33"}


def test_the_number_of_a_heading_at_the_top_is_no_page_number():
    leaf = first = Leaf()
    for number in ("II.", "III.", "IV.", "V."):
        leaf.text(54, 70, number, 12).text(80, 70, f"PART {number}", 12)
        leaf.prose(100, 690)
        leaf = leaf.next()
    assert marginal(first)[:4] == [set(), set(), set(), set()]


def test_a_running_head_close_to_the_text_is_marginal_where_it_comes_back():
    leaf = first = Leaf()
    for page in range(1, 5):
        leaf.text(54, 50, "Heads That Talk, J Heads (2017) 14: 131", 11)
        leaf.prose(60, 690)
        leaf = leaf.next() if page < 4 else leaf
    found = marginal(first)
    assert all("Heads That Talk, J Heads (2017) 14: 131" in t for t in found)
