"""The triage page: `arxiv-screen serve`. Reads the store beside a running night, writes ratings.

triage_server.py     the port, the token, the demonstration
app.py               routes and answers
guard.py             Host, Origin, token, headers: what a browser may ask for and load
links.py             addresses of pages
night_cards.py       the cards of a night: filters, order after ratings
paper_lookup.py      one paper, its statements and pictures
passage_pictures.py  the page of a quote, marked, and the quote close up
archive_search.py    the archive: search and filters
"""
