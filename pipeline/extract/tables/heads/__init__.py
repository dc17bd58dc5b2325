"""The head of a table.

head_lines ─ how many lines it has
head_spans ─ the columns that each of its cells spans
head_rows ── its rows, and the cells placed in them
"""
