"""The topics of a run.

announcement_gaps.py  which announcements a topic has not seen whole
collect.py            what arXiv has of them, judged and written
topic_report.py       what there is to say of a topic in the end
"""
