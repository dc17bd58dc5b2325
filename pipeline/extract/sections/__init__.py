"""Headings, sections and their paragraphs."""
