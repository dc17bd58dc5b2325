"""arXiv in: what is new, records, and PDFs.

sources.py             which listing service is asked, and which is left alone for a while
announcements_feed.py  what the last day has announced
api.py, oai.py         the search API and OAI-PMH, for what the feed leaves
query.py               categories, windows of time, and the question for both
atom_entries.py        records of the feed and the API; author_list.py those of OAI-PMH's authors
record_xml.py          XML read safely, and which records are left out
listing_client.py      GET through the one gate; transfer.py limits on what comes
pdf_download.py        PDFs, whole or not at all; partial_file.py one while it grows

run/ and cli/ import from the modules, since only some of them load the network libraries.
"""
