"""Screens arXiv by topic, reads the papers, has them reviewed, checks the reviews, writes posts."""

__version__ = "0.1.0"

PROGRAM = "arxiv-screen"
"""The command as users type it; every message that names a command begins with it."""
