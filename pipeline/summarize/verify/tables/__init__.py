"""Tables of a paper: what their values are values of.

    table_grid.py      a table as values with their heads and labels
    table_labels.py    which heads and labels a statement speaks of
    told_values.py     the values that a statement tells
    table_values.py    values that a statement gives for something else

Others inside `verify` import the modules.
"""
