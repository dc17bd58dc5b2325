"""The triage page: `arxiv-screen serve`. Reads the store beside a running night, writes ratings.

triage_server.py     the port, the token, the demonstration
app.py               which address is answered by what
answer_maker.py      what every answer needs
triage_pages.py      what is shown
triage_changes.py    what a reader changes
guard.py             Host, Origin, token, headers: what a browser may ask for and load
links.py             addresses of pages
night_cards.py       the cards of a night: filters, order after ratings
paper_lookup.py      one paper, its statements and pictures
passage_pictures.py  the page of a quote, marked, and the quote close up
archive_search.py    the archive: search and filters
"""
