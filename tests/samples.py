"""Values that many tests need: small, plain, invented."""

from datetime import UTC, datetime

from pipeline.paper import (
    Claim,
    Document,
    Figure,
    Paper,
    Paragraph,
    Review,
    Section,
)

NIGHT = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)


def paper(number=1, version=1, **changes):
    """A record."""
    values = {
        "id": f"2611.{number:05d}",
        "version": version,
        "title": f"Talking Head Study {number}",
        "abstract": "We animate a talking head from speech. It works well.",
        "authors": ("Ada Example", "Bo Sample"),
        "categories": ("cs.CV", "cs.MM"),
        "published": datetime(2026, 11, 18, 9, number % 60, tzinfo=UTC),
        "updated": datetime(2026, 11, 18, 9, number % 60, tzinfo=UTC),
        "comment": "10 pages",
    }
    return Paper(**values | changes)


def document(**changes):
    """What a PDF holds."""
    values = {
        "pages": 9,
        "title": "Talking Head Study 1",
        "abstract": "We animate a talking head from speech. It works well.",
        "language": "en",
        "affiliations": ("Institute of Invented Results",),
        "first_affiliation": "Institute of Invented Results",
        "sections": (
            Section(
                "1 Method",
                1,
                3,
                (Paragraph("We train a network for 10 hours.", 3),),
            ),
        ),
        "figures": (
            Figure(
                "figure",
                "1",
                2,
                (10, 20, 300, 200),
                "Figure 1. Overview.",
                "figure-1.png",
                "box",
            ),
        ),
        "framework": "1",
        "footnotes": (Paragraph("A footnote.", 1),),
    }
    return Document(**values | changes)


def review(number=1, version=1, **changes):
    """A whole review."""
    claim = Claim("它有效。", "It works well", 1)
    values = {
        "paper_id": f"2611.{number:05d}",
        "version": version,
        "language": "zh",
        "model": "extractive",
        "summary": claim,
        "takeaways": (claim,),
        "title": "说话人头研究",
        "affiliation": "Institute of Invented Results",
        "keywords": ("talking head",),
    }
    points = ("background", "past", "method", "performance", "methods")
    values |= dict.fromkeys(
        (*points, "significance", "innovation", "results", "workload"), (claim,)
    )
    return Review(**values | changes)
