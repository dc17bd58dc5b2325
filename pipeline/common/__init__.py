"""What every part may use; nothing here knows a stage.

arxiv_id.py       ids in every form that people paste
dates.py          dates as a user writes them, the reader's clock
text.py           folding; sentences.py the one splitter; clean.py text made fit to store
tfidf.py          terms of texts, weighed
reason_text.py    reasons of a verdict in words
output_layout.py  the names of folders and files
atomic.py         files written whole or not at all
thumbnails.py     small pictures
rate_limit.py     gates; retry.py what is worth another try
"""
