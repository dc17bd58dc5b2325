"""Captions and the figures, tables and algorithms that they belong to."""
