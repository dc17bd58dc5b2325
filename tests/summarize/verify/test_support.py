"""A statement must say what its passage says: rules in two languages, with and without blanks."""

from __future__ import annotations

import pytest

from pipeline.summarize.verify.evidence import gather_evidence
from pipeline.summarize.verify.support import unsupported_words
from pipeline.summarize.verify.units import contradicted
from tests.summarize.papers import PAPER, saying


def objection(statement: str, passage: str, quote: str = "") -> str:
    """The words of the statement to which the rules object, the paper saying the passage."""
    evidence = gather_evidence(PAPER, saying(passage))
    located = evidence.locate(quote or passage)
    assert located is not None
    return unsupported_words(statement, quote or passage, located)


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        ("训练大约需要12天", "We trained the lamps for a total of 12 hours."),
        (
            "The training took 12 days.",
            "We trained the lamps for a total of 12 hours.",
        ),
        (
            "准确率提升了2.53倍",
            "The fusion enhances the accuracy by 2.53% on harbours.",
        ),
        (
            "成本不到此前最优方法的1/10",
            "It needs less than 1/4 of the cost of lanterns.",
        ),
        (
            "数据按9:1划分",
            "We split the lanterns by a ratio of 4:1 into two sets.",
        ),
        (
            "所需计算少20到40倍",
            "The boats use 2-4× less compute for the lanterns.",
        ),
        (
            "带来更高的回报",
            "Reducing the lamps leads to lower returns in harbours.",
        ),
        (
            "减小灯的数量能提升质量",
            "We observe that reducing lamps hurts quality at night.",
        ),
        (
            "padding没有带来提升",
            "The padding approach is useful to train better lamps.",
        ),
        (
            "它需要先训练一个分类器",
            "The lamp does not require training a classifier.",
        ),
        (
            "The lamp requires training a classifier.",
            "The lamp does not require training.",
        ),
        (
            "优于所有已有方法",
            "On lanterns it is competitive with many of the baselines.",
        ),
        (
            "这是首个夜间灯具数据集",
            "The data hold photographs of lamps at night in harbours.",
        ),
        (
            "性能显著提升",
            "The lanterns reach the same value as the boats at night.",
        ),
        (
            "本文提出了LampNet",
            "LampNet [14] proposes to encode the lamps of a harbour.",
        ),
        (
            "The authors introduce LampNet for harbours.",
            "LampNet (Boat et al., 2020) encodes the lamps of a harbour.",
        ),
        (
            "作者开源了全部权重",
            "Our lamps are shown in the harbour of the museum.",
        ),
        (
            "系统已部署在真实港口",
            "Lamps are useful for harbours that want to see boats.",
        ),
        (
            "LampNet优于BoatNet",
            "BoatNet outperforms LampNet on every harbour at night.",
        ),
        (
            "训练用了 64 块显卡",
            "All of the lamps were trained on 8 cards of the harbour.",
        ),
    ],
)
def test_what_the_passage_does_not_say_is_told(statement, passage):
    assert objection(statement, passage)


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        ("训练大约需要12小时", "We trained the lamps for a total of 12 hours."),
        (
            "训练大约需要 12 小时",
            "We trained the lamps for a total of 12 hours.",
        ),
        (
            "准确率提升了2.53%",
            "The fusion enhances the accuracy by 2.53% on harbours.",
        ),
        ("计算量少2到4倍", "The boats use 2-4× less compute for the lanterns."),
        (
            "规模接近原来的两倍",
            "The harbour data are nearly double the size of the others.",
        ),
        (
            "无需训练分类器",
            "The lamp sidesteps the training of any classifier at night.",
        ),
        (
            "没有循环结构",
            "The lamp dispenses with recurrence and convolution entirely.",
        ),
        (
            "减小灯的数量会损害质量",
            "We observe that reducing lamps hurts quality at night.",
        ),
        (
            "优于所有已有方法",
            "It outperforms all previous methods on lamps of harbours.",
        ),
        (
            "这是首个夜间灯具数据集",
            "We present the first data set of lamps at night.",
        ),
        (
            "本文提出了LampNet",
            "We propose LampNet, which encodes the lamps of a harbour.",
        ),
        (
            "代码已开源",
            "The source code is available at https://example.org/lamps.",
        ),
        (
            "LampNet优于BoatNet",
            "LampNet outperforms BoatNet on every harbour at night.",
        ),
        (
            "BoatNet不如LampNet",
            "LampNet outperforms BoatNet on every harbour at night.",
        ),
        (
            "训练用了8块显卡",
            "All of the lamps were trained on 8 cards of the harbour.",
        ),
    ],
)
def test_what_the_passage_says_in_other_words_passes(statement, passage):
    assert objection(statement, passage) == ""


def test_a_number_with_a_unit_of_its_own_is_looked_for_in_the_paragraph_too():
    passage = "The lamps took 30 days."
    assert contradicted("耗时30小时", passage, passage) == "30小时"
    assert (
        contradicted(
            "耗时30小时", passage, "It took 30 hours. The lamps took 30 days."
        )
        == ""
    )


