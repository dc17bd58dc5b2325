"""Posts as files of every kind of site; all of it pure but for pages/writer.py.

pages/        posts, nights, archive, feed; the writer
sites/        the faces
markup/       escaping, formulas, file names
html/         pages for a browser
static_site/  the same as files
templates/, words/
"""
