"""`arxiv-screen doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from pipeline.common.output_layout import MEGABYTE
from pipeline.config import Config, ListingSource
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import (
    ArxivDown,
    ModelDown,
    ScreenError,
    UsageError,
    from_os,
)
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.render.sites.formula_support import FormulaSupport

LOW_SPACE = 1_000_000_000
"""Bytes. A night of sixty papers with their PDFs and pictures takes a third of it."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at."""

    what: str
    state: Literal["ok", "advice", "bad"]
    """`advice`: it works, and could be better."""
    detail: str
    cure: str = ""

    @property
    def same_as(self) -> tuple[str, str, str]:
        """What makes it one with others that have the same cause."""
        return self.state, self.detail, self.cure


class _Advice(ScreenError):
    """Something works, and could be better."""


def examine(config: Config, *, notify: bool = False) -> Iterator[Diagnosis]:
    """Look at everything; nothing is raised, every trouble is a finding."""
    sources = config.arxiv.sources
    checks: list[tuple[str, Callable[[Config], str]]] = [
        ("topics", _topics),
        ("faces", _faces),
        ("formulas", _formulas),
        ("messages", _messages),
        ("output", _output),
        ("disk", _disk),
        *(
            (_("arXiv {source}", source=source), partial(_arxiv, source))
            for source in sources
        ),
        ("contact", _contact),
        ("model", _model),
        ("price", _price),
    ]
    if notify:
        checks.append(("notify", _notify))
    return _findings(config, checks)


def examine_store(config: Config) -> list[Diagnosis]:
    """Look over every row of the store; each damaged one is a finding."""
    from pipeline.store import Store
    from pipeline.store.integrity import find_damage

    try:
        store = Store.open(config.out, create=False)
    except ScreenError as error:
        return [
            Diagnosis("store", "bad", detail=error.message, cure=error.step)
        ]
    try:
        damaged = [
            Diagnosis(
                _("store: {table}", table=one.table) if one.table else "store",
                "bad",
                detail=_(
                    "{row} cannot be read ({reason})",
                    row=one.row,
                    reason=one.reason,
                ),
                cure=_(
                    "It is left alone; `{program} restore FILE` brings back a backup."
                ),
            )
            for one in find_damage(store.database)
        ]
    finally:
        store.close()
    return damaged or [
        Diagnosis("store", "ok", detail=_("every row can be read"))
    ]


def _findings(
    config: Config, checks: list[tuple[str, Callable[[Config], str]]]
) -> Iterator[Diagnosis]:
    for what, check in checks:
        try:
            yield Diagnosis(what, "ok", detail=check(config))
        except _Advice as advice:
            yield Diagnosis(what, "advice", advice.message, advice.step)
        except ScreenError as error:
            yield Diagnosis(what, "bad", error.message, _cure(error))


def _cure(error: ScreenError) -> str:
    """What to do about it; that of a run is to ask the doctor, who is asked already."""
    if error.step != _(error.default_step):
        return error.step
    if isinstance(error, ArxivDown):
        if error.data.get("unreachable"):
            return _("Look at the network, and at the address under [arxiv].")
        return _("Try again in some minutes; a run waits by itself.")
    if isinstance(error, ModelDown):
        return _("Check [model] in config.toml and the key in the environment.")
    return error.step


def _topics(config: Config) -> str:
    from pipeline.fetch.query import is_arxiv_category, join_categories

    if not config.topics:
        raise UsageError(
            _("config.toml has no topic."),
            step=_('Add one: [topics."Talking Head"].'),
        )
    categories = join_categories(map(config.topic, config.topics))
    unknown = [
        category for category in categories if not is_arxiv_category(category)
    ]
    if unknown:
        raise UsageError(
            _("arXiv has no category {names}.", names=", ".join(unknown)),
            step=_("See https://arxiv.org/category_taxonomy."),
        )
    return _(
        "{topics} topics in {categories} categories",
        topics=len(config.topics),
        categories=len(categories),
    )


def _faces(config: Config) -> str:
    """The faces as a run would make them, and where each writes."""
    from pipeline.run.posting.publish import faces_of

    faces_of(config)
    return ", ".join(config.output.faces)


