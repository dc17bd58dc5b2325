"""Whether a site typesets formulas: what its theme and plug-ins say, and whether a post needs it.

Hexo: the theme's settings lie in `_config.THEME.yml`, in `theme_config` of `_config.yml`, or with
the theme; Butterfly has `math.use`, before its version 5 `mathjax.enable`, others `mathjax`.
VuePress: `markdown.math` of theme-hope, `katex` or `mathjax` of its older `mdEnhance`, or the
plug-in `markdownMathPlugin`, in the scripts of `.vuepress`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.render.sites import hexo, vuepress


@dataclass(frozen=True, slots=True)
class FormulaSigns:
    """What is looked for in posts and in settings."""

    formula: re.Pattern[str] = re.compile(
        r"(?<![\\$])\$\$?(?=[^$\s])[^$\n]{1,2000}(?<=[^\\$\s])\$"
    )
    """TeX between dollars; a dollar of ours that is none is escaped."""
    engine: re.Pattern[str] = re.compile(r"mathjax|katex", re.IGNORECASE)
    comment: re.Pattern[str] = re.compile(
        r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL
    )
    vuepress: re.Pattern[str] = re.compile(
        r"\bmath\s*:\s*(?!false\b|undefined\b|null\b)\S"
        r"|\b(?:katex|mathjax)\s*:\s*(?:true\b|\{)"
        r"|\b(?:markdownMathPlugin|katexPlugin|mathjaxPlugin)\s*\("
    )
    scripts: frozenset[str] = frozenset({".js", ".mjs", ".ts", ".mts"})
    posts: int = 200
    """Posts that are read, the newest first."""


_signs = FormulaSigns()


@dataclass(frozen=True, slots=True)
class FormulaSupport:
    """What a site makes of formulas."""

    typeset: bool | None
    """None where the settings of the site are not there."""
    post: Path | None
    """A post that holds formulas, under the folder of the site; looked for where they are not
    typeset.
    """
    setting: str
    """What would typeset them."""


def hexo_formulas(source: Path) -> FormulaSupport:
    """Look at a Hexo site by its `source` folder."""
    typeset = hexo_typesets(source)
    post = find_formula(source / hexo.POSTS) if typeset is False else None
    setting = "math.use: mathjax in _config.butterfly.yml, or its like"
    return FormulaSupport(typeset, post, setting)


def vuepress_formulas(docs: Path) -> FormulaSupport:
    """Look at a VuePress site by its folder of documents."""
    typeset = vuepress_typesets(docs)
    post = find_formula(docs / vuepress.FOLDER) if typeset is False else None
    return FormulaSupport(typeset, post, "markdown.math of theme-hope")


def find_formula(posts: Path) -> Path | None:
    """Find a post that holds a formula, among the newest of a folder."""
    newest = sorted(posts.rglob("*.md"), reverse=True)[: _signs.posts]
    found = (path for path in newest if _signs.formula.search(_text(path)))
    return next(found, None)


def hexo_typesets(source: Path) -> bool | None:
    """Tell whether a Hexo site typesets formulas; None where its settings are not there."""
    root = source.parent
    config = _settings(root / "_config.yml")
    if not config:
        return None
    if any(map(_signs.engine.search, _dependencies(root))):
        return True
    theme = str(config.get("theme", ""))
    places = (
        root / f"_config.{theme}.yml",
        root / "themes" / theme / "_config.yml",
        root / "node_modules" / f"hexo-theme-{theme}" / "_config.yml",
    )
    own = config.get("theme_config")
    layers = [own, config, *map(_settings, places)]
    said = [layer for layer in layers if isinstance(layer, Mapping) and layer]
    return any(map(_has_engine, said)) if len(said) > 1 else None


def vuepress_typesets(docs: Path) -> bool | None:
    """Tell whether a VuePress site typesets formulas; None where its settings are not there."""
    folder = docs / ".vuepress"
    scripts = [
        path for path in folder.glob("*") if path.suffix in _signs.scripts
    ]
    texts = [_signs.comment.sub("", _text(path)) for path in scripts]
    if not texts:
        return None
    return any(map(_signs.vuepress.search, texts))


def _has_engine(settings: Mapping[str, Any]) -> bool:
    """Tell whether settings turn on an engine, at any depth."""
    for key, value in settings.items():
        name = str(key)
        if name == "use" and _signs.engine.fullmatch(str(value)):
            return True
        if _signs.engine.fullmatch(name) and _is_on(value):
            return True
        if isinstance(value, Mapping) and _has_engine(value):
            return True
    return False


def _is_on(value: object) -> bool:
    if isinstance(value, Mapping):
        return value.get("enable") is True
    return value is True


def _dependencies(root: Path) -> Iterator[str]:
    try:
        package = json.loads(_text(root / "package.json"))
        yield from package["dependencies"]
    except (ValueError, LookupError, TypeError):
        return


def _settings(path: Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(_text(path))
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, Mapping) else {}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
