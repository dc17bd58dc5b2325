"""Entries as view models, pages, files; escaping at the place of use."""
