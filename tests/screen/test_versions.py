"""New versions and withdrawals."""

import pytest

from pipeline.screen.versions import changes, withdrawn


@pytest.fixture
def versions(paper):
    def make(**new):
        old = {
            "id": "2611.00001",
            "title": "A Title",
            "abstract": "Text.",
            "comment": "12 pages",
        }
        return paper(**old, version=1), paper(**(old | new), version=2)

    return make


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"title": "Another Title"}, ("title",)),
        ({"abstract": "Other text."}, ("abstract",)),
        (
            {"title": "B", "abstract": "C", "comment": "Accepted by CVPR 2027"},
            ("title", "abstract", "comment: Accepted by CVPR 2027"),
        ),
        ({"abstract": "Text .", "title": "A  title"}, ("text",)),
        ({"authors": ("Ada Example", "Bob Example")}, ("authors",)),
        ({"journal_ref": "J. Ex. 1 (2027)"}, ("journal: J. Ex. 1 (2027)",)),
        ({"comment": ""}, ("text",)),
        (
            {
                "comment": "This paper has been withdrawn by the author",
                "abstract": "",
            },
            ("withdrawn",),
        ),
    ],
)
def test_what_changed_is_said_in_words(versions, new, words):
    assert changes(*versions(**new)) == words


def test_a_long_comment_is_cut(versions):
    (change,) = changes(*versions(comment="word " * 60))
    assert len(change) < 120
    assert change.endswith("…")


@pytest.mark.parametrize(
    "notice",
    [
        "This paper has been withdrawn by the author due to an error in equation 3.",
        "This paper has been withdrawn by Ada Example",
        "This submission has been withdrawn by arXiv administrators",
        "This submission has been removed by arXiv administrators due to copyright",
        "已撤稿",
        "作者已撤稿：公式有误",
        "arXiv admin note: submission has been withdrawn by arXiv administrators due to incorrect authorship",
        "Withdrawn by the authors",
        "withdrawn due to a crucial sign error",
        "Withdrawn.",
        "[Withdrawn] An error was found",
        "Paper withdrawn",
        "The authors have withdrawn this paper.",
        "The authors wish to withdraw this submission",
        "We withdraw this paper because the proof is wrong",
        "We are withdrawing this work to revise it",
        "This manuscript is temporarily withdrawn",
        "The content of the report needs to be updated and retracted",
        "This article was retracted by the authors",
    ],
)
def test_usual_notices_of_withdrawal_are_understood(paper, notice):
    assert withdrawn(paper("T", "An abstract.", comment=notice))


@pytest.mark.parametrize(
    "notice",
    [
        "This paper has been withdrawn by the authors.",
        "Withdrawn.",
        "We withdraw this paper.",
    ],
)
def test_so_are_those_in_place_of_the_abstract(paper, notice):
    assert withdrawn(paper("T", notice))


@pytest.mark.parametrize(
    "comment",
    [
        "12 pages, 5 figures", "Withdrawn from ICLR 2026", "ICLR 2026 withdrawn submission", "Accepted by CVPR 2027",
        "The previous version was withdrawn; this one is corrected", "This paper has not been withdrawn",
        "v1 withdrawn, see v2", "",
    ],
)  # fmt: skip
def test_other_comments_are_no_withdrawal(paper, comment):
    assert not withdrawn(paper("T", "An abstract.", comment=comment))


@pytest.mark.parametrize(
    "abstract",
    [
        "We study opioid withdrawal in mice.",
        "Bank deposits withdrawn by savers are modelled.",
        "We collect papers. Many papers were withdrawn by their authors; we ask why.",
        "Water is withdrawn from aquifers.",
    ],
)
def test_a_study_of_withdrawal_is_no_withdrawal(paper, abstract):
    assert not withdrawn(paper("Withdrawal", abstract))
