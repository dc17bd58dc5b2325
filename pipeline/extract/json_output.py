"""A Document as `arxiv-screen extract --json` prints it."""

from __future__ import annotations

from typing import Any

from pipeline.paper import Cell, Document, Figure


def as_json(document: Document) -> dict[str, Any]:
    """The object of docs/design.md: plain values that `json` writes."""
    return {
        "pages": document.pages,
        "seconds": round(document.seconds, 4),
        "title": document.title,
        "abstract": document.abstract,
        "language": document.language,
        "authors": list(document.authors),
        "affiliations": list(document.affiliations),
        "first_affiliation": document.first_affiliation,
        "code_urls": list(document.code_urls),
        "project_urls": list(document.project_urls),
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "page": section.page,
                "text": section.text,
            }
            for section in document.sections
        ],
        "figures": [_figure(figure) for figure in document.figures],
        "hidden": [
            {"page": hidden.page, "text": hidden.text, "how": hidden.how}
            for hidden in document.hidden
        ],
        "framework": document.framework,
        "warnings": list(document.warnings),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "label": figure.label,
        "page": figure.page,
        "bbox": [round(value, 1) for value in figure.bbox],
        "caption": figure.caption,
        "file": figure.file,
        "cells": [[_cell(cell) for cell in row] for row in figure.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "head": cell.head,
    }
