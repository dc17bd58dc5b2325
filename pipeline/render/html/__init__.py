"""Pages for a browser, shared by the triage page (web/) and the face `site`.

cards.py            a paper at a glance
review_sections.py  a review as sections of statements with quote and page
trend_tables.py     papers a week, venues, institutions and words that rise, as numbers
trend_plots.py      the same as SVG
environment.py      templates, words and static files; everything is escaped
templates/, static/, words/
"""
