"""What `arxiv-screen extract`, `read` and `lint` print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import NotWritable, PaperError, UsageError, from_os, why
from pipeline.extract.tables.table_csv import as_csv
from pipeline.paper import Figure
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.extract.worker.protocol import Reading


def show_document(
    pdf: Path, config: Config, *, pictures: Path | None, as_json: bool
) -> None:
    """Print what a PDF holds; its figures are drawn into `pictures` where that is given.

    Raises:
        UsageError: no such file.
        PaperError: it cannot be read.
    """
    from pipeline.extract.json_output import as_json as report

    reading = _read(pdf, config, draw=pictures is not None)
    if pictures is not None:
        _save_pictures(reading, pictures)
    found = report(reading.document)
    sys.stdout.write(
        json.dumps(found, ensure_ascii=False) + "\n"
        if as_json
        else _outline(found)
    )


def _read(pdf: Path, config: Config, *, draw: bool) -> Reading:
    """Read a PDF in a process of its own; what is wrong with it is told with its path."""
    from pipeline.extract.worker import pool

    if not pdf.is_file():
        raise UsageError(
            _("There is no file {pdf}.", pdf=pdf),
            step=_("Give the path of a PDF."),
        )
    try:
        return pool.read(
            pdf.read_bytes(),
            timeout=config.run.read_timeout,
            memory=config.run.read_memory,
            draw=draw,
        )
    except PaperError as error:
        raise PaperError(f"{pdf}: {error.message}", step=error.step) from error
    except OSError as error:
        raise UsageError(
            _("{pdf} cannot be read: {why}.", pdf=pdf, why=why(error)),
            step=_("Change its permissions."),
        ) from error


def _save_pictures(reading: Reading, folder: Path) -> None:
    """Write figures and tables into a folder, and tell where they are."""
    tables = _tables(reading.document.figures)
    _write_files({**reading.pictures, **tables}, folder)
    words = _(
        "{drawn} pictures and {tables} tables are in {pictures}",
        drawn=len(reading.pictures),
        tables=len(tables),
        pictures=folder,
    )
    sys.stderr.write(terminal_safe(words) + "\n")


def _tables(figures: Iterable[Figure]) -> dict[str, bytes]:
    """The tables whose cells are known as CSV, named as their pictures are."""
    return {
        str(Path(figure.file).with_suffix(".csv")): as_csv(
            figure.cells
        ).encode()
        for figure in figures
        if figure.cells and figure.file
    }


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        failure = from_os(error, folder)
        if isinstance(failure, NotWritable):
            failure.step = _("Choose another folder with --out.")
        raise failure from error


def _outline(found: dict[str, object]) -> str:
    """A page for a person: facts, headings, figures."""
    lines = [
        str(found["title"]),
        _(
            "{pages} pages, {language}",
            pages=found["pages"],
            language=found["language"] or _("unknown language"),
        ),
    ]
    lines += (
        [_("affiliation: {place}", place=found["first_affiliation"])]
        if found["first_affiliation"]
        else []
    )
    for name in ("code_urls", "project_urls", "warnings"):
        lines += [
            f"{name.removesuffix('s').replace('_', ' ')}: {value}"
            for value in _list(found, name)
        ]
    lines += [
        f"{'  ' * int(str(one['level']))}{one['title']} (p. {one['page']})"
        for one in _list(found, "sections")
    ]
    for one in _list(found, "figures"):
        mark = (
            "*"
            if one["kind"] == "figure" and one["label"] == found["framework"]
            else " "
        )
        lines.append(
            f"{mark} {one['kind']} {one['label']} (p. {one['page']}): {one['caption']}"
        )
    return "".join(terminal_safe(line) + "\n" for line in lines)


def _list(found: dict[str, object], name: str) -> list[dict[str, object]]:
    value = found[name]
    return list(value) if isinstance(value, list | tuple) else []


def show_leftovers(post: Path, *, as_json: bool) -> int:
    """Print lines that must not be published; 1 when there are any, else 0.

    Raises:
        UsageError: no such file, or it is not text.
    """
    from pipeline.render.pages.own_words import without_own_words
    from pipeline.summarize.leakage.lint import find_leftovers

    try:
        text = post.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            _("{post} cannot be read: {why}.", post=post, why=why(error)),
            step=_("Give a Markdown file in UTF-8."),
        ) from error
    findings = find_leftovers(text, without_own_words)
    for finding in findings:
        if as_json:
            sys.stdout.write(
                json.dumps(
                    {"line": finding.line, "reason": finding.reason},
                    ensure_ascii=False,
                )
                + "\n"
            )
        else:
            sys.stdout.write(
                terminal_safe(f"{post}:{finding.line}: {finding.reason}") + "\n"
            )
    return 1 if findings else 0