DAYS = "Three nurses work on day shifts, while two work on night shifts."
LAYERS = "Only the MLP layers are local, while the self-attention is global."
QUERIES = "The queries come from the decoder, and the values from the encoder."


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        ("日班有两名护士，夜班有三名", DAYS),
        ("Two nurses work on day shifts, and three on night shifts.", DAYS),
        ("自注意力是局部的，而MLP是全局的", LAYERS),
        ("Self-attention is local, whereas the MLP layers are global.", LAYERS),
        ("query来自编码器，value来自解码器", QUERIES),
        ("微调使用Adam", "For fine-tuning we use SGD with a small step."),
        (
            "The features are averaged by averaging.",
            "Both features are concatenated before the last layer.",
        ),
        (
            "机器故障很少见",
            "With so many machines failures are common in harbours.",
        ),
        (
            "数据取自室内",
            "All photographs of the lamps were taken outdoors at night.",
        ),
        (
            "LampNet reaches 0.34.",
            "We reach a score of 0.43, higher than the original whose score was 0.34.",
        ),
        (
            "The authors collected the lamps by hand.",
            "They collected each lamp of the harbour by hand.",
        ),
        (
            "作者标注了23个属性",
            "For the harbour, we have labeled 27 attributes of lamps.",
        ),
        ("每盏灯有100张照片", "Each lamp was seen on 1000 photographs at sea."),
        (
            "The port has about 20,000 lamps.",
            "We count the lamps of the port, which gives about 200K.",
        ),
        (
            "It took one and a half hours.",
            "For a lamp it takes close to one and half minutes at night.",
        ),
        (
            "It wins on all lamps.",
            "On most of the lamps it does better than any other.",
        ),
    ],
)
def test_what_is_exchanged_or_put_in_anothers_place_is_told(statement, passage):
    assert objection(statement, passage)


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        ("日班有三名护士，夜班有两名", DAYS),
        ("夜班有两名护士，日班有三名", DAYS),
        ("Two nurses work at night, and three on day shifts.", DAYS),
        ("MLP是局部的，而自注意力是全局的", LAYERS),
        ("value来自编码器，query来自解码器", QUERIES),
        ("微调使用SGD，预训练使用Adam", "For fine-tuning we use SGD."),
        ("没有在真实硬件上运行", "It is not run on hardware but simulated."),
        (
            "LampNet reaches 0.43, above the original's 0.34.",
            "We reach a score of 0.43, higher than the original whose score was 0.34.",
        ),
        (
            "作者指出They et al.收集了灯具",
            "They collected each lamp of the harbour by hand.",
        ),
        (
            "找到了最优的路径",
            "It found the most optimal path for lamps of the harbour.",
        ),
    ],
)
def test_what_is_bound_as_in_the_passage_passes(statement, passage):
    assert objection(statement, passage) == ""


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        (
            "2 小时达到基线 4 小时的画质。",
            "The lamp reaches the same quality at 2 hours as the lantern after 4.",
        ),
        (
            "It reaches after 2 hours what the lantern reaches after 4 hours.",
            "The lamp reaches the same quality at 2 hours as the lantern after 4.",
        ),
        (
            "训练集有150K帧视频",
            "The resulting set contains 400 billion rays across 150K video frames.",
        ),
        (
            "The set has 150K frames of lamps.",
            "The resulting set contains 400 billion rays across 150K video frames.",
        ),
        (
            "灯与船并非完全对齐，因此设计对齐网络",
            "We design networks for the alignment of lamps and boats.",
        ),
        ("灯的亮度最高", "The lantern has the maximum of brightness."),
        (
            "The lantern is the brightest, with the highest value.",
            "The lantern reaches the maximum of brightness in value.",
        ),
        (
            "Brightness gains at least 30%.",
            "The brightness improves by 30% or more in harbours.",
        ),
        (
            "Leaving out the second lamp dims the boat.",
            "Without the second lamp the boat becomes dim.",
        ),
        (
            "Neither of the lamps converged: their gradients exploded.",
            "For the lamps the gradients exploded and the training did not converge.",
        ),
        (
            "图像为48×48像素",
            "We feed it images sized at 48*48 pixels of lamps.",
        ),
        (
            "Its inputs are images of 48×48 pixels.",
            "We feed it images sized at 48*48 pixels of lamps.",
        ),
        (
            "Lamps and boats are not fully aligned, so networks align them.",
            "We design networks for the alignment of lamps and boats.",
        ),
        (
            "They stop short of claiming to be the first to light harbours.",
            "We are among the early attempts to light a harbour at night.",
        ),
        (
            "Neither a brighter bulb nor a taller mast helped noticeably.",
            "A brighter bulb or a taller mast does not bring a gain for boats.",
        ),
        (
            "The lamp needs half the time of the lantern.",
            "The lamp reaches the same quality at 2 hours as the lantern after 4.",
        ),
        (
            "Every lamp but the lantern gets eight bulbs.",
            "A lamp has 8 bulbs by default, except for the lantern with 3.",
        ),
        (
            "Take the mast away and glow, reach and colour all get worse.",
            "When the mast is removed results are worse in glow, reach, colour.",
        ),
        (
            "Left to itself, the lamp is next to useless for boats in fog.",
            "In its current state the lamp is almost of no use to boats.",
        ),
        (
            "Tall masts fit less easily into a harbour than short ones.",
            "Therefore, tall masts are more difficult to fit into a harbour.",
        ),
        (
            "By itself oil does not light growing harbours; fog climbs with size.",
            "Oil alone fails to light the harbours of increasing size at night.",
        ),
        (
            "Six sailors were asked, only one of whom is a captain.",
            "We asked 6 sailors who go to sea at night, 1 of them a captain.",
        ),
        (
            "每盏灯有八档亮度，最低为0，最高为1.0",
            "Each lamp has eight settings: 0.0, 0.15, 0.3, 0.45, 0.6 and 1.0.",
        ),
    ],
)
def test_true_statements_in_other_words_are_borne(statement, passage):
    assert objection(statement, passage) == ""


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        (
            "灯与船完全对齐",
            "We design networks for the alignment of lamps and boats.",
        ),
        (
            "4小时达到同样画质",
            "The lamp reaches the quality at 2 hours as the lantern with 4 lamps.",
        ),
    ],
)
def test_the_claims_and_units_beside_them_are_not(statement, passage):
    assert objection(statement, passage)
