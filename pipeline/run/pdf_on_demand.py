"""The PDF of one paper outside a run: from disk, else downloaded through the gate."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pipeline.common.output_layout import output_names
from pipeline.config import Config
from pipeline.errors import from_os
from pipeline.fetch.pdf_download import PdfDownloads
from pipeline.paper import Paper


def pdf_of(config: Config, paper: Paper) -> Path:
    """Give the file of a version's PDF, fetched again where it was pruned.

    Raises:
        PaperError, ArxivDown: it cannot be had.
        DiskFull, NotWritable: it cannot be kept.
    """
    folder = config.out / output_names.pdfs
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os(error, folder) from error
    return asyncio.run(_download(config, paper, folder))


async def _download(config: Config, paper: Paper, folder: Path) -> Path:
    async with PdfDownloads(config.arxiv) as pdfs:
        return await pdfs.download(paper, folder)
