"""What a review says once is enough; which of two places keeps it."""

import pytest

from pipeline.summarize.review.draft import Draft, DraftStatement, replace
from pipeline.summarize.verify.repetition import repeats

FIELDS = ("summary", "takeaways", "performance", "results", "methods")
LONG = {
    "zh": "由语音和一张图像生成唇动：提出相关性损失，在三个数据集上多数指标优于对比方法。",
    "en": "LanternNet finds lamps at night and reaches 94.4% on NightLamp, above DayDet.",
}
SHORT = {
    "zh": "在三个数据集上，多数指标优于对比方法。",
    "en": "LanternNet reaches 94.4% on NightLamp, above DayDet.",
}
OTHER = {
    "zh": "模型有时不能保持肤色。",
    "en": "Lamps behind fog are not found.",
}


def said(*texts):
    return tuple(DraftStatement(text=text) for text in texts)


def repeated(**fields):
    return [one.field for one in repeats(Draft(**fields), FIELDS)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_takeaway_that_stands_in_the_summary_goes(language):
    found = repeated(
        summary=said(LONG[language])[0],
        takeaways=said(OTHER[language], SHORT[language]),
    )
    assert found == ["takeaways.1"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_a_takeaway_and_an_item_the_item_stays(language):
    found = repeated(
        takeaways=said(OTHER[language], SHORT[language]),
        performance=said(LONG[language]),
    )
    assert found == ["takeaways.1"]
    found = repeated(
        takeaways=said(OTHER[language], LONG[language]),
        performance=said(SHORT[language]),
    )
    assert found == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_two_items_the_first_stays(language):
    text = SHORT[language]
    assert repeated(performance=said(text), results=said(text)) == ["results.0"]


def test_one_takeaway_is_left_where_all_stand_elsewhere():
    found = repeated(
        takeaways=said(SHORT["zh"], OTHER["zh"]),
        results=said(SHORT["zh"], OTHER["zh"]),
    )
    assert found == ["takeaways.1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("在 GRID 上 PSNR 为 29.89。", "在 LRW 上 PSNR 为 29.89。"),
        ("The PSNR on GRID is 29.9.", "The PSNR on GRID is 28.9."),
        ("去掉损失后变差。", "加上判别器后变差。"),
    ],
)
def test_another_value_or_name_is_no_repetition(one, other):
    assert repeated(performance=said(one), results=said(other)) == []


def test_the_places_of_lists_are_those_of_the_draft():
    draft = replace(Draft(methods=said("a", "b")), Draft(), ["methods.0"])
    assert [one.field for one in repeats(draft, FIELDS)] == []
