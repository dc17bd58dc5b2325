"""What the reading process sends arrives whole, and nothing else passes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.worker.protocol import (
    BrokenFrame,
    Reading,
    pack,
    read_frame,
    unpack,
    write_frame,
)
from pipeline.paper import Document, Figure, Paragraph, Section

DOCUMENT = Document(
    pages=2,
    title="Ωmega “heads”",
    abstract="We talk.",
    language="en",
    sections=(Section("1 Intro", 1, 1, (Paragraph("Hello.", 1),)),),
    figures=(
        Figure(
            "figure",
            "1",
            2,
            (1.0, 2.0, 3.5, 4.0),
            "Figure 1. A head.",
            "figure-1.png",
        ),
    ),
    warnings=("a",),
)


def sent(head, *parts, limit=1 << 20):
    stream = io.BytesIO()
    write_frame(stream, head, *parts)
    stream.seek(0)
    return read_frame(stream, limit)


def test_a_reading_comes_back_equal():
    reading = Reading(
        DOCUMENT, {"figure-1.png": b"\x89PNG", "table-1.webp": b""}
    )
    head, parts = pack(reading)
    assert unpack(*sent(head, *parts)) == reading


@pytest.mark.parametrize(
    "name", ["../a.png", "a/b.png", "a\\b.png", "", "..", "/etc/passwd"]
)
def test_a_picture_whose_name_is_a_path_is_refused(name):
    head, parts = pack(Reading(DOCUMENT, {name: b""}))
    with pytest.raises(BrokenFrame):
        unpack(*sent(head, *parts))


def test_a_message_larger_than_the_limit_is_refused_before_it_is_read():
    with pytest.raises(BrokenFrame, match="larger"):
        sent({}, b"x" * 2000, limit=1000)


@given(st.binary(max_size=200))
def test_noise_is_a_broken_frame_and_nothing_worse(noise):
    with pytest.raises(BrokenFrame):
        unpack(*read_frame(io.BytesIO(noise), 100))


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"document": {}, "names": []},
        {"document": 1, "names": 2},
        {"names": ["a"]},
    ],
)
def test_a_head_without_a_document_is_refused(head):
    with pytest.raises(BrokenFrame):
        unpack(*sent(head))
