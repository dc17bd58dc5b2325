"""A venue is what a comment says has taken the paper; submissions and mentions are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citations.venues import venue


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (
            "10 pages, 5 figures. Accepted by CVPR 2027 (Highlight)",
            "CVPR 2027 (Highlight)",
        ),
        ("CVPR2027, project page: https://x.example/", "CVPR 2027"),
        ("Accepted to eccv2026", "ECCV 2026"),
        (
            "ECCV'26 Workshop on X. Code: https://github.com/a/b",
            "ECCV 2026 Workshop",
        ),
        ("CVPRW 2026", "CVPR 2026 Workshop"),
        ("Accepted to NeurIPS 2026 as spotlight", "NeurIPS 2026 (Spotlight)"),
        (
            "38th Conference on Neural Information Processing Systems (NeurIPS 2026)",
            "NeurIPS 2026",
        ),
        ("Accepted by ACM Multimedia 2026", "ACM MM 2026"),
        ("SIGGRAPH Asia 2026 (conference track)", "SIGGRAPH Asia 2026"),
        ("Published in IEEE TPAMI", "TPAMI"),
        ("To appear in IEEE Transactions on Affective Computing", "TAFFC"),
        ("IEEE Transactions on Multimedia, 2026", "TMM 2026"),
        ("Transactions on Machine Learning Research (2025)", "TMLR 2025"),
        ("Accepted by AE-CAI 2026", "AE-CAI 2026"),
        ("Accepted for publication in Example Letters", "Example Letters"),
        ("accepted by AAAI-27", "AAAI 2027"),
        ("8 pages, accepted by IEEE SLT 2026", "SLT 2026"),
        ("Accepted at ICMLW2026", "ICML 2026 Workshop"),
        ("Accepted by ICMLDE 2023", "ICMLDE 2023"),
        ("Published in ICMLA 2022", "ICMLA 2022"),
        ("Accepted by ICPRAM 2025", "ICPRAM 2025"),
        ("accepted by ICRAI 2023", "ICRAI 2023"),
    ],
)
def test_a_comment_names_its_venue(comment: str, text: str) -> None:
    found = venue(comment)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "10 pages, 5 figures",
        "Submitted to CVPR 2027",
        "Under review at ICLR 2027",
        "This work has been submitted to the IEEE for possible publication",
        "Extension of previous CVPR 2024 paper",
        "Second place in the CVPR 2026 challenge",
        "Project page: https://x.example/cvpr2027",
        "Code will be released upon acceptance",
        "arXiv admin note: text overlap with arXiv:2408.13335",
    ],
)
def test_what_is_not_accepted_has_no_venue(comment: str) -> None:
    assert venue(comment) is None


@pytest.mark.parametrize(
    "name", ["ICMLC", "ICPRS", "ICMIP", "ICIPR", "KDDM", "ECCVision"]
)
def test_only_a_whole_name_is_that_conference(name: str) -> None:
    found = venue(f"Accepted by {name} 2024")
    assert found is not None
    assert found.name == name


def test_the_journal_reference_goes_before_the_comment() -> None:
    found = venue(
        "CVPR 2024", "IEEE Trans. Vis. Comput. Graph. 31(5), 2026, pp. 1-10"
    )
    assert found is not None
    assert (found.name, found.year, found.kind) == (
        "IEEE Trans. Vis. Comput. Graph",
        2026,
        "journal",
    )


def test_a_known_conference_has_its_full_name_for_bibliographies() -> None:
    found = venue("CVPR 2027")
    assert found is not None
    assert (
        found.full
        == "IEEE/CVF Conference on Computer Vision and Pattern Recognition"
    )
    assert found.kind == "conference"


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_comment_gives_a_short_venue_or_none(
    comment: str, reference: str
) -> None:
    found = venue(comment, reference)
    assert found is None or 0 < len(found.text) < 160
