"""Records given as JSON."""

from datetime import UTC, datetime

import pytest

from pipeline.errors import UsageError
from pipeline.screen.records import read_record


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2307.01234v2", ("2307.01234", 2)),
        ("2307.01234", ("2307.01234", 1)),
        ("http://arxiv.org/abs/cs/0112017v3", ("cs/0112017", 3)),
        ("https://arxiv.org/pdf/2409.03605v11", ("2409.03605", 11)),
        ("math.GT/0309136", ("math.GT/0309136", 1)),
    ],
)
def test_an_id_is_read_with_its_version(text, parts):
    paper = read_record({"id": text, "title": "T"})
    assert (paper.id, paper.version) == parts


def test_a_record_without_an_id_is_refused():
    with pytest.raises(UsageError):
        read_record({"id": "a" * 200_000, "title": "T"})


def test_missing_fields_are_empty_and_spaces_are_single():
    paper = read_record(
        {
            "id": "2307.01234v2",
            "title": "A\n  Title ",
            "comment": None,
            "published": "2023-07-31T04:17:21Z",
        }
    )
    assert (paper.title, paper.comment, paper.abstract, paper.version) == (
        "A Title",
        "",
        "",
        2,
    )
    assert (
        paper.published
        == paper.updated
        == datetime(2023, 7, 31, 4, 17, 21, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "record", [{}, {"id": "x", "title": "T"}, {"id": "2307.01234"}, {"id": "2307.01234", "title": 3},
               {"id": "2307.01234", "title": "T", "published": "yesterday"}],
)  # fmt: skip
def test_a_broken_record_is_one_clear_error(record):
    with pytest.raises(UsageError):
        read_record(record)
