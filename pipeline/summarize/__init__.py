"""Document in, Review out."""
