"""One run, the only place that knows the order of the stages.

entry.py       the command: lock, store, signals, and what is told in the end
run.py         all of it for a list of topics
topic/         which announcements are missing; arXiv → records → verdicts; a topic's report
workers.py     paper → PDF → Document → Review, many papers at once
posting/       store → Post → files
services/      the stages joined to this machine's network, disk, clock and processes
single_paper.py, pdf_on_demand.py   one paper by itself
shutdown.py, lock.py, retention.py  signals, one run at a time, space on disk
demo.py, dry_run.py                 the bundled arXiv; a store that is thrown away
"""
