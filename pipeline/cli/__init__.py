"""The command line: parses, calls, prints.

main.py      puts the commands together and tells errors in one line
commands/    the commands with their options
the others   what a command does: *_actions.py, status.py, doctor.py, pdf_inspection.py
"""