def _formulas(config: Config) -> str:
    """Whether the configured sites typeset the formulas of their posts."""
    from pipeline.render.sites.formula_support import (
        hexo_formulas,
        vuepress_formulas,
    )

    sites = (
        ("hexo", config.hexo.source, hexo_formulas),
        ("vuepress", config.vuepress.source, vuepress_formulas),
    )
    said = [
        f"{face}: {_say_formulas(face, look(config.path(source)))}"
        for face, source, look in sites
        if source and face in config.output.faces
    ]
    return "; ".join(said) or _("no site is configured")


def _say_formulas(face: str, found: FormulaSupport) -> str:
    if found.typeset is None:
        return _("the settings of the site were not found")
    if found.typeset:
        return _("typeset")
    if found.post is None:
        return _("not typeset, and no post holds one")
    raise UsageError(
        _(
            "The {face} site shows TeX as text: {post} holds formulas, and the "
            "site has neither MathJax nor KaTeX.",
            face=face,
            post=found.post,
        ),
        step=_("Set {setting}.", setting=found.setting),
    )


def _messages(config: Config) -> str:
    """The addresses of messages, read as a run would read them; nothing is sent."""
    from pipeline.console.notify import check_addresses

    return check_addresses(config.notify, os.environ)


def _price(config: Config) -> str:
    """The price by which the budget counts."""
    from pipeline.llm import choose_endpoint

    endpoint = choose_endpoint(config.model, os.environ)
    if endpoint is None:
        return _("no model, no cost")
    price = endpoint.price_of(endpoint.name)
    if price is None:
        raise UsageError(
            _(
                "The price of {endpoint} is unknown, so the budget in USD cannot "
                "hold.",
                endpoint=endpoint.name,
            ),
            step=_(
                "Set [model] price; until then [model] tokens_per_run is the limit."
            ),
        )
    return _(
        "{price_in:g} in, {output:g} out (USD a million tokens)",
        price_in=price.input,
        output=price.output,
    )


def _output(config: Config) -> str:
    try:
        config.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=config.out):
            pass
    except OSError as error:
        raise from_os(error, config.out) from error
    return str(config.out)


def _disk(config: Config) -> str:
    there = next(
        folder
        for folder in (config.out, *config.out.parents)
        if folder.exists()
    )
    free = shutil.disk_usage(there).free
    if free < LOW_SPACE:
        raise UsageError(
            _("{free} MB are free.", free=free // MEGABYTE),
            step=_("Free some space, or lower [run] keep."),
        )
    return _("{free} MB free", free=free // MEGABYTE)


def _arxiv(source: ListingSource, config: Config) -> str:
    """Ask a source, and say how fresh it is. OAI-PMH may take three minutes."""
    from pipeline.run.services.composition import open_listings

    listings = open_listings(config.arxiv, config.out)
    return listings.freshness(source)


def _contact(config: Config) -> str:
    if not config.arxiv.contact:
        raise _Advice(
            _("None is set."),
            step=_("Set [arxiv] contact, so that arXiv can write to you."),
        )
    return config.arxiv.contact


def _model(config: Config) -> str:
    from pipeline.llm import check_endpoint, choose_endpoint

    endpoint = choose_endpoint(config.model, os.environ)
    if endpoint is None:
        return _(
            "none configured: reviews are made of the paper's own sentences"
        )
    return check_endpoint(endpoint, config.model.timeout)


def _notify(config: Config) -> str:
    from pipeline.console.notify import send_test

    return send_test(config.notify)


def show_diagnoses(findings: Iterable[Diagnosis], *, as_json: bool) -> int:
    """Print the findings as they come; 1 when something is wrong, else 0."""
    states = set()
    for _same, group in groupby(findings, lambda one: one.same_as):
        same = list(group)
        states.add(same[0].state)
        if as_json:
            sys.stdout.writelines(map(_as_json, same))
        else:
            sys.stdout.write(terminal_safe(_as_text(same)) + "\n")
        sys.stdout.flush()
    return 1 if "bad" in states else 0


def _as_json(finding: Diagnosis) -> str:
    fields = {
        "what": finding.what,
        "ok": finding.state != "bad",
        "detail": finding.detail,
        "cure": finding.cure,
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _as_text(same: Sequence[Diagnosis]) -> str:
    """A line for findings with one cause: "BAD arXiv feed, arXiv api: …"."""
    marks = {"ok": "ok ", "advice": "-- ", "bad": "BAD"}
    first = same[0]
    names = ", ".join(one.what for one in same)
    line = f"{marks[first.state]} {names}: {first.detail} {first.cure}"
    return line.rstrip()
