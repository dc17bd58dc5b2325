"""Posts to render: three plausible papers with invented people, and papers whose every field is
an attack.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any

from PIL import Image, ImageDraw

from pipeline.paper import (
    Account,
    Aside,
    Claim,
    Document,
    Entry,
    Figure,
    Paper,
    Post,
    Review,
    Topic,
    Update,
    Verdict,
)
from pipeline.render.markup.filenames import portable

DAY = date(2026, 11, 20)
WRITTEN = datetime(2026, 11, 20, 6, 30, 5)  # noqa: DTZ001 - local time of a reader
STAMP = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
BOX = (72.0, 90.0, 540.0, 300.0)


def drawing(label: str, size: tuple[int, int] = (960, 360)) -> bytes:
    """A picture of a pipeline as PNG."""
    image = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(image)
    width, height = size
    names = ["speech", "encoder", "motion", "renderer", label]
    for index, (name, colour) in enumerate(
        zip(
            names,
            ["#dbeafe", "#fde68a", "#bbf7d0", "#fecaca", "#e9d5ff"],
            strict=True,
        )
    ):
        left = 20 + index * (width - 40) // 5
        box = (
            left,
            height // 3,
            left + (width - 40) // 5 - 40,
            2 * height // 3,
        )
        pen.rounded_rectangle(
            box, radius=14, fill=colour, outline="#334155", width=3
        )
        pen.text(
            (box[0] + 16, height // 2 - 8), name, fill="#0f172a", font_size=22
        )
        if index < 4:
            pen.line(
                (box[2] + 4, height // 2, box[2] + 36, height // 2),
                fill="#334155",
                width=4,
            )
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def paper(number: str = "2611.04217", **changes: object) -> Paper:
    values: dict[str, object] = {
        "id": number,
        "version": 1,
        "title": "SegSpeak: Segmentation-Guided Talking Portraits with Local Editing",
        "abstract": "Audio-driven talking portraits must keep lips in step with speech. "
        "We decouple lip motion from texture "
        "with a segmentation map and inject styles region by region, at a cost of $O(n \\log n)$ per frame. "
        "On two public sets the lip-sync distance falls by 12.4% while identity is kept.",
        "authors": ("Nora Invented", "Otto Madeup", "Pia Sample"),
        "categories": ("cs.CV", "cs.MM"),
        "published": STAMP,
        "updated": STAMP,
        "comment": "10 pages, 7 figures, 3 tables. Accepted by CVPR 2027 (Highlight). "
        "Code: https://github.com/example-lab/segspeak",
    }
    return Paper(**(values | changes))  # type: ignore[arg-type]


def figures() -> tuple[Figure, ...]:
    return (
        Figure(
            "figure",
            "1",
            1,
            BOX,
            "Figure 1. Results on three speakers that were not seen in training.",
            "figure-1.png",
        ),
        Figure(
            "figure",
            "2",
            3,
            BOX,
            "Figure 2. Overview of SegSpeak. Speech drives a segmentation map $M_t$; styles $s_k$ "
            "are injected into each region "
            "of the generator, so that $\\hat{I}_t = G(M_t, \\{s_k\\})$ can be edited locally.",
            "figure-2.png",
        ),
        Figure(
            "table",
            "1",
            6,
            BOX,
            "Table 1. Comparison on two public sets. Best in bold.",
            "table-1.png",
        ),
        Figure(
            "algorithm",
            "1",
            5,
            BOX,
            "Algorithm 1. Region-wise style injection.",
            "algorithm-1.png",
        ),
    )


def document(of: Paper, **changes: object) -> Document:
    values: dict[str, object] = {
        "pages": 10,
        "title": of.title,
        "abstract": of.abstract,
        "language": "en",
        "affiliations": ("Institute of Examples",),
        "first_affiliation": "Institute of Examples",
        "code_urls": (),
        "project_urls": (),
        "figures": figures(),
        "framework": "2",
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def review(of: Paper, **changes: object) -> Review:
    def says(text: str, quote: str, page: int) -> tuple[Claim, ...]:
        return (Claim(text, quote, page),)

    values: dict[str, object] = {
        "paper_id": of.id,
        "version": of.version,
        "language": "zh",
        "model": "deepseek-chat",
        "summary": Claim(
            "用分割图把唇动与纹理解耦，再逐区域注入风格，唇形同步距离下降12.4%，并支持局部编辑。",
            "We decouple lip motion from texture with a segmentation map",
            1,
        ),
        "takeaways": (
            Claim(
                "以分割图为中间表示，解耦唇动与纹理。",
                "decouple lip motion from texture",
                1,
            ),
            Claim(
                "风格编码逐区域注入生成器，可局部编辑五官与背景。",
                "inject styles region by region",
                3,
            ),
            Claim(
                "每帧复杂度为$O(n \\log n)$，可实时运行。",
                "a cost of O(n log n) per frame",
                4,
            ),
            Claim(
                "在两个公开数据集上，唇形同步距离下降12.4%。",
                "the lip-sync distance falls by 12.4%",
                6,
            ),
            Claim(
                "长时间说话时牙齿仍会闪烁，作者列为主要局限。",
                "teeth may flicker in long clips",
                8,
            ),
        ),
        "title": "SegSpeak：分割引导、可局部编辑的说话人像生成",
        "affiliation": "示例研究院（Institute of Examples）",
        "keywords": ("说话人脸生成", "语义分割", "风格注入", "局部编辑"),
        "background": says(
            "音频驱动的说话人像要求口型与语音严格同步，同时保持身份与纹理细节。",
            "must keep lips in step with speech",
            1,
        ),
        "past": says(
            "直接由声谱回归像素的方法会模糊牙齿与皮肤；先预测关键点再渲染的方法则丢失区域语义。",
            "regress pixels directly",
            2,
        ),
        "method": (
            Claim(
                "语音先驱动一张分割图$M_t$，",
                "Speech drives a segmentation map",
                3,
            ),
            Claim(
                "再由掩码引导的编码器把各区域解耦为风格编码，注入生成器合成视频帧。",
                "styles are injected into each region",
                3,
            ),
        ),
        "performance": says(
            "在两个公开数据集的自驱动与交叉驱动任务上，唇形同步距离下降12.4%，身份相似度持平，支持其设计目标。",
            "falls by 12.4%",
            6,
        ),
        "methods": (
            Claim(
                "说话分割生成：由语音与参考帧预测逐帧分割图。",
                "predicts a map for each frame",
                4,
            ),
            Claim(
                "区域风格编码：多尺度编码器从参考帧提取各语义区域的风格。",
                "a multi-scale encoder",
                4,
            ),
            Claim(
                "分割引导生成：把风格编码按区域注入生成器，合成最终视频帧。",
                "injects the codes into the generator",
                5,
            ),
        ),
        "significance": says(
            "为虚拟会议、影视配音等场景提供了可编辑、可控的说话人像生成方案。",
            "dubbing and video calls",
            8,
        ),
        "innovation": says(
            "首次把分割图作为语音与纹理之间的唯一桥梁。", "the only bridge", 2
        ),
        "results": says(
            "唇形同步距离下降12.4%，单卡每秒31帧。", "31 frames per second", 6
        ),
        "workload": says(
            "在两个数据集上与六种方法比较，并有四组消融。", "four ablations", 7
        ),
        "account": Account("model", shown=17, removed=1),
    }
    return Review(**(values | changes))  # type: ignore[arg-type]


def entry(
    of: Paper | None = None,
    score: float = 0.93,
    *,
    doc: Document | None = None,
    **changes: object,
) -> Entry:
    of = of or paper()
    verdict = Verdict(of.id, "Talking Head", score, True)
    return Entry(of, verdict, doc or document(of), review(of, **changes))


def post(*entries: Entry, **changes: object) -> Post:
    values: dict[str, Any] = {
        "topic": Topic("Talking Head"),
        "date": DAY,
        "written": WRITTEN,
        "language": "zh",
        "entries": entries or tuple(usual()),
    }
    values |= changes
    values.setdefault("file_name", portable(values["topic"].name))
    return Post(**values)


def usual() -> list[Entry]:
    """A usual night: four papers, one of them extractive."""
    second = paper(
        "2611.05120",
        title="Style Priors for Vivid Portrait Animation with Diffusion Transformers",
        comment="Project page: https://example-lab.github.io/styleprior/",
        authors=("Quentin Nobody", "Rosa Fictive"),
    )
    third = paper(
        "2611.05999",
        title="How Many Frames Does a Lip-Sync Metric Need?",
        comment="",
        authors=("Sam Placeholder",),
    )
    fourth = paper(
        "cs/0112017",
        title="Talking Faces on $5 Hardware",
        comment="Extended version. ACM MM 2026.",
        version=3,
    )
    quoted = Claim(
        "We animate a portrait on hardware that costs five dollars.",
        "We animate a portrait on hardware",
        1,
    )
    own = {
        name: (quoted, Claim("It needs 3 MB.", "It needs 3 MB", 2))
        for name in [
            "background",
            "past",
            "method",
            "performance",
            "methods",
            "significance",
            "innovation",
            "results",
            "workload",
            "takeaways",
        ]
    }
    return [
        entry(),
        entry(
            second,
            0.88,
            title="面向生动人像动画的风格先验：基于扩散Transformer",
            summary=Claim(
                "从语音与表情中学习风格的概率先验，用它引导扩散模型，让人像动画更生动。",
                "a prior over styles",
                1,
            ),
        ),
        entry(
            third,
            0.74,
            doc=document(third, framework=None),
            title="唇形同步指标究竟需要多少帧？",
            summary=Claim(
                "短于40帧的片段会让唇形同步指标的排名翻转，建议报告置信区间。",
                "rankings flip below 40 frames",
                4,
            ),
        ),
        entry(
            fourth,
            0.61,
            doc=document(fourth, figures=()),
            model="extractive",
            title=fourth.title,
            summary=quoted,
            account=Account(),
            warnings=("PDF 第 3 页没有文字层。",),
            **own,
        ),
    ]


def full() -> Post:
    """A post with everything a post can have."""
    newer = paper("2610.00123", version=2, title="An Older Paper, Now Accepted")
    near = paper("2611.07777", title="Speech Enhancement for Noisy Rooms")
    return post(
        updates=(
            Update(
                newer,
                ("题目", "备注：accepted by CVPR 2027"),
                date(2026, 10, 3),
            ),
        ),
        asides=(
            Aside(
                near,
                Verdict(near.id, "Talking Head", 0.41, False),
                "研究嘈杂房间里的语音增强，与说话人脸只是相邻。",
            ),
        ),
    )


HOSTILE = (
    "{{ constructor.constructor('window.__ran=1')() }}",
    "{% raw %}{% include '/etc/passwd' %}{% endraw %} {# gone #}",
    "{{ [].map }} and {%- if x -%} {{{ triple }}}",
    "<script>window.__ran=1</script>",
    "<img src=x onerror=window.__ran=1>",
    "<svg/onload=window.__ran=1><iframe srcdoc='<script>parent.__ran=1</script>'>",
    "[click](javascript:window.__ran=1) ![p](https://evil.example/p.png)",
    "<a href='javascript:window.__ran=1'>x</a> <https://evil.example/>",
    "</details></summary></div></article></template></script></style>",
    "</textarea><!-- a comment --> visible <!-- never closed",
    "A <word> of <T, N>, List<int> and x<y>z",
    "::: danger\n\n:::: tabs ::: and ::: v-pre",
    "[[toc]] [toc] {:toc} [TOC]",
    "--- title: broken --- : # ' \" - [ { & * ! % @",
    "---\nlayout: false\n---\nafter",
    "key: value # comment & *anchor !!python/object",
    "$\\frac{{a}}{b}$ and ${x}_{{i}}$ stay formulas",
    "A price of $5, another of $10, and $HOME",
    "$\\href{javascript:window.__ran=1}{click}$ text",
    "$\\unicode{x41} \\require{html} \\class{x}{y}$ and \\begin{align} x \\end{align} \\ref{a}",
    "unbalanced $\\frac{a$ and } here $ there",
    "$$\\sum_{i=1}^{n} |x_i|$$ and \\(a < b\\) and \\[c > d\\]",
    "pipes | in | a | table || and \\| and |x|",
    "`code` ``more`` ```fence``` ~~~ `` ` ``",
    "```js\nwindow.__ran=1\n```",
    "bidi \u202egnp.exe\u202c and \u2066isolate\u2069 \u200fmark",
    "control \x00\x01\x07\x1b[31mred\x1b[0m \x7f \x85 end",
    "zero\u200bwidth\u2060text\ufeff and soft\u00adhyphen \U000e0041tag",
    "lone \ud800 surrogate and \ufffe noncharacter",
    "*stars* **bold** _under_ __double__ ~~strike~~ ==mark== ++ins++ ^sup^ ~sub~",
    "# heading\n## second\n- list\n1. one\n> quote\n    code",
    "1. First of its kind",
    "+ plus, - minus, = equals === ---",
    "www.evil.example, evil.example/path, a@evil.example, http://evil.example/x",
    ":smile: :) ;-) 8-) :/ <3 :D O:)",
    "(c) (tm) +- ... -- --- 'quotes' \"double\" it's don't",
    "[^1] footnote [ref]: http://evil.example *[HTML]: abbr",
    "{.class #id onclick=window.__ran=1} {#anchor} [text]{.x}",
    "@include(/etc/passwd) <!-- @include: ./x --> @[code](x) @import x",
    "&lt;script&gt; &amp;amp; &#60;b&#62; &nbsp; &copy; &notanentity;",
    "\\ backslash \\\\ two \\n \\* \\_ end\\",
    "trailing backslash \\",
    "W" * 500,
    "word " * 99 + "last",
    "\u5f20\u4e09\uff1a\u300a\u8bba\u6587\u300b\u2014\u2014\u201c\u5f15\u53f7\u201d\uff0c\u5168\u89d2\u3002",
    "emoji \U0001f468\u200d\U0001f469\u200d\U0001f467 and \u0e01\u0e33 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "Z\u0351\u034a\u0363\u0364\u0365\u0366\u0367\u0368a\u0351\u034a\u0363\u0364\u0365\u0366\u0367\u0368lgo",
    "e\u0301 composed, \ufb01 ligature, \u00bd, \u212b",
    "<template v-if='1'><component :is=\"'script'\">window.__ran=1</component>",
    "<style>*{display:none}</style><base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<![CDATA[ x ]]> <?php echo 1 ?> <!DOCTYPE html>",
    "<details open><summary>fake</summary>",
    "{{ site.config | dump }} {% post_link x %} {% asset_img x %}",
    "%7B%7B encoded %3Cscript%3E",
    "${window.__ran=1} `${1}` #{window.__ran=1} <%= 1 %> [[ x ]] {{= x }}",
    "tab\tand\nnew\r\nline\u2028sep\u2029par\vvert\fform",
    "a: b, c:d, ::x, ;;y",
    "x" + "[" * 60 + "y" + "]" * 60 + "(" * 30,
    "-" * 80 + "=" * 80 + "*" * 80,
)


def hostile_entries(count: int = 60) -> list[Entry]:
    """Papers in which every field that comes from outside carries one of the attacks."""
    return [
        _hostile(index, text)
        for index, text in enumerate(islice(cycle(HOSTILE), count))
    ]


def _hostile(index: int, text: str) -> Entry:
    after = HOSTILE[(index + 7) % len(HOSTILE)]
    number = f"2611.{index:05d}" if index % 3 else f"hep-th/{index:07d}"
    of = paper(
        number,
        title=text,
        abstract=f"Begin {text} middle {after} end.",
        comment=after,
        authors=(text[:80], after[:80], "Ann Onymous"),
    )
    attack = Claim(f"言 {text} 完", text, 1 + index % 9)
    boxes = tuple(
        Figure(
            "figure",
            label,
            index % 9 + 1,
            BOX,
            f"Figure {label}. {text}",
            f"figure-{label}.png",
        )
        for label in ("1", "2")
    )
    every = [
        "background",
        "past",
        "method",
        "performance",
        "methods",
        "significance",
        "innovation",
        "results",
        "workload",
        "takeaways",
    ]
    return entry(
        of,
        round(1 - index / 100, 2),
        doc=document(
            of,
            figures=boxes,
            code_urls=("javascript:window.__ran=1",)
            if index % 2
            else ("https://github.com/a/b?x={{1}}&y=<z>|`",),
            first_affiliation=text,
        ),
        summary=attack,
        title=text,
        affiliation=after,
        keywords=(text, after),
        abstract=text,
        model="model-" + text[:30],
        warnings=(text,),
        **{name: (attack, Claim(after, after, 2)) for name in every},
    )
