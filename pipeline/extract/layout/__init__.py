"""Columns, reading order, page furniture, footnotes, body text."""
