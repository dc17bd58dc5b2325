"""The main number of a paper is a value that it reports, never a caption's or a reference's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.paper import Claim
from pipeline.render.html.cards import main_number
from pipeline.render.pages.shown_statements import has_value, main_result
from tests.samples import review

VALUE = Claim("SegSpeak reduces the error by 12.4%.", "", 3)
OTHER = Claim("It is 2.5× faster than the baseline.", "", 4)


@pytest.mark.parametrize(
    "text",
    [
        "The error falls by 12.4%.",
        "识别率提高了3个百分点。",
        "It runs 40 times faster in Section 3.",
        "DetectGPT在XSum上的平均AUROC为0.97，LogRank为0.87。",
        "基于GPT4的方法得分为0.81。",
        "GridMM的SR为49、SPL为41。",
    ],
)
def test_a_value_is_known(text):
    assert has_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "The results are listed in Table 2.1.",
        "The method follows Smith (2017) and Section 3.2 [12, 13].",
        "We select Qwen2.5-VL and GPT-4.1 for their grounding.",
        "The preference is significant at p < 0.05.",
        "Experiments on 14 models show a loss.",
        "在ILSVRC 2014的38支队伍中，该方法检测排第二。",
        "A kernel of 1 × 1 does better than one of 3 × 3.",
    ],
)
def test_numbers_that_count_nothing_are_no_value(text):
    assert not has_value(text)


@pytest.mark.parametrize(
    "caption",
    [
        "Table 2: Results in dB and % on SegTalk, 0.5 is best.",
        "TABLE IV. Accuracy in % (1.5 is best).",
        "表 3：各方法的准确率（%），最高为 94.3%。",
    ],
)
def test_a_caption_is_never_the_main_number(caption):
    one = replace(
        review(), performance=(), results=(Claim(caption, "", 2), VALUE)
    )
    assert main_result(one) == VALUE
    assert main_number(one) == VALUE.text


def test_the_main_value_comes_before_what_else_the_results_show():
    one = replace(review(), performance=(VALUE,), results=(OTHER,))
    assert main_result(one) == VALUE
    assert main_result(replace(one, performance=())) == OTHER


@pytest.mark.parametrize("field", ["takeaways", "innovation", "significance"])
def test_a_value_elsewhere_is_the_main_result_where_no_item_has_one(field):
    one = replace(review(), performance=(), results=())
    assert main_result(replace(one, **{field: (VALUE,)})) == VALUE


@pytest.mark.parametrize("field", ["background", "past", "methods", "workload"])
def test_the_numbers_of_others_and_of_a_setup_are_no_main_result(field):
    one = replace(review(), **{field: (VALUE,)})
    assert main_result(one) is None
