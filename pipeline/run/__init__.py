"""One run, the only place that knows the order of the stages.

services.py    the stages, joined to this machine's network, disk, clock and processes
gather.py      topic → arXiv → records → verdicts, in the store
lanes.py       paper → PDF → Document → Review, many papers at once
posting.py     store → Post → files
night.py       all of it for a list of topics, and what there is to say of it
"""
