"""What a review says, held against the paper. Pure: a draft and the evidence in, problems out.

    evidence.py          the paper, prepared once for all checks
    checks.py            every check of a draft, by name
    quotes/              where a quote stands, its sentences, the passage shown beside a statement
    tables/              values of tables with their rows and heads
    support/             whether a statement says what its passage says
    units.py             numbers with their units
    numbers.py           numbers that the paper has, however either side writes them
    numerals.py          how numbers are written
    named_entities.py    names, and short_forms.py what abbreviates them
    output_language.py   whether a text is in the language of the review
    affiliation.py       where the first author works

`review/` imports evidence.py, checks.py and what quotes/ gives of a passage.
"""
