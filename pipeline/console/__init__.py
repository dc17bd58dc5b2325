"""What a person sees of a run.

events.py         what happens, as values
progress.py       bars or lines on stderr; logs.py the log
run_report.py     what a run did, as values
summary_table.py  the closing table
digest.py         a run in words; digest_mail.py, digest_card.py its forms
notify.py         sends them
sanitize.py       text of others on a terminal
"""
