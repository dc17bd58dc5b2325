"""Small records of our own making."""

from datetime import UTC, datetime

import pytest

from pipeline.paper import Paper

NIGHT = datetime(2026, 11, 18, 1, tzinfo=UTC)


@pytest.fixture
def paper():
    """Make a paper; only what a test is about needs to be said."""
    count = iter(range(10_000))

    def make(title="A Title", abstract="", **fields):
        values = {
            "id": f"2611.{next(count):05d}",
            "version": 1,
            "authors": ("Ada Example",),
            "categories": ("cs.CV",),
            "published": NIGHT,
            "updated": NIGHT,
        }
        return Paper(title=title, abstract=abstract, **(values | fields))

    return make


FILLER = (
    "robot grasping of soft fruit with tactile fingers",
    "protein folding with graph networks and energy terms",
    "crop disease maps from drone photographs",
    "scheduling of jobs in data centres under power limits",
    "parsing of legal contracts with language models",
    "solving stiff equations with learned time steps",
    "traffic forecasting with sensor graphs in cities",
    "detection of cracks in concrete bridges",
)


@pytest.fixture
def background(paper):
    """Two hundred papers of other fields."""
    return [
        paper(
            f"Study {number}: {FILLER[number % 8]}",
            f"We study {FILLER[number % 8]}. Part {number} of many.",
        )
        for number in range(200)
    ]
