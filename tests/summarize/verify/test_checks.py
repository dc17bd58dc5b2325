"""Every check finds what it is for, all are reported together, and a true draft passes whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline.errors import ReviewIncomplete
from pipeline.paper import Account
from pipeline.resources import PROMPTS
from pipeline.summarize.review.draft import (
    STATEMENTS,
    Affiliation,
    Draft,
    DraftStatement,
    statements,
)
from pipeline.summarize.review.finalize import Checked, Source, accept
from pipeline.summarize.review.prompts import load_prompts
from pipeline.summarize.verify.affiliation import final_affiliation
from pipeline.summarize.verify.checks import check
from pipeline.summarize.verify.evidence import gather_evidence
from tests.summarize.papers import DOCUMENT, ENCODER, PAPER, document

CAUSES = load_prompts(PROMPTS, "zh").causes
EVIDENCE = gather_evidence(PAPER, DOCUMENT)
FIELDS = tuple(name for name in Draft.model_fields if name != "abstract")


def said(text: str, quote: str) -> DraftStatement:
    return DraftStatement(text=text, quote=quote)


DRAFT = Draft(
    summary=DraftStatement(
        text="提出 LanternNet，在夜间照片中检测灯笼，准确率达94.4%",
        quote="LanternNet reaches 94.37% accuracy on the NightLamp benchmark",
    ),
    takeaways=(
        said(
            "LanternNet 只用夜间照片训练",
            "first network that is trained on night photographs alone",
        ),
        said(
            "在 NightLamp 上准确率比 DayDet 高12.5%，速度为其2.5倍",
            "Our method outperforms DayDet by 12.5% in accuracy and is 2.5× faster",
        ),
        said(
            "局限：雾中的灯无法检出",
            "the network does not find lamps behind fog",
        ),
    ),
    title="LanternNet：在夜间照片中寻找灯笼",
    affiliation=Affiliation(
        institution="Harbour University", affiliation="海港大学"
    ),
    keywords=("night photographs", "detection", "LanternNet"),
    background=(
        said(
            "夜间寻找灯对无人船很重要",
            "Finding lamps at night is an important task for autonomous boats",
        ),
    ),
    past=(
        said(
            "已有方法依赖明亮图像，在黑暗中失效",
            "existing methods rely on bright images and fail in the dark",
        ),
    ),
    method=(
        said(
            "提出网络 LanternNet 检测夜间的灯",
            "We present LanternNet, a network that finds lanterns in night photographs",
        ),
    ),
    performance=(
        said(
            "在310万张照片上评测，覆盖2407个港口",
            "We evaluate on 3.1M photographs of 2,407 harbours",
        ),
    ),
    methods=(
        said(
            "用 ResNet-50 编码每张照片，训练三个轮次",
            "We encode each photograph with a ResNet-50 that was trained for three epochs",
        ),
        said(
            "用小型 Transformer 解码并预测框",
            "We decode the pooled features with a small transformer",
        ),
    ),
    significance=(
        said(
            "有望让夜航的船更安全",
            "We believe that our work enables safer boats at night",
        ),
    ),
    innovation=(
        said(
            "首个全靠夜间照片训练的网络",
            "LanternNet is the first network that is trained on night photographs alone",
        ),
    ),
    results=(
        said(
            "优于 DayDet，用户研究也认可其框更好",
            "The user study with 40 participants confirms that the boxes are better",
        ),
    ),
    workload=(
        said(
            "训练7万步，学习率为1e-4，并做了40人的用户研究",
            "We train with a learning rate of 1e-4 for 70K steps",
        ),
    ),
)


def problems(language: str = "zh", **changes: object) -> set[tuple[str, str]]:
    found = check(DRAFT.model_copy(update=changes), EVIDENCE, language)
    assert all(CAUSES[problem.cause or problem.check] for problem in found)
    return {(problem.check, problem.field) for problem in found}


def test_a_true_draft_has_no_problem():
    assert problems() == set()


QUOTE = "LanternNet reaches 94.37% accuracy on the NightLamp benchmark"


@pytest.mark.parametrize(
    ("check_name", "text", "quote"),
    [
        ("empty", "研究背景：", QUOTE),
        ("empty", "", QUOTE),
        ("leftover", "根据提供的摘要，本文提出了新的检测网络", QUOTE),
        ("leftover", "5. 链接：论文链接待补充，代码见仓库主页", QUOTE),
        (
            "language",
            "LanternNet reaches very good accuracy on the NightLamp benchmark.",
            QUOTE,
        ),
        ("length", "该网络在夜间照片中寻找灯笼并给出结果" * 30, QUOTE),
        ("quote", "该网络在夜间照片中检测灯笼", ""),
        (
            "quote",
            "该网络在夜间照片中检测灯笼",
            "Our teacup consistently outperforms every umbrella on the moon",
        ),
        (
            "quote",
            "该网络在夜间照片中检测灯笼",
            "LanternNet reaches 94.37% accuracy ... does not find lamps behind fog",
        ),
        ("quote", "该网络在夜间照片中检测灯笼", "night photographs"),
        ("number", "该网络的准确率达到97.13%，远超以往方法", QUOTE),
        ("name", "该网络优于 YOLOv8 等以往的检测方法", QUOTE),
        (
            "repeat",
            "LanternNet 只用夜间照片来训练。",
            "first network that is trained on night photographs alone",
        ),
    ],
)
def test_each_check_finds_what_it_is_for(check_name, text, quote):
    field = "takeaways.0" if check_name == "repeat" else "past.0"
    assert (check_name, field) in problems(past=(said(text, quote),))


def test_all_problems_of_a_statement_are_reported_together():
    found = problems(
        past=(
            said(
                "YOLOv8 的准确率为97.13%，远超以往方法",
                "Our teacup outperforms every umbrella on the moon",
            ),
        )
    )
    assert found == {
        ("name", "past.0"),
        ("number", "past.0"),
        ("quote", "past.0"),
    }


def test_an_absent_list_is_reported_as_empty():
    assert problems(workload=()) == {("empty", "workload")}


def test_a_summary_that_is_too_long_is_refused():
    assert ("length", "summary") in problems(
        summary=DraftStatement(
            text="在夜间照片中寻找灯笼的网络" * 10, quote=QUOTE
        )
    )


@pytest.mark.parametrize(
    "title",
    [
        "LanternNet",
        "请填写题目",
        "在 BERT 中寻找灯笼",
        "在夜间照片中寻找97.13个灯笼",
        "",
    ],
)
def test_a_title_that_is_no_translation_is_refused(title):
    assert any(field == "title" for _, field in problems(title=title))


def test_english_statements_pass_in_english_and_chinese_ones_do_not():
    said_in_english = said(
        "LanternNet finds lamps in the dark without any daylight image.", QUOTE
    )
    assert "past.0" not in {
        field for _, field in problems("en", past=(said_in_english,))
    }
    assert ("language", "method.0") in problems("en")


def test_names_are_checked_in_english_only_where_they_are_names():
    fine = said(
        "Training needs neither daylight nor annotation, and LanternNet wins.",
        QUOTE,
    )
    made_up = said(
        "Training on ImageNet gives better boxes than GlowNet does.", QUOTE
    )
    assert "past.0" not in {field for _, field in problems("en", past=(fine,))}
    assert ("name", "past.0") in problems("en", past=(made_up,))


# ---- acceptance
# -------------------------------------------------------------------------------------------------


def review_of(draft: Draft, language: str = "zh"):
    wrong = tuple(check(draft, EVIDENCE, language))
    written = len(list(statements(draft)))
    source = Source(PAPER, DOCUMENT, EVIDENCE, language, "stand-in")
    return accept(Checked(draft, wrong, written=written), source)


def test_the_review_has_the_pages_of_its_quotes():
    review = review_of(DRAFT)
    assert [claim.page for claim in review.takeaways] == [1, 3, 4]
    assert review.affiliation == "海港大学（Harbour University）"
    assert review.account == Account("rules", shown=14)


def test_what_fails_is_left_out_and_counted():
    bad = said(
        "准确率为97.13%，远超以往方法",
        "Our teacup consistently outperforms every umbrella",
    )
    draft = DRAFT.model_copy(update={"takeaways": (*DRAFT.takeaways, bad)})
    review = review_of(draft)
    assert len(review.takeaways) == 3
    assert review.account == Account(
        "rules", shown=14, removed=1, omitted=("takeaways.3",)
    )


def test_of_a_step_that_fails_its_place_is_kept_and_none_hangs_on_it():
    bad = said("准确率为97.13%", "Our teacup consistently outperforms")
    next_one = said(f"然后{DRAFT.methods[0].text}", DRAFT.methods[0].quote)
    draft = DRAFT.model_copy(update={"methods": (bad, next_one)})
    review = review_of(draft)
    assert review.account.omitted == ("methods.0",)
    assert [claim.text for claim in review.methods] == [DRAFT.methods[0].text]


def test_a_repetition_is_not_told_as_left_out():
    twice = (DRAFT.methods[0], DRAFT.methods[0])
    review = review_of(DRAFT.model_copy(update={"methods": twice}))
    assert len(review.methods) == 1
    assert review.account.omitted == ()
    assert review.account.removed == 0


def test_an_item_without_statements_leaves_the_paper_pending():
    with pytest.raises(ReviewIncomplete) as caught:
        review_of(DRAFT.model_copy(update={"workload": (), "title": ""}))
    assert caught.value.missing == ["title", "workload"]


def test_a_takeaway_stands_in_for_a_line_that_failed():
    line = said("提出 LanternNet，准确率达97.13%", QUOTE)
    review = review_of(DRAFT.model_copy(update={"summary": line}))
    assert review.summary == review.takeaways[0]


def test_long_quotes_are_cut_to_the_limit():
    long = said("训练用三个轮次", ENCODER[:160])
    review = review_of(DRAFT.model_copy(update={"methods": (long,)}))
    assert len(review.methods[0].quote.split()) == 25


@pytest.mark.parametrize(
    "said_",
    [
        "上海交通大学（Shanghai Jiao Tong University）",
        "xxx（此处填写单位）",
        "海港大学，排名97.13",
    ],
)
def test_an_affiliation_without_ground_gives_way_to_the_one_of_the_pdf(said_):
    for printed in ("Shanghai Jiao Tong University", "Harbour University"):
        wrong = Affiliation(institution=printed, affiliation=said_)
        assert (
            review_of(
                DRAFT.model_copy(update={"affiliation": wrong})
            ).affiliation
            == "Harbour University"
        )


def test_an_affiliation_is_asked_again_only_where_the_pdf_gave_none():
    wrong = DRAFT.model_copy(
        update={
            "affiliation": Affiliation(
                institution="Moon College", affiliation="月球学院"
            )
        }
    )
    none = gather_evidence(
        PAPER, document(first_affiliation="", affiliations=())
    )
    assert check(wrong, EVIDENCE, "zh") == []
    assert [problem.check for problem in check(wrong, none, "zh")] == [
        "affiliation"
    ]


def test_a_placeholder_of_page_1_is_no_affiliation_and_asks_nothing():
    front = "LanternNet First Author, Second Author Institution A, City"
    anonymous = gather_evidence(
        PAPER,
        document(
            first_affiliation="Institution A, City",
            affiliations=("Institution A, City",),
            front=front,
        ),
    )
    told = Affiliation(institution="Institution A", affiliation="机构 A")
    draft = DRAFT.model_copy(update={"affiliation": told})
    assert check(draft, anonymous, "zh") == []
    assert final_affiliation(told, anonymous, "zh") == ""


def test_an_english_review_keeps_the_title():
    texts = {
        name: tuple(
            said(f"It says of {name} what {each.quote}", each.quote)
            for each in getattr(DRAFT, name)
        )
        for name in STATEMENTS
    }
    line = DraftStatement(text="LanternNet finds lamps at night.", quote=QUOTE)
    review = review_of(
        DRAFT.model_copy(update={**texts, "summary": line, "title": ""}), "en"
    )
    assert review.title == PAPER.title
    assert review.affiliation == "海港大学 (Harbour University)"


REPLIES = (
    Path(__file__).resolve().parents[3].parent
    / "shared"
    / "replies"
    / "leaks.jsonl"
)


@pytest.mark.skipif(
    not REPLIES.exists(), reason="the shared replies are not here"
)
def test_no_leftover_passes_in_any_field():
    leaks = [
        json.loads(line)["text"]
        for line in REPLIES.read_text(encoding="utf-8").splitlines()
    ]
    for number, leak in enumerate(leaks):
        field = ("title", "keywords", "affiliation", "method")[number % 4]
        value = {
            "title": leak,
            "keywords": (*DRAFT.keywords, leak),
            "affiliation": Affiliation(
                institution="Harbour University", affiliation=leak
            ),
            "method": (*DRAFT.method, said(leak, QUOTE)),
        }[field]
        try:
            review = review_of(DRAFT.model_copy(update={field: value}))
        except ReviewIncomplete:
            continue
        assert " ".join(leak.split()) not in json.dumps(
            asdict(review), ensure_ascii=False
        )


# ---- refusals that a careful reader of five papers found wrong
# ---------------------------------------------------


def test_a_paper_may_speak_to_its_readers_in_its_own_words():
    own = "Here is the summary of the night; please see the video of all lamps for more."
    evidence = gather_evidence(PAPER, document(front=own))
    draft = Draft(
        background=(
            said(own, "Here is the summary of the night; please see the video"),
        )
    )
    assert not any(
        problem.check == "leftover"
        for problem in check(draft, evidence, "en", ["background"])
    )
    elsewhere = check(draft, EVIDENCE, "en", ["background"])
    assert [
        problem.words for problem in elsewhere if problem.check == "leftover"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "在没有任何日光图像的前提下，LanternNet 仍能检出灯",
        "没有任何配置能同时在雾中与暗处检出灯",
        "NightLamp上LanternNet为94.37，DayDet为81.87，LanternNet优于DayDet",
    ],
)
def test_a_true_statement_with_words_that_chat_has_too_passes(text):
    assert problems(past=(said(text, QUOTE),)) == set()


def test_a_verbatim_quote_may_hold_dots():
    quote = "all lamps, boats … and harbours of the night are found"
    evidence = gather_evidence(PAPER, document(front=f"We say that {quote}."))
    assert (
        check(
            Draft(past=(said("夜里的灯与船都能找到", quote),)),
            evidence,
            "zh",
            ["past"],
        )
        == []
    )


def test_a_keyword_of_the_papers_own_words_is_no_leftover():
    evidence = gather_evidence(
        PAPER, document(front="Please note the upper scale of the lamps.")
    )
    assert (
        check(
            Draft(keywords=("please note upper scale",)),
            evidence,
            "zh",
            ["keywords"],
        )
        == []
    )
    assert check(
        Draft(keywords=("please note upper scale",)),
        EVIDENCE,
        "zh",
        ["keywords"],
    )
