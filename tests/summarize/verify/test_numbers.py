"""A statement's numbers are found in the paper however either side writes them, and no other
passes.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.verify.numbers import (
    index,
    is_derived,
    names_with_digits,
    read_numbers,
)

PAPER = index(
    "We reach 94.37% on 3 datasets with 3.1M clips, 1,234,567 images, a loss of 0.3537 and 0.35, lr 1 × 10−4, "
    "11,973 hours, 12.5 % more, 23.7 FPS, five stages, LLaMA-7B, 2407 subjects, 512×512 crops, 2.46x faster, "
    "70K steps, 20–90% of 1 000 runs, 105, 446 faces"
)
TRUE = [
    "94.37%",
    "94.4%",
    "94%",
    "百分之九十四",
    "0.9437",
    "310万个片段",
    "105,446张",
    "10.5万张",
    "3.1M",
    "3,100,000",
    "约123万张图",
    "1.23M",
    "1234567",
    "0.35",
    "35%",
    "35个百分点",
    "35.4%",
    "0.354",
    "学习率1e-4",
    "0.0001",
    "10^-4",
    "1×10⁻⁴",
    "1.2万小时",
    "13%",
    "约24帧",
    "24 FPS",
    "五个阶段",
    "5个阶段",
    "2407名",
    "约2400名",
    "512×512",
    "2.5倍",
    "2.46×",
    "7万步",
    "70,000步",
    "70亿参数",
    "7B",
    "20%到90%",
    "20-90%",
    "超过90%",
    "１２．５％",
    "1000次",
    "GPT-4与R2R上的3D任务",
    "ResNet-50和ViT-B/32",
]
FALSE = [
    "94.73%",
    "95%",
    "93.4%",
    "3.1B",
    "320万",
    "124万",
    "0.36",
    "36%",
    "1e-5",
    "1.3万小时",
    "14%",
    "25 FPS",
    "六个阶段",
    "2408名",
    "约2600名",
    "256×256",
    "2.6倍",
    "8万步",
    "80亿参数",
    "30-90%",
    "97.13%",
    "35.77个百分点",
    "2024年",
    "百分之八十",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_number_of_the_paper_is_found_in_any_form(text):
    assert all(
        PAPER.holds(number)
        for number in read_numbers(f"该方法达到{text}，优于基线")
    )


@pytest.mark.parametrize("text", FALSE)
def test_a_number_that_the_paper_does_not_have_never_passes(text):
    assert not all(
        PAPER.holds(number)
        for number in read_numbers(f"该方法达到{text}，优于基线")
    )


def test_digits_in_a_name_belong_to_the_name():
    text = "在GPT-4、R2R、3D、ResNet-50、CLIP ViT-B/32、F1和H100上评测，速度为30fps，共2个阶段"
    assert [number.text for number in read_numbers(text)] == ["30", "2"]
    assert names_with_digits(text) == [
        "GPT-4",
        "R2R",
        "3D",
        "ResNet-50",
        "ViT-B/32",
        "F1",
        "H100",
    ]


def test_words_that_hold_a_numeral_but_count_nothing_are_left_alone():
    assert read_numbers("统一的三维表示，第一作者，一种方法，数百万样本") == []


@settings(deadline=None)  # the machine may be busy
@given(
    st.floats(min_value=10, max_value=99_999).map(lambda value: round(value, 2))
)
def test_any_printed_number_is_found_as_printed_and_with_one_digit_less(value):
    paper = index(f"The score is {value:.2f} points.")
    assert all(
        paper.holds(number) for number in read_numbers(f"得分为{value:.2f}")
    )
    assert all(
        paper.holds(number) for number in read_numbers(f"得分为{value:.1f}")
    )


@settings(deadline=None)  # the machine may be busy
@given(st.integers(min_value=1000, max_value=10**12))
def test_large_numbers_are_found_with_and_without_commas(value):
    assert all(
        index(f"about {value:,} images").holds(number)
        for number in read_numbers(f"共{value}张")
    )
    assert all(
        index(f"about {value} images").holds(number)
        for number in read_numbers(f"共{value:,}张")
    )


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_any_text_can_be_read(text):
    found = index(text)
    assert all(number.value >= 0 for number in read_numbers(text))
    assert list(found.ordered) == sorted(found.values)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("enhanced 100 millionfold", "增强1亿倍"),
        ("a 100 million-fold gain", "增强1亿倍"),
        ("a tenfold gain", "提高10倍"),
        ("a decay rate of 106 s−1 and 3 × 107 s−1", "速率10^6 s^-1"),
        ("about ∼105 lamps, 2 × 10−3 of all", "约10⁵盏灯"),
        ("a density ≈1025 cm−3, 2 × 10−3 of all", "约10^25 cm^-3"),
        ("of the order of 104 lamps, 2 × 10−3 of all", "约10的4次方盏灯"),
    ],
)
def test_a_large_number_is_found_however_the_paper_prints_it(printed, said):
    assert all(index(printed).holds(number) for number in read_numbers(said))


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("enhanced 100 millionfold", "增强10亿倍"),
        ("106 lamps, 2 × 10−3 of all", "10^6盏灯"),
        ("see [105], 2 × 10−3", "10^5"),
        ("about ∼105 lamps", "10^5盏灯"),
        ("about ∼1025 lamps, 2 × 10−3 of all", "10^25盏灯"),
        ("a decay rate of 106 s−1 and 3 × 107 s−1", "速率10^5 s^-1"),
    ],
)
def test_no_power_is_made_of_a_plain_number(printed, said):
    assert not all(
        index(printed).holds(number)
        for number in read_numbers(said)
        if number.value > 10
    )


@pytest.mark.parametrize(
    "hostile", ["1" * 20_000, "1," * 10_000, "0." * 10_000, "12 × 10 " * 3_000]
)
def test_numbers_without_end_do_not_hold_up_the_night(hostile):
    assert all(map(index(hostile + " and 42").holds, read_numbers("42 layers")))


def test_a_number_that_a_looping_model_wrote_is_in_no_paper():
    assert not any(
        map(index("We train for 11 hours.").holds, read_numbers("1" * 5_000))
    )


def test_a_long_list_keeps_its_numbers():
    known = index(",".join(str(number) for number in range(1, 100)))
    assert all(
        all(map(known.holds, read_numbers(f"{number} layers")))
        for number in (3, 57, 99)
    )


@pytest.mark.parametrize(
    "text",
    ["It has five stages.", "Five-stage training.", "three datasets of five"],
)
def test_a_number_spelled_out_in_english_is_read_and_found(text):
    assert read_numbers(text)
    assert all(map(PAPER.holds, read_numbers(text)))


@pytest.mark.parametrize(
    "text", ["It has six stages.", "Eight-stage training.", "Thirteen datasets"]
)
def test_a_number_spelled_out_that_the_paper_does_not_have_never_passes(text):
    assert not all(map(PAPER.holds, read_numbers(text)))


def test_a_decimal_comma_of_the_paper_is_a_point_of_the_statement():
    known = index("VGG16 0,79 0,52 and 12,345 photographs")
    said = [one for one in read_numbers("0.79和0.52，共12,345张") if one.value]
    assert all(map(known.holds, said))
    assert not known.holds(read_numbers("0.78")[0])


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("高出七成左右", [1.92, 3.28]),
        ("costs about 2.5 of PSNR", [30.15, 27.61]),
        ("还不到0.004", [0.9802, 0.9765]),
        ("roughly 19 times as many", [230.0, 12.17]),
        ("31% fewer", [100.0, 69.0]),
    ],
)
def test_what_one_sees_between_two_numbers_is_derived(told, given):
    (number,) = read_numbers(told)
    assert is_derived(number, given)


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("高出五成左右", [1.92, 3.28]),
        ("costs about 3.5 of PSNR", [30.15, 27.61]),
        ("25 times as many", [230.0, 12.17]),
        ("38% fewer", [100.0, 69.0]),
        ("45% fewer", [69.0]),
        ("45% fewer", [0.0, 0.0]),
    ],
)
def test_no_other_number_is(told, given):
    (number,) = read_numbers(told)
    assert not is_derived(number, given)
