"""PDF in, Document out.

reader.py    the order in which the parts work
pdf/         pages as MuPDF gives them, hidden text, pictures
layout/      columns, rows, footnotes, running heads
figures/     captions and what they describe
tables/      rows, columns and heads of tables
sections/    abstract, headings, paragraphs
metadata/    title, affiliations, links, language
worker/      the process that reads hostile PDFs
"""

import sys

# `import pymupdf` (2.0) tries `import pymupdf.layout`, which loads a model of page layout that
# nothing here asks for: up to 1.2 s and 74 MB a process. None makes that import an ImportError.
sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
