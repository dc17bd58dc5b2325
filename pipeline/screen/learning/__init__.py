"""Ratings and what is learnt from them."""
