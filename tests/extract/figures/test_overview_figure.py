"""The figure that shows the method is known by its caption, what is drawn, and its place."""

import pytest

from pipeline.extract.figures.figure_traits import FigureTraits
from pipeline.extract.figures.floats import read_floats
from pipeline.extract.figures.overview_figure import find_overview_figure
from pipeline.paper import Figure, Paragraph, Section
from tests.extract.leaf import Leaf

DIAGRAM = FigureTraits(labels=12, boxes=6, arrows=8)
PLOT = FigureTraits(labels=6, numbers=14, boxes=1)
PROMPT = FigureTraits(labels=20, text_lines=18, boxes=3)
PHOTOS = FigureTraits(labels=2, pictures=12, picture_share=0.9)


def figures(*captions):
    return [
        Figure("figure", str(n), n, (0, 0, 1, 1), f"Figure {n}: {text}")
        for n, text in enumerate(captions, 1)
    ]


def section(title, text, level=1, kind="body"):
    return Section(title, level, 3, (Paragraph(text, 3),), kind)


def named(some, sections=(), traits=None, pages=9):
    return find_overview_figure(
        some, traits or [FigureTraits()] * len(some), pages, sections
    )


def test_the_overview_is_named():
    some = figures(
        "Results of all methods.",
        "Overview of our approach. A face is made.",
        "Ablation.",
    )
    assert named(some) == "2"


@pytest.mark.parametrize(
    "caption",
    [
        "The pipeline of our method.",
        "Model architecture.",
        "Flowchart of the proposed system.",
        "Our two-stage approach to nothing.",
        "Schematic of the generator.",
        "Schéma du système proposé.",
        "Überblick über das Verfahren.",
        "Arquitectura del sistema.",
        "多通道模型框架图",
        "提案手法の概要",
        "제안 방법의 전체 구조",
    ],
)
def test_what_such_figures_are_called(caption):
    assert named(figures("Samples of the dataset.", caption)) == "2"


@pytest.mark.parametrize(
    "captions",
    [
        (
            "Distribution of scores.",
            "Accuracy over time.",
            "Qualitative results on all datasets.",
        ),
        ("Architecture comparison of all baselines.",),
        ("The diagram for models 1–4. The dashed line is the proposed model.",),
        ("Overview of the tuples extracted, with examples.",),
        ("系统性能对比",),
    ],
)
def test_papers_of_plots_and_samples_have_none(captions):
    assert named(figures(*captions)) is None


def test_tables_are_never_named():
    table = Figure(
        "table", "1", 1, (0, 0, 1, 1), "Table 1: Overview of our framework."
    )
    assert named([table]) is None


def test_a_figure_after_the_references_gives_way():
    some = [
        Figure(
            "figure",
            "9",
            8,
            (0, 0, 1, 1),
            "Figure 9: The detailed framework of the decoder.",
        ),
        Figure(
            "figure", "2", 3, (0, 0, 1, 1), "Figure 2: The training pipeline."
        ),
    ]
    references = Section("References", 1, 7, (), "references")
    assert named(some, [references], pages=12) == "2"


def test_no_figures_no_name():
    assert named([]) is None


def test_what_the_text_calls_the_framework_is_it_though_its_caption_says_nothing():
    some = figures("A teaser.", "Nothing varies but three parts.", "Faces.")
    text = "We go on. The framework of our method is drawn in Fig. 2, which has parts."
    assert named(some, [section("3 Heads that talk", text)]) == "2"


@pytest.mark.parametrize(
    "text",
    [
        "Results of the framework are in Fig. 2.",
        "We give an overview. Fig. 2 holds faces.",
        "See Fig. 2.",
    ],
)
def test_other_mentions_name_none(text):
    some = figures("A teaser.", "Nothing varies but three parts.")
    assert named(some, [section("1 Introduction", text)]) is None


def test_boxes_and_arrows_cited_in_the_method_make_one_whose_caption_says_nothing():
    some = figures("A teaser.", "Nothing varies but three parts.")
    sections = [
        section("3 Proposed Method", "All parts are drawn in Figure 2.")
    ]
    assert named(some, sections, [PHOTOS, DIAGRAM]) == "2"


@pytest.mark.parametrize("drawn", [PLOT, PROMPT, PHOTOS])
def test_plots_prompts_and_photographs_are_none(drawn):
    some = figures("A teaser.", "What is said of nothing.")
    sections = [
        section("3 Proposed Method", "All parts are drawn in Figure 2.")
    ]
    assert named(some, sections, [PHOTOS, drawn]) is None


def test_a_diagram_first_cited_among_the_experiments_gives_way():
    some = figures("The first of two.", "The second of two.")
    sections = [
        section("3 Method", "Look at Figure 1."),
        section("4 Experiments", "Look at Figure 2."),
    ]
    assert named(some, sections, [DIAGRAM, DIAGRAM]) == "1"
    assert named(some, sections[::-1], [DIAGRAM, DIAGRAM]) == "1"


def test_what_is_drawn_is_counted():
    leaf = Leaf().prose(60, 200)
    for x in (100, 220, 340):
        leaf.box(x, 240, x + 80, 280).text(x + 10, 262, "Encoder part")
        leaf.page.draw_polyline(
            [(x + 80, 256), (x + 88, 260), (x + 80, 264)], fill=(0, 0, 0)
        )
    leaf.text(100, 300, "0.5 1.0 1.5").text(
        200, 330, "Figure 1: What is drawn."
    ).prose(360, 700)
    [traits] = read_floats(leaf.pages()).traits
    assert (traits.labels, traits.boxes, traits.arrows, traits.numbers) == (
        3,
        3,
        3,
        1,
    )


def test_the_name_of_a_part_is_no_sentence_of_a_caption():
    some = figures(
        "A teaser.",
        "Left: The pipeline of our method. Right: Results on faces.",
    )
    assert named(some) == "2"
