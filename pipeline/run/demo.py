"""`--demo`: the bundled arXiv in place of the real one, and no model. Everything else is the
real program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pipeline.config import Config, Site
from pipeline.demo.server import demo_arxiv


@contextmanager
def with_bundled_arxiv(config: Config, now: datetime) -> Iterator[Config]:
    """The configuration pointed at the bundled arXiv, whose papers are of last night."""
    with demo_arxiv(now) as urls:
        arxiv = config.arxiv.model_copy(
            update={
                "api": urls.api,
                "pdf": urls.pdf,
                "sources": ("api",),
                "interval": 0.1,  # seconds; the server is on this machine
                "pdf_interval": 0.0,
            }
        )
        model = config.model.model_copy(update={"provider": "extractive"})
        # Invented papers go into no real blog.
        nowhere = {"hexo": Site(), "vuepress": Site()}
        yield config.model_copy(
            update={"arxiv": arxiv, "model": model, **nowhere}
        )
