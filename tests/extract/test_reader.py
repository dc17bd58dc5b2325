"""A PDF becomes a Document, and the Document a report."""

import gc
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from pipeline.extract.json_output import as_json
from pipeline.extract.reader import read_pdf
from tests.extract.leaf import Leaf

ROOT = Path(__file__).resolve().parents[2]


def paper():
    leaf = (
        Leaf()
        .text(150, 80, "A Paper About Very Little", size=18)
        .text(230, 110, "First Author", size=11)
    )
    leaf.text(54, 150, "Abstract", size=12, font="tibo").prose(156, 300)
    leaf.text(54, 330, "1 Introduction", size=12, font="tibo").prose(340, 450)
    return (
        leaf.plot(150, 470, 450, 560)
        .text(200, 580, "Figure 1: Overview of our method.")
        .prose(600, 740)
    )


def test_a_document_joins_what_all_readers_found():
    document = read_pdf(paper().document.tobytes()).document
    assert document.pages == 1
    assert document.title == "A Paper About Very Little"
    assert [figure.label for figure in document.figures] == ["1"]
    assert document.framework == "1"
    assert "nothing of great weight" in document.abstract


def test_captions_and_drawings_are_not_in_the_running_text():
    document = read_pdf(paper().document.tobytes()).document
    assert not any(
        "Overview of our method" in section.text
        for section in document.sections
    )


def test_a_page_that_the_file_only_counts_is_told_and_the_others_are_read():
    leaf = paper()
    leaf.next().prose(60, 400)
    leaf.next().prose(60, 400)
    kids = rb"/Kids ?\[([^\]]*?)\d+ 0 R\]"
    data = re.sub(kids, rb"/Kids[\1]", leaf.document.tobytes())
    document = read_pdf(data).document
    assert document.pages == 3
    assert document.title == "A Paper About Very Little"
    assert "page 3 cannot be read: the file is damaged" in document.warnings


def test_seconds_are_those_of_the_clock():
    ticks = iter([10.0, 12.5])
    assert (
        read_pdf(
            paper().document.tobytes(), clock=lambda: next(ticks)
        ).document.seconds
        == 2.5
    )


def test_the_collector_runs_again_after_reading():
    read_pdf(paper().document.tobytes())
    assert gc.isenabled()


def test_the_report_has_the_fields_of_the_design():
    report = json.loads(
        json.dumps(as_json(read_pdf(paper().document.tobytes()).document))
    )
    assert set(report) == {
        "pages", "seconds", "title", "abstract", "language", "authors", "affiliations", "first_affiliation", "code_urls",
        "project_urls", "sections", "figures", "hidden", "framework", "warnings",
    }  # fmt: skip
    assert set(report["figures"][0]) == {
        "kind",
        "label",
        "page",
        "bbox",
        "caption",
        "file",
        "cells",
    }
    assert set(report["sections"][0]) == {"title", "level", "page", "text"}


def test_the_model_of_page_layout_that_comes_with_pymupdf_is_not_loaded(
    tmp_path,
):
    package = tmp_path / "pymupdf"
    package.mkdir()
    (package / "layout.py").write_text(
        "raise SystemExit('the model is loaded')"
    )
    (package / "__init__.py").write_text(
        "try:\n    import pymupdf.layout\nexcept ImportError:\n    print('without')"
    )
    code = "import pipeline.extract, pymupdf"
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    run = [sys.executable, "-c", code]
    done = subprocess.run(
        run, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "without"


def test_reading_loads_no_model_of_page_layout():
    code = "import sys, pipeline.extract.reader; print(sys.modules['pymupdf.layout'])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", code]
    done = subprocess.run(
        run, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "None"
