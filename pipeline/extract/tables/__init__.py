"""Tables to the cell: from the words and rules inside a table's box to rows, columns and heads.

structure ── read_cells: the order of the steps, and the cells they end in
table_area ─ words, rules and fills of a box, turned so that they read level
segments ─── words on one baseline joined to pieces of cells
table_columns ─ columns from the gaps between the pieces
table_rows ─ lines of text joined to rows where cells wrap
value_rows ─ lines with values: which are rows, and which stand between them
heads ────── lines and rows of the head, and the columns that each head spans
row_groups ─ labels at the left that cover several rows
continued ── tables that go on over pages
"""
