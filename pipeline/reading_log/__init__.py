"""The group's weekly and daily reading reports, changed by pure functions.

parser.py      what stands in a report
entry_line.py  the line that opens an entry
editor.py      entries put in and taken out, no other byte changed
weekly.py, daily.py  the two reports
"""
