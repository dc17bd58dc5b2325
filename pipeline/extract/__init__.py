"""PDF in, Document out."""
