"""A value that a statement gives for a data set or a metric must stand with those names in the
paper.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.paper import Cell, Figure, Paragraph, Section
from pipeline.summarize.review.draft import Draft, DraftStatement
from pipeline.summarize.verify.checks import check
from pipeline.summarize.verify.evidence import gather_evidence
from pipeline.summarize.verify.tables.table_values import TableValues
from tests.summarize.papers import DOCUMENT, PAPER

SPANNED = (
    "HarbourCars\tHarbourBoats\n"
    "Method\tPSNR ↑\tFID ↓\tPSNR ↑\tFID ↓\n"
    "DayDet [3]\t21.25\t41.51\t22.89\t26.52\n"
    "LanternNet\t24.01\t8.99\t27.05\t6.57"
)
ROWS = "Ours\tDayDet [3]\nQuayNet-1k\t88.55 ± 0.04\t87.54\nQuayNet-1k Real\t90.72 ± 0.05\t90.54\nPierSet\t94.37\t93.51"
MERGED = "Method\tFogSet MistSet RainSet\tMean\nDayDet\t57.81\t43.82\t46.92\t54.88\nLanternNet\t73.16\t45.86\t52.87\t63.48"


def table(label: str, text: str, caption: str) -> Figure:
    return Figure(
        "table", label, 3, (0, 0, 1, 1), f"Table {label}. {caption}", text=text
    )


PAPER_WITH_TABLES = replace(
    DOCUMENT,
    sections=(
        Section(
            "4 Results",
            1,
            3,
            (
                Paragraph(
                    "LanternNet reaches 91.25% on FogSet, 82.75% on MistSet, as expected.",
                    3,
                ),
                Paragraph(
                    "Table 2 was made with GlowBench. We reach 71.5% and 72.5% on FogSet and MistSet.",
                    3,
                ),
            ),
        ),
    ),
    figures=(
        table("1", SPANNED, "Comparison."),
        table("2", ROWS, "Accuracy."),
        table("3", MERGED, "In bad weather."),
        table(
            "4", "Model\tGlowBench\nDayDet\t11.15\nLanternNet\t12.35", "Others."
        ),
    ),
)
RESULTS = TableValues(PAPER_WITH_TABLES)


@pytest.mark.parametrize(
    "text",
    [
        "在 HarbourCars 上 PSNR 为 24.01，FID 为 8.99",
        "HarbourBoats 的 FID 降到 6.57",
        "HarbourCars 与 HarbourBoats 上的 FID 分别为 8.99 和 6.57",
        "On HarbourCars the FID is 8.99, whereas on HarbourBoats it is 6.57",
        "DayDet 在 HarbourBoats 上的 PSNR 为 22.89",
        "在 QuayNet-1k 上达到 88.55%，在 PierSet 上达到 94.37%",
        "QuayNet-1k Real 为 90.72%",
        "MistSet 上为 45.86，Mean 为 63.48",
        "FogSet 上达到 91.25%",
        "在 GlowBench 上达到 94.37",
        "训练用了 12.5 万张图，与 FogSet 一起发布",
        "共 41 次实验，FogSet 上有 2 项",
        "没有名称的值 6.57",
        "只用 FogSet 训练时平均为 63.48",
        "FogSet 上训练，MistSet 上测试时，45.86 高于 DayDet 的 43.82",
        "QuayNet-1k 上达到 90.72%",
    ],
)
def test_a_value_of_that_data_set_and_metric_is_borne_out(text):
    assert list(RESULTS.unfounded(text, "")) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("在 HarbourCars 上 FID 为 6.57", "6.57"),
        ("在 HarbourBoats 上 PSNR 为 24.01", "24.01"),
        ("HarbourCars 上 PSNR 为 8.99", "8.99"),
        ("在 HarbourCars 上 PSNR 为 24.01，FID 为 24.01", "24.01"),
        ("PierSet 上达到 88.55%", "88.55"),
        ("MistSet 上为 73.16", "73.16"),
        ("RainSet 上为 45.86", "45.86"),
        ("FogSet 上达到 82.75%", "82.75"),
    ],
)
def test_a_value_of_another_column_or_row_is_told(text, value):
    assert value in [found for found, _ in RESULTS.unfounded(text, "")]


def test_a_value_in_the_quote_needs_no_table():
    assert (
        list(
            RESULTS.unfounded(
                "在 HarbourCars 上 FID 为 6.57",
                "we reach an FID of 6.57 on these",
            )
        )
        == []
    )


def test_the_checks_say_which_value_was_given_for_what():
    said = DraftStatement(
        text="所提方法在 HarbourCars 上的 FID 为 6.57。",
        quote="LanternNet reaches 91.25% on FogSet",
    )
    draft = Draft(performance=(said,))
    found = check(
        draft, gather_evidence(PAPER, PAPER_WITH_TABLES), "zh", ("performance",)
    )
    assert [(problem.check, problem.field) for problem in found] == [
        ("result", "performance.0")
    ]
    assert "6.57" in found[0].words
    assert "HarbourCars" in found[0].words


def test_what_the_paper_says_in_these_words_is_no_wrong_result():
    text = (
        "LanternNet reaches 91.25% on FogSet, 82.75% on MistSet, as expected."
    )
    draft = Draft(
        performance=(
            DraftStatement(
                text=text,
                quote="We reach 71.5% and 72.5% on FogSet and MistSet",
            ),
        )
    )
    assert (
        check(
            draft,
            gather_evidence(PAPER, PAPER_WITH_TABLES),
            "en",
            ("performance",),
        )
        == []
    )


def test_a_table_without_end_does_not_hold_up_the_night():
    hostile = "\n".join(
        "\t".join(["[" * 300, "A1" * 30, "1.5"] * 20) for _ in range(40)
    )
    found = TableValues(replace(DOCUMENT, figures=(table("1", hostile, "["),)))
    assert list(found.unfounded("A1 为 1.5", "")) == []


COUNTED = (
    "Set\tTrain clips\tTest clips\n"
    "HarbourCars\t9989\t2610\n"
    "HarbourBoats\t1,055\t720"
)
STEPS = "Model\tStep 1\tStep 2\nDayDet\t41.25\t42.75\nLanternNet\t43.25\t44.75"
PADS = "Model\tPadding\tNon-padding\nDayDet\t41.15\t42.65\nLanternNet\t43.15\t44.65"
SIZES = "Model\tSize\tGMACs\nDayDet\t8.40M\t1.25\nLanternNet\t3.75M\t0.63"
KINDS = "Model\tQuayNet\tQuayNet ReaL\nDayDet\t71.25\t72.75\nLanternNet\t73.25\t74.75"
QUOTED = {
    name: table(str(number), text, f"Of {name}.")
    for number, (name, text) in enumerate(
        [
            ("counts", COUNTED),
            ("steps", STEPS),
            ("pads", PADS),
            ("sizes", SIZES),
            ("kinds", KINDS),
        ],
        1,
    )
}
QUOTED_VALUES = TableValues(
    replace(DOCUMENT, figures=tuple(QUOTED.values()), sections=())
)


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("counts", "HarbourCars has 2,610 test clips.", True),
        ("counts", "HarbourCars has 9,989 test clips.", False),
        ("counts", "HarbourBoats有1055段Train clips。", True),
        ("steps", "LanternNet在Step 2为44.75。", True),
        ("steps", "LanternNet在Step 1为44.75。", False),
        ("steps", "At step two LanternNet reaches 44.75.", True),
        ("pads", "With non-padding LanternNet reaches 44.65.", True),
        ("pads", "With non-padding LanternNet reaches 43.15.", False),
        ("pads", "Padding时LanternNet为43.15。", True),
        (
            "sizes",
            "LanternNet has 3.75M parameters and 0.63 GMACs, against 8.40M and 1.25 of DayDet.",
            True,
        ),
        ("sizes", "LanternNet的Size为3.75M，GMACs为0.63。", True),
        ("sizes", "LanternNet的GMACs为3.75M，Size为0.63。", False),
        ("kinds", "LanternNet在QuayNet上为73.25。", True),
        ("kinds", "LanternNet在QuayNet上为74.75。", False),
        ("kinds", "LanternNet在QuayNet ReaL上为74.75。", True),
    ],
)
def test_a_value_of_the_quoted_table_is_told_by_its_whole_head(
    name, text, right
):
    found = list(QUOTED_VALUES.unfounded(text, "", QUOTED[name]))
    assert bool(found) != right


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)


VARIED = replace(
    table("1", "", "Depth at night."),
    cells=(
        tuple(Cell(text, head=True) for text in ("", "NightSet", "RainSet")),
        row("LampNet (baseline)", "41.25", "42.75"),
        row("ft. Ours", "43.25", "44.75"),
        row("BoatNet (baseline)", "51.25", "52.75"),
        row("ft. Ours", "53.25", "54.75"),
    ),
)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("LampNet经微调后，NightSet由41.25升至43.25。", True),
        ("BoatNet在RainSet上微调后为54.75。", True),
        ("BoatNet在RainSet上微调后为44.75。", False),
        ("本文方法在NightSet上为53.25。", True),
    ],
)
def test_a_row_that_varies_the_one_above_it_is_of_that_one_too(text, right):
    values = TableValues(replace(DOCUMENT, figures=(VARIED,), sections=()))
    assert bool(list(values.unfounded(text, "", VARIED))) != right


COMPARED = replace(
    table("1", "", "Boats compared."),
    cells=(
        tuple(Cell(text, head=True) for text in ("Harbour-*", "Glow", "Reach")),
        row("LampNet", "41.25", "42.75"),
        row("BoatNet", "51.25", "52.75"),
        row("BC", "61.25", "62.75"),
    ),
    text="LampNet 41.25 42.75 BoatNet 51.25 52.75 BC 61.25 62.75",
)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("In the harbour the lamp reaches 41.25.", True),
        ("LampNet reaches 51.25.", False),
        ("BoatNet's reach is 52.75 to LampNet's 42.75.", True),
    ],
)
def test_a_row_of_the_quote_bears_its_own_value_and_no_other(text, right):
    values = TableValues(replace(DOCUMENT, figures=(COMPARED,), sections=()))
    found = list(values.unfounded(text, COMPARED.text, COMPARED, is_row=True))
    assert bool(found) != right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Glow时LampNet为41.25，BoatNet为51.25，行为克隆只有61.25。", True),
        ("Glow时LampNet为41.25，BoatNet为51.25，平均准确率为61.25。", False),
    ],
)
def test_a_name_in_chinese_may_be_of_any_row(text, right):
    values = TableValues(replace(DOCUMENT, figures=(COMPARED,), sections=()))
    assert bool(list(values.unfounded(text, "", COMPARED))) != right


GROUPED = replace(
    table("1", "", "Boats by harbour."),
    cells=(
        tuple(Cell(text, head=True) for text in ("Boat", "Glow", "Reach")),
        (Cell("At night", colspan=3, head=True),),
        row("LampNet", "41.25", "42.75"),
        row("BoatNet", "51.25", "52.85"),
    ),
    text="Boat Glow Reach\nAt night\nLampNet 41.25 42.75\nBoatNet 51.25 52.85",
)


def problems_of(text: str, quote: str) -> list[str]:
    """The checks that refuse a statement on the paper with the grouped table."""
    evidence = gather_evidence(PAPER, replace(DOCUMENT, figures=(GROUPED,)))
    draft = Draft(performance=(DraftStatement(text=text, quote=quote),))
    found = check(draft, evidence, "en", ("performance",))
    return [one.check for one in found]


def test_a_row_may_be_quoted_as_the_prompt_shows_it():
    told = "LampNet glows with 41.25 at night."
    assert problems_of(told, "At night: LampNet | 41.25 | 42.75") == []
    assert problems_of(told, "At dawn: LampNet | 41.25 | 42.75") == ["quote"]


def test_a_row_of_few_words_is_quote_enough():
    assert problems_of("BoatNet reaches 52.85.", "BoatNet 51.25 52.85") == []


def test_what_one_sees_between_two_rows_may_be_told():
    quote = "LampNet 41.25 42.75 BoatNet 51.25 52.85"
    assert problems_of("BoatNet reaches 10.1 more.", quote) == []
    assert problems_of("BoatNet reaches 13.4 more.", quote) == ["number"]


def test_a_label_over_two_rows_may_be_quoted_once():
    by_harbour = replace(
        GROUPED,
        cells=(
            (Cell("Harbour", head=True), *GROUPED.cells[0]),
            (Cell("Night", rowspan=2), *row("LampNet", "41.25", "42.75")),
            row("BoatNet", "51.25", "52.85"),
        ),
        text="Harbour Boat Glow Reach\nLampNet 41.25 42.75\nNight\nBoatNet 51.25 52.85",
    )
    evidence = gather_evidence(PAPER, replace(DOCUMENT, figures=(by_harbour,)))
    quote = "Night LampNet 41.25 42.75 BoatNet 51.25 52.85"
    located = evidence.locate(quote)
    assert located is not None
    assert located.figure is by_harbour


HEADED_TWICE = replace(
    table("1", "", "Boats by day and by night."),
    cells=(
        tuple(Cell(text, head=True) for text in ("Boat", "Glow", "Reach")),
        row("LampNet", "41.25", "42.75"),
        tuple(Cell(text, head=True) for text in ("Boat", "Reach", "Glow")),
        row("LampNet", "51.25", "52.75"),
    ),
)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("LampNet reaches a Glow of 41.25.", True),
        ("LampNet reaches a Glow of 52.75.", True),
        ("LampNet reaches a Glow of 51.25.", False),
    ],
)
def test_a_group_of_rows_may_have_heads_of_its_own(text, right):
    document = replace(DOCUMENT, figures=(HEADED_TWICE,), sections=())
    found = list(TableValues(document).unfounded(text, "", HEADED_TWICE))
    assert bool(found) != right
