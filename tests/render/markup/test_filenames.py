"""File names are short, portable and tell names apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.markup.filenames import filename_rules, portable


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Talking Head", "Talking-Head"),
        ("Vision-Language Navigation", "Vision-Language-Navigation"),
        ("Virtual Human / Avatar", "Virtual-Human-Avatar"),
        ("3D Gaussian Splatting", "3D-Gaussian-Splatting"),
        ("说话人脸", "说话人脸"),
        ("cs-0112017", "cs-0112017"),
        ("2611.04217", "2611.04217"),
    ],
)
def test_ordinary_names_stay_readable(name: str, file: str) -> None:
    assert portable(name) == file


@given(st.text(max_size=300))
def test_a_file_name_is_portable(name: str) -> None:
    made = portable(name)
    assert made
    assert len(made.encode()) <= filename_rules.longest + 9
    assert not re.search(r"[\x00-\x1f/\\:*?\"<>|\s]", made)
    assert made[0] not in "-."
    assert made[-1] not in "-. "
    assert not re.fullmatch(
        r"(?i)(con|prn|aux|nul|com\d|lpt\d|index|readme)(\..*)?", made
    ) or "." in made.lower().removeprefix("index")


@given(
    st.text("aB-/ .+#!", min_size=1, max_size=8),
    st.text("aB-/ .+#!", min_size=1, max_size=8),
)
def test_different_names_get_different_files(one: str, other: str) -> None:
    def same(name: str) -> str:
        return re.sub(r"[\s/.-]+", " ", name).strip()

    if same(one) != same(other):
        assert portable(one) != portable(other)


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "nul",
        "COM1",
        "aux.txt",
        "index",
        "README",
        "..",
        ".",
        "",
        "/",
        "\ud800",
    ],
)
def test_names_that_a_system_or_a_site_keeps_for_itself_are_changed(
    name: str,
) -> None:
    assert re.search(r"[0-9a-f]{8}$", portable(name))


def test_long_names_differ_in_their_end() -> None:
    assert portable("x" * 500 + "a") != portable("x" * 500 + "b")
