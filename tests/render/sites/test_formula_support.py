"""A site that would show TeX as text is told from one that typesets it."""

import json

import pytest

from pipeline.render.sites.formula_support import (
    find_formula,
    hexo_typesets,
    vuepress_typesets,
)


@pytest.fixture
def hexo(tmp_path):
    """A Hexo site with Butterfly, its settings to be written."""
    source = tmp_path / "source"
    source.mkdir()
    (tmp_path / "_config.yml").write_text("theme: butterfly\n")
    return source


@pytest.mark.parametrize(
    ("settings", "typesets"),
    [
        ("math:\n  use: mathjax\n  per_page: true\n", True),
        ("math:\n  use: katex\n", True),
        ("math:\n  use:\n  mathjax:\n    tags: none\n", False),
        ("mathjax:\n  enable: true\n", True),
        ("mathjax:\n  enable: false\nkatex:\n  enable: false\n", False),
        ("math:\n  mathjax:\n    enable: true\n", True),
        ("mathjax: true\n", True),
        ("menu:\n  Home: /\n", False),
    ],
)
def test_the_settings_of_a_theme_say_whether_it_has_mathematics(
    hexo, settings, typesets
):
    (hexo.parent / "_config.butterfly.yml").write_text(settings)
    assert hexo_typesets(hexo) is typesets


def test_a_theme_that_cannot_be_read_is_not_judged(hexo, tmp_path):
    assert hexo_typesets(hexo) is None
    assert hexo_typesets(tmp_path / "nowhere" / "source") is None
    (hexo.parent / "_config.butterfly.yml").write_text("{[")
    assert hexo_typesets(hexo) is None


def test_the_settings_that_come_with_a_theme_are_read_too(hexo):
    theme = hexo.parent / "node_modules" / "hexo-theme-butterfly"
    theme.mkdir(parents=True)
    (theme / "_config.yml").write_text("math:\n  use:\n")
    assert hexo_typesets(hexo) is False


def test_a_plug_in_of_hexo_may_typeset_instead(hexo):
    package = {"dependencies": {"hexo": "8", "hexo-filter-mathjax": "0.9"}}
    (hexo.parent / "package.json").write_text(json.dumps(package))
    assert hexo_typesets(hexo) is True


@pytest.mark.parametrize(
    ("script", "typesets"),
    [
        ('theme: hopeTheme({ markdown: { math: { type: "katex" } } })', True),
        ("theme: hopeTheme({ markdown: { math: true } })", True),
        ("theme: hopeTheme({ markdown: { math: false } })", False),
        ("// markdown: { math: true }\ntheme: hopeTheme({})", False),
        (
            'url: "https://a.example/", plugins: { mdEnhance: { katex: true } }',
            True,
        ),
        ("plugins: [markdownMathPlugin({})]", True),
    ],
)
def test_the_scripts_of_vuepress_say_whether_it_has_mathematics(
    tmp_path, script, typesets
):
    (tmp_path / ".vuepress").mkdir()
    (tmp_path / ".vuepress" / "theme.ts").write_text(script)
    assert vuepress_typesets(tmp_path) is typesets


def test_vuepress_without_settings_is_not_judged(tmp_path):
    assert vuepress_typesets(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("error below $&#92;epsilon$ here", True),
        ("$$x = 1$$", True),
        (r"costs <span>\$</span>5 and <span>\$</span>6", False),
        ("costs $5 or", False),
        ("no formula", False),
    ],
)
def test_a_post_with_a_formula_is_found(tmp_path, text, holds):
    (tmp_path / "2026-11-30").mkdir()
    post = tmp_path / "2026-11-30" / "Topic.md"
    post.write_text(text)
    assert find_formula(tmp_path) == (post if holds else None)
