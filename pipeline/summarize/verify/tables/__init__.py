"""Tables of a paper: the labels, heads and values of their cells, and what is told of them."""
