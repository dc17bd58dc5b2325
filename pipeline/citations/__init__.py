"""References to papers.

author_names.py  names cut into their parts
latex.py         text written for BibTeX; tex_as_text.py TeX of records as text
venues.py        where a paper was accepted, as arXiv says
formats.py       BibTeX, RIS, CSL-JSON
coins.py         references in a page, for reference managers
meta_tags.py     what the head of a page about one paper says of it
"""
