"""Posts in, files out."""
