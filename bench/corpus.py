"""The papers of ../shared as records and Documents, read once and kept in a folder of pickles."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.paper import Document, Paper

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def papers(kept: Path) -> Iterator[tuple[str, Paper, Document]]:
    """File name, record and Document of each paper of the corpus."""
    kept.mkdir(parents=True, exist_ok=True)
    for line in (
        (SHARED / "arxiv" / "corpus_records.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    ):
        record = json.loads(line)
        place = kept / f"{record['file']}.pickle"
        if not place.exists():
            place.write_bytes(
                pickle.dumps((_paper(record), _document(record["file"])))
            )
        paper, document = pickle.loads(place.read_bytes())
        yield record["file"], paper, document


def _paper(record: dict[str, Any]) -> Paper:
    name, version = record["id"].rsplit("v", 1)
    published, updated = (
        datetime.fromisoformat(record[key]) for key in ("published", "updated")
    )
    authors, categories = tuple(record["authors"]), tuple(record["categories"])
    return Paper(
        name,
        int(version),
        record["title"],
        record["abstract"],
        authors,
        categories,
        published,
        updated,
        record["comment"] or "",
    )


def _document(file: str) -> Document:
    from pipeline.extract.worker.pool import read  # type: ignore[import-not-found, unused-ignore]

    pdf = (SHARED / "corpus" / "pdfs" / file).read_bytes()
    reading: Any = read(pdf, timeout=60, memory=2000, draw=False)
    document: Document = reading.document
    return document
