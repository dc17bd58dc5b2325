"""The triage page: `arxiv-screen serve`. Reads the store beside a running night, writes ratings.

server.py          the port, the token, the demonstration
app.py             routes and answers
guard.py           Host, Origin, token, headers: what a browser may ask for and load
links.py           addresses of pages
night_cards.py     the cards of a night: filters, order after ratings
paper_lookup.py    one paper, its passages and pictures
archive_search.py  the archive: search and filters
"""
