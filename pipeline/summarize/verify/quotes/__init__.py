"""Quotes of a paper: where they stand, and what stands around them."""
