"""TeX of titles and abstracts as the text that it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citations.tex_as_text import tex_as_text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"We propose \textbf{Mimic} to learn", "We propose Mimic to learn"),
        (r"less than 10\% of the time", "less than 10% of the time"),
        (r"at \url{https://x.org/~v/a\_b}.", "at https://x.org/~v/a_b."),
        (
            r"at \href{https://x.org/a}{\textcolor{red}{A}}.",
            "at A (https://x.org/a).",
        ),
        (r"Fr\'echet and na\"{\i}ve", "Fréchet and naïve"),
        (r"\textbf{\emph{Deep}} words", "Deep words"),
        (r"{\em within the data}, it", "within the data, it"),
        (
            r"the fidelity (\ie, the quality)",
            "the fidelity (i.e., the quality)",
        ),
        (
            r"This paper introduces \method, a way",
            "This paper introduces method, a way",
        ),
        (r"\algfull{} (\algname{}) works", "algfull (algname) works"),
        (r"density {\sigma}, and 360{\deg}", "density σ, and 360°"),
        (r"3.72\,dB and Relia\-Avatar", "3.72 dB and ReliaAvatar"),
        (r"the ``encode'' step --- and 3--4", "the “encode” step — and 3–4"),
        (r"up to 25~m away", "up to 25 m away"),
        (r"{NeRF} in the {Wild}", "NeRF in the Wild"),
        (
            r"fonts \texttt{FaceKit} \mbox{audio-visual}",
            "fonts FaceKit audio-visual",
        ),
        (r"costs \$5", "costs ＄5"),
    ],
)
def test_commands_become_what_they_mean(tex: str, text: str) -> None:
    assert tex_as_text(tex) == text


@pytest.mark.parametrize(
    "text",
    [
        r"the cost $O(n \log n)$ and \(\bm t\) stay",
        "a set {1, 2} and {{ braces }} stay",
        "about ~10 and 5~10 stay",
        "plain words",
        "https://x.org/~vgg/ stays",
        "it's the authors' own ''quote",
    ],
)
def test_formulas_and_plain_text_stay(text: str) -> None:
    assert tex_as_text(text) == text


@given(st.text(alphabet="ab\\{}$%~`'- \n"))
def test_any_text_is_taken_and_what_was_made_is_stable(text: str) -> None:
    assert isinstance(tex_as_text(text), str)
