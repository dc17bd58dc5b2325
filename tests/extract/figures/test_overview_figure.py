"""The figure that shows the method is known by its caption and its place."""

import pytest

from pipeline.extract.figures.overview_figure import framework
from pipeline.paper import Figure


def figures(*captions):
    return [
        Figure("figure", str(n), n, (0, 0, 1, 1), f"Figure {n}: {text}")
        for n, text in enumerate(captions, 1)
    ]


def test_the_overview_is_the_framework():
    some = figures(
        "Results of all methods.",
        "Overview of our approach. A face is made.",
        "Ablation.",
    )
    assert framework(some, 9) == "2"


@pytest.mark.parametrize(
    "caption",
    [
        "The pipeline of our method.",
        "Model architecture.",
        "Flowchart of the proposed system.",
        "Our two-stage approach to nothing.",
        "Schematic of the generator.",
    ],
)
def test_what_such_figures_are_called(caption):
    assert framework(figures("Samples of the dataset.", caption), 9) == "2"


def test_a_paper_of_plots_has_none():
    some = figures(
        "Distribution of scores.",
        "Accuracy over time.",
        "Qualitative results on all datasets.",
    )
    assert framework(some, 9) is None


def test_a_comparison_of_architectures_is_no_framework():
    assert framework(figures("Architecture comparison of all baselines."), 9) is None


def test_tables_are_never_the_framework():
    assert (
        framework(
            [
                Figure(
                    "table", "1", 1, (0, 0, 1, 1), "Table 1: Overview of our framework."
                )
            ],
            9,
        )
        is None
    )


def test_a_figure_after_the_references_gives_way():
    some = [
        Figure(
            "figure",
            "9",
            8,
            (0, 0, 1, 1),
            "Figure 9: The detailed framework of the decoder.",
        ),
        Figure("figure", "2", 3, (0, 0, 1, 1), "Figure 2: The training pipeline."),
    ]
    assert framework(some, 12, references=7) == "2"


def test_no_figures_no_framework():
    assert framework([], 9) is None


def test_what_the_text_calls_the_framework_is_it_though_its_caption_says_nothing():
    some = figures("A teaser.", "Nothing varies but three parts.", "Faces.")
    assert (
        framework(
            some,
            9,
            9,
            [
                "We go on. The framework of our method is drawn in Fig. 2, which has parts."
            ],
        )
        == "2"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Results of the framework are in Fig. 2.",
        "We give an overview. Fig. 2 holds faces.",
        "See Fig. 2.",
    ],
)
def test_other_mentions_make_no_framework(text):
    assert (
        framework(figures("A teaser.", "Nothing varies but three parts."), 9, 9, [text])
        is None
    )


def test_a_plot_explained_by_its_lines_is_none():
    assert (
        framework(
            figures(
                "The diagram for models 1–4. The dashed line is the proposed model."
            ),
            9,
        )
        is None
    )
