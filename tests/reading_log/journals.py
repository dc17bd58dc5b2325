"""Made-up reports in the many ways people write them, for tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

READERS = ("李雷", "韩梅梅", "Ann Lee", "王小明", "Zoë")
ANCHOR = "==> 时间倒序，本次更新插入位置 <=="
TEMPLATE = [
    "######### 模版 #############",
    "",
    "> [日期]-[first]-[论文标题]-[来源]\\",
    "> [2020-01-01]-[first]-[x]",
    "",
]
TEMPLATE += ["######### 模版 #############", "", "## 必须精读", ""]

quotings = st.sampled_from(
    ["> > ", ">>", "> >", ">> ", " >", "> >  ", "> > > ", "", "＞ "]
)
words = st.text(
    st.sampled_from("abcdefXYZ 0123:+"), min_size=3, max_size=30
).map(lambda text: "T" + " ".join(text.split()) + "t")


@st.composite
def dates(draw, day):
    mark = draw(st.sampled_from(["-", "-", "-", ".", "/", "－", " - "]))
    pad = draw(st.sampled_from(["02d", "d"]))
    text = f"{day.year}{mark}{day.month:{pad}}{mark}{day.day:{pad}}"
    if draw(st.integers(0, 9)) == 0:
        text = f"{day.year}年{day.month}月{day.day}日"
    left, right = draw(st.sampled_from(["[]", "[]", "[]", "【】", "［］"]))
    return draw(
        st.sampled_from(
            [left + text + right] * 5 + [text + right + "-", left + text + "-"]
        )
    )


@st.composite
def entries(draw, day, quoting):
    """An entry's lines and what they mean: (reader, title or None)."""
    reader = draw(st.sampled_from(READERS))
    name = draw(
        st.sampled_from([f"[{reader}]", f"[{reader}]", reader, f"【{reader}】"])
    )
    join = draw(st.sampled_from(["-", "-", " - ", "- "]))
    head = draw(dates(day)) + join + name + join
    if draw(st.booleans()):
        excuse = draw(
            st.sampled_from(
                [
                    "本周未精读",
                    "[本周没有精读]",
                    "赶论文，未精~~度~~读",
                    "考试，未精度\\",
                    "本周无精读",
                ]
            )
        )
        return [quoting + head + excuse], (reader, None)
    title = draw(words)
    end = draw(
        st.sampled_from(
            [
                "",
                "(https://example.org/a)",
                "-[arxiv](https://example.org/a)",
                " CVPR 2024",
                "-",
            ]
        )
    )
    lines = [quoting + head + f"[{title}]" + end]
    image = [
        '<img width="512" alt="image" src="a.png">',
        "![image](a.png)",
        "<img width='512' src='a.png'/>",
        "",
    ]
    lines += [
        quoting.rstrip(),
        quoting + draw(st.sampled_from(image)),
        quoting.rstrip(),
    ]
    lines += [
        quoting
        + draw(
            st.sampled_from(
                [
                    "论文简述：好。",
                    "论文简述: 好。",
                    "论文简述:好。",
                    "论文简评：好。",
                ]
            )
        )
    ]
    return lines, (reader, title)


@st.composite
def reports(draw):
    """The text of a report and the (date, reader, title) of its entries in order."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = draw(st.sampled_from([[], TEMPLATE]))
    lines = [*lines, f"> {ANCHOR}", ">"]
    day, truth = draw(st.dates(date(2024, 6, 1), date(2026, 6, 1))), []
    for _ in range(draw(st.integers(0, 7))):
        block, (reader, title) = draw(entries(day, draw(quotings)))
        lines += [
            *block,
            draw(st.sampled_from([">", "> ", "> >", ">>", "", " >"])),
        ]
        truth.append((day, reader, title))
        day -= timedelta(draw(st.integers(0, 9)))
    lines += draw(
        st.sampled_from(
            [
                [],
                [
                    "",
                    "",
                    "为简化排版，2023年小组精读论文已经保存在[这里](Archived/2023.md)",
                    "  ",
                ],
            ]
        )
    )
    text = end.join(lines) + draw(st.sampled_from(["", end]))
    return draw(st.sampled_from(["", "\ufeff"])) + text, truth
