"""A post in each face: every part is there, nothing is made up, hostile papers change nothing, failures have names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
import yaml

from pipeline.errors import RenderError
from pipeline.paper import Account, Claim, Reason, Topic
from pipeline.render.pages.labels import SINGULAR, WORDS, labels
from pipeline.render.sites.base import Night, Rendered, SiteSettings
from pipeline.render.sites.hexo import settings_of
from pipeline.render.sites.registry import (
    FACES,
    find_face,
    render_archive,
    render_night,
    render_post,
)
from pipeline.review_fields import keys_in
from tests.render.reading import seen, visible
from tests.render.sample_posts import (
    DAY,
    WRITTEN,
    document,
    entry,
    full,
    hostile_entries,
    paper,
    post,
    review,
    usual,
)

POST_FACES = [name for name in FACES if name != "obsidian"]
SAMPLE_KEYS = re.findall(
    r"\w+",
    """title date author cover top_img categories tags description postDesc keywords toc toc_number toc_style_simple toc_expand
    copyright copyright_author copyright_author_href copyright_url copyright_info mathjax katex aplayer highlight_shrink
    aside""",
)
ITEMS = re.findall(
    r"\w+",
    "background past method performance methods significance innovation results workload takeaways",
)
OURS = re.findall(
    r"\w+",
    """h1 h2 p blockquote ul ol li table thead tbody tr th td a sup strong span wbr code figure figcaption img details
    summary div q style""",
)


def text_of(
    face: str, of: object = None, site: SiteSettings | None = None
) -> str:
    return only(render_post(FACES[face], of or full(), site))


def only(rendered: Rendered) -> str:
    """The one page that was rendered."""
    (made,) = rendered.files.values()
    assert isinstance(made, bytes)
    return made.decode()


def parts(made: str) -> tuple[dict[str, object], str]:
    _, head, body = made.split("---\n", 2)
    return yaml.safe_load(head), body


def test_a_hexo_post_has_the_front_matter_of_the_format() -> None:
    head, _ = parts(text_of("hexo"))
    assert list(head) == SAMPLE_KEYS
    assert head["title"] == "Talking Head · 2026-11-20"
    assert head["date"] == datetime(2026, 11, 20, 6, 30, 5)  # noqa: DTZ001
    assert head["cover"] == "/images/papers/2611.04217-v1/figure-2.png"
    assert head["tags"] == ["Talking Head"]
    assert head["categories"] == "Paper"
    assert head["mathjax"] is True
    assert "2026-11-20" in str(head["description"])
    assert "SegSpeak" in str(head["description"])


def test_a_vuepress_post_has_the_front_matter_of_the_format() -> None:
    head, _ = parts(text_of("vuepress"))
    assert {
        "icon": "pen-to-square",
        "date": DAY,
        "category": ["paper", "paperreading"],
        "tag": ["Talking Head"],
    }.items() <= (head.items())


def test_a_markdown_post_has_no_front_matter() -> None:
    assert not text_of("markdown").startswith("---")


@pytest.mark.parametrize("face", POST_FACES)
def test_every_part_of_every_paper_is_in_the_post(face: str) -> None:
    shown = visible(text_of(face).split("---\n", 2)[-1])
    for one in full().entries:
        assert one.paper.title in shown
        for author in one.paper.authors:
            assert author in shown
        for claim in (
            one.review.summary,
            *one.review.takeaways,
            *one.review.methods,
            *one.review.results,
        ):
            assert claim.text.replace("$", "") in shown.replace("$", "")
        for figure in one.document.figures:
            assert figure.caption.split(".")[1].strip() in shown
    for words in (
        "也许相关",
        "论文更新",
        "An Older Paper",
        "Speech Enhancement",
        "2026-10-03 已发布",
        "核实：17 条陈述与所引原文相符（规则与二次核对）；1 条未通过，已删去",
    ):
        assert words in shown


def test_the_posts_lie_where_their_sites_look_for_them() -> None:
    assert FACES["hexo"].post_path("Talking-Head", DAY) == PurePosixPath(
        "_posts/Paper/2026-11-20/Talking-Head.md"
    )
    assert FACES["vuepress"].post_path("Talking-Head", DAY) == PurePosixPath(
        "paper/2026-11-20/Talking-Head.md"
    )
    assert FACES["markdown"].post_path("Talking-Head", DAY) == PurePosixPath(
        "2026-11-20/Talking-Head.md"
    )


@pytest.mark.parametrize("face", POST_FACES)
def test_every_picture_in_the_text_is_a_file_that_is_written(face: str) -> None:
    rendered = render_post(FACES[face], full())
    (path,) = rendered.files
    shown = [
        attributes["src"]
        for tag, attributes in seen(text_of(face)).tags
        if tag == "img"
    ]
    written = {str(target) for target in rendered.pictures}
    assert len(shown) == 12
    for src in shown:
        assert src
        place = (
            src.lstrip("/")
            if src.startswith("/")
            else str(path.parent / src.removeprefix("./"))
        )
        assert place in written
    assert rendered.pictures[next(iter(rendered.pictures))].parts[0] == "papers"


def test_the_framework_figure_is_visible_and_the_others_are_folded_with_captions_as_alt_text() -> (
    None
):
    body = text_of("hexo", post(entry()))
    before, folded = body.split("<details>\n<summary>点此")
    assert before.count("<img") == 1
    assert "figure-2.png" in before.split("**Key Takeaways**")[0]
    images = [
        attributes for tag, attributes in seen(folded).tags if tag == "img"
    ]
    assert [image["alt"] for image in images] == [
        figure.caption
        for figure in document(paper()).figures
        if figure.label != "2"
    ]
    assert all(image["loading"] == "lazy" for image in images)


def test_a_page_number_links_to_the_page_and_shows_the_quote() -> None:
    links = [
        attributes
        for tag, attributes in seen(text_of("markdown", post(entry()))).tags
        if tag == "a"
    ]
    assert {
        "href": "https://arxiv.org/pdf/2611.04217v1#page=6",
        "title": "the lip-sync distance falls by 12.4%",
    } in links


def test_a_page_number_opens_its_quote_by_touch_where_a_site_takes_a_style() -> (
    None
):
    body = text_of("hexo", post(entry()))
    (line,) = [one for one in body.split("\n") if one.startswith("4. 在")]
    assert (
        "<summary>p6</summary> <q>the lip-sync distance falls by 12.4%</q>"
        in line
    )
    assert 'href="https://arxiv.org/pdf/2611.04217v1#page=6"' in line


def test_no_paragraph_holds_a_fold() -> None:
    """A browser would end the paragraph before it."""
    for name in ("hexo", "vuepress"):
        inside = False
        for tag, held in seen(text_of(name, post(entry()))).events:
            inside = tag == "p" if tag in ("p", "/p") else inside
            assert not (inside and tag == "details"), held


def test_the_table_leads_to_the_papers() -> None:
    body = text_of("hexo")
    found = seen(body)
    ids = {attributes.get("id") for _, attributes in found.tags}
    targets = [
        str(attributes["href"])
        for tag, attributes in found.tags
        if tag == "a" and str(attributes["href"])[0] == "#"
    ]
    assert targets.count("#papers") == 4  # a way back after each
    assert len(set(targets)) == 5
    assert {target[1:] for target in targets} <= ids


def test_the_best_papers_carry_a_mark_only_where_there_are_more_than_those() -> (
    None
):
    assert text_of("hexo", post(*usual())).count("| ⭐") == 3
    assert "| ⭐" not in text_of("hexo", post(*usual()[:3]))


def test_the_notes_name_the_models_that_wrote_and_no_others() -> None:
    own = {"model": "extractive"}
    assert "deepseek-chat" in text_of("hexo", post(entry()))
    assert "摘选的原句" not in text_of("hexo", post(entry()))
    extracted = text_of("hexo", post(entry(**own)))
    assert "语言模型 " not in extracted.split("# 2026")[0]
    assert "摘选的原句" in extracted


def test_code_comes_from_the_pdf_or_the_comment_and_is_none_otherwise() -> None:
    silent = paper(comment="")
    assert "Github：无" in text_of("hexo", post(entry(silent)))
    assert "Github：[github" in text_of("hexo", post(entry()))
    stated = entry(
        silent, doc=document(silent, code_urls=("https://github.com/from/pdf",))
    )
    assert "](https://github.com/from/pdf)" in text_of("hexo", post(stated))


def test_a_paper_that_another_post_shows_is_a_line_with_a_link_there() -> None:
    one = replace(entry(), see="NeRF", see_file="NeRF")
    body = text_of("hexo", post(one))
    assert "](../NeRF/#paper-2611-04217)" in body
    assert "<img" not in body
    assert render_post(FACES["hexo"], post(one)).pictures == {}
    assert "](./NeRF.md#paper-2611-04217)" in text_of("vuepress", post(one))


def test_without_a_paper_the_post_says_so() -> None:
    assert "今天没有新论文。" in text_of("hexo", replace(post(), entries=()))


def test_an_item_without_statements_says_none_and_never_nothing() -> None:
    body = text_of(
        "hexo",
        post(entry(workload=(), methods=(), keywords=(), affiliation="")),
    )
    assert "**工作量**：无" in body
    assert "**Keywords**：无" in body
    assert "**Methods**：无" in body


@pytest.mark.parametrize(
    "language", [path.stem for path in WORDS.glob("*.toml")]
)
def test_every_language_has_every_word(language: str) -> None:
    needed = {key for key in labels("en") if not key.endswith(SINGULAR)}
    assert {
        key for key in labels(language) if not key.endswith(SINGULAR)
    } == needed


def test_a_language_without_words_of_its_own_gets_the_english_ones() -> None:
    assert labels("xx") == labels("en")


def test_an_english_post_has_no_chinese_in_it() -> None:
    claim = Claim("It works.", "It works", 1)
    english = entry(
        summary=Claim("It is new.", "It is new", 1),
        title="T",
        affiliation="A",
        keywords=("k",),
        **dict.fromkeys(ITEMS, (claim, claim)),
    )
    body = text_of("hexo", post(english, language="en"))
    assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", body)
    assert "It works.<details" in body
    assert "</details> It works." in body


@pytest.mark.parametrize("face", POST_FACES)
def test_rendering_is_a_function_of_the_post(face: str) -> None:
    assert render_post(FACES[face], full()) == render_post(FACES[face], full())


@pytest.mark.parametrize("face", POST_FACES)
def test_sixty_hostile_papers_make_only_elements_of_ours(face: str) -> None:
    made = text_of(face, post(*hostile_entries(60)))
    found = seen(
        made.split("---\n", 2)[-1] if made.startswith("---\n") else made
    )
    assert {tag for tag, _ in found.tags} <= set(OURS)
    attributes = {name for _, held in found.tags for name in held}
    assert attributes <= {
        "href",
        "title",
        "id",
        "src",
        "alt",
        "loading",
        "style",
        "start",
        "class",
    }
    for tag, held in found.tags:
        if tag == "a" and held.get("href"):
            assert str(held["href"]).startswith(("https://", "http://", "#"))
    heads = [
        tag for tag, _ in found.tags if tag in ("h1", "h2", "details", "figure")
    ]
    assert heads.count("h1") == 1
    assert heads.count("h2") == 60
    assert heads.count("figure") == 120


@pytest.mark.parametrize("face", ["hexo", "vuepress"])
def test_hostile_titles_stay_one_value_of_the_front_matter(face: str) -> None:
    for one in hostile_entries(60):
        made = text_of(face, post(one, topic=Topic(one.paper.title)))
        head, body = parts(made)
        assert isinstance(head["title"], str)
        assert body.count("\n# ") == 1
        assert "<script" not in str(head["description"])


def test_pictures_of_hostile_names_stay_in_their_folder() -> None:
    one = entry()
    figures = tuple(
        replace(figure, file=f"../../../etc/{figure.kind}/x.png")
        for figure in one.document.figures
    )
    rendered = render_post(
        FACES["hexo"],
        post(replace(one, document=replace(one.document, figures=figures))),
    )
    for target, source in rendered.pictures.items():
        assert ".." not in target.parts
        assert source == PurePosixPath("papers/2611.04217-v1/x.png")


def test_a_night_lists_every_topic_and_paper_with_links_to_the_posts() -> None:
    posts = [full(), post(*usual()[:1], topic=Topic("NeRF"))]
    hexo = only(render_night(FACES["hexo"], DAY, posts))
    assert "](../NeRF/#paper-2611-04217)" in str(hexo)
    rendered = render_night(FACES["markdown"], DAY, posts)
    made = only(rendered)
    assert next(iter(rendered.files)) == PurePosixPath("2026-11-20/README.md")
    assert "](./NeRF.md#paper-2611-04217)" in made
    assert made.count("- ⭐") == 3


def test_the_archive_is_by_month_newest_first() -> None:
    nights = [
        Night(
            DAY - timedelta(days=days),
            WRITTEN - timedelta(days=days),
            (("Talking Head", 4), ("NeRF", days)),
        )
        for days in (30, 0, 1)
    ]
    made = only(render_archive(FACES["markdown"], nights, "zh"))
    shown = made
    assert shown.index("2026 年 11 月") < shown.index(
        "[2026-11-20](./2026-11-20/README.md)：Talking Head 4，NeRF 0"
    )
    assert (
        shown.index("2026-11-19")
        < shown.index("2026 年 10 月")
        < shown.index("2026-10-21")
    )


def test_a_site_under_a_path_and_with_its_own_permalinks_is_linked_rightly() -> (
    None
):
    site = SiteSettings(root="/blog/", permalink=":year/:month/:title.html")
    night = Night(DAY, WRITTEN, (("Talking Head", 4),))
    made = only(render_archive(FACES["hexo"], [night], "zh", site))
    assert "](/blog/2026/11/Paper/2026-11-20/index.html)" in made
    assert 'src="/blog/images/papers/' in text_of("hexo", site=site)
    unknown = only(
        render_archive(
            FACES["hexo"], [night], "zh", SiteSettings(permalink=":abbrlink/")
        )
    )
    assert "- 2026-11-20：" in str(unknown)


def test_the_settings_of_a_hexo_site_are_read_from_its_configuration(
    tmp_path: Path,
) -> None:
    (tmp_path / "_config.yml").write_text(
        "root: /x/\npermalink: :title/\ntimezone: Asia/Shanghai\n",
        encoding="utf-8",
    )
    assert settings_of(tmp_path / "source") == SiteSettings(
        root="/x/", permalink=":title/", zone=ZoneInfo("Asia/Shanghai")
    )


@pytest.mark.parametrize(
    "config",
    ["", "- a", "root: 5\npermalink:\ntimezone: Nowhere/X", "{{", "root: ["],
)
def test_a_hexo_configuration_that_says_nothing_leaves_the_defaults(
    tmp_path: Path, config: str
) -> None:
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    assert settings_of(tmp_path / "source") == SiteSettings()


class TestOwnTemplates:
    def test_a_folder_of_templates_is_a_face(self, tmp_path: Path) -> None:
        folder = tmp_path / "Our Face"
        folder.mkdir()
        (folder / "post.html.j2").write_text(
            '{% for paper in papers %}<h2 title="{{ paper.paper.title }}">{{ paper.paper.title }}</h2>{% endfor %}',
            encoding="utf-8",
        )
        (folder / "night.html.j2").write_text("{{ heading }}", encoding="utf-8")
        face = find_face("Our Face", folder)
        hostile = paper(title="<script>{{ 1 }}</script>\"'")
        rendered = render_post(face, post(entry(hostile)))
        made = only(rendered)
        assert list(rendered.files) == [
            PurePosixPath("2026-11-20/Talking-Head.html")
        ]
        assert [tag for tag, _ in seen(made).tags] == ["h2"]
        assert render_night(face, DAY, [full()]).files == {
            PurePosixPath(
                "2026-11-20/index.html"
            ): "2026-11-20 论文速览\n".encode()
        }
        assert render_archive(face, [], "zh").files == {}

    def test_its_markdown_is_escaped_as_ours(self, tmp_path: Path) -> None:
        (tmp_path / "post.md.j2").write_text(
            "{{ papers[0].paper.title }}", encoding="utf-8"
        )
        made = only(
            render_post(
                find_face(str(tmp_path), tmp_path),
                post(entry(paper(title="*a* <b> [c](d)"))),
            )
        )
        assert visible(made) == "*a* <b> [c](d)"

    def test_it_may_use_pieces_of_ours(self, tmp_path: Path) -> None:
        (tmp_path / "post.md.j2").write_text(
            '{% import "parts.md.j2" as parts with context %}{{ parts.review(papers[0]) }}',
            encoding="utf-8",
        )
        made = only(
            render_post(find_face(str(tmp_path), tmp_path), post(entry()))
        )
        assert "**研究背景**" in made

    @pytest.mark.parametrize(
        "template",
        [
            "{{ nothing }}",
            "{% for %}",
            "{{ 1 / 0 }}",
            "{{ ''.__class__.__mro__ }}",
            "{% include 'x' %}",
            "{{ post.x() }}",
        ],
    )
    def test_a_template_that_fails_names_its_face(
        self, tmp_path: Path, template: str
    ) -> None:
        folder = tmp_path / "ours"
        folder.mkdir()
        (folder / "post.md.j2").write_text(template, encoding="utf-8")
        with pytest.raises(RenderError, match="ours") as caught:
            render_post(find_face("ours", folder), full())
        assert caught.value.face == "ours"

    def test_an_unknown_face_is_none_and_an_empty_folder_an_error(
        self, tmp_path: Path
    ) -> None:
        assert find_face("hexxo", tmp_path / "hexxo") is None
        with pytest.raises(RenderError, match="no post template"):
            find_face(str(tmp_path), tmp_path)


def test_an_account_of_nothing_is_not_shown() -> None:
    assert "核实" not in text_of("hexo", post(entry(account=Account())))


def test_a_review_of_another_day_keeps_its_date(tmp_path: Path) -> None:
    old = post(entry(), date=date(2026, 1, 2))
    assert "# 2026-01-02 更新" in text_of("hexo", old)
    assert review(paper()).version == 1


def test_a_sentence_in_latin_letters_is_parted_from_the_next_one_though_it_has_a_foreign_name() -> (
    None
):
    """«naïve» made a sentence of an extractive review run into the next."""
    claims = (
        Claim("A naïve sampler fails.", "", 1),
        Claim("Ours holds.", "", 2),
    )
    text = next(
        iter(
            render_post(
                FACES["markdown"], post(entry(background=claims))
            ).files.values()
        )
    )
    assert "A naïve sampler fails.p1 Ours holds.p2" in visible(text.decode())


def test_one_look_tells_what_matters_and_nothing_twice() -> None:
    reasons = (Reason("title", "talking portraits"), Reason("similar"))
    one = entry(affiliation="", keywords=())
    one = replace(one, verdict=replace(one.verdict, reasons=reasons))
    body = text_of("hexo", post(one)).split("## ")[1]
    look = body.split("<figure")[0]
    for words in (
        "用分割图把唇动与纹理解耦",
        "**入选**：标题：talking portraits",
        "Institute of Examples",
        "**CVPR 2027 (Highlight)**",
        "[代码](https://github.com/example-lab/segspeak)",
        "[PDF](https://arxiv.org/pdf/2611.04217v1)",
        "2026-11-19",
    ):
        assert words in look
    assert body.count("Nora Invented") == 1
    assert (
        body.count("CVPR 2027 (Highlight)") == 2
    )  # here, and in arXiv's own comment
    assert body.count("](https://arxiv.org/abs/2611.04217v1)") == 1


def test_the_main_result_is_told_beside_a_summary_with_a_number() -> None:
    told = "**主要结果**：在两个公开数据集的自驱动与交叉驱动任务上，唇形同步距离下降12.4%"
    assert told in text_of("hexo", post(entry()))


@pytest.mark.parametrize(
    ("language", "above", "rest"),
    [
        ("zh", "主要结果见上。", "见开头一句。"),
        ("en", "The main result stands above.", "See the summary line."),
    ],
)
def test_an_item_points_to_what_stands_above_it(
    language: str, above: str, rest: str
) -> None:
    result = Claim("The error falls by 12.4%.", "falls by 12.4%", 3)
    summary = Claim("It is new.", "It is new", 1)
    one = entry(summary=summary, performance=(result,), method=(summary,))
    body = text_of("hexo", post(one, language=language))
    assert body.count("falls by 12.4%.") == 1
    lines = [line for line in body.splitlines() if line.startswith("    - (")]
    assert lines[3].endswith(above)
    assert lines[2].endswith(rest)


def test_a_takeaway_that_is_the_main_result_stands_there_alone() -> None:
    result = Claim("The error falls by 12.4%.", "falls by 12.4%", 3)
    other = Claim("It is new.", "It is new", 1)
    one = entry(takeaways=(result, other), performance=(), results=())
    body = text_of("hexo", post(one))
    assert "**主要结果**：The error falls by 12.4%." in body
    assert "1. It is new." in body
    assert body.count("falls by 12.4%.") == 1


def availability(language: str = "zh", **changes: object) -> str:
    """The item on availability of a post."""
    body = text_of("hexo", post(entry(**changes), language=language))
    (line,) = (one for one in body.splitlines() if one.startswith("10. **"))
    return line.partition("**：" if language == "zh" else "**: ")[2]


def test_a_link_to_code_stands_in_the_item_of_links_alone() -> None:
    body = text_of("hexo", post(entry(availability=())))
    (line,) = (one for one in body.splitlines() if one.startswith("5. **"))
    assert "https://github.com/example-lab/segspeak" in line
    assert "代码" not in availability(availability=())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "数据、权重、算力：未说明"),
        ("en", "data, weights, compute: not stated"),
    ],
)
def test_what_is_not_stated_is_told_at_once(language: str, text: str) -> None:
    assert availability(language, availability=()) == text


def test_a_sentence_on_code_and_weights_is_said_once() -> None:
    told = Claim("Our code and weights are public.", "Our code", 2)
    both = tuple(replace(told, aspect=one) for one in ("code", "weights"))
    line = availability(availability=both)
    assert line.startswith("代码、权重：Our code and weights are public.<")
    assert line.count("Our code and weights are public.") == 1
    assert line.endswith("</details> 数据、算力：未说明")


def test_a_statement_of_no_aspect_is_shown_without_a_label() -> None:
    told = Claim("Samples are on request.", "on request", 2)
    line = availability(availability=(told,))
    assert line.startswith("Samples are on request.<")


@pytest.mark.parametrize(("language", "none"), [("zh", "无"), ("en", "None")])
def test_a_group_of_items_that_say_nothing_is_one_word(
    language: str, none: str
) -> None:
    silent = dict.fromkeys(
        keys_in("summary", "methods", "conclusion", "after"), ()
    )
    body = text_of("hexo", post(entry(**silent), language=language))
    for label in ("Summary", "Methods", "Conclusion"):
        (line,) = (one for one in body.splitlines() if f". **{label}**" in one)
        assert line.rstrip().endswith(none)
    assert "- (1)" not in body


def test_of_many_authors_six_are_shown_and_of_a_crowd_the_others_are_only_counted() -> (
    None
):
    names = tuple(
        f"Author {chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(300)
    )
    few = text_of(
        "hexo", post(entry(paper(authors=(*names[:8], ":", "et al."))))
    )
    assert "<summary>等 8 位</summary> Author AG, Author AH</details>" in few
    crowd = text_of("hexo", post(entry(paper(authors=names))))
    assert "Author AF 等 300 位\n" in crowd
    assert "Author AG" not in crowd


def test_tex_in_titles_and_abstracts_is_shown_as_it_means() -> None:
    one = entry(
        paper(
            title=r"\textbf{Seg} by 10\%", abstract=r"See \url{https://a.org}."
        )
    )
    body = text_of("hexo", post(one))
    assert "Seg by 10%" in visible(body)
    assert "textbf" not in body
    assert "\\url" not in body


def test_a_list_of_posts_tells_how_many_papers_and_the_best() -> None:
    head, _ = parts(text_of("hexo"))
    assert str(head["postDesc"]).startswith("4 篇 · ⭐ SegSpeak")
    head, _ = parts(text_of("hexo", post(entry(), language="en")))
    assert str(head["postDesc"]).startswith("1 paper · ")


def test_topics_that_differ_in_a_sign_have_different_tags() -> None:
    tags = {
        str(parts(text_of(face, post(entry(), topic=Topic(name))))[0][key])
        for name in ("C++", "C#")
        for face, key in (("hexo", "tags"), ("vuepress", "tag"))
    }
    assert tags == {"['C plus plus']", "['C sharp']"}


def test_a_second_topic_with_the_same_first_paper_has_another_cover() -> None:
    both = usual()[:2]
    again = post(*both, shown_before=frozenset({both[0].paper.id}))
    assert (
        parts(text_of("hexo", post(*both)))[0]["cover"].split("/")[3]
        == "2611.04217-v1"
    )
    assert (
        parts(text_of("hexo", again))[0]["cover"].split("/")[3]
        == "2611.05120-v1"
    )


def test_an_english_post_counts_in_the_singular() -> None:
    body = text_of(
        "hexo", post(entry(account=Account("rules", 1, 1)), language="en")
    )
    assert "of 1 statement stand" in body
    assert "1 failed and was left out" in body


def test_no_semicolon_stands_behind_a_full_stop_in_the_item_on_availability() -> (
    None
):
    told = (
        Claim("代码已公开。", "Our code is public", 3, aspect="code"),
        Claim("单张 GPU 训练", "on a single GPU", 4, aspect="compute"),
    )
    line = availability(availability=told)
    assert line.startswith("代码：代码已公开。<")
    assert "</details> 算力：单张" in line
    assert line.endswith("；数据、权重：未说明")
