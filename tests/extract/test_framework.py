"""The figure that shows the method is known by its caption and its place."""

import pytest

from pipeline.extract.framework import framework
from pipeline.paper import Figure


def figures(*captions):
    return [Figure("figure", str(n), n, (0, 0, 1, 1), f"Figure {n}: {text}") for n, text in enumerate(captions, 1)]


def test_the_overview_is_the_framework():
    some = figures("Results of all methods.", "Overview of our approach. A face is made.", "Ablation.")
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
    some = figures("Distribution of scores.", "Accuracy over time.", "Qualitative results on all datasets.")
    assert framework(some, 9) is None


def test_a_comparison_of_architectures_is_no_framework():
    assert framework(figures("Architecture comparison of all baselines."), 9) is None


def test_tables_are_never_the_framework():
    assert framework([Figure("table", "1", 1, (0, 0, 1, 1), "Table 1: Overview of our framework.")], 9) is None


def test_a_figure_after_the_references_gives_way():
    some = [
        Figure("figure", "9", 8, (0, 0, 1, 1), "Figure 9: The detailed framework of the decoder."),
        Figure("figure", "2", 3, (0, 0, 1, 1), "Figure 2: The training pipeline."),
    ]
    assert framework(some, 12, references=7) == "2"


def test_no_figures_no_framework():
    assert framework([], 9) is None
