"""What a run needs from the world: Protocols for it, and the real things that fill them.

interfaces.py     Searcher, Judge, PdfReader, Reviewer and the value `Services` that holds them
composition.py    opens the real ones for a configuration
topic_judge.py    judging by rules, ratings and names, with a model's second opinion
zotero_library.py papers of a Zotero library
zotero_likes.py   they count as liked, once a night
pdf_reader.py     PDFs downloaded and read, in processes here or on a cluster
dask_cluster.py   the cluster
reviewers.py      reviews by the model, or of the paper's own sentences

Tests hand in their own Services; others import from here and take composition.py only when they
open the real ones, since that loads the network libraries.
"""

from pipeline.run.services.interfaces import (
    Judge,
    PdfContents,
    PdfReader,
    Reviewer,
    Searcher,
    Services,
)

__all__ = [
    "Judge",
    "PdfContents",
    "PdfReader",
    "Reviewer",
    "Searcher",
    "Services",
]
