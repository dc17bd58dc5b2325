"""arXiv in: queries, records and PDFs."""
