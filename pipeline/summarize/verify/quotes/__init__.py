"""Quotes of a paper: where they stand, and what stands around them.

    folding.py        text without what differs between a quote and its place
    quote_index.py    finds a quote in spite of slips
    blocks.py         paragraphs whole, where a page or a formula parts them
    passages.py       its sentence, its neighbours, the float that it captions
    passage_text.py   what a second reader is shown of it
    mentions.py       what it is shown besides, so that names and numbers are told

Others inside `verify` import the modules.
"""
