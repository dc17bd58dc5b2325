"""Text of strangers made fit for pages and file names.

escape.py           safe in HTML, attributes, links, and each kind of Markdown
formulas.py         which part of a line is TeX that can be typeset without harm
caption_folding.py  long captions in two parts
filenames.py        file names that every system takes
"""
