"""Which part of a page a caption belongs to.

    search_zones      the free space around a caption
    bands             what lies in it, in level bands with white between them
    likeness          how much a part of a page looks like a figure, table or algorithm
    candidates        the parts that a caption may belong to, weighed
    caption_matching  find_figures: the best combination on every page

Others import `find_figures` and `Found` from `caption_matching`.
"""
