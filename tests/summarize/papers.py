"""A small paper made by hand, as a record and as what its PDF holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipeline.paper import Document, Figure, Paper, Paragraph, Section

ABSTRACT = (
    "We present LanternNet, a network that finds lanterns in night photographs. Existing detectors rely "
    "on daylight images and fail when the scene is dark. LanternNet reaches 94.37% accuracy on the "
    "NightLamp benchmark and runs at 29.7 FPS."
)
INTRODUCTION = (
    "Finding lamps at night is an important task for autonomous boats. Recent years have seen widely used"
    " detectors for daylight. However, existing methods rely on bright images and fail in the dark [3, "
    "4]. To the best of our knowledge, LanternNet is the first network that is trained on night "
    "photographs alone."
)
ENCODER = (
    "We encode each photograph with a ResNet-50 that was trained for three epochs. The features are then "
    "pooled over 512×512 windows so that faint lamps are kept. We train with a learning rate of 1e-4 for "
    "70K steps."
)
DECODER = "We decode the pooled features with a small transformer that predicts one box for each lamp it has found."
RESULTS = (
    "We evaluate on 3.1M photographs of 2,407 harbours from the NightLamp benchmark. Our method "
    "outperforms DayDet by 12.5% in accuracy and is 2.5× faster. The user study with 40 participants "
    "confirms that the boxes are better."
)
CLOSING = (
    "We have shown that lamps can be found without any daylight image. We believe that our work enables "
    "safer boats at night. A limitation is that the network does not find lamps behind fog."
)
TABLE = Figure(
    "table",
    "1",
    3,
    (0, 0, 1, 1),
    "Table 1. Accuracy on NightLamp.",
    text="DayDet 81.87\nLanternNet 94.37",
)
PAPER = Paper(
    id="2611.00042",
    version=2,
    title="LanternNet: Finding Lanterns in Night Photographs",
    abstract=ABSTRACT,
    authors=("Ada Example", "Bo Sample"),
    categories=("cs.CV",),
    published=datetime(2026, 11, 2, tzinfo=UTC),
    updated=datetime(2026, 11, 3, tzinfo=UTC),
)
DOCUMENT = Document(
    pages=4,
    title=PAPER.title,
    abstract=ABSTRACT,
    language="en",
    affiliations=("Harbour University",),
    first_affiliation="Harbour University",
    front="LanternNet: Finding Lanterns in Night Photographs Ada Example, Bo Sample Harbour University, Port Town",
    sections=(
        Section("Abstract", 1, 1, (Paragraph(ABSTRACT, 1),), "abstract"),
        Section("1 Introduction", 1, 1, (Paragraph(INTRODUCTION, 1),)),
        Section("2 Method", 1, 2),
        Section("2.1 Encoder", 2, 2, (Paragraph(ENCODER, 2),)),
        Section("2.2 Decoder", 2, 2, (Paragraph(DECODER, 2),)),
        Section("3 Experiments", 1, 3, (Paragraph(RESULTS, 3),)),
        Section("4 Conclusion", 1, 4, (Paragraph(CLOSING, 4),)),
        Section(
            "References",
            1,
            4,
            (Paragraph("[3] C. Other. Glowworms at large. 1999.", 4),),
            "references",
        ),
    ),
    figures=(
        Figure(
            "table",
            "1",
            3,
            (0, 0, 1, 1),
            "Table 1. Accuracy on NightLamp.",
            text="DayDet 81.87\nLanternNet 94.37",
        ),
    ),
)


def document(**changes: Any) -> Document:
    """The document with some fields changed."""
    return replace(DOCUMENT, **changes)


def saying(text: str, page: int = 2) -> Document:
    """The document with one paragraph more."""
    return document(
        sections=(
            *DOCUMENT.sections,
            Section("5 More", 1, page, (Paragraph(text, page),)),
        )
    )
