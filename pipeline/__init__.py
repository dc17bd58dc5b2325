"""Screens arXiv by topic, reads the papers, has them reviewed, checks the reviews, writes posts."""
