"""The command line: `screen …` parses, calls, prints."""
